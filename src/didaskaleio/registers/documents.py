"""Documents (έγγραφα) of room registers: the receipt of a candidacy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from didaskaleio.kernel import greek
from didaskaleio.kernel.documents import Kind, declare
from didaskaleio.kernel.forms.answers import shown
from didaskaleio.kernel.forms.totals import tally
from didaskaleio.registers.models import Submission


def receipt_data(submission: Submission) -> dict[str, Any]:
    """What the receipt shows: call, code, version, points claimed, documents with their hash."""
    candidacy = submission.candidacy
    call = candidacy.call
    assert call.form is not None  # noqa: S101 - a published call has its form
    definition = call.form.parsed()
    points = tally(definition, submission.values)
    labels = {one.key: one.label for one in definition.questions()}
    uses = submission.uses.select_related("evidence__file").order_by("pk")
    return {
        "document": {
            "title": "Απόδειξη υποβολής υποψηφιότητας",
            "keywords": ["υποψηφιότητα", "πρόσκληση"],
            "authority": [call.body.name, "Προσκλήσεις και μητρώα", f"Πρόσκληση {call.number}"],
            "place": "Αθήνα",
            "date": greek.short_moment(submission.at),
            "number": submission.receipt_number,
            "number_label": "Αριθ. απόδειξης:",
        },
        "cofunding": None,
        "code": f"{candidacy.code[:4]} {candidacy.code[4:]}",
        "fields": [
            ["Ονοματεπώνυμο", candidacy.person.full_name],
            ["Πρόσκληση", f"{call.title} ({call.number})"],
            ["Υποβλήθηκε", f"{greek.long_moment(submission.at)} (ώρα Ελλάδας)"],
            ["Έκδοση", str(submission.version)],
        ],
        "points": [[part.name, part.points] for part in points.lines] if points else [],
        "total": shown(submission.total) if points else "",
        "papers": [
            [labels.get(use.question, use.question), use.evidence.file.sha256[:16]] for use in uses
        ],
        "declaration": submission.declaration,
    }


RECEIPT = declare(
    Kind(
        name="registers.receipt",
        title="Απόδειξη υποψηφιότητας",
        template=Path(__file__).parent / "typst" / "receipt.typ",
        permission="submission.own",
        series="registers.receipt",
        data=receipt_data,
    )
)
