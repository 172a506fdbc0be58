"""Who is asked by questionnaires (σε ποιους απευθύνονται): programmes, periods, sessions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet, Value

from didaskaleio.delivery.models import TrainingSession
from didaskaleio.enrolment.enums import ApplicationState
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.kernel import greek
from didaskaleio.kernel.clock import ATHENS
from didaskaleio.kernel.fields import GreekKeyOf
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.models import Post
from didaskaleio.programmes.enums import PeriodState, ProgrammeState
from didaskaleio.programmes.models import Programme, ProgrammeStaff, TrainingPeriod
from didaskaleio.surveys.enums import Audience
from didaskaleio.surveys.occasions import About, Source

OFFERED = 20
SEPTEMBER = 9
TOOK_PART = (ApplicationState.ENROLLED, ApplicationState.ATTENDED, ApplicationState.CERTIFIED)
TAUGHT = (ProgrammeState.RUNNING, ProgrammeState.COMPLETED, ProgrammeState.DOCUMENTED)


def school_year(day: date) -> int:
    """The year in which the school year of ``day`` began."""
    return day.year if day.month >= SEPTEMBER else day.year - 1


def people_of(programmes: QuerySet[Programme], audience: Audience) -> Iterable[int]:
    """The people of one audience in some programmes, each once."""
    match audience:
        case Audience.TRAINEE:
            rows: QuerySet[Any] = ParticipationApplication.objects.filter(
                programme__in=programmes, state__in=TOOK_PART
            ).values_list("person_id", flat=True)
        case Audience.TRAINER:
            rows = programmes.filter(trainer__isnull=False).values_list("trainer_id", flat=True)
        case Audience.CENTRE:
            posts = Post.objects.filter(
                role=Role.CENTRE_MANAGER,
                scope=Scope.CENTRE,
                scope_id__in=programmes.values("centre_id"),
                valid_until=None,
            )
            rows = posts.values_list("person_id", flat=True)
        case Audience.STAFF:
            staff = ProgrammeStaff.objects.filter(programme__in=programmes)
            rows = staff.values_list("person_id", flat=True)
    return rows.order_by().distinct()


def _programmes() -> QuerySet[Programme]:
    return Programme.objects.select_related("period__action", "centre", "cluster")


def _about(programme: Programme, subject: Any, title: str) -> About:
    return About(
        subject,
        title,
        programme.period.action.title,
        programme.period.action.body_id,
        programme.centre.region_id,
        school_year(programme.period.first_day),
    )


def _programme(pk: int) -> About | None:
    row = _programmes().filter(pk=pk).first()
    return _about(row, row, f"{row.code}, {row.cluster}, {row.centre}") if row else None


def _period(pk: int) -> About | None:
    row = TrainingPeriod.objects.select_related("action").filter(pk=pk).first()
    if row is None:
        return None
    year = school_year(row.first_day)
    return About(row, row.title, row.action.title, row.action.body_id, None, year)


def _session(pk: int) -> About | None:
    found = TrainingSession.objects.select_related(
        "programme__period__action", "programme__centre", "programme__cluster"
    )
    row = found.filter(pk=pk).first()
    if row is None:
        return None
    day = greek.short_date(row.starts_at.astimezone(ATHENS).date())
    return _about(row.programme, row, f"{row.programme.code}, συνάντηση {row.sequence}, {day}")


def _named(rows: QuerySet[Any], text: str, *paths: str) -> QuerySet[Any]:
    """The rows of which every word of ``text`` stands in one of the columns."""
    for word in text.split():
        said = Q()
        for path in paths:
            said |= Q(**{f"{path}__contains": GreekKeyOf(Value(word))})
        rows = rows.filter(said | Q(code__istartswith=word))
    return rows


def _programmes_offered(body: int, text: str) -> list[tuple[int, str]]:
    rows = _programmes().filter(period__action__body_id=body, state__in=TAUGHT)
    found = _named(rows, text, "centre__sort_key").order_by("-period__first_day", "code", "pk")
    return [(row.pk, f"{row.code}, {row.cluster}, {row.centre}") for row in found[:OFFERED]]


def _periods_offered(body: int, text: str) -> list[tuple[int, str]]:
    rows = TrainingPeriod.objects.filter(
        action__body_id=body, state__in=(PeriodState.RUNNING, PeriodState.CLOSED)
    )
    titled = rows.alias(title_key=GreekKeyOf("title"))
    found = _named(titled, text, "title_key").order_by("-first_day", "pk")
    return [(row.pk, row.title) for row in found[:OFFERED]]


def _of(pk: int) -> QuerySet[Programme]:
    return Programme.objects.filter(pk=pk)


def _in_period(pk: int) -> QuerySet[Programme]:
    return Programme.objects.filter(period=pk, state__in=TAUGHT)


def _of_session(pk: int) -> QuerySet[Programme]:
    return Programme.objects.filter(sessions=pk)


OF_PROGRAMME = Source(_programme, lambda pk, who: people_of(_of(pk), who), _programmes_offered)
OF_PERIOD = Source(_period, lambda pk, who: people_of(_in_period(pk), who), _periods_offered)
OF_SESSION = Source(_session, lambda pk, who: people_of(_of_session(pk), who))
