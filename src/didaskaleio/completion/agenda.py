"""What completion asks of people (εκκρεμότητες): issue, consolidate, accept the documents."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from didaskaleio.completion.enums import EmploymentState
from didaskaleio.completion.models import Attestation, ConsolidatedAttendance
from didaskaleio.completion.queries import employments, owed_by_programme
from didaskaleio.kernel import access, agenda, greek
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.calendar import local, public_holidays
from didaskaleio.kernel.clock import ATHENS
from didaskaleio.people.enums import Role, Scope
from didaskaleio.programmes import parameters
from didaskaleio.programmes.enums import ProgrammeState
from didaskaleio.programmes.models import Programme

FRIDAY = 4
END_OF_DAY = time(15, 0)


@agenda.todos("completion.owed")
def owed(actor: Actor, at: datetime) -> Iterable[agenda.Todo]:
    """Officer: programmes with owed attestations."""
    rows = access.visible(actor, "attestation.issue", Attestation.objects.all())
    address = reverse("completion:attestations")
    yield from agenda.shortened(
        owed_by_programme(rows),
        lambda programme: agenda.Todo(
            f"Έκδοση βεβαιώσεων: {programme.code}",
            f"{address}?state=owed&programme={programme.pk}",
            detail=f"Οφείλονται {greek.count(programme.owed, 'βεβαίωση', 'βεβαιώσεις')}. "
            f"{programme.period.title}",
        ),
        rest="προγράμματα με οφειλόμενες βεβαιώσεις",
        url=f"{address}?state=owed",
    )


@agenda.todos("completion.consolidate")
def consolidate(actor: Actor, at: datetime) -> Iterable[agenda.Todo]:
    """Centre: completed programmes without a consolidated attendance."""
    centres = actor.scopes(Role.CENTRE_MANAGER, Scope.CENTRE)
    mine = _finished(actor, "completion.consolidate").filter(centre_id__in=centres)
    rows = mine.filter(~_consolidated())
    yield from agenda.shortened(
        rows,
        lambda programme: agenda.Todo(
            f"Συγκεντρωτικό παρουσιολόγιο: {programme.code}",
            reverse("completion:programme", args=[programme.pk]),
            due=_due(programme, at),
            detail=f"{programme.cluster.title} · {programme.period.title}",
        ),
        rest="συγκεντρωτικά παρουσιολόγια",
        url=f"{reverse('programmes:centre')}?state={ProgrammeState.COMPLETED}",
    )


@agenda.todos("completion.accept")
def accept(actor: Actor, at: datetime) -> Iterable[agenda.Todo]:
    """Officer: completed programmes whose papers are all there."""
    owing = Attestation.objects.filter(programme=OuterRef("pk"), state="owed")
    rows = _finished(actor, "programme.manage").filter(_consolidated(), ~Exists(owing))
    yield from agenda.shortened(
        rows,
        lambda programme: agenda.Todo(
            f"Αποδοχή παραστατικών: {programme.code}",
            reverse("completion:programme", args=[programme.pk]),
            detail=f"{programme.centre.name} · {programme.period.title}",
        ),
        rest="προγράμματα με πλήρη παραστατικά",
        url=f"{reverse('programmes:desk')}?view=ended",
    )


@agenda.todos("completion.employment")
def employment(actor: Actor, at: datetime) -> Iterable[agenda.Todo]:
    """Officer: requests for attestations of employment."""
    asked = employments().filter(state=EmploymentState.REQUESTED)
    yield from agenda.shortened(
        access.visible(actor, "employment.issue", asked).order_by("at", "pk"),
        lambda row: agenda.Todo(
            f"Βεβαίωση απασχόλησης: {row.person}",
            reverse("completion:employment", args=[row.pk]),
            detail=f"{row.programme.code} · {row.programme.centre.name}",
        ),
        rest="αιτήματα βεβαίωσης απασχόλησης",
        url=f"{reverse('completion:employments')}?state={EmploymentState.REQUESTED}",
    )


def _finished(actor: Actor, permission: str) -> QuerySet[Programme]:
    rows = Programme.objects.filter(state=ProgrammeState.COMPLETED)
    found = access.visible(actor, permission, rows)
    return found.select_related("cluster", "centre", "period__action").order_by(
        "period__first_day", "code", "pk"
    )


def _consolidated() -> Exists:
    return Exists(ConsolidatedAttendance.objects.filter(programme=OuterRef("pk")))


def _due(programme: Programme, at: datetime) -> datetime | None:
    """The action's working days for documents, counted from the end of the programme."""
    if programme.state_since is None:
        return None
    days = parameters.of(programme.period.action, at).documents_days
    day = programme.state_since.astimezone(ATHENS).date()
    return local(_working_day_after(day, days), END_OF_DAY)


def _working_day_after(day: date, days: int) -> date:
    while days > 0:
        day += timedelta(days=1)
        days -= day.weekday() <= FRIDAY and day not in public_holidays(day.year)
    return day
