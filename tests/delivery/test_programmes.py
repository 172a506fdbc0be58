"""A programme starts, stops, resumes, ends; who joins and who leaves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from didaskaleio.delivery import operations, queries
from didaskaleio.delivery.models import Attendance, TrainingSession
from didaskaleio.enrolment import agenda as enrolment_agenda
from didaskaleio.enrolment import operations as enrolment_operations
from didaskaleio.kernel import journal
from didaskaleio.kernel.errors import ReasonMissingError, StepRefusedError
from didaskaleio.kernel.models import Notice
from didaskaleio.people.queries import actor_of
from tests.factories import delivery, enrolment, people
from tests.factories.programmes import a_period

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def begins(programme):
    return programme.slots.order_by("date", "start").first().span.lower


def test_the_start_makes_twenty_sessions_with_the_hours_of_their_kind():
    programme = delivery.a_running_programme(2)
    found = TrainingSession.objects.filter(programme=programme)
    counted = {
        (kind, hours, own): found.filter(kind=kind, hours=hours, async_hours=own).count()
        for kind, hours, own in (("f2f", 2, 1), ("sync", 2, 1), ("support", 3, 0))
    }
    assert counted == {("f2f", 2, 1): 4, ("sync", 2, 1): 10, ("support", 3, 0): 6}
    assert sum(s.hours + s.async_hours for s in found) == 60
    assert programme.state == "running"


def test_every_session_lists_trainees_trainer_and_staff():
    programme = delivery.a_running_programme(2)
    session = delivery.sessions_of(programme)[0]
    assert [row.attendee for row in queries.roll(session)] == [
        "trainee", "trainee", "trainer", "staff",
    ]  # fmt: skip
    assert Attendance.objects.filter(session__programme=programme).count() == 80


def test_the_preconditions_are_shown_fulfilled_or_not():
    programme = delivery.an_enrolling_programme(0)
    early = begins(programme) - 9 * DAY
    assert [c.fulfilled for c in queries.start_conditions(programme, early)] == [False, False, True]
    delivery.an_enrolled_trainee(programme)
    week = begins(programme) - 7 * DAY
    assert [c.fulfilled for c in queries.start_conditions(programme, week)] == [True, True, True]


def test_a_programme_without_enrolled_people_does_not_start():
    programme = delivery.an_enrolling_programme(0)
    manager = people.a_centre_manager(programme.centre)
    at = begins(programme)
    with pytest.raises(StepRefusedError, match="επιβεβαιωμένη εγγραφή"):
        operations.start(programme, actor=actor_of(manager, at=at), at=at)
    assert not TrainingSession.objects.filter(programme=programme).exists()


def test_a_trainer_who_is_gone_holds_the_start_back():
    programme = delivery.an_enrolling_programme(1)
    programme.trainer.is_active = False
    programme.trainer.save(update_fields=["is_active"])
    conditions = queries.start_conditions(programme, begins(programme))
    assert [c.fulfilled for c in conditions] == [True, True, False]


def test_another_centre_may_not_start_it():
    programme = delivery.an_enrolling_programme(1)
    stranger = people.a_centre_manager(delivery.programmes.structures.a_centre())
    at = begins(programme)
    actor = actor_of(stranger, at=at)
    with pytest.raises(PermissionDenied):
        operations.start(programme, actor=actor, at=at)


def test_suspension_needs_a_reason_and_stops_the_sessions(programme, first, trainer):
    at = first.starts_at
    officer = actor_of(people.officer(), at=at)
    with pytest.raises(ReasonMissingError):
        operations.suspend(programme, actor=officer, at=at, reason=" ")
    operations.suspend(programme, actor=officer, at=at, reason="Κλειστά σχολεία")
    first.refresh_from_db()
    with pytest.raises(StepRefusedError, match="Σε αναστολή"):
        operations.start_session(first, actor=trainer, at=at)
    operations.resume(programme, actor=officer, at=at)
    operations.start_session(first, actor=trainer, at=at)
    assert first.state == "in_progress"


def states(programme):
    found = TrainingSession.objects.filter(programme=programme)
    return list(found.order_by("sequence").values_list("state", flat=True))


def abort(programme, at):
    officer = actor_of(people.officer(), at=at)
    operations.abort(programme, actor=officer, at=at, reason="Χωρίς επιμορφωτή")


def test_an_aborted_programme_tells_trainees_trainer_and_centre_how_much_falls_away(
    programme, first
):
    abort(programme, first.starts_at)
    told = Notice.objects.filter(title=f"Διακόπηκε το {programme.code}")
    counted = {kind: told.filter(kind=kind).count() for kind in told.values_list("kind", flat=True)}
    assert counted == {"delivery.programme": 5, "delivery.session": 1}
    assert set(told.values_list("text", flat=True)) == {
        "Αιτιολογία: Χωρίς επιμορφωτή\n19 συναντήσεις δεν θα γίνουν."
    }
    assert journal.of(programme).first().reason == "Χωρίς επιμορφωτή"


def test_who_attended_a_stopped_programme_is_released_with_the_reason_and_keeps_the_history(
    programme, first, client, login, set_clock
):
    delivery.a_signed_session(first, absent=(0,))
    set_clock(first.ends_at)
    mine = programme.places.first()
    abort(programme, first.ends_at)
    mine.refresh_from_db()
    assert (mine.state, mine.programme, programme.places.count()) == ("cancelled", None, 0)
    entry = journal.of(mine).first()
    assert (entry.step, entry.reason) == ("programme_cancelled", "Χωρίς επιμορφωτή")
    assert mine.attendance.filter(mark="absent").count() == 1
    told = Notice.objects.get(kind="enrolment.cancelled", person=mine.person)
    assert told.title == "Το πρόγραμμά σας διακόπηκε"
    assert "μπορείτε να υποβάλετε αίτηση σε επόμενη περίοδο" in told.text
    page = login(client, mine.person).get("/attendance/").content.decode()
    assert programme.code in page
    assert "Απουσία" in page


def test_a_place_in_a_stopped_programme_does_not_bar_from_the_next_period(programme, first):
    at, person = first.ends_at, programme.places.first().person
    a_period("phase_a", action=programme.period.action, phase_a_opens=at - DAY,
             phase_a_closes=at + DAY, phase_b_opens=at + 2 * DAY,
             phase_b_closes=at + 3 * DAY)  # fmt: skip
    teacher = actor_of(person, at=at)
    before = [todo.title for todo in enrolment_agenda.of_applicant(teacher, at)]
    abort(programme, at)
    after = [todo.title for todo in enrolment_agenda.of_applicant(teacher, at)]
    assert (before, after) == ([], ["Υποβάλετε αίτηση"])


def test_what_is_ahead_is_cancelled_with_the_programme_each_with_its_journal_row(
    programme, first, django_assert_max_num_queries
):
    second, third, fourth, *_ = delivery.sessions_of(programme)[1:]
    delivery.a_signed_session(first)
    TrainingSession.objects.filter(pk=second.pk).update(state="not_held")
    TrainingSession.objects.filter(pk=fourth.pk).update(
        state="rescheduled", proposed_starts_at=fourth.starts_at + DAY
    )
    with django_assert_max_num_queries(60):
        abort(programme, third.ends_at)
    assert states(programme) == ["signed", "cancelled", "planned", *["cancelled"] * 17]
    entry = journal.of(fourth).first()
    assert (entry.step, entry.source, entry.target) == ("cancel", "rescheduled", "cancelled")
    assert entry.reason == "Χωρίς επιμορφωτή"
    fourth.refresh_from_db()
    assert (fourth.proposed_starts_at, fourth.revision) == (None, 1)


def test_a_session_held_before_the_stop_is_still_signed_and_nothing_else_is(programme, first):
    second = delivery.sessions_of(programme)[1]
    abort(programme, first.ends_at)
    delivery.a_signed_session(TrainingSession.objects.get(pk=first.pk), asynchronous=False)
    assert states(programme)[:2] == ["signed", "cancelled"]
    trainer = actor_of(programme.trainer, at=second.starts_at)
    second.refresh_from_db()
    with pytest.raises(StepRefusedError, match="Ματαιώθηκε"):
        operations.start_session(second, actor=trainer, at=second.starts_at)
    programme.refresh_from_db()
    assert programme.state == "cancelled"


def test_what_fell_inside_a_suspension_waits_to_be_replaced_and_is_named(programme, first):
    second, third, fourth, *_ = delivery.sessions_of(programme)[1:]
    delivery.a_signed_session(first)
    officer = actor_of(people.officer(), at=first.ends_at)
    operations.suspend(programme, actor=officer, at=first.ends_at, reason="Χιόνια")
    operations.resume(programme, actor=officer, at=third.ends_at)
    assert states(programme)[:4] == ["signed", "not_held", "not_held", "planned"]
    assert journal.of(second).first().reason == "Το πρόγραμμα ήταν σε αναστολή."
    manager = Notice.objects.get(kind="delivery.session", title__startswith="Συνεχίζεται")
    for session in (second, third):
        assert f"{session} (" in manager.text
    assert f"{fourth} (" not in manager.text
    assert "Ορίστε νέα ώρα για καθεμία" in manager.text
    told = Notice.objects.filter(kind="delivery.programme", title__startswith="Συνεχίζεται")
    assert told.count() == 5
    assert [s.pk for s in queries.exceptions.not_held(officer)] == [second.pk, third.pk]


def test_what_was_due_before_the_suspension_stays_to_be_signed(programme, first):
    at = first.ends_at + DAY / 24
    officer = actor_of(people.officer(), at=at)
    operations.suspend(programme, actor=officer, at=at, reason="Χιόνια")
    operations.resume(programme, actor=officer, at=at + DAY / 24)
    assert states(programme)[:2] == ["planned", "planned"]
    told = Notice.objects.filter(title__startswith="Συνεχίζεται").values_list("text", flat=True)
    assert set(told) == {"Οι συναντήσεις γίνονται στις ώρες τους."}


def test_who_confirms_after_the_start_gets_rows_in_unsigned_sessions_only(programme, first):
    delivery.a_signed_session(first)
    late = enrolment.a_placed_application(programme, person=people.a_teacher())
    operations_at = first.ends_at
    actor = actor_of(late.person, at=operations_at)
    enrolment_operations.confirm(
        late, actor=actor, at=operations_at, will_teach_declared=True, regulation_accepted=True
    )
    assert Attendance.objects.filter(application=late).count() == 19
    assert not Attendance.objects.filter(application=late, session=first).exists()


def test_who_leaves_keeps_only_the_signed_rows(programme, first):
    delivery.a_signed_session(first)
    application = delivery.trainees_of(first)[0].application
    person, at = application.person, first.ends_at
    enrolment_operations.leave(
        application, actor=actor_of(person, at=at), at=at, reason="Προσωπικοί λόγοι"
    )
    rows = Attendance.objects.filter(person=person)
    assert list(rows.values_list("session_id", flat=True)) == [first.pk]


def test_the_last_signature_and_confirmation_complete_the_programme():
    programme = delivery.a_running_programme(1, signed=19)
    last = delivery.sessions_of(programme)[-1]
    assert programme.state == "running"
    delivery.a_signed_session(last)
    programme.refresh_from_db()
    assert programme.state == "completed"
    assert journal.of(programme).first().actor_name == "Σύστημα"


def test_a_programme_waits_for_its_asynchronous_hours():
    programme = delivery.a_running_programme(1, signed=18)
    *_, before, last = delivery.sessions_of(programme)
    assert (before.async_hours, last.async_hours) == (1, 0)
    delivery.a_signed_session(before, asynchronous=False)
    delivery.a_signed_session(last)
    programme.refresh_from_db()
    assert programme.state == "running"
    rows = [row.pk for row in delivery.trainees_of(before)]
    trainer = actor_of(programme.trainer, at=last.ends_at)
    operations.confirm_async(before, rows, actor=trainer, at=last.ends_at)
    programme.refresh_from_db()
    assert programme.state == "completed"


def test_removal_is_refused_until_the_limit_is_passed(programme):
    sessions = delivery.sessions_of(programme)
    manager = actor_of(people.a_centre_manager(programme.centre), at=sessions[0].starts_at)
    for session in sessions[:3]:
        delivery.a_signed_session(session, absent=(0,))
    application = delivery.trainees_of(sessions[3])[0].application
    at = sessions[2].ends_at
    with pytest.raises(StepRefusedError, match="Δεν έχει ξεπεραστεί"):
        operations.remove_for_absences(application, actor=manager, at=at, reason="Απουσίες")
    delivery.a_signed_session(sessions[3], absent=(0,))
    operations.remove_for_absences(application, actor=manager, at=at, reason="Απουσίες")
    assert application.state == "removed"
    assert Attendance.objects.filter(application=application).count() == 4
