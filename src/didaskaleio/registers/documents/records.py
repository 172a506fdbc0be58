"""The record of a teacher (φάκελος εκπαιδευτικού) as a document."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from didaskaleio.kernel import greek, typesetting
from didaskaleio.registers.teachers import Entry, TeacherRecord


def teacher_record(record: TeacherRecord, at: datetime) -> bytes:
    """The record of a teacher as PDF/A (φάκελος), of this moment: neither kept nor numbered.

    Raises TypesettingError.
    """
    template = Path(__file__).parent.parent / "typst" / "teacher_record.typ"
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
