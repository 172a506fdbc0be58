"""Documents (έγγραφα): data, Typst template, PDF/A, seal, number, store; declared once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model, QuerySet

from didaskaleio.kernel import files, greek, journal, numbering
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.models import StoredDocument

M = TypeVar("M", bound=Model)
Seal = Callable[[bytes], bytes]


@dataclass(frozen=True)
class Kind:
    """One kind of document: its template, the series that numbers it, who may open it."""

    name: str
    title: str
    template: Path
    permission: str
    series: str
    data: Callable[[Any], dict[str, Any]]


kinds: dict[str, Kind] = {}


def declare(kind: Kind) -> Kind:
    """Declare a kind of document and of the file that holds it."""
    if kind.name in kinds:
        raise ValueError(f"document {kind.name} is declared twice")
    kinds[kind.name] = kind
    files.declare(files.Kind(kind.name, kind.title, kind.permission, (files.PDF,)))
    return kind


def receipt_head(
    title: str, keywords: Sequence[str], authority: Sequence[str], number: str, at: datetime
) -> dict[str, Any]:
    """Κεφαλίδα απόδειξης: whom it comes from, its number and the moment of the submission."""
    return {
        "title": title,
        "keywords": keywords,
        "authority": authority,
        "place": "Αθήνα",
        "date": greek.short_moment(at),
        "number": number,
        "number_label": "Αριθ. απόδειξης:",
    }


def render(kind: Kind, thing: Model, **extra: Any) -> bytes:
    """The PDF of ``thing`` without number or seal: what a preview shows."""
    from didaskaleio.kernel import typesetting

    return typesetting.render(kind.template, kind.data(thing) | extra)


def issue(
    kind: Kind,
    thing: Model,
    *,
    actor: Actor,
    at: datetime,
    number: str = "",
    series: str = "",
    seal: Seal | None = None,
    **extra: Any,
) -> StoredDocument:
    """Number, typeset, seal and store the document of ``thing``; all or nothing."""
    from didaskaleio.kernel import typesetting

    with transaction.atomic():
        number = number or numbering.protocol(series or kind.series, at=at)
        data = kind.data(thing) | extra | {"number": number}
        pdf = typesetting.render(kind.template, data, at=at)
        content = seal(pdf) if seal else pdf
        return keep(kind, content, thing, number=number, actor=actor, at=at)


def receive(rows: QuerySet[M], pk: int, kind: Kind, *, actor: Actor) -> M | None:
    """Απόδειξη: typeset the numbered receipt of one submission; None when it stands already.

    A row has ``at``, ``receipt_number`` and ``receipt``; it stays locked, so call it in the
    transaction that tells the person.
    """
    row: Any = rows.select_for_update(of=("self",)).get(pk=pk)
    if row.receipt_id is not None:
        return None
    row.receipt = issue(kind, row, actor=actor, at=row.at, number=row.receipt_number)
    row.save(update_fields=["receipt"])
    found: M = row
    return found


def keep(
    kind: Kind, content: bytes, thing: Model, *, number: str, actor: Actor, at: datetime
) -> StoredDocument:
    """Store a finished document of ``thing`` under its number."""
    return keep_many(kind, [(content, thing, number)], actor=actor, at=at)[0]


def keep_many(
    kind: Kind, items: Sequence[tuple[bytes, Model, str]], *, actor: Actor, at: datetime
) -> list[StoredDocument]:
    """Store many finished documents: content, thing and number of each."""
    family = kind.name.rpartition(".")[2]
    stored = files.store_many(
        files.kinds[kind.name],
        [
            (content, f"{family}-{number.replace('/', '-')}.pdf", thing)
            for content, thing, number in items
        ],
        actor=actor,
        at=at,
    )
    return StoredDocument.objects.bulk_create(
        StoredDocument(
            kind=kind.name,
            number=number,
            subject=journal.label(thing),
            subject_id=thing.pk,
            title=f"{kind.title} {number}",
            file=file,
            at=at,
        )
        for (_, thing, number), file in zip(items, stored, strict=True)
    )


def of(thing: Model) -> list[StoredDocument]:
    """The documents of one object, newest first."""
    rows = StoredDocument.objects.filter(subject=journal.label(thing), subject_id=thing.pk)
    return list(rows.select_related("file").order_by("-pk"))
