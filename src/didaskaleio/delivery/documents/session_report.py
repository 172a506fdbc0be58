"""Reports of sessions (εκθέσεις συναντήσεων), as documents."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from didaskaleio.delivery import queries, rules
from didaskaleio.delivery.documents.visit_report import head_of
from didaskaleio.delivery.models import SessionReport
from didaskaleio.kernel import greek
from didaskaleio.kernel.documents import Kind, declare


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
            [*_filed(report)],
            *([["Διόρθωση", report.reason]] if report.reason else []),
            ["Παρουσιολόγιο", rules.in_words(sheet.rows) if sheet else "δεν έχει υπογραφεί"],
        ],
        "units": [unit.title for unit in report.units.all()],
        "answers": [line for line in said if line[1] != "–"],
        "cofunding": None,
    }


def _filed(report: SessionReport) -> tuple[str, str]:
    moment = greek.long_moment(report.at)
    if report.version == 1:
        return "Υποβλήθηκε", moment
    return "Έκδοση", f"{report.version}, {moment}"


SESSION_TITLE = "Έκθεση συνάντησης"
SESSION_REPORT = declare(
    Kind(
        name="delivery.session_report",
        title=SESSION_TITLE,
        template=Path(__file__).parent.parent / "typst" / "session_report.typ",
        permission="session.read",
        series="delivery.session_report",
        data=session_report_data,
    )
)
