"""Hours of trainers and staff: from signed sheets and confirmed own work, and from nothing else.

Shows: R-051, R-169.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from didaskaleio.delivery import hours, operations, queries
from didaskaleio.delivery.models import Attendance
from didaskaleio.delivery.rules import Marking
from didaskaleio.people.queries import actor_of
from tests.factories import delivery, people, structures
from tests.markup import markup

pytestmark = pytest.mark.django_db


def worked(person, at):
    rows = queries.with_worked(Attendance.objects.filter(person=person), at)
    return [(row.taught, row.guided) for row in rows.order_by("session__starts_at")]


def test_a_signed_sheet_counts_its_hours_and_own_work_once_it_is_confirmed(programme, first):
    delivery.a_marked_session(first)
    assert worked(programme.trainer, first.ends_at) == []
    delivery.a_signed_session(first, asynchronous=False)
    assert worked(programme.trainer, first.ends_at) == [(2, 0)]
    trainer = actor_of(programme.trainer, at=first.ends_at)
    operations.confirm_async(first, [], actor=trainer, at=first.ends_at)
    assert worked(programme.trainer, first.ends_at) == [(2, 1)]


def test_staff_are_paid_for_the_meeting_and_not_for_own_work(programme, first):
    delivery.a_signed_session(first)
    staff = first.roll.get(attendee="staff").person
    assert worked(staff, first.ends_at) == [(2, 0)]


@pytest.mark.parametrize(
    ("marking", "left"),
    [
        (Marking("late", 15), (2, 1)),
        (Marking("late", 20), (1, 1)),
        (Marking("late", 65), (0, 1)),
        (Marking("absent"), (0, 0)),
    ],
)
def test_a_correction_changes_the_hours_by_the_rules_of_delays(programme, first, marking, left):
    delivery.a_signed_session(first)
    row = first.roll.get(attendee="trainer")
    at = first.ends_at + timedelta(hours=1)
    officer = actor_of(people.officer(), at=at)
    operations.correct_sheet(first, {row.pk: marking}, actor=officer, at=at, reason="Έλεγχος")
    assert worked(programme.trainer, at) == [left]
    row.refresh_from_db()
    rules = queries.rules_for(programme.period.action, at)
    missed = hours.absence_hours(queries.entry_of(row), rules)
    assert left[0] == first.hours - missed


def test_totals_are_by_programme_and_capacity(programme, first):
    second = delivery.sessions_of(programme)[1]
    for session in (first, second):
        delivery.a_signed_session(session)
    rows = Attendance.objects.filter(session__programme=programme)
    found = queries.totals_of(queries.with_worked(rows, second.ends_at))
    told = [(row["attendee"], row["sessions"], row["taught_hours"], row["hours"]) for row in found]
    assert told == [
        ("staff", 2, 4, 4),
        ("trainer", 2, 4, 4 + first.async_hours + second.async_hours),
    ]


def test_the_page_tells_my_hours_and_what_waits_for_a_signature(
    client, login, set_clock, programme, first
):
    delivery.a_signed_session(first)
    second = delivery.sessions_of(programme)[1]
    set_clock(second.ends_at + timedelta(hours=1))
    text = markup(login(client, programme.trainer).get(reverse("delivery:hours")))
    assert "3 διδακτικές ώρες" in text
    assert "1 συνάντηση που έγινε περιμένει" in text
    assert f"{programme.code}, 1η συνάντηση" in text


def test_whoever_has_no_signed_sheet_reads_that_there_are_no_hours(client, login, programme):
    text = markup(login(client, programme.trainer).get(reverse("delivery:hours")))
    assert "Καμία ώρα ακόμη" in text


def test_the_report_shows_the_centre_its_own_people_only(client, login, programme, first):
    delivery.a_signed_session(first)
    manager = people.a_centre_manager(programme.centre)
    address = reverse("kernel:report", args=["delivery.staff_hours"])
    assert str(programme.trainer) in markup(login(client, manager).get(address))
    stranger = people.a_centre_manager(structures.a_centre("LAR"))
    assert str(programme.trainer) not in markup(login(client, stranger).get(address))


def test_the_queries_of_the_page_do_not_grow_with_the_sessions(client, login, programme, set_clock):
    counted = []
    sessions = delivery.sessions_of(programme)
    set_clock(sessions[3].ends_at)
    login(client, programme.trainer)
    for upto in (1, 3):
        for session in sessions[:upto]:
            if session.state == "planned" and not session.sheets.exists():
                delivery.a_signed_session(session)
        with CaptureQueriesContext(connection) as found:
            client.get(reverse("delivery:hours"))
        counted.append(len(found))
    assert counted[0] == counted[1]
