"""Subjects (θέματα αναφορών): what a room offers to whoever builds a report without a programmer.

A subject is a model with the permission that says which of its rows a person sees, its columns,
the ways to one other row, and the counts of many. What is reached by a way is subject to the
permission of its own subject.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.db.models import F, Model, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Concat

from didaskaleio.kernel import access
from didaskaleio.kernel.access import EVERYTHING, NOTHING, Actor

Made = Callable[[str, datetime], Combinable]
EVERY = Q()
KINDS = frozenset({"text", "number", "hours", "date", "moment", "choice", "yes"})


@dataclass(frozen=True)
class Field:
    """A column (στήλη): ``path`` from the row, or what ``made`` computes behind a prefix.

    A ``sensitive`` one never stands in a list of rows: it groups, narrows and measures, and cells
    of fewer than five are hidden then.
    """

    name: str
    title: str
    path: str = ""
    kind: str = "text"
    made: Made | None = None
    choices: tuple[tuple[str, str], ...] = ()
    sensitive: bool = False

    def __post_init__(self) -> None:
        if self.kind not in KINDS or (self.kind == "choice") != bool(self.choices):
            raise ValueError(f"field {self.name}: kind {self.kind} with choices {self.choices}")

    @property
    def numeric(self) -> bool:
        return self.kind in {"number", "hours"}

    def expression(self, prefix: str, at: datetime) -> Combinable:
        """The column behind ``prefix`` (empty, or a path that ends in two underscores)."""
        return self.made(prefix, at) if self.made else F(f"{prefix}{self.path or self.name}")


@dataclass(frozen=True)
class Way:
    """A way (σύνδεση) from a row to one row of another subject."""

    name: str
    title: str
    subject: str
    path: str


@dataclass(frozen=True)
class Many:
    """How many rows (πλήθος) of another subject lead here by ``path``."""

    name: str
    title: str
    subject: str
    path: str


@dataclass(frozen=True)
class Subject:
    """A subject (θέμα) of reports; ``permission`` is about the row, or about what ``about`` finds.

    ``where`` leaves out rows that are nobody's to report, such as drafts.
    """

    name: str
    title: str
    model: type[Model]
    permission: str
    fields: tuple[Field, ...]
    ways: tuple[Way, ...] = ()
    about: str = ""
    where: Q = EVERY
    order: tuple[str, ...] = ("pk",)
    note: str = ""

    @property
    def room(self) -> str:
        return self.name.partition(".")[0]

    @property
    def columns(self) -> tuple[Field | Many, ...]:
        """Its own columns, then the counts."""
        return (*self.fields, *self.many)

    @property
    def many(self) -> list[Many]:
        """The counts that this room and upper ones declared on it."""
        return counts.get(self.name, [])

    def _condition(self, actor: Actor) -> Q:
        return access.register.rules[self.permission].q(actor)

    def open_to(self, actor: Actor) -> bool:
        """Whether the person's posts may lead to any row at all."""
        return self._condition(actor) != NOTHING

    def whole_for(self, actor: Actor) -> bool:
        """Whether the person sees every row, so that none need be asked about."""
        return self._condition(actor) == EVERYTHING and not self.where

    def seen_by(self, actor: Actor) -> QuerySet[Any]:
        """The rows that the person may see, each once."""
        rows = self.model._base_manager.filter(self.where)  # noqa: SLF001
        condition = self._condition(actor)
        if condition == EVERYTHING:
            return rows
        if condition == NOTHING:
            return rows.none()
        if not self.about:
            return access.visible(actor, self.permission, rows)
        parents = access.visible(actor, self.permission, self.concerned.all())
        return rows.filter(**{f"{self.about}__in": parents})

    @property
    def concerned(self) -> Any:
        """The rows that the permission is about."""
        model: Any = self.model
        for name in self.about.split("__") if self.about else ():
            model = model._meta.get_field(name).related_model  # noqa: SLF001
        return model._base_manager  # noqa: SLF001

    def allows(self, actor: Actor, row: Model) -> bool:
        """The same for one row, asked of the Python side of the rule."""
        found = access.reach(row, self.about) if self.about else [row]
        return any(access.allowed(actor, self.permission, one) for one in found)


known: dict[str, Subject] = {}
counts: dict[str, list[Many]] = {}


def declare(subject: Subject) -> Subject:
    """Declare a subject; a repeated name, of it or of a column, is refused."""
    names = [each.name for each in subject.fields] + [way.name for way in subject.ways]
    if subject.name in known or len(set(names)) < len(names):
        raise ValueError(f"subject {subject.name} is declared twice, or a column of it")
    known[subject.name] = subject
    return subject


def count(on: str, many: Many) -> Many:
    """Declare a count of rows on the subject ``on``: the upper room names the lower one."""
    taken = {each.name for each in known[on].columns} | {way.name for way in known[on].ways}
    if many.name in taken:
        raise ValueError(f"count {many.name} is declared twice on {on}")
    counts.setdefault(on, []).append(many)
    return many


def person(path: str) -> Made:
    """Ονοματεπώνυμο of whom ``path`` leads to (empty: the row itself)."""
    before = f"{path}__" if path else ""

    def made(prefix: str, at: datetime) -> Combinable:
        del at
        start = f"{prefix}{before}"
        joined = Concat(F(f"{start}surname"), Value(" "), F(f"{start}given_name"))
        return cast("Combinable", joined)

    return made
