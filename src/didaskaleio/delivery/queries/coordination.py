"""Exceptions and the tasks given for them (R-174): which row may be asked about, what was said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from didaskaleio.delivery.models import Dispute, Excuse, GivenTask, TrainingSession
from didaskaleio.delivery.queries.absences import Absence
from didaskaleio.kernel import access
from didaskaleio.kernel.access import Actor
from didaskaleio.programmes.models import Programme

Key = tuple[str, int | None, int | None]


@dataclass(frozen=True)
class Line:
    """A row of a group of exceptions with the latest task that was given for it.

    ``programme`` is set where the person may give one; ``session`` and ``application`` say what
    it would be about.
    """

    row: Any
    session: int | None
    application: int | None
    programme: int | None
    task: GivenTask | None


def key_of(row: Any) -> tuple[int, int | None, int | None]:
    """Programme, session and place of a row of any group."""
    if isinstance(row, TrainingSession):
        return row.programme_id, row.pk, None
    if isinstance(row, Absence):
        return row.application.programme_id or 0, None, row.application.pk
    if isinstance(row, (Excuse, Dispute)):
        about = row.attendance
        return about.session.programme_id, about.session_id, about.application_id
    return row.programme_id or 0, None, row.pk


def with_tasks(actor: Actor, groups: Iterable[tuple[str, Iterable[Any]]]) -> dict[str, list[Line]]:
    """By group its rows as lines, in two questions however many there are."""
    rows = {name: [(row, *key_of(row)) for row in found] for name, found in groups}
    keys = [key for found in rows.values() for _row, *key in found]
    may = access.visible(
        actor, "programme.coordinate", Programme.objects.filter(pk__in={key[0] for key in keys})
    )
    asked, given = set(may.values_list("pk", flat=True)), _given(actor, list(rows), keys)
    return {
        name: [
            Line(
                row,
                session,
                application,
                programme if programme in asked else None,
                given.get((name, session, application)),
            )
            for row, programme, session, application in found
        ]
        for name, found in rows.items()
    }


def _given(actor: Actor, names: list[str], keys: list[Any]) -> dict[Key, GivenTask]:
    """The latest task for each key, of those that the person may read."""
    about = Q(session__in={key[1] for key in keys}) | Q(application__in={key[2] for key in keys})
    rows = GivenTask.objects.filter(about, about__in=names).exclude(state="revoked")
    found = access.visible(actor, "given_task.read", rows).order_by("given_at", "pk")
    return {(task.about, task.session_id, task.application_id): task for task in found}
