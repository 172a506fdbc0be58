"""Things to do, calendar and reports of room delivery."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest

from didaskaleio.delivery import agenda as source
from didaskaleio.delivery import operations
from didaskaleio.delivery.reports import ATTENDANCE, NEAR_LIMIT
from didaskaleio.kernel import agenda
from didaskaleio.kernel.reports import Query
from didaskaleio.people.queries import actor_of
from tests.factories import delivery, people

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def titles(found):
    return [todo.title for todo in agenda.told(found)]


def test_a_sheet_is_due_a_day_after_its_session(programme, first, trainer):
    (todo,) = agenda.told(source.trainers_duties(trainer, first.ends_at))
    assert todo.title == f"Υπογραφή παρουσιολογίου: {programme.code}, 1η συνάντηση"
    assert todo.due == first.ends_at + timedelta(days=1)
    assert todo.detail == f"Μαθηματικά · {programme.period.title}"
    delivery.a_signed_session(first, asynchronous=False)
    assert titles(source.trainers_duties(trainer, first.ends_at)) == [
        f"Επιβεβαίωση ασύγχρονων ωρών: {programme.code}, 1η συνάντηση",
        f"Έκθεση συνάντησης: {programme.code}, 1η συνάντηση",
    ]


def test_what_is_cut_of_a_centres_list_leads_to_the_whole_group(programme, monkeypatch):
    monkeypatch.setattr(agenda, "SHOWN", 2)
    sessions = delivery.sessions_of(programme)[:3]
    for session in sessions:
        delivery.a_signed_session(session)
    at = sessions[-1].ends_at
    manager = actor_of(people.a_centre_manager(programme.centre), at=at)
    found = list(source.centre_decisions(manager, at))
    assert titles(found) == [
        f"Δεύτερη υπογραφή: {programme.code}, 1η συνάντηση",
        f"Δεύτερη υπογραφή: {programme.code}, 2η συνάντηση",
        "Και άλλα 1: Δεύτερη υπογραφή",
    ]
    assert found[-1].url == "/exceptions/?group=countersign"


def test_the_centre_is_asked_to_start_sign_answer_and_decide(programme, first, trainer):
    at = first.ends_at
    manager = actor_of(people.a_centre_manager(programme.centre), at=at)
    waiting = delivery.an_enrolling_programme(
        1,
        period=programme.period,
        centre=programme.centre,
        start=__import__("datetime").time(20, 0),
    )
    assert titles(source.programmes_to_start(manager, at)) == [
        f"Έναρξη του προγράμματος {waiting.code}"
    ]
    delivery.a_signed_session(first, absent=(0,))
    third = delivery.sessions_of(programme)[2]
    operations.reschedule(
        third, actor=trainer, at=at, reason="Εκδρομή", starts_at=third.starts_at + timedelta(days=1)
    )
    row = delivery.trainees_of(first)[0]
    operations.excuse(
        row, text="Ασθένεια", upload=BytesIO(PDF), name="a.pdf",
        actor=actor_of(row.person, at=at), at=at,
    )  # fmt: skip
    assert titles(source.centre_decisions(manager, at)) == [
        f"Απάντηση σε αλλαγή ώρας: {programme.code}, 3η συνάντηση",
        f"Απόφαση για δικαιολόγηση: {row.person}",
        f"Δεύτερη υπογραφή: {programme.code}, 1η συνάντηση",
    ]


def test_the_body_is_asked_to_decide_disputes(programme, first):
    delivery.a_signed_session(first)
    row, at = delivery.trainees_of(first)[0], first.ends_at
    operations.dispute(row, text="Λάθος", actor=actor_of(row.person, at=at), at=at)
    officer, stranger = (actor_of(people.officer(b), at=at) for b in ("itye", "minedu"))
    assert titles(source.disputes_to_decide(officer, at)) == [
        f"Απόφαση για αντίρρηση: {row.person}"
    ]
    assert titles(source.disputes_to_decide(stranger, at)) == []


def test_trainee_and_trainer_have_the_sessions_in_their_calendar(programme, first, trainer):
    at = programme.period.starts_at
    trainee = actor_of(programme.places.first().person, at=at)
    for actor in (trainee, trainer):
        found = list(source.session_dates(actor, at))
        assert len(found) == 20
        assert (found[0].starts_at, found[0].place) == (first.starts_at, programme.centre.name)
        assert found[1].place == "εξ αποστάσεως"
    assert list(source.session_dates(actor_of(people.a_teacher(), at=at), at)) == []


def test_a_session_not_held_is_cancelled_in_the_calendar(programme, first, trainer):
    manager = actor_of(people.a_centre_manager(programme.centre), at=first.starts_at)
    operations.mark_not_held(first, actor=manager, at=first.starts_at, reason="Απεργία")
    found = list(source.session_dates(trainer, first.starts_at))
    assert [date.cancelled for date in found] == [True] + [False] * 19


def test_the_report_of_attendance_has_a_line_for_each_signed_row(programme, first, trainer):
    delivery.a_signed_session(first, absent=(0,))
    manager = actor_of(people.a_centre_manager(programme.centre), at=first.ends_at)
    rows = ATTENDANCE.selected(manager, first.ends_at, Query({"programme": str(programme.pk)}))
    lines = list(ATTENDANCE.lines(rows))
    assert len(lines) == 6
    assert [line[6] for line in lines].count("Απουσία") == 1
    absent = ATTENDANCE.selected(manager, first.ends_at, Query({"mark": "absent"}))
    assert absent.count() == 1
    searched = ATTENDANCE.selected(manager, first.ends_at, Query(search="ανδρεου"))
    assert [str(row.person) for row in searched] == ["Ανδρέου Δείγμα"]
    stranger = actor_of(people.a_trainer(), at=first.ends_at)
    assert not ATTENDANCE.selected(stranger, first.ends_at, Query()).exists()


def test_the_report_of_absences_lists_who_is_at_the_warning_or_beyond(programme):
    for session in delivery.sessions_of(programme)[:4]:
        delivery.a_signed_session(session, absent=(0,))
    manager = actor_of(people.a_centre_manager(programme.centre), at=session.ends_at)
    lines = list(NEAR_LIMIT.lines(NEAR_LIMIT.selected(manager, session.ends_at, Query())))
    assert [(str(line[0]), line[1], line[4], line[5]) for line in lines] == [
        ("Ανδρέου Δείγμα", programme.code, 8, -2)
    ]
