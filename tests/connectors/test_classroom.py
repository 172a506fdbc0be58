"""Minutes from the virtual classroom, read of a server that speaks as BigBlueButton does.

Shows: R-053.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from tests.connectors.classroom import SECRET, served
from tests.factories import delivery
from tests.markup import markup

from didaskaleio.connectors import connection, tasks
from didaskaleio.connectors.bbb import BigBlueButton
from didaskaleio.delivery import minutes, queries
from didaskaleio.delivery.minutes import AwayError
from didaskaleio.delivery.models import Sign, Stay

BEGINS = datetime(2023, 3, 6, 17, 30, tzinfo=UTC)
ENDS = BEGINS + timedelta(minutes=90)


@pytest.fixture
def room(settings):
    with served() as (stand_in, address):
        settings.BBB, settings.BBB_SECRET = address, SECRET
        yield stand_in


@pytest.fixture
def remote(db):
    """A meeting at a distance of a running programme of four."""
    sessions = delivery.sessions_of(delivery.a_running_programme(4))
    return next(session for session in sessions if session.kind != "f2f")


def passes(session, room, set_clock, inside, *, every=2):
    """The meeting takes place; ``inside`` tells for each trainee from and to which minute."""
    rows = delivery.trainees_of(session)
    for minute in range(0, 91, every):
        now = [r.person_id for r, (a, b) in zip(rows, inside, strict=True) if a <= minute <= b]
        room.meetings[f"didaskaleio-{session.pk}"] = now
        set_clock(session.starts_at + timedelta(minutes=minute))
        tasks.attend_classrooms()
    set_clock(session.ends_at + timedelta(minutes=2))
    tasks.attend_classrooms()


def test_minutes_inside_become_marks_by_the_numbers_of_the_action(room, remote, set_clock):
    room.meetings["another-platform"] = ["1", "guest"]
    passes(remote, room, set_clock, [(0, 90), (20, 90), (0, 20), (200, 200)])
    told = [(s.minutes, s.mark, s.late) for s in Sign.objects.order_by("row__person__sort_key")]
    assert told == [(90, "present", 0), (70, "late", 20), (20, "absent", 0), (0, "absent", 0)]
    marks = [(row.mark, row.minutes) for row in delivery.trainees_of(remote)]
    assert marks == [("present", 90), ("late", 70), ("absent", 0), ("absent", 0)]
    tasks.attend_classrooms()
    assert Sign.objects.count() == 4


def test_who_comes_back_after_a_while_has_two_stays(room, remote, set_clock):
    row = delivery.trainees_of(remote)[0]
    for minute, inside in ((0, 1), (2, 1), (4, 0), (30, 1), (32, 1)):
        room.meetings[f"didaskaleio-{remote.pk}"] = [row.person_id] * inside
        set_clock(remote.starts_at + timedelta(minutes=minute))
        tasks.attend_classrooms()
    lengths = [stay.last_seen - stay.first_seen for stay in Stay.objects.all()]
    assert lengths == [timedelta(minutes=2)] * 2


def test_what_the_minutes_contradict_is_listed_for_the_trainer(room, remote, set_clock):
    delivery.a_marked_session(remote, at=remote.starts_at)
    passes(remote, room, set_clock, [(0, 90), (0, 90), (0, 90), (0, 10)], every=3)
    (waiting,) = queries.disagreements(remote, remote.ends_at)
    assert [(one.source, one.mark) for one in waiting.signs] == [("classroom", "absent")]


def test_where_nobody_was_inside_nothing_is_said(room, remote, set_clock):
    set_clock(remote.ends_at + timedelta(minutes=2))
    tasks.attend_classrooms()
    assert not Sign.objects.exists()


def test_the_worker_looks_only_while_a_meeting_takes_place(room, remote, settings, drain_jobs):
    drain_jobs()
    tasks.look_into_classrooms(remote.ends_at + timedelta(hours=2))
    assert drain_jobs() == 0
    tasks.look_into_classrooms(remote.starts_at)
    tasks.look_into_classrooms(remote.starts_at)
    assert drain_jobs() == 1
    settings.BBB = ""
    tasks.look_into_classrooms(remote.starts_at)
    assert drain_jobs() == 0
    tasks.attend_classrooms()


def test_trainee_and_trainer_enter_by_a_signed_address(client, login, room, remote, set_clock):
    set_clock(remote.starts_at)
    address = reverse("delivery:classroom", args=[remote.pk])
    trainee = delivery.trainees_of(remote)[0].person
    for person, role in ((trainee, "VIEWER"), (remote.programme.trainer, "MODERATOR")):
        there = login(client, person).get(address)["Location"]
        asked = {name: value[0] for name, value in parse_qs(urlsplit(there).query).items()}
        assert (asked["userID"], asked["role"]) == (str(person.pk), role)
        assert asked["meetingID"] == f"didaskaleio-{remote.pk}"
        assert there == connection.classroom().signed(
            "join", {k: asked[k] for k in ("meetingID", "fullName", "userID", "role")}
        )
    assert [call for call, _ in room.asked] == ["create", "create"]
    assert address in markup(login(client, trainee).get(reverse("delivery:check-in")))
    assert address in markup(
        login(client, remote.programme.trainer).get(reverse("delivery:session", args=[remote.pk]))
    )


def test_a_stranger_or_the_wrong_hour_opens_no_classroom(client, login, room, remote, set_clock):
    address = reverse("delivery:classroom", args=[remote.pk])
    set_clock(remote.starts_at)
    stranger = delivery.people.a_teacher()
    assert login(client, stranger).get(address).status_code == 404
    set_clock(remote.ends_at + timedelta(minutes=1))
    login(client, remote.programme.trainer)
    assert "ανοίγει μισή ώρα πριν" in markup(client.get(address, follow=True))
    assert room.asked == []


def test_without_a_classroom_there_is_no_such_page(client, login, remote, set_clock):
    set_clock(remote.starts_at)
    address = reverse("delivery:classroom", args=[remote.pk])
    assert login(client, remote.programme.trainer).get(address).status_code == 404


@pytest.mark.parametrize(
    "answer",
    [
        b"not xml",
        b"<response><returncode>FAILED</returncode></response>",
        b'<!DOCTYPE r [<!ENTITY a "b">]><response><returncode>&a;</returncode></response>',
        b"<response/>",
    ],
)
def test_an_answer_that_is_none_is_told_in_words(room, settings, answer):
    room.broken = answer
    with pytest.raises(AwayError, match="δεν απαντά"):
        connection.classroom().present()


def test_a_wrong_secret_or_no_server_is_told_in_words(room, settings):
    with pytest.raises(AwayError):
        BigBlueButton(settings.BBB, "another").present()
    with pytest.raises(AwayError):
        BigBlueButton("http://127.0.0.1:9/api", SECRET, timeout=0.5).present()


def test_the_checksum_is_that_of_the_published_rule():
    signed = BigBlueButton("http://b/api", "639259d4-9dd8-4b25-bf01-95f9567eaf4b").signed(
        "getMeetings", {}
    )
    whole = "getMeetings639259d4-9dd8-4b25-bf01-95f9567eaf4b"
    assert signed.endswith(f"checksum={hashlib.sha256(whole.encode()).hexdigest()}")


VISITS = st.lists(
    st.tuples(st.integers(-60, 200), st.integers(0, 100)).map(
        lambda pair: (
            BEGINS + timedelta(minutes=pair[0]),
            BEGINS + timedelta(minutes=pair[0] + pair[1]),
        )
    ),
    max_size=8,
)


@given(VISITS)
def test_every_minute_counts_once_and_only_inside_the_session(visits):
    counted = minutes.attended(visits, BEGINS, ENDS)
    starts = [BEGINS + timedelta(minutes=minute) for minute in range(90)]
    each = {
        moment
        for moment in starts
        for first, last in visits
        if first <= moment and moment + timedelta(minutes=1) <= last
    }
    assert counted == len(each)
    assert minutes.attended([*visits, *visits], BEGINS, ENDS) == counted
