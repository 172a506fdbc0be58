"""Running programmes: sessions, rolls and some signed sheets, made by the room's operations."""

from __future__ import annotations

from datetime import timedelta

from didaskaleio.delivery import operations, queries
from didaskaleio.delivery.models import Attendance, TrainingSession
from didaskaleio.delivery.rules import Marking
from didaskaleio.kernel.access import SYSTEM
from didaskaleio.people.queries import actor_of
from didaskaleio.programmes.models import Programme
from tests.factories import enrolment, people, programmes

SURNAMES = (
    "Ανδρέου", "Βασιλείου", "Γαλανοπούλου", "Δοκιμάκης", "Εικονικού", "Ζητηματίδης",
    "Θεωρητίδου", "Κανονίδης", "Λογισμικού", "Μακετοπούλου", "Παραδειγματοπούλου",
    "Προτυπίδης", "Σχεδιάδου", "Τυχαιόπουλος", "Φαντασίδου",
)  # fmt: skip


def an_enrolling_programme(trainees=12, **facts) -> Programme:
    """A programme whose people are enrolled and whose start is due; trainer with a post."""
    period = facts.pop("period", None) or programmes.a_period(state="running")
    programme = programmes.a_programme(state="enrolling", period=period, **facts)
    for number in range(trainees):
        an_enrolled_trainee(programme, surname=SURNAMES[number % len(SURNAMES)])
    return programme


def an_enrolled_trainee(programme, **facts):
    """One more enrolled person of a programme."""
    given = facts.pop("given_name", "Δείγμα")
    person = people.a_teacher(prefecture="KOZ", given_name=given, **facts)
    return enrolment.a_placed_application(programme, person=person, state="enrolled")


def a_running_programme(trainees=12, *, signed=0, absent=(), manager=True, **facts) -> Programme:
    """A programme that runs, with its twenty sessions; the first ``signed`` have their sheets.

    ``absent`` are the positions (from 0, by name) of trainees absent from every signed session.
    """
    programme = an_enrolling_programme(trainees, **facts)
    if manager:
        people.a_centre_manager(programme.centre)
    first = programme.slots.order_by("date", "start").first()
    operations.start(programme, actor=SYSTEM, at=first.span.lower - timedelta(days=1))
    for session in sessions_of(programme)[:signed]:
        a_signed_session(session, absent=absent)
    programme.refresh_from_db()
    return programme


def sessions_of(programme) -> list[TrainingSession]:
    """The sessions in the order of the timetable."""
    return list(TrainingSession.objects.filter(programme=programme).order_by("sequence"))


def trainees_of(session) -> list[Attendance]:
    """The trainees' rows of a session, by name."""
    return [row for row in queries.roll(session) if row.attendee == "trainee"]


def markings(session, *, absent=(), late=None) -> dict[int, Marking]:
    """Everybody present, but for the positions of ``absent`` and ``late`` (position → minutes)."""
    late = late or {}
    found = {row.pk: Marking("present") for row in queries.roll(session)}
    for position, row in enumerate(trainees_of(session)):
        if position in absent:
            found[row.pk] = Marking("absent")
        elif position in late:
            found[row.pk] = Marking("late", late[position])
    return found


def a_marked_session(session, *, at=None, **marks) -> TrainingSession:
    """A session with a complete draft, ready to be signed."""
    at = at or session.ends_at
    trainer = actor_of(session.trainer, at=at)
    drafted = markings(session, **marks)
    operations.save_draft(session, drafted, topic="Σενάρια διδασκαλίας", actor=trainer, at=at)
    session.refresh_from_db()
    return session


def a_signed_session(
    session, *, at=None, asynchronous=True, countersigned=False, **marks
) -> TrainingSession:
    """A session whose sheet is signed; with ``asynchronous`` everybody's own work is confirmed."""
    at = at or session.ends_at
    a_marked_session(session, at=at, **marks)
    trainer = actor_of(session.trainer, at=at)
    operations.sign(session, actor=trainer, at=at, seen=queries.next_digest(session))
    session.refresh_from_db()
    if asynchronous and session.async_hours:
        done = [row.pk for row in trainees_of(session)]
        operations.confirm_async(session, done, actor=trainer, at=at)
    if countersigned:
        manager = actor_of(people.a_centre_manager(session.programme.centre), at=at)
        operations.countersign(session, actor=manager, at=at)
    session.refresh_from_db()
    return session
