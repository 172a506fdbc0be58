"""A worker killed with -9 while it writes a draw: nothing stands, another publishes it whole.

Shows: R-039.
"""

from __future__ import annotations

import signal

import pytest
from django.db import connection, transaction

from didaskaleio.enrolment import operations
from didaskaleio.enrolment.models import Draw, ParticipationApplication, WaitingList
from didaskaleio.enrolment.operations import publishing
from didaskaleio.kernel import lifecycle
from didaskaleio.kernel.models import JournalEntry, Work
from didaskaleio.people import queries
from didaskaleio.people.enums import Role, Scope
from tests.completion.test_killed_worker import a_worker, nobody_is_heard, wait_for
from tests.factories import enrolment as make
from tests.factories import people, programmes

pytestmark = pytest.mark.race
BEACON = "9f" * 32
BEFORE_APPLICATIONS = 5  # three parts of computing, two of the programmes


def a_computing_draw():
    period = programmes.a_period("phase_a")
    make.a_draw(period)
    programme = programmes.a_programme(period=period, category="IIb", slots=False)
    for _ in range(3):
        make.an_application(period=period, preferences=[programme])
    lifecycle.fire_due(period.phase_a_closes)
    draw = Draw.objects.get(period=period)
    for _ in range(2):
        officer = people.a_person()
        people.a_post(officer, Role.BODY_OFFICER, Scope.BODY, period.action.body)
        actor = queries.actor_of(officer, at=draw.beacon_at)
        operations.enter_beacon(draw, actor=actor, at=draw.beacon_at, beacon=BEACON)
    return draw


def test_a_worker_killed_while_it_writes_leaves_nothing_and_another_publishes(
    committed_db, tmp_path
):
    draw = a_computing_draw()
    with transaction.atomic(), connection.cursor() as cursor:
        # the worker has written the programmes and waits for this row when it is killed
        row = ParticipationApplication.objects.filter(period=draw.period).first()
        cursor.execute(
            "SELECT 1 FROM enrolment_participationapplication WHERE id = %s FOR UPDATE", [row.pk]
        )
        with a_worker(tmp_path) as first:
            wait_for(lambda: Work.objects.get(pk=draw.work_id).done == BEFORE_APPLICATIONS)
            first.send_signal(signal.SIGKILL)
    draw.refresh_from_db()
    assert (draw.state, draw.bundle, draw.period.state) == ("computing", None, "frozen")
    assert not WaitingList.objects.exists()
    assert not ParticipationApplication.objects.filter(rank__isnull=False).exists()
    nobody_is_heard()
    with a_worker(tmp_path):
        wait_for(lambda: Work.objects.get(pk=draw.work_id).state == "done")
    draw.refresh_from_db()
    assert draw.state == "published"
    assert Work.objects.get(pk=draw.work_id).done == publishing.PARTS
    ranks = ParticipationApplication.objects.filter(period=draw.period).values_list("rank")
    assert sorted(rank for (rank,) in ranks) == [1, 2, 3]
    published = JournalEntry.objects.filter(subject="enrolment.draw", step="publish")
    assert published.count() == 1
