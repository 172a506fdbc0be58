"""Races on PostgreSQL at reports: versions saved at once, the same morning taken up twice.

Shows: R-079.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from didaskaleio.observatory import operations
from didaskaleio.observatory.models import AdHocReport, Dispatch, Subscription
from didaskaleio.people.queries import actor_of
from tests.factories import people
from tests.races.together import NOW, at_once, refusals

pytestmark = pytest.mark.race
CENTRES = {"subject": "registers.centres", "columns": ["code", "name"]}


@pytest.fixture
def officer(committed_db):
    return actor_of(people.officer(), at=NOW)


@pytest.fixture
def report(officer):
    return operations.create(CENTRES, title="Κέντρα", actor=officer, at=NOW)


def test_versions_saved_at_once_are_all_kept_and_numbered_without_gaps(report, officer):
    def save():
        row = AdHocReport.objects.get(pk=report.pk)
        return operations.save(row, CENTRES, title="Κέντρα", actor=officer, at=NOW)

    assert sorted(at_once([save] * 4)) == [2, 3, 4, 5]
    report.refresh_from_db()
    assert report.number == 5


def test_a_morning_that_two_workers_take_up_is_ordered_once(report, officer):
    row = operations.subscribe(report, "weekly", actor=officer, at=NOW)
    due = row.next_at + timedelta(minutes=1)
    assert sorted(at_once([lambda: operations.send_due(due)] * 3)) == [0, 0, 1]
    assert ProcrastinateJob.objects.filter(task_name="observatory.send").count() == 1


def test_the_same_sheet_made_twice_at_once_is_kept_once(report, officer):
    row = operations.subscribe(report, "weekly", actor=officer, at=NOW)

    def send():
        mine = Subscription.objects.select_related("person", "report").get(pk=row.pk)
        return operations.send_now(mine, row.next_at, at=row.next_at).pk

    made = at_once([send] * 3)
    assert refusals(made) == []
    assert set(made) == {Dispatch.objects.get().pk}
    assert Dispatch.objects.get().file is not None
