"""Επαλήθευση (verification): everything of a published table is computed again and compared.

Line by line, so that memory holds one key for each candidacy and not the table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from didaskaleio.registers.ranking import cells, table
from didaskaleio.registers.ranking.errors import MalformedError
from didaskaleio.registers.ranking.ordering import Key, Outcome, judge, outcome
from didaskaleio.registers.ranking.rules import Rules
from didaskaleio.registers.ranking.table import Line

MOST_TOLD: Final = 10


class Difference(NamedTuple):
    """Διαφορά: where, and how the published cell and the computed one read."""

    line: int
    code: str
    column: str
    published: str
    computed: str


@dataclass(slots=True)
class Verdict:
    """Πόρισμα: ``differing`` counts lines; ``told`` are the first differences, by line."""

    candidacies: int = 0
    differing: int = 0
    told: list[Difference] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return not self.differing


class _Kept(NamedTuple):
    """What stays of a line until all of them are known."""

    key: Key
    line: int
    kept_out: Outcome | None
    position: int | None
    outcome: Outcome


def verify(rules: Rules, lines: Iterable[bytes]) -> Verdict:
    """Επαλήθευση πίνακα: raises :class:`MalformedError` for a table that is not of the format."""
    names = ("points", *table.names_of_points(rules))
    seen: dict[str, int] = {}
    kept: list[_Kept] = []
    found: dict[int, Difference] = {}  # the first of each line, which is what is told of it
    for line in table.read(rules, lines):
        _refuse_repeat(seen, line)
        judged = judge(rules, line.entry)
        computed = (judged.score.points, *table.points_of(judged.score))
        for each in _unequal(line, names, computed):
            found.setdefault(line.number, each)
            break
        kept.append(_Kept(judged.key, line.number, judged.kept_out, line.position, line.outcome))
    for each in _of_order(rules, kept):
        found.setdefault(each.line, each)
    return Verdict(len(kept), len(found), [found[n] for n in sorted(found)[:MOST_TOLD]])


def _refuse_repeat(seen: dict[str, int], line: Line) -> None:
    before = seen.setdefault(line.entry.code, line.number)
    if before != line.number:
        code = line.entry.code
        raise MalformedError(f"γραμμή {line.number}: η {code} υπάρχει ήδη στη γραμμή {before}")


def _unequal(line: Line, names: Iterable[str], computed: Iterable[Any]) -> Iterator[Difference]:
    published = (line.total, *line.points)
    for name, there, here in zip(names, published, computed, strict=True):
        if there != here:
            said = cells.write_number(there), cells.write_number(here)
            yield Difference(line.number, line.entry.code, name, *said)


def _of_order(rules: Rules, kept: list[_Kept]) -> Iterator[Difference]:
    kept.sort(key=lambda one: (one.kept_out is not None, one.key))
    for place, one in enumerate(kept, 1):
        position = None if one.kept_out else place
        decided = outcome(rules, one.kept_out, place)
        code = one.key[-1]
        if one.position != position:
            said = str(one.position or "–"), str(position or "–")
            yield Difference(one.line, code, "position", *said)
        elif one.outcome != decided:
            yield Difference(one.line, code, "outcome", one.outcome.value, decided.value)
