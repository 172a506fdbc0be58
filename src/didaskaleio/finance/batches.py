"""Sheets of work (φύλλα έργου): how a line about scripts, sittings, items is read; no database."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from didaskaleio.finance.enums import BY_HAND, ContractKind, Unit
from didaskaleio.kernel import greek
from didaskaleio.kernel.sheets import Field, key

FIELDS = (
    Field("afm", "Α.Φ.Μ.", ("ΑΦΜ", "Αριθμός φορολογικού μητρώου", "AFM"), required=True),
    Field("code", "Κωδικός", ("Κωδικός", "Κωδικός γραμμής", "Αναφορά", "Code"), required=True),
    Field("unit", "Μονάδα", ("Μονάδα", "Είδος έργου", "Unit"), required=True),
    Field("role", "Ρόλος", ("Ρόλος", "Ιδιότητα", "Role")),
    Field("quantity", "Ποσότητα", ("Ποσότητα", "Πλήθος", "Quantity"), required=True),
    Field("day", "Ημέρα", ("Ημέρα", "Ημερομηνία", "Ημ/νία", "Date"), required=True),
    Field("title", "Περιγραφή", ("Περιγραφή", "Εξέταση", "Title")),
)
WORDS = {
    Unit.SCRIPT: ("Γραπτό", "Γραπτά", "script", "scripts"),
    Unit.SITTING: ("Επιτήρηση", "Επιτηρήσεις", "Επιτήρηση εξέτασης", "sitting", "sittings"),
    Unit.ITEM: ("Θέμα", "Θέματα", "Θέμα τράπεζας", "item", "items"),
}
UNITS = {key(word): unit for unit, words in WORDS.items() for word in words}
ROLES = {key(str(role.label)): role for role in ContractKind}
GREEK_DAY = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?")
LONGEST, MOST = 150, 10_000


@dataclass(frozen=True)
class Said:
    """What a line says (ανάγνωση γραμμής), or in ``problem`` why it cannot be taken."""

    number: int
    afm: str = ""
    code: str = ""
    unit: str = ""
    role: str = ""
    quantity: Decimal = Decimal(0)
    day: date | None = None
    title: str = ""
    problem: str = ""


def read_line(number: int, cells: Sequence[str], columns: Mapping[str, int]) -> Said:
    """A line of the sheet; the first thing that is wrong with it stands in ``problem``."""
    told = {
        name: greek.clean(cells[place]).strip()[:LONGEST] if place < len(cells) else ""
        for name, place in columns.items()
    }
    said = Said(number, told.get("afm", ""), told.get("code", ""), title=told.get("title", ""))
    for field in FIELDS:
        if field.required and not told.get(field.name):
            return replace(said, problem=f"Λείπει: {field.label}.")
    for name, reader, problem in READERS:
        found = reader(told.get(name, ""))
        if found is None:
            return replace(said, problem=problem)
        said = replace(said, **{name: found})
    return said


def _unit(text: str) -> str | None:
    return UNITS.get(key(text))


def _role(text: str) -> str | None:
    return ROLES.get(key(text)) if text else ""


def _quantity(text: str) -> Decimal | None:
    try:
        found = greek.parse_decimal(text)
    except ValueError:
        return None
    whole = found == found.quantize(Decimal("0.01"))
    return found if 0 < found < MOST and whole else None


def _day(text: str) -> date | None:
    parts: list[int] = []
    if found := GREEK_DAY.fullmatch(text):
        parts = [int(part) for part in reversed(found.groups())]
    elif found := ISO_DAY.fullmatch(text):
        parts = [int(part) for part in found.groups()]
    try:
        return date(*parts) if parts else None
    except ValueError:
        return None


READERS: tuple[tuple[str, Callable[[str], Any], str], ...] = (
    ("unit", _unit, f"Μονάδα: γράψτε {', '.join(f'«{unit.label}»' for unit in BY_HAND)}."),
    ("role", _role, "Ρόλος: γράψτε τον όπως στα είδη συμβάσεων, π.χ. «Βαθμολόγησης», ή κενό."),
    ("quantity", _quantity, "Ποσότητα: γράψτε αριθμό πάνω από το 0 και κάτω από 10.000."),
    ("day", _day, "Ημέρα: γράψτε την όπως 14/1/2023."),
)
