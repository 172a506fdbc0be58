"""Notices of session reports: an incident, a correction that is asked for, made or not made."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from didaskaleio.delivery.models import CorrectionRequest, SessionReport
from didaskaleio.delivery.notices.sessions import SESSION, managers_of, tell
from didaskaleio.kernel.notices import Kind, declare

REPORT = declare(Kind("delivery.session_report", "Εκθέσεις συναντήσεων"))
TOLD = 500


def _title(what: str, report: SessionReport) -> str:
    return f"{what}: {report.session} του {report.session.programme.code}"


def _page(report: SessionReport) -> str:
    return reverse("delivery:session", args=[report.session_id])


def incident_reported(report: SessionReport, text: str, *, at: datetime) -> None:
    """The centre learns of an incident that the trainer's report tells of."""
    programme = report.session.programme
    title = f"Συμβάν στην {report.session} του {programme.code}"
    heard, key = managers_of(programme, at), f"incident:{report.session_id}:{report.version}"
    tell(SESSION, heard, title, text[:TOLD], key, _page(report), at)


def correction_asked(request: CorrectionRequest, *, at: datetime) -> None:
    """Whoever taught learns what should be corrected."""
    report = request.report
    text = f"{request.by}: {request.text}"[:TOLD]
    title, key = _title("Ζητείται διόρθωση έκθεσης", report), f"report-asked:{request.pk}"
    tell(REPORT, [report.session.trainer_id], title, text, key, _page(report), at)


def report_corrected(
    report: SessionReport, asked: CorrectionRequest | None, *, at: datetime
) -> None:
    """Whoever asked for it, and the centre, learn of the new version."""
    heard = [asked.by_id if asked else None, *managers_of(report.session.programme, at)]
    text = f"Έκδοση {report.version}. Αιτιολογία: {report.reason}"[:TOLD]
    key = f"report-corrected:{report.pk}"
    tell(REPORT, heard, _title("Διορθώθηκε η έκθεση", report), text, key, _page(report), at)


def report_kept(request: CorrectionRequest, *, at: datetime) -> None:
    """Whoever asked learns why nothing changed."""
    report, key = request.report, f"report-kept:{request.pk}"
    text = f"Αιτιολογία: {request.answer}"[:TOLD]
    tell(REPORT, [request.by_id], _title("Η έκθεση μένει ως έχει", report), text, key,
         _page(report), at)  # fmt: skip
