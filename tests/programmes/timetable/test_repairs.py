"""Repairs: the nearest change for a finding, the best change for many, and no new finding."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from didaskaleio.programmes.timetable import Busy, Plan, Room, Rule, check, find, repairs
from tests.programmes.timetable.samples import (
    CONTEXT,
    PARAMETERS,
    PLAN,
    F,
    S,
    U,
    as_kind,
    day,
    moved,
    slot,
    the,
)

LOOK = moved("2106", "1605", time(11), moved("0405", "0105"))


def test_four_broken_rules_are_found_and_one_move_settles_three() -> None:
    found = check(LOOK, CONTEXT, PARAMETERS)
    assert [finding.code for finding in found] == [
        "SLOTS_PER_WEEK",
        "SLOTS_PER_WEEK",
        "SCHOOL_HOURS",
        "PUBLIC_HOLIDAY",
    ]
    best = repairs(LOOK, CONTEXT, PARAMETERS)
    assert len(best) == 4
    assert best[0].sentence == (
        "Η σύγχρονη συνεδρία της Τρίτης 16 Μαΐου 2023, 11:00–12:30, να γίνει "
        "Τετάρτη 21 Ιουνίου 2023, 17:30–19:00."
    )
    assert best[0].fixes == {finding.key for finding in found[:3]}
    left = find(best[0].apply(LOOK), CONTEXT, PARAMETERS)
    assert [finding.code for finding in left] == ["PUBLIC_HOLIDAY"]


def test_a_session_on_a_holiday_moves_to_the_nearest_usual_day() -> None:
    [found] = check(moved("0405", "0105"), CONTEXT, PARAMETERS)
    assert found.repair
    assert found.repair.sentence == (
        "Η διά ζώσης συνεδρία της Δευτέρας 1 Μαΐου 2023, 17:30–19:00, να γίνει "
        "Τετάρτη 3 Μαΐου 2023, 17:30–19:00."
    )


def test_face_to_face_sessions_are_spread_by_a_swap() -> None:
    plan = as_kind("0504", F, as_kind("0405", S))
    [found] = check(plan, CONTEXT, PARAMETERS)
    assert found.repair
    assert {(slot.id, slot.kind, slot.room_id) for slot in found.repair.changes} == {
        ("0504", S, None),
        ("2604", F, "r1"),
    }
    assert find(found.repair.apply(plan), CONTEXT, PARAMETERS) == []


def test_a_kind_with_too_many_gives_to_a_kind_with_too_few() -> None:
    plan = as_kind("1503", U)
    found = check(plan, CONTEXT, PARAMETERS)
    assert [finding.code for finding in found] == ["COMP_SYNC", "COMP_SUPPORT"]
    assert found[0].repair == found[1].repair
    assert found[0].repair
    assert found[0].repair.changes == (replace(the("1503"), id="1503"),)


def test_a_busy_room_is_changed_before_the_day() -> None:
    busy = Busy("P00021", "Πληροφορική", "2η συνεδρία", day("2703"), time(18), time(19), "r1")
    rooms = {**CONTEXT.rooms, "r2": Room("r2", "Εργαστήριο", 15)}
    context = replace(CONTEXT, room_busy=(busy,), rooms=rooms)
    [found] = check(PLAN, context, PARAMETERS)
    assert found.repair
    assert found.repair.sentence == (
        "Η διά ζώσης συνεδρία της Δευτέρας 27 Μαρτίου 2023, 17:30–19:00, "
        "να γίνει στην αίθουσα Εργαστήριο."
    )


def test_a_room_that_is_too_small_is_changed_for_all_its_sessions() -> None:
    rooms = {"r1": Room("r1", "Β3", 12), "r2": Room("r2", "Εργαστήριο", 15)}
    context = replace(CONTEXT, rooms=rooms)
    [found] = check(PLAN, context, PARAMETERS)
    assert found.repair
    assert {slot.room_id for slot in found.repair.changes} == {"r2"}
    assert find(found.repair.apply(PLAN), context, PARAMETERS) == []


def test_what_only_people_can_decide_has_no_repair() -> None:
    [found] = check(replace(PLAN, trainer=None), CONTEXT, PARAMETERS)
    assert found.repair is None


def test_a_plan_without_slots_is_judged_without_repairs() -> None:
    found = check(replace(PLAN, slots=()), CONTEXT, PARAMETERS)
    assert [finding.code for finding in found] == ["COMP_F2F", "COMP_SYNC", "COMP_SUPPORT"]
    assert [finding.repair for finding in found] == [None, None, None]


@pytest.mark.parametrize("rule", [Rule.TEACHING_WEEKS])
def test_a_sixteenth_week_is_emptied_into_an_earlier_one(rule: Rule) -> None:
    context = replace(CONTEXT, last_day=date(2023, 7, 9))
    plan = moved("0803", "0507")
    [found] = check(plan, context, PARAMETERS)
    assert found.rule is rule
    assert found.repair
    assert find(found.repair.apply(plan), context, PARAMETERS) == []


@st.composite
def spoilt(draw: st.DrawFn) -> Plan:
    """The sample plan with up to four meetings elsewhere or of another kind."""
    plan = PLAN
    for slot_id in draw(st.lists(st.sampled_from([s.id for s in PLAN.slots]), max_size=4)):
        kind = draw(st.sampled_from([F, S, U]))
        when = draw(st.dates(date(2023, 2, 27), date(2023, 7, 9)))
        start = time(draw(st.integers(7, 22)), draw(st.sampled_from([0, 30])))
        new = replace(slot("0603", kind, start, slot_id), date=when)
        plan = plan.changed([new])
    return plan


@settings(max_examples=40, deadline=None)
@given(spoilt())
def test_a_repair_settles_its_finding_and_adds_none(plan: Plan) -> None:
    for finding in check(plan, CONTEXT, PARAMETERS):
        if finding.repair is None:
            continue
        before = {found.key: found.weight for found in find(plan, CONTEXT, PARAMETERS)}
        after = {
            found.key: found.weight
            for found in find(finding.repair.apply(plan), CONTEXT, PARAMETERS)
        }
        assert set(after) <= set(before)
        assert after.get(finding.key, 0) < finding.weight


@settings(max_examples=20, deadline=None)
@given(spoilt())
def test_the_same_plan_is_always_judged_the_same(plan: Plan) -> None:
    backwards = replace(plan, slots=plan.slots[::-1])
    assert find(plan, CONTEXT, PARAMETERS) == find(plan, CONTEXT, PARAMETERS)
    assert [f.key for f in find(plan, CONTEXT, PARAMETERS)] == [
        f.key for f in find(backwards, CONTEXT, PARAMETERS)
    ]


def test_a_meeting_that_is_too_short_gets_its_hours() -> None:
    plan = PLAN.changed([replace(the("0803"), minutes=60)])
    [found] = check(plan, CONTEXT, PARAMETERS)
    assert found.title == "Σύνολο ωρών"
    assert found.repair
    assert found.repair.sentence == (
        "Η σύγχρονη συνεδρία της Τετάρτης 8 Μαρτίου 2023, 17:30–18:30, να γίνει 17:30–19:00."
    )
    assert found.repair.apply(plan) == PLAN


def test_a_week_of_three_keeps_its_finding_where_the_trainer_has_no_other_day() -> None:
    plan = moved("0803", "1605")
    taken = {slot.date for slot in plan.slots}
    busy = tuple(
        Busy("P00021", "Πληροφορική", "συνεδρία", free, time(8), time(22))
        for free in (CONTEXT.first_day + timedelta(days=step) for step in range(119))
        if free not in taken
    )
    [found] = check(plan, replace(CONTEXT, trainer_busy=busy), PARAMETERS)
    assert found.code == "SLOTS_PER_WEEK"
    assert found.repair is None
