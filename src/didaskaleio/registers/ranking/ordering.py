"""Κατάταξη (ordering): from what counts in each candidacy to one order of all, without chance.

Points under every cap, then the ties of the form in their order, then the lot of the code. Two
candidacies are never equal, and the order in which they are given has no influence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from didaskaleio.kernel.forms import points
from didaskaleio.kernel.forms.definition import Definition, Values
from didaskaleio.kernel.forms.points import Ceilings, Measures, Score
from didaskaleio.registers.ranking import cells
from didaskaleio.registers.ranking.errors import MalformedError
from didaskaleio.registers.ranking.rules import Rules

Key = tuple[tuple[Decimal, ...], bytes, str]


class Outcome(StrEnum):
    """Έκβαση (outcome) of a candidacy, in the order in which a table lists them."""

    SELECTED = "selected"  # επιλέγεται
    RUNNER_UP = "runner_up"  # επιλαχούσα
    BELOW = "below"  # κάτω από όριο μορίων
    EXCLUDED = "excluded"  # αποκλείεται


@dataclass(frozen=True, slots=True)
class Entry:
    """Μια υποψηφιότητα προς κατάταξη: everything that the rules need, and nothing else.

    ``measures`` is what the rules of points count, ``ceilings`` the most points that the
    assessors let stand, ``compared`` the answers of the ties; each by key of question.
    ``excluded`` is the key of a reason, or "".
    """

    code: str
    measures: Measures = field(default_factory=dict)
    ceilings: Ceilings = field(default_factory=dict)
    compared: Mapping[str, Decimal] = field(default_factory=dict)
    excluded: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """One candidacy by itself: its points, its place among others, and what keeps it out."""

    score: Score
    key: Key
    kept_out: Outcome | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Γραμμή του πίνακα: ``position`` counts from 1, None for those not in order."""

    entry: Entry
    score: Score
    position: int | None
    outcome: Outcome


def entry(
    form: Definition,
    code: str,
    values: Values,
    *,
    ceilings: Ceilings = points.NO_CEILINGS,
    excluded: str = "",
) -> Entry:
    """The candidacy with these answers to the form; raises :class:`MalformedError`."""
    return Entry(
        code=cells.code(code),
        measures=points.measures(form, values),
        ceilings=dict(ceilings),
        compared=points.compared(form, values),
        excluded=excluded,
    )


def judge(rules: Rules, one: Entry) -> Judged:
    """The points of one candidacy and the key that sets it among the others."""
    found = points.tally(rules.form, one.measures, one.ceilings)
    key = points.standing(rules.form, found, one.compared), rules.lot.of(one.code), one.code
    if one.excluded:
        return Judged(found, key, Outcome.EXCLUDED)
    below = any(_points(found, each.of) < each.least for each in rules.thresholds)
    return Judged(found, key, Outcome.BELOW if below else None)


def _points(found: Score, of: str) -> Decimal:
    return found.of(of) if of else found.points


def outcome(rules: Rules, kept_out: Outcome | None, position: int) -> Outcome:
    """What keeps it out of the order, or what follows from its position there."""
    if kept_out:
        return kept_out
    fits = rules.places is None or position <= rules.places
    return Outcome.SELECTED if fits else Outcome.RUNNER_UP


def rank(rules: Rules, entries: Iterable[Entry]) -> list[Standing]:
    """Κατάταξη: those in order first, then who is below a threshold, then who is excluded.

    Raises :class:`MalformedError` for a code that is none or is repeated, an unknown reason of
    exclusion, or a ceiling that is no points.
    """
    judged = [(judge(rules, _sound(one)), one) for one in entries]
    _refuse_repeats([one.code for _, one in judged])
    _refuse_unknown_reasons(rules, (one.excluded for _, one in judged))
    judged.sort(key=lambda pair: (_group(pair[0]), pair[0].key))
    return [_standing(rules, found, one, n) for n, (found, one) in enumerate(judged, 1)]


def _sound(one: Entry) -> Entry:
    cells.code(one.code)
    wrong = [key for key, most in one.ceilings.items() if not most.is_finite() or most < 0]
    if wrong:
        raise MalformedError(f"υποψηφιότητα {one.code}, {wrong[0]}: δεν είναι μόρια")
    return one


def _group(found: Judged) -> int:
    return (None, Outcome.BELOW, Outcome.EXCLUDED).index(found.kept_out)


def _standing(rules: Rules, found: Judged, one: Entry, line: int) -> Standing:
    decided = outcome(rules, found.kept_out, line)
    return Standing(one, found.score, None if found.kept_out else line, decided)


def _refuse_repeats(codes: list[str]) -> None:
    if len(set(codes)) == len(codes):
        return
    ordered = sorted(codes)
    twice = next(a for a, b in pairwise(ordered) if a == b)
    raise MalformedError(f"η υποψηφιότητα {twice} υπάρχει δύο φορές")


def _refuse_unknown_reasons(rules: Rules, reasons: Iterable[str]) -> None:
    known = {"", *(one.key for one in rules.exclusions)}
    wrong = set(reasons) - known
    if wrong:
        raise MalformedError(f"άγνωστος λόγος αποκλεισμού: {cells.shown(min(wrong))}")
