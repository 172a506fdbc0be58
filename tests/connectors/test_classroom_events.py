"""What BigBlueButton recorded itself: signed, read, taken in once, one more source of the roll.

Shows: R-053.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from tests.connectors.classroom import SECRET
from tests.factories import delivery

from didaskaleio.connectors.bbb import events
from didaskaleio.delivery import minutes, operations, queries
from didaskaleio.delivery.models import Sign, Stay
from didaskaleio.kernel.access import SYSTEM

AT = datetime(2023, 3, 6, 17, 30, tzinfo=UTC)


def plain(said):
    return urlsafe_b64encode(json.dumps(said).encode()).rstrip(b"=").decode()


def token(at, *, secret=SECRET, alg="HS512", seconds=3600, digest=hashlib.sha512):
    body = f"{plain({'alg': alg, 'typ': 'JWT'})}.{plain({'exp': at.timestamp() + seconds})}"
    signed = hmac.new(secret.encode(), body.encode(), digest).digest()
    return f"Bearer {body}.{urlsafe_b64encode(signed).rstrip(b'=').decode()}"


def a_record(session, people):
    """``people``: account → minutes of coming and leaving (None: was there to the end)."""

    def moment(minute):
        return (session.starts_at + timedelta(minutes=minute)).isoformat()

    return {
        "version": "1.0",
        "meeting_id": f"didaskaleio-{session.pk}",
        "internal_meeting_id": "a-1",
        "data": {
            "start": moment(0),
            "finish": moment(90),
            "attendees": [
                {
                    "ext_user_id": str(who),
                    "joins": [moment(a) for a, _ in told],
                    "leaves": [moment(b) for _, b in told if b is not None],
                }
                for who, told in people.items()
            ],
        },
    }


@pytest.fixture
def remote(db, settings):
    settings.BBB, settings.BBB_SECRET = "https://bbb.example.org/bigbluebutton/api", SECRET
    sessions = delivery.sessions_of(delivery.a_running_programme(3))
    return next(session for session in sessions if session.kind != "f2f")


@pytest.fixture
def post(client, remote, set_clock):
    set_clock(remote.ends_at + timedelta(minutes=5))

    def sent(record, **more):
        header = token(remote.ends_at, **more)
        return client.post(
            reverse("connectors:classroom-events"),
            json.dumps(record),
            content_type="application/json",
            headers={"Authorization": header},
        )

    return sent


def polled(session, people):
    """The meeting as it was seen from minute to minute, and summed up."""
    for minute in range(0, 91, 2):
        at = session.starts_at + timedelta(minutes=minute)
        operations.observe(session, people, actor=SYSTEM, at=at)
    operations.conclude(session, actor=SYSTEM, at=session.ends_at)


def test_whoever_the_poll_missed_is_a_disagreement_once(remote, post):
    seen, missed, away = delivery.trainees_of(remote)
    polled(remote, [seen.person_id])
    record = a_record(remote, {seen.person_id: [(0, None)], missed.person_id: [(0, 20), (20, 90)]})
    assert post(record).json() == {"kept": 2}
    assert post(record).json() == {"kept": 0}
    (sign,) = Sign.objects.filter(source="events")
    assert (sign.row_id, sign.mark, sign.minutes) == (missed.pk, "present", 90)
    (found,) = queries.disagreements(remote, remote.ends_at)
    assert found.row.pk == missed.pk
    assert not Sign.objects.filter(row=away, source="events").exists()


def test_before_the_sum_the_record_counts_with_what_was_seen(remote, post):
    row = delivery.trainees_of(remote)[0]
    assert post(a_record(remote, {row.person_id: [(0, 60)]})).status_code == 200
    operations.observe(remote, [row.person_id], actor=SYSTEM, at=remote.starts_at)
    operations.conclude(remote, actor=SYSTEM, at=remote.ends_at)
    told = Sign.objects.get(row=row)
    assert (told.source, told.minutes) == ("classroom", 60)


def test_what_is_not_signed_with_the_secret_is_refused(remote, post, settings):
    record = a_record(remote, {delivery.trainees_of(remote)[0].person_id: [(0, None)]})
    wrong = (
        {"secret": "another"},
        {"alg": "none"},
        {"alg": "HS256"},
        {"digest": hashlib.sha256},
        {"seconds": -1},
    )
    assert [post(record, **more).status_code for more in wrong] == [401] * 5
    settings.BBB = ""
    assert post(record).status_code == 401
    assert not Stay.objects.exists()


def test_other_meetings_and_strangers_are_passed_over_and_nonsense_is_refused(remote, post):
    other = a_record(remote, {1: [(0, None)]}) | {"meeting_id": "another-platform"}
    assert post(other).json() == {"kept": 0}
    stranger = a_record(remote, {10**9: [(0, None)]})
    assert post(stranger).json() == {"kept": 0}
    for nonsense in ([], {"meeting_id": 5}, {"meeting_id": "x", "data": {"finish": "soon"}}):
        assert post(nonsense).status_code == 400


@given(st.text(max_size=60))
def test_no_header_breaks_the_check(text):
    assert not events.trusted(text, SECRET, AT)
    assert not events.trusted(f"Bearer {text}", SECRET, AT)
    assert not events.trusted(f"Bearer {text}.{text}.{text}", SECRET, AT)


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 30)), max_size=6))
def test_comings_and_leavings_cover_exactly_the_minutes_inside(told):
    at = [(AT + timedelta(minutes=a), AT + timedelta(minutes=a + b)) for a, b in told]
    attendee = {
        "ext_user_id": "7",
        "joins": [a.isoformat() for a, _ in at],
        "leaves": [b.isoformat() for _, b in at],
    }
    finish = (AT + timedelta(minutes=90)).isoformat()
    record = {"meeting_id": "didaskaleio-1", "data": {"finish": finish, "attendees": [attendee]}}
    found = events.read(json.dumps(record).encode())
    inside = {m for a, b in told for m in range(a, a + b)}
    ends = AT + timedelta(minutes=90)
    assert found.session == 1
    assert minutes.attended(found.visits[7], AT, ends) == len(inside)
