"""Ποσά (amounts): how work becomes money, by rules that stand in one place. Pure.

Every amount is a Decimal of two places. A product is rounded once, at its line, halves away from
zero; sums are never rounded. What must be divided is divided by the largest remainder, so that
the parts always add up to the whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
ZERO, CENT, HUNDRED = Decimal("0.00"), Decimal("0.01"), Decimal(100)


def rounded(amount: Decimal) -> Decimal:
    """Στρογγυλοποίηση: to the cent, halves away from zero."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def line_amount(quantity: Decimal, rate: Decimal) -> Decimal:
    """Ποσό γραμμής: what a quantity is worth at a rate."""
    return rounded(quantity * rate)


def shares(whole: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """Επιμερισμός: ``whole`` divided as the weights stand to each other, to the cent.

    Each part is cut down to the cent; the cents left go to the largest remainders, the earlier
    first where they are equal. Without weights that add up to something, all goes to the first.
    """
    total = sum(weights, ZERO)
    if not weights:
        return []
    if total == 0:
        return [whole, *[ZERO] * (len(weights) - 1)]
    exact = [whole * weight / total for weight in weights]
    parts = [each.quantize(CENT, ROUND_FLOOR) for each in exact]
    left = int((whole - sum(parts, ZERO)) / CENT)
    order = sorted(range(len(parts)), key=lambda n: (parts[n] - exact[n], n))
    for place in range(left):
        parts[order[place % len(order)]] += CENT
    return parts


@dataclass(frozen=True)
class Withheld(Generic[K]):
    """One deduction taken (κράτηση): of which term, how much."""

    term: K
    amount: Decimal


@dataclass(frozen=True)
class Payable(Generic[K]):
    """What a payee receives (πληρωτέο): gross, deductions, and the net that is sent."""

    gross: Decimal
    withheld: tuple[Withheld[K], ...]

    @property
    def net(self) -> Decimal:
        return self.gross - sum((each.amount for each in self.withheld), ZERO)


def payable(gross: Decimal, percents: Iterable[tuple[K, Decimal]]) -> Payable[K]:
    """Πληρωτέο: each deduction is a percentage of the gross, rounded by itself; never below zero.

    Deductions that together pass the gross are cut, the later first.
    """
    left, taken = gross, []
    for term, percent in percents:
        amount = min(rounded(gross * percent / HUNDRED), left)
        taken.append(Withheld(term, amount))
        left -= amount
    return Payable(gross, tuple(taken))


@dataclass(frozen=True)
class Work(Generic[K]):
    """Work of one source (εργασία): its quantity, and the caps that it counts against.

    ``groups`` name what the quantity uses up: the hours of a period, of an operation.
    """

    key: K
    quantity: Decimal
    groups: tuple[Hashable, ...] = ()


@dataclass
class Caps:
    """Όρια: how much of each group may count in all; a group without a limit has none."""

    limits: Mapping[Hashable, Decimal] = field(default_factory=dict)
    used: Mapping[Hashable, Decimal] = field(default_factory=dict)


def counted(works: Sequence[Work[K]], present: Mapping[K, Decimal], caps: Caps) -> dict[K, Decimal]:
    """Μετρούμενη ποσότητα: how much of each work counts, so that no cap is passed.

    ``present`` is what of each counts already, ``caps.used`` what of each group is used by work
    outside of ``works``. Asked again with its own answer, it answers the same: what one work
    frees in one group another may take, so it is asked until nothing moves.
    """
    found = _pass(works, present, caps)
    while (again := _pass(works, found, caps)) != found:
        found = again
    return found


def _pass(works: Sequence[Work[K]], present: Mapping[K, Decimal], caps: Caps) -> dict[K, Decimal]:
    taken: defaultdict[Hashable, Decimal] = defaultdict(Decimal, caps.used)
    for work in works:
        for group in work.groups:
            taken[group] += min(present.get(work.key, ZERO), work.quantity)
    found: dict[K, Decimal] = {}
    for work in works:
        own = min(present.get(work.key, ZERO), work.quantity)
        left = [caps.limits[g] - taken[g] + own for g in work.groups if g in caps.limits]
        found[work.key] = max(ZERO, min([work.quantity, *left]))
        for group in work.groups:
            taken[group] += found[work.key] - own
    return found


@dataclass(frozen=True)
class Standing:
    """What is already written of a source (τι έχει γραφτεί): quantity and amount, in all."""

    quantity: Decimal = ZERO
    amount: Decimal = ZERO


def difference(target: Standing, written: Standing) -> Standing | None:
    """Διαφορά: what must be added to what is written; None when nothing."""
    gap = Standing(target.quantity - written.quantity, target.amount - written.amount)
    return None if gap == Standing() else gap
