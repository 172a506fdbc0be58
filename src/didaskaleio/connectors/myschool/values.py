"""Values (τιμές) of a line: as exports write them, in the one form that the checks read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from didaskaleio.connectors.myschool.headings import key
from didaskaleio.kernel import greek
from didaskaleio.kernel.greek import CodeError

COLUMNS = (
    *("afm", "am", "surname", "given_name", "father_name", "email", "specialty", "employment"),
    *("abroad", "appointed_on", "school", "organic", "hours", "valid_from", "valid_until"),
)
EMPLOYMENT = {"μονι": "permanent", "αναπ": "substitute", "ωρομ": "hourly", "ιδιω": "private"}
YES = frozenset(map(key, ("ναι", "1", "true", "x", "yes", "οργανική", "✓", "Ν")))
NO = frozenset(map(key, ("όχι", "0", "false", "no", "Ο", ""))) | {""}
# words that name a school and are nobody's surname
OF_SCHOOLS = frozenset(
    map(
        key,
        ("σχολείο", "γυμνάσιο", "λύκειο", "νηπιαγωγείο", "ΕΠΑΛ", "ΓΕΛ", "ΕΕΕΕΚ", "ΕΝΕΕΓΥΛ", "ΔΣ"),
    )
)
DAY = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})(?:[ T].*)?")
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?")
SURNAME = COLUMNS.index("surname")
AFM = 9
CODE = re.compile(r"\s*([^\W\d_]{2,3}\s*[\d.,ΟO\s\-]*\d)", re.UNICODE)


class Line(NamedTuple):
    """The values of a line in the order of ``COLUMNS``; ``fault`` says what cannot be read."""

    values: list[str]
    fault: str


class _FaultError(ValueError):
    """A value that cannot be read."""


def read_line(row: Sequence[str], columns: Mapping[str, int]) -> Line:
    """Γραμμή: the values under the mapped columns; a fault leaves the rest readable."""
    raw, fault, width = [""] * len(COLUMNS), "", len(row)
    for place, name, read in READERS:
        column = columns.get(name, width)
        text = row[column] if column < width else ""
        if text and not text.isspace():
            try:
                raw[place] = read(text)
            except _FaultError as error:
                raw[place] = text.strip()
                fault = fault or str(error)
    return Line(raw, _account(raw[SURNAME]) or fault)


def is_blank(row: Sequence[str]) -> bool:
    """Whether a line holds nothing at all."""
    return not any(cell and not cell.isspace() for cell in row)


@lru_cache(1 << 16)
def _account(surname: str) -> str:
    """A school's account has a school's name where a person's would stand."""
    if any(key(word) in OF_SCHOOLS for word in surname.replace(".", "").split()):
        return (
            "Λογαριασμός σχολείου, όχι εκπαιδευτικός: στο επώνυμο υπάρχει όνομα σχολικής μονάδας."
        )
    return ""


def plain(text: str) -> str:
    """Text without what no name holds; Excel's ``="…"`` is opened, a formula is not."""
    if text.startswith('="') and text.endswith('"'):
        text = text[2:-1]
    if not (text.isprintable() and unicodedata.is_normalized("NFC", text)):
        text = greek.clean(text)
    return " ".join(text.split())


@lru_cache(1 << 16)
def _name(text: str) -> str:
    found = plain(text)
    if found[:1] in {"=", "+", "@"}:
        raise _FaultError("Στο όνομα υπάρχει τύπος υπολογισμού. Διορθώστε τη γραμμή.")
    return found[:200]


def afm_of(text: str) -> str:
    """Α.Φ.Μ. of a cell, empty for a blank one; whether it is valid others judge."""
    if len(text) == AFM and text.isdecimal():
        return text
    return _afm(text) if text and not text.isspace() else ""


def _afm(text: str) -> str:
    digits = text if text.isdecimal() else re.sub(r"[\s.\-]", "", plain(text))
    # a spreadsheet that takes it for a number eats the zero at its head
    return digits.zfill(9) if len(digits) in {7, 8} and digits.isdecimal() else digits[:20]


def _am(text: str) -> str:
    return text[:20] if text.isdecimal() else re.sub(r"[\s.\-]", "", plain(text))[:20]


@lru_cache(4096)
def _specialty(text: str) -> str:
    found = CODE.match(plain(text))
    try:
        return greek.specialty_code(found[1].rstrip(" .-") if found else text)
    except CodeError as error:
        raise _FaultError(str(error)) from error


@lru_cache(4096)
def _employment(text: str) -> str:
    found = EMPLOYMENT.get(key(text)[:4])
    if found is None:
        raise _FaultError(f"Άγνωστη σχέση εργασίας «{text[:40]}».")
    return found


@lru_cache(4096)
def _yes_or_no(text: str) -> str:
    found = key(text)
    if found in YES or found.startswith("οργανικ"):
        return "ναι"
    if found in NO:
        return "όχι"
    raise _FaultError(f"Περιμέναμε «ναι» ή «όχι» και βρέθηκε «{text[:40]}».")


@lru_cache(4096)
def _hours(text: str) -> str:
    found = re.fullmatch(r"(\d{1,2})(?:[.,]0+)?", plain(text))
    if found is None:
        raise _FaultError(f"Οι ώρες διδασκαλίας «{text[:40]}» δεν είναι ακέραιος αριθμός.")
    return str(int(found[1]))


@lru_cache(4096)
def _day(text: str) -> str:
    text = plain(text)
    if found := DAY.fullmatch(text):
        day, month, year = map(int, found.groups())
    elif found := ISO.fullmatch(text):
        year, month, day = map(int, found.groups())
    else:
        raise _FaultError(f"Η ημερομηνία «{text[:40]}» δεν διαβάζεται. Γράψτε την όπως 1/9/2022.")
    try:
        return date(year, month, day).isoformat()
    except ValueError as error:
        raise _FaultError(f"Η ημερομηνία «{text[:40]}» δεν υπάρχει.") from error


@lru_cache(1 << 15)
def _code(text: str) -> str:
    return plain(text)[:20]


_READ: dict[str, Callable[[str], str]] = {
    "afm": _afm,
    "am": _am,
    "surname": _name,
    "given_name": _name,
    "father_name": _name,
    "email": plain,
    "specialty": _specialty,
    "employment": _employment,
    "abroad": _yes_or_no,
    "appointed_on": _day,
    "school": _code,
    "organic": _yes_or_no,
    "hours": _hours,
    "valid_from": _day,
    "valid_until": _day,
}
READERS = tuple((COLUMNS.index(name), name, read) for name, read in _READ.items())
