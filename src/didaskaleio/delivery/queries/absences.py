"""Absences (απουσίες) counted in the database, by the same rules as the pure core."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Max, Q, QuerySet, Sum, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Greatest, Least

from didaskaleio.delivery import hours
from didaskaleio.delivery.enums import Mark, SessionState
from didaskaleio.delivery.lifecycle import SETTLED
from didaskaleio.delivery.models import Attendance
from didaskaleio.enrolment.enums import ApplicationState
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.programmes import parameters
from didaskaleio.programmes.enums import ProgrammeState, SlotKind
from didaskaleio.programmes.models import Programme, TrainingAction

TAKING_PART = (ApplicationState.ENROLLED, ApplicationState.ATTENDED, ApplicationState.CERTIFIED)


def rules_for(action: TrainingAction, at: datetime) -> hours.Rules:
    """The absence rules of an action in force at a moment."""
    return hours.rules_of(parameters.of(action, at))


def _whole(path: str) -> Cast:
    return Cast(F(path), IntegerField())


def hours_in_sql(rules: hours.Rules, prefix: str, *, final: bool = False) -> Combinable:
    """``hours.absence_hours`` of the rows at ``prefix`` (a path that ends in ``__``, or empty)."""
    length, asynchronous = _whole(f"{prefix}session__hours"), f"{prefix}session__async_hours"
    beyond = length * rules.hour_minutes - _whole(f"{prefix}minutes") - rules.late_minutes
    late = Least(length, Greatest(Value(0), (beyond + rules.hour_minutes - 1) / rules.hour_minutes))
    away = [Mark.ABSENT, Mark.EXCUSED] if rules.excused_counts else [Mark.ABSENT]
    own = Case(
        When(Q(**{f"{prefix}mark__in": away}), then=length),
        When(Q(**{f"{prefix}mark": Mark.LATE}), then=late),
        default=Value(0),
        output_field=IntegerField(),
    )
    missing = Q(**{f"{prefix}async_done": False})
    if final:
        missing |= Q(**{f"{prefix}async_done": None})
    extra = Case(
        When(missing, then=_whole(asynchronous)), default=Value(0), output_field=IntegerField()
    )
    return own + extra


def with_absences(
    applications: QuerySet[ParticipationApplication], rules: hours.Rules, *, final: bool = False
) -> QuerySet[Any]:
    """Applications with ``absent`` (hours of signed sessions) and ``to_come`` (hours ahead)."""
    settled = Q(attendance__session__state__in=SETTLED)
    here = Q(attendance__session__programme_id=F("programme_id"))
    ahead = _whole("attendance__session__hours") + _whole("attendance__session__async_hours")
    pending = _whole("attendance__session__async_hours")
    to_come = Coalesce(Sum(ahead, filter=~settled & here), 0) + Coalesce(
        Sum(pending, filter=settled & here & Q(attendance__async_done=None)), 0
    )
    absent = Sum(hours_in_sql(rules, "attendance__", final=final), filter=settled)
    return applications.annotate(
        absent=Coalesce(absent, 0), to_come=to_come, **_ahead(settled, here)
    )


def _ahead(settled: Q, here: Q) -> dict[str, Any]:
    """What is still ahead, as columns: see ``hours.Ahead``."""
    coming = ~settled & here & ~Q(attendance__session__state=SessionState.CANCELLED)
    meeting = Q(attendance__session__kind=SlotKind.FACE_TO_FACE)
    there = settled & Q(attendance__mark__in=[Mark.PRESENT, Mark.LATE])
    return {
        "longest": Coalesce(Max(_whole("attendance__session__hours"), filter=coming), 0),
        "met": Count("attendance", filter=meeting & there),
        "meetings_ahead": Count("attendance", filter=meeting & coming),
        "meetings": Count("attendance", filter=meeting),
    }


def standing_of(row: Any, rules: hours.Rules) -> hours.Standing:
    """The standing of an application of ``with_absences``."""
    ahead = hours.Ahead(row.longest, row.met, row.meetings_ahead, meets=row.meetings > 0)
    return hours.Standing(row.absent, row.to_come, rules, ahead)


@dataclass(frozen=True)
class Absence:
    """One trainee's absences (απουσίες επιμορφούμενου)."""

    application: ParticipationApplication
    standing: hours.Standing

    def __str__(self) -> str:
        return f"{self.application.person}, {self.application.programme}"


def _named(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.select_related("person", "programme__centre", "programme__cluster").order_by(
        "-absent", "person__sort_key", "pk"
    )


def _absences(rows: Iterable[Any], rules: hours.Rules) -> list[Absence]:
    return [Absence(row, standing_of(row, rules)) for row in rows]


def absences_of(programme: Programme, at: datetime, *, final: bool = False) -> list[Absence]:
    """Every trainee of a programme with the hours of absence, the most absent first."""
    rules = rules_for(programme.period.action, at)
    rows = ParticipationApplication.objects.filter(programme=programme, state__in=TAKING_PART)
    return _absences(_named(with_absences(rows, rules, final=final)), rules)


def absence_of(
    application: ParticipationApplication, at: datetime, *, final: bool = False
) -> hours.Standing:
    """One trainee's standing."""
    rules = rules_for(application.period.action, at)
    rows = ParticipationApplication.objects.filter(pk=application.pk)
    row = with_absences(rows, rules, final=final).get()
    return standing_of(row, rules)


def near_or_over(programmes: QuerySet[Programme], at: datetime) -> Iterator[Absence]:
    """Trainees of running programmes at the warning, at the edge or beyond; a query an action."""
    running = programmes.filter(state=ProgrammeState.RUNNING)
    actions = TrainingAction.objects.filter(periods__programmes__in=running).distinct()
    for action in actions.order_by("pk"):
        rules = rules_for(action, at)
        rows = ParticipationApplication.objects.filter(
            programme__in=running.filter(period__action=action), state=ApplicationState.ENROLLED
        )
        yield from _absences(_named(with_absences(rows, rules).filter(_warned(rules))), rules)


def _warned(rules: hours.Rules) -> Q:
    edge = Q(longest__gt=0) & Q(longest__gt=Value(rules.limit) - F("absent"))
    owed = Q(meetings__gt=0, met__lt=rules.face_to_face)
    apart = owed & Q(meetings_ahead__lte=Value(rules.face_to_face) - F("met"))
    return Q(absent__gte=rules.warn_at) | edge | apart


def face_to_face_attended(application: ParticipationApplication) -> int:
    """How many face-to-face sessions the trainee attended, by the signed sheets."""
    return Attendance.objects.filter(
        application=application,
        session__kind=SlotKind.FACE_TO_FACE,
        session__state__in=SETTLED,
        mark__in=[Mark.PRESENT, Mark.LATE],
    ).count()
