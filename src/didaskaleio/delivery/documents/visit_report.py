"""Reports of on-site visits (εκθέσεις επιτόπιων ελέγχων), as documents."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from didaskaleio.delivery import queries
from didaskaleio.delivery.models import SiteVisit
from didaskaleio.kernel import greek
from didaskaleio.kernel.clock import ATHENS
from didaskaleio.kernel.documents import Kind, declare
from didaskaleio.programmes.models import Programme
from didaskaleio.structures.queries import authority_lines

SPECIMEN = "ΔΕΙΓΜΑ"


def head_of(programme: Programme, title: str, at: datetime) -> dict[str, Any]:
    """The head of a document about a programme: whom it comes from, place and day."""
    body = programme.period.action.body
    return {
        "title": title,
        "authority": authority_lines(body),
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
        template=Path(__file__).parent.parent / "typst" / "visit_report.typ",
        permission="visit.read",
        series="delivery.visit_report",
        data=report_data,
    )
)
