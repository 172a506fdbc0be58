"""Λέξεις της οθόνης: the filters of ``{% load ui %}``: dates, numbers, codes as people read them.

An absent value shows as a dash, so that a cell of a table is never silently empty.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString

from didaskaleio.kernel import dates_display, greek
from didaskaleio.kernel.paging import EXACT, Paginator

NOTHING = "–"
MINUS = "−"
CATEGORIES = {"IIa": ("cat--a", "ΙΙα"), "IIb": ("cat--b", "ΙΙβ")}
MESSAGE_KINDS = {"success": "good", "warning": "wait", "error": "bad"}


def greek_date(value: date | None) -> str:
    """«Δευτέρα 6 Μαρτίου 2023»."""
    return greek.long_date(dates_display.day_of(value)) if value else NOTHING


def greek_moment(value: datetime | None) -> str:
    """«Δευτέρα 6 Μαρτίου 2023, 17:00», in the time of Greece."""
    return greek.long_moment(value) if value else NOTHING


def short_date(value: date | None) -> str:
    """«6/3/2023», for lists only."""
    return greek.short_date(dates_display.day_of(value)) if value else NOTHING


def short_moment(value: datetime | None) -> str:
    """«6/3/2023, 17:00», for lists only."""
    return greek.short_moment(value) if value else NOTHING


def greek_time(value: datetime | None) -> str:
    """«17:00», in the time of Greece."""
    return f"{dates_display.in_athens(value):%H:%M}" if value else NOTHING


def iso_moment(value: datetime | None) -> str:
    """The moment for ``<time datetime>``: ISO 8601 with the offset of Greece."""
    return dates_display.in_athens(value).isoformat(timespec="seconds") if value else ""


def greek_number(value: float | Decimal | None, places: int = 0) -> str:
    """«1.234,56» for ``|greek_number:2``; below zero with the sign that no line breaks after."""
    return NOTHING if value is None else greek.number(value, places).replace("-", MINUS)


def euro(value: Decimal | None) -> str:
    """«1.234,56 €»."""
    return NOTHING if value is None else greek.euro(value).replace("-", MINUS)


def counted(pages: Paginator, words: str = "") -> str:
    """How many rows a list has, «1.000 αιτήσεις» or «1.000 και πλέον αιτήσεις»; words as above."""
    if pages.uncounted:
        number = greek_number(EXACT)
        return f"{number} και πλέον {words.partition(',')[2]}".rstrip()
    return count_el(pages.count, words) if words else greek_number(pages.count)


def count_el(value: int, words: str) -> str:
    """«1 αίτηση», «1.234 αιτήσεις» for ``|count_el:"αίτηση,αιτήσεις"``."""
    one, many = words.split(",")
    return greek.count(value, one, many)


def lottery(value: str | int | None) -> str:
    """Αριθμός κλήρωσης: eight digits as «4829 1307», held together by a no-break space."""
    if value is None or value == "":
        return NOTHING
    digits = str(value).zfill(8)
    return f"{digits[:4]}\u00a0{digits[4:]}"


def category(value: str) -> SafeString:
    """Κατηγορία προγράμματος IIa or IIb as its badge; any other word is shown as it stands."""
    look, name = CATEGORIES.get(value, ("cat--b", value))
    return format_html('<span class="cat {}">{}</span>', look, name)


def within(value: object) -> str:
    """A label in the middle of a sentence: its first letter small, abbreviations as they are."""
    text = str(value)
    return text if text[1:2].isupper() or text[1:2] == "." else text[:1].lower() + text[1:]


def message_kind(level: str) -> str:
    """The kind of note for a level of Django's messages."""
    return MESSAGE_KINDS.get(level, "info")


FILTERS = (
    greek_date,
    greek_moment,
    short_date,
    short_moment,
    greek_time,
    iso_moment,
    greek_number,
    euro,
    count_el,
    counted,
    lottery,
    category,
    within,
    message_kind,
)
