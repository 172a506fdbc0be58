"""Answers (απαντήσεις): what a report says to one person now, as rows or as groups."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import itemgetter
from typing import Any

from django.db.models import Avg, Count, QuerySet, Sum
from django.db.models.functions import TruncMonth, TruncYear

from didaskaleio.kernel import greek
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.clock import ATHENS
from didaskaleio.kernel.reports import Column, Report
from didaskaleio.observatory.cells import LEAST, hidden
from didaskaleio.observatory.charts import Bar
from didaskaleio.observatory.columns import Chosen
from didaskaleio.observatory.definition import Definition, Group
from didaskaleio.observatory.errors import TooLargeError
from didaskaleio.observatory.queries.compiling import expression, ordered, rows

MOST_GROUPS, COUNTED = 2_000, 200_000
PERMISSION = "adhoc.desk"
Lines = Sequence[Any] | QuerySet[Any]


@dataclass(frozen=True)
class Answer:
    """One answer (απάντηση): the columns, the lines, how many rows stand behind them."""

    report: Report
    lines: Lines
    count: int
    hidden: int = 0
    whole: bool = True
    bars: list[Bar] = field(default_factory=list)

    @property
    def at_least(self) -> bool:
        return self.count > COUNTED

    def streamed(self, size: int = 2_000) -> Iterator[Any]:
        """The lines, however many, a few at a time."""
        if isinstance(self.lines, QuerySet):
            return self.lines.iterator(chunk_size=size)
        return iter(self.lines)


def answer(definition: Definition, actor: Actor, at: datetime, title: str = "") -> Answer:
    """What the report says to ``actor``."""
    made = _groups if definition.groups else _rows
    return made(definition, actor, at, title or "Αναφορά")


def _report(title: str, columns: Sequence[Column]) -> Report:
    return Report(
        name="observatory.adhoc",
        title=title,
        permission=PERMISSION,
        columns=tuple(columns),
        rows=lambda _actor, _at, _values: QuerySet(),
    )


def _rows(definition: Definition, actor: Actor, at: datetime, title: str) -> Answer:
    found = rows(definition, actor, at)
    names = {one.key: f"column{place}" for place, one in enumerate(definition.columns)}
    read = {names[one.key]: expression(one, actor, at) for one in definition.columns}
    lines = ordered(found.annotate(**read), definition, names).values_list(*read)
    columns = [_column(one, place) for place, one in enumerate(definition.columns)]
    return Answer(_report(title, columns), lines, found[: COUNTED + 1].count())


def _column(one: Chosen, place: int, step: str = "") -> Column:
    kind = {"choice": "text", "yes": "text"}.get(one.kind, one.kind) if not step else "text"
    return Column(f"c{place}", one.title, _reader(one, place, step), kind)


def _reader(one: Chosen, place: int, step: str = "") -> Callable[[Any], Any]:
    """How the cell of a line is read: words instead of the codes of the database."""
    if step:
        return lambda line: _period(line[place], step)
    if one.kind == "yes":
        return lambda line: {True: "Ναι", False: "Όχι"}.get(line[place], "")
    if one.kind == "choice":
        words = one.choices
        return lambda line: words.get(line[place], line[place])
    return itemgetter(place)


def _period(moment: date | datetime | None, step: str) -> str:
    if moment is None:
        return ""
    day = moment.astimezone(ATHENS) if isinstance(moment, datetime) else moment
    return str(day.year) if step == "year" else f"{day.month:02}/{day.year}"


def _grouping(one: Group, actor: Actor, at: datetime) -> Any:
    read = expression(one.column, actor, at)
    truncated = {"month": TruncMonth, "year": TruncYear}.get(one.step)
    if truncated is None:
        return read
    return truncated(read, tzinfo=ATHENS) if one.column.kind == "moment" else truncated(read)


def _groups(definition: Definition, actor: Actor, at: datetime, title: str) -> Answer:
    found = _counted(definition, actor, at)
    if len(found) > MOST_GROUPS:
        raise TooLargeError(
            f"Βγαίνουν πάνω από {MOST_GROUPS} ομάδες, περισσότερες από όσες διαβάζονται. "
            "Ομαδοποιήστε ανά κάτι γενικότερο ή προσθέστε φίλτρο."
        )
    width, total = len(definition.groups), sum(line["n"] for line in found)
    away = _small(definition, found)
    columns = _group_columns(definition, summed=not away)
    lines = [_line(definition, line, total, gone=place in away) for place, line in enumerate(found)]
    lines = _sorted(definition, lines, columns[:width])
    bars = [
        Bar(" · ".join(str(column.of(line) or "–") for column in columns[:width]), line[width])
        for line in lines
        if line[width] is not None
    ]
    shown = total >= LEAST or not definition.sensitive
    return Answer(_report(title, columns), lines, total, len(away), shown, bars)


def _counted(definition: Definition, actor: Actor, at: datetime) -> list[dict[str, Any]]:
    keys = {
        f"group{place}": _grouping(one, actor, at) for place, one in enumerate(definition.groups)
    }
    figures: dict[str, Any] = {"n": Count("pk")}
    read: dict[str, Any] = {}
    for place, one in enumerate(definition.measures):
        read[f"read{place}"] = expression(one.column, actor, at)
        figures[f"measure{place}"] = {"sum": Sum, "mean": Avg}[one.kind](f"read{place}")
        figures[f"valued{place}"] = Count(f"read{place}")
    found = rows(definition, actor, at).annotate(**keys).alias(**read).values(*keys)
    return list(found.annotate(**figures).order_by(*keys)[: MOST_GROUPS + 1])


def _small(definition: Definition, found: list[dict[str, Any]]) -> frozenset[int]:
    """The groups that are hidden where something sensitive is asked."""
    if not definition.sensitive:
        return frozenset()
    keys = [tuple(line[f"group{n}"] for n in range(len(definition.groups))) for line in found]
    valued = [f"valued{n}" for n, one in enumerate(definition.measures) if one.column.sensitive]
    counts = [min([line["n"], *(line[name] for name in valued if line[name])]) for line in found]
    return hidden(keys, counts)


def _line(
    definition: Definition, line: dict[str, Any], total: int, *, gone: bool
) -> tuple[Any, ...]:
    keys = [line[f"group{n}"] for n in range(len(definition.groups))]
    figures = [line["n"], *([line["n"] / total if total else 0] if definition.share else [])]
    figures += [line[f"measure{n}"] for n in range(len(definition.measures))]
    return (*keys, *([None] * len(figures) if gone else figures), "κρυφό" if gone else "")


def _group_columns(definition: Definition, *, summed: bool) -> list[Column]:
    columns = [
        Column(f"c{place}", one.title, _reader(one.column, place, one.step), _kind(one))
        for place, one in enumerate(definition.groups)
    ]
    place = len(columns)
    columns.append(Column("n", "Πλήθος", itemgetter(place), "number", "n", total=summed))
    if definition.share:
        place += 1
        columns.append(Column("share", "Ποσοστό", itemgetter(place), "share"))
    for one in definition.measures:
        place += 1
        kind = "hours" if one.kind == "mean" or one.column.kind == "hours" else "number"
        columns.append(Column(f"m{place}", one.title, itemgetter(place), kind))
    if not summed:
        columns.append(Column("hidden", "Απόρρητο", itemgetter(place + 1)))
    return columns


def _kind(one: Group) -> str:
    return one.column.kind if one.column.numeric else "text"


def _sorted(
    definition: Definition, lines: list[tuple[Any, ...]], groups: Sequence[Column]
) -> list[tuple[Any, ...]]:
    """By count, largest first, where the report asks so; else by the groups as they are read."""
    if definition.order == "-n":
        return sorted(lines, key=lambda line: -(line[len(groups)] or 0))
    return sorted(
        lines, key=lambda line: [_place(line[n], one.of(line)) for n, one in enumerate(groups)]
    )


def _place(value: Any, shown: Any) -> tuple[Any, ...]:
    """Where a group stands among others: words by the Greek alphabet, nothing at the end."""
    if value is None:
        return (1,)
    spelt = isinstance(value, str | bool)
    return (0, greek.sort_key(str(shown)) if spelt else value)
