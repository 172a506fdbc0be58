"""Έντυπα (printed forms): one paper about one object, for the hand, the door or the folder.

A room declares what stands on the paper as plain data; one template sets all of them. A paper is
made anew at each request from what holds then: nothing is numbered, sealed or stored.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db.models import Model, QuerySet

from didaskaleio.kernel import access, greek, typesetting
from didaskaleio.kernel.access import Actor

TEMPLATE = Path(__file__).parent / "typst" / "printout.typ"


@dataclass(frozen=True)
class Table:
    """Πίνακας εντύπου: ``widths`` as Typst writes them; ``tall`` leaves room for handwriting."""

    title: str
    columns: Sequence[str]
    lines: Sequence[Sequence[str]]
    widths: Sequence[str]
    right: Sequence[int] = ()
    tall: bool = False
    nothing: str = ""

    def __post_init__(self) -> None:
        """Every line has a cell for each column."""
        if {len(self.columns), len(self.widths), *map(len, self.lines)} != {len(self.columns)}:
            raise ValueError(f"table {self.title}: lines and columns differ")


@dataclass(frozen=True)
class Paper:
    """Όψη εντύπου: what stands on it; ``under`` is the line below the title."""

    authority: Sequence[str]
    under: str
    fields: Sequence[tuple[str, str]] = ()
    tables: Sequence[Table] = ()
    notes: Sequence[str] = ()
    signatures: Sequence[str] = ()
    cofunding: str = ""


@dataclass(frozen=True)
class Printout:
    """Έντυπο: whom it opens to, about which rows, and what stands on it at a moment.

    ``found`` says on which page of the object it opens; empty ``states`` mean any state;
    ``flipped`` lays the sheet on its side.
    """

    name: str
    title: str
    permission: str
    rows: Callable[[], QuerySet[Any]]
    paper: Callable[[Any, datetime], Paper]
    found: str
    states: frozenset[str] = frozenset()
    flipped: bool = False

    @property
    def room(self) -> str:
        """The room that declares it: the first word of its name."""
        return self.name.partition(".")[0]

    @property
    def model(self) -> type[Model]:
        """The kind of object that it is about."""
        return self.rows().model

    def some(self) -> QuerySet[Any]:
        """The rows of which there is such a paper now."""
        return self.rows().filter(state__in=self.states) if self.states else self.rows()

    def open_to(self, thing: Model, actor: Actor) -> bool:
        """Whether the person may print it about this object now."""
        if not isinstance(thing, self.model) or (self.states and thing.state not in self.states):  # type: ignore[attr-defined]
            return False
        return access.allowed(actor, self.permission, thing)


known: dict[str, Printout] = {}


def declare(printout: Printout) -> Printout:
    """Declare a printed form; a repeated name is refused."""
    if printout.name in known:
        raise ValueError(f"printout {printout.name} is declared twice")
    known[printout.name] = printout
    return printout


def about(thing: Model, actor: Actor) -> list[Printout]:
    """The printed forms about one object that the person may open."""
    return [each for each in known.values() if each.open_to(thing, actor)]


def opened(actor: Actor) -> list[Printout]:
    """The printed forms of which the person may open at least one."""
    return [
        each
        for each in known.values()
        if access.visible(actor, each.permission, each.some().order_by()).exists()
    ]


def render(printout: Printout, thing: Model, *, at: datetime) -> bytes:
    """The paper as an accessible PDF."""
    data = asdict(printout.paper(thing, at))
    data |= {
        "title": printout.title,
        "flipped": printout.flipped,
        "made": greek.long_moment(at),
    }
    return typesetting.render(TEMPLATE, data, at=at)
