"""Places (θέσεις) of a programme: how many are taken, free to claim, or owed to the list.

All counting happens under the programme's lock. Whoever locks, locks in one order: the person
in the period (an advisory lock), the period, programmes by id, applications by id, entries of
waiting lists by id. An act may leave out any of these, but never goes back.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.db import connection
from django.db.models import Q, QuerySet

from didaskaleio.enrolment.enums import HOLDING_STATES, EntryState
from didaskaleio.enrolment.models import HeldBack, ParticipationApplication, WaitingEntry
from didaskaleio.kernel.calendar import first_full_hour_after
from didaskaleio.programmes.enums import ProgrammeState
from didaskaleio.programmes.models import Programme, Slot

VIABLE_STATES = (ProgrammeState.VIABLE, ProgrammeState.ENROLLING, ProgrammeState.RUNNING)


def lock(ids: Iterable[int]) -> dict[int, Programme]:
    """Lock the programmes in order of id; whoever needs two never waits in a circle."""
    rows = Programme.objects.filter(pk__in=sorted(set(ids))).order_by("pk")
    held = rows.select_related("period__action", "cluster", "centre")
    return {row.pk: row for row in held.select_for_update(of=("self",), no_key=True)}


def applications() -> QuerySet[ParticipationApplication]:
    """Applications, locked in order of id as they are read; after the programmes."""
    rows = ParticipationApplication.objects.order_by("pk")
    return rows.select_for_update(of=("self",), no_key=True)


def next_sequence() -> int:
    """The next sequence number; drawn once all locks are held, it orders the acts."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('enrolment_place_sequence')")
        number: int = cursor.fetchone()[0]
    return number


def taken(programme: Programme) -> int:
    """Places held by people."""
    return ParticipationApplication.objects.filter(
        programme=programme, state__in=HOLDING_STATES
    ).count()


def offered(programme: Programme) -> int:
    """Places held by open offers."""
    return WaitingEntry.objects.filter(programme=programme, state=EntryState.OFFERED).count()


def held_back(programme: Programme, at: datetime) -> int:
    """Freed places that nobody may claim at ``at``."""
    closed = Q(opens_at=None) | Q(opens_at__gt=at)
    return HeldBack.objects.filter(closed, programme=programme, used_at=None).count()


def owed_to_list(programme: Programme) -> list[HeldBack]:
    """Freed places of a viable programme that belong to its list, the oldest first."""
    rows = HeldBack.objects.filter(programme=programme, used_at=None, opens_at=None)
    return list(rows.order_by("pk"))


def free_to_claim(programme: Programme, at: datetime) -> int:
    """Places that a request of phase B may take at ``at``; call it under the lock."""
    spoken_for = taken(programme) + offered(programme) + held_back(programme, at)
    return max(0, programme.capacity - spoken_for)


def free(programme: Programme, at: datetime, *, minutes: int) -> None:
    """Note that a place became free; the programme's row is locked by the caller.

    In a filling programme it opens at the first full hour at least ``minutes`` later, so that
    nobody hands it to a friend; in a viable one it belongs to the list.
    """
    filling = programme.state == ProgrammeState.FILLING
    opens_at = first_full_hour_after(at, minutes) if filling else None
    HeldBack.objects.create(programme=programme, freed_at=at, opens_at=opens_at)


def give_to_list(programme: Programme, at: datetime) -> int:
    """The programme became viable: freed places still closed now belong to its list; how many."""
    freed = HeldBack.objects.filter(programme=programme, used_at=None)
    given = freed.filter(opens_at__gt=at).update(opens_at=None)
    freed.filter(opens_at__lte=at).delete()
    return given


def offers_end(programme: Programme) -> datetime | None:
    """The end of the second session: until then a freed place is offered; None without slots."""
    spans = Slot.objects.filter(programme=programme).order_by("date", "start")
    second = spans.values_list("span", flat=True)[1:2]
    return second[0].upper if second else None


def hours_later(at: datetime, hours: int) -> datetime:
    """Elapsed hours after ``at``, whatever the clocks do at a daylight-saving change."""
    return at.astimezone(UTC) + timedelta(hours=hours)
