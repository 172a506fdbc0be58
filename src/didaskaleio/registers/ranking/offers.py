"""Κριτήριο ανάθεσης (the order of offers): lowest price, or best quality for the price; pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from didaskaleio.kernel.greek import number

CENT = Decimal("0.01")
FULL = 100


@dataclass(frozen=True, slots=True)
class Bid:
    """An admissible offer (προσφορά): price in euro, points of the technical part, its moment."""

    id: int
    price: Decimal
    points: Decimal
    at: datetime


@dataclass(frozen=True, slots=True)
class Placed:
    """An offer with its score out of 100 (βαθμολογία); exact, shown to two decimals."""

    bid: Bid
    score: Fraction

    @property
    def shown(self) -> Decimal:
        exact = Decimal(self.score.numerator) / Decimal(self.score.denominator)
        return exact.quantize(CENT, ROUND_HALF_UP)

    @property
    def words(self) -> str:
        """The score as people read it."""
        return number(self.shown, 2)


def placed(bids: Iterable[Bid], weight: int) -> list[Placed]:
    """The offers from the first to the last; ``weight`` is the share of the price in percent.

    The lowest price has 100 and the others in proportion; so does the best technical part. Who
    ties is ordered by price, then by the moment of submission.
    """
    known = list(bids)
    if not known:
        return []
    lowest = Fraction(min(bid.price for bid in known))
    best = Fraction(max(bid.points for bid in known))
    found = [Placed(bid, _score(bid, weight, lowest, best)) for bid in known]
    return sorted(found, key=lambda one: (-one.score, one.bid.price, one.bid.at, one.bid.id))


def _score(bid: Bid, weight: int, lowest: Fraction, best: Fraction) -> Fraction:
    cheap = FULL * lowest / Fraction(bid.price)
    good = FULL * Fraction(bid.points) / best if best else Fraction(0)
    return (weight * cheap + (FULL - weight) * good) / FULL
