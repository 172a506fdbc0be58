"""A call for work as the tests of this folder begin: period, people, places."""

from __future__ import annotations

from datetime import datetime, timedelta

from didaskaleio.kernel.access import SYSTEM
from didaskaleio.kernel.calendar import ATHENS
from didaskaleio.people.queries import actor_of
from didaskaleio.programmes import operations
from didaskaleio.programmes.enums import WorkFor
from didaskaleio.programmes.models import WorkCall
from didaskaleio.structures.models import Prefecture, Region
from tests.factories import people, structures
from tests.factories import programmes as make

AT = datetime(2022, 12, 5, 10, tzinfo=ATHENS)
CLOSES = AT + timedelta(days=5, hours=5)
DURING = AT + timedelta(days=1)


def act(person):
    return actor_of(person, at=AT)


def place(code):
    return Prefecture.objects.get(code=code)


def line(cluster, prefecture, places=1):
    return operations.LineFacts(
        places, cluster=structures.a_cluster(cluster).pk, prefecture=place(prefecture).pk
    )


def region_line(name, places):
    return operations.LineFacts(places, region=Region.objects.get(code=name).pk)


def a_call(*lines, period=None, audience=WorkFor.TRAINERS, officer=None, state="open", **facts):
    """A call of «itye» for a period that takes proposals, announced and open at ``AT``."""
    period = period or make.a_period("proposing")
    by = act(officer or people.officer())
    content = operations.WorkContent(
        **{
            "title": "Επιμορφωτές για την άνοιξη",
            "opens_at": AT,
            "closes_at": CLOSES,
            "lines": lines or (line("B2.3", "KOZ"),),
            **facts,
        }
    )
    made = operations.begin_work_call(period, audience, content, actor=by, at=AT)
    if state != "draft":
        operations.announce_work(made, actor=by, at=AT)
    if state not in {"draft", "announced"}:
        operations.open_work(made, actor=SYSTEM, at=AT)
    return WorkCall.objects.select_related("period__action").get(pk=made.pk)


def applied(call, person, lines=None, wanted=60, *, centre=None, at=DURING):
    """A submitted application; ``lines`` are the call's, in the order of preference."""
    mine = operations.start_application(call, actor=act(person), at=at, centre=centre)
    chosen = [one.pk for one in lines or call.lines.all()]
    operations.save_application(mine, actor=act(person), at=at, lines=chosen, wanted=wanted)
    mine.refresh_from_db()
    operations.send_application(mine, actor=act(person), at=at, version=0)
    return mine


def closed(call):
    operations.close_work(call, actor=SYSTEM, at=call.closes_at)
    return call


def settled(call, officer=None):
    by = act(officer or people.officer())
    closed(call)
    operations.select_work(call, actor=by, at=CLOSES, reason="Απόφαση 7.")
    return call
