"""Phases of a period (φάσεις) on one timeline: what was, what is now, what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from didaskaleio.kernel import greek
from didaskaleio.programmes.models import TrainingPeriod


@dataclass(frozen=True)
class Phase:
    """One phase: label, when, what happens, and its status (done, now or next)."""

    label: str
    when: str
    what: str
    status: str


def phases(period: TrainingPeriod, at: datetime) -> list[Phase]:
    """The five phases of ``period`` as seen at ``at``."""
    rows = (
        ("Α΄ φάση", period.phase_a_opens, period.phase_a_closes, "αιτήσεις"),
        ("Κλήρωση", period.phase_a_closes, period.phase_b_opens, "δημόσια"),
        ("Β΄ φάση", period.phase_b_opens, period.phase_b_closes, "με σειρά χρόνου"),
        ("Εγγραφές", period.enrolment_opens, period.enrolment_closes, "δήλωση αποδοχής"),
    )
    found = [
        Phase(label, _span(start, end), what, _status(start, end, at))
        for label, start, end, what in rows
    ]
    begun = "now" if at >= period.starts_at else "next"
    if at.date() > period.last_day:
        begun = "done"
    start = greek.long_date(period.first_day, weekday=False)
    return [*found, Phase("Μαθήματα", f"από {start}", "συναντήσεις και εφαρμογή στην τάξη", begun)]


def _span(start: datetime, end: datetime) -> str:
    return f"{greek.short_date(start)} – {greek.short_moment(end)}"


def _status(start: datetime, end: datetime, at: datetime) -> str:
    if at >= end:
        return "done"
    return "now" if at >= start else "next"


@dataclass(frozen=True)
class Coming:
    """The next public moment of a period: what happens then, and at which moment."""

    at: datetime
    what: str
    period: TrainingPeriod


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
