"""What officers do about calls and lists, candidates about candidacies; their deadlines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from didaskaleio.kernel import greek
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.agenda import Appointment, Todo, dates, open_rows, shortened, todos
from didaskaleio.people.enums import Role
from didaskaleio.registers.enums import (
    CallState,
    CandidacyState,
)
from didaskaleio.registers.lifecycle import (
    CALL,
    CANDIDACY,
)
from didaskaleio.registers.models import (
    Call,
    CallFollower,
    Candidacy,
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
