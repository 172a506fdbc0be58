"""Races of what is kept of a session: versions of its report, the parts of its recording.

Shows: R-057.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from didaskaleio.delivery import operations
from didaskaleio.delivery.minutes import Playback, Recorded
from didaskaleio.delivery.models import CorrectionRequest, SessionRecording, SessionReport
from didaskaleio.delivery.operations import Told
from didaskaleio.kernel import journal
from didaskaleio.kernel.access import SYSTEM
from didaskaleio.people.queries import actor_of
from tests.factories import delivery, people
from tests.races.together import at_once, refusals

pytestmark = pytest.mark.race
SAID = {"taught": "Σενάρια.", "pace": "planned", "incident": "no", "technical": "no"}


@pytest.mark.usefixtures("committed_db")
def test_corrections_at_once_follow_each_other_and_one_request_waits():
    session = delivery.sessions_of(delivery.a_running_programme(1))[0]
    at, hour = session.ends_at, timedelta(hours=1)
    trainer = actor_of(session.trainer, at=at)
    operations.file_report(session, SAID, units=(), actor=trainer, at=at)

    def correct(number):
        told = Told(SAID | {"taught": f"Σενάρια {number}."})
        return operations.correct_report(session, told, reason="Λάθος", actor=trainer, at=at + hour)

    assert refusals(at_once([lambda n=n: correct(n) for n in range(3)])) == []
    rows = SessionReport.objects.filter(session=session)
    assert sorted(rows.values_list("version", flat=True)) == [1, 2, 3, 4]
    manager = actor_of(people.a_centre_manager(session.programme.centre), at=at)

    def ask():
        return operations.ask_correction(session, text="Γιατί;", actor=manager, at=at + hour)

    assert len(refusals(at_once([ask] * 3))) == 2
    assert CorrectionRequest.objects.filter(answered_at=None).count() == 1


@pytest.mark.usefixtures("committed_db")
def test_one_recording_that_is_told_of_several_times_at_once_is_received_once():
    sessions = delivery.sessions_of(delivery.a_running_programme(1))
    remote = next(one for one in sessions if one.kind != "f2f")
    way = Playback("Ήχος", "https://bbb.example.org/podcast/a-1", 90, 1)
    told = Recorded("a-1", remote.starts_at, remote.ends_at, 1, (way,))

    def enter():
        return operations.expect(remote, at=remote.starts_at)

    def take():
        row = SessionRecording.objects.get()
        operations.take_recordings(row, (told,), actor=SYSTEM, at=remote.ends_at)

    assert refusals(at_once([enter] * 3)) == []
    assert refusals(at_once([take] * 3)) == []
    kept = SessionRecording.objects.get()
    assert (kept.state, kept.parts.count(), journal.of(kept).count()) == ("available", 1, 1)
