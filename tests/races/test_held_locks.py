"""What a step holds while it waits: nothing, once its parent has changed (no deadlock).

Shows: R-045.
"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from didaskaleio.enrolment import operations, places
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.programmes.models import Programme
from tests.enrolment.stages import AFTER, a_group, a_holder, a_stage, actor, fresh

pytestmark = pytest.mark.race


def waiting_for_a_row():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return cursor.fetchone()[0]


def ended(act):
    try:
        return act()
    finally:
        connection.close()


def test_a_step_whose_row_was_moved_gives_back_the_old_parent_before_it_waits(committed_db):
    period = a_stage("enrolling")
    old, new = a_group(period, "enrolling"), a_group(period, "enrolling")
    stale = a_holder(old)
    ParticipationApplication.objects.filter(pk=stale.pk).update(programme=new)
    held = Programme.objects.select_for_update(of=("self",), no_key=True)
    free = Programme.objects.select_for_update(of=("self",), no_key=True, nowait=True)
    mine = places.applications().select_for_update(of=("self",), no_key=True, nowait=True)
    who = actor(stale, AFTER)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            held.get(pk=new.pk)
            done = pool.submit(ended, lambda: operations.decline(stale, actor=who, at=AFTER))
            until = time.monotonic() + 15
            while not waiting_for_a_row() and time.monotonic() < until:
                time.sleep(0.01)
            assert waiting_for_a_row()
            assert free.get(pk=old.pk) == old
            assert mine.get(pk=stale.pk) == stale
        done.result(timeout=60)
    assert fresh(stale).state == "withdrawn"
