"""Units of numbers in one form and in many: «1 ώρα», «3 ώρες», «2 μόρια ανά ώρα»."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from didaskaleio.kernel.forms import exchange, units, wording
from didaskaleio.kernel.forms.definition import Band, Kind, Question, Rule, Way


def asked(unit="", one="", **rest):
    return Question("q", Kind.NUMBER, "Πόσο;", unit=unit, unit_one=one, **rest)


@pytest.mark.parametrize(
    ("unit", "one", "value", "said"),
    [
        ("ώρες", "", "1", "1 ώρα"),
        ("ώρες", "", "3", "3 ώρες"),
        ("ώρες", "", "0.5", "0,5 ώρες"),
        ("σενάριο", "", "3", "3 σενάρια"),
        ("σενάριο", "", "1", "1 σενάριο"),
        ("κάρτες", "κάρτα", "1", "1 κάρτα"),
        ("κάρτες", "κάρτα", "2", "2 κάρτες"),
        ("km", "", "1", "1 km"),
        ("km", "", "2", "2 km"),
        ("", "", "1", "1"),
    ],
)
def test_a_number_is_said_with_its_unit_in_the_right_form(unit, one, value, said):
    assert units.measured(asked(unit, one), Decimal(value)) == said
    assert wording.answer(asked(unit, one), value) == said


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (asked("ώρες"), "0,1 μόρια ανά ώρα"),
        (asked("σενάριο"), "0,1 μόρια ανά σενάριο"),
        (asked("κάρτες", "κάρτα"), "0,1 μόρια ανά κάρτα"),
        (asked(), "0,1 μόρια ανά μονάδα"),
        (Question("q", Kind.TABLE, "Τι;"), "0,1 μόρια ανά γραμμή"),
        (Question("q", Kind.SCALE, "Πόσο;"), "0,1 μόρια ανά βαθμίδα"),
    ],
)
def test_points_are_given_for_one_of_them(question, said):
    by = Rule(Way.PER_UNIT, Decimal("0.1"))
    assert wording.rule(replace(question, rule=by)) == said


def test_bands_begin_at_one_or_at_many():
    bands = (Band(Decimal(1), Decimal(2)), Band(Decimal(5), Decimal(3)))
    said = wording.rule(asked("έτη", rule=Rule(Way.BANDS, bands=bands)))
    assert said == "από 1 έτος: 2 μόρια· από 5 έτη: 3 μόρια"


def test_an_older_form_is_written_out_as_before_and_a_new_one_with_both_forms():
    assert "unit_one" not in exchange.question(asked("ώρες"))
    assert exchange.question(asked("κάρτες", "κάρτα"))["unit_one"] == "κάρτα"
