"""Who may take over sessions (αντικατάσταση): which sessions, which people, why others may not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from didaskaleio.delivery.enums import SessionState, SubstitutionState
from didaskaleio.delivery.lifecycle import BEFORE
from didaskaleio.delivery.models import Substitution, TrainingSession
from didaskaleio.enrolment.enums import ApplicationState
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.people.models import Person
from didaskaleio.programmes.enums import ProgrammeState
from didaskaleio.programmes.models import Programme, Slot
from didaskaleio.programmes.queries import substitutes, trainers
from didaskaleio.programmes.queries.substitutes import Stand

LEARNS = (
    ApplicationState.SUBMITTED,
    ApplicationState.PLACED,
    ApplicationState.ENROLLED,
    ApplicationState.ATTENDED,
    ApplicationState.CERTIFIED,
)
TRAINEE = "Συμμετέχει ως επιμορφούμενος/η στην ίδια δράση."
OF_CENTRE = "Είναι ήδη προσωπικό του προγράμματος."


@dataclass(frozen=True)
class Candidate:
    """Somebody who might take over (υποψήφιος/α): suits unless something stands against it."""

    stand: Stand
    against: tuple[str, ...]

    @property
    def person(self) -> Person:
        return self.stand.person

    @property
    def suits(self) -> bool:
        return not self.against


def may_substitute(session: TrainingSession, at: datetime) -> bool:
    """Whether another person may still be asked to teach a session: it is ahead, nobody is."""
    running = session.programme.state == ProgrammeState.RUNNING
    ahead = session.state in BEFORE and session.starts_at > at and session.trainer_id is not None
    return running and ahead and not waiting(session.programme, [session])


def waiting(programme: Programme, sessions: Iterable[TrainingSession]) -> bool:
    """Whether somebody was asked for any of the sessions and has not answered."""
    ids = [session.pk for session in sessions]
    rows = Substitution.objects.filter(programme=programme, state=SubstitutionState.PROPOSED)
    return rows.filter(sessions__in=ids).exists()


def concerned(session: TrainingSession, at: datetime, *, rest: bool) -> list[TrainingSession]:
    """The sessions that pass over: this one, or it and all that its trainer holds after it.

    With the rest pass those that were not held too: whoever takes over holds them again.
    """
    if not rest:
        return [session]
    rows = TrainingSession.objects.filter(
        programme=session.programme_id, trainer=session.trainer_id
    ).select_related("slot")
    ahead = rows.filter(state__in=BEFORE, starts_at__gte=max(session.starts_at, at))
    again = rows.filter(state=SessionState.NOT_HELD)
    return [*ahead.order_by("starts_at", "pk"), *again.order_by("starts_at", "pk")]


def held_slots(sessions: Iterable[TrainingSession]) -> list[Slot]:
    """The hours that whoever takes over must be free at."""
    return [s.slot for s in sessions if s.slot is not None and s.state in BEFORE]


def candidates(
    programme: Programme, sessions: Sequence[TrainingSession], at: datetime, *, words: str = ""
) -> list[Candidate]:
    """Trainers for the sessions: who suits first, the nearest before the others."""
    slots = held_slots(sessions)
    if not slots:
        return []
    teaching = {session.trainer_id for session in sessions if session.trainer_id}
    found = substitutes.stands(programme, slots, at, words=words, leaving_out=teaching)
    return sorted(_judged(programme, found), key=lambda one: not one.suits)


def candidate(
    programme: Programme, sessions: Sequence[TrainingSession], person: Person, at: datetime
) -> Candidate | None:
    """One person as a candidate, None where the register does not have them."""
    slots = held_slots(sessions)
    if not slots:
        return None
    able = trainers(programme.period, min(slot.date for slot in slots))
    rows = Person.objects.filter(pk__in=able.filter(pk=person.pk).order_by().values("pk"))
    return next(_judged(programme, substitutes.judged(programme, slots, rows, at)), None)


def _judged(programme: Programme, found: Sequence[Stand]) -> Iterator[Candidate]:
    ids = [stand.person.pk for stand in found]
    learning = set(
        ParticipationApplication.objects.filter(
            person__in=ids, period__action=programme.period.action_id, state__in=LEARNS
        ).values_list("person_id", flat=True)
    )
    helping = {member.person_id for member in programme.staff.all()}
    for stand in found:
        told = [finding.sentence for finding in stand.errors]
        told += [TRAINEE] if stand.person.pk in learning else []
        told += [OF_CENTRE] if stand.person.pk in helping else []
        yield Candidate(stand, tuple(told))


def of_session(session: TrainingSession) -> QuerySet[Substitution]:
    """What was asked about a session, the latest first."""
    rows = Substitution.objects.filter(sessions=session)
    return rows.select_related("substitute", "replaced", "programme")


def asked_of(person_id: int) -> QuerySet[TrainingSession]:
    """Sessions that a person was asked to take over and has not answered."""
    rows = Substitution.objects.filter(substitute=person_id, state=SubstitutionState.PROPOSED)
    return TrainingSession.objects.filter(pk__in=rows.values("sessions"))
