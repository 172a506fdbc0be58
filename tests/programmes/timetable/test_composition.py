"""The two categories of seed 001 and the hours of a plan (DOMAIN R1, R2a).

Shows: R-026.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from didaskaleio.programmes.timetable import (
    CATEGORIES,
    CATEGORY_IIA,
    CATEGORY_IIB,
    Composition,
    Hours,
    Parameters,
    SlotKind,
    hours,
)
from tests.programmes.timetable.samples import PARAMETERS, PLAN, the


@pytest.mark.parametrize(
    ("category", "parts"),
    [(CATEGORY_IIA, (8, 20, 14, 18)), (CATEGORY_IIB, (0, 28, 14, 18))],
)
def test_both_categories_make_sixty_hours_in_twenty_slots(
    category: Composition, parts: tuple[int, ...]
) -> None:
    assert category.hours().parts == parts
    assert category.hours().total == 60
    assert category.slots == 20


def test_categories_are_stored_in_latin_and_shown_with_greek_iota() -> None:
    assert [(c.code, c.label, c.locality) for c in CATEGORIES] == [
        ("IIa", "ΙΙa", True),
        ("IIb", "ΙΙb", False),
    ]


@pytest.mark.parametrize(("minutes", "durations"), [(45, [90, 90, 135]), (60, [120, 120, 180])])
def test_meetings_last_their_teaching_hours(minutes: int, durations: list[int]) -> None:
    parameters = Parameters(teaching_hour_minutes=minutes)
    assert [parameters.minutes(CATEGORY_IIA, kind) for kind in SlotKind] == durations


def test_the_hours_of_a_plan_follow_its_slots() -> None:
    assert hours(PLAN, PARAMETERS) == Hours(8, 20, 14, 18)
    short = PLAN.changed([replace(the("0803"), minutes=45)])
    assert hours(short, PARAMETERS).parts == (8, 19, 14, 18)


def test_kinds_are_named_in_singular_and_plural() -> None:
    assert [(kind.label, kind.noun, kind.plural) for kind in SlotKind] == [
        ("Διά ζώσης", "διά ζώσης συνεδρία", "διά ζώσης συνεδρίες"),
        ("Σύγχρονη", "σύγχρονη συνεδρία", "σύγχρονες συνεδρίες"),
        ("Υποστηρικτική", "υποστηρικτική συνάντηση", "υποστηρικτικές συναντήσεις"),
    ]
