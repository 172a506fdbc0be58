"""The chain of heads, numbers, and the order of categories."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime

from hypothesis import assume, given
from hypothesis import strategies as st

from didaskaleio.enrolment import rules

numbers = st.lists(st.integers(10_000_000, 99_999_999).map(str), unique=True, max_size=30)


def test_the_first_head_is_that_of_32_zero_bytes_and_the_number():
    assert rules.next_head(rules.FIRST_HEAD, "48291307") == (
        hashlib.sha256(bytes(32) + b"48291307").hexdigest()
    )


@given(numbers)
def test_each_head_continues_the_one_before(issued):
    chain = rules.heads(issued)
    before = [rules.FIRST_HEAD, *chain]
    assert chain == [rules.next_head(h, n) for h, n in zip(before, issued, strict=False)]


@given(numbers, st.integers(0, 29), st.integers(10_000_000, 99_999_999).map(str))
def test_a_number_slipped_in_changes_every_head_from_there_on(issued, place, stranger):
    assume(stranger not in issued)
    slipped = [*issued[:place], stranger, *issued[place:]]
    chain, other = rules.heads(issued), rules.heads(slipped)
    cut = min(place, len(issued))
    assert chain[:cut] == other[:cut]
    assert not set(chain[cut:]) & set(other)


def test_a_number_has_eight_digits_and_is_not_taken():
    taken = {rules.new_number(lambda _: False) for _ in range(200)}
    assert all(re.fullmatch(r"[1-9][0-9]{7}", number) for number in taken)
    drawn = []

    def is_taken(number):
        drawn.append(number)
        return len(drawn) < 3

    assert rules.new_number(is_taken) == drawn[2]


@given(st.lists(st.integers(1, 3), max_size=12))
def test_the_repair_keeps_the_persons_own_order_within_each_category(orders):
    items = list(range(len(orders)))
    repaired = rules.repaired(items, orders)
    assert sorted(repaired) == items
    assert rules.first_step_back([orders[i] for i in repaired]) is None
    for category in set(orders):
        mine = [i for i in repaired if orders[i] == category]
        assert mine == sorted(mine)


@given(st.lists(st.integers(1, 3), max_size=12))
def test_an_order_that_does_not_step_back_needs_no_repair(orders):
    items = list(range(len(orders)))
    assert (rules.first_step_back(orders) is None) == (rules.repaired(items, orders) == items)


def test_iib_before_iia_is_found_at_its_place():
    assert rules.first_step_back([1, 1, 2, 1, 2]) == 3
    assert rules.first_step_back([2]) is None


def test_the_round_of_drand_is_the_first_at_or_after_the_moment():
    genesis = datetime.fromtimestamp(rules.DRAND_GENESIS, UTC)
    assert rules.drand_round(genesis) == (1, genesis)
    late = datetime(2023, 1, 21, 15, 0, 1, tzinfo=UTC)
    number, at = rules.drand_round(late)
    assert (at - late).total_seconds() == 29
    assert number == (int(at.timestamp()) - rules.DRAND_GENESIS) // 30 + 1
