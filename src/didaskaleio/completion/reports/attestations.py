"""Reports of attestations, issued and owed, and of what stands on each course."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from didaskaleio.completion import queries
from didaskaleio.completion.enums import AttestationState, EmploymentState
from didaskaleio.completion.models import Attestation, EmploymentAttestation
from didaskaleio.courses.models import Course
from didaskaleio.enrolment.enums import HOLDING_STATES
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.kernel import access
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.fields import GreekKeyOf
from didaskaleio.kernel.reports import Choice, Column, Filter, Map, Report, declare
from didaskaleio.programmes.enums import ProgrammeState
from didaskaleio.programmes.models import Programme, TrainingAction, TrainingPeriod
from didaskaleio.programmes.reports import (
    equal,
    programme_filters,
    project_filter,
    project_report,
    units_of,
)
from didaskaleio.structures.models import FundedProject
from didaskaleio.structures.reports import Achieved
from didaskaleio.structures.reports import declare as declare_achieved

Rows = QuerySet[Attestation]
GONE = (ProgrammeState.DRAFT, ProgrammeState.REJECTED, ProgrammeState.CANCELLED)
OF_COURSE = "course_version__course_id"
LEVEL = "programme__period__action__course_version__course__level"


def _rows(actor: Actor, _at: datetime, _values: dict[str, str]) -> Rows:
    return access.visible(actor, "attestation.listed", queries.attestations())


def periods(actor: Actor, _at: datetime) -> list[Choice]:
    """The periods of the actor's own body."""
    rows = access.visible(actor, "period.manage", TrainingPeriod.objects.order_by("-starts_at"))
    return [(str(pk), title) for pk, title in rows.values_list("pk", "title")[:50]]


def _states(_actor: Actor, _at: datetime) -> list[Choice]:
    return [(str(value), str(label)) for value, label in AttestationState.choices]


def named(rows: Rows, text: str) -> Rows:
    """Attestations of a person by any part of the name, or of a programme by its code."""
    by_name = Q()
    for word in text.split():
        by_name &= Q(application__person__sort_key__contains=GreekKeyOf(Value(word)))
    return rows.filter(by_name | Q(programme__code__iexact=text.strip()))


def _credential(name: str) -> Any:
    return lambda row: getattr(row.credential, name) if row.credential else None


declare(
    Report(
        name="completion.attestations",
        title="Βεβαιώσεις που εκδόθηκαν και που οφείλονται",
        permission="completion.report",
        columns=(
            Column("programme", "Πρόγραμμα", "programme.code", order="programme__code"),
            Column("period", "Περίοδος", "programme.period.code", order="programme__period__code"),
            Column("centre", "Κέντρο", "programme.centre.name"),
            Column(
                "surname",
                "Επώνυμο",
                "application.person.surname",
                order="application__person__sort_key",
            ),
            Column("given_name", "Όνομα", "application.person.given_name"),
            Column("state", "Κατάσταση", lambda row: row.get_state_display(), order="state"),
            Column("number", "Αριθμός", _credential("number"), order="credential__number"),
            Column(
                "issued",
                "Εκδόθηκε",
                _credential("issued_at"),
                kind="moment",
                order="credential__issued_at",
            ),
            Column("hours", "Ώρες", kind="hours", order="hours", total=True),
        ),
        rows=_rows,
        filters=(
            Filter("state", "Κατάσταση", _states, equal("state")),
            *programme_filters("programme__"),
            project_filter("programme__"),
        ),
        search=named,
        map=Map(
            "Βεβαιώσεις",
            lambda rows: units_of(
                rows, "programme__centre__regional_unit__code", Count("pk", distinct=True)
            ),
        ),
    )
)


def _employments(
    actor: Actor, _at: datetime, _values: dict[str, str]
) -> QuerySet[EmploymentAttestation]:
    rows = access.visible(actor, "employment.read", queries.employments())
    return rows.order_by("programme__code", "person__sort_key", "pk")


def _employment_states(_actor: Actor, _at: datetime) -> list[Choice]:
    return [(str(value), str(label)) for value, label in EmploymentState.choices]


declare(
    Report(
        name="completion.employments",
        title="Βεβαιώσεις απασχόλησης",
        permission="employment.report",
        columns=(
            Column("programme", "Πρόγραμμα", "programme.code", order="programme__code"),
            Column("centre", "Κέντρο", "programme.centre.name"),
            Column("surname", "Επώνυμο", "person.surname", order="person__sort_key"),
            Column("given_name", "Όνομα", "person.given_name"),
            Column("state", "Κατάσταση", lambda row: row.get_state_display(), order="state"),
            Column("at", "Ζητήθηκε", kind="moment", order="at"),
            Column("number", "Αριθμός", _credential("number"), order="credential__number"),
            Column("hours", "Ώρες που βεβαιώθηκαν", kind="number"),
        ),
        rows=_employments,
        filters=(
            Filter("state", "Κατάσταση", _employment_states, equal("state")),
            *programme_filters("programme__"),
        ),
    )
)


def _courses(actor: Actor) -> QuerySet[Course]:
    return access.visible(actor, "course.read", Course.objects.order_by("sort_key", "pk"))


def _course_choices(actor: Actor, _at: datetime) -> list[Choice]:
    return [(str(pk), title) for pk, title in _courses(actor).values_list("pk", "title")[:100]]


def _count(rows: QuerySet[Any], by: str) -> Any:
    """How many of ``rows`` belong to the action of the outer query, as a column."""
    of_action = rows.filter(**{by: OuterRef("pk")}).order_by().values(by)
    return Coalesce(Subquery(of_action.annotate(n=Count("pk")).values("n")), 0)


def _impact(actor: Actor, _at: datetime, _values: dict[str, str]) -> QuerySet[TrainingAction]:
    """Every action built on a course that the actor reads, with all that stands on it."""
    action = "period__action"
    programmes = Programme.objects.exclude(state__in=GONE)
    people = ParticipationApplication.objects.filter(state__in=HOLDING_STATES)
    attested = Attestation.objects.filter(state=AttestationState.ISSUED)
    rows = TrainingAction.objects.filter(course_version__course__in=_courses(actor).order_by())
    return (
        rows.select_related("course_version__course", "body")
        .annotate(
            programmes=_count(programmes, action),
            running=_count(programmes.filter(state=ProgrammeState.RUNNING), action),
            people=_count(people, action),
            attested=_count(attested, f"programme__{action}"),
        )
        .order_by("course_version__course__sort_key", "course_version__number", "pk")
    )


def _standing(row: TrainingAction) -> str:
    version = row.course_version
    return f"{version} (σε ισχύ)" if version.course.current_id == version.pk else str(version)


declare(
    Report(
        name="completion.impact",
        title="Τι στηρίζεται σε κάθε αντικείμενο",
        permission="course.pages",
        columns=(
            Column("course", "Αντικείμενο", "course_version.course.title"),
            Column("version", "Έκδοση", _standing, order="course_version__number"),
            Column("action", "Δράση", "title", order="title"),
            Column("body", "Φορέας", "body.short_name"),
            Column("state", "Κατάσταση", lambda row: row.get_state_display(), order="state"),
            Column("programmes", "Προγράμματα", kind="number", order="programmes", total=True),
            Column("running", "Σε εξέλιξη", kind="number", order="running", total=True),
            Column("people", "Με θέση", kind="number", order="people", total=True),
            Column("attested", "Βεβαιώσεις", kind="number", order="attested", total=True),
        ),
        rows=_impact,
        filters=(Filter("course", "Αντικείμενο", _course_choices, equal(OF_COURSE)),),
    )
)


def _issued(project: FundedProject) -> Rows:
    return Attestation.objects.filter(
        programme__period__action__project=project, state=AttestationState.ISSUED
    ).order_by()


def attested_of(project: FundedProject) -> Mapping[str, int]:
    """Attestations issued in the actions of the project, by level of the course."""
    return dict(_issued(project).values_list(LEVEL).annotate(Count("pk")))


def hours_of(project: FundedProject) -> Mapping[str, int]:
    """Teaching hours that those attestations certify, by level, in whole hours."""
    rows = _issued(project).values_list(LEVEL).annotate(Sum("hours"))
    return {level: int(hours) for level, hours in rows}


def _attestations(project: FundedProject, level: str) -> str:
    return project_report("completion.attestations", project, level, state=AttestationState.ISSUED)


for figure in (
    Achieved(
        "completion.attested",
        "Βεβαιώσεις παρακολούθησης",
        attested_of,
        _attestations,
        "attestation.desk",
        reaches=True,
    ),
    Achieved(
        "completion.hours",
        "Ώρες που βεβαιώθηκαν",
        hours_of,
        _attestations,
        "attestation.desk",
    ),
):
    declare_achieved(figure)
