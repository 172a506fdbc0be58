"""Wording (διατύπωση): what differs between two images of a teacher, for whoever reads it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from didaskaleio.connectors.enums import ChangeKind
from didaskaleio.kernel.greek import count, short_date
from didaskaleio.people.enums import Employment

FACTS = {
    "surname": "Επώνυμο",
    "given_name": "Όνομα",
    "father_name": "Πατρώνυμο",
    "am": "Αριθμός μητρώου",
    "specialty": "Ειδικότητα",
    "employment": "Σχέση εργασίας",
    "abroad": "Στο εξωτερικό",
    "appointed_on": "Ημερομηνία διορισμού",
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


def differences(change: Any, schools: Mapping[str, str] | None = None) -> list[Difference]:
    """Τι αλλάζει: the facts whose values differ; of a new person what will be held.

    ``schools`` is code → name, as far as the names are to be told.
    """
    before, after = change.before or {}, change.after or {}
    if change.kind not in {ChangeKind.NEW, ChangeKind.CHANGED, ChangeKind.GONE}:
        return []
    shown = ("specialty", "employment", "services") if change.kind == ChangeKind.NEW else FACTS
    found = []
    for name in shown:
        old, new = before.get(name), after.get(name)
        if old == new:
            continue
        if name == "services":  # what stays is not told
            old, new = _without(old, new), _without(new, old)
        pair = (_words(name, value, schools or {}) for value in (old, new))
        found.append(Difference(FACTS[name], *pair))
    return found


def schools_of(changes: Iterable[Any]) -> set[str]:
    """Codes of the schools that these changes name."""
    images = [image for change in changes for image in (change.before, change.after) if image]
    return {service[0] for image in images for service in image.get("services") or []}


def _without(rows: Any, others: Any) -> list[Any]:
    return [row for row in rows or [] if row not in (others or [])]


def _words(name: str, value: Any, schools: Mapping[str, str]) -> str:
    if name == "services":
        return "; ".join(_service(row, schools) for row in value or []) or "–"
    if name == "abroad":
        return "ναι" if value else "όχι"
    if name == "appointed_on" and value:
        return short_date(date.fromisoformat(value))
    if name == "employment" and value in Employment.values:
        return str(Employment(value).label)
    return str(value) if value else "–"


def _service(row: Any, schools: Mapping[str, str]) -> str:
    school, organic, hours, first, last = row
    where = schools.get(school, school)
    until = f" έως {short_date(date.fromisoformat(last))}" if last else ""
    place = ", οργανική" if organic else ""
    told = count(hours, "ώρα", "ώρες")
    return f"{where}, {told}{place}, από {short_date(date.fromisoformat(first))}{until}"
