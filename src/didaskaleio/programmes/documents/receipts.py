"""Documents (έγγραφα) of room programmes: the receipt of an application for work."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from didaskaleio.kernel import greek
from didaskaleio.kernel.documents import Kind, declare, receipt_head
from didaskaleio.programmes.models import WorkSubmission


def work_receipt_data(submission: WorkSubmission) -> dict[str, Any]:
    """What the receipt shows: call, code, lines in the order of preference, what is asked for."""
    application = submission.application
    call = application.call
    body = call.period.action.body
    named = {line.pk: str(line) for line in call.lines.select_related(
        "cluster", "prefecture", "region")}  # fmt: skip
    unit = ("ώρα", "ώρες") if call.for_trainers else ("πρόγραμμα", "προγράμματα")
    return {
        "document": receipt_head(
            "Απόδειξη αίτησης για έργο",
            ["αίτηση", "έργο"],
            [body.name, call.period.action.title, f"Πρόσκληση {call.number}"],
            submission.receipt_number,
            submission.at,
        ),
        "cofunding": None,
        "code": f"{application.code[:4]} {application.code[4:]}",
        "fields": [
            ["Υποβάλλει", application.applicant],
            ["Πρόσκληση", f"{call.title} ({call.number})"],
            ["Περίοδος", call.period.title],
            ["Υποβλήθηκε", f"{greek.long_moment(submission.at)} (ώρα Ελλάδας)"],
            ["Έκδοση", str(submission.version)],
            ["Ζητείται έργο", greek.count(submission.wanted, *unit)],
            ["Προθεσμία αλλαγών", greek.long_moment(call.closes_at)],
        ],
        "lines": [
            [str(place), named.get(pk, "–")] for place, pk in enumerate(submission.lines, start=1)
        ],
        "note": submission.note,
    }


WORK_RECEIPT = declare(
    Kind(
        name="programmes.work_receipt",
        title="Απόδειξη αίτησης για έργο",
        template=Path(__file__).parents[1] / "typst" / "work_receipt.typ",
        permission="work_submission.read",
        series="programmes.work_receipt",
        data=work_receipt_data,
    )
)
