"""What officers must do about calls, and the deadlines of those who follow them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.agenda import Appointment, Todo, dates, open_rows, shortened, todos
from didaskaleio.people.enums import Role
from didaskaleio.registers.enums import CallState
from didaskaleio.registers.lifecycle import CALL
from didaskaleio.registers.models import Call


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


@dates("registers.deadlines")
def deadlines(actor: Actor, at: datetime) -> Iterator[Appointment]:
    """The deadlines of the calls that the person follows."""
    followed = Call.objects.filter(state=CallState.PUBLISHED, followers__person=actor.user_id)
    for call in followed.order_by("closes_at")[:50]:
        assert call.closes_at is not None  # noqa: S101 - a published call has its deadline
        yield Appointment(
            f"call-{call.pk}",
            f"Λήξη υποβολής: {call.title}",
            call.closes_at,
            call.closes_at,
            reverse("registers:call", args=[call.pk]),
        )
