"""Who goes first and who gets which place: the pure rules of work in programmes.

Shows: R-029.
"""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from didaskaleio.programmes import ranking
from didaskaleio.programmes.ranking import Claim


def claim(who, line=1, preference=1, points=0, load=0, *, local=False, lot="a"):
    return Claim(who, line, preference, Decimal(points), load, local, lot)


def test_points_go_before_load_load_before_the_place_and_the_lot_decides_between_equals():
    order = ranking.ranked(
        [
            claim(1, points=5, load=90),
            claim(2, points=4, load=0, local=True),
            claim(3, points=5, load=30),
            claim(4, points=5, load=30, local=True, lot="b"),
            claim(5, points=5, load=30, local=True, lot="a"),
        ]
    )
    assert [one.applicant for one in order[1]] == [5, 4, 3, 1, 2]


def test_each_reason_names_the_first_thing_that_differs():
    base = claim(1, points=5, load=30, local=True, lot="a")
    others = [claim(2, points=4), claim(2, points=5, load=60), claim(2, points=5, load=30, lot="b")]
    found = [ranking.because(base, other) for other in others]
    assert found == [
        "περισσότερα μόρια στο μητρώο",
        "μικρότερος φόρτος ως τώρα",
        "υπηρετεί στον νομό",
    ]
    twin = claim(2, points=5, load=30, local=True, lot="b")
    assert ranking.because(base, twin) == "ίδια σε όλα: μικρότερος κλήρος"


def test_the_lot_can_be_worked_out_again_from_the_two_numbers():
    assert ranking.lot("2022/000001", "12345678") == ranking.lot("2022/000001", "12345678")
    assert ranking.lot("2022/000001", "12345678") != ranking.lot("2022/000002", "12345678")


def test_whoever_is_refused_first_gets_the_next_wish_before_others_who_rank_lower():
    claims = [
        claim(1, line=1, points=9),
        claim(2, line=1, points=5),
        claim(2, line=2, preference=2, points=5),
        claim(3, line=2, points=4),
    ]
    assert ranking.settled(claims, {1: 1, 2: 1}, {}) == {1: 1, 2: 2}


def test_a_decision_by_hand_takes_its_place_before_everybody():
    claims = [claim(1, points=9), claim(2, points=5), claim(3, points=1)]
    assert ranking.settled(claims, {1: 1}, {3: 1}) == {3: 1}
    assert ranking.settled(claims, {1: 1}, {1: None}) == {2: 1}


def test_centres_get_one_each_before_anybody_gets_a_second():
    claims = [claim(1, load=0), claim(2, load=1), claim(3, load=2)]
    wanted = {1: 3, 2: 1, 3: 2}
    assert ranking.shared(claims, {1: 4}, wanted) == {(1, 1): 2, (1, 2): 1, (1, 3): 1}
    assert ranking.shared(claims, {1: 9}, wanted) == {(1, 1): 3, (1, 2): 1, (1, 3): 2}


@st.composite
def cases(draw):
    lines, people = draw(st.integers(1, 4)), draw(st.integers(1, 8))
    places = {line: draw(st.integers(1, 3)) for line in range(1, lines + 1)}
    claims = []
    for who in range(1, people + 1):
        wishes = draw(st.lists(st.integers(1, lines), unique=True, max_size=lines))
        points, load = draw(st.integers(0, 2)), draw(st.integers(0, 2))
        claims += [
            claim(who, line, n, points, load, local=draw(st.booleans()), lot=str(who))
            for n, line in enumerate(wishes, 1)
        ]
    return claims, places


@given(cases())
def test_nobody_envies_a_place_that_somebody_behind_holds(case):
    claims, places = case
    found = ranking.settled(claims, places, {})
    by = {(one.applicant, one.line): one for one in claims}
    for line, most in places.items():
        assert list(found.values()).count(line) <= most
    for one in claims:
        got = found.get(one.applicant)
        if got is not None and by[one.applicant, got].preference <= one.preference:
            continue
        holders = [by[who, line] for who, line in found.items() if line == one.line]
        assert len(holders) == places[one.line]
        assert all(holder.key < one.key for holder in holders)


@given(cases(), st.randoms(use_true_random=False))
def test_the_order_in_which_applications_are_read_changes_nothing(case, random):
    claims, places = case
    mixed = list(claims)
    random.shuffle(mixed)
    assert ranking.settled(mixed, places, {}) == ranking.settled(claims, places, {})
    wanted = {one.applicant: 2 for one in claims}
    assert ranking.shared(mixed, places, wanted) == ranking.shared(claims, places, wanted)


@given(cases())
def test_centres_take_all_that_is_wanted_and_never_more_than_there_is(case):
    claims, places = case
    wanted = {one.applicant: 2 for one in claims}
    found = ranking.shared(claims, places, wanted)
    for line, most in places.items():
        given_here = sum(n for (place, _), n in found.items() if place == line)
        assert given_here <= most
        hungry = any(
            sum(n for (_, who), n in found.items() if who == one.applicant) < 2
            for one in claims
            if one.line == line
        )
        assert given_here == most or not hungry
