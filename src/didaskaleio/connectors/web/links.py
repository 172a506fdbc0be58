"""Ways (σύνδεσμοι) from the profile to requests to correct."""

from __future__ import annotations

from didaskaleio.kernel import journal
from didaskaleio.kernel.links import Link, declare
from didaskaleio.people.models import Person

declare(
    Link(
        kind=journal.label(Person),
        label="Αίτημα διόρθωσης στοιχείων",
        address="connectors:new-correction",
        permission="correction.file",
    )
)
