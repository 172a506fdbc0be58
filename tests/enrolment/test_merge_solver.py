"""The plan of merges as a pure core: whole groups only, nobody lost, the best there is.

Shows: R-043.
"""

from __future__ import annotations

from datetime import time
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from didaskaleio.enrolment.merges import (
    Case,
    Group,
    Option,
    Person,
    components,
    hours_match,
    near,
    solve,
)
from didaskaleio.enrolment.merges.neighbours import NEIGHBOURS
from didaskaleio.enrolment.merges.solving import MOVED

SECONDS = 4.0


@st.composite
def cases(draw, most_groups=4, most_people=6):
    """Small groups, some filling, and people who may go to some of the others."""
    kinds = draw(st.lists(st.booleans(), min_size=1, max_size=most_groups))
    minimum, capacity = 2, 4
    sources = [n for n, fills in enumerate(kinds) if fills]
    placed = draw(st.lists(st.sampled_from(sources), max_size=most_people)) if sources else []
    held = {n: min(placed.count(n), capacity) for n in sources}
    people = []
    for number, source in enumerate(placed):
        if sum(p.source == source for p in people) >= capacity:
            continue
        others = [n for n in range(len(kinds)) if n != source]
        chosen = draw(st.lists(st.sampled_from(others), unique=True)) if others else []
        options = tuple(Option(n, draw(st.integers(1, 50))) for n in sorted(chosen))
        people.append(Person(number, source, number, options))
    groups = [
        Group(n, held[n], capacity - held[n], minimum, fills=True)
        if fills
        else Group(n, (there := draw(st.integers(minimum, capacity))), capacity - there)
        for n, fills in enumerate(kinds)
    ]
    return Case(tuple(groups), tuple(people))


def today(case):
    return sum(group.held for group in case.groups if not group.fills)


def after(case, found):
    """How many sit in each group by the plan."""
    sizes = {g.id: g.held for g in case.groups if not g.fills or g.id in found.running}
    for group in found.moves.values():
        sizes[group] += 1
    return sizes


@settings(max_examples=60)
@given(cases())
def test_a_plan_keeps_every_rule(case):
    found = solve(case, SECONDS)
    groups = {group.id: group for group in case.groups}
    people = {person.id: person for person in case.people}
    sizes = after(case, found)
    for pk, size in sizes.items():
        assert size <= groups[pk].held + groups[pk].room
        if groups[pk].fills:
            assert size >= groups[pk].minimum
    for pk, target in found.moves.items():
        assert people[pk].source not in found.running
        assert target in people[pk].groups
    closed = {pk for pk, p in people.items() if p.source not in found.running}
    assert closed == set(found.moves) | found.left
    assert found.seated == sum(sizes.values()) >= today(case)
    assert found.seated <= found.bound <= sum(group.held for group in case.groups)


@settings(max_examples=40)
@given(cases())
def test_nobody_is_left_out_for_somebody_drawn_later_who_sits_where_they_could(case):
    found = solve(case, SECONDS)
    people = {person.id: person for person in case.people}
    for left in found.left:
        for moved in found.moves:
            if people[left].order < people[moved].order:
                assert not people[moved].groups <= people[left].groups


def brute_force(case):
    """The most people seated and the least cost of seating so many, by trying everything."""
    fills = [g for g in case.groups if g.fills]
    best = (0, 0)
    for chosen in product((False, True), repeat=len(fills)):
        running = {g.id for g, runs in zip(fills, chosen, strict=True) if runs}
        leaving = [p for p in case.people if p.source not in running]
        allowed = [
            [o for o in p.options if o.group in running or o.group not in {g.id for g in fills}]
            for p in leaving
        ]
        for picked in product(*[[None, *options] for options in allowed]):
            going = [o for o in picked if o is not None]
            if not _holds(case, running, leaving, picked):
                continue
            stay = sum(g.held for g in case.groups if not g.fills or g.id in running)
            cost = sum(MOVED + o.cost for o in going)
            best = max(best, (stay + len(going), -cost))
    return best


def _holds(case, running, leaving, picked):
    for group in case.groups:
        coming = sum(o is not None and o.group == group.id for o in picked)
        if coming > group.room:
            return False
        if group.id in running and group.held + coming < group.minimum:
            return False
    placed = dict(zip((p.id for p in leaving), picked, strict=True))
    by_id = {p.id: p for p in leaving}
    return not any(
        placed[one] is None
        and placed[two] is not None
        and by_id[one].options
        and by_id[one].order < by_id[two].order
        and by_id[two].groups <= by_id[one].groups
        for one in placed
        for two in placed
    )


@settings(max_examples=40)
@given(cases(most_groups=3, most_people=5))
def test_the_plan_is_as_good_as_trying_everything(case):
    found = solve(case, SECONDS)
    costs = {(p.id, o.group): o.cost for p in case.people for o in p.options}
    cost = sum(MOVED + costs[key] for key in found.moves.items())
    assert (found.seated, -cost) == brute_force(case)
    assert found.proven


def of(source, many, *options, first=0):
    return tuple(
        Person(100 * source + n, source, first + n, tuple(Option(*o) for o in options))
        for n in range(many)
    )


def test_two_small_groups_become_one_whole_group():
    case = Case(
        (Group(1, 6, 9, 10, fills=True), Group(2, 7, 8, 10, fills=True)),
        of(1, 6, (2, 1)) + of(2, 7, (1, 1)),
    )
    found = solve(case, SECONDS)
    assert (found.running, found.seated, found.bound) == ({2}, 13, 13)
    assert set(found.moves) == {100, 101, 102, 103, 104, 105}


def test_when_room_is_short_the_first_in_the_draw_go():
    case = Case((Group(1, 4, 11, 10, fills=True), Group(2, 13, 2)), of(1, 4, (2, 1)))
    found = solve(case, SECONDS)
    assert (found.moves, found.left) == ({100: 2, 101: 2}, {102, 103})
    assert (found.seated, found.bound) == (15, 15)


def test_a_wish_of_phase_a_comes_before_another_group():
    groups = (Group(1, 1, 14, 10, fills=True), Group(2, 12, 3), Group(3, 12, 3))
    found = solve(Case(groups, of(1, 1, (2, 40), (3, 2))), SECONDS)
    assert found.moves == {100: 3}


def test_without_anybody_nothing_is_asked_of_the_solver():
    assert solve(Case(), SECONDS).seated == 0
    alone = Case((Group(1, 0, 15, 10, fills=True), Group(2, 12, 3)))
    assert (solve(alone, SECONDS).seated, solve(alone, SECONDS).running) == (12, frozenset())


def test_parts_that_do_not_concern_each_other_are_solved_apart():
    groups = (Group(1, 1, 3, 2, fills=True), Group(2, 3, 1), Group(3, 0, 3, 2, fills=True))
    case = Case(groups, of(1, 1, (2, 1)))
    told = []
    solve(case, SECONDS, advance=told.append)
    assert [[g.id for g in part.groups] for part in components(case)] == [[1, 2], [3]]
    assert told == [2, 1]


@pytest.mark.parametrize(
    ("theirs", "match"),
    [
        ([(1, time(18, 0))], True),
        ([(1, time(18, 31))], False),
        ([(2, time(17, 30))], False),
        ([(1, time(17, 30)), (4, time(19, 0))], True),
        ([], False),
    ],
)
def test_hours_match_on_the_same_day_within_an_hour(theirs, match):
    assert hours_match([(1, time(17, 30)), (4, time(19, 45))], theirs) is match


def test_neighbours_are_mutual_and_islands_have_none():
    assert all(one in NEIGHBOURS[two] for one, many in NEIGHBOURS.items() for two in many)
    assert near("KOZ", "GRE")
    assert near("SAM", "SAM")
    assert not near("KOZ", "HER")
    assert not {"SAM", "LES", "CHI", "DOD", "KYK", "KER", "KEF", "ZAK"} & NEIGHBOURS.keys()
