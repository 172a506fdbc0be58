"""Documents (έγγραφα) of room enrolment: the receipt of a submission."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from didaskaleio.enrolment.models import Submission
from didaskaleio.kernel import clock, greek
from didaskaleio.kernel.documents import Kind, declare, receipt_head
from didaskaleio.programmes.models import Programme


def receipt_data(submission: Submission) -> dict[str, Any]:
    """What the receipt shows: number of the draw, preferences in order, running head."""
    application = submission.application
    period = application.period
    rows = Programme.objects.filter(period=period, code__in=submission.preferences)
    named = {row.code: row for row in rows.select_related("cluster", "centre", "category")}
    body = period.action.body
    return {
        "document": receipt_head(
            "Απόδειξη υποβολής αίτησης συμμετοχής",
            ["αίτηση", "κλήρωση"],
            [body.name, "Επιμόρφωση εκπαιδευτικών", period.title],
            submission.receipt_number,
            submission.at,
        ),
        "cofunding": _cofunding(submission),
        "lottery": f"{application.number[:4]} {application.number[4:]}",
        "fields": [
            ["Ονοματεπώνυμο", application.person.full_name],
            ["Περίοδος", period.title],
            ["Υποβλήθηκε", f"{greek.long_moment(submission.at)} (ώρα Ελλάδας)"],
            ["Έκδοση", str(submission.version)],
            ["Προθεσμία αλλαγών", greek.long_moment(period.phase_a_closes)],
        ],
        "preferences": [
            [str(place), code, _label(named[code]) if code in named else code]
            for place, code in enumerate(submission.preferences, start=1)
        ],
        "head": submission.head,
        "count": greek.count(submission.head_count, "αριθμό", "αριθμούς"),
    }


def _cofunding(submission: Submission) -> dict[str, Any] | None:
    """The text that documents of the funded project carry on that day.

    No logo is shipped: where the project declares any, an empty slot shows their place.
    """
    project = submission.application.period.action.project
    if project is None:
        return None
    day = submission.at.astimezone(clock.ATHENS).date()
    row = project.texts.filter(valid_from__lte=day).order_by("-valid_from").first()
    if row is None:
        return None
    return {"text": row.statement, "logos": [] if row.logos else None}


def _label(programme: Programme) -> str:
    category = programme.category.label or programme.category.code
    return f"{category} {programme.cluster.title}, {programme.centre.name}"


RECEIPT = declare(
    Kind(
        name="enrolment.receipt",
        title="Απόδειξη υποβολής",
        template=Path(__file__).parent / "typst" / "receipt.typ",
        permission="submission.read",
        series="enrolment.receipt",
        data=receipt_data,
    )
)
