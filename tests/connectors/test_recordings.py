"""Recordings of sessions: told before, found by asking, watched by whoever may, deleted in time.

Shows: R-057.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64encode
from datetime import timedelta
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from django.db import connection as db
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from tests.connectors.classroom import SECRET, served
from tests.connectors.test_classroom_events import AT, plain
from tests.factories import delivery, people
from tests.factories import visits as visiting
from tests.markup import markup

from didaskaleio.connectors import connection, tasks
from didaskaleio.connectors.bbb import events, recordings
from didaskaleio.delivery import operations
from didaskaleio.delivery.models import RecordingPart, SessionRecording, TrainingSession
from didaskaleio.delivery.rules.recordings import FIRST, PATIENCE, next_ask
from didaskaleio.kernel import dossiers, journal, lifecycle
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.models import Notice
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.queries import actor_of
from didaskaleio.programmes.models import ParameterSet

NAME = "c637ba21adcd0191f48f5c4bf23fab0f96ed5c18-1678123800000"
LATER = timedelta(minutes=30)
HOSTS = frozenset({"bbb.example.org"})


@pytest.fixture
def room(settings):
    with served() as (stand_in, address):
        settings.BBB, settings.BBB_SECRET = address, SECRET
        yield stand_in


@pytest.fixture
def remote(db):
    """A meeting at a distance of a programme of two whose action records its meetings."""
    programme = delivery.a_running_programme(2)
    ParameterSet.objects.create(
        action=programme.period.action,
        version=1,
        values={"sessions_recorded": True, "recording_days": 10},
        valid_from=programme.period.starts_at - timedelta(days=300),
        reason="Μαγνητοσκόπηση",
    )
    return next(one for one in delivery.sessions_of(programme) if one.kind != "f2f")


def enter(session, person):
    actor = actor_of(person, at=session.starts_at)
    return operations.enter(session, actor=actor, at=session.starts_at)


def the_server_has(room, session, **facts):
    begins = int(session.starts_at.timestamp() * 1000)
    known = {
        "meeting": f"didaskaleio-{session.pk}",
        "begins": begins,
        "ends": begins + 88 * 60_000,
        "formats": [("presentation", played()), ("podcast", played("podcast"))],
    }
    name = facts.pop("name", NAME)
    room.recordings[name] = known | facts


def played(kind="playback/presentation/2.3"):
    return f"{connection.classroom().address.removesuffix('/bigbluebutton/api')}/{kind}/{NAME}"


@pytest.fixture
def recorded(room, remote, set_clock):
    """A recording that was found half an hour after its session."""
    enter(remote, remote.trainer)
    the_server_has(room, remote)
    set_clock(remote.ends_at + LATER)
    tasks.ask_for_recordings()
    return SessionRecording.objects.get()


def test_the_meeting_is_recorded_from_its_opening_only_where_the_action_says_so(room, remote):
    enter(remote, remote.trainer)
    enter(remote, remote.trainer)
    (_, first), _ = room.asked
    on = ("record", "autoStartRecording", "allowStartStopRecording", "notifyRecordingIsOn")
    assert {first[name][0] for name in on} == {"true"}
    assert first["meta_bbb-recording-ready-url"][0].endswith("/classrooms/recording/")
    waits = SessionRecording.objects.get()
    assert (waits.state, waits.ask_at) == ("expected", remote.ends_at + FIRST)
    assert waits.keep_until == remote.ends_at + timedelta(days=10)
    ParameterSet.objects.all().delete()
    enter(remote, remote.trainer)
    assert room.asked[-1][1]["record"] == ["false"]


def test_what_the_server_has_is_kept_once_with_its_facts(recorded, room):
    assert (recorded.state, recorded.ask_at) == ("available", None)
    part = RecordingPart.objects.get()
    assert (part.record_id, part.minutes, part.size) == (NAME, 88, 1_104_836)
    assert [way["kind"] for way in part.formats] == ["Παρουσίαση", "Ήχος"]
    operations.hasten(recorded.session_id, at=recorded.session.ends_at)
    tasks.ask_for_recordings()
    assert RecordingPart.objects.count() == 1
    assert journal.of(recorded).count() == 1


@pytest.mark.parametrize(
    "facts",
    [
        {"state": "processing"},
        {"state": "unpublished"},
        {"state": "deleted"},
        {"meeting": "didaskaleio-999999"},
        {"meeting": "another-platform"},
        {"name": "../../etc"},
        {"begins": "soon"},
        {"formats": [("video", "javascript:alert(1)"), ("video", "https://evil.example/x")]},
    ],
)
def test_what_is_not_ours_not_ready_or_not_safe_is_never_shown(room, remote, set_clock, facts):
    enter(remote, remote.trainer)
    the_server_has(room, remote, **facts)
    set_clock(remote.ends_at + LATER)
    tasks.ask_for_recordings()
    waits = SessionRecording.objects.get()
    assert (waits.state, RecordingPart.objects.count()) == ("expected", 0)
    assert waits.ask_at > remote.ends_at + LATER


@given(st.text(max_size=80) | st.sampled_from(["bbb.example.org", "@", "\\", "\t", "//"]))
def test_whatever_an_address_says_only_known_hosts_are_followed(text):
    for url in (text, f"https://{text}", f"https://bbb.example.org{text}", f"https://{text}/x"):
        found = recordings.safe(url, HOSTS)
        parts = urlsplit(found)
        assert not found or (parts.scheme, parts.hostname) == ("https", "bbb.example.org")
    for scheme in ("javascript", "data", "file", "ftp", ""):
        assert not recordings.safe(f"{scheme}://bbb.example.org/x", HOSTS)


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_answer_breaks_the_reading(word, other):
    row = ET.SubElement(ET.SubElement(ET.Element("response"), "recordings"), "recording")
    tree = ET.Element("response")
    ET.SubElement(tree, "recordings").append(row)
    named = {"recordID": word, "meetingID": "m", "startTime": other, "endTime": other}
    for name, text in named.items():
        ET.SubElement(row, name).text = text
    assert all(one.record_id == word.strip() for one in recordings.read(tree, "m", HOSTS))


@pytest.mark.parametrize("answer", [b"<response", b"<response/>", b"<!DOCTYPE a><response/>"])
def test_while_the_server_is_away_the_page_says_so_and_it_is_asked_again(
    client, login, room, remote, set_clock, answer
):
    enter(remote, remote.trainer)
    the_server_has(room, remote)
    room.broken = answer
    at = remote.ends_at + LATER
    set_clock(at)
    tasks.ask_for_recordings()
    waits = SessionRecording.objects.get()
    assert (waits.away_since, waits.ask_at) == (at, at + timedelta(minutes=10))
    login(client, remote.trainer)
    shown = markup(client.get(reverse("delivery:recording", args=[waits.pk])))
    assert "Η εικονική αίθουσα δεν απαντά" in shown
    room.broken = b""
    set_clock(waits.ask_at)
    tasks.ask_for_recordings()
    waits.refresh_from_db()
    assert (waits.state, waits.away_since) == ("available", None)


def test_after_a_week_without_an_answer_it_is_missing_and_may_still_come(room, remote, set_clock):
    enter(remote, remote.trainer)
    set_clock(remote.ends_at + PATIENCE)
    tasks.ask_for_recordings()
    waits = SessionRecording.objects.get()
    assert (waits.state, waits.ask_at) == ("missing", None)
    told = Notice.objects.filter(kind="delivery.recording")
    assert remote.trainer_id in told.values_list("person_id", flat=True)
    the_server_has(room, remote)
    operations.hasten(remote.pk, at=remote.ends_at + PATIENCE)
    tasks.ask_for_recordings()
    waits.refresh_from_db()
    assert waits.state == "available"


@given(st.integers(0, 8 * 24 * 60))
def test_the_waits_grow_and_end(minutes):
    at = AT + timedelta(minutes=minutes)
    again = next_ask(AT, at)
    assert (again is None) == (at - AT >= PATIENCE)
    assert again is None or again - at >= FIRST


def test_when_its_days_are_over_the_server_is_asked_to_delete_and_facts_stay(
    recorded, room, set_clock
):
    set_clock(recorded.keep_until)
    lifecycle.fire_due(recorded.keep_until)
    recorded.refresh_from_db()
    assert (recorded.state, len(room.recordings)) == ("ending", 1)
    room.broken = b"-"
    tasks.ask_for_recordings()
    assert len(room.recordings) == 1
    room.broken = b""
    set_clock(recorded.keep_until + timedelta(minutes=10))
    tasks.ask_for_recordings()
    recorded.refresh_from_db()
    assert (recorded.state, room.recordings, recorded.away_since) == ("deleted", {}, None)
    assert [way["url"] for way in recorded.parts.get().formats] == ["", ""]
    assert journal.of(recorded).first().act == "Η εικονική αίθουσα διέγραψε τη μαγνητοσκόπηση"


def test_a_part_that_comes_after_the_end_is_deleted_too(recorded, room, set_clock):
    at = recorded.keep_until
    lifecycle.fire_due(at)
    set_clock(at)
    tasks.ask_for_recordings()
    the_server_has(room, recorded.session, name="late-1")
    operations.hasten(recorded.session_id, at=at)
    tasks.ask_for_recordings()
    recorded.refresh_from_db()
    assert (recorded.state, recorded.ask_at, room.recordings) == ("deleted", None, {})
    assert [part.record_id for part in recorded.parts.all()] == [NAME]


def test_one_about_which_the_server_fails_does_not_hold_up_the_next(room, remote, set_clock):
    others = [s for s in delivery.sessions_of(remote.programme) if s.kind != "f2f"][1:3]
    for session in (remote, *others):
        operations.expect(session, at=session.starts_at)
        the_server_has(room, session, name=f"r-{session.pk}")
    room.fails = {f"didaskaleio-{remote.pk}"}
    set_clock(others[-1].ends_at + LATER)
    tasks.ask_for_recordings()
    states = SessionRecording.objects.order_by("session__starts_at").values_list("state", flat=True)
    assert list(states) == ["expected", "available", "available"]


def test_what_the_server_does_not_have_any_more_counts_as_deleted(recorded, room, set_clock):
    lifecycle.fire_due(recorded.keep_until)
    room.recordings.clear()
    set_clock(recorded.keep_until)
    tasks.ask_for_recordings()
    recorded.refresh_from_db()
    assert recorded.state == "deleted"
    assert [call for call, _ in room.asked].count("deleteRecordings") == 0


def an_officer(session):
    person = people.a_person()
    people.a_post(person, Role.BODY_OFFICER, Scope.BODY, session.programme.period.action.body)
    return person


def test_group_trainer_centre_inspector_and_officer_watch_and_the_journal_says_who(
    client, login, recorded, settings
):
    session = recorded.session
    page = reverse("delivery:recording", args=[recorded.pk])
    part = recorded.parts.get()
    play = reverse("delivery:recording-watch", args=[recorded.pk]) + f"?part={part.pk}&way=0"
    trainee = delivery.trainees_of(session)[0].person
    officer = an_officer(session)
    for person in (trainee, session.trainer, officer):
        login(client, person)
        shown = markup(client.get(page))
        assert play.replace("&", "&amp;") in shown
        assert part.formats[0]["url"] not in shown
        assert client.get(play)["Location"] == part.formats[0]["url"]
        assert ("Ιστορικό" in shown) == (person != trainee)
    opened = [entry.actor_name for entry in journal.of(recorded)[:3]]
    assert opened == [officer.full_name, session.trainer.full_name, trainee.full_name]
    assert client.get(f"{play}9").status_code == 302
    assert client.get(reverse("delivery:recording-watch", args=[recorded.pk])).status_code == 404
    login(client, people.a_teacher())
    assert client.get(page).status_code == 404
    assert client.get(play).status_code == 404
    settings.BBB = ""
    login(client, officer)
    assert client.get(play).status_code == 404
    assert "δεν είναι συνδεδεμένη" in markup(client.get(page))


def test_the_group_watches_only_while_the_programme_runs(client, login, recorded):
    session = recorded.session
    login(client, delivery.trainees_of(session)[0].person)
    page, mine = reverse("delivery:recording", args=[recorded.pk]), reverse("delivery:mine")
    TrainingSession.objects.filter(pk=session.pk).update(state="signed")
    assert page in markup(client.get(mine))
    type(session.programme).objects.filter(pk=session.programme_id).update(state="completed")
    assert page not in markup(client.get(mine))
    assert client.get(page).status_code == 404
    login(client, session.trainer)
    assert client.get(page).status_code == 200


def test_an_inspector_finds_it_in_the_list_and_watches(client, login, recorded):
    login(client, visiting.an_inspector())
    listed = reverse("delivery:recordings")
    page = reverse("delivery:recording", args=[recorded.pk])
    assert page in markup(client.get(listed))
    assert page in markup(client.get(f"{listed}?state=available"))
    assert page not in markup(client.get(f"{listed}?state=missing"))
    assert "Αναπαραγωγή: Παρουσίαση" in markup(client.get(page))
    login(client, delivery.trainees_of(recorded.session)[0].person)
    assert client.get(listed).status_code == 403


def test_the_list_asks_as_much_for_one_as_for_three(client, login, recorded):
    def asked():
        with CaptureQueriesContext(db) as found:
            shown = markup(client.get(reverse("delivery:recordings")))
        return len(found), shown.count("/recordings/") - shown.count('"/recordings/"')

    login(client, recorded.session.trainer)
    few, one = asked()
    rows = delivery.sessions_of(recorded.session.programme)
    for session in [s for s in rows if s.pk != recorded.session_id][:2]:
        operations.expect(session, at=session.starts_at)
    many, three = asked()
    assert (one, three) == (1, 3)
    assert many == few


def test_an_officer_ends_it_before_its_time_with_a_reason(client, login, recorded, room, set_clock):
    at = recorded.session.ends_at + timedelta(days=1)
    officer = actor_of(an_officer(recorded.session), at=at)
    with pytest.raises(Refusal):
        operations.withdraw_recording(recorded, actor=officer, at=at, reason="")
    why = "Δεκτή αντίρρηση συμμετέχοντος προσώπου."
    operations.withdraw_recording(recorded, actor=officer, at=at, reason=why)
    with pytest.raises(Refusal, match="δεν είναι διαθέσιμη"):
        part = recorded.parts.get().pk
        operations.watch(recorded, part, 0, actor=officer, at=at)
    set_clock(at)
    tasks.ask_for_recordings()
    assert room.recordings == {}


def test_before_it_begins_people_are_told_who_sees_it_and_until_when(
    client, login, room, remote, set_clock
):
    set_clock(remote.starts_at)
    trainee = delivery.trainees_of(remote)[0].person
    for person, page in (
        (trainee, reverse("delivery:check-in")),
        (trainee, reverse("delivery:mine")),
        (remote.trainer, reverse("delivery:session", args=[remote.pk])),
    ):
        login(client, person)
        shown = markup(client.get(page))
        assert "Η συνάντηση μαγνητοσκοπείται" in shown
        assert "όσο διαρκεί το πρόγραμμα" in shown
    ParameterSet.objects.all().delete()
    assert "μαγνητοσκοπείται" not in markup(client.get(page))


def test_the_dossier_lists_it_and_says_that_it_is_awaited(recorded):
    at = recorded.session.ends_at + LATER

    def entry():
        listed = dossiers.listed(recorded.session.programme, at)
        [found] = [one for part in listed if part.part.name == "delivery.recordings"
                   for one in part.entries]  # fmt: skip
        return found

    assert entry().here
    assert entry().printed().startswith(b"%PDF")
    SessionRecording.objects.update(state="expected")
    assert (entry().here, entry().waits_for) == (False, "Εικονική αίθουσα")


def token(meeting, *, secret=SECRET, alg="HS256", digest=hashlib.sha256):
    said = {"meeting_id": meeting, "record_id": NAME}
    body = f"{plain({'alg': alg, 'typ': 'JWT'})}.{plain(said)}"
    signed = hmac.new(secret.encode(), body.encode(), digest).digest()
    return f"{body}.{urlsafe_b64encode(signed).rstrip(b'=').decode()}"


def test_the_servers_word_that_it_is_ready_only_makes_us_ask_at_once(
    client, room, remote, set_clock
):
    enter(remote, remote.trainer)
    set_clock(remote.ends_at)
    page, ours = reverse("connectors:classroom-recording"), f"didaskaleio-{remote.pk}"
    good = token(ours)
    wrong = (
        "",
        "a.b.c",
        token(ours, secret="x"),
        token(ours, alg="none"),
        token(ours, alg="HS512"),
        token(ours, digest=hashlib.sha512),
        token("another-platform"),
        token(5),
    )
    for said in wrong:
        assert client.post(page, {"signed_parameters": said}).status_code == 401
    assert client.post(page, {"signed_parameters": good}).json() == {"asked": 1}
    waits = SessionRecording.objects.get()
    assert (waits.ask_at, waits.state) == (remote.ends_at, "expected")
    assert client.post(page, {"signed_parameters": token("didaskaleio-1")}).json() == {"asked": 0}


@given(st.text(max_size=60))
def test_no_token_breaks_the_check(text):
    assert events.ready(text, SECRET) is None
    assert events.ready(f"{text}.{text}.{text}", SECRET) is None


def test_the_worker_asks_only_when_something_is_due(room, remote, drain_jobs, set_clock):
    enter(remote, remote.trainer)
    drain_jobs()
    tasks.look_for_recordings(remote.ends_at)
    assert drain_jobs() == 0
    set_clock(remote.ends_at + LATER)
    tasks.look_for_recordings(remote.ends_at + LATER)
    tasks.look_for_recordings(remote.ends_at + LATER)
    assert drain_jobs() == 1
