"""Sessions (συναντήσεις): another hour, start, end, not held, replaced."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.urls import reverse

from didaskaleio.delivery import notices
from didaskaleio.delivery.errors import NotYetError
from didaskaleio.delivery.lifecycle import SESSION
from didaskaleio.delivery.models import TrainingSession
from didaskaleio.kernel import greek
from didaskaleio.kernel import notices as sending
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.calendar import local
from didaskaleio.kernel.errors import Refusal
from didaskaleio.programmes.models import Slot

TOLERANCE = timedelta(minutes=30)
NOTICE = timedelta(hours=24)


@SESSION.performs("reschedule", locks=("programme",))
def reschedule(
    session: TrainingSession, *, actor: Actor, at: datetime, reason: str, day: date, start: time
) -> None:
    """Propose another hour, at least 24 hours before the session; the centre confirms."""
    if session.starts_at - at < NOTICE:
        raise NotYetError("Η ώρα αλλάζει έως 24 ώρες πριν από τη συνάντηση.")
    _move(session, day, start, at)


@SESSION.performs("confirm")
def confirm(session: TrainingSession, *, actor: Actor, at: datetime) -> None:
    """The centre confirms the new hour; everybody of the roll is told."""
    _tell(session, at)


@SESSION.performs("replace", locks=("programme",))
def replace(
    session: TrainingSession, *, actor: Actor, at: datetime, day: date, start: time
) -> None:
    """A new date for a session that was not held."""
    _move(session, day, start, at)
    _tell(session, at)


def _move(session: TrainingSession, day: date, start: time, at: datetime) -> None:
    length = session.ends_at - session.starts_at
    begins = local(day, start)
    if begins <= at:
        raise Refusal("Διαλέξτε στιγμή που δεν έχει περάσει.")
    period = session.programme.period
    if not period.first_day <= day <= period.last_day:
        span = greek.date_span(period.first_day, period.last_day)
        raise Refusal(f"Η νέα ημερομηνία πρέπει να είναι μέσα στην περίοδο: {span}.")
    ends = begins + length
    try:
        with transaction.atomic():
            Slot.objects.filter(pk=session.slot_id).update(
                date=day,
                start=start,
                end=ends.astimezone(begins.tzinfo).time(),
                span=DateTimeTZRange(begins, ends),
            )
    except IntegrityError as error:
        raise Refusal(
            "Την ώρα αυτή ο επιμορφωτής ή η αίθουσα είναι σε άλλο πρόγραμμα. Διαλέξτε άλλη."
        ) from error
    session.starts_at, session.ends_at = begins, ends


@SESSION.performs("start")
def start(session: TrainingSession, *, actor: Actor, at: datetime) -> None:
    """The trainer opens the session, within half an hour of its start or later."""
    if at < session.starts_at - TOLERANCE:
        moment = greek.long_moment(session.starts_at - TOLERANCE)
        raise NotYetError(f"Η συνάντηση ανοίγει {moment}.")


@SESSION.performs("end")
def end(session: TrainingSession, *, actor: Actor, at: datetime) -> None:
    """The session is over: the sheet can be signed."""


@SESSION.performs("mark_not_held")
def mark_not_held(session: TrainingSession, *, actor: Actor, at: datetime, reason: str) -> None:
    """The session did not take place: it must be replaced."""
    _tell(session, at, f"Δεν έγινε. Αιτιολογία: {reason}")


def _tell(session: TrainingSession, at: datetime, words: str = "") -> None:
    told = words or f"Νέα ώρα: {greek.long_moment(session.starts_at)}."
    url = reverse("delivery:programme", args=[session.programme_id])
    messages = [
        sending.Message(
            person_id,
            f"Αλλαγή: {session}, {session.programme.code}",
            told,
            f"{session.pk}-{at:%Y%m%d%H%M%S}",
            url,
        )
        for person_id in session.roll.values_list("person_id", flat=True).distinct()
    ]
    sending.send(notices.CHANGED, messages, at=at)
