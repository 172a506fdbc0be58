"""Journal (ημερολόγιο ενεργειών): who did what, when, to what, with which reason; append-only."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import Model, QuerySet
from django.utils import timezone

from didaskaleio.kernel.errors import OvertakenError
from didaskaleio.kernel.greek import long_moment

if TYPE_CHECKING:
    from didaskaleio.kernel.access import Actor
    from didaskaleio.kernel.models import JournalEntry

MANY = """
INSERT INTO kernel_journalentry
    (subject, subject_id, act, step, source, target, actor_id, actor_name, at, recorded,
     reason, data)
SELECT %(subject)s, x.id, %(act)s, %(step)s, x.source, %(target)s, %(actor)s::bigint, %(name)s,
    %(at)s, %(recorded)s, %(reason)s, %(data)s::jsonb
FROM unnest(%(ids)s::bigint[], %(sources)s::text[]) AS x(id, source)
"""


def label(model: type[Model] | Model) -> str:
    """The journal's name of a kind of object: ``room.model``."""
    return model._meta.label_lower  # noqa: SLF001


def _entry(subject: str, subject_id: int, **facts: Any) -> JournalEntry:
    from didaskaleio.kernel.models import JournalEntry

    return JournalEntry(subject=subject, subject_id=subject_id, **facts)


def write(
    thing: Model, act: str, *, actor: Actor, at: datetime, reason: str = "", **data: Any
) -> JournalEntry:
    """Record that ``actor`` did ``act`` (Greek words) to ``thing``; ``data`` is kept as JSON."""
    entry = _entry(
        label(thing),
        thing.pk,
        act=act,
        actor_id=actor.user_id,
        actor_name=actor.name,
        at=at,
        reason=reason,
        data=data,
    )
    entry.save(force_insert=True)
    return entry


def write_many(
    model: type[Model],
    ids: Iterable[int],
    act: str,
    *,
    actor: Actor,
    at: datetime,
    step: str = "",
    sources: dict[int, str] | None = None,
    target: str = "",
    reason: str = "",
    data: dict[str, Any] | None = None,
) -> None:
    """Record the same act on many objects, by one statement."""
    known, pks = sources or {}, list(ids)
    with connection.cursor() as cursor:
        cursor.execute(
            MANY,
            {
                "subject": label(model),
                "ids": pks,
                "sources": [known.get(pk, "") for pk in pks],
                "act": act,
                "step": step,
                "target": target,
                "actor": actor.user_id,
                "name": actor.name,
                "at": at,
                "recorded": timezone.now(),
                "reason": reason,
                "data": json.dumps(data or {}, cls=DjangoJSONEncoder, ensure_ascii=False),
            },
        )


def of(thing: Model) -> QuerySet[JournalEntry]:
    """The journal of one object, newest first."""
    from didaskaleio.kernel.models import JournalEntry

    return JournalEntry.objects.filter(subject=label(thing), subject_id=thing.pk).order_by("-pk")


def latest(thing: Model, act: str) -> int:
    """The id of the newest entry of ``act`` on ``thing``, 0 if there is none: its revision."""
    return of(thing).filter(act=act).values_list("pk", flat=True).first() or 0


def require_latest(thing: Model, act: str, seen: int | None) -> None:
    """Refuse if ``act`` was done to ``thing`` after entry ``seen``; None asks nothing.

    Call with the row locked.
    """
    if seen is None:
        return
    entry = of(thing).filter(act=act, pk__gt=seen).first()
    if entry is not None:
        raise OvertakenError(
            f"Άλλαξε στο μεταξύ από {entry.actor_name}, στις {long_moment(entry.at)}. Δεν "
            "αποθηκεύτηκε τίποτε ακόμη: δείτε τις διαφορές, διορθώστε και αποθηκεύστε ξανά."
        )
