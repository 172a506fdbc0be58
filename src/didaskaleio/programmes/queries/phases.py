"""Phases of a period (φάσεις) on one timeline: what was, what is now, what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from didaskaleio.kernel.clock import ATHENS
from didaskaleio.kernel.greek import short_date, short_moment
from didaskaleio.programmes.models import TrainingPeriod


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase: label, when in words, what it means, and its status (done, now or next)."""

    label: str
    when: str
    what: str
    status: str


@dataclass(frozen=True, slots=True)
class Coming:
    """The next public moment of a period: what happens then, and at which moment."""

    at: datetime
    what: str
    period: TrainingPeriod


def phases_of(period: TrainingPeriod, at: datetime) -> list[Phase]:
    """The six phases of ``period`` as seen at ``at``, the same for every role."""
    spans = (
        ("Προτάσεις Κ.Σ.Ε.", period.proposals_open, period.proposals_close, "Τα κέντρα προτείνουν"),
        ("Α΄ φάση", period.phase_a_opens, period.phase_a_closes, "Αιτήσεις με προτιμήσεις"),
        ("Κλήρωση", period.phase_a_closes, period.phase_b_opens, "Δημόσια, ελέγξιμη από όλους"),
        ("Β΄ φάση", period.phase_b_opens, period.phase_b_closes, "Κενές θέσεις με σειρά χρόνου"),
        ("Εγγραφές", period.enrolment_opens, period.enrolment_closes, "Επιβεβαίωση θέσης"),
    )
    made = [
        Phase(label, _span(first, last), what, _status(first, last, at))
        for label, first, last, what in spans
    ]
    return [*made, _lessons(period, at)]


def _span(first: datetime, last: datetime) -> str:
    begins, ends = first.astimezone(ATHENS), last.astimezone(ATHENS)
    same_year = begins.year == ends.year
    start = f"{begins.day}/{begins.month}" if same_year else short_date(begins)
    return f"{start} – {short_moment(ends)}"


def _status(first: datetime, last: datetime, at: datetime) -> str:
    if at >= last:
        return "done"
    return "now" if at >= first else "next"


def _lessons(period: TrainingPeriod, at: datetime) -> Phase:
    today: date = at.astimezone(ATHENS).date()
    status = "now" if at >= period.starts_at else "next"
    if today > period.last_day:
        status = "done"
    when = f"{short_date(period.first_day)} – {short_date(period.last_day)}"
    return Phase("Μαθήματα", when, "Συναντήσεις και εφαρμογή στην τάξη", status)


def coming(period: TrainingPeriod, at: datetime) -> Coming | None:
    """The first moment ahead that concerns the public, or None."""
    moments = (
        (period.phase_a_opens, "Ανοίγει η Α΄ φάση αιτήσεων"),
        (period.phase_a_closes, "Λήγει η υποβολή αιτήσεων"),
        (period.phase_b_opens, "Ανοίγει η Β΄ φάση"),
        (period.phase_b_closes, "Λήγει η Β΄ φάση"),
        (period.enrolment_opens, "Ανοίγουν οι εγγραφές"),
        (period.enrolment_closes, "Λήγουν οι εγγραφές"),
    )
    return next((Coming(when, what, period) for when, what in moments if when > at), None)
