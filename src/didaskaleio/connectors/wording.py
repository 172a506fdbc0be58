"""Wording (διατύπωση): what differs between two images of a teacher, for whoever reads it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from didaskaleio.connectors.enums import ChangeKind
from didaskaleio.kernel.greek import short_date
from didaskaleio.people.enums import Employment

FACTS = {
    "surname": "Επώνυμο",
    "given_name": "Όνομα",
    "father_name": "Πατρώνυμο",
    "am": "Αριθμός μητρώου",
    "specialty": "Ειδικότητα",
    "employment": "Σχέση εργασίας",
    "abroad": "Στο εξωτερικό",
    "services": "Υπηρετήσεις",
}
Image = Mapping[str, Any]


class Difference(NamedTuple):
    """A fact that changes, as it is and as it will be."""

    label: str
    before: str
    after: str


def name_of(change: Any) -> str:
    """The name that the line bears, else the one that we hold."""
    image: Image = change.after or change.before or {}
    return f"{image.get('surname', '')} {image.get('given_name', '')}".strip()


def differences(change: Any) -> list[Difference]:
    """Τι αλλάζει: the facts whose values differ; of a new person what will be held."""
    before, after = change.before or {}, change.after or {}
    if change.kind not in {ChangeKind.NEW, ChangeKind.CHANGED, ChangeKind.GONE}:
        return []
    shown = ("specialty", "employment", "services") if change.kind == ChangeKind.NEW else FACTS
    return [
        Difference(FACTS[name], _words(name, before.get(name)), _words(name, after.get(name)))
        for name in shown
        if before.get(name) != after.get(name)
    ]


def _words(name: str, value: Any) -> str:
    if name == "services":
        return "; ".join(map(_service, value or [])) or "–"
    if name == "abroad":
        return "ναι" if value else "όχι"
    if name == "employment" and value in Employment.values:
        return str(Employment(value).label)
    return str(value) if value else "–"


def _service(row: Any) -> str:
    school, organic, hours, first, last = row
    until = f" έως {short_date(date.fromisoformat(last))}" if last else ""
    place = ", οργανική" if organic else ""
    return f"{school} {hours} ώρες{place}, από {short_date(date.fromisoformat(first))}{until}"
