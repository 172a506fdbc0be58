"""Questions of room delivery: hours absent, what is left, exceptions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_FLOOR, Decimal

from didaskaleio.delivery import hours
from didaskaleio.delivery.enums import Attendee, SessionState
from didaskaleio.delivery.models import Attendance, TrainingSession
from didaskaleio.programmes import parameters
from didaskaleio.programmes.models import Programme
from didaskaleio.programmes.parameters import Parameters

SIGNED = (SessionState.SIGNED, SessionState.CORRECTED, SessionState.CLOSED)


@dataclass(frozen=True)
class Absence:
    """Where a trainee stands (απουσίες): hours absent in signed sheets against the limit."""

    absent: Decimal
    limit: Decimal
    warning: Decimal

    @property
    def left(self) -> Decimal:
        return self.limit - self.absent

    @property
    def over(self) -> bool:
        return self.absent > self.limit

    @property
    def near(self) -> bool:
        return not self.over and self.absent >= self.warning > 0


def limit_of(known: Parameters) -> Decimal:
    """Hours of absence allowed, to a tenth: 10 % of 60 hours are 6.0."""
    allowed = known.total_hours * Decimal(str(known.absence_share))
    return allowed.quantize(Decimal("0.1"), rounding=ROUND_FLOOR)


def absences(programmes: Iterable[Programme], at: datetime) -> dict[int, Absence]:
    """By application: hours absent so far in all signed sheets of ``programmes``."""
    rows = list(programmes)
    known = {p.pk: parameters.of(p.period.action, at) for p in rows}
    marks = (
        Attendance.objects.filter(
            session__programme__in=rows, session__state__in=SIGNED, attendee=Attendee.TRAINEE
        )
        .exclude(application=None)
        .select_related("session")
    )
    missed: dict[int, Decimal] = defaultdict(Decimal)
    where: dict[int, int] = {}
    for mark in marks:
        pk = mark.application_id or 0
        missed[pk] += missed_hours(mark, known[mark.session.programme_id])
        where[pk] = mark.session.programme_id
    return {pk: _standing(total, known[where[pk]]) for pk, total in missed.items()}


def missed_hours(mark: Attendance, known: Parameters) -> Decimal:
    """Hours of one mark that count as absence, asynchronous ones included."""
    session = mark.session
    own = hours.of_session(
        mark.mark,
        mark.minutes,
        session.hours,
        hour_minutes=known.teaching_hour_minutes,
        tolerance=known.late_counts_as_absence_minutes,
    )
    return own + hours.of_asynchronous(mark.mark, session.async_hours, done=mark.async_done)


def _standing(absent: Decimal, known: Parameters) -> Absence:
    limit = limit_of(known)
    return Absence(absent, limit, limit * Decimal(str(known.absence_warning_share)))


def nothing_absent(programme: Programme, at: datetime) -> Absence:
    """The standing of somebody without a mark yet."""
    return _standing(Decimal(0), parameters.of(programme.period.action, at))


def unsigned(programme: Programme, at: datetime) -> list[TrainingSession]:
    """Sessions that ended and whose sheet nobody has signed."""
    rows = TrainingSession.objects.filter(programme=programme, ends_at__lt=at)
    return list(rows.exclude(state__in=(*SIGNED, SessionState.NOT_HELD)))
