"""What completion adds to the dossier of a programme (φάκελος): from attendance to acceptance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import Combinable
from django.urls import reverse

from didaskaleio.completion.enums import AttestationState, EmploymentState
from didaskaleio.completion.models import (
    Attestation,
    ConsolidatedAttendance,
    EmploymentAttestation,
)
from didaskaleio.completion.queries.standing import FINISHED
from didaskaleio.kernel import documents, greek, journal
from didaskaleio.kernel.dossiers import Entry, Extract, Part, declare, number_of, printed
from didaskaleio.programmes.dossiers import PROGRAMME, head_of
from didaskaleio.programmes.enums import ProgrammeState
from didaskaleio.programmes.models import Programme
from didaskaleio.structures.queries import project_text
from didaskaleio.surveys.documents import RESULTS_PDF
from didaskaleio.surveys.enums import SurveyState
from didaskaleio.surveys.models import Survey

Rows = Callable[[], QuerySet[Any]]


def _part(
    name: str, title: str, rows: Rows, here: Rows, entries: Callable[..., Sequence[Entry]],
    by: str, order: int, permission: str,
) -> None:  # fmt: skip
    """Declare a part whose documents are the rows that lead to the programme by ``by``."""

    def owed(_at: datetime) -> Combinable:
        return number_of(rows(), by)

    def missing(_at: datetime) -> Combinable:
        return number_of(rows().exclude(pk__in=here().values("pk")), by)

    declare(Part(name, title, PROGRAMME, owed, missing, entries, order, permission))


def _over() -> QuerySet[Programme]:
    return Programme.objects.filter(state__in=FINISHED)


def _consolidated() -> QuerySet[Programme]:
    return _over().filter(pk__in=ConsolidatedAttendance.objects.values("programme"))


def _consolidation(programme: Programme, _at: datetime) -> Sequence[Entry]:
    if programme.state not in FINISHED:
        return ()
    rows = ConsolidatedAttendance.objects.filter(programme=programme)
    sheet = rows.select_related("document__file").order_by("-version").first()
    page = reverse("completion:programme", args=[programme.pk])
    title = "Συγκεντρωτικό παρουσιολόγιο"
    if sheet is None:
        waited = programme.centre.name
        return (Entry(title, False, waited, programme.state_since, page, programme),)
    found = f"{title} {sheet.document.number}, έκδοση {sheet.version}"
    return (Entry(found, here=True, url=page, about=programme, file=sheet.document.file),)


def _attestations_owed() -> QuerySet[Attestation]:
    return Attestation.objects.filter(state__in=(AttestationState.OWED, AttestationState.ISSUED))


def _attestations(programme: Programme, _at: datetime) -> Sequence[Entry]:
    rows = (
        _attestations_owed()
        .filter(programme=programme)
        .select_related(
            "application__person", "credential__document__file", "programme__period__action__body"
        )
    )
    return [_attestation(row) for row in rows.order_by("application__person__sort_key", "pk")]


def _attestation(row: Attestation) -> Entry:
    page = reverse("completion:attestation", args=[row.pk])
    return _issued(f"Βεβαίωση παρακολούθησης: {row.application.person}", row, page)


def _issued(title: str, row: Attestation | EmploymentAttestation, page: str) -> Entry:
    """An attestation: there once it is issued, awaited of the body until then."""
    if row.credential is None:
        body = row.programme.period.action.body.short_name
        return Entry(title, False, body, row.at, page, row)
    return Entry(title, here=True, url=page, about=row, file=row.credential.document.file)


def _employments_asked() -> QuerySet[EmploymentAttestation]:
    asked = (EmploymentState.REQUESTED, EmploymentState.ISSUED)
    return EmploymentAttestation.objects.filter(state__in=asked)


def _employments(programme: Programme, _at: datetime) -> Sequence[Entry]:
    rows = (
        _employments_asked()
        .filter(programme=programme)
        .select_related("person", "credential__document__file", "programme__period__action__body")
    )
    return [_employment(row) for row in rows.order_by("person__sort_key", "pk")]


def _employment(row: EmploymentAttestation) -> Entry:
    page = reverse("completion:employment", args=[row.pk])
    return _issued(f"Βεβαίωση απασχόλησης: {row.person}", row, page)


def _surveys_launched() -> QuerySet[Survey]:
    states = (SurveyState.OPEN, SurveyState.ENDING, SurveyState.CLOSED)
    return Survey.objects.filter(subject=PROGRAMME, state__in=states)


def _surveys(programme: Programme, _at: datetime) -> Sequence[Entry]:
    rows = (
        _surveys_launched()
        .filter(subject_id=programme.pk)
        .select_related("questionnaire__body", "questionnaire__form", "version")
    )
    return [_survey(row) for row in rows.order_by("opens_at", "pk")]


def _survey(row: Survey) -> Entry:
    title = f"Αποτελέσματα ερωτηματολογίου: {row.questionnaire}"
    page = reverse("surveys:survey", args=[row.pk])
    if row.state != SurveyState.CLOSED:
        waited = f"Όσα πρόσωπα ρωτήθηκαν, έως {greek.short_moment(row.closes_at)}"
        return Entry(title, False, waited, row.opens_at, page, row)
    return Entry(
        title,
        here=True,
        url=page,
        about=row,
        printed=lambda: documents.render(RESULTS_PDF, row),
    )


def _accepted() -> QuerySet[Programme]:
    return Programme.objects.filter(state=ProgrammeState.DOCUMENTED)


def _acceptance(programme: Programme, at: datetime) -> Sequence[Entry]:
    if programme.state not in FINISHED:
        return ()
    title, page = "Αποδοχή παραστατικών", reverse("completion:programme", args=[programme.pk])
    if programme.state != ProgrammeState.DOCUMENTED:
        waited = programme.period.action.body.short_name
        return (Entry(title, False, waited, programme.state_since, page, programme),)
    return (
        Entry(
            title,
            here=True,
            url=page,
            about=programme,
            printed=lambda: printed(_act(programme, at)),
        ),
    )


def _act(programme: Programme, at: datetime) -> Extract:
    step = journal.of(programme).filter(step="accept_documents").order_by("-pk").first()
    said = (
        (("Από", step.actor_name), ("Πότε", greek.long_moment(step.at))) if step is not None else ()
    )
    body = (programme.period.action.body.name,)
    funded = project_text(programme.period.action.project_id, at)
    return Extract("Αποδοχή παραστατικών", body, at, (*head_of(programme), *said), funded=funded)


_part(
    "completion.consolidated", "Συγκεντρωτικό παρουσιολόγιο", _over, _consolidated,
    _consolidation, "pk", 30, "completion.read",
)  # fmt: skip
_part(
    "completion.attestations", "Βεβαιώσεις παρακολούθησης", _attestations_owed,
    lambda: _attestations_owed().filter(state=AttestationState.ISSUED),
    _attestations, "programme", 35, "attestation.issue",
)  # fmt: skip
_part(
    "completion.employments", "Βεβαιώσεις απασχόλησης", _employments_asked,
    lambda: _employments_asked().filter(state=EmploymentState.ISSUED),
    _employments, "programme", 38, "employment.read",
)  # fmt: skip
_part(
    "completion.surveys", "Ερωτηματολόγια", _surveys_launched,
    lambda: _surveys_launched().filter(state=SurveyState.CLOSED),
    _surveys, "subject_id", 45, "survey.manage",
)  # fmt: skip
_part(
    "completion.acceptance", "Αποδοχή παραστατικών", _over, _accepted,
    _acceptance, "pk", 90, "completion.read",
)  # fmt: skip
