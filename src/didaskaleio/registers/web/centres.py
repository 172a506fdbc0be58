"""Pages of the register of centres: the list, one centre, a proposed change of a room."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate

from didaskaleio.kernel import access, journal
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web.guard import guarded, one, rows
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.steps import buttons
from didaskaleio.registers import operations, places
from didaskaleio.registers.enums import CentreStanding, ProposalState, RoomAct
from didaskaleio.registers.lifecycle import ROOM_PROPOSAL
from didaskaleio.registers.models import RoomProposal
from didaskaleio.registers.operations import RoomFacts
from didaskaleio.registers.web.centre_forms import CentreSearch
from didaskaleio.registers.web.member_rows import Difference
from didaskaleio.structures.models import Room, TrainingCentre

PAGE = 50
KINDS = {
    CentreStanding.PENDING: "wait",
    CentreStanding.APPROVED: "good",
    CentreStanding.ENDING: "wait",
    CentreStanding.ENDED: "bad",
}


def standing_tag(centre: TrainingCentre, day: date) -> tuple[str, str]:
    """The standing of an approval: its words and their colour."""
    found = places.standing(centre, day)
    return str(found.label), KINDS[found]


def crumbs_of(centre: TrainingCentre, here: str = "") -> list[dict[str, str]]:
    """The register, the centre, and the page below it when it has a name."""
    found = [{"label": "Μητρώο Κ.Σ.Ε.", "url": reverse("registers:centres")}]
    if not here:
        return [*found, {"label": centre.name}]
    page = {"label": centre.name, "url": reverse("registers:centre", args=[centre.pk])}
    return [*found, page, {"label": here}]


def centre_of(request: Request, permission: str, pk: int) -> TrainingCentre:
    """A centre that the person of this request may see under ``permission``."""
    found = TrainingCentre.objects.select_related(
        "prefecture", "region", "regional_unit__prefecture", "directorate", "school", "body"
    )
    return one(request, permission, found, pk=pk)


@guarded("centre.desk", about_object=False)
def centres(request: Request) -> HttpResponse:
    """«Μητρώο Κ.Σ.Ε.»: the centres of one's rights, by place, kind, approval and seats."""
    form = CentreSearch(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    day = localdate(request.at)
    mine = rows(request, "centre.read", TrainingCentre.objects.all())
    page = Paginator(places.asked(mine, day=day, **asked), PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "lines": [(row, *standing_tag(row, day)) for row in page],
        "asked": any(asked.values()),
        "may_define": access.allowed(request.actor, "centre.define")
        and places.bodies_kept(request.actor).exists(),
    }
    return render(request, "registers/centres.html", context)


@guarded("centre.read")
def centre(request: Request, pk: int) -> HttpResponse:
    """One centre: approval with its acts, rooms, people, visits, what waits."""
    row = centre_of(request, "centre.read", pk)
    proposals = row.room_proposals.order_by("-pk")
    label, kind = standing_tag(row, localdate(request.at))
    context = {
        "centre": row,
        "standing": label,
        "standing_kind": kind,
        "keeps": access.allowed(request.actor, "centre.keep", row),
        "decides": access.allowed(request.actor, "centre.rooms", row),
        "rooms": row.rooms.order_by("-in_use", "name"),
        "acts": row.acts.select_related("actor"),
        "visits": row.visits.all()[:20],
        "staff": places.staff_of(row, request.at),
        "proposals": proposals[:10],
        "waiting": proposals.filter(state=ProposalState.OPEN),
        "cycle": ROOM_PROPOSAL,
        "entries": journal.of(row)[:30],
        "crumbs": crumbs_of(row),
    }
    return render(request, "registers/centre.html", context)


@guarded("room_proposal.page")
def room_proposal(request: Request, pk: int) -> HttpResponse:
    """A proposed change of a room: what stands, what is asked, the decision."""
    found = RoomProposal.objects.select_related("centre", "room", "person")
    row = one(request, "room_proposal.page", found, pk=pk)
    context = {
        "proposal": row,
        "cycle": ROOM_PROPOSAL,
        "states": ProposalState,
        "changes": _differences(row),
        "steps": buttons(request, ROOM_PROPOSAL, row),
        "entries": journal.of(row),
        "crumbs": crumbs_of(row.centre, "Μεταβολή αίθουσας"),
    }
    return render(request, "registers/room_proposal.html", context)


def _differences(row: RoomProposal) -> list[Difference]:
    """What stands and what is asked; facts that stay are left out of a change."""
    now = _words(operations.facts_of(row.room)) if row.room else {}
    if row.act == RoomAct.CLOSE:
        return [Difference(label, value, "") for label, value in now.items() if value]
    asked = _words(RoomFacts(row.name, row.kind, row.seats, row.equipment))
    pairs = [Difference(label, now.get(label, ""), value) for label, value in asked.items()]
    moved = [pair for pair in pairs if pair.before != pair.after]
    return moved or pairs


def _words(facts: RoomFacts) -> dict[str, Any]:
    return {
        "Όνομα αίθουσας": facts.name,
        "Είδος": str(Room.Kind(facts.kind).label),
        "Θέσεις": str(facts.seats),
        "Εξοπλισμός": facts.equipment,
    }
