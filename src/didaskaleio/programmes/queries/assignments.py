"""Who may be asked to take a programme, and who was (αναθέσεις έργου; R-029, R-030)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Sum

from didaskaleio.kernel.greek import count
from didaskaleio.people.models import Person
from didaskaleio.programmes import parameters, timetable
from didaskaleio.programmes.enums import (
    ActionRole,
    AssignmentState,
    PeriodState,
    ProgrammeState,
    WorkCallState,
)
from didaskaleio.programmes.models import (
    Programme,
    ProgrammeCategory,
    WorkAssignment,
    WorkCallLine,
    WorkStanding,
)
from didaskaleio.programmes.models.assignments import HOLDING
from didaskaleio.programmes.queries import availability, plans
from didaskaleio.programmes.queries.trainers import services_on, trainers
from didaskaleio.programmes.timetable import Rule

MOST = 20
DRAFTS = (ProgrammeState.DRAFT, ProgrammeState.RETURNED)
BARRIERS = {Rule.LOAD_WEEK, Rule.LOAD_PERIOD, Rule.LOAD_OPERATION, Rule.TRAINER_CLASH}


@dataclass(frozen=True)
class Next:
    """Somebody of the ranking who may be asked (επόμενος/η), or why not."""

    standing: WorkStanding
    why_not: str


def of_programme(programme: Programme) -> QuerySet[WorkAssignment]:
    """Everybody who was asked for a programme, with the answers, newest first."""
    rows = WorkAssignment.objects.filter(programme=programme)
    return rows.select_related("person", "asked_by").order_by("-asked_at", "-pk")


def of_person(person_id: int) -> QuerySet[WorkAssignment]:
    """What somebody was asked to take on, newest first."""
    rows = WorkAssignment.objects.filter(person=person_id).select_related(
        "programme__cluster", "programme__centre", "programme__period"
    )
    return rows.order_by("-asked_at", "-pk")


def candidates(programme: Programme) -> list[WorkStanding]:
    """The ranking for the programme's cluster and prefecture: selected first, then reserves.

    Whoever was asked for it already is left out.
    """
    asked = WorkAssignment.objects.filter(
        programme=programme, person=OuterRef("application__person")
    )
    rows = WorkStanding.objects.filter(
        ~Exists(asked),
        line__call__period=programme.period_id,
        line__call__state=WorkCallState.SELECTED,
        line__cluster=programme.cluster_id,
        line__prefecture=programme.centre.prefecture_id,
        application__person__isnull=False,
    ).select_related("application__person", "application__submission", "line__call")
    found = sorted(
        rows,
        key=lambda row: (row.application.line_id != row.line_id, row.line.call_id, row.rank),
    )
    return found[:MOST]


def exhausted() -> QuerySet[Programme]:
    """Drafts that look for a trainer while nobody is left to ask (εξαντλήθηκε η κατάταξη).

    Either the last who was asked declined or was late, and nobody was asked since; or a call was
    settled for the cluster and prefecture, and everybody ranked there was asked already.
    """
    asked = WorkAssignment.objects.filter(programme=OuterRef("pk"), role=ActionRole.TRAINER)
    called = Q(line__call__period=OuterRef("period"), line__call__state=WorkCallState.SELECTED)
    there = Q(line__cluster=OuterRef("cluster"))
    there &= Q(line__prefecture=OuterRef("centre__prefecture"))
    before = WorkAssignment.objects.filter(
        programme=OuterRef(OuterRef("pk")), person=OuterRef("application__person")
    )
    ranked = WorkStanding.objects.filter(called, there, application__person__isnull=False)
    line = WorkCallLine.objects.filter(
        call__period=OuterRef("period"),
        call__state=WorkCallState.SELECTED,
        cluster=OuterRef("cluster"),
        prefecture=OuterRef("centre__prefecture"),
    )
    last = asked.order_by("-asked_at", "-pk").values("state")[:1]
    rows = Programme.objects.filter(
        ~Exists(asked.filter(HOLDING)),
        state__in=DRAFTS,
        trainer=None,
        period__state=PeriodState.PROPOSING,
    ).annotate(last=Subquery(last))
    refused = Q(last__in=(AssignmentState.DECLINED, AssignmentState.EXPIRED))
    nobody = Exists(line) & ~Exists(ranked.filter(~Exists(before)))
    found = rows.filter(refused | nobody)
    return found.select_related("cluster", "centre", "period")


def by_hand(programme: Programme) -> QuerySet[Person]:
    """Who may be asked by decision, ranked or not (ανάθεση με απόφαση).

    Trainers of the cluster; where the category is local, those who serve in the prefecture.
    """
    rows = trainers(programme.period)
    rows = rows.filter(trainer_profile__clusters=programme.cluster_id)
    if not programme.category.locality:
        return rows
    there = services_on(programme.period.first_day)
    near = there.filter(school__prefecture=programme.centre.prefecture_id)
    return rows.filter(Exists(near.filter(teacher__person=OuterRef("pk"))))


def hours_of(programme: Programme) -> int:
    """The hours that a programme asks of its trainer, by its category."""
    return hours_of_category(programme.category)


def hours_of_category(category: ProgrammeCategory) -> int:
    """The hours of one programme of a category (ώρες ανά πρόγραμμα)."""
    return int(plans.composition_of(category).hours().total)


def promised(person_id: int, programme: Programme) -> tuple[int, int]:
    """Hours asked of or accepted by somebody in drafts: in the period, in the operation.

    What was accepted counts as long as the draft still names the person.
    """
    kept = Q(state=AssignmentState.ASKED) | Q(
        state=AssignmentState.ACCEPTED, programme__trainer=person_id
    )
    rows = WorkAssignment.objects.filter(
        kept, person=person_id, role=ActionRole.TRAINER, programme__state__in=DRAFTS
    ).exclude(programme=programme)
    action = programme.period.action
    same = Q(programme__period__action=action)
    if action.project_id:
        same = Q(programme__period__action__project=action.project_id)
    found = rows.aggregate(
        period=Sum("hours", filter=Q(programme__period=programme.period_id), default=0),
        operation=Sum("hours", filter=same, default=0),
    )
    return found["period"], found["operation"]


def why_not(programme: Programme, person: Person, wanted: int | None, at: datetime) -> str:
    """Why somebody may not be asked to teach a programme: the limits of load, "" when none."""
    hours = hours_of(programme)
    held = availability.loads([person.pk], programme.period, leaving_out=[programme.pk])
    load = held.get(person.pk) or timetable.Load()
    more, in_operation = promised(person.pk, programme)
    numbers = parameters.of(programme.period.action, at)
    limits = (
        (wanted, load.period + more, "που ζήτησε"),
        (numbers.trainer_hours_per_period, load.period + more, "της περιόδου"),
        (numbers.trainer_hours_per_operation, load.operation + in_operation, "της πράξης"),
    )
    for limit, now, which in limits:
        if limit and now + hours > limit:
            return (
                f"Θα είχε {count(int(now + hours), 'ώρα', 'ώρες')}, πάνω από το όριο {which} "
                f"({limit})."
            )
    return _against_timetable(programme, person, at)


def _against_timetable(programme: Programme, person: Person, at: datetime) -> str:
    """What a timetable that stands already would break with this trainer."""
    if not programme.slots.exists():
        return ""
    whole = Programme.objects.select_related(
        "period__action", "category", "cluster", "centre__prefecture", "centre__school__type"
    ).get(pk=programme.pk)
    whole.trainer = person
    broken = [one for one in plans.errors_of(whole, at) if one.rule in BARRIERS]
    return broken[0].sentence if broken else ""


def line_up(programme: Programme, at: datetime) -> list[Next]:
    """The next of the ranking with what stands in the way of each."""
    return [
        Next(row, why_not(programme, row.application.person, _wanted(row), at))  # type: ignore[arg-type]
        for row in candidates(programme)
    ]


def _wanted(row: WorkStanding) -> int | None:
    return row.application.submission.wanted if row.application.submission else None


def first_free(programme: Programme, at: datetime) -> WorkStanding | None:
    """The first of the ranking who may be asked."""
    for row in candidates(programme):
        person = row.application.person
        if person is not None and not why_not(programme, person, _wanted(row), at):
            return row
    return None
