"""Completion rules: the numbers decide, and the sentence says them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from didaskaleio.completion.rules import Facts, Limits, absence_limit, check, fulfilled

LIMITS = Limits(Decimal("0.10"), 1, face_to_face_applies=True, version=2)


def facts(absent="0", attended=4, signed=20):
    return Facts(60, Decimal(absent), attended, 4, 20, signed)


def by_code(findings):
    return {finding.code: finding for finding in findings}


@pytest.mark.parametrize(
    ("absent", "ok"), [("0", True), ("6", True), ("6.1", False), ("8.5", False)]
)
def test_absences_up_to_a_tenth_of_sixty_hours_are_allowed(absent, ok):
    found = by_code(check(facts(absent), LIMITS))
    assert found["ABSENCES"].fulfilled is ok


def test_the_sentence_of_absences_says_hours_limit_and_share():
    found = by_code(check(facts("4.5"), LIMITS))["ABSENCES"]
    assert found.sentence == "Απουσίες 4,5 ώρες· επιτρέπονται έως 6,0 (10% των 60 ωρών)."


def test_the_sentence_says_whether_excused_hours_are_among_those_counted():
    excused = Facts(60, Decimal(6), 4, 4, 20, 20, excused_hours=Decimal(4))
    counted = by_code(check(excused, LIMITS))["ABSENCES"]
    assert counted.sentence == (
        "Απουσίες 6,0 ώρες· επιτρέπονται έως 6,0 (10% των 60 ωρών). "
        "Μετρούν και οι δικαιολογημένες: 4,0 ώρες."
    )
    generous = Limits(Decimal("0.10"), 1, True, 2, excused_counts=False)
    apart = by_code(check(excused, generous))["ABSENCES"]
    assert apart.sentence.endswith("Δεν μετρούν οι δικαιολογημένες: 4,0 ώρες.")


def test_one_face_to_face_session_is_needed_where_the_category_has_them():
    found = by_code(check(facts(attended=0), LIMITS))["FACE_TO_FACE"]
    assert not found.fulfilled
    assert found.sentence == (
        "Παρουσία σε 0 από 4 διά ζώσης συνεδρίες· χρειάζεται σε 1 τουλάχιστον."
    )
    from_afar = Limits(Decimal("0.10"), 1, face_to_face_applies=False, version=2)
    assert "FACE_TO_FACE" not in by_code(check(facts(attended=0), from_afar))


def test_nobody_completes_before_every_sheet_is_signed():
    findings = check(facts(signed=19), LIMITS)
    assert not fulfilled(findings)
    assert by_code(findings)["SHEETS_SIGNED"].sentence == "Υπογράφηκαν 19 από 20 παρουσιολόγια."


@given(st.decimals(0, 60, places=1), st.decimals("0.01", "0.5", places=2), st.integers(1, 100))
def test_more_absence_never_helps(absent, share, hours):
    limits = Limits(share, 1, face_to_face_applies=False, version=1)
    less = Facts(hours, absent, 0, 0, 1, 1)
    more = Facts(hours, absent + 1, 0, 0, 1, 1)
    assert fulfilled(check(less, limits)) or not fulfilled(check(more, limits))
    assert absence_limit(less, limits) <= hours * share
