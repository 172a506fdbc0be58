"""A move by decision between running programmes: the rolls follow at once, what is signed stays.

Shows: R-046.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from didaskaleio.delivery.models import Attendance
from didaskaleio.enrolment import operations
from didaskaleio.people.queries import actor_of
from tests.factories import delivery as make
from tests.factories import enrolment as applications
from tests.factories import people

pytestmark = pytest.mark.django_db


def sessions_with(application):
    """(code of the programme, number of the session) of every roll where the person stands."""
    rows = Attendance.objects.filter(application=application)
    return list(
        rows.order_by("session__programme__code", "session__sequence").values_list(
            "session__programme__code", "session__sequence"
        )
    )


@pytest.fixture
def old(db):
    return make.a_running_programme(10, signed=2)


@pytest.fixture
def new(old):
    return make.a_running_programme(
        10, period=old.period, cluster=old.cluster.code, category=old.category.code
    )


def move(application, to):
    at = make.sessions_of(to)[3].starts_at - timedelta(hours=1)
    officer = actor_of(people.officer(to.period.action.body.code), at=at)
    operations.move_by_decision(
        application, to, actor=officer, at=at, code="service", reason="Αλλαγή σχολείου"
    )


def test_an_enrolled_person_leaves_unsigned_rolls_and_joins_the_others(old, new):
    moved = make.trainees_of(make.sessions_of(old)[0])[0].application
    last = len(make.sessions_of(new))
    assert sessions_with(moved) == [(old.code, n) for n in range(1, last + 1)]
    move(moved, new)
    kept = [(old.code, 1), (old.code, 2)]
    joined = [(new.code, n) for n in range(1, last + 1)]
    assert sessions_with(moved) == sorted([*kept, *joined])


def test_a_person_who_has_not_confirmed_stands_in_no_roll_after_the_move(old, new):
    placed = applications.a_placed_application(old)
    move(placed, new)
    assert sessions_with(placed) == []
