"""Another time for a session (αλλαγή ώρας): the rules of the timetable asked again."""

from __future__ import annotations

from dataclasses import replace as altered
from datetime import datetime

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from didaskaleio.delivery.errors import TimeRefusedError
from didaskaleio.delivery.models import TrainingSession
from didaskaleio.kernel import clock
from didaskaleio.kernel.taken import unless_taken
from didaskaleio.people.models import Person
from didaskaleio.programmes import parameters, timetable
from didaskaleio.programmes import queries as programme_queries
from didaskaleio.programmes.models import Programme, Slot
from didaskaleio.programmes.queries.plans import pure_slot
from didaskaleio.programmes.queries.substitutes import OF_TRAINER, findings_about


def move(session: TrainingSession, starts_at: datetime, at: datetime) -> None:
    """Give session and slot another time; the caller's step saves the session."""
    _hold_trainer(session)
    check_time(session, starts_at, at)
    ends_at = starts_at + session.length
    _move_slot(session, starts_at, ends_at)
    session.starts_at, session.ends_at = starts_at, ends_at
    session.proposed_starts_at, session.proposal_reason = None, ""
    session.revision += 1


def _hold_trainer(session: TrainingSession) -> None:
    """The hours of a week are counted: two meetings of one trainer move one after the other."""
    if (who := session.trainer_id) is not None:
        Person.objects.select_for_update(no_key=True).get(pk=who)


def _move_slot(session: TrainingSession, starts_at: datetime, ends_at: datetime) -> None:
    slot = session.slot
    if slot is None:
        return
    begins, finishes = starts_at.astimezone(clock.ATHENS), ends_at.astimezone(clock.ATHENS)
    slot.date, slot.start, slot.end = begins.date(), begins.time(), finishes.time()
    slot.span = DateTimeTZRange(starts_at, ends_at)
    slot.trainer_id = session.trainer_id if slot.live else None
    with unless_taken(
        TimeRefusedError(
            "Την ώρα αυτή ο επιμορφωτής ή η αίθουσα μόλις δεσμεύτηκε από άλλο πρόγραμμα. "
            "Επιλέξτε άλλη ώρα."
        )
    ):
        slot.save(update_fields=["date", "start", "end", "span", "trainer"])


def check_time(session: TrainingSession, starts_at: datetime, at: datetime) -> None:
    """Refuse a time that is past or breaks a rule which the present one does not."""
    if starts_at <= at:
        raise TimeRefusedError("Η νέα ώρα πρέπει να είναι στο μέλλον.")
    begins = starts_at.astimezone(clock.ATHENS)
    if begins.date() != (begins + session.length).date():
        raise TimeRefusedError("Η συνάντηση πρέπει να τελειώνει την ίδια ημέρα.")
    found = new_findings(session, starts_at, at)
    if found:
        sentences = " ".join(finding.sentence for finding in found[:3])
        raise TimeRefusedError(f"Η ώρα δεν επιτρέπεται. {sentences}", code=found[0].code)


def new_findings(
    session: TrainingSession, starts_at: datetime, at: datetime
) -> list[timetable.Finding]:
    """The errors that the new time would bring, beyond those that stand already."""
    rows = programme_queries.with_relations(Programme.objects.filter(pk=session.programme_id))
    programme = rows.get()
    numbers = parameters.of(programme.period.action, at).timetable()
    context, slots = programme_queries.context_of(programme), list(programme.slots.all())
    before = [pure_slot(slot, programme) for slot in slots]
    after = [_moved(slot, programme, session, starts_at) for slot in slots]
    stood = timetable.find(programme_queries.plan_of(programme, before), context, numbers)
    found = timetable.find(programme_queries.plan_of(programme, after), context, numbers)
    known = {finding.key for finding in stood}
    new = [finding for finding in found if finding.is_error and finding.key not in known]
    if session.trainer_id == programme.trainer_id:
        return new
    there = [slot for slot in after if slot.id == str(session.slot_id)]
    return [f for f in new if f.rule not in OF_TRAINER] + _of_substitute(session, there, at)


def _of_substitute(
    session: TrainingSession, slots: list[timetable.Slot], at: datetime
) -> list[timetable.Finding]:
    """What the new time asks of whoever teaches this one session in the place of the trainer."""
    people = Person.objects.filter(pk=session.trainer_id or 0)
    found = findings_about(session.programme, slots, people, at)
    return [finding for each in found.values() for finding in each if finding.is_error]


def _moved(
    slot: Slot, programme: Programme, session: TrainingSession, starts_at: datetime
) -> timetable.Slot:
    pure = pure_slot(slot, programme)
    if slot.pk != session.slot_id:
        return pure
    there = starts_at.astimezone(clock.ATHENS)
    return altered(pure, date=there.date(), start=there.time())
