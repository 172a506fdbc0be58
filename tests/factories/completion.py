"""Classes that are over: sessions, signed sheets, trainees; valid rows, made without operations."""

from __future__ import annotations

import hashlib
import shutil
from datetime import timedelta
from pathlib import Path

from didaskaleio.credentials import demo_authority
from didaskaleio.credentials.demo_authority import create_demo_authority
from didaskaleio.delivery.enums import Attendee, Mark, SessionState
from didaskaleio.delivery.models import Attendance, TrainingSession
from didaskaleio.enrolment.enums import ApplicationState
from didaskaleio.programmes.enums import SlotKind
from didaskaleio.structures.models import ImplementingBody
from tests import database
from tests.factories import enrolment, people, programmes

MAKER = Path(demo_authority.__file__)
HOURS = {SlotKind.FACE_TO_FACE: (2, 1), SlotKind.SYNCHRONOUS: (2, 1), SlotKind.SUPPORT: (3, 0)}


def an_authority(folder):
    """Keys of every body in ``folder``, as ``make_demo_authority`` makes them.

    They are made once for all workers and sessions, because RSA keys are slow to make, and copied.
    """
    bodies = dict(ImplementingBody.objects.order_by("pk").values_list("code", "name"))
    if not folder.exists():
        digest = hashlib.sha256(repr(bodies).encode() + MAKER.read_bytes()).hexdigest()[:12]
        kept = database.HERE / f"keys_{digest}"
        create_demo_authority(kept, bodies)
        shutil.copytree(kept, folder)
    return create_demo_authority(folder, bodies)


def the_sessions(programme, *, state=SessionState.SIGNED) -> list[TrainingSession]:
    """The sessions of the programme's slots: 60 hours with those of own work."""
    rows = []
    for slot in programme.slots.order_by("date", "start"):
        hours, later = HOURS[SlotKind(slot.kind)]
        rows.append(
            TrainingSession(
                programme=programme,
                trainer_id=programme.trainer_id,
                slot=slot,
                sequence=slot.sequence,
                kind=slot.kind,
                starts_at=slot.span.lower,
                ends_at=slot.span.upper,
                hours=hours,
                async_hours=later,
                topic="Σχεδιασμός διδακτικού σεναρίου",
                state=state,
                async_confirmed_at=slot.span.upper + timedelta(days=1) if later else None,
            )
        )
    return TrainingSession.objects.bulk_create(rows)


def a_class(size=3, *, state="completed", session_state=SessionState.SIGNED, names=(), **facts):
    """A programme with ``size`` enrolled trainees, present at every session."""
    programme = programmes.a_programme(state, **facts)
    the_sessions(programme, state=session_state)
    for place in range(size):
        surname = names[place] if place < len(names) else f"Δειγματίδου{place}"
        a_trainee(programme, surname=surname)
    return programme


def a_trainee(programme, *, state=ApplicationState.ENROLLED, **facts):
    """An enrolled trainee of the class with a full roll; returns the application."""
    person = people.a_teacher(**{"given_name": "Ελένη", "father_name": "Θωμάς", **facts})
    application = enrolment.a_placed_application(programme, person=person, state=state)
    Attendance.objects.bulk_create(
        Attendance(
            session=session,
            attendee=Attendee.TRAINEE,
            person=person,
            application=application,
            mark=Mark.PRESENT,
            minutes=session.hours * 45,
            async_done=True if session.async_hours else None,
        )
        for session in programme.sessions.all()
    )
    return application


def absent(application, *sequences):
    """Make the trainee absent from these sessions, with their own work undone."""
    rows = Attendance.objects.filter(application=application, session__sequence__in=sequences)
    rows.update(mark=Mark.ABSENT, minutes=0)
    rows.filter(session__async_hours__gt=0).update(async_done=False)
