"""Agenda (τι έχω να κάνω): what each person must do, by when, and the dates of their calendar.

Rooms declare sources; the personal home and the calendar feed only gather them. A task is
derived from facts and open steps at the moment of asking, never stored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from didaskaleio.kernel import access
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.lifecycle import Lifecycle

T = TypeVar("T", bound=Model)
SHOWN = 20


@dataclass(frozen=True)
class Todo:
    """One thing to do (εκκρεμότητα): words, the page where one click does it, the due moment."""

    title: str
    url: str
    due: datetime | None = None
    detail: str = ""
    source: str = ""


@dataclass(frozen=True)
class Appointment:
    """One date of a personal calendar (ραντεβού ή προθεσμία)."""

    uid: str
    title: str
    starts_at: datetime
    ends_at: datetime
    url: str = ""
    place: str = ""
    cancelled: bool = False
    revision: int = 0


TodoSource = Callable[[Actor, datetime], Iterable[Todo]]
DateSource = Callable[[Actor, datetime], Iterable[Appointment]]
_todos: dict[str, TodoSource] = {}
_dates: dict[str, DateSource] = {}


def todos(name: str) -> Callable[[TodoSource], TodoSource]:
    """Register a source of things to do."""

    def register(source: TodoSource) -> TodoSource:
        if name in _todos:
            raise ValueError(f"agenda source {name} is declared twice")
        _todos[name] = source
        return source

    return register


def dates(name: str) -> Callable[[DateSource], DateSource]:
    """Register a source of calendar dates."""

    def register(source: DateSource) -> DateSource:
        if name in _dates:
            raise ValueError(f"calendar source {name} is declared twice")
        _dates[name] = source
        return source

    return register


def open_rows(cycle: Lifecycle, step: str, actor: Actor) -> QuerySet[Any]:
    """The objects on which ``actor`` may take ``step`` now, as far as the database can tell."""
    the = cycle.steps[step]
    model: Any = cycle.model
    rows = model._base_manager.filter(state__in=the.sources)  # noqa: SLF001
    return access.visible(actor, the.needs, rows)


def shortened(
    rows: QuerySet[T] | list[T], as_todo: Callable[[T], Todo], *, rest: str, url: str
) -> Iterator[Todo]:
    """Συντομευμένη λίστα: at most ``SHOWN`` rows, then one line for the rest («και άλλα N»).

    ``rest`` says what the others are («προτάσεις προς υποβολή»); ``url`` leads to all of them.
    """
    found = list(rows[: SHOWN + 1])
    yield from map(as_todo, found[:SHOWN])
    if len(found) > SHOWN:
        total = len(rows) if isinstance(rows, list) else rows.count()
        yield Todo(f"Και άλλα {total - SHOWN}: {rest}", url)


def todos_of(actor: Actor, at: datetime) -> list[Todo]:
    """Everything that the person must do, the most urgent first."""
    found = [
        Todo(todo.title, todo.url, todo.due, todo.detail, name)
        for name, source in _todos.items()
        for todo in source(actor, at)
    ]
    return sorted(found, key=lambda todo: (todo.due is None, todo.due or at, todo.title))


def dates_of(actor: Actor, at: datetime) -> list[Appointment]:
    """Everything in the person's calendar, in order of time; what two rooms name stands once."""
    found: dict[str, Appointment] = {}
    for source in _dates.values():
        for date in source(actor, at):
            found.setdefault(date.uid, date)
    return sorted(found.values(), key=lambda date: (date.starts_at, date.uid))
