"""Lines of an export: who has the lines of the last import is passed over, whatever they hold.

Shows: R-020.
"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.connectors.conftest import FIRST, HEADING, SECOND, line, sheet
from tests.factories import structures

from didaskaleio.connectors.enums import ChangeKind
from didaskaleio.people.models import Teacher

pytestmark = pytest.mark.django_db
LATER = date(2023, 1, 15)


def digest(afm):
    return Teacher.objects.get(person__identifiers__value=afm).digest


def kinds(row):
    return {k: getattr(row, k) for k in ChangeKind.values if getattr(row, k)}


def passed_over(row):
    """ΑΦΜ of whoever was not looked at: only for them no new digest is kept."""
    return set(row.changes.filter(kind="same", digest="").values_list("afm", flat=True))


def test_the_order_of_lines_and_of_columns_is_no_difference(apply, compare, school):
    other = structures.a_school()
    lines = [line(FIRST, school), line(FIRST, other, Ώρες="4"), line(SECOND, school)]
    apply(sheet(*lines))
    turned = [row[::-1] for row in reversed(lines)]
    again = compare(sheet(*turned, heading=HEADING[::-1]), as_of=LATER)
    assert (passed_over(again), kinds(again)) == ({FIRST, SECOND}, {"same": 2})


def test_another_spelling_is_read_once_and_passed_over_from_then_on(apply, compare, school):
    apply(sheet(line(FIRST, school)))
    spelt = sheet(line(FIRST, school, Ειδικότητα="pe 70.00"))
    row = apply(spelt, as_of=LATER)
    assert (passed_over(row), kinds(row)) == (set(), {"same": 1})
    assert digest(FIRST) == row.changes.get().digest
    assert passed_over(compare(spelt, as_of=LATER)) == {FIRST}


def test_a_line_that_stands_twice_more_is_looked_at(apply, compare, school):
    other = structures.a_school()
    apply(sheet(line(FIRST, school)))
    twice = [line(FIRST, other, Ώρες="4")] * 2
    assert passed_over(compare(sheet(line(FIRST, school), *twice), as_of=LATER)) == set()


def test_a_value_that_slips_into_the_next_column_is_looked_at(apply, compare, school):
    def named(surname, given_name):
        return sheet(line(FIRST, school, surname, Όνομα=given_name))

    apply(named("ΔΕΙΓΜΑΤΙΔΟΥ\x1fΕΛΕΝΗ", "ΜΑΡΙΑ"))
    assert kinds(compare(named("ΔΕΙΓΜΑΤΙΔΟΥ", "ΕΛΕΝΗ\x1fΜΑΡΙΑ"), as_of=LATER)) == {"changed": 1}


def test_signs_that_no_database_holds_are_read_away(apply, school):
    head, row = HEADING, line(FIRST, school, "ΔΕΙΓΜΑ\x1fΤΙΔΟΥ")
    far_below = [line(SECOND, school, Πατρώνυμο="Θ" * 100) for _ in range(400)]
    late = line(FIRST, structures.a_school(), "ΔΕΙΓΜΑ\0ΤΙΔΟΥ", Ώρες="3")
    found = apply(sheet(row, *far_below, late, heading=head))
    assert Teacher.objects.get(person__identifiers__value=FIRST).person.surname == "ΔΕΙΓΜΑΤΙΔΟΥ"
    assert found.lines == 402


def test_other_columns_let_nobody_pass(apply, compare, school):
    apply(sheet(line(FIRST, school)))
    fewer = [cell for cell, name in zip(line(FIRST, school), HEADING, strict=True) if name != "ΑΜ"]
    heading = tuple(name for name in HEADING if name != "ΑΜ")
    row = compare(sheet(fewer, heading=heading), as_of=LATER)
    assert (passed_over(row), kinds(row)) == (set(), {"same": 1})


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    hours=st.lists(st.integers(1, 23), min_size=2, max_size=2),
    then=st.lists(st.integers(1, 23), min_size=2, max_size=2),
)
def test_who_is_passed_over_has_what_the_file_says_and_who_differs_is_never(
    apply, undo, hours, then
):
    school = structures.a_school()

    def content(both):
        pairs = zip((FIRST, SECOND), both, strict=True)
        return sheet(*(line(afm, school, Ώρες=str(one)) for afm, one in pairs))

    first = apply(content(hours))
    row = apply(content(then), as_of=LATER)
    same = {a for a, old, new in zip((FIRST, SECOND), hours, then, strict=True) if old == new}
    assert passed_over(row) == same
    for afm, told in zip((FIRST, SECOND), then, strict=True):
        teacher = Teacher.objects.get(person__identifiers__value=afm)
        assert [s.hours for s in teacher.services.filter(valid_until=None)] == [told]
        assert teacher.checked_on == LATER
    undo(row)
    undo(first)
    assert not Teacher.objects.filter(person__identifiers__value__in=(FIRST, SECOND)).exists()
