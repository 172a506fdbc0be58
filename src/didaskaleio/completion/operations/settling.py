"""Settling (διαπίστωση ολοκλήρωσης): who fulfils the rules is completed and owed an attestation."""

from __future__ import annotations

import hashlib
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from didaskaleio.completion import notices as kinds
from didaskaleio.completion.enums import AttestationState
from didaskaleio.completion.models import Attestation
from didaskaleio.completion.queries import (
    Standing,
    decided_at,
    is_settled,
    limits_of,
    standings,
)
from didaskaleio.completion.rules import stored
from didaskaleio.enrolment.enums import ApplicationState
from didaskaleio.enrolment.lifecycle import APPLICATION
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.kernel import access, notices
from didaskaleio.kernel.access import Actor
from didaskaleio.programmes import parameters as programme_parameters
from didaskaleio.programmes.enums import ProgrammeState
from didaskaleio.programmes.models import Programme

FINISHED = (ProgrammeState.COMPLETED, ProgrammeState.DOCUMENTED)


@APPLICATION.performs("complete")
def complete(application: ParticipationApplication, *, actor: Actor, at: datetime) -> None:
    """Mark one application as completed (ολοκλήρωσε); ``settle`` does a whole class at once."""


def settle(programme: Programme, *, at: datetime) -> int:
    """Decide for everyone in a finished programme; returns how many attestations became owed.

    Nothing is decided before every sheet is signed. Repeating it is harmless: after a correction
    it completes who now fulfils the rules and renews what is owed; issued attestations stay.
    """
    with transaction.atomic():
        Programme.objects.select_for_update(of=("self",), no_key=True).get(pk=programme.pk)
        programme.refresh_from_db(fields=["state"])
        if programme.state not in FINISHED or not is_settled(programme):
            return 0
        version = _limits_version(programme, at)
        everyone = standings(programme, at)
        enrolled = [s for s in everyone if s.application.state == ApplicationState.ENROLLED]
        _renew([s for s in everyone if _is_owed(s)], version)
        _tell_reasons([s for s in enrolled if not s.fulfilled], at)
        return _owe(programme, [s for s in enrolled if s.fulfilled], version, at)


def _limits_version(programme: Programme, at: datetime) -> int:
    found = programme_parameters.of(programme.period.action, decided_at(programme, at))
    return limits_of(programme, found).version


def _is_owed(standing: Standing) -> bool:
    return standing.attestation is not None and standing.attestation.state == AttestationState.OWED


def _owe(programme: Programme, passed: list[Standing], version: int, at: datetime) -> int:
    rows = ParticipationApplication.objects.filter(pk__in=[s.application.pk for s in passed])
    moved = set(APPLICATION.perform_all("complete", rows, actor=access.SYSTEM, at=at))
    owed = [
        Attestation(
            application=s.application,
            programme=programme,
            rules_version=version,
            findings=stored(s.findings),
            hours=Decimal(s.tally.facts.total_hours),
            at=at,
        )
        for s in passed
        if s.application.pk in moved
    ]
    return len(Attestation.objects.bulk_create(owed))


def _renew(standing: list[Standing], version: int) -> None:
    rows = [s.attestation for s in standing if s.attestation is not None]
    for s, row in zip(standing, rows, strict=True):
        row.findings, row.rules_version = stored(s.findings), version
    Attestation.objects.bulk_update(rows, ["findings", "rules_version"])


def _tell_reasons(failed: list[Standing], at: datetime) -> None:
    notices.send(kinds.NOT_FULFILLED, [_reasons(s) for s in failed], at=at)


def _reasons(standing: Standing) -> notices.Message:
    why = "\n".join(f"– {f.title}: {f.sentence}" for f in standing.findings if not f.fulfilled)
    return notices.Message(
        person_id=standing.application.person_id,
        title="Το πρόγραμμά σας ολοκληρώθηκε χωρίς βεβαίωση",
        text=f"Δεν πληρούνται οι κανόνες ολοκλήρωσης:\n{why}\n\n"
        "Αν κάποια παρουσία σημειώθηκε λάθος, δείτε τις παρουσίες σας και υποβάλετε αντίρρηση.",
        dedupe=f"{standing.application.pk}:{hashlib.sha256(why.encode()).hexdigest()[:16]}",
        url="/completion/",
    )
