"""What a report is: columns, filters, rows and a permission."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db.models import QuerySet, Sum

from didaskaleio.kernel import access
from didaskaleio.kernel.access import Actor

Choice = tuple[str, str]


@dataclass(frozen=True)
class Column:
    """A column: ``value`` is a path into the row or a function of it.

    ``kind`` is text, number, points (never rounded), hours, share, date or moment; ``order`` names
    the database field by which the screen may sort; ``total`` adds that field up.
    """

    name: str
    title: str
    value: str | Callable[[Any], Any] = ""
    kind: str = "text"
    order: str = ""
    total: bool = False

    @property
    def numeric(self) -> bool:
        """Whether the cells stand at the right, as figures do."""
        return self.kind in {"number", "points", "hours", "share"}

    def of(self, row: Any) -> Any:
        """The value of this column in ``row`` (a model object, a mapping or a data class)."""
        if callable(self.value):
            return self.value(row)
        found = row
        for part in (self.value or self.name).split("."):
            found = found.get(part) if isinstance(found, dict) else getattr(found, part, None)
        return found


@dataclass(frozen=True)
class Filter:
    """A filter: how its value narrows the rows, and what may be chosen."""

    name: str
    title: str
    choices: Callable[[Actor, datetime], list[Choice]]
    narrow: Callable[[QuerySet[Any], str], QuerySet[Any]]


@dataclass(frozen=True)
class Query:
    """What a person asks of a report: filters, order and search, as they stand in the address."""

    values: dict[str, str] = field(default_factory=dict)
    order: str = ""
    search: str = ""


@dataclass(frozen=True)
class Map:
    """How a report looks on the map: what is counted, and its figure for each regional unit."""

    noun: str
    values: Callable[[QuerySet[Any]], Mapping[str, int]]


@dataclass(frozen=True)
class Report:
    """A report; ``rows`` are already those that the actor may see.

    ``key`` names the field that tells rows apart where the chosen order does not; ``shape`` gives
    further columns that depend on what the filters choose.
    """

    name: str
    title: str
    permission: str
    columns: tuple[Column, ...]
    rows: Callable[[Actor, datetime, dict[str, str]], QuerySet[Any]]
    filters: tuple[Filter, ...] = ()
    search: Callable[[QuerySet[Any], str], QuerySet[Any]] | None = None
    note: str = ""
    key: str = "pk"
    map: Map | None = None
    shape: Callable[[Actor, datetime, Mapping[str, str]], Sequence[Column]] | None = None

    def __post_init__(self) -> None:
        """A total is added up by the database: it needs the field."""
        missing = [c.name for c in self.columns if c.total and not c.order]
        if missing:
            raise ValueError(f"report {self.name}: totals without a field: {missing}")

    @property
    def room(self) -> str:
        """The room that declares the report: the first word of its name."""
        return self.name.partition(".")[0]

    def shaped(self, actor: Actor, at: datetime, values: Mapping[str, str]) -> Report:
        """The report with the columns that these filters add."""
        if self.shape is None:
            return self
        return replace(self, columns=(*self.columns, *self.shape(actor, at, values)))

    def selected(self, actor: Actor, at: datetime, query: Query) -> QuerySet[Any]:
        """The rows of one question, filtered and ordered."""
        rows = self.rows(actor, at, query.values)
        for each in self.filters:
            value = query.values.get(each.name, "")
            if value and value in {key for key, _ in each.choices(actor, at)}:
                rows = each.narrow(rows, value)
        if query.search and self.search:
            rows = self.search(rows, query.search)
        return self._ordered(rows, query.order)

    def _ordered(self, rows: QuerySet[Any], order: str) -> QuerySet[Any]:
        known_orders = {c.name: c.order for c in self.columns if c.order}
        path = known_orders.get(order.removeprefix("-"))
        if path is None:
            return rows
        return rows.order_by(f"-{path}" if order.startswith("-") else path, self.key)

    def lines(self, rows: Iterable[Any]) -> Iterator[list[Any]]:
        """The cells of each row, streamed."""
        for row in rows:
            yield [column.of(row) for column in self.columns]

    def totals(self, rows: QuerySet[Any]) -> list[Any] | None:
        """What the totalled columns add up to over all ``rows``; None when none is totalled."""
        sums = {f"total_{c.name}": Sum(c.order) for c in self.columns if c.total}
        if not sums:
            return None
        found = rows.order_by().aggregate(**sums)
        return [found[f"total_{c.name}"] or 0 if c.total else None for c in self.columns]


known: dict[str, Report] = {}


def declare(report: Report) -> Report:
    """Declare a report; a repeated name is refused."""
    if report.name in known:
        raise ValueError(f"report {report.name} is declared twice")
    known[report.name] = report
    return report


def of_room(room: str, actor: Actor) -> Iterator[Report]:
    """The reports of one room that the actor may open, as they were declared."""
    for report in known.values():
        if report.room == room and access.allowed(actor, report.permission):
            yield report
