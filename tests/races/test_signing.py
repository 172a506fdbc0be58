"""Races of room delivery on PostgreSQL: two signatures, two last sheets, start and enrolment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from didaskaleio.delivery import operations, queries
from didaskaleio.delivery.models import Attendance, AttendanceSheet, TrainingSession
from didaskaleio.enrolment import operations as enrolment_operations
from didaskaleio.kernel.access import SYSTEM
from didaskaleio.kernel.errors import Refusal
from didaskaleio.people.queries import actor_of
from didaskaleio.programmes.models import Programme
from tests.factories import delivery, enrolment, people

pytestmark = pytest.mark.race


def at_once(*acts):
    """Run the acts at one moment, each on a connection of its own; results or refusals."""
    barrier = Barrier(len(acts))

    def run(act):
        try:
            barrier.wait()
            return act()
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.mark.usefixtures("committed_db")
def test_two_requests_that_sign_at_once_leave_one_sheet():
    programme = delivery.a_running_programme(2)
    first = delivery.a_marked_session(delivery.sessions_of(programme)[0])
    trainer, seen = actor_of(programme.trainer, at=first.ends_at), queries.next_digest(first)

    def sign():
        session = TrainingSession.objects.get(pk=first.pk)
        return operations.sign(session, actor=trainer, at=first.ends_at, seen=seen)

    results = at_once(*[sign] * 4)
    assert AttendanceSheet.objects.filter(session=first).count() == 1
    assert {type(result) for result in results} == {AttendanceSheet}
    assert len({result.pk for result in results}) == 1


@pytest.mark.usefixtures("committed_db")
def test_a_draft_that_races_the_signature_never_changes_the_signed_sheet():
    programme = delivery.a_running_programme(2)
    first = delivery.a_marked_session(delivery.sessions_of(programme)[0])
    trainer, seen = actor_of(programme.trainer, at=first.ends_at), queries.next_digest(first)
    row = delivery.trainees_of(first)[0]

    def sign():
        session = TrainingSession.objects.get(pk=first.pk)
        return operations.sign(session, actor=trainer, at=first.ends_at, seen=seen)

    def draft():
        session = TrainingSession.objects.get(pk=first.pk)
        marks = {row.pk: delivery.Marking("absent")}
        operations.save_draft(session, marks, topic="Άλλο", actor=trainer, at=first.ends_at)

    results = at_once(sign, draft)
    refused = [result for result in results if isinstance(result, Refusal)]
    assert len(refused) == 1
    sheet = AttendanceSheet.objects.filter(session=first).first()
    row.refresh_from_db()
    if sheet is None:
        assert row.mark == "absent"
    else:
        assert (sheet.digest, row.mark) == (seen, "present")


@pytest.mark.usefixtures("committed_db")
def test_the_last_two_signatures_at_once_complete_the_programme():
    programme = delivery.a_running_programme(1)
    sessions = delivery.sessions_of(programme)
    at = sessions[-1].ends_at
    *others, one, two = sorted(sessions, key=lambda session: -session.async_hours)
    for session in others:
        delivery.a_signed_session(session, at=at)
    pair = [delivery.a_marked_session(session, at=at) for session in (one, two)]
    trainer = actor_of(programme.trainer, at=at)

    def signing(session, seen):
        def sign():
            found = TrainingSession.objects.get(pk=session.pk)
            return operations.sign(found, actor=trainer, at=at, seen=seen)

        return sign

    at_once(*(signing(session, queries.next_digest(session)) for session in pair))
    assert Programme.objects.get(pk=programme.pk).state == "completed"


@pytest.mark.usefixtures("committed_db")
def test_who_enrols_at_the_moment_of_the_start_stands_in_every_roll():
    programme = delivery.an_enrolling_programme(1)
    late = enrolment.a_placed_application(programme, person=people.a_teacher())
    at = programme.slots.order_by("date", "start").first().span.lower
    actor = actor_of(late.person, at=at)

    def start():
        operations.start(Programme.objects.get(pk=programme.pk), actor=SYSTEM, at=at)

    def confirm():
        enrolment_operations.confirm(
            type(late).objects.get(pk=late.pk),
            actor=actor,
            at=at,
            will_teach_declared=True,
            regulation_accepted=True,
        )

    assert at_once(start, confirm) == [None, None]
    assert Attendance.objects.filter(application=late).count() == 20
