"""Ranking for work (κατάταξη για έργο; R-029): who goes first and who gets which place. Pure.

In each line: more points of the register, less load so far, service in the prefecture, and among
equals the smaller lot. The lot is a digest of the call's number and the application's code, so
that whoever has both can work it out again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Claim:
    """Claim (διεκδίκηση) of one applicant on one line; ``preference`` counts from 1."""

    applicant: int
    line: int
    preference: int
    points: Decimal = Decimal(0)
    load: int = 0
    local: bool = False
    lot: str = ""

    @property
    def key(self) -> tuple[Decimal, int, bool, str, int]:
        """What decides, in order; the smaller goes first."""
        return (-self.points, self.load, not self.local, self.lot, self.applicant)


def lot(call_number: str, code: str) -> str:
    """The lot (κλήρος) of an application in a call."""
    return sha256(f"{call_number}:{code}".encode()).hexdigest()


def ranked(claims: Iterable[Claim]) -> dict[int, list[Claim]]:
    """Line → its claims in order of rank (σειρά κατάταξης)."""
    lines: dict[int, list[Claim]] = defaultdict(list)
    for claim in claims:
        lines[claim.line].append(claim)
    return {line: sorted(found, key=lambda claim: claim.key) for line, found in lines.items()}


def settled(
    claims: Iterable[Claim], places: Mapping[int, int], fixed: Mapping[int, int | None]
) -> dict[int, int]:
    """Applicant → line, one each (επιλογή επιμορφωτών).

    Everybody gets the earliest preference at which nobody who goes before wants the place more:
    the stable allocation that is best for the applicants. ``fixed`` are settled by hand: their
    line, or None for no place; they go before everybody, also beyond the places.
    """
    by_hand = {who: line for who, line in fixed.items() if line is not None}
    taken = list(by_hand.values())
    left = {line: max(0, number - taken.count(line)) for line, number in places.items()}
    rest = [claim for claim in claims if claim.applicant not in fixed]
    held = _stable(rest, left)
    return {who: line for line, people in held.items() for who in people} | by_hand


def _stable(claims: list[Claim], left: Mapping[int, int]) -> dict[int, list[int]]:
    """Line → who keeps its places, when each goes on to the next wish as often as refused."""
    order = {
        (line, claim.applicant): rank
        for line, found in ranked(claims).items()
        for rank, claim in enumerate(found)
    }
    wishes: dict[int, list[int]] = defaultdict(list)
    for claim in sorted(claims, key=lambda claim: (claim.preference, claim.line), reverse=True):
        wishes[claim.applicant].append(claim.line)
    held: dict[int, list[int]] = defaultdict(list)
    waiting = sorted(wishes)
    while waiting:
        applicant = waiting.pop()
        if not wishes[applicant]:
            continue
        line = wishes[applicant].pop()
        held[line] = sorted([*held[line], applicant], key=lambda who: order[line, who])
        if len(held[line]) > left.get(line, 0):
            waiting.append(held[line].pop())
    return held


def shared(
    claims: Iterable[Claim], places: Mapping[int, int], wanted: Mapping[int, int]
) -> dict[tuple[int, int], int]:
    """(line, applicant) → programmes (επιλογή Κ.Σ.Ε.): one each in order of rank, round by round.

    Nobody gets a second programme of a line while a centre that wants one has none.
    """
    found: dict[tuple[int, int], int] = defaultdict(int)
    left = dict(wanted)
    for line, order in sorted(ranked(claims).items()):
        free = places.get(line, 0)
        while free and any(left.get(claim.applicant, 0) for claim in order):
            for claim in order:
                if free and left.get(claim.applicant, 0):
                    found[line, claim.applicant] += 1
                    left[claim.applicant] -= 1
                    free -= 1
    return dict(found)


def because(first: Claim, second: Claim) -> str:
    """Why ``first`` goes before ``second`` in a line, in words (αιτιολογία σειράς)."""
    if first.points != second.points:
        return "περισσότερα μόρια στο μητρώο"
    if first.load != second.load:
        return "μικρότερος φόρτος ως τώρα"
    if first.local != second.local:
        return "υπηρετεί στον νομό"
    return "ίδια σε όλα: μικρότερος κλήρος"
