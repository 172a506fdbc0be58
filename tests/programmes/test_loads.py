"""Nobody teaches more hours than the action allows: at submission and when a session is moved.

Shows: R-029.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest

from didaskaleio.kernel.calendar import ATHENS
from didaskaleio.people.queries import actor_of
from didaskaleio.programmes import operations, queries
from didaskaleio.programmes.errors import LoadExceededError
from didaskaleio.programmes.models import ParameterSet
from didaskaleio.programmes.queries.availability import loads
from tests.factories import people, structures
from tests.factories import programmes as make

pytestmark = pytest.mark.django_db
NOW = datetime(2022, 12, 12, 10, tzinfo=ATHENS)


def limited(period, **values):
    """The action of the period with limits of load."""
    ParameterSet.objects.create(
        action=period.action,
        version=1,
        values=values,
        valid_from=NOW - timedelta(days=30),
        reason="Όρια φόρτου.",
    )
    return period


def a_draft(period, trainer, start=time(17, 30)):
    centre = structures.a_centre()
    manager = people.a_centre_manager(centre)
    regulation = period.action.regulations.get()
    make.an_acceptance(regulation, manager, "centre", centre=centre)
    row = make.a_programme(
        "draft", period=period, centre=centre, trainer=trainer, start=start, agreed_revision=1
    )
    return row, actor_of(manager, at=NOW)


@pytest.fixture
def trainer():
    return people.a_trainer()


@pytest.fixture
def period(trainer):
    made = make.a_period("proposing")
    make.an_acceptance(made.action.regulations.get(), trainer, "trainer")
    return made


def test_the_hours_of_the_others_are_counted_by_week_period_and_operation(period, trainer):
    make.a_programme("approved", period=period, trainer=trainer)
    other = make.a_period("proposing", action=period.action)
    make.a_programme("completed", period=other, trainer=trainer, start=time(19, 45))
    mine = make.a_programme("draft", period=period, trainer=trainer)
    found = loads([trainer.pk], period, leaving_out=[mine.pk])[trainer.pk]
    assert (found.period, found.operation) == (60, 120)
    # two meetings of three hours in the first week of each
    assert found.weeks[period.first_day] == 12


@pytest.mark.parametrize(
    ("limit", "code"),
    [
        ({"trainer_hours_per_week": 9}, "LOAD_WEEK"),
        ({"trainer_hours_per_period": 119}, "LOAD_PERIOD"),
        ({"trainer_hours_per_operation": 119}, "LOAD_OPERATION"),
    ],
)
def test_a_second_programme_beyond_a_limit_is_refused(period, trainer, limit, code):
    limited(period, **limit)
    make.a_programme("approved", period=period, trainer=trainer)
    row, manager = a_draft(period, trainer, time(19, 45))
    with pytest.raises(LoadExceededError) as refusal:
        operations.submit(row, actor=manager, at=NOW)
    assert refusal.value.code == code
    assert f"ο/η {trainer.full_name} θα είχε" in str(refusal.value).replace("Ο/Η", "ο/η")


def test_up_to_the_limit_it_is_accepted(period, trainer):
    limited(period, trainer_hours_per_week=12, trainer_hours_per_period=120)
    make.a_programme("approved", period=period, trainer=trainer)
    row, manager = a_draft(period, trainer, time(19, 45))
    operations.submit(row, actor=manager, at=NOW)
    row.refresh_from_db()
    assert row.state == "checked"


def test_approval_asks_again(period, trainer):
    make.a_programme("approved", period=period, trainer=trainer)
    second = make.a_programme("checked", period=period, trainer=trainer, start=time(19, 45))
    limited(period, trainer_hours_per_week=9)
    assert {found.code for found in queries.errors_of(second, NOW)} == {"LOAD_WEEK"}
