"""Documents (έγγραφα) of room delivery: reports of on-site visits and of sessions."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from didaskaleio.delivery import queries, rules
from didaskaleio.delivery.models import SessionReport, SiteVisit
from didaskaleio.kernel import greek
from didaskaleio.kernel.clock import ATHENS
from didaskaleio.kernel.documents import Kind, declare
from didaskaleio.programmes.models import Programme
from didaskaleio.structures.models import ImplementingBody

SPECIMEN = "ΔΕΙΓΜΑ"


def head_of(programme: Programme, title: str, at: datetime) -> dict[str, Any]:
    """The head of a document about a programme: whom it comes from, place and day."""
    body = programme.period.action.body
    ministry = ImplementingBody.objects.filter(is_ministry=True).values_list("name", flat=True)
    return {
        "title": title,
        "authority": list(dict.fromkeys(("ΕΛΛΗΝΙΚΗ ΔΗΜΟΚΡΑΤΙΑ", *ministry[:1], body.name))),
        "place": programme.centre.town,
        "date": greek.long_date(at.astimezone(ATHENS), weekday=False),
        "number_label": "Αριθμός:",
        "number": SPECIMEN,
    }


def report_data(visit: SiteVisit) -> dict[str, Any]:
    """The report of a visit; ``issue`` adds number, moment and head."""
    session = visit.session
    programme = session.programme
    at = visit.reported_at or session.ends_at
    return {
        "document": head_of(programme, "Έκθεση επιτόπιου ελέγχου", at),
        "number": SPECIMEN,
        "sealed_at": "",
        "body": programme.period.action.body.name,
        "fields": [
            ["Κέντρο", programme.centre.name],
            ["Πρόγραμμα", f"{programme.code}, {programme.cluster.title}"],
            ["Συνάντηση", f"{session}, {greek.long_moment(session.starts_at)}"],
            ["Επιμορφωτής/τρια", str(session.trainer or "–")],
            ["Έλεγχος", f"{visit.inspector}, έναρξη {_hour(visit.started_at)}"],
            ["Λόγος της επιλογής", visit.get_way_display()],
        ],
        "count": _count(visit),
        "differs": visit.differs,
        "checklist": queries.visits.checklist_lines(visit),
        "findings": [
            [str(n), finding.get_severity_display(), finding.text, finding.asked or "–"]
            for n, finding in enumerate(visit.findings.all(), start=1)
        ],
        "photos": [photo.caption for photo in visit.photos.all()],
        "summary": visit.summary or "–",
        "answer": f"Έως {greek.long_moment(visit.answer_due)}" if visit.answer_due else "",
        "cofunding": None,
    }


def _hour(moment: datetime | None) -> str:
    return greek.long_moment(moment) if moment else "–"


def _count(visit: SiteVisit) -> list[list[str]]:
    shown = "δεν είχε υπογραφεί ακόμη"
    if visit.recorded is not None:
        shown = f"{visit.recorded} (έκδοση {visit.sheet_version})"
    return [
        ["Στη συνάντηση ανήκουν", str(queries.visits.expected(visit.session))],
        ["Μετρήθηκαν παρόντες", "–" if visit.counted is None else str(visit.counted)],
        ["Το παρουσιολόγιο δείχνει", shown],
    ]


VISIT_REPORT = declare(
    Kind(
        name="delivery.visit_report",
        title="Έκθεση επιτόπιου ελέγχου",
        template=Path(__file__).parent / "typst" / "visit_report.typ",
        permission="visit.read",
        series="delivery.visit_report",
        data=report_data,
    )
)


def session_report_data(report: SessionReport) -> dict[str, Any]:
    """The trainer's report of a session, with what the sheet in force shows."""
    session = report.session
    programme = session.programme
    sheet, number = queries.latest_sheet(session), f"{programme.code}/{session.sequence}"
    said = queries.answers.in_words(report.sheet.version.parsed(), report.sheet.values)
    return {
        "document": head_of(programme, SESSION_TITLE, report.at) | {"number": number},
        "number": number,
        "fields": [
            ["Κέντρο", programme.centre.name],
            ["Πρόγραμμα", f"{programme.code}, {programme.cluster.title}"],
            ["Συνάντηση", f"{session}, {greek.long_moment(session.starts_at)}"],
            ["Θέμα", session.topic or "–"],
            ["Επιμορφωτής/τρια", str(report.by)],
            ["Υποβλήθηκε", greek.long_moment(report.at)],
            ["Παρουσιολόγιο", rules.in_words(sheet.rows) if sheet else "δεν έχει υπογραφεί"],
        ],
        "units": [unit.title for unit in report.units.all()],
        "answers": [line for line in said if line[1] != "–"],
        "cofunding": None,
    }


SESSION_TITLE = "Έκθεση συνάντησης"
SESSION_REPORT = declare(
    Kind(
        name="delivery.session_report",
        title=SESSION_TITLE,
        template=Path(__file__).parent / "typst" / "session_report.typ",
        permission="session.read",
        series="delivery.session_report",
        data=session_report_data,
    )
)
