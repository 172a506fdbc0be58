"""A programme in class (διεξαγωγή προγράμματος): start, suspend, resume, abort, complete."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from didaskaleio.delivery import notices
from didaskaleio.delivery.enums import Attendee, SessionState
from didaskaleio.delivery.errors import NotYetError
from didaskaleio.delivery.lifecycle import SESSION
from didaskaleio.delivery.models import Attendance, TrainingSession
from didaskaleio.enrolment.enums import ApplicationState
from didaskaleio.enrolment.lifecycle import APPLICATION
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.kernel import greek
from didaskaleio.kernel import notices as sending
from didaskaleio.kernel.access import SYSTEM, Actor
from didaskaleio.programmes.enums import SlotKind
from didaskaleio.programmes.lifecycle import PROGRAMME
from didaskaleio.programmes.models import Programme, Slot

SESSION.model = TrainingSession
EARLY = timedelta(days=7)
OVER = (SessionState.SIGNED, SessionState.CORRECTED, SessionState.CLOSED)


@dataclass(frozen=True)
class Condition:
    """A precondition of the start (προϋπόθεση έναρξης): words and whether it holds."""

    title: str
    holds: bool


def conditions(programme: Programme, at: datetime) -> tuple[Condition, ...]:
    """What must hold before a programme starts, as the page shows it."""
    first = programme.slots.order_by("date", "start").first()
    people = _enrolled(programme).count()
    return (
        Condition(greek.count(people, "εγγεγραμμένος/η", "εγγεγραμμένοι/ες"), people > 0),
        Condition("Υπάρχει επιμορφωτής/τρια", programme.trainer_id is not None),
        Condition(
            f"Πρώτη συνάντηση {greek.short_date(first.date)}" if first else "Υπάρχει ωρολόγιο",
            first is not None and at >= first.span.lower - EARLY,
        ),
    )


@PROGRAMME.performs("start")
def start(programme: Programme, *, actor: Actor, at: datetime) -> None:
    """Make the sessions and their rolls from the timetable and the enrolled people."""
    missing = [condition.title for condition in conditions(programme, at) if not condition.holds]
    if missing:
        raise NotYetError(f"Η έναρξη περιμένει: {', '.join(missing)}.", code="conditions")
    category = programme.category
    for number, slot in enumerate(programme.slots.order_by("date", "start"), start=1):
        support = slot.kind == SlotKind.SUPPORT
        TrainingSession.objects.create(
            programme=programme,
            slot=slot,
            sequence=number,
            kind=slot.kind,
            starts_at=slot.span.lower,
            ends_at=slot.span.upper,
            hours=category.support_hours if support else category.session_hours,
            async_hours=0 if support else category.async_hours_per_session,
        )
    fill_rolls(programme)
    programme.state_since = at
    _tell(programme, notices.STARTED, "Το πρόγραμμα ξεκινά", at)


def fill_rolls(programme: Programme) -> None:
    """Give every enrolled trainee, the trainer and the staff a row in each open roll."""
    sessions = list(programme.sessions.exclude(state__in=OVER))
    rows = [
        Attendance(
            session=session, attendee=attendee, person_id=person_id, application_id=application_id
        )
        for session in sessions
        for attendee, person_id, application_id in _expected(programme)
    ]
    Attendance.objects.bulk_create(rows, ignore_conflicts=True)


def _expected(programme: Programme) -> list[tuple[str, int, int | None]]:
    people: list[tuple[str, int, int | None]] = [
        (Attendee.TRAINEE, person_id, pk)
        for pk, person_id in _enrolled(programme).values_list("pk", "person_id")
    ]
    if programme.trainer_id:
        people.append((Attendee.TRAINER, programme.trainer_id, None))
    people += [
        (Attendee.STAFF, pk, None) for pk in programme.staff.values_list("person_id", flat=True)
    ]
    return people


def _enrolled(programme: Programme) -> QuerySet[ParticipationApplication]:
    return ParticipationApplication.objects.filter(
        programme=programme, state=ApplicationState.ENROLLED
    )


@PROGRAMME.performs("suspend")
def suspend(programme: Programme, *, actor: Actor, at: datetime, reason: str) -> None:
    """Suspend (illness, strike); everybody is told."""
    _tell(programme, notices.CHANGED, "Το πρόγραμμα σε αναστολή", at, reason)


@PROGRAMME.performs("resume")
def resume(programme: Programme, *, actor: Actor, at: datetime) -> None:
    """Go on after a suspension."""
    _tell(programme, notices.CHANGED, "Το πρόγραμμα συνεχίζεται", at)


@PROGRAMME.performs("abort")
def abort(programme: Programme, *, actor: Actor, at: datetime, reason: str) -> None:
    """End a running programme; hours held stay on record, future slots are let go."""
    Slot.objects.filter(programme=programme, span__startswith__gt=at).update(
        live=False, trainer=None, room=None
    )
    _tell(programme, notices.CHANGED, "Το πρόγραμμα διακόπηκε", at, reason)


@PROGRAMME.performs("last_session_held")
def complete(programme: Programme, *, actor: Actor, at: datetime) -> None:
    """All sessions are held and signed."""
    programme.state_since = at


def complete_if_over(programme: Programme, *, at: datetime) -> None:
    """A reaction to a signed sheet: the programme is complete when nothing is left to sign."""
    sessions = programme.sessions.all()
    if sessions.exclude(state__in=(*OVER, SessionState.NOT_HELD)).exists():
        return
    if sessions.filter(state=SessionState.NOT_HELD).exists():
        return
    complete(programme, actor=SYSTEM, at=at)


@APPLICATION.performs("exceed_absences", locks=("programme",))
def remove(
    application: ParticipationApplication, *, actor: Actor, at: datetime, reason: str
) -> None:
    """Remove a trainee who is over the limit of absences; the reason is kept."""
    from didaskaleio.delivery.queries import absences

    assert application.programme is not None  # noqa: S101 - a constraint of the table
    standing = absences([application.programme], at).get(application.pk)
    if standing is None or not standing.over:
        raise NotYetError("Οι απουσίες δεν έχουν περάσει το όριο: δεν γίνεται διαγραφή.")


def _tell(
    programme: Programme, kind: sending.Kind, title: str, at: datetime, reason: str = ""
) -> None:
    ids = set(
        Attendance.objects.filter(session__programme=programme).values_list("person_id", flat=True)
    )
    more = f" Αιτιολογία: {reason}" if reason else ""
    url = reverse("delivery:programme", args=[programme.pk])
    messages = [
        sending.Message(pk, title, f"{programme}.{more}", f"{programme.pk}-{at:%Y%m%d%H%M}", url)
        for pk in sorted(ids)
    ]
    sending.send(kind, messages, at=at)


@transaction.atomic
def admit(application: ParticipationApplication) -> None:
    """A late enrolment into a running programme: rows in every roll that is still open."""
    programme = application.programme
    if programme is not None and programme.sessions.exists():
        fill_rolls(programme)
