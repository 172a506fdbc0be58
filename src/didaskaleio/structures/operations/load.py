"""Loading (φόρτωση αναφοράς): rows of shipped data into tables, unchanged rows skipped by hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction

from didaskaleio.structures.models import SourceRow

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Reference:
    """A column that names a row of another kind by its codes: ``path`` holds the codes there."""

    model: type[models.Model]
    path: tuple[str, ...] = ("code",)

    def ids(self) -> dict[Any, int]:
        rows = self.model._default_manager.values_list("pk", *self.path)  # noqa: SLF001
        if len(self.path) == 1:
            return {code: pk for pk, code in rows}
        return {tuple(codes): pk for pk, *codes in rows}


@dataclass(frozen=True)
class Kind:
    """One kind of shipped data (είδος στοιχείων): its table, its key and its rows.

    ``rows`` gives plain values; a reference is written as the code (or tuple of codes) of the
    row that it names, None where there is none.
    """

    name: str
    title: str
    model: type[models.Model]
    key: tuple[str, ...]
    rows: Callable[[], Iterable[Row]]
    references: Mapping[str, Reference] = field(default_factory=dict)


@dataclass(frozen=True)
class Counts:
    """How many rows of a kind the load created, changed and skipped."""

    title: str
    created: int
    changed: int
    skipped: int


@transaction.atomic
def load(kind: Kind) -> Counts:
    """Write the rows of ``kind`` that are new or differ from what was loaded last.

    A row that a person edited afterwards is left alone until the shipped row itself changes.
    """
    seen = dict(SourceRow.objects.filter(kind=kind.name).values_list("code", "digest"))
    fresh = {_code(kind, row): (_digest(row), row) for row in kind.rows()}
    news = {code: pair for code, pair in fresh.items() if seen.get(code) != pair[0]}
    if news:
        _write(kind, [row for _, row in news.values()])
        _remember(kind, {code: digest for code, (digest, _) in news.items()})
    created = sum(code not in seen for code in news)
    return Counts(kind.title, created, len(news) - created, len(fresh) - len(news))


def _code(kind: Kind, row: Row) -> str:
    return "/".join(_flat(row[name]) for name in kind.key)


def _flat(value: Any) -> str:
    return "/".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _digest(row: Row) -> str:
    text = json.dumps(row, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _write(kind: Kind, rows: list[Row]) -> None:
    ids = {name: reference.ids() for name, reference in kind.references.items()}
    columns = [_columns(row, ids) for row in rows]
    key = tuple(f"{name}_id" if name in ids else name for name in kind.key)
    present = {
        tuple(getattr(thing, name) for name in key): thing
        for thing in kind.model._default_manager.all()  # noqa: SLF001
    }
    new, old, names = [], [], {name for row in columns for name in row} - set(key)
    for row in columns:
        thing = present.get(tuple(row[name] for name in key))
        if thing is None:
            new.append(kind.model(**row))
            continue
        for name, value in row.items():
            setattr(thing, name, value)
        old.append(thing)
    kind.model._default_manager.bulk_create(new)  # noqa: SLF001
    if old and names:
        kind.model._default_manager.bulk_update(old, sorted(names), batch_size=500)  # noqa: SLF001


def _columns(row: Row, ids: Mapping[str, dict[Any, int]]) -> dict[str, Any]:
    return {
        f"{name}_id" if name in ids else name: ids[name][value]
        if name in ids and value is not None
        else value
        for name, value in row.items()
    }


def _remember(kind: Kind, digests: Mapping[str, str]) -> None:
    SourceRow.objects.bulk_create(
        [SourceRow(kind=kind.name, code=code, digest=digest) for code, digest in digests.items()],
        update_conflicts=True,
        unique_fields=["kind", "code"],
        update_fields=["digest"],
    )
