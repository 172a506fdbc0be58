"""Μόρια (points): what the answers are worth, rule by rule, and who goes first in a tie.

Pure: the same definition and answers give the same points on any machine. Only answers that
count give points (see ``conditions``); no rule, section or form gives more than its cap.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from didaskaleio.kernel.forms.conditions import amount, applying, given
from didaskaleio.kernel.forms.definition import Definition, Question, Rule, Section, Values, Way

ZERO = Decimal(0)


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


def score(definition: Definition, values: Values) -> Score:
    """The points of these answers, rule by rule."""
    keys = applying(definition, values)
    parts = tuple(
        _subtotal(section, keys, values, definition.reference)
        for section in definition.sections
        if any(one.rule for one in section.questions)
    )
    raw = sum((part.points for part in parts), ZERO)
    return Score(parts, raw, _capped(raw, definition.cap))


def _subtotal(
    section: Section, keys: frozenset[str], values: Values, reference: date | None
) -> Subtotal:
    lines = tuple(
        _line(one, one.rule, values.get(one.key) if one.key in keys else None, reference)
        for one in section.questions
        if one.rule
    )
    raw = sum((line.points for line in lines), ZERO)
    return Subtotal(section.key, lines, raw, _capped(raw, section.cap))


def _line(one: Question, rule: Rule, value: Any, reference: date | None) -> Line:
    raw = worth(rule, value, reference) if given(value) else ZERO
    return Line(one.key, raw, _capped(raw, rule.cap))


def _capped(points: Decimal, cap: Decimal | None) -> Decimal:
    return points if cap is None else min(points, cap)


def worth(rule: Rule, value: Any, reference: date | None) -> Decimal:
    """What an answer is worth by a rule, before its cap; never negative."""
    match rule.way:
        case Way.GIVEN:
            return rule.rate
        case Way.PER_OPTION:
            return _of_options(rule, value)
        case Way.PER_YEAR:
            return rule.rate * full_years(value, reference)
    units = amount(value)
    if units is None or units < ZERO:
        return ZERO
    if rule.way == Way.PER_UNIT:
        return rule.rate * units
    return next((b.points for b in reversed(rule.bands) if units >= b.start), ZERO)


def _of_options(rule: Rule, value: Any) -> Decimal:
    if isinstance(value, dict):
        chosen = list(value.values())
    else:
        chosen = list(dict.fromkeys(value)) if isinstance(value, list) else [value]
    table = dict(rule.options)
    return sum((table.get(key, ZERO) for key in chosen), ZERO)


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
    keys = applying(definition, values)
    parts = [-found.points]
    for tie in definition.ties:
        value = values.get(tie.of) if tie.of in keys else None
        size = _size(value) if tie.answer else found.of(tie.of)
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
