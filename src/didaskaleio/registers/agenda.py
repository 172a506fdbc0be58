"""What officers and candidates must do about calls, and the deadlines in their calendars."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from didaskaleio.kernel import access, greek
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.agenda import Appointment, Todo, dates, open_rows, shortened, todos
from didaskaleio.people.enums import Role
from didaskaleio.registers import assessments
from didaskaleio.registers.access import KEEPERS
from didaskaleio.registers.enums import (
    AssessmentState,
    CallState,
    CandidacyState,
    MemberState,
    TenderState,
)
from didaskaleio.registers.lifecycle import (
    CALL,
    CANDIDACY,
    OBJECTION,
    OFFER,
    PROPOSAL,
    ROOM_PROPOSAL,
    TENDER,
)
from didaskaleio.registers.models import (
    Call,
    CallFollower,
    Candidacy,
    ChangeProposal,
    Membership,
    RankingList,
    Reconciliation,
    RoomProposal,
)

LISTS = {
    "publish_provisional": "registers:list-provisional",
    "publish_final": "registers:list-final",
    "close": "registers:close",
}


@todos("registers.calls")
def drafts(actor: Actor, at: datetime) -> Iterator[Todo]:
    """Calls of the body that are being prepared."""
    if not actor.holds(Role.BODY_OFFICER, Role.BODY_HEAD):
        return
    yield from shortened(
        open_rows(CALL, "publish", actor).order_by("sort_key", "pk"),
        _publish,
        rest="πρόχειρες προσκλήσεις",
        url=reverse("registers:desk"),
    )


def _publish(call: Call) -> Todo:
    page = reverse("registers:desk-call", args=[call.pk])
    return Todo("Ολοκλήρωση και δημοσίευση πρόσκλησης", page, detail=call.title)


@todos("registers.checks")
def checks(actor: Actor, at: datetime) -> Iterator[Todo]:
    """Expired calls of the body with candidacies that wait for the check of completeness."""
    if not actor.holds(Role.BODY_OFFICER, Role.BODY_HEAD):
        return
    waiting = open_rows(CANDIDACY, "accept", actor).values("call", "call__title")
    found = waiting.annotate(many=Count("pk")).order_by("call__closes_at", "call")
    yield from shortened(
        found,
        _check,
        rest="προσκλήσεις με υποψηφιότητες προς έλεγχο",
        url=reverse("registers:desk"),
    )


def _check(row: dict[str, Any]) -> Todo:
    page = reverse("registers:received", args=[row["call"]])
    many = greek.count(row["many"], "υποψηφιότητα", "υποψηφιότητες")
    title = "Έλεγχος πληρότητας υποψηφιοτήτων"
    return Todo(title, f"{page}?state=submitted", detail=f"{many}, {row['call__title']}")


@todos("registers.objections")
def hearings(actor: Actor, at: datetime) -> Iterator[Todo]:
    """Calls whose objections wait for the committee that the person belongs to."""
    if not actor.holds(Role.OBJECTION_COMMITTEE):
        return
    waiting = open_rows(OBJECTION, "decide", actor).values("call", "call__title")
    found = waiting.annotate(many=Count("pk")).order_by("call")
    yield from shortened(
        found, _hear, rest="προσκλήσεις με ενστάσεις", url=reverse("registers:objections")
    )


def _hear(row: dict[str, Any]) -> Todo:
    page = f"{reverse('registers:objections')}?state=submitted&call={row['call']}"
    many = greek.count(row["many"], "ένσταση", "ενστάσεις")
    return Todo("Ενστάσεις προς απόφαση", page, detail=f"{many}, {row['call__title']}")


@todos("registers.lists")
def lists(actor: Actor, at: datetime) -> Iterator[Todo]:
    """Calls of the body whose next list may be published: everything it waits for is done."""
    if not actor.holds(Role.BODY_OFFICER, Role.BODY_HEAD):
        return
    for name, page in LISTS.items():
        the = CALL.steps[name]
        for call in open_rows(CALL, name, actor).order_by("closes_at", "pk")[:20]:
            if the.guard is None or the.guard(call, at) is None:
                yield Todo(the.label, reverse(page, args=[call.pk]), detail=call.title)


@todos("registers.candidacies")
def candidacies(actor: Actor, at: datetime) -> Iterator[Todo]:
    """Candidacies of one's own: begun and not submitted, or returned for completion."""
    if actor.user_id is None:
        return
    begun = Q(state=CandidacyState.DRAFT, call__state=CallState.PUBLISHED, call__closes_at__gte=at)
    rows = Candidacy.objects.filter(begun | Q(state=CandidacyState.RETURNED))
    rows = rows.filter(person_id=actor.user_id).select_related("call")
    for row in rows.order_by(Coalesce("complete_by", "call__closes_at"), "pk")[:20]:
        yield _go_on(row)


def _go_on(row: Candidacy) -> Todo:
    if row.state == CandidacyState.RETURNED:
        page = reverse("registers:complete", args=[row.pk])
        return Todo("Συμπλήρωση υποψηφιότητας", page, row.complete_by, row.call.title)
    page = reverse("registers:answers", args=[row.pk])
    return Todo("Υποβολή υποψηφιότητας", page, row.call.closes_at, row.call.title)


@todos("registers.proposals")
def proposals(actor: Actor, at: datetime) -> Iterator[Todo]:
    """Changes of members' fields that wait for the body, the oldest first."""
    if not actor.holds(*KEEPERS):
        return
    found = open_rows(PROPOSAL, "accept", actor).exclude(membership__person=actor.user_id)
    yield from shortened(
        found.select_related("membership__person", "membership__register").order_by("at", "pk"),
        _decide,
        rest="μεταβολές στοιχείων",
        url=reverse("registers:registers"),
    )


def _decide(row: ChangeProposal) -> Todo:
    page = reverse("registers:proposal", args=[row.pk])
    return Todo("Απόφαση για μεταβολή στοιχείων", page, detail=str(row.membership))


@todos("registers.rooms")
def rooms(actor: Actor, at: datetime) -> Iterator[Todo]:
    """Changes of rooms that centres propose and the body has not decided on, the oldest first."""
    if not actor.holds(*KEEPERS):
        return
    found = open_rows(ROOM_PROPOSAL, "accept", actor).exclude(person=actor.user_id)
    yield from shortened(
        found.select_related("centre").order_by("at", "pk"),
        _room,
        rest="μεταβολές αιθουσών",
        url=reverse("registers:centres"),
    )


def _room(row: RoomProposal) -> Todo:
    page = reverse("registers:room-proposal", args=[row.pk])
    return Todo("Απόφαση για μεταβολή αίθουσας", page, detail=str(row))


@todos("registers.tenders")
def tenders(actor: Actor, at: datetime) -> Iterator[Todo]:
    """Tenders of the body that wait for the opening of the offers, for the award or a contract."""
    if not actor.holds(Role.BODY_OFFICER, Role.BODY_HEAD):
        return
    for step, words in (("open_offers", "Αποσφράγιση προσφορών"), ("award", "Κατακύρωση")):
        for row in open_rows(TENDER, step, actor).order_by("closes_at", "pk")[:20]:
            page = reverse("registers:desk-tender", args=[row.pk])
            yield Todo(words, page, detail=row.title)
    awarded = open_rows(TENDER, "contract", actor).filter(standstill_until__lte=at)
    for row in awarded.order_by("standstill_until", "pk")[:20]:
        page = reverse("registers:desk-tender", args=[row.pk])
        yield Todo("Σύμβαση", page, detail=row.title)


@todos("registers.offers")
def offers(actor: Actor, at: datetime) -> Iterator[Todo]:
    """Offers of the centre that were begun and not submitted, while the tender receives them."""
    if not actor.holds(Role.CENTRE_MANAGER):
        return
    rows = open_rows(OFFER, "submit", actor).filter(
        tender__state=TenderState.PUBLISHED, tender__closes_at__gte=at
    )
    for row in rows.select_related("tender").order_by("tender__closes_at", "pk")[:20]:
        page = reverse("registers:offer", args=[row.pk])
        yield Todo("Υποβολή προσφοράς", page, row.tender.closes_at, row.tender.title)


@todos("registers.expiring")
def expiring(actor: Actor, at: datetime) -> Iterator[Todo]:
    """One's own memberships that end soon."""
    rows = Membership.objects.filter(person=actor.user_id, state=MemberState.EXPIRING)
    for row in rows.select_related("register").order_by("valid_until"):
        page = reverse("registers:member", args=[row.pk])
        yield Todo("Η εγγραφή σας λήγει: ελέγξτε τα στοιχεία", page, detail=str(row.register))


@dates("registers.deadlines")
def deadlines(actor: Actor, at: datetime) -> Iterator[Appointment]:
    """The deadlines of the calls that the person follows or has begun to answer."""
    if actor.user_id is None:
        return
    begun = Candidacy.objects.filter(person_id=actor.user_id).exclude(
        state=CandidacyState.WITHDRAWN
    )
    mine = Q(Exists(CallFollower.objects.filter(call=OuterRef("pk"), person_id=actor.user_id)))
    mine |= Q(Exists(begun.filter(call=OuterRef("pk"))))
    for call in Call.objects.filter(mine, state=CallState.PUBLISHED).order_by("closes_at")[:50]:
        assert call.closes_at is not None  # noqa: S101 - a published call has its deadline
        yield Appointment(
            f"call-{call.pk}",
            f"Λήξη υποβολής: {call.title}",
            call.closes_at,
            call.closes_at,
            reverse("registers:call", args=[call.pk]),
        )


@dates("registers.objections")
def windows(actor: Actor, at: datetime) -> Iterator[Appointment]:
    """The ends of the windows of objections of the lists in which the person is."""
    if actor.user_id is None:
        return
    mine = RankingList.objects.filter(
        rows__candidacy__person=actor.user_id, objections_until__gte=at
    )
    for made in mine.select_related("call").defer("table", "rules").order_by("objections_until"):
        assert made.objections_until is not None  # noqa: S101 - asked for
        yield Appointment(
            f"objections-{made.pk}",
            f"Λήξη ενστάσεων: {made.call.title}",
            made.objections_until,
            made.objections_until,
            reverse("registers:ranking", args=[made.pk]),
        )


@todos("registers.assessments")
def assess(actor: Actor, at: datetime) -> Iterator[Todo]:
    """An assessor's open candidacies by call, and the disagreements that wait for them."""
    if not actor.holds(Role.ASSESSOR):
        return
    page = reverse("registers:assessments")
    open_ones = assessments.mine(actor).filter(state=AssessmentState.ASSIGNED).order_by()
    owed = open_ones.values("call__title", "call__assessment_plan__due_at")
    for row in owed.annotate(many=Count("pk")).order_by("call__assessment_plan__due_at"):
        many = greek.count(row["many"], "υποψηφιότητα", "υποψηφιότητες")
        due = row["call__assessment_plan__due_at"]
        yield Todo("Αξιολόγηση υποψηφιοτήτων", page, due, f"{many}, {row['call__title']}")
    yield from shortened(
        assessments.disputed(actor), _settle, rest="διαφωνίες αξιολογητών", url=page
    )


def _settle(row: Reconciliation) -> Todo:
    page = reverse("registers:reconciliation", args=[row.pk])
    detail = f"υποψηφιότητα {row.candidacy.code}, {row.call.title}"
    return Todo("Συμφωνία για μόρια που διαφέρουν", page, detail=detail)


@todos("registers.to_assess")
def to_assess(actor: Actor, at: datetime) -> Iterator[Todo]:
    """Calls of the body that wait for assessors: to begin, or left with gaps."""
    if not actor.holds(Role.BODY_OFFICER, Role.BODY_HEAD):
        return
    desk = reverse("registers:desk")
    ready = assessments.to_start(open_rows(CALL, "start_assessment", actor))
    rest = "προσκλήσεις προς αξιολόγηση"
    yield from shortened(ready.order_by("closes_at", "pk"), _begin, rest=rest, url=desk)
    mine = access.visible(actor, "call.manage", Call.objects.filter(state=CallState.ASSESSING))
    gaps = assessments.with_gaps(mine).order_by("closes_at", "pk")
    yield from shortened(gaps, _cover, rest="προσκλήσεις με κενά στην αξιολόγηση", url=desk)


def _begin(call: Call) -> Todo:
    page = reverse("registers:assessment-board", args=[call.pk])
    return Todo("Ανάθεση και έναρξη αξιολόγησης", page, detail=call.title)


def _cover(call: Call) -> Todo:
    page = reverse("registers:assessment-board", args=[call.pk])
    return Todo("Κενά στην αξιολόγηση", f"{page}?show=bare", detail=call.title)
