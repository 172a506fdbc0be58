"""Links between rooms (σύνδεσμοι): an upper room puts its pages on the page of a lower one.

The page of an object shows what was declared for its kind; the lower room names nobody above it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from django.db.models import Model
from django.urls import reverse

from didaskaleio.kernel import access, journal, reports
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.reports import Query, writers

ROWS = 20
Reach = Callable[[Any], Any]


class Shown(NamedTuple):
    """A link as the page shows it."""

    label: str
    url: str
    is_report: bool = False


@dataclass(frozen=True)
class Link:
    """One way from an object to a page of an upper room.

    ``address`` is the name of the page, ``key`` the attribute of the object that it takes;
    ``permission`` is asked about the object, or about what ``about`` finds from it (None hides
    the link); empty ``states`` mean any state.
    """

    kind: str
    label: str
    address: str
    permission: str
    key: str = "pk"
    states: frozenset[str] = frozenset()
    about: Reach | None = None

    def url(self, thing: Any) -> str:
        """The address of the page about ``thing``."""
        return reverse(self.address, args=[getattr(thing, self.key)])

    def open_to(self, thing: Any, actor: Actor) -> bool:
        """Whether the person finds this link on the page of ``thing`` now."""
        if self.states and thing.state not in self.states:
            return False
        concerned = self.about(thing) if self.about else thing
        return concerned is not None and access.allowed(actor, self.permission, concerned)


@dataclass(frozen=True)
class ReportLink:
    """The way from an object to a report about it: its filter ``by`` takes the object's id.

    Shown to whoever may open the report and has ``permission`` on the object, in ``states``; or on
    what ``about`` finds from it (None hides the link).
    The columns of ``excerpt`` may stand on the page itself, where that asks for them.
    """

    kind: str
    report: str
    by: str
    permission: str
    states: frozenset[str] = frozenset()
    excerpt: tuple[str, ...] = ()
    about: Reach | None = None

    @property
    def address(self) -> str:
        return self.report

    @property
    def label(self) -> str:
        return reports.known[self.report].title

    def url(self, thing: Any) -> str:
        """The address of the report, narrowed to ``thing``."""
        return f"{reverse('kernel:report', args=[self.report])}?{self.by}={thing.pk}"

    def open_to(self, thing: Any, actor: Actor) -> bool:
        """Whether the person finds this link on the page of ``thing`` now."""
        if self.states and thing.state not in self.states:
            return False
        concerned = self.about(thing) if self.about else thing
        if concerned is None or not access.allowed(actor, reports.known[self.report].permission):
            return False
        return access.allowed(actor, self.permission, concerned)


class Excerpt(NamedTuple):
    """The first rows of a report about an object, as the page of the object shows them."""

    title: str
    url: str
    columns: tuple[reports.Column, ...]
    lines: list[list[tuple[reports.Column, str]]]
    totals: list[tuple[reports.Column, str]]
    more: bool


declared: list[Link | ReportLink] = []
L = TypeVar("L", Link, ReportLink)


def declare(link: L) -> L:
    """Declare a link; the same page twice on one kind of object is refused."""
    if any((one.kind, one.address) == (link.kind, link.address) for one in declared):
        raise ValueError(f"link {link.address} is declared twice for {link.kind}")
    declared.append(link)
    return link


def of(thing: Model, actor: Actor) -> list[Shown]:
    """The links on the page of ``thing`` for ``actor``, in the order of declaration."""
    kind = journal.label(thing)
    return [
        Shown(link.label, link.url(thing), isinstance(link, ReportLink))
        for link in declared
        if link.kind == kind and link.open_to(thing, actor)
    ]


def excerpts(thing: Model, actor: Actor, at: datetime) -> list[Excerpt]:
    """What upper rooms have to say about ``thing`` where a decision on it is taken."""
    kind = journal.label(thing)
    return [
        _excerpt(link, thing, actor, at)
        for link in declared
        if isinstance(link, ReportLink)
        and link.excerpt
        and link.kind == kind
        and link.open_to(thing, actor)
    ]


def _excerpt(link: ReportLink, thing: Model, actor: Actor, at: datetime) -> Excerpt:
    report = reports.known[link.report]
    rows = report.selected(actor, at, Query({link.by: str(thing.pk)}, "", ""))
    found = list(rows[: ROWS + 1])

    def kept(cells: Iterable[Any]) -> list[tuple[reports.Column, Any]]:
        pairs = zip(report.columns, cells, strict=True)
        return [(column, cell) for column, cell in pairs if column.name in link.excerpt]

    lines = [
        [(column, writers.shown(column, value)) for column, value in kept(line)]
        for line in report.lines(found[:ROWS])
    ]
    sums = report.totals(rows) if found else None
    totals = kept(writers.total_cells(report, sums)) if sums else []
    columns = tuple(column for column in report.columns if column.name in link.excerpt)
    return Excerpt(report.title, link.url(thing), columns, lines, totals, len(found) > ROWS)
