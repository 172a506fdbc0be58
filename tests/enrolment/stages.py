"""A period after its draw: filling and viable programmes with small groups, people, actors."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count

from didaskaleio.enrolment.enums import ApplicationState
from didaskaleio.enrolment.models import HeldBack, PublicChange, WaitingEntry, WaitingList
from didaskaleio.kernel.calendar import ATHENS
from didaskaleio.people.queries import actor_of
from didaskaleio.programmes.models import ParameterSet
from tests.factories import enrolment as make
from tests.factories import people, programmes

OPENS = programmes.DATES["phase_b_opens"]
CLOSES = programmes.DATES["phase_b_closes"]
DURING = datetime(2023, 1, 25, 11, 20, tzinfo=ATHENS)
AFTER = datetime(2023, 1, 27, 16, 0, tzinfo=ATHENS)
ENROLMENT_CLOSES = programmes.DATES["enrolment_closes"]
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)
_rank = count(100)


def a_stage(state="phase_b", **parameters):
    """A period after its draw; ``parameters`` are those of its action."""
    period = programmes.a_period(state)
    if parameters:
        ParameterSet.objects.create(
            action=period.action,
            version=1,
            values=parameters,
            valid_from=period.announced_at,
            reason="Δοκιμή",
        )
    return period


def a_group(period, state="filling", *, placed=0, capacity=3, minimum=2, opened=None, **facts):
    """A programme with ``placed`` people; filling ones are open in phase B unless told."""
    facts.setdefault("category", "IIb")
    programme = programmes.a_programme(
        state, period=period, capacity=capacity, minimum=minimum, **facts
    )
    WaitingList.objects.create(
        programme=programme,
        places=capacity,
        open_in_phase_b=state == "filling" if opened is None else opened,
    )
    for _ in range(placed):
        make.a_placed_application(programme)
    return programme


def runners_up(programme, many):
    """Runners-up on the list of ``programme``, in draw order (ranks from 100 on)."""
    rows = [
        make.an_application(
            period=programme.period,
            preferences=[programme],
            state=ApplicationState.RUNNER_UP,
            rank=next(_rank),
        )
        for _ in range(many)
    ]
    numbers = [row.number for row in rows]
    WaitingList.objects.filter(programme=programme).update(numbers=numbers)
    return rows


def a_holder(programme, **facts):
    return make.a_placed_application(programme, **facts)


def actor(person_or_application, at=DURING):
    return actor_of(getattr(person_or_application, "person", person_or_application), at=at)


def an_officer(period):
    return actor_of(people.officer(period.action.body.code), at=DURING)


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def owed(programme):
    """A freed place that belongs to the list of a viable programme."""
    return HeldBack.objects.create(programme=programme, freed_at=DURING)


def an_offer(programme, application=None, *, at=DURING, hours=4):
    """An open offer made at ``at``, with its place counted."""
    application = application or make.an_application(
        period=programme.period, preferences=[programme], state=ApplicationState.RUNNER_UP
    )
    length = timedelta(hours=hours)
    return make.a_waiting_entry(
        programme, application, at=at, expires_at=at + length, remind_at=at + length / 2
    )


def entries(programme):
    """(state, number) of the list's rows in order."""
    rows = WaitingEntry.objects.filter(programme=programme).order_by("pk")
    return [(row.state, row.application.number) for row in rows]


def public(period):
    """(kind, number, from, to) of the public changes, the oldest first."""
    rows = PublicChange.objects.filter(period=period).order_by("pk")
    return [
        (
            row.kind,
            row.number,
            row.from_programme.code if row.from_programme else None,
            row.to_programme.code if row.to_programme else None,
        )
        for row in rows
    ]
