"""Questions of room delivery."""

from __future__ import annotations

from didaskaleio.delivery.hours import absence_hours as hours_of
from didaskaleio.delivery.queries import application, exceptions, progress, visits
from didaskaleio.delivery.queries.absences import (
    TAKING_PART,
    Absence,
    absence_of,
    absences_of,
    face_to_face_attended,
    near_or_over,
    rules_for,
    with_absences,
)
from didaskaleio.delivery.queries.sessions import (
    Condition,
    entry_of,
    latest_sheet,
    may_mark,
    may_sign,
    next_digest,
    roll,
    sheet_rows,
    start_conditions,
    to_sign,
    with_programme,
    with_tally,
    without_async,
)

__all__ = [
    "TAKING_PART",
    "Absence",
    "Condition",
    "absence_of",
    "absences_of",
    "application",
    "entry_of",
    "exceptions",
    "face_to_face_attended",
    "hours_of",
    "latest_sheet",
    "may_mark",
    "may_sign",
    "near_or_over",
    "next_digest",
    "progress",
    "roll",
    "rules_for",
    "sheet_rows",
    "start_conditions",
    "to_sign",
    "visits",
    "with_absences",
    "with_programme",
    "with_tally",
    "without_async",
]
