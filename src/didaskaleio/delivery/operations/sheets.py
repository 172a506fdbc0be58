"""Attendance sheets (παρουσιολόγια): marks, signature, second signature, corrections."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from didaskaleio.delivery import notices
from didaskaleio.delivery.enums import Attendee, Mark
from didaskaleio.delivery.errors import IncompleteRollError, NotYetError
from didaskaleio.delivery.lifecycle import SESSION
from didaskaleio.delivery.models import Attendance, AttendanceSheet, TrainingSession
from didaskaleio.delivery.operations.programmes import complete_if_over
from didaskaleio.delivery.queries import SIGNED, absences
from didaskaleio.kernel import access, greek, journal
from didaskaleio.kernel import notices as sending
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.errors import Refusal
from didaskaleio.programmes import parameters


@dataclass(frozen=True)
class Marked:
    """What the trainer notes of one person: mark, minutes missed when late, asynchronous hour."""

    mark: str
    minutes_late: int = 0
    async_done: bool | None = None


@transaction.atomic
def mark(
    session: TrainingSession,
    marks: Mapping[int, Marked],
    *,
    actor: Actor,
    at: datetime,
    topic: str | None = None,
) -> None:
    """Keep the trainer's marks (by id of the roll's row); nothing is signed by it."""
    row = TrainingSession.objects.select_for_update(of=("self",)).get(pk=session.pk)
    access.require(actor, "session.teach", row)
    if row.state in SIGNED:
        raise NotYetError("Το παρουσιολόγιο έχει υπογραφεί και δεν αλλάζει. Ζητήστε διόρθωση.")
    if topic is not None:
        row.topic = greek.clean(topic)[:300]
        row.save(update_fields=["topic"])
    _apply(row, marks, at)


def _apply(session: TrainingSession, marks: Mapping[int, Marked], at: datetime) -> None:
    full = _minutes(session, at)
    rows = list(session.roll.filter(pk__in=list(marks)))
    for entry in rows:
        noted = marks[entry.pk]
        if noted.mark not in Mark.values or noted.mark == Mark.EXCUSED:
            raise Refusal("Διαλέξτε Παρουσία, Καθυστέρηση ή Απουσία.")
        entry.mark = noted.mark
        entry.minutes = _attended(noted, full)
        entry.async_done = noted.async_done if session.async_hours else None
    Attendance.objects.bulk_update(rows, ["mark", "minutes", "async_done"])


def _minutes(session: TrainingSession, at: datetime) -> int:
    known = parameters.of(session.programme.period.action, at)
    return session.hours * known.teaching_hour_minutes


def _attended(noted: Marked, full: int) -> int:
    if noted.mark == Mark.PRESENT:
        return full
    if noted.mark == Mark.LATE:
        return max(0, full - max(0, noted.minutes_late))
    return 0


@SESSION.performs("sign_sheet", locks=("programme",))
def sign(session: TrainingSession, *, actor: Actor, at: datetime, topic: str = "") -> None:
    """The trainer signs: everybody has a mark, the sheet is sealed by its hash, once."""
    if topic:
        session.topic = greek.clean(topic)[:300]
    if not session.topic.strip():
        raise IncompleteRollError("Γράψτε το θέμα της συνάντησης πριν υπογράψετε.", code="topic")
    unmarked = session.roll.filter(mark=Mark.UNKNOWN).select_related("person")
    names = [str(row.person) for row in unmarked[:3]]
    if names:
        raise IncompleteRollError(
            f"Λείπει σημείωση: {', '.join(names)}. Συμπληρώστε την και υπογράψτε.", code="unknown"
        )
    _seal(session, 1, actor, at, "")
    _warn(session, at)


def after_signature(session_ids: Sequence[int], at: datetime) -> None:
    """A reaction to signed sheets: programmes with nothing left to sign are complete."""
    rows = TrainingSession.objects.filter(pk__in=session_ids).select_related("programme")
    for programme in {row.programme for row in rows}:
        complete_if_over(programme, at=at)


def _seal(
    session: TrainingSession, version: int, actor: Actor, at: datetime, reason: str
) -> AttendanceSheet:
    rows = [
        {
            "person": row.person_id,
            "name": str(row.person),
            "role": row.attendee,
            "mark": row.mark,
            "minutes": row.minutes,
            "async": row.async_done,
        }
        for row in session.roll.select_related("person").order_by("attendee", "person__sort_key")
    ]
    return AttendanceSheet.objects.create(
        session=session, version=version, rows=rows, topic=session.topic,
        digest=digest(session, version, rows), signed_by_id=actor.user_id, signed_at=at,
        reason=reason,
    )  # fmt: skip


def digest(session: TrainingSession, version: int, rows: list[dict[str, Any]]) -> str:
    """SHA-256 of the sheet as canonical JSON: what was signed, to the letter."""
    content = {
        "session": session.pk, "version": version, "topic": session.topic, "rows": rows,
        "starts_at": session.starts_at.isoformat(), "hours": session.hours,
    }  # fmt: skip
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def countersign(sheet: AttendanceSheet, *, actor: Actor, at: datetime) -> None:
    """The centre signs second, once."""
    row = AttendanceSheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
    access.require(actor, "sheet.countersign", row)
    if row.countersigned_at is not None:
        raise Refusal("Το παρουσιολόγιο έχει ήδη δεύτερη υπογραφή.")
    row.countersigned_by_id, row.countersigned_at = actor.user_id, at
    row.save(update_fields=["countersigned_by", "countersigned_at"])
    journal.write(row.session, "Δεύτερη υπογραφή του Κ.Σ.Ε.", actor=actor, at=at)


@SESSION.performs("correct", locks=("programme",))
def correct(
    session: TrainingSession,
    *,
    actor: Actor,
    at: datetime,
    reason: str,
    marks: Mapping[int, Marked],
) -> None:
    """A new version of a signed sheet, with its reason; the old one is kept."""
    _correct(session, marks, actor, at, reason)


@SESSION.performs("correct_again", locks=("programme",))
def correct_again(
    session: TrainingSession,
    *,
    actor: Actor,
    at: datetime,
    reason: str,
    marks: Mapping[int, Marked],
) -> None:
    """Another version of a corrected sheet."""
    _correct(session, marks, actor, at, reason)


def _correct(
    session: TrainingSession, marks: Mapping[int, Marked], actor: Actor, at: datetime, reason: str
) -> None:
    _apply(session, marks, at)
    version = session.sheets.order_by("-version").values_list("version", flat=True)[0] + 1
    _seal(session, version, actor, at, reason)
    _warn(session, at)


@SESSION.performs("close")
def close(session: TrainingSession, *, actor: Actor, at: datetime) -> None:
    """The programme's documents were accepted: the session is closed."""


def _warn(session: TrainingSession, at: datetime) -> None:
    """Tell who is near the limit of absences, or over it; each only once."""
    standings = absences([session.programme], at)
    url = reverse("delivery:mine")
    for row in session.roll.filter(attendee=Attendee.TRAINEE).exclude(application=None):
        standing = standings.get(row.application_id or 0)
        if standing is None or not (standing.near or standing.over):
            continue
        kind = notices.OVER_LIMIT if standing.over else notices.NEAR_LIMIT
        words = (
            f"Απουσίες {greek.number(standing.absent, 1)} από "
            f"{greek.number(standing.limit, 1)} ώρες, πρόγραμμα {session.programme.code}."
        )
        message = sending.Message(
            row.person_id, str(kind.title), words, f"{session.programme_id}", url
        )
        sending.send(kind, [message], at=at)
