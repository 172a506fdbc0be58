"""Subjects (θέματα αναφορών) of room completion: attestations."""

from __future__ import annotations

from didaskaleio.completion.enums import AttestationState
from didaskaleio.completion.models import Attestation
from didaskaleio.kernel.subjects import Field, Many, Subject, Way, count, declare, person

ATTESTATIONS = declare(
    Subject(
        name="completion.attestations",
        title="Βεβαιώσεις παρακολούθησης",
        model=Attestation,
        permission="attestation.read",
        fields=(
            Field("number", "Αριθμός", "credential__number"),
            Field("person", "Πρόσωπο", made=person("application__person")),
            Field("programme_code", "Πρόγραμμα", "programme__code"),
            Field("state", "Κατάσταση", kind="choice", choices=tuple(AttestationState.choices)),
            Field("hours", "Ώρες", kind="hours"),
            Field("at", "Ημερομηνία", kind="moment"),
        ),
        ways=(
            Way("application", "Αίτηση", "enrolment.applications", "application"),
            Way("programme", "Πρόγραμμα", "programmes.programmes", "programme"),
        ),
        order=("-at", "pk"),
    )
)
count(
    "programmes.programmes",
    Many("attestations", "Πλήθος βεβαιώσεων", ATTESTATIONS.name, "programme"),
)
