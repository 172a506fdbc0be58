"""How work becomes money, as a pure rule.

Shows: R-075.
"""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from didaskaleio.finance import amounts

CENTS = st.decimals(min_value=0, max_value=100_000, places=2)
SIGNED = st.decimals(min_value=-10_000, max_value=100_000, places=2)
HOURS = st.decimals(min_value=0, max_value=60, places=2)
PERCENT = st.decimals(min_value=0, max_value=100, places=2)


def test_halves_of_a_cent_go_away_from_zero():
    assert amounts.line_amount(Decimal("0.5"), Decimal("0.01")) == Decimal("0.01")
    assert amounts.line_amount(Decimal("-0.5"), Decimal("0.01")) == Decimal("-0.01")
    assert amounts.line_amount(Decimal("2.25"), Decimal("19.99")) == Decimal("44.98")


def test_the_cents_left_go_to_the_largest_remainders():
    one = [Decimal(1)] * 3
    assert amounts.shares(Decimal("100.00"), one) == [
        Decimal("33.34"),
        Decimal("33.33"),
        Decimal("33.33"),
    ]
    weights = [Decimal(10), Decimal(25), Decimal(25)]
    assert amounts.shares(Decimal("0.04"), weights) == [
        Decimal("0.00"),
        Decimal("0.02"),
        Decimal("0.02"),
    ]


@given(CENTS, st.lists(SIGNED, min_size=1, max_size=12))
def test_the_parts_add_up_to_the_whole(whole, weights):
    parts = amounts.shares(whole, weights)
    assert sum(parts) == whole
    assert len(parts) == len(weights)


@given(CENTS, st.lists(CENTS, min_size=1, max_size=12))
def test_a_part_is_within_a_cent_of_its_exact_share(whole, weights):
    total = sum(weights)
    for part, weight in zip(amounts.shares(whole, weights), weights, strict=True):
        if total:
            assert abs(part - whole * weight / total) < amounts.CENT


@given(CENTS, st.lists(PERCENT, max_size=6))
def test_net_and_deductions_add_up_to_the_gross_and_the_net_is_never_below_zero(gross, percents):
    found = amounts.payable(gross, list(enumerate(percents)))
    assert found.net + sum((each.amount for each in found.withheld), amounts.ZERO) == gross
    assert found.net >= 0
    assert all(each.amount >= 0 for each in found.withheld)


WORKS = st.lists(
    st.tuples(HOURS, st.sampled_from([("operation",), ("operation", "p1"), ("operation", "p2")])),
    max_size=8,
)
LIMITS = st.dictionaries(st.sampled_from(["operation", "p1", "p2"]), HOURS)


@given(WORKS, LIMITS, st.dictionaries(st.integers(0, 7), HOURS), HOURS)
def test_no_cap_is_passed_and_no_more_counts_than_was_done(given_works, limits, present, used):
    works = [amounts.Work(n, q, groups) for n, (q, groups) in enumerate(given_works)]
    caps = amounts.Caps(limits, {"operation": used})
    found = amounts.counted(works, present, caps)
    for work in works:
        assert 0 <= found[work.key] <= work.quantity
    for group, limit in limits.items():
        counted = sum(found[w.key] for w in works if group in w.groups)
        outside = used if group == "operation" else Decimal(0)
        assert counted == 0 or counted + outside <= limit


@given(WORKS, LIMITS, st.dictionaries(st.integers(0, 7), HOURS))
def test_asked_with_its_own_answer_it_answers_the_same(given_works, limits, present):
    works = [amounts.Work(n, q, groups) for n, (q, groups) in enumerate(given_works)]
    caps = amounts.Caps(limits)
    found = amounts.counted(works, present, caps)
    assert amounts.counted(works, found, caps) == found


def test_what_was_done_first_counts_first():
    works = [amounts.Work(n, Decimal(8), ("operation",)) for n in range(3)]
    caps = amounts.Caps({"operation": Decimal(20)})
    assert amounts.counted(works, {}, caps) == {0: Decimal(8), 1: Decimal(8), 2: Decimal(4)}


def test_hours_that_a_correction_frees_go_to_work_that_was_cut():
    works = [
        amounts.Work(0, Decimal(5), ("operation",)),
        amounts.Work(1, Decimal(8), ("operation",)),
    ]
    present = {0: Decimal(8), 1: Decimal(2)}
    caps = amounts.Caps({"operation": Decimal(10)})
    assert amounts.counted(works, present, caps) == {0: Decimal(5), 1: Decimal(5)}


@given(SIGNED, SIGNED, HOURS, HOURS)
def test_a_difference_added_to_what_is_written_gives_the_target(new, old, more, less):
    target, written = amounts.Standing(more, new), amounts.Standing(less, old)
    gap = amounts.difference(target, written) or amounts.Standing()
    assert amounts.Standing(written.quantity + gap.quantity, written.amount + gap.amount) == target
