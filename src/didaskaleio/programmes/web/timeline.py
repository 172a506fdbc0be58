"""The phases of a period on one line (φάσεις), as every role sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from didaskaleio.kernel.greek import short_moment
from didaskaleio.programmes.models import TrainingPeriod


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase: label, when in words, what it means, done, now or next."""

    label: str
    when: str
    what: str
    status: str


def phases_of(period: TrainingPeriod, at: datetime) -> list[Phase]:
    """The phases of a period against the moment ``at``."""
    spans = (
        ("Προτάσεις Κ.Σ.Ε.", period.proposals_open, period.proposals_close, "Τα κέντρα προτείνουν"),
        ("Α΄ φάση", period.phase_a_opens, period.phase_a_closes, "Αιτήσεις με προτιμήσεις"),
        ("Κλήρωση", period.phase_a_closes, period.phase_b_opens, "Δημόσια, ελέγξιμη από όλους"),
        ("Β΄ φάση", period.phase_b_opens, period.phase_b_closes, "Κενές θέσεις με σειρά χρόνου"),
        ("Εγγραφές", period.enrolment_opens, period.enrolment_closes, "Επιβεβαίωση θέσης"),
    )
    made = [
        Phase(
            label, f"{short_moment(first)} – {short_moment(last)}", what, _status(first, last, at)
        )
        for label, first, last, what in spans
    ]
    begins = "done" if at >= period.starts_at else "next"
    made.append(Phase("Έναρξη", short_moment(period.starts_at), "Πρώτο μάθημα", begins))
    return made


def _status(first: datetime, last: datetime, at: datetime) -> str:
    if at >= last:
        return "done"
    return "now" if at >= first else "next"
