"""Recordings (μαγνητοσκοπήσεις): expected, described by the classroom, deleted in their time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from didaskaleio.delivery import notices, queries
from didaskaleio.delivery.enums import RecordingState
from didaskaleio.delivery.lifecycle import RECORDING
from didaskaleio.delivery.minutes import Recorded
from didaskaleio.delivery.models import RecordingPart, SessionRecording, TrainingSession
from didaskaleio.delivery.rules import recordings as rules
from didaskaleio.kernel import access, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.errors import Refusal
from didaskaleio.programmes import parameters

RECORDING.model = SessionRecording
GONE = (RecordingState.ENDING, RecordingState.DELETED)


def expect(session: TrainingSession, *, at: datetime) -> SessionRecording:
    """The meeting was opened with recording on (αναμονή); again is harmless."""
    numbers = parameters.of(session.programme.period.action, at)
    found, _ = SessionRecording.objects.get_or_create(
        session=session,
        defaults={
            "opened_at": at,
            "keep_until": queries.recordings.until(session, numbers),
            "ask_at": session.ends_at + rules.FIRST,
        },
    )
    return found


def hasten(session: int, *, at: datetime) -> int:
    """The classroom says that a recording is ready (ειδοποίηση): it is asked for at once.

    One that comes after the days are over is deleted as the others were.
    """
    return SessionRecording.objects.filter(session_id=session).update(ask_at=at)


def take_recordings(
    recording: SessionRecording, found: Sequence[Recorded], *, actor: Actor, at: datetime
) -> None:
    """What the classroom has of the session (παραλαβή); the same again changes nothing.

    Without anything to watch it is asked again later, until the patience is over.
    """
    access.require(actor, "recording.keep", recording)
    with transaction.atomic():
        held = SessionRecording.objects.select_for_update(of=("self",), no_key=True).get(
            pk=recording.pk
        )
        if held.state in GONE:
            return
        ready = [one for one in found if one.ways]
        for one in ready:
            _keep(held, one)
        again = rules.next_ask(held.session.ends_at, at)
        done = bool(ready) and len(ready) == len(found)
        SessionRecording.objects.filter(pk=held.pk).update(
            ask_at=None if done else again, away_since=None
        )
        _moved(held, ready=bool(ready), again=again, actor=actor, at=at)


def _keep(recording: SessionRecording, told: Recorded) -> None:
    same = RecordingPart.objects.filter(record_id=told.record_id)
    if same.exclude(recording=recording).exists():
        return
    RecordingPart.objects.update_or_create(
        record_id=told.record_id,
        recording=recording,
        defaults={
            "starts_at": told.starts_at,
            "ends_at": told.ends_at,
            "size": told.size,
            "formats": [asdict(way) for way in told.ways],
        },
    )


def _moved(
    held: SessionRecording, *, ready: bool, again: datetime | None, actor: Actor, at: datetime
) -> None:
    waits = held.state in {RecordingState.EXPECTED, RecordingState.MISSING}
    if ready and waits:
        receive(held, actor=actor, at=at)
    elif not ready and again is None and held.state == RecordingState.EXPECTED:
        give_up(held, actor=actor, at=at)


@RECORDING.performs("receive")
def receive(recording: SessionRecording, *, actor: Actor, at: datetime) -> None:
    """It can be watched from now on (διαθέσιμη)."""


@RECORDING.performs("give_up")
def give_up(recording: SessionRecording, *, actor: Actor, at: datetime) -> None:
    """The classroom has none (δεν βρέθηκε): trainer and centre are told."""
    notices.recording_missing(recording, at=at)


@RECORDING.performs("withdraw")
def withdraw_recording(
    recording: SessionRecording, *, actor: Actor, at: datetime, reason: str
) -> None:
    """Deletion before its time (πρόωρη διαγραφή), as when somebody objects with good reason."""
    recording.ask_at = at


@RECORDING.performs("expire")
def expire_recording(recording: SessionRecording, *, actor: Actor, at: datetime) -> None:
    """Its days are over (τέλος φύλαξης): the classroom is asked to delete it."""
    recording.ask_at = at


@RECORDING.performs("purge")
def purge(recording: SessionRecording, *, actor: Actor, at: datetime) -> None:
    """The classroom has deleted it (διαγραφή): facts stay as evidence, addresses do not."""
    recording.ask_at = recording.away_since = None
    for part in recording.parts.all():
        part.formats = [one | {"url": ""} for one in part.formats]
        part.save(update_fields=["formats"])


def note_away(recording: SessionRecording, *, at: datetime) -> None:
    """The classroom did not answer about it (διακοπή): it is asked again a little later."""
    SessionRecording.objects.filter(pk=recording.pk).update(
        ask_at=at + rules.AWAY, away_since=recording.away_since or at
    )


def watch(
    recording: SessionRecording, part: int, number: int, *, actor: Actor, at: datetime
) -> str:
    """The address by which this person watches (αναπαραγωγή); who opened it is journalled."""
    access.require(actor, "recording.read", recording)
    found = recording.parts.filter(pk=part).first()
    ways = found.formats if found else []
    if recording.state != RecordingState.AVAILABLE or not 0 <= number < len(ways):
        raise Refusal("Η μαγνητοσκόπηση δεν είναι διαθέσιμη. Δείτε στη σελίδα της τι ισχύει.")
    act = "Άνοιξε τη μαγνητοσκόπηση"
    journal.write(recording, act, actor=actor, at=at, format=ways[number]["kind"])
    return str(ways[number]["url"])
