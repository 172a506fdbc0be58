"""Ways (σύνδεσμοι) into the registers: from a centre, from the profile of a person."""

from __future__ import annotations

from didaskaleio.kernel import journal
from didaskaleio.kernel.links import Link, declare
from didaskaleio.people.models import Person
from didaskaleio.structures.models import TrainingCentre

declare(
    Link(
        kind=journal.label(TrainingCentre),
        label="Καρτέλα στο μητρώο Κ.Σ.Ε.",
        address="registers:centre",
        permission="centre.read",
    )
)

declare(
    Link(
        kind=journal.label(Person),
        label="Φάκελος επιμορφώσεων και πιστοποιήσεων",
        address="registers:record",
        permission="teacher_record.read",
    )
)
