"""Notices of room delivery, by subject."""

from __future__ import annotations

from didaskaleio.delivery.notices.absences import (
    absences,
    limit_passed,
    removed,
    trainee_at_limit,
)
from didaskaleio.delivery.notices.application import (
    work_judged,
    work_submitted,
)
from didaskaleio.delivery.notices.own_work import task_set, work_guided, work_handed_in
from didaskaleio.delivery.notices.recordings import recording_missing
from didaskaleio.delivery.notices.session_reports import (
    correction_asked,
    incident_reported,
    report_corrected,
    report_kept,
)
from didaskaleio.delivery.notices.sessions import (
    dispute_decided,
    dispute_opened,
    excuse_decided,
    excuse_sent,
    managers_of,
    move_declined,
    move_proposed,
    programme_resumed,
    programme_started,
    programme_stopped,
    programme_suspended,
    session_moved,
    session_not_held,
    sheet_corrected,
    trainees_of,
)
from didaskaleio.delivery.notices.substitutions import (
    substitute_accepted,
    substitute_asked,
    substitute_declined,
    substitution_over,
)
from didaskaleio.delivery.notices.tasks_given import (
    task_answered,
    task_closed,
    task_given,
    task_overdue,
    task_reminded,
    task_returned,
)
from didaskaleio.delivery.notices.visits import (
    visit_answered,
    visit_assigned,
    visit_closed,
    visit_followed,
    visit_not_done,
    visit_reported,
)

__all__ = [
    "absences",
    "correction_asked",
    "dispute_decided",
    "dispute_opened",
    "excuse_decided",
    "excuse_sent",
    "incident_reported",
    "limit_passed",
    "managers_of",
    "move_declined",
    "move_proposed",
    "programme_resumed",
    "programme_started",
    "programme_stopped",
    "programme_suspended",
    "recording_missing",
    "removed",
    "report_corrected",
    "report_kept",
    "session_moved",
    "session_not_held",
    "sheet_corrected",
    "substitute_accepted",
    "substitute_asked",
    "substitute_declined",
    "substitution_over",
    "task_answered",
    "task_closed",
    "task_given",
    "task_overdue",
    "task_reminded",
    "task_returned",
    "task_set",
    "trainee_at_limit",
    "trainees_of",
    "visit_answered",
    "visit_assigned",
    "visit_closed",
    "visit_followed",
    "visit_not_done",
    "visit_reported",
    "work_guided",
    "work_handed_in",
    "work_judged",
    "work_submitted",
]
