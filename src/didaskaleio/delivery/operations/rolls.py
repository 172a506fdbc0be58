"""Rolls (κατάσταση παρόντων): sessions from the timetable, and who stands in each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import F

from didaskaleio.delivery.enums import Attendee, Mark
from didaskaleio.delivery.lifecycle import OPEN
from didaskaleio.delivery.models import Attendance, Ruling, TrainingSession
from didaskaleio.enrolment.enums import ApplicationState
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.programmes.enums import SlotKind
from didaskaleio.programmes.models import Programme, Slot


def make_sessions(programme: Programme) -> None:
    """One session for each slot of the timetable, in order, each with its full roll."""
    slots = programme.slots.order_by("date", "start", "pk")
    TrainingSession.objects.bulk_create(
        _session(programme, slot, number) for number, slot in enumerate(slots, start=1)
    )
    complete(programme)


def _session(programme: Programme, slot: Slot, number: int) -> TrainingSession:
    category = programme.category
    support = slot.kind == SlotKind.SUPPORT
    return TrainingSession(
        programme=programme,
        trainer_id=programme.trainer_id,
        slot=slot,
        sequence=number,
        kind=slot.kind,
        starts_at=slot.span.lower,
        ends_at=slot.span.upper,
        hours=category.support_hours if support else category.session_hours,
        async_hours=0 if support else category.async_hours_per_session,
    )


def complete(programme: Programme) -> None:
    """Bring the rolls of unsigned sessions in line with who is enrolled, teaches and helps.

    Whoever joined gets a row in every session whose sheet is not signed; whoever left loses the
    rows of those. What is signed stays.
    """
    open_ones = TrainingSession.objects.filter(programme=programme, state__in=OPEN)
    teaching = dict(open_ones.values_list("pk", "trainer_id"))
    sessions = list(teaching)
    enrolled = ParticipationApplication.objects.filter(
        programme=programme, state=ApplicationState.ENROLLED
    )
    here = Attendance.objects.filter(session_id__in=sessions, attendee=Attendee.TRAINEE)
    here.exclude(application__in=enrolled).delete()
    people = list(_people(programme, enrolled))
    known = [Attendance(session_id=pk, **person) for pk in sessions for person in people]
    Attendance.objects.bulk_create(
        [*known, *_trainers(teaching)],
        batch_size=2_000,
        ignore_conflicts=True,
    )


def _people(
    programme: Programme, enrolled: Iterable[ParticipationApplication]
) -> Iterator[dict[str, Any]]:
    for application in enrolled:
        yield {
            "attendee": Attendee.TRAINEE,
            "person_id": application.person_id,
            "application": application,
        }
    for person_id in sorted({member.person_id for member in programme.staff.all()}):
        yield {"attendee": Attendee.STAFF, "person_id": person_id}


def _trainers(teaching: Mapping[int, int | None]) -> list[Attendance]:
    """A row for whoever teaches each session; whoever does not teach it any more loses theirs."""
    stood = Attendance.objects.filter(session__in=teaching, attendee=Attendee.TRAINER)
    stood.exclude(person_id=F("session__trainer_id")).delete()
    return [
        Attendance(session_id=pk, attendee=Attendee.TRAINER, person_id=trainer)
        for pk, trainer in teaching.items()
        if trainer
    ]


def clear(session: TrainingSession) -> None:
    """Forget every mark of a session that will be held at another time."""
    session.signs.all().delete()
    Ruling.objects.filter(row__session=session).delete()
    session.roll.update(mark=Mark.UNKNOWN, minutes=0, async_done=None, note="")
