"""Agenda (τι έχω να κάνω): what each person must do, by when, and the dates of their calendar.

Rooms declare sources; the personal home and the calendar feed only gather them. A task is
derived from facts and open steps at the moment of asking, never stored.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.contrib.auth import get_user_model
from django.db.models import Exists, Model, QuerySet

from didaskaleio.kernel import access
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.lifecycle import Lifecycle

T = TypeVar("T", bound=Model)
SHOWN = 20
TOGETHER = 2  # from so many on, asking together saves a query


@dataclass(frozen=True)
class Todo:
    """One thing to do (εκκρεμότητα): words, the page where one click does it, the due moment."""

    title: str
    url: str
    due: datetime | None = None
    detail: str = ""
    source: str = ""


@dataclass(frozen=True)
class _Asking(Todo):
    """A place among the lines of a source: it goes on when it knows whether there are rows."""

    title: str = ""
    url: str = ""
    rows: Any = None
    answer: list[bool] = field(default_factory=list)


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


def present(rows: QuerySet[Any]) -> Generator[Todo, None, bool]:
    """Whether there are such rows, asked together with what the other sources ask.

    A source says ``if (yield from present(rows)):``. Most of what might wait for a person does
    not, and one query finds that out for all of them.
    """
    asking = _Asking(rows=rows)
    yield asking
    return asking.answer != [False]


def shortened(
    rows: QuerySet[T] | list[T], as_todo: Callable[[T], Todo], *, rest: str, url: str
) -> Iterator[Todo]:
    """Συντομευμένη λίστα: at most ``SHOWN`` rows, then one line for the rest («και άλλα N»).

    ``rest`` says what the others are («προτάσεις προς υποβολή»); ``url`` leads to all of them.
    """
    if not isinstance(rows, list) and not (yield from present(rows)):
        return
    found = list(rows[: SHOWN + 1])
    yield from map(as_todo, found[:SHOWN])
    if len(found) > SHOWN:
        total = len(rows) if isinstance(rows, list) else rows.count()
        yield Todo(f"Και άλλα {total - SHOWN}: {rest}", url)


def todos_of(actor: Actor, at: datetime) -> list[Todo]:
    """Everything that the person must do, the most urgent first."""
    found: dict[str, list[Todo]] = {name: [] for name in _todos}
    going = [(name, iter(source(actor, at))) for name, source in _todos.items()]
    while going:
        asked = []
        for name, lines in going:
            for todo in lines:
                if isinstance(todo, _Asking):
                    asked.append((name, lines, todo))
                    break
                found[name].append(Todo(todo.title, todo.url, todo.due, todo.detail, name))
        _answer(actor, [asking for _, _, asking in asked])
        going = [(name, lines) for name, lines, _ in asked]
    every = itertools.chain.from_iterable(found.values())
    return sorted(every, key=lambda todo: (todo.due is None, todo.due or at, todo.title))


def told(lines: Iterable[Todo]) -> list[Todo]:
    """What one source says by itself."""
    return [todo for todo in lines if not isinstance(todo, _Asking)]


def _answer(actor: Actor, asked: list[_Asking]) -> None:
    """Tell all who ask, by one query; who asks alone may as well look."""
    if len(asked) < TOGETHER or actor.user_id is None:
        return
    me = get_user_model()._base_manager.filter(pk=actor.user_id)  # noqa: SLF001
    answers = me.values_list(*(Exists(one.rows) for one in asked)).first() or ()
    for one, answer in zip(asked, answers, strict=False):
        one.answer.append(answer)


def dates_of(actor: Actor, at: datetime) -> list[Appointment]:
    """Everything in the person's calendar, in order of time; what two rooms name stands once."""
    found: dict[str, Appointment] = {}
    for source in _dates.values():
        for date in source(actor, at):
            found.setdefault(date.uid, date)
    return sorted(found.values(), key=lambda date: (date.starts_at, date.uid))
