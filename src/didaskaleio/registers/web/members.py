"""Pages of members: the list with its rules, one member, a change of fields, its review."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate

from didaskaleio.kernel import access, journal
from didaskaleio.kernel.errors import OvertakenError, Refusal
from didaskaleio.kernel.forms import sheets
from didaskaleio.kernel.forms.definition import Problem
from didaskaleio.kernel.forms.operations import AnswersRefusedError
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.overtaking import opened, seen
from didaskaleio.kernel.web.steps import buttons
from didaskaleio.registers import operations, queries
from didaskaleio.registers.enums import MemberState, ProposalState
from didaskaleio.registers.lifecycle import MEMBERSHIP, PROPOSAL
from didaskaleio.registers.models import ChangeProposal, Membership
from didaskaleio.registers.web.member_rows import (
    close,
    closed_fields,
    differences,
    fields_of,
    history_of,
    rules_asked,
)
from didaskaleio.registers.web.register_forms import PlaceForm, UpdateForm
from didaskaleio.registers.web.registers import crumbs_of, register_of

PAGE = 50


@guarded("register.manage")
def members(request: Request, pk: int) -> HttpResponse:
    """The members of a register: by state, by name, by rules on their fields."""
    row = register_of(request, pk)
    asked = request.GET.get("q", "").strip()[:80]
    state = request.GET.get("state", "")
    state = state if state in MemberState.values else ""
    search = rules_asked(row.fields(), request.GET)
    form = PlaceForm(request.GET, with_days=queries.day_question(row.fields()) is not None)
    found = form.narrow(queries.members(row, asked, state), row, localdate(request.at))
    found = queries.matching(found, search.rule)
    waiting = ChangeProposal.objects.filter(membership__register=row, state=ProposalState.OPEN)
    context = {
        "register": row,
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "cycle": MEMBERSHIP,
        "q": asked,
        "state": state,
        "states": MemberState.choices,
        "search": search,
        "form": form,
        "narrowed": form.is_asked or bool(asked or state or search.rule.tests),
        "waiting": waiting.select_related("membership__person").order_by("at")[:20],
        "parts": row.parts.order_by("sort_key"),
        "crumbs": crumbs_of(row),
    }
    return render(request, "registers/members.html", context)


def _member(request: Request, pk: int) -> Membership:
    rows = Membership.objects.select_related("register__body", "register__form", "person")
    return one(request, "membership.page", rows, pk=pk)


def _crumbs(request: Request, row: Membership, here: str = "") -> list[dict[str, str]]:
    """The way back: for an officer through the register, for the member through the list."""
    if access.allowed(request.actor, "membership.keep", row):
        found = crumbs_of(row.register, " ")[:2]
    else:
        found = [{"label": "Μητρώα", "url": reverse("registers:registers")}]
        found.append({"label": row.register.title})
    name = str(row.person)
    if not here:
        return [*found, {"label": name}]
    page = {"label": name, "url": reverse("registers:member", args=[row.pk])}
    return [*found, page, {"label": here}]


@guarded("membership.page")
def member(request: Request, pk: int) -> HttpResponse:
    """One member: the fields with their procedure, what waits, every change."""
    row = _member(request, pk)
    context = {
        "member": row,
        "cycle": MEMBERSHIP,
        "own": row.person_id == request.actor.user_id,
        "open": row.state != MemberState.REMOVED,
        "fields": fields_of(row),
        "changes": history_of(row),
        "proposals": row.proposals.order_by("-pk")[:10],
        "proposal_cycle": PROPOSAL,
        "steps": buttons(request, MEMBERSHIP, row),
        "entries": journal.of(row)[:30],
        "states": MemberState,
        "now": request.at,
        "crumbs": _crumbs(request, row),
    }
    return render(request, "registers/member.html", context)


@guarded("membership.page")
def update(request: Request, pk: int) -> HttpResponse:
    """Change fields: each by its procedure; an officer changes any, with a reason."""
    row = _member(request, pk)
    fields, values = row.register.fields(), row.values
    problems: list[Problem] = []
    own = row.person_id == request.actor.user_id
    closed = closed_fields(row) if own else frozenset()
    form = UpdateForm(request.POST or None, request.FILES or None)
    refused = None
    if request.method == "POST" and form.is_valid():
        given = sheets.told(fields, request.POST)
        values = row.values | {key: value for key, value in given.items() if key not in closed}
        by: dict[str, Any] = {"actor": request.actor, "at": request.at, "seen": seen(request)}
        try:
            made = operations.update(row, values, **by, **form.cleaned_data)
        except AnswersRefusedError as refusal:
            problems = list(refusal.problems)
        except OvertakenError as refusal:
            refused = refusal
        except Refusal as refusal:
            form.add_error(refusal.code or None, str(refusal))
        else:
            messages.success(request, _said(made))
            return redirect("registers:member", pk)
    bound, groups = sheets.filled(fields, values, problems)
    close(groups, closed)
    context = {
        "member": row,
        "own": own,
        "form": form,
        "fields": fields_of(row),
        "crumbs": _crumbs(request, row, "Μεταβολή στοιχείων"),
        "bound": bound,
        "groups": groups,
        **opened(request, row, operations.UPDATED, refused),
    }
    status = 422 if form.errors or problems else 200
    return render(request, "registers/update.html", context, status=status)


def _said(made: operations.Updated) -> str:
    if made.proposal is None:
        return "Τα στοιχεία άλλαξαν."
    if made.changed:
        return "Όσα αλλάζουν ελεύθερα άλλαξαν. Τα υπόλοιπα περιμένουν έγκριση."
    return "Η μεταβολή υποβλήθηκε και περιμένει έγκριση. Θα ειδοποιηθείτε."


@guarded("proposal.page")
def proposal(request: Request, pk: int) -> HttpResponse:
    """A proposed change: what stands, what is asked, the proof, the decision."""
    rows = ChangeProposal.objects.select_related("membership__register__form", "proof")
    row = one(request, "proposal.page", rows, pk=pk)
    context = {
        "proposal": row,
        "member": row.membership,
        "cycle": PROPOSAL,
        "changes": differences(row),
        "was": "Πριν" if row.state == ProposalState.ACCEPTED else "Ισχύει",
        "steps": buttons(request, PROPOSAL, row),
        "entries": journal.of(row),
        "states": ProposalState,
        "crumbs": _crumbs(request, row.membership, "Πρόταση μεταβολής"),
    }
    return render(request, "registers/proposal.html", context)
