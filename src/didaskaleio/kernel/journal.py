"""Journal (ημερολόγιο ενεργειών): who did what, when, to what, with which reason; append-only."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Model, QuerySet

from didaskaleio.kernel.errors import OvertakenError
from didaskaleio.kernel.greek import long_moment

if TYPE_CHECKING:
    from didaskaleio.kernel.access import Actor
    from didaskaleio.kernel.models import JournalEntry


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
    """Record the same act on many objects, in batches."""
    from didaskaleio.kernel.models import JournalEntry

    known = sources or {}
    JournalEntry.objects.bulk_create(
        (
            _entry(
                label(model),
                pk,
                act=act,
                step=step,
                source=known.get(pk, ""),
                target=target,
                actor_id=actor.user_id,
                actor_name=actor.name,
                at=at,
                reason=reason,
                data=data or {},
            )
            for pk in ids
        ),
        batch_size=5_000,
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
