"""From the desk to the catalogue (δημοσίευση): approval, beginning, reminder, cancellation."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from didaskaleio.kernel.access import SYSTEM, Actor
from didaskaleio.small_actions import notices, rules
from didaskaleio.small_actions.enums import SeatState, SmallActionState
from didaskaleio.small_actions.lifecycle import SEAT, SMALL_ACTION
from didaskaleio.small_actions.models import Seat, SmallAction

SMALL_ACTION.model = SmallAction


@SMALL_ACTION.performs("publish")
def publish(action: SmallAction, *, actor: Actor, at: datetime) -> None:
    """Publish what needs no approval; teachers find it in the catalogue."""


@SMALL_ACTION.performs("submit")
def submit(action: SmallAction, *, actor: Actor, at: datetime) -> None:
    """Ask the body, else the region, to approve."""
    notices.asked(action, at=at)


@SMALL_ACTION.performs("approve")
def approve(action: SmallAction, *, actor: Actor, at: datetime) -> None:
    """Approve and publish."""
    notices.decided(action, "Εγκρίθηκε", at=at)


@SMALL_ACTION.performs("give_back")
def give_back(action: SmallAction, *, actor: Actor, at: datetime, reason: str) -> None:
    """Return it with what must change."""
    notices.decided(action, "Επιστράφηκε", reason=reason, at=at)


@SMALL_ACTION.performs("begin")
def begin(action: SmallAction, *, actor: Actor, at: datetime) -> None:
    """It begins: no seat is taken any more, and whoever still waits is told."""
    _settle(action, "leave_unplaced", (SeatState.WAITING,), at)
    found = Seat.objects.filter(action=action, state=SeatState.UNPLACED)
    notices.unplaced(action, found.values_list("person_id", flat=True), at=at)


@SMALL_ACTION.performs("cancel")
def cancel(action: SmallAction, *, actor: Actor, at: datetime, reason: str) -> None:
    """Call it off with a reason that everybody with a seat reads."""
    sources = tuple(SeatState(state) for state in SEAT.steps["call_off"].sources)
    people = list(
        Seat.objects.filter(action=action, state__in=sources).values_list("person_id", flat=True)
    )
    _settle(action, "call_off", sources, at)
    notices.called_off(action, people, reason=reason, at=at)


def _settle(
    action: SmallAction, step: str, states: tuple[SeatState, ...], at: datetime
) -> tuple[int, ...]:
    rows = Seat.objects.filter(action=action, state__in=states)
    return SEAT.perform_all(step, rows, actor=SYSTEM, at=at)


SEAT.bulk_operations["leave_unplaced"] = SEAT.bulk_operations["call_off"] = _settle


def remind_of_tomorrow(at: datetime) -> int:
    """Remind whoever has a place, a day before; returns how many actions were near."""
    near = SmallAction.objects.filter(
        state=SmallActionState.OPEN,
        reminded_at=None,
        starts_at__gt=at,
        starts_at__lte=at + rules.REMIND,
    )
    with transaction.atomic():
        found = list(near.select_for_update(of=("self",), skip_locked=True).order_by("pk"))
        for action in found:
            seats = Seat.objects.filter(action=action, state=SeatState.REGISTERED)
            notices.reminded(action, seats.values_list("person_id", flat=True), at=at)
        rows = SmallAction.objects.filter(pk__in=[action.pk for action in found])
        rows.update(reminded_at=at)
    return len(found)
