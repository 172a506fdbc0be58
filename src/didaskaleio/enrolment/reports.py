"""Reports (αναφορές) of room enrolment: people with a place, runners-up, requests of phase B."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet, Value

from didaskaleio.enrolment.enums import HOLDING_STATES, ApplicationState, LogOutcome
from didaskaleio.enrolment.models import ParticipationApplication, PhaseBLog
from didaskaleio.kernel import access
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.fields import GreekKeyOf
from didaskaleio.kernel.reports import Choice, Column, Filter, Report, declare
from didaskaleio.programmes.models import Programme, TrainingPeriod

DESK = "places.desk"
Applications = QuerySet[ParticipationApplication]


def _programmes(actor: Actor, _at: datetime) -> list[Choice]:
    rows = access.visible(actor, "places.read", Programme.objects.order_by("-period_id", "code"))
    held = rows.filter(places__isnull=False).distinct()
    return [(str(pk), code) for pk, code in held.values_list("pk", "code")[:500]]


def _periods(actor: Actor, _at: datetime) -> list[Choice]:
    own = access.visible(actor, "places.read", Programme.objects.order_by())
    rows = TrainingPeriod.objects.filter(pk__in=own.values("period")).order_by("-phase_a_opens")
    return [(str(pk), title) for pk, title in rows.values_list("pk", "title")[:50]]


def _named(rows: Applications, text: str) -> Applications:
    by_name = Q()
    for word in text.split():
        by_name &= Q(person__sort_key__contains=GreekKeyOf(Value(word)))
    return rows.filter(by_name | Q(number=text.replace(" ", "")))


def _entitled(actor: Actor) -> Applications:
    rows = ParticipationApplication.objects.select_related("person", "period", "programme__centre")
    return access.visible(actor, "application.read", rows)


def _people(actor: Actor, _at: datetime, _values: dict[str, str]) -> Applications:
    rows = _entitled(actor).filter(state__in=HOLDING_STATES)
    return rows.order_by("programme__code", "person__sort_key", "pk")


def _runners_up(actor: Actor, _at: datetime, _values: dict[str, str]) -> Applications:
    return (
        _entitled(actor).filter(state=ApplicationState.RUNNER_UP).order_by("period", "rank", "pk")
    )


def _requests(actor: Actor, _at: datetime, _values: dict[str, str]) -> QuerySet[PhaseBLog]:
    own = access.visible(actor, "places.read", Programme.objects.order_by())
    rows = PhaseBLog.objects.select_related("programme", "freed_programme")
    return rows.filter(programme__in=own.values("pk")).order_by("sequence")


def _outcomes(_actor: Actor, _at: datetime) -> list[Choice]:
    return [(str(value), str(label)) for value, label in LogOutcome.choices]


PERIOD = Filter("period", "Περίοδος", _periods, lambda rows, value: rows.filter(period_id=value))
PROGRAMME = Filter(
    "programme", "Πρόγραμμα", _programmes, lambda rows, value: rows.filter(programme_id=value)
)
PERSON = (
    Column("number", "Αριθμός κλήρωσης", order="number"),
    Column("name", "Ονοματεπώνυμο", "person.full_name", order="person__sort_key"),
    Column("state", "Κατάσταση", lambda row: row.get_state_display(), order="state"),
)

declare(
    Report(
        name="enrolment.people",
        title="Όσοι έχουν θέση, ανά πρόγραμμα",
        permission=DESK,
        columns=(
            Column("programme", "Πρόγραμμα", "programme.code", order="programme__code"),
            Column("centre", "Κέντρο", "programme.centre.name"),
            *PERSON,
            Column("confirm_by", "Επιβεβαίωση έως", kind="moment", order="confirm_by"),
        ),
        rows=_people,
        filters=(PERIOD, PROGRAMME),
        search=_named,
    )
)
declare(
    Report(
        name="enrolment.runners_up",
        title="Επιλαχόντες, με τη σειρά της κλήρωσης",
        permission=DESK,
        columns=(
            Column("period", "Περίοδος", "period.title"),
            Column("rank", "Σειρά στην κλήρωση", kind="number", order="rank"),
            *PERSON,
        ),
        rows=_runners_up,
        filters=(PERIOD,),
        search=_named,
    )
)
declare(
    Report(
        name="enrolment.phase_b",
        title="Αιτήματα της Β΄ φάσης",
        permission=DESK,
        columns=(
            Column("sequence", "Αύξων αριθμός", kind="number", order="sequence"),
            Column("at", "Πότε", kind="moment", order="at"),
            Column("number", "Αριθμός κλήρωσης", order="number"),
            Column("programme", "Πρόγραμμα", "programme.code", order="programme__code"),
            Column("outcome", "Απόφαση", lambda row: row.get_outcome_display(), order="outcome"),
            Column("freed", "Ελευθερώθηκε", "freed_programme.code"),
        ),
        rows=_requests,
        filters=(
            PERIOD,
            Filter("outcome", "Απόφαση", _outcomes, lambda rows, value: rows.filter(outcome=value)),
        ),
    )
)
