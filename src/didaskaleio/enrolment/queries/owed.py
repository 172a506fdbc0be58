"""Who owes a compulsory training (υπόχρεοι; 002, R-192), set-based: never one person at a time.

The audience is the trainees' profile of the course. Completing any action on the course counts;
an application counts in the action itself, while it may still bring a place.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, JSONObject
from django.utils.timezone import localdate

from didaskaleio.courses import profiles
from didaskaleio.courses.queries import people_of
from didaskaleio.enrolment.enums import ApplicationState, OwedState
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.people.models import Person, SchoolService
from didaskaleio.programmes.enums import ActionState, PeriodState
from didaskaleio.programmes.models import TrainingAction
from didaskaleio.programmes.queries.audience import addressed, people_addressed

A = ApplicationState
DONE = (A.ATTENDED, A.CERTIFIED)
PLACED = (A.PLACED, A.ENROLLED)
WAITING = Q(state__in=(A.SUBMITTED, A.RUNNER_UP)) & ~Q(
    period__state__in=(PeriodState.RUNNING, PeriodState.CLOSED, PeriodState.CANCELLED)
)
OVER = (
    *(ActionState.DRAFT, ActionState.COMPLETING, ActionState.DOCUMENTED),
    *(ActionState.CLOSED, ActionState.CANCELLED),
)
OF_COURSE = "period__action__course_version__course"
Applications = QuerySet[ParticipationApplication]


def owed_by(action: TrainingAction, at: datetime) -> QuerySet[Any]:
    """Υπόχρεοι: people, each with ``owed_state`` and ``place``, the school of most hours then.

    Whoever completed it stays in the list, even where that very completion ends the profile.
    """
    audience = people_of(_profile(action), localdate(at)).order_by().values("pk")
    done = _done(action).values("person")
    asked = Q(pk__in=audience) & people_addressed(action)
    rows = Person.objects.filter(asked | Q(pk__in=done))
    return rows.annotate(
        owed_state=_state(action),
        place=_place(at),
        directorate=Cast(KT("place__directorate"), IntegerField()),
    )


def counted(action: TrainingAction, at: datetime) -> Mapping[int, Counter[str]]:
    """How many stand where (OwedState), by the id of the directorate of their school.

    Whoever serves at no school of a directorate is in none.
    """
    rows = owed_by(action, at).exclude(directorate=None).order_by()
    found: dict[int, Counter[str]] = defaultdict(Counter)
    grouped = rows.values("directorate", "owed_state").annotate(many=Count("pk"))
    for directorate, state, many in grouped.values_list("directorate", "owed_state", "many"):
        found[directorate][state] = many
    return found


def still_owed(person_id: int, at: datetime) -> list[TrainingAction]:
    """The compulsory actions for which the person has neither applied nor a place yet."""
    mine = ParticipationApplication.objects.filter(person_id=person_id)
    under_way = mine.filter(Q(state__in=PLACED) | WAITING, period__action=OuterRef("pk"))
    done = mine.filter(state__in=DONE, **{OF_COURSE: OuterRef("course_version__course")})
    rows = TrainingAction.objects.filter(~Exists(under_way), ~Exists(done), compulsory=True)
    rows = rows.filter(addressed(person_id, ""))
    asked = rows.exclude(state__in=OVER).select_related("course_version").order_by("pk")
    day = localdate(at)
    return [row for row in asked if people_of(_profile(row), day).filter(pk=person_id).exists()]


def _profile(action: TrainingAction) -> profiles.Profile:
    return profiles.parse(action.course_version.trainee_profile)


def _done(action: TrainingAction) -> Applications:
    course = action.course_version.course_id
    return ParticipationApplication.objects.filter(state__in=DONE, **{OF_COURSE: course})


def _state(action: TrainingAction) -> Case:
    own = {"person": OuterRef("pk")}
    here = ParticipationApplication.objects.filter(period__action=action, **own)
    return Case(
        When(Exists(_done(action).filter(**own)), then=Value(OwedState.DONE)),
        When(Exists(here.filter(state__in=PLACED)), then=Value(OwedState.PLACED)),
        When(Exists(here.filter(WAITING)), then=Value(OwedState.APPLIED)),
        default=Value(OwedState.NOTHING),
        output_field=CharField(),
    )


def _place(at: datetime) -> Subquery:
    day = localdate(at)
    rows = SchoolService.objects.filter(teacher__person=OuterRef("pk"), valid_from__lte=day)
    now = rows.filter(Q(valid_until=None) | Q(valid_until__gte=day))
    told = JSONObject(
        school="school__name",
        directorate="school__directorate_id",
        directorate_name="school__directorate__abbreviation",
        prefecture="school__prefecture__code",
        prefecture_name="school__prefecture__name",
        region="school__region__code",
    )
    return Subquery(now.order_by("-hours", "pk").values(told=told)[:1])
