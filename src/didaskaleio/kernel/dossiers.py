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
from pathlib import Path
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from didaskaleio.kernel import access, greek, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.clock import ATHENS
from didaskaleio.kernel.models import StoredFile

TEMPLATE = Path(__file__).parent / "typst" / "extract.typ"

Counted = Callable[[datetime], Combinable]


@dataclass(frozen=True)
class Extract:
    """Απόσπασμα: what the platform knows without a file of its own, as a page can print it.

    ``funded`` is the sentence that documents of a funded project carry at that moment.
    """

    title: str
    authority: tuple[str, ...]
    at: datetime
    fields: tuple[tuple[str, str], ...] = ()
    columns: tuple[str, ...] = ()
    lines: tuple[tuple[str, ...], ...] = ()
    funded: str = ""


@dataclass(frozen=True)
class Entry:
    """One document that is owed (έγγραφο φακέλου): there, or missing and of whom it is awaited.

    ``file`` holds it; where there is none ``printed`` makes it. ``since`` is the moment from which
    it is owed; ``url`` the page of ``about``, for whoever has the part's permission on that.
    """

    title: str
    here: bool
    waits_for: str = ""
    since: datetime | None = None
    url: str = ""
    about: Any = None
    file: StoredFile | None = None
    printed: Callable[[], bytes] | None = None


@dataclass(frozen=True)
class Part:
    """One part of a dossier (ενότητα φακέλου), declared by the room whose documents they are.

    ``owed`` and ``missing`` count the documents of the outer row at a moment; ``entries`` lists
    them for one object. A part that is ``needed`` must be whole before the act that accepts the
    documents.
    """

    name: str
    title: str
    kind: str
    owed: Counted
    missing: Counted
    entries: Callable[[Any, datetime], Sequence[Entry]]
    order: int
    permission: str
    needed: bool = False


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


def printed(extract: Extract) -> bytes:
    """An extract as an accessible PDF, dated by its moment: equal facts give equal bytes."""
    from didaskaleio.kernel import typesetting

    day = greek.long_date(extract.at.astimezone(ATHENS).date(), weekday=False)
    data = {
        "document": {
            "title": extract.title,
            "authority": extract.authority,
            "place": "Αθήνα",
            "date": day,
            "number_label": "Απόσπασμα",
            "number": "από τα στοιχεία της πλατφόρμας",
        },
        "fields": extract.fields,
        "columns": extract.columns,
        "lines": extract.lines,
        "cofunding": {"text": extract.funded, "logos": []} if extract.funded else None,
    }
    return typesetting.render(TEMPLATE, data, at=extract.at)


def opens(part: Part, entry: Entry, actor: Actor) -> bool:
    """Whether the person may open the page of an entry."""
    return bool(entry.url) and access.allowed(actor, part.permission, entry.about)


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
