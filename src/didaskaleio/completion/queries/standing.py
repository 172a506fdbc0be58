"""Standings (κατάσταση ολοκλήρωσης): the rules for each trainee, with numbers, now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Q

from didaskaleio.completion.models import Attestation
from didaskaleio.completion.queries.tallies import KINDS, NONE, Tally, tallies
from didaskaleio.completion.rules import Facts, Finding, Limits, check, fulfilled
from didaskaleio.enrolment.enums import ApplicationState
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.kernel import journal
from didaskaleio.programmes import parameters as programme_parameters
from didaskaleio.programmes.enums import ProgrammeState
from didaskaleio.programmes.models import Programme
from didaskaleio.programmes.parameters import Parameters

A = ApplicationState
FINISHED = (ProgrammeState.COMPLETED, ProgrammeState.DOCUMENTED)
ROSTER = (A.ENROLLED, A.ATTENDED, A.CERTIFIED)


@dataclass(frozen=True)
class Standing:
    """One trainee: the application, what was attended, each rule, the latest attestation."""

    application: ParticipationApplication
    tally: Tally
    findings: tuple[Finding, ...]
    attestation: Attestation | None

    @property
    def fulfilled(self) -> bool:
        return fulfilled(self.findings) and self.application.state != A.REMOVED

    @property
    def contradicted(self) -> bool:
        """An attestation stands though a correction changed what it rests on."""
        standing = self.attestation is not None and self.attestation.state in {"owed", "issued"}
        return standing and not self.fulfilled


def decided_at(programme: Programme, at: datetime) -> datetime:
    """The moment whose parameters decide: when the programme completed, else ``at``."""
    if programme.state not in FINISHED:
        return at
    entries = journal.of(programme).filter(step="last_session_held")
    return entries.values_list("at", flat=True).first() or at


def limits_of(programme: Programme, parameters: Parameters) -> Limits:
    """The completion rules of the action as they apply to this programme's category."""
    return Limits(
        absence_share=Decimal(str(parameters.absence_share)),
        face_to_face_minimum=parameters.face_to_face_minimum,
        face_to_face_applies=programme.category.face_to_face > 0,
        version=parameters.version,
        excused_counts=parameters.excused_counts_as_absence,
        class_application_applies=(
            parameters.class_application_required and programme.category.support > 0
        ),
    )


def standings(programme: Programme, at: datetime) -> list[Standing]:
    """Everyone who is or was in the class, by name; the same number of queries for any class."""
    parameters = programme_parameters.of(programme.period.action, decided_at(programme, at))
    limits = limits_of(programme, parameters)
    found = tallies(programme, parameters)
    latest = _latest_attestations(programme)
    empty = _empty(parameters, found)
    return [
        Standing(
            application,
            tally := found.get(application.pk, empty),
            check(tally.facts, limits),
            latest.get(application.pk),
        )
        for application in _roster(programme, list(found))
    ]


def findings_of(application: ParticipationApplication, at: datetime) -> Standing:
    """The standing of one trainee."""
    programme = application.programme
    if programme is None:
        raise ValueError(f"application {application.pk} holds no place")
    mine = [s for s in standings(programme, at) if s.application.pk == application.pk]
    return mine[0]


def _roster(programme: Programme, with_rows: list[int]) -> list[ParticipationApplication]:
    rows = ParticipationApplication.objects.filter(
        Q(state__in=ROSTER) | Q(state=A.REMOVED, pk__in=with_rows), programme=programme
    )
    return list(
        rows.select_related("person__teacher__specialty").order_by("person__sort_key", "pk")
    )


def _latest_attestations(programme: Programme) -> dict[int, Attestation]:
    rows = Attestation.objects.filter(programme=programme).order_by("pk")
    found = rows.select_related("credential__document__file")
    return {row.application_id: row for row in found}


def _empty(parameters: Parameters, found: dict[int, Tally]) -> Tally:
    """Nobody has a row yet, or this one has none: nothing attended, nothing missed."""
    known = next(iter(found.values()), None)
    due, signed = (known.facts.sheets_due, known.facts.sheets_signed) if known else (0, 0)
    held = known.facts.face_to_face_held if known else 0
    facts = Facts(parameters.total_hours, NONE, 0, held, due, signed)
    return Tally(facts, dict.fromkeys(KINDS, NONE), dict.fromkeys(KINDS, NONE))
