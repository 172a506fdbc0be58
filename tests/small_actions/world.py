"""Small actions of a centre and of a structure, written by whoever may, for tests."""

from __future__ import annotations

from datetime import datetime, timedelta

from didaskaleio.delivery.rules import codes
from didaskaleio.kernel.access import SYSTEM
from didaskaleio.kernel.clock import ATHENS
from didaskaleio.people.queries import actor_of
from didaskaleio.small_actions import operations, queries
from didaskaleio.small_actions.models import SmallAction
from didaskaleio.small_actions.operations import Content
from tests.factories import people

WRITTEN = datetime(2023, 1, 18, 10, tzinfo=ATHENS)
STARTS = datetime(2023, 1, 25, 17, tzinfo=ATHENS)
ENDS = STARTS + timedelta(hours=3)
OVER = ENDS + timedelta(hours=1)


def actor(person):
    return actor_of(person, at=WRITTEN)


def content(host, **changes):
    """A workshop of three hours with two places, for everybody."""
    found = {
        "kind": "workshop",
        "title": "Μικροελεγκτές στην τάξη",
        "host": host,
        "starts_at": STARTS,
        "ends_at": ENDS,
        "venue": "Εργαστήριο Α",
        "places": 2,
        "hours": 3,
    }
    return Content(**found | changes)


def written(host, by, **changes):
    return operations.compose(content(host, **changes), actor=by, at=WRITTEN)


def published(host, by, **changes):
    row = written(host, by, **changes)
    operations.publish(row, actor=by, at=WRITTEN)
    return row


def register(row, person, at=WRITTEN):
    return operations.register(row, actor=actor(person), at=at)


def filled(row, many):
    """So many teachers register, one after the other; their seats."""
    return [register(row, people.a_teacher()) for _ in range(many)]


def begun(row):
    row = SmallAction.objects.get(pk=row.pk)
    operations.begin(row, actor=SYSTEM, at=row.starts_at)
    return row


def attended(centre, manager, officer, many=2, **facts):
    """An attested action that was approved, took place, and whose roll was closed."""
    row = written(centre, manager, counts=True, attested=True, places=many, **facts)
    operations.submit(row, actor=manager, at=WRITTEN)
    operations.approve(row, actor=officer, at=WRITTEN)
    seats = filled(row, many)
    row = begun(row)
    operations.complete(row, [seat.pk for seat in seats], actor=manager, at=OVER)
    return row, seats


def letters(row, at):
    return codes.code(queries.secret(), row.pk, codes.window(at))


def states(row):
    return list(row.seats.order_by("number").values_list("state", flat=True))
