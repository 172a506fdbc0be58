"""Receipts (αποδείξεις) of room registers: of a candidacy, an objection, an offer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from didaskaleio.kernel import greek
from didaskaleio.kernel.documents import Kind, declare, receipt_head
from didaskaleio.kernel.forms.answers import shown
from didaskaleio.kernel.forms.totals import tally
from didaskaleio.registers.models import Objection, Offer, Submission

TEMPLATES = Path(__file__).parent.parent / "typst"


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
        "document": receipt_head(
            "Απόδειξη υποβολής υποψηφιότητας",
            ["υποψηφιότητα", "πρόσκληση"],
            [call.body.name, "Προσκλήσεις και μητρώα", f"Πρόσκληση {call.number}"],
            submission.receipt_number,
            submission.at,
        ),
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
        template=TEMPLATES / "receipt.typ",
        permission="submission.own",
        series="registers.receipt",
        data=receipt_data,
    )
)


def objection_data(objection: Objection) -> dict[str, Any]:
    """What the receipt of an objection shows: call, code, text, documents with their hash."""
    candidacy, call = objection.candidacy, objection.call
    papers = objection.papers.select_related("evidence__file").order_by("pk")
    return {
        "document": receipt_head(
            "Απόδειξη υποβολής ένστασης",
            ["ένσταση", "πρόσκληση"],
            [call.body.name, "Προσκλήσεις και μητρώα", f"Πρόσκληση {call.number}"],
            objection.receipt_number,
            objection.at,
        ),
        "cofunding": None,
        "fields": [
            ["Ονοματεπώνυμο", candidacy.person.full_name],
            ["Κωδικός υποψηφιότητας", candidacy.code],
            ["Πρόσκληση", f"{call.title} ({call.number})"],
            ["Υποβλήθηκε", f"{greek.long_moment(objection.at)} (ώρα Ελλάδας)"],
        ],
        "text": objection.text,
        "papers": [[one.evidence.title, one.evidence.file.sha256[:16]] for one in papers],
    }


OBJECTION_RECEIPT = declare(
    Kind(
        name="registers.objection_receipt",
        title="Απόδειξη ένστασης",
        template=TEMPLATES / "objection.typ",
        permission="objection.own",
        series="registers.objection",
        data=objection_data,
    )
)


def offer_data(offer: Offer) -> dict[str, Any]:
    """What the receipt of an offer shows: who, to what, when, the hash of its paper; no price."""
    tender = offer.tender
    assert offer.at is not None  # noqa: S101 - a submitted offer
    assert offer.paper is not None  # noqa: S101 - a submitted offer
    return {
        "document": receipt_head(
            "Απόδειξη υποβολής προσφοράς",
            ["προσφορά", "διαγωνισμός"],
            [tender.body.name, "Διαγωνισμοί", f"Διακήρυξη {tender.number}"],
            offer.receipt_number,
            offer.at,
        ),
        "cofunding": None,
        "fields": [
            ["Προσφέρων", offer.centre.name],
            ["Διαγωνισμός", f"{tender.title} ({tender.number})"],
            ["Τμήμα", tender.lot],
            ["Υποβλήθηκε", f"{greek.long_moment(offer.at)} (ώρα Ελλάδας)"],
            ["Υποβολή από", offer.by.full_name],
            ["Αποτύπωμα του εγγράφου", offer.paper.sha256[:16]],
        ],
    }


OFFER_RECEIPT = declare(
    Kind(
        name="registers.offer_receipt",
        title="Απόδειξη προσφοράς",
        template=TEMPLATES / "offer.typ",
        permission="offer.read",
        series="registers.offer",
        data=offer_data,
    )
)
