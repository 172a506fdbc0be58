"""The trainer's reports of sessions: their versions, what is owed, what is to be corrected."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from didaskaleio.courses.models import SyllabusUnit
from didaskaleio.delivery.enums import SessionState
from didaskaleio.delivery.models import CorrectionRequest, SessionReport, TrainingSession
from didaskaleio.delivery.queries.sessions import SIGN_EARLY
from didaskaleio.programmes.enums import ProgrammeState

NOWHERE = (SessionState.NOT_HELD, SessionState.CANCELLED)


def may_report(session: TrainingSession, at: datetime) -> bool:
    """Whether the trainer's report is open: from shortly before the end of a held session on."""
    return session.state not in NOWHERE and at >= session.ends_at - SIGN_EARLY


def may_change(session: TrainingSession) -> bool:
    """Whether a report may still be corrected: until the programme's documents are accepted."""
    return session.programme.state != ProgrammeState.DOCUMENTED


def latest_report(session: TrainingSession) -> SessionReport | None:
    """The version in force, None before the first."""
    return SessionReport.objects.filter(session=session).order_by("-version").first()


def open_request(session: TrainingSession) -> CorrectionRequest | None:
    """The request that waits for the trainer's answer."""
    rows = CorrectionRequest.objects.filter(report__session=session, answered_at=None)
    return rows.select_related("by").first()


def may_ask(session: TrainingSession) -> bool:
    """Whether a correction may be asked for: of a report that can change, once at a time."""
    there = latest_report(session) is not None
    return there and may_change(session) and open_request(session) is None


def with_report(reports: QuerySet[SessionReport]) -> QuerySet[SessionReport]:
    """Everything that a report shows as a document."""
    return reports.select_related(
        "session__programme__centre",
        "session__programme__cluster",
        "session__programme__period__action__body",
        "session__trainer",
        "sheet__version",
        "by",
    )


def units_of(session: TrainingSession) -> QuerySet[SyllabusUnit]:
    """The units of the syllabus that a session may have covered."""
    version = session.programme.period.action.course_version_id
    return SyllabusUnit.objects.filter(version=version).order_by("order", "pk")


def without_report(sessions: QuerySet[TrainingSession]) -> QuerySet[TrainingSession]:
    """Signed sessions of which the trainer has filed no report, before their sheets close."""
    signed = [SessionState.SIGNED, SessionState.CORRECTED]
    filed = Exists(SessionReport.objects.filter(session=OuterRef("pk")))
    return sessions.filter(~filed, state__in=signed).exclude(programme__state="cancelled")


def with_request(sessions: QuerySet[TrainingSession]) -> QuerySet[TrainingSession]:
    """Sessions whose report somebody asked to be corrected."""
    asked = CorrectionRequest.objects.filter(report__session=OuterRef("pk"), answered_at=None)
    return sessions.filter(Exists(asked))
