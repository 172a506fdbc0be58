"""Dossiers (φάκελοι): what documents an object owes, which are there, and who is waited for.

Each room declares its part of the dossier of a kind of object; the page, the list of many
objects, the conditions of an act and the packages only gather them. A part answers twice: by
columns of SQL for many objects, and by entries for one; a test proves that the two agree.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from operator import add
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from didaskaleio.kernel import journal
from didaskaleio.kernel.models import StoredFile

Counted = Callable[[datetime], Combinable]


@dataclass(frozen=True)
class Extract:
    """Απόσπασμα: what the platform knows without a file of its own, as a page can print it."""

    title: str
    fields: tuple[tuple[str, str], ...] = ()
    columns: tuple[str, ...] = ()
    lines: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Entry:
    """One document that is owed (έγγραφο φακέλου): there, or missing and of whom it is awaited.

    ``file`` holds it; where there is none ``extract`` says what it would contain. ``since`` is
    the moment from which it is owed.
    """

    title: str
    here: bool
    url: str = ""
    waits_for: str = ""
    since: datetime | None = None
    file: StoredFile | None = None
    extract: Callable[[], Extract] | None = None


@dataclass(frozen=True)
class Part:
    """One part of a dossier (ενότητα φακέλου), declared by the room whose documents they are.

    ``owed`` and ``missing`` count the documents of the outer row at a moment; ``entries`` lists
    them for one object. A part that is ``needed`` must be whole before the act that accepts the
    documents; ``personal`` ones are packed only where they are asked for.
    """

    name: str
    title: str
    kind: str
    owed: Counted
    missing: Counted
    entries: Callable[[Any, datetime], Sequence[Entry]]
    order: int
    needed: bool = False
    personal: bool = False


@dataclass(frozen=True)
class Listed:
    """A part with its entries as a page shows it."""

    part: Part
    entries: tuple[Entry, ...]
    missing: tuple[Entry, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "missing", tuple(e for e in self.entries if not e.here))


parts: dict[str, Part] = {}


def declare(part: Part) -> Part:
    """Declare a part; a repeated name is refused."""
    if part.name in parts:
        raise ValueError(f"part {part.name} of a dossier is declared twice")
    parts[part.name] = part
    return part


def of(kind: str) -> list[Part]:
    """The parts of the dossier of a kind of object, in their order."""
    found = [part for part in parts.values() if part.kind == kind]
    return sorted(found, key=lambda part: (part.order, part.name))


def listed(thing: Any, at: datetime, names: Sequence[str] | None = None) -> list[Listed]:
    """The dossier of one object: every part that owes something, with its entries."""
    chosen = [p for p in of(journal.label(thing)) if names is None or p.name in names]
    found = [Listed(part, tuple(part.entries(thing, at))) for part in chosen]
    return [each for each in found if each.entries]


def counted(rows: QuerySet[Any], at: datetime) -> QuerySet[Any]:
    """The rows with ``owed`` and ``missing`` documents, counted by the database."""
    found = of(journal.label(rows.model))
    nothing: Combinable = Value(0)
    annotated: QuerySet[Any] = rows.annotate(
        owed=reduce(add, [part.owed(at) for part in found], nothing),
        missing=reduce(add, [part.missing(at) for part in found], nothing),
    )
    return annotated


def number_of(rows: QuerySet[Any], by: str) -> Combinable:
    """How many of ``rows`` lead to the outer row by ``by``."""
    mine = rows.filter(**{by: OuterRef("pk")}).order_by().values(by)
    found = mine.annotate(number=Count("pk", distinct=True)).values("number")
    return Coalesce(Subquery(found, output_field=IntegerField()), 0)
