"""What officers and candidates must do about calls, and the deadlines in their calendars."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.agenda import Appointment, Todo, dates, open_rows, shortened, todos
from didaskaleio.people.enums import Role
from didaskaleio.registers.enums import CallState, CandidacyState
from didaskaleio.registers.lifecycle import CALL
from didaskaleio.registers.models import Call, CallFollower, Candidacy


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


@todos("registers.candidacies")
def candidacies(actor: Actor, at: datetime) -> Iterator[Todo]:
    """Candidacies that were begun and not submitted, while their call is open."""
    if actor.user_id is None:
        return
    rows = Candidacy.objects.filter(person_id=actor.user_id, state=CandidacyState.DRAFT)
    rows = rows.filter(call__state=CallState.PUBLISHED, call__closes_at__gte=at)
    for row in rows.select_related("call").order_by("call__closes_at")[:20]:
        page = reverse("registers:answers", args=[row.pk])
        yield Todo("Υποβολή υποψηφιότητας", page, row.call.closes_at, row.call.title)


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
