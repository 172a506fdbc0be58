"""Standing (θέση του προσώπου): what the rules say of one person, and the list being prepared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from didaskaleio.enrolment import eligibility, rules
from didaskaleio.enrolment.eligibility import Finding, PeriodFacts, PersonFacts
from didaskaleio.enrolment.enums import ApplicationState
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.enrolment.queries import facts
from didaskaleio.programmes.enums import PeriodState, ProgrammeState
from didaskaleio.programmes.models import Programme, TrainingPeriod
from didaskaleio.programmes.queries.audience import addressed

OWN = ("category", "cluster", "centre__prefecture")
SHEET = (*OWN, "period__action")


@dataclass(frozen=True)
class Standing:
    """Person against period: facts, general findings."""

    person: PersonFacts
    period: PeriodFacts
    findings: list[Finding]

    @property
    def eligible(self) -> bool:
        return not eligibility.forbidding(self.findings)


@dataclass(frozen=True)
class Ranked:
    """One preference of a list (προτίμηση): its programme, what the rules say of it."""

    programme: Programme
    findings: list[Finding]
    misplaced: bool = False

    @property
    def forbidden(self) -> list[Finding]:
        return eligibility.forbidding(self.findings)

    @property
    def warnings(self) -> list[Finding]:
        return [f for f in self.findings if f.warning and not f.fulfilled]


def standing(
    period: TrainingPeriod,
    person_id: int,
    application: ParticipationApplication | None,
    at: datetime,
) -> Standing:
    """What the rules say of the person in the period, whatever the programme."""
    cluster = application.cluster if application else None
    person = facts.facts_of(person_id, period, cluster)
    about = facts.period_facts(period, at)
    return Standing(person, about, eligibility.general(person, about))


def open_programmes(period: TrainingPeriod) -> QuerySet[Programme]:
    """The programmes that take applications; all of them share the ``period`` at hand."""
    rows: QuerySet[Programme] = period.programmes.filter(state=ProgrammeState.OPEN)
    return rows.select_related(*OWN)


def listed(period: TrainingPeriod, codes: Sequence[str]) -> list[Programme]:
    """The programmes of a list of codes in its order; unknown codes are left out."""
    rows = Programme.objects.filter(period=period, code__in=codes).select_related(*SHEET)
    found = {row.code: row for row in rows}
    return [found[code] for code in codes if code in found]


def judged(programmes: Iterable[Programme], standing: Standing) -> list[Ranked]:
    """Each programme of the list with its findings and whether it stands out of order."""
    rows = list(programmes)
    known = facts.programme_facts(rows, standing.person)
    first_b = _misplaced([row.category.order for row in rows])
    return [
        Ranked(
            row,
            eligibility.for_programme(standing.person, known[row.pk], standing.period.articles),
            place in first_b,
        )
        for place, row in enumerate(rows)
    ]


def _misplaced(orders: list[int]) -> set[int]:
    return {i for i in range(1, len(orders)) if orders[i] < max(orders[:i])}


def in_order(programmes: Sequence[Programme]) -> bool:
    """Whether the categories follow the order of the action (R4)."""
    return rules.first_step_back([row.category.order for row in programmes]) is None


def taking_applications(at: datetime, person_id: int) -> QuerySet[TrainingPeriod]:
    """The periods whose phase A is open to the person at ``at``, the first to close first."""
    rows = TrainingPeriod.objects.select_related("action__body", "action__course_version")
    open_now = rows.filter(state=PeriodState.PHASE_A, phase_a_opens__lte=at, phase_a_closes__gt=at)
    return open_now.filter(addressed(person_id)).order_by("phase_a_closes", "pk")


def current_period(person_id: int) -> TrainingPeriod | None:
    """The period that a teacher is shown first: one that takes applications, else the newest.

    Only of actions that are addressed to where the person serves.
    """
    rows = TrainingPeriod.objects.filter(addressed(person_id))
    periods = rows.select_related("action__body", "action__course_version")
    for states in ((PeriodState.PHASE_A,), (PeriodState.FROZEN, PeriodState.DRAWN)):
        found = periods.filter(state__in=states).order_by("phase_a_closes", "pk").first()
        if found:
            return found
    hidden = (PeriodState.DRAFT, PeriodState.CANCELLED)
    return periods.exclude(state__in=hidden).order_by("-phase_a_opens", "-pk").first()


def application_of(person_id: int, period: TrainingPeriod) -> ParticipationApplication | None:
    """The person's application in the period, with its last submission."""
    rows = ParticipationApplication.objects.filter(person_id=person_id, period=period)
    return rows.select_related("submission__receipt__file", "cluster", "programme").first()


def applications_of(person_id: int) -> list[ParticipationApplication]:
    """All applications of a person, the newest period first."""
    rows = ParticipationApplication.objects.filter(person_id=person_id)
    return list(
        rows.select_related(
            "period__action", "submission", "programme__cluster", "programme__centre"
        ).order_by("-period__phase_a_opens", "-pk")
    )


def still_editable(application: ParticipationApplication, at: datetime) -> bool:
    """Whether phase A still takes a version of this application."""
    period = application.period
    return (
        application.state in {ApplicationState.DRAFT, ApplicationState.SUBMITTED}
        and period.state == PeriodState.PHASE_A
        and period.phase_a_opens <= at <= period.phase_a_closes
    )
