"""The order of offers by price and quality.

Shows: R-048.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from didaskaleio.registers.ranking.offers import Bid, placed

START = datetime(2023, 1, 18, tzinfo=UTC)
amounts = st.decimals("0.01", "100000", places=2)
bids = st.lists(
    st.builds(
        Bid,
        st.integers(1, 10_000),
        amounts,
        st.decimals("0", "100", places=2),
        st.integers(0, 5).map(lambda hours: START + timedelta(hours=hours)),
    ),
    unique_by=lambda bid: bid.id,
    max_size=8,
)


@given(bids, st.integers(1, 100))
def test_the_order_is_total_and_scores_lie_between_0_and_100(found, weight):
    order = placed(found, weight)
    assert {one.bid.id for one in order} == {bid.id for bid in found}
    assert all(0 < one.score <= 100 for one in order)
    for one, two in pairwise(order):
        assert (-one.score, one.bid.price, one.bid.at, one.bid.id) < (
            -two.score,
            two.bid.price,
            two.bid.at,
            two.bid.id,
        )


@given(bids)
def test_with_the_price_alone_the_lowest_is_first(found):
    prices = [one.bid.price for one in placed(found, 100)]
    assert prices == sorted(prices)


@given(bids, st.integers(1, 100), st.randoms())
def test_the_order_does_not_depend_on_the_order_of_arrival(found, weight, chance):
    again = found[:]
    chance.shuffle(again)
    assert placed(found, weight) == placed(again, weight)


def test_nobody_offers_points_and_nobody_loses_by_it():
    order = placed([Bid(1, Decimal(10), Decimal(0), START)], 60)
    assert [str(one.shown) for one in order] == ["60.00"]
    assert order[0].words == "60,00"
