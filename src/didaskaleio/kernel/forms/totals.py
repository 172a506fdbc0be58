"""Σύνολα μορίων (totals): the points of a sheet rule by rule, in words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from didaskaleio.kernel.forms import points, wording
from didaskaleio.kernel.forms.answers import shown
from didaskaleio.kernel.forms.definition import Definition, Question, Values


@dataclass(frozen=True)
class Tally:
    """A line of the points: words, what counts, the cap, and the rule in words."""

    name: str
    points: str
    cap: str
    rule: str = ""
    lines: tuple[Tally, ...] = ()


def tally(
    definition: Definition, values: Values, ceilings: points.Ceilings = points.NO_CEILINGS
) -> Tally | None:
    """The points rule by rule, in words, under the ceilings; None for a form without points."""
    if not definition.scored():
        return None
    found = points.score(definition, values, ceilings)
    parts = []
    for part in found.sections:
        section = definition.section(part.section)
        lines = tuple(_line(definition.question(line.question), line) for line in part.lines)
        title, cap = (section.title, section.cap) if section else ("", None)
        parts.append(Tally(title, shown(part.points), _cap(cap), lines=lines))
    return Tally(definition.title, shown(found.points), _cap(definition.cap), lines=tuple(parts))


def _line(one: Question | None, line: points.Line) -> Tally:
    if one is None or one.rule is None:
        return Tally("", shown(line.points), "")
    return Tally(one.label, shown(line.points), _cap(one.rule.cap), wording.rule(one))


def _cap(cap: Decimal | None) -> str:
    return "" if cap is None else shown(cap)
