"""What delivery adds to the dossier of a programme (φάκελος): what is kept of its meetings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable
from django.urls import reverse

from didaskaleio.delivery import queries
from didaskaleio.delivery.documents import SESSION_REPORT
from didaskaleio.delivery.enums import (
    Attendee,
    Mark,
    RecordingState,
    SessionState,
    VisitState,
)
from didaskaleio.delivery.lifecycle import SETTLED
from didaskaleio.delivery.models import (
    AttendanceSheet,
    RecordingPart,
    SessionRecording,
    SessionReport,
    SiteVisit,
    TrainingSession,
)
from didaskaleio.kernel import documents, greek
from didaskaleio.kernel.dossiers import Entry, Extract, Part, declare, number_of, printed
from didaskaleio.programmes.models import Programme
from didaskaleio.structures.queries import project_text

PROGRAMME = "programmes.programme"
PASSED = (SessionState.PLANNED, SessionState.RESCHEDULED, SessionState.IN_PROGRESS)
NOT_MADE = (VisitState.DROPPED, VisitState.NOT_DONE)


def _due(at: datetime) -> QuerySet[TrainingSession]:
    """Sessions that were held, or should have been by now."""
    held = Q(state__in=(SessionState.HELD, *SETTLED))
    return TrainingSession.objects.filter(held | Q(state__in=PASSED, ends_at__lt=at))


def _held(at: datetime) -> Combinable:
    return number_of(_due(at), "programme")


def _sheets_missing(at: datetime) -> Combinable:
    return number_of(_due(at).exclude(state__in=SETTLED), "programme")


def _sheets(programme: Programme, at: datetime) -> Sequence[Entry]:
    latest: dict[int, AttendanceSheet] = {}
    found = AttendanceSheet.objects.filter(session__programme=programme)
    for sheet in found.select_related("signed_by", "countersigned_by").order_by("version"):
        latest[sheet.session_id] = sheet
    return [_sheet(one, latest.get(one.pk), programme) for one in _sessions(programme, at)]


def _sessions(programme: Programme, at: datetime) -> QuerySet[TrainingSession]:
    rows = _due(at).filter(programme=programme)
    named = rows.select_related("programme__period__action", "programme__centre", "trainer")
    return named.order_by("starts_at", "pk")


def _about(what: str, session: TrainingSession) -> str:
    return f"{what}: {session}, {greek.short_moment(session.starts_at)}"


def _awaited(title: str, session: TrainingSession) -> Entry:
    """A document that whoever teaches owes, or the centre where nobody does."""
    whom = str(session.trainer or session.programme.centre)
    page = reverse("delivery:session", args=[session.pk])
    return Entry(title, False, whom, session.ends_at, page, session)


def _sheet(session: TrainingSession, sheet: AttendanceSheet | None, programme: Programme) -> Entry:
    title = _about("Παρουσιολόγιο", session)
    page = reverse("delivery:session", args=[session.pk])
    if session.state not in SETTLED:
        return _awaited(title, session)
    if sheet is None:
        return Entry(title, here=True, url=page, about=session)
    return Entry(
        f"{title}, έκδοση {sheet.version}",
        here=True,
        url=page,
        about=session,
        printed=lambda: printed(_extract(session, sheet, programme)),
    )


def _extract(session: TrainingSession, sheet: AttendanceSheet, programme: Programme) -> Extract:
    fields = [
        ("Πρόγραμμα", f"{programme.code}, {programme.centre.name}"),
        ("Συνάντηση", f"{session}, {greek.long_moment(session.starts_at)}"),
        ("Θέμα", sheet.topic),
        ("Υπέγραψε", f"{sheet.signed_by}, {greek.long_moment(sheet.signed_at)}"),
    ]
    if sheet.countersigned_by and sheet.countersigned_at:
        moment = greek.long_moment(sheet.countersigned_at)
        fields.append(("Προσυπέγραψε", f"{sheet.countersigned_by}, {moment}"))
    if sheet.reason:
        fields.append(("Διόρθωση", sheet.reason))
    fields.append(("Αποτύπωμα", sheet.digest_groups))
    return Extract(
        f"Παρουσιολόγιο, έκδοση {sheet.version}",
        (programme.period.action.body.name,),
        sheet.signed_at,
        tuple(fields),
        ("Ονοματεπώνυμο", "Ιδιότητα", "Σημείωση", "Λεπτά"),
        tuple(_line(row) for row in sheet.rows),
        project_text(programme.period.action.project_id, sheet.signed_at),
    )


def _line(row: dict[str, object]) -> tuple[str, ...]:
    return (
        str(row.get("name", "")),
        str(Attendee(str(row["attendee"])).label),
        str(Mark(str(row["mark"])).label),
        str(row["minutes"]),
    )


def _unreported(at: datetime) -> Combinable:
    filed = SessionReport.objects.filter(session=OuterRef("pk"))
    return number_of(_due(at).filter(~Exists(filed)), "programme")


def _reports(programme: Programme, at: datetime) -> Sequence[Entry]:
    rows = SessionReport.objects.filter(session__programme=programme).order_by("version")
    latest = {report.session_id: report for report in queries.with_report(rows)}
    return [_report(session, latest.get(session.pk)) for session in _sessions(programme, at)]


def _report(session: TrainingSession, report: SessionReport | None) -> Entry:
    title = _about("Έκθεση συνάντησης", session)
    if report is None:
        return _awaited(title, session)
    return Entry(
        f"{title}, έκδοση {report.version}",
        here=True,
        url=reverse("delivery:session", args=[session.pk]),
        about=session,
        printed=lambda: documents.render(SESSION_REPORT, report),
    )


def _recorded(_at: datetime) -> QuerySet[SessionRecording]:
    return SessionRecording.objects.exclude(state=RecordingState.MISSING)


def _recordings_owed(at: datetime) -> Combinable:
    return number_of(_recorded(at), "session__programme")


def _recordings_missing(at: datetime) -> Combinable:
    expected = _recorded(at).filter(state=RecordingState.EXPECTED)
    return number_of(expected, "session__programme")


def _recordings(programme: Programme, at: datetime) -> Sequence[Entry]:
    rows = queries.recordings.shown(_recorded(at).filter(session__programme=programme))
    found = rows.prefetch_related("parts").order_by("session__starts_at", "pk")
    return [_recording(row, programme) for row in found]


def _recording(row: SessionRecording, programme: Programme) -> Entry:
    title = f"{_about('Μαγνητοσκόπηση', row.session)} ({row.get_state_display().lower()})"
    page = reverse("delivery:recording", args=[row.pk])
    if row.state == RecordingState.EXPECTED:
        return Entry(title, False, "Εικονική αίθουσα", row.session.ends_at, page, row)
    return Entry(
        title,
        here=True,
        url=page,
        about=row,
        printed=lambda: printed(_recorded_facts(row, programme)),
    )


def _recorded_facts(row: SessionRecording, programme: Programme) -> Extract:
    """What is listed of a recording: it stays with the classroom and is not copied."""
    action, session = programme.period.action, row.session
    return Extract(
        "Μαγνητοσκόπηση συνάντησης",
        (action.body.name,),
        row.opened_at,
        (
            ("Πρόγραμμα", f"{programme.code}, {programme.centre.name}"),
            ("Συνάντηση", f"{session}, {greek.long_moment(session.starts_at)}"),
            ("Κατάσταση", row.get_state_display()),
            ("Φυλάσσεται έως", greek.long_moment(row.keep_until)),
        ),
        ("Αναγνωριστικό", "Από", "Λεπτά", "Bytes", "Μορφές"),
        tuple(_part_line(part) for part in row.parts.all()),
        project_text(action.project_id, row.opened_at),
    )


def _part_line(part: RecordingPart) -> tuple[str, ...]:
    kinds = ", ".join(str(way["kind"]) for way in part.formats)
    begins = greek.short_moment(part.starts_at)
    return part.record_id, begins, str(part.minutes), str(part.size), kinds


def _visited(_at: datetime) -> QuerySet[SiteVisit]:
    """Visits that began: those ahead are nobody's to know of."""
    return SiteVisit.objects.filter(started_at__isnull=False).exclude(state__in=NOT_MADE)


def _visits_owed(at: datetime) -> Combinable:
    return number_of(_visited(at), "session__programme")


def _visits_missing(at: datetime) -> Combinable:
    return number_of(_visited(at).filter(report=None), "session__programme")


def _visits(programme: Programme, at: datetime) -> Sequence[Entry]:
    rows = _visited(at).filter(session__programme=programme).select_related(
        "session__programme__period__action", "session__programme__centre", "inspector",
        "report__file",
    )  # fmt: skip
    return [_visit(row) for row in rows.order_by("started_at", "pk")]


def _visit(visit: SiteVisit) -> Entry:
    title = f"Έκθεση επιτόπιου ελέγχου: {visit.session}"
    page = reverse("delivery:visit", args=[visit.pk])
    if visit.report is None:
        return Entry(title, False, str(visit.inspector), visit.started_at, page, visit)
    return Entry(title, here=True, url=page, about=visit, file=visit.report.file)


declare(
    Part(
        "delivery.sheets",
        "Παρουσιολόγια των συναντήσεων",
        PROGRAMME,
        _held,
        _sheets_missing,
        _sheets,
        order=20,
        permission="session.read",
    )
)
declare(
    Part(
        "delivery.reports",
        "Εκθέσεις των συναντήσεων",
        PROGRAMME,
        _held,
        _unreported,
        _reports,
        order=22,
        permission="session.read",
    )
)
declare(
    Part(
        "delivery.recordings",
        "Μαγνητοσκοπήσεις των συναντήσεων",
        PROGRAMME,
        _recordings_owed,
        _recordings_missing,
        _recordings,
        order=24,
        permission="recording.read",
    )
)
declare(
    Part(
        "delivery.visits",
        "Επιτόπιοι έλεγχοι",
        PROGRAMME,
        _visits_owed,
        _visits_missing,
        _visits,
        order=50,
        permission="visit.read",
    )
)
