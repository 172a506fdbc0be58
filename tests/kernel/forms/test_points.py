"""Points: caps hold, what does not apply gives nothing, anyone recomputes the same.

Shows: R-016.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from didaskaleio.kernel.forms import exchange
from didaskaleio.kernel.forms.answers import check
from didaskaleio.kernel.forms.conditions import applying, counted
from didaskaleio.kernel.forms.definition import (
    Band,
    Condition,
    Definition,
    Kind,
    Op,
    Option,
    Question,
    Rule,
    Section,
    Test,
    Tie,
    Way,
)
from didaskaleio.kernel.forms.points import (
    as_data,
    compared,
    full_years,
    measures,
    order,
    score,
    standing,
    tally,
)
from tests.kernel.forms.making import answered

D = Decimal


@given(answered())
def test_no_rule_section_or_form_gives_more_than_its_cap(case):
    definition, values = case
    found = score(definition, values)
    for part in found.sections:
        section = definition.section(part.section)
        assert section.cap is None or part.points <= section.cap
        for line in part.lines:
            rule = definition.question(line.question).rule
            assert 0 <= line.points <= line.raw
            assert rule.cap is None or line.points <= rule.cap
    assert definition.cap is None or found.points <= definition.cap
    assert found.points >= 0


@given(answered(), st.decimals(0, 20, places=2))
def test_nothing_counts_beyond_what_an_assessor_let_stand(case, most):
    definition, values = case
    ceilings = {one.key: most for one in definition.questions()}
    found, before = score(definition, values, ceilings), score(definition, values)
    for part, part_before in zip(found.sections, before.sections, strict=True):
        for line, line_before in zip(part.lines, part_before.lines, strict=True):
            assert line.points == min(line_before.points, most)
            assert line.raw == line_before.raw
    assert found.points <= before.points


@given(answered())
def test_what_counts_is_enough_for_the_points_and_the_order(case):
    definition, values = case
    found = tally(definition, measures(definition, values))
    assert found == score(definition, values)
    key = standing(definition, found, compared(definition, values))
    assert key == order(definition, values, found)


@given(answered())
def test_answers_that_do_not_apply_give_no_points(case):
    definition, values = case
    keys = applying(definition, values)
    found = score(definition, values)
    assert all(found.of(q.key) == 0 for q in definition.questions() if q.key not in keys)
    assert found == score(definition, counted(definition, values))


@given(answered())
def test_whoever_recomputes_from_the_published_rules_and_answers_finds_the_same(case):
    definition, values = case
    published = json.dumps(exchange.write(definition))
    again = exchange.read(json.loads(published))
    kept = json.loads(json.dumps(values))
    assert as_data(score(again, kept)) == as_data(score(definition, values))
    assert order(again, kept, score(again, kept)) == order(
        definition, values, score(definition, values)
    )


@given(answered())
def test_answers_of_the_right_shape_are_kept(case):
    definition, values = case
    assert check(definition, values, complete=False) == []


@given(answered())
def test_what_is_required_and_applies_is_missed_exactly(case):
    definition, values = case
    missed = {p.place for p in check(definition, values)}
    keys = applying(definition, values)
    owed = {q.key for q in definition.questions() if q.required and q.key in keys}
    assert missed == owed - set(values)


def one(kind, rule, **facts):
    asked = Question("q1", kind, "Ερώτηση", rule=rule, **facts)
    return Definition(
        "Φόρμα", "", date(2023, 1, 31), None, (Section("s1", "Α", questions=(asked,)),)
    )


OPTIONS = (Option("a", "Α"), Option("b", "Β"))
BOTH = (("a", D(8)), ("b", D(1)))
BANDS = (Band(D(30), D(5)), Band(D(96), D(12)))


@pytest.mark.parametrize(
    ("definition", "value", "points"),
    [
        (one(Kind.NUMBER, Rule(Way.PER_UNIT, D("0.5"))), "7", "3.5"),
        (one(Kind.NUMBER, Rule(Way.PER_UNIT, D("0.5"), D(3))), "7", "3"),
        (one(Kind.NUMBER, Rule(Way.BANDS, bands=BANDS)), "29", "0"),
        (one(Kind.NUMBER, Rule(Way.BANDS, bands=BANDS)), "30", "5"),
        (one(Kind.NUMBER, Rule(Way.BANDS, bands=BANDS)), "500", "12"),
        (one(Kind.NUMBER, Rule(Way.PER_UNIT, D(2))), "-4", "0"),
        (one(Kind.NUMBER, Rule(Way.PER_UNIT, D(2))), "τέσσερα", "0"),
        (one(Kind.DATE, Rule(Way.PER_YEAR, D("0.5"), D(10))), "2010-09-01", "6"),
        (one(Kind.DATE, Rule(Way.PER_YEAR, D("0.5"), D(10))), "1990-09-01", "10"),
        (one(Kind.TABLE, Rule(Way.PER_UNIT, D("1.5"))), [{"a": "1"}, {"a": "2"}], "3"),
        (one(Kind.FILE, Rule(Way.GIVEN, D(4))), {"file": "k"}, "4"),
        (one(Kind.CHOICE, Rule(Way.PER_OPTION, options=(("a", D(8)),))), "a", "8"),
        (one(Kind.CHOICE, Rule(Way.PER_OPTION, options=(("a", D(8)),))), "b", "0"),
        (one(Kind.CHOICES, Rule(Way.PER_OPTION, options=BOTH)), ["b", "a"], "9"),
        (one(Kind.CHOICES, Rule(Way.PER_OPTION, options=(("a", D(8)),))), ["a", "a"], "8"),
        (one(Kind.MATRIX, Rule(Way.PER_OPTION, options=(("a", D(2)),))), {"x": "a", "y": "a"}, "4"),
    ],
)  # fmt: skip
def test_each_way_of_giving_points_counts_as_it_says(definition, value, points):
    assert score(definition, {"q1": value}).points == D(points)


@pytest.mark.parametrize(
    ("start", "years"),
    [("2022-01-31", 1), ("2022-02-01", 0), ("2023-02-01", 0), ("2000-02-29", 22), ("χθες", 0)],
)
def test_only_full_years_up_to_the_reference_date_count(start, years):
    assert full_years(start, date(2023, 1, 31)) == years


def test_a_section_that_stops_applying_takes_what_depends_on_it_along():
    yes = Condition((Test("q1", Op.IS, "a"),))
    after = Condition((Test("q2", Op.AT_LEAST, "1"),))
    rule = Rule(Way.PER_UNIT, D(1))
    definition = Definition(
        "Φόρμα",
        sections=(
            Section("s1", "Α", questions=(Question("q1", Kind.CHOICE, "Α;", options=OPTIONS),)),
            Section("s2", "Β", "", yes, None, (Question("q2", Kind.NUMBER, "Β;", rule=rule),)),
            Section("s3", "Γ", "", after, None, (Question("q3", Kind.NUMBER, "Γ;", rule=rule),)),
        ),
    )
    values = {"q1": "a", "q2": "3", "q3": "4"}
    assert score(definition, values).points == 7
    assert applying(definition, values | {"q1": "b"}) == {"q1"}
    assert score(definition, values | {"q1": "b"}).points == 0


def test_who_ties_is_ordered_by_the_criteria_in_turn():
    rule = Rule(Way.PER_UNIT, D(1), D(5))
    asked = (
        Question("hours", Kind.NUMBER, "Ώρες", rule=rule),
        Question("hired", Kind.DATE, "Διορισμός"),
    )
    ties = (Tie("hours", answer=True), Tie("hired", answer=True, lower=True))
    definition = Definition("Φόρμα", sections=(Section("s1", "Α", questions=asked),), ties=ties)
    people = {
        "few": {"hours": "4", "hired": "1999-01-01"},
        "late": {"hours": "9", "hired": "2015-01-01"},
        "early": {"hours": "9", "hired": "2005-01-01"},
        "many": {"hours": "12", "hired": "2020-01-01"},
    }
    ranked = sorted(
        people, key=lambda n: order(definition, people[n], score(definition, people[n]))
    )
    assert ranked == ["many", "early", "late", "few"]
    worse = replace(definition, ties=())
    assert order(worse, people["late"], score(worse, people["late"])) == (D(-5),)
