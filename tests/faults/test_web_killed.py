"""The web server killed with -9 in the rush of phase B: nothing lost, nothing twice.

The draw and the bulk attestations under a killed worker: tests/races/test_draw_job.py and
tests/completion/test_killed_worker.py.

Shows: R-041, R-163.
"""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from threading import Event

import pytest
from django.db import connection

from didaskaleio.enrolment.models import ParticipationApplication, PhaseBLog
from didaskaleio.kernel.models import JournalEntry, Notice
from tests.enrolment.stages import a_group, a_stage
from tests.factories import enrolment as make
from tests.factories import people
from tests.faults import ground
from tests.ports import free_port

pytestmark = pytest.mark.race
PLACES, GROUPS, PEOPLE = 8, 4, 48


def a_crowd(period, groups):
    """Half of them waited in the draw, so that their request is plain; half are new."""
    crowd = []
    for number in range(PEOPLE):
        group = groups[number % GROUPS]
        if number % 8 < 4:
            person = people.a_teacher()
        else:
            facts = {"period": period, "state": "runner_up", "cluster": group.cluster}
            person = make.an_application(**facts).person
        crowd.append((person, f"/phase-b/{period.code}/claim/{group.code}/"))
    return crowd


def ask(browser, path, enough, answered):
    """The number of the answer, or nothing when the line broke."""
    try:
        answer = browser.post(path)
    except (OSError, HTTPException):
        return None
    finally:
        connection.close()
    assert answer.status == 302, answer.text
    answered.append(int(answer.location.rstrip("/").rpartition("/")[2]))
    if len(answered) == PEOPLE // 4:
        enough.set()
    return answered[-1]


def rush(port, crowd, enough, answered):
    pool = ThreadPoolExecutor(len(crowd))
    browsers = [(ground.signed_in(person, port), path) for person, path in crowd]
    return [pool.submit(ask, browser, path, enough, answered) for browser, path in browsers]


def test_the_rush_goes_on_after_a_kill_without_a_lost_or_doubled_place(committed_db, tmp_path):
    period = a_stage()
    groups = [a_group(period, capacity=PLACES, minimum=5) for _ in range(GROUPS)]
    crowd, port = a_crowd(period, groups), free_port()
    ground.stand_at()
    answered, enough = [], Event()
    with ground.a_web(tmp_path, port) as web:
        asked = rush(port, crowd, enough, answered)
        assert enough.wait(ground.PATIENCE)
        ground.kill(web)
        numbers = [one.result() for one in asked]
    ground.wait_for(ground.alone)  # what was sent before the end is decided
    broken = [who for who, number in zip(crowd, numbers, strict=True) if number is None]
    assert broken, "nobody was in flight"
    before = set(PhaseBLog.objects.values_list("sequence", flat=True))
    assert set(answered) <= before
    assert len(before) <= PEOPLE
    with ground.a_web(tmp_path, port):
        again = [one.result() for one in rush(port, broken, enough, answered)]
    assert None not in again
    stands_whole(answered, before, len(before) + len(broken))


def stands_whole(answered, before, rows):
    """The log has who was answered and who was cut off; each place is told exactly once."""
    log = list(PhaseBLog.objects.order_by("sequence"))
    assert {row.sequence for row in log} == set(answered) | before
    assert len(log) == rows
    placed = ParticipationApplication.objects.filter(state="placed")
    assert set(Counter(placed.values_list("programme_id", flat=True)).values()) == {PLACES}
    assert placed.count() == PLACES * GROUPS
    ids = sorted(placed.values_list("pk", flat=True))
    assert sorted(row.application_id for row in log if row.outcome == "placed") == ids
    acts = JournalEntry.objects.filter(subject="enrolment.participationapplication", step="claim")
    assert sorted(acts.values_list("subject_id", flat=True)) == ids
    told = Notice.objects.filter(kind="enrolment.placed").values_list("person_id", flat=True)
    assert sorted(told) == sorted(placed.values_list("person_id", flat=True))
