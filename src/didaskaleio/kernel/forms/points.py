"""Μόρια (points): what the answers are worth, rule by rule, and who goes first in a tie.

Pure: the same definition and answers give the same points on any machine. Only answers that
count give points (see ``conditions``); no rule, section or form gives more than its cap.

It works in two steps, so that a ranking can publish what lies between them: ``measures`` finds
what each rule counts in the answers, ``tally`` makes points of that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from didaskaleio.kernel.forms.conditions import amount, applying, given
from didaskaleio.kernel.forms.definition import Definition, Rule, Section, Values, Way

ZERO = Decimal(0)
Measure = Decimal | tuple[str, ...]  # units or full years, or the keys of options with points
Measures = Mapping[str, Measure]  # by question; without an answer that counts there is none
Ceilings = Mapping[str, Decimal]  # by question: the most points that an assessor let stand
NO_CEILINGS: Ceilings = {}


@dataclass(frozen=True, slots=True)
class Line:
    """One rule applied: what the answer was worth and what of it counts under the rule's cap."""

    question: str
    raw: Decimal
    points: Decimal


@dataclass(frozen=True, slots=True)
class Subtotal:
    """One section: its lines, their sum, and what of it counts under the section's cap."""

    section: str
    lines: tuple[Line, ...]
    raw: Decimal
    points: Decimal


@dataclass(frozen=True, slots=True)
class Score:
    """Σύνολο μορίων with the way to it; ``points`` is what counts under the form's cap."""

    sections: tuple[Subtotal, ...]
    raw: Decimal
    points: Decimal

    def of(self, key: str) -> Decimal:
        """The points of one section or question, zero where it gave none."""
        for part in self.sections:
            if part.section == key:
                return part.points
            for line in part.lines:
                if line.question == key:
                    return line.points
        return ZERO


def score(definition: Definition, values: Values, ceilings: Ceilings = NO_CEILINGS) -> Score:
    """The points of these answers, rule by rule."""
    return tally(definition, measures(definition, values), ceilings)


def measures(definition: Definition, values: Values) -> dict[str, Measure]:
    """What counts (μετρήσιμα) in the answers that apply, by question; all that points need."""
    keys = applying(definition, values)
    found = (
        (one.key, measured(one.rule, values[one.key], definition.reference))
        for one in definition.questions()
        if one.rule and one.key in keys and given(values.get(one.key))
    )
    return {key: measure for key, measure in found if measure is not None}


def tally(definition: Definition, measures: Measures, ceilings: Ceilings = NO_CEILINGS) -> Score:
    """The points of what counts, rule by rule, under every cap and ceiling."""
    parts = tuple(
        _subtotal(section, measures, ceilings)
        for section in definition.sections
        if any(one.rule for one in section.questions)
    )
    raw = sum((part.points for part in parts), ZERO)
    return Score(parts, raw, _capped(raw, definition.cap))


def _subtotal(section: Section, measures: Measures, ceilings: Ceilings) -> Subtotal:
    lines = tuple(
        _line(one.key, one.rule, measures.get(one.key), ceilings.get(one.key))
        for one in section.questions
        if one.rule
    )
    raw = sum((line.points for line in lines), ZERO)
    return Subtotal(section.key, lines, raw, _capped(raw, section.cap))


def _line(key: str, rule: Rule, measure: Measure | None, ceiling: Decimal | None) -> Line:
    raw = ZERO if measure is None else priced(rule, measure)
    return Line(key, raw, _capped(_capped(raw, rule.cap), ceiling))


def _capped(points: Decimal, cap: Decimal | None) -> Decimal:
    return points if cap is None else min(points, cap)


def worth(rule: Rule, value: Any, reference: date | None) -> Decimal:
    """What an answer is worth by a rule, before its cap; never negative."""
    measure = measured(rule, value, reference)
    return ZERO if measure is None else priced(rule, measure)


def measured(rule: Rule, value: Any, reference: date | None) -> Measure | None:
    """What a rule counts in an answer; None where there is nothing that it could count."""
    match rule.way:
        case Way.GIVEN:
            return Decimal(1)
        case Way.PER_OPTION:
            return _with_points(rule, value)
        case Way.PER_YEAR:
            return Decimal(full_years(value, reference))
    units = amount(value)
    return None if units is None or units < ZERO else units


def priced(rule: Rule, measure: Measure) -> Decimal:
    """The points of what a rule counted, before its cap."""
    if isinstance(measure, tuple):
        table = dict(rule.options)
        return sum((table.get(key, ZERO) for key in measure), ZERO)
    if rule.way == Way.BANDS:
        return next((b.points for b in reversed(rule.bands) if measure >= b.start), ZERO)
    return rule.rate * measure


def _with_points(rule: Rule, value: Any) -> tuple[str, ...]:
    if isinstance(value, dict):
        chosen = list(value.values())
    else:
        chosen = list(dict.fromkeys(value)) if isinstance(value, list) else [value]
    table = dict(rule.options)
    return tuple(key for key in chosen if key in table)


def full_years(value: Any, reference: date | None) -> int:
    """Full years (πλήρη έτη) from a kept date to the reference date; none before it."""
    try:
        start = date.fromisoformat(value)
    except (TypeError, ValueError):
        return 0
    if reference is None or start > reference:
        return 0
    early = (reference.month, reference.day) < (start.month, start.day)
    return reference.year - start.year - early


def order(definition: Definition, values: Values, found: Score) -> tuple[Decimal, ...]:
    """The key by which candidates are ranked, smallest first: points, then the ties in order.

    Equal keys are a real tie; whoever ranks decides how it ends (for example by the code).
    """
    return standing(definition, found, compared(definition, values))


def compared(definition: Definition, values: Values) -> dict[str, Decimal]:
    """The answers that ties compare, by question: numbers as they are, dates as their day."""
    keys = applying(definition, values)
    asked = [tie.of for tie in definition.ties if tie.answer and tie.of in keys]
    return {key: _size(values[key]) for key in asked if given(values.get(key))}


def standing(
    definition: Definition, found: Score, compared: Mapping[str, Decimal]
) -> tuple[Decimal, ...]:
    """The key of ``order``, from the answers that ties compare instead of all answers."""
    parts = [-found.points]
    for tie in definition.ties:
        size = compared.get(tie.of, ZERO) if tie.answer else found.of(tie.of)
        parts.append(size if tie.lower else -size)
    return tuple(parts)


def _size(value: Any) -> Decimal:
    """A kept number, or the day of a kept date, as something to compare; zero for none."""
    found = amount(value)
    if found is not None:
        return found
    try:
        return Decimal(date.fromisoformat(value).toordinal())
    except (TypeError, ValueError):
        return ZERO


def as_data(found: Score) -> dict[str, Any]:
    """The points as JSON, for whoever keeps them beside the answers or checks them again."""
    return {
        "points": str(found.points),
        "sections": [
            {
                "section": part.section,
                "points": str(part.points),
                "lines": [
                    {"question": line.question, "raw": str(line.raw), "points": str(line.points)}
                    for line in part.lines
                ],
            }
            for part in found.sections
        ],
    }
