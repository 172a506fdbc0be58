"""Documents (έγγραφα) of room registers: the receipt of a candidacy, the record of a teacher."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from didaskaleio.kernel import greek, typesetting
from didaskaleio.kernel.documents import Kind, declare
from didaskaleio.kernel.forms.answers import shown
from didaskaleio.kernel.forms.totals import tally
from didaskaleio.registers.models import Objection, Offer, Submission
from didaskaleio.registers.teachers import Entry, TeacherRecord


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


def teacher_record(record: TeacherRecord, at: datetime) -> bytes:
    """The record of a teacher as PDF/A (φάκελος), of this moment: neither kept nor numbered.

    Raises TypesettingError.
    """
    template = Path(__file__).parent / "typst" / "teacher_record.typ"
    return typesetting.render(template, _record_data(record, at), at=at)


def _record_data(record: TeacherRecord, at: datetime) -> dict[str, Any]:
    person = record.person
    specialty = str(person.teacher.specialty) if hasattr(person, "teacher") else ""
    partial = " Περιέχει μόνο όσα εξέδωσε ο φορέας που το εκτύπωσε." if record.partial else ""
    return {
        "document": {
            "title": "Φάκελος επιμορφώσεων και πιστοποιήσεων",
            "keywords": ["μητρώο εκπαιδευτικών", "επιμορφώσεις"],
            "authority": ["Διδασκαλείο", "Μητρώο επιμορφωμένων και πιστοποιημένων εκπαιδευτικών"],
            "place": "Αθήνα",
            "date": greek.short_date(at),
            "number": greek.short_moment(at),
            "number_label": "Όπως ίσχυε:",
        },
        "cofunding": None,
        "fields": [
            ["Ονοματεπώνυμο", person.full_name],
            ["Πατρώνυμο", person.father_name or "–"],
            ["Ειδικότητα", specialty or "–"],
            ["Διδακτικές ώρες που ισχύουν", greek.number(record.hours)],
        ],
        "trainings": [_record_line(one) for one in record.trainings],
        "certificates": [_record_line(one) for one in record.certificates],
        "note": "Όσα φέρουν κωδικό ελέγχονται στη σελίδα «Έλεγχος γνησιότητας»." + partial,
    }


def _record_line(entry: Entry) -> dict[str, str]:
    span = ""
    if entry.starts and entry.ends:
        span = f"{greek.short_date(entry.starts)} έως {greek.short_date(entry.ends)}"
    code = f"κωδικός {entry.code}" if entry.code else f"πηγή: {entry.source}"
    parts = [entry.body, entry.programme, span, code]
    return {
        "title": entry.title,
        "detail": ", ".join(part for part in parts if part),
        "hours": "–" if entry.hours is None else str(entry.hours),
        "number": entry.number,
        "day": greek.short_date(entry.day),
        "state": entry.state_words,
    }


def objection_data(objection: Objection) -> dict[str, Any]:
    """What the receipt of an objection shows: call, code, text, documents with their hash."""
    candidacy, call = objection.candidacy, objection.call
    papers = objection.papers.select_related("evidence__file").order_by("pk")
    return {
        "document": {
            "title": "Απόδειξη υποβολής ένστασης",
            "keywords": ["ένσταση", "πρόσκληση"],
            "authority": [call.body.name, "Προσκλήσεις και μητρώα", f"Πρόσκληση {call.number}"],
            "place": "Αθήνα",
            "date": greek.short_moment(objection.at),
            "number": objection.receipt_number,
            "number_label": "Αριθ. απόδειξης:",
        },
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
        template=Path(__file__).parent / "typst" / "objection.typ",
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
        "document": {
            "title": "Απόδειξη υποβολής προσφοράς",
            "keywords": ["προσφορά", "διαγωνισμός"],
            "authority": [tender.body.name, "Διαγωνισμοί", f"Διακήρυξη {tender.number}"],
            "place": "Αθήνα",
            "date": greek.short_moment(offer.at),
            "number": offer.receipt_number,
            "number_label": "Αριθ. απόδειξης:",
        },
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
        template=Path(__file__).parent / "typst" / "offer.typ",
        permission="offer.read",
        series="registers.offer",
        data=offer_data,
    )
)
