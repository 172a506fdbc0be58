"""Questions about spaces: what an object needs and has, what is owed, on the operator's board."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.urls import reverse

from didaskaleio.kernel import journal
from didaskaleio.kernel.spaces.declared import Kind, Need, kinds, openers
from didaskaleio.kernel.spaces.models import Space, SpaceState


@dataclass(frozen=True)
class Line:
    """One need of an object as a page shows it; without ``space`` it is owed."""

    need: Need
    space: Space | None
    automatic: bool

    @property
    def is_owed(self) -> bool:
        return self.space is None

    @property
    def is_open(self) -> bool:
        return self.space is not None and self.space.state == SpaceState.OPENED


@dataclass(frozen=True)
class Board:
    """An object with all that it needs."""

    kind: Kind
    thing: Any
    lines: tuple[Line, ...]

    @property
    def url(self) -> str:
        return reverse(self.kind.page, args=[self.thing.pk])

    @property
    def key(self) -> str:
        return f"{self.kind.label}-{self.thing.pk}"

    @property
    def owed(self) -> int:
        return sum(line.is_owed for line in self.lines)

    @property
    def is_waiting(self) -> bool:
        """Whether something required is owed: the object is not ready."""
        return any(line.is_owed and line.need.required for line in self.lines)


def of(thing: Model) -> Board:
    """What ``thing`` needs and what was decided of each."""
    [board] = _boards(kinds[journal.label(thing)], [thing])
    return board


def boards() -> list[Board]:
    """Every object that has needs now, those that owe most first."""
    found = [
        board
        for kind in kinds.values()
        for board in _boards(kind, list(kind.owing().order_by("pk")))
    ]
    return sorted(found, key=lambda board: (-board.owed, board.kind.label, -board.thing.pk))


def owed(thing: Model) -> list[str]:
    """Titles of the required spaces of ``thing`` on which nobody has decided."""
    return [line.need.title for line in of(thing).lines if line.is_owed and line.need.required]


def _boards(kind: Kind, things: Iterable[Any]) -> Iterator[Board]:
    known = list(things)
    rows = Space.objects.filter(subject=kind.label, subject_id__in=[row.pk for row in known])
    decided = {(row.subject_id, row.need): row for row in rows.select_related("by")}
    for thing in known:
        lines = (
            Line(need, decided.get((thing.pk, need.name)), need.name in openers)
            for need in kind.needs
        )
        yield Board(kind, thing, tuple(lines))
