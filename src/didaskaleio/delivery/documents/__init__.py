"""Documents (έγγραφα) and printed forms (έντυπα) of room delivery."""

from __future__ import annotations

from didaskaleio.delivery.documents import class_papers, session_papers, visit_papers
from didaskaleio.delivery.documents.session_report import SESSION_REPORT, session_report_data
from didaskaleio.delivery.documents.visit_report import VISIT_REPORT, head_of, report_data

__all__ = [
    "SESSION_REPORT",
    "VISIT_REPORT",
    "class_papers",
    "head_of",
    "report_data",
    "session_papers",
    "session_report_data",
    "visit_papers",
]
