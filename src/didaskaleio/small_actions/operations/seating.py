"""Seats (θέσεις): by order of arrival, with a waiting list that fills itself.

Every act that counts places holds the row of the action: two people at once cannot take the same.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate

from didaskaleio.kernel import access, journal
from didaskaleio.kernel.access import SYSTEM, Actor
from didaskaleio.small_actions import notices, queries, rules
from didaskaleio.small_actions.enums import STANDING, TAKING, SeatState, SmallActionState
from didaskaleio.small_actions.errors import SeatRefusedError
from didaskaleio.small_actions.lifecycle import SEAT
from didaskaleio.small_actions.models import Seat, SmallAction

SEAT.model = Seat


def register(action: SmallAction, *, actor: Actor, at: datetime) -> Seat:
    """Take a place, or the next one of the waiting list (εγγραφή).

    Refuses whoever has a seat already, is not of the audience, or comes after the beginning.
    """
    with transaction.atomic():
        held = SmallAction.objects.select_for_update(of=("self",)).get(pk=action.pk)
        _check(held, actor, at)
        seats = Seat.objects.filter(action=held)
        taken = seats.filter(state__in=TAKING).count()
        last = seats.aggregate(last=Max("number"))["last"] or 0
        free = taken < held.places
        seat = Seat.objects.create(
            action=held,
            person_id=actor.person_id,
            number=last + 1,
            state=SeatState.REGISTERED if free else SeatState.WAITING,
            at=at,
        )
        journal.write(seat, "Εγγραφή" if free else "Εγγραφή στην αναμονή", actor=actor, at=at)
        _tell(seat, at)
    return seat


def _check(action: SmallAction, actor: Actor, at: datetime) -> None:
    if action.state != SmallActionState.OPEN or action.starts_at <= at:
        raise SeatRefusedError("Οι εγγραφές έκλεισαν. Δείτε τις επόμενες δράσεις στον κατάλογο.")
    access.require(actor, "small_action.register", action)
    person = actor.person_id
    if Seat.objects.filter(action=action, person_id=person, state__in=STANDING).exists():
        raise SeatRefusedError("Έχετε ήδη εγγραφεί. Η θέση σας φαίνεται σε αυτή τη σελίδα.")
    own = SmallAction.objects.filter(pk=action.pk)
    if not queries.addressed_to(own, person, localdate(action.starts_at)).exists():
        audience = ", ".join(queries.audience_of(action))
        raise SeatRefusedError(
            f"Η δράση απευθύνεται σε: {audience}. Δείτε στον κατάλογο όσες είναι και για εσάς."
        )


def _tell(seat: Seat, at: datetime) -> None:
    if seat.state == SeatState.WAITING:
        notices.queued(seat, before=queries.before_me(seat), at=at)
    else:
        notices.seated(seat, at=at)


@SEAT.performs("withdraw", locks=("action",))
def withdraw(seat: Seat, *, actor: Actor, at: datetime) -> None:
    """Give one's seat back (απόσυρση); the first who waits takes it."""
    seat.device = ""
    if seat.state == SeatState.REGISTERED:
        fill(seat.action, at=at, leaving=1)


def fill(action: SmallAction, *, at: datetime, leaving: int = 0) -> tuple[int, ...]:
    """Give free places to those who wait, by their order; the action's row is held.

    ``leaving`` counts seats that are being given back at this moment.
    """
    seats = Seat.objects.filter(action=action)
    waiting = seats.filter(state=SeatState.WAITING).order_by("number")
    taken = seats.filter(state__in=TAKING).count() - leaving
    free = rules.freed(action.places, taken, waiting.count())
    first = list(waiting.values_list("pk", flat=True)[:free])
    if not first:
        return ()
    moved = SEAT.perform_all("admit", Seat.objects.filter(pk__in=first), actor=SYSTEM, at=at)
    found = Seat.objects.filter(pk__in=moved).values_list("person_id", flat=True)
    notices.admitted(action, found, at=at)
    return moved


SEAT.bulk_operations["admit"] = fill
