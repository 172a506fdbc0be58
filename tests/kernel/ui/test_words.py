"""Dates, numbers and words as they are read in Greece.

Shows: R-167.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests.kernel.ui.drawing import AT, drawn


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{{ at|greek_date }}", "Τετάρτη 15 Φεβρουαρίου 2023"),
        ("{{ day|greek_date }}", "Δευτέρα 6 Μαρτίου 2023"),
        ("{{ at|greek_moment }}", "Τετάρτη 15 Φεβρουαρίου 2023, 16:52"),
        ("{{ day|short_date }}", "6/3/2023"),
        ("{{ midnight|short_date }}", "16/2/2023"),
        ("{{ at|short_moment }}", "15/2/2023, 16:52"),
        ("{{ at|greek_time }}", "16:52"),
        ("{{ at|iso_moment }}", "2023-02-15T16:52:00+02:00"),
        ("{{ sum|greek_number:2 }}", "1.234,56"),
        ("{{ sum|greek_number }}", "1.235"),
        ('{{ one|count_el:"αίτηση,αιτήσεις" }}', "1 αίτηση"),
        ('{{ many|count_el:"αίτηση,αιτήσεις" }}', "1.234 αιτήσεις"),
        ("{{ number|lottery }}", "4829\u00a01307"),
        ("{{ '00000042'|lottery }}", "0000\u00a00042"),
        ("{{ 'IIa'|category }}", '<span class="cat cat--a">ΙΙα</span>'),
        ("{{ 'IIb'|category }}", '<span class="cat cat--b">ΙΙβ</span>'),
        ("{{ 'error'|message_kind }} {{ 'debug'|message_kind }}", "bad info"),
    ],
)
def test_words_read_as_in_greece(source, expected):
    midnight = datetime(2023, 2, 15, 22, 30, tzinfo=UTC)
    values = {"at": AT, "day": date(2023, 3, 6), "midnight": midnight, "one": 1, "many": 1234}
    assert drawn(source, sum=Decimal("1234.56"), number=48291307, **values) == expected


@pytest.mark.parametrize(
    "name",
    [
        "greek_date",
        "greek_moment",
        "short_date",
        "short_moment",
        "greek_time",
        "greek_number",
        "lottery",
    ],
)
def test_what_is_absent_shows_as_a_dash(name):
    assert drawn(f"{{{{ nothing|{name} }}}}", nothing=None) == "–"


def test_a_moment_without_zone_is_refused():
    with pytest.raises(ValueError, match="ζώνη"):
        drawn("{{ naive|greek_time }}", naive=AT.replace(tzinfo=None))
