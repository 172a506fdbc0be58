"""Questions of room delivery."""

from __future__ import annotations

from didaskaleio.delivery.hours import absence_hours as hours_of
from didaskaleio.delivery.queries import exceptions, progress
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
from didaskaleio.delivery.queries.own_work import without_work, works
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
from didaskaleio.delivery.queries.signs import (
    Disagreement,
    checked_in,
    checking_in,
    classroom_open,
    code_of,
    disagreements,
    full_minutes,
    in_classrooms,
    secret,
    sources,
    too_late,
)
from didaskaleio.delivery.queries.worked import STAFF, totals_of, with_worked

__all__ = [
    "STAFF",
    "TAKING_PART",
    "Absence",
    "Condition",
    "Disagreement",
    "absence_of",
    "absences_of",
    "checked_in",
    "checking_in",
    "classroom_open",
    "code_of",
    "disagreements",
    "entry_of",
    "exceptions",
    "face_to_face_attended",
    "full_minutes",
    "hours_of",
    "in_classrooms",
    "latest_sheet",
    "may_mark",
    "may_sign",
    "near_or_over",
    "next_digest",
    "progress",
    "roll",
    "rules_for",
    "secret",
    "sheet_rows",
    "sources",
    "start_conditions",
    "to_sign",
    "too_late",
    "totals_of",
    "with_absences",
    "with_programme",
    "with_tally",
    "with_worked",
    "without_async",
    "without_work",
    "works",
]
