"""Races of room delivery on PostgreSQL: two signatures, two last sheets, start and enrolment."""

from __future__ import annotations

import pytest

from didaskaleio.delivery import operations, queries
from didaskaleio.delivery.errors import SheetChangedError
from didaskaleio.delivery.lifecycle import EARLY
from didaskaleio.delivery.models import Attendance, AttendanceSheet, TrainingSession
from didaskaleio.enrolment import operations as enrolment_operations
from didaskaleio.kernel.access import SYSTEM
from didaskaleio.kernel.errors import Refusal
from didaskaleio.people.queries import actor_of
from didaskaleio.programmes.models import Programme
from tests.factories import delivery, enrolment, people
from tests.races.together import at_once

pytestmark = pytest.mark.race


@pytest.mark.usefixtures("committed_db")
def test_two_requests_that_sign_at_once_leave_one_sheet():
    programme = delivery.a_running_programme(2)
    first = delivery.a_marked_session(delivery.sessions_of(programme)[0])
    trainer, seen = actor_of(programme.trainer, at=first.ends_at), queries.next_digest(first)

    def sign():
        session = TrainingSession.objects.get(pk=first.pk)
        return operations.sign(session, actor=trainer, at=first.ends_at, seen=seen)

    results = at_once([sign] * 4)
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

    results = at_once([sign, draft])
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

    at_once([signing(session, queries.next_digest(session)) for session in pair])
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

    assert at_once([start, confirm]) == [None, None]
    assert Attendance.objects.filter(application=late).count() == 20


@pytest.mark.usefixtures("committed_db")
def test_people_who_leave_or_are_removed_at_the_last_signature_never_lock_it_out():
    programme = delivery.a_running_programme(6)
    *others, last = delivery.sessions_of(programme)
    for session in others:
        delivery.a_signed_session(session, absent=(5,))
    delivery.a_marked_session(last)
    at, seen = last.ends_at, queries.next_digest(last)
    *leaving, removed = [row.application for row in delivery.trainees_of(last)][2:]
    trainer = actor_of(programme.trainer, at=at)
    manager = actor_of(people.a_centre_manager(programme.centre), at=at)

    def sign():
        session = TrainingSession.objects.get(pk=last.pk)
        operations.sign(session, actor=trainer, at=at, seen=seen)

    def leave(application):
        actor = actor_of(application.person, at=at)
        found = type(application).objects.get(pk=application.pk)
        return lambda: enrolment_operations.leave(found, actor=actor, at=at, reason="Μετάθεση")

    def remove():
        found = type(removed).objects.get(pk=removed.pk)
        operations.remove_for_absences(found, actor=manager, at=at, reason="Απουσίες")

    results = at_once([sign, remove, *(leave(application) for application in leaving)])
    assert all(result is None or isinstance(result, Refusal) for result in results)
    if results[0]:  # whoever left first changed the sheet that the trainer had seen
        assert isinstance(results[0], SheetChangedError)
        seen = queries.next_digest(last)
        sign()
    everybody = [row.application_id for row in delivery.trainees_of(others[0])]
    states = dict(type(removed).objects.filter(pk__in=everybody).values_list("pk", "state"))
    assert states.pop(removed.pk) == "removed"
    left = [states.pop(application.pk) for application in leaving]
    assert set(left) <= {"withdrawn", "attended"}
    assert list(states.values()) == ["attended", "attended"]
    assert Programme.objects.get(pk=programme.pk).state == "completed"


@pytest.mark.usefixtures("committed_db")
def test_a_session_that_starts_while_its_programme_is_stopped_is_cancelled_or_goes_on():
    programme = delivery.a_running_programme(2)
    first = delivery.sessions_of(programme)[0]
    at = first.starts_at - EARLY
    trainer = actor_of(programme.trainer, at=at)
    officer = actor_of(people.officer(), at=at)

    def start():
        found = TrainingSession.objects.get(pk=first.pk)
        operations.start_session(found, actor=trainer, at=at)

    def abort():
        found = Programme.objects.get(pk=programme.pk)
        operations.abort(found, actor=officer, at=at, reason="Διακοπή")

    results = at_once([start, abort])
    assert results[1] is None
    first.refresh_from_db()
    assert first.state == ("cancelled" if results[0] else "in_progress")
    rest = TrainingSession.objects.filter(programme=programme).exclude(pk=first.pk)
    assert set(rest.values_list("state", flat=True)) == {"cancelled"}
