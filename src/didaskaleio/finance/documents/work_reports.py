"""The report of work (έκθεση πεπραγμένων) as it is numbered and sealed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from didaskaleio.finance.models import WorkReport
from didaskaleio.finance.queries import work_reports as queries
from didaskaleio.kernel import greek
from didaskaleio.kernel.documents import Kind, declare
from didaskaleio.structures.queries import authority_lines, project_text

SPECIMEN = "ΔΕΙΓΜΑ"


def work_report_data(report: WorkReport) -> dict[str, Any]:
    """Contract, figures and words; ``issue`` adds number, day and seal."""
    contract, funded = report.contract, project_text(report.contract.action.project_id, report.at)
    return {
        "document": {
            "title": "Έκθεση πεπραγμένων",
            "authority": authority_lines(contract.body),
            "place": "Αθήνα",
            "date": SPECIMEN,
            "number_label": "Αριθμός:",
            "number": SPECIMEN,
        },
        "body": contract.body.name,
        "sealed_at": "",
        "fields": _fields(report),
        "activities": [
            {
                "title": each.title,
                "quantity": each.amount,
                "text": each.text,
                "lines": [list(line) for line in each.lines],
            }
            for each in queries.shown(report, report.submitted_at or report.at)
        ],
        "summary": report.summary,
        "cofunding": {"text": funded, "logos": []} if funded else None,
    }


def _fields(report: WorkReport) -> list[list[str]]:
    contract, programme = report.contract, report.contract.programme
    span = greek.date_span(contract.starts_on, contract.last_day)
    submitted = greek.long_moment(report.submitted_at) if report.submitted_at else "–"
    return [
        ["Υποβάλλει", contract.payee.name],
        ["Σύμβαση", f"{contract.number}, {contract.get_kind_display().lower()}"],
        ["Έργο", contract.duties],
        ["Δράση", contract.action.title],
        ["Πρόγραμμα", f"{programme.code}, {programme.centre.name}" if programme else "–"],
        ["Διάρκεια", span],
        ["Υποβλήθηκε", submitted],
    ]


WORK_REPORT_PDF = declare(
    Kind(
        "finance.work_report",
        "Έκθεση πεπραγμένων",
        Path(__file__).parent.parent / "typst" / "work_report.typ",
        "work_report.read",
        "finance.work_report",
        work_report_data,
    )
)
