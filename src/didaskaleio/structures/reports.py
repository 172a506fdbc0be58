"""What a funded project has achieved (απολογισμός Πράξης; 001 §1): figures of the upper rooms.

An upper room declares a figure; the project's page sets it beside the targets. An indicator bears
the code of a level of courses (B1, B2), and every figure is counted by that level.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from didaskaleio.kernel import access
from didaskaleio.kernel.access import Actor
from didaskaleio.structures.models import FundedIndicator, FundedProject

Counted = Callable[[FundedProject], Mapping[str, int]]
Address = Callable[[FundedProject, str], str]


@dataclass(frozen=True)
class Achieved:
    """One figure of a project (μέγεθος): ``counted`` gives it by level, in one query.

    ``address`` leads to what is counted, for whoever holds ``permission``; the figure that
    ``reaches`` is the one that the target speaks of.
    """

    name: str
    title: str
    counted: Counted
    address: Address
    permission: str
    reaches: bool = False


class Cell(NamedTuple):
    """A figure as the page shows it: its title, its number and the way to what is counted."""

    title: str
    value: int
    url: str


@dataclass(frozen=True)
class Line:
    """An indicator with what has been achieved of it; ``share`` is a percentage of the target."""

    indicator: FundedIndicator
    cells: tuple[Cell, ...]
    reached: int

    @property
    def share(self) -> float:
        return 100 * self.reached / self.indicator.target if self.indicator.target else 0


declared: dict[str, Achieved] = {}


def declare(figure: Achieved) -> Achieved:
    """Declare a figure; a repeated name, or a second one that reaches the target, is refused."""
    second = figure.reaches and any(one.reaches for one in declared.values())
    if figure.name in declared or second:
        raise ValueError(f"achieved figure {figure.name} is declared twice")
    declared[figure.name] = figure
    return figure


def achievements(project: FundedProject, actor: Actor) -> list[Line]:
    """The indicators of ``project`` with every figure; one query a figure."""
    figures = sorted(declared.values(), key=lambda one: (not one.reaches, one.name))
    counted = [
        (one, one.counted(project), access.allowed(actor, one.permission)) for one in figures
    ]
    lines = []
    for indicator in project.indicators.order_by("code"):
        code = indicator.code
        cells = tuple(
            Cell(one.title, values.get(code, 0), one.address(project, code) if open_ else "")
            for one, values, open_ in counted
        )
        reached = sum(values.get(code, 0) for one, values, _open in counted if one.reaches)
        lines.append(Line(indicator, cells, reached))
    return lines
