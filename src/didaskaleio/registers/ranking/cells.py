"""Τα κελιά του πίνακα (cells of the table): each kind has one grammar, for writing and reading.

Only ASCII letters, digits, comma, point, hyphen, underscore and space occur, and no cell begins
with a sign that a sheet takes for a formula: a hyphen begins nothing but a plain number.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final

from didaskaleio.registers.ranking.errors import MalformedError

CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
_NUMBER: Final = re.compile(r"[0-9]{1,30}(?:,[0-9]{1,12})?")
_SIGNED: Final = re.compile(r"-?[0-9]{1,18}(?:,[0-9]{1,12})?")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_KEYS: Final = re.compile(r"[a-z][a-z0-9_]*(?: [a-z][a-z0-9_]*)*")
_SHOWN: Final = 40
_UNSHOWN: Final = "\N{REPLACEMENT CHARACTER}"


def printable(text: str) -> str:
    """Words that may quote a file, with nothing in them that steers a terminal."""
    return "".join(letter if letter.isprintable() else _UNSHOWN for letter in text)


def shown(text: str) -> str:
    """What a file says, harmless and short, to be quoted in a refusal."""
    return printable(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")


def code(text: str) -> str:
    """Κωδικός υποψηφιότητας: 1 to 64 of A-Z a-z 0-9 . _ -, the first a letter or a digit."""
    if not CODE.fullmatch(text):
        raise MalformedError(f"«{shown(text)}» δεν είναι κωδικός υποψηφιότητας")
    return text


def key(text: str) -> str:
    """Κλειδί: a small Latin letter, then small letters, digits and underscores; at most 40."""
    if not KEY.fullmatch(text):
        raise MalformedError(f"«{shown(text)}» δεν είναι κλειδί")
    return text


def write_number(value: Decimal) -> str:
    """A decimal without exponent, with a comma and without idle zeros: ``2,5``."""
    if not value.is_finite():
        raise MalformedError("ένας αριθμός δεν είναι πεπερασμένος")
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    text = "0" if text in {"-0", ""} else text.replace(".", ",")
    if not (_NUMBER.fullmatch(text) or _SIGNED.fullmatch(text)):
        raise MalformedError("ένας αριθμός έχει περισσότερα ψηφία από όσα χωρεί ο πίνακας")
    return text


@lru_cache(maxsize=1 << 16)
def read_number(text: str) -> Decimal:
    """A number that is not negative: points, units, years."""
    if not _NUMBER.fullmatch(text):
        raise MalformedError(f"«{shown(text)}» δεν είναι αριθμός με κόμμα για τα δεκαδικά")
    return Decimal(text.replace(",", "."))


def read_signed(text: str) -> Decimal:
    """A number of an answer that a tie compares; it may be negative."""
    if not _SIGNED.fullmatch(text):
        raise MalformedError(f"«{shown(text)}» δεν είναι αριθμός με κόμμα για τα δεκαδικά")
    return Decimal(text.replace(",", "."))


def write_day(ordinal: Decimal) -> str:
    """The day of a compared date, as ``2023-01-31``."""
    return date.fromordinal(int(ordinal)).isoformat()


def read_day(text: str) -> Decimal:
    """The day as a number to compare."""
    try:
        day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None:
        raise MalformedError(f"«{shown(text)}» δεν είναι ημερομηνία ΕΕΕΕ-ΜΜ-ΗΗ")
    return Decimal(day.toordinal())


def write_keys(keys: tuple[str, ...]) -> str:
    """Keys of options with a space between them."""
    return " ".join(map(key, keys))


@lru_cache(maxsize=1 << 12)
def read_keys(text: str) -> tuple[str, ...]:
    """Keys of options."""
    if not _KEYS.fullmatch(text):
        raise MalformedError(f"«{shown(text)}» δεν είναι κλειδιά επιλογών με ένα κενό ανάμεσα")
    return tuple(text.split(" "))


def read_whole(text: str) -> int:
    """A position: a whole number from 1."""
    if not re.fullmatch(r"[1-9][0-9]{0,8}", text):
        raise MalformedError(f"«{shown(text)}» δεν είναι θέση κατάταξης")
    return int(text)
