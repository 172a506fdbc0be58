"""Notices of session reports: an incident, a correction that is asked for, made or not made."""

from __future__ import annotations

from datetime import datetime

from didaskaleio.delivery.models import CorrectionRequest, SessionReport
from didaskaleio.delivery.notices.sessions import SESSION, managers_of, of_session
from didaskaleio.kernel.notices import Kind, declare

REPORT = declare(Kind("delivery.session_report", "Εκθέσεις συναντήσεων"))
TOLD = 500


def incident_reported(report: SessionReport, text: str, *, at: datetime) -> None:
    """The centre learns of an incident that the trainer's report tells of."""
    session = report.session
    heard = managers_of(session.programme, at)
    key = f"incident:{session.pk}:{report.version}"
    of_session(SESSION, heard, "Συμβάν", session, text[:TOLD], key, at)


def correction_asked(request: CorrectionRequest, *, at: datetime) -> None:
    """Whoever taught learns what should be corrected."""
    session, text = request.report.session, f"{request.by}: {request.text}"[:TOLD]
    heard, key = [session.trainer_id], f"report-asked:{request.pk}"
    of_session(REPORT, heard, "Ζητείται διόρθωση έκθεσης", session, text, key, at)


def report_corrected(
    report: SessionReport, asked: CorrectionRequest | None, *, at: datetime
) -> None:
    """Whoever asked for it, and the centre, learn of the new version."""
    session = report.session
    heard = [asked.by_id if asked else None, *managers_of(session.programme, at)]
    text = f"Έκδοση {report.version}. Αιτιολογία: {report.reason}"[:TOLD]
    key = f"report-corrected:{report.pk}"
    of_session(REPORT, heard, "Διορθώθηκε η έκθεση", session, text, key, at)


def report_kept(request: CorrectionRequest, *, at: datetime) -> None:
    """Whoever asked learns why nothing changed."""
    session, text = request.report.session, f"Αιτιολογία: {request.answer}"[:TOLD]
    heard, key = [request.by_id], f"report-kept:{request.pk}"
    of_session(REPORT, heard, "Η έκθεση μένει ως έχει", session, text, key, at)
