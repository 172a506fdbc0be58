"""Work is assigned (αναθέσεις έργου; R-029, R-030): asked, accepted or declined, passed on.

Persons are locked before their programme, as submission does, and in the order of their ids.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from didaskaleio.kernel import access, jobs, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.errors import ReasonMissingError, Refusal, StepRefusedError
from didaskaleio.kernel.taken import unless_taken
from didaskaleio.people.models import Person
from didaskaleio.programmes import notices
from didaskaleio.programmes.enums import (
    LIVE_STATES,
    ActionRole,
    AssignmentState,
    ProgrammeState,
    StaffRole,
)
from didaskaleio.programmes.lifecycle import ASSIGNMENT
from didaskaleio.programmes.models import Programme, ProgrammeStaff, WorkAssignment
from didaskaleio.programmes.models.assignments import HOLDING
from didaskaleio.programmes.operations.drafts import touch
from didaskaleio.programmes.queries import assignments as queries
from didaskaleio.programmes.queries.assignments import DRAFTS
from didaskaleio.programmes.queries.centres import people_of_centre

ASSIGNMENT.model = WorkAssignment
ANSWER_HOURS, MOST_HOURS, LONGEST = 72, 500, 1_000
AGREED = "Ανατέθηκε έργο στο πρόγραμμα"
STAFF_ROLES = {
    ActionRole.TECHNICAL: StaffRole.TECHNICAL,
    ActionRole.ADMINISTRATIVE: StaffRole.ADMINISTRATIVE,
}


@transaction.atomic
def ask_next(
    programme: Programme, *, actor: Actor, at: datetime, message: str = "", asker: int | None = None
) -> WorkAssignment | None:
    """Ανάθεση στον/στην επόμενο/η: the first of the ranking whom the limits of load allow.

    None when nobody is left. Refused: the programme has a trainer, or somebody is being asked.
    ``asker`` answers for what the system passes on.
    """
    ranked = [row.application.person_id for row in queries.candidates(programme)]
    people = Person.objects.select_for_update(no_key=True).order_by("pk")
    list(people.filter(pk__in=[pk for pk in ranked if pk]))
    row = _held(programme, actor)
    _require_vacant(row)
    found = queries.first_free(row, at)
    if found is None or found.application.person is None:
        return None
    made = WorkAssignment(
        programme=row,
        person=found.application.person,
        application=found.application,
        message=message.strip()[:LONGEST],
        asked_by_id=asker or actor.person_id,
    )
    return _ask_trainer(made, found.line.call.answer_hours, actor, at)


@transaction.atomic
def ask_by_hand(
    programme: Programme,
    person: Person,
    *,
    reason: str,
    actor: Actor,
    at: datetime,
    message: str = "",
) -> WorkAssignment:
    """Ανάθεση με απόφαση: somebody out of order is asked, with the reason of the decision.

    Refused: whom the register, the cluster or the place leave out, or the limits of load.
    """
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    row = _held(programme, actor)
    _require_vacant(row)
    if not reason.strip():
        raise ReasonMissingError("Γράψτε την αιτιολογία της απόφασης.")
    if not queries.by_hand(row).filter(pk=person.pk).exists():
        raise Refusal(
            "Το πρόσωπο δεν μπορεί να διδάξει αυτό το πρόγραμμα. Επιλέξτε άλλο.", code="person"
        )
    if why := queries.why_not(row, person, None, at):
        raise Refusal(f"{why} Επιλέξτε άλλο πρόσωπο.", code="person")
    made = WorkAssignment(
        programme=row,
        person=person,
        message=message.strip()[:LONGEST],
        asked_by_id=actor.person_id,
    )
    words = f"Ανάθεση με απόφαση: {person.full_name}"
    journal.write(row, words[:200], actor=actor, at=at, reason=reason.strip())
    return _ask_trainer(made, ANSWER_HOURS, actor, at)


def _ask_trainer(made: WorkAssignment, hours: int, actor: Actor, at: datetime) -> WorkAssignment:
    made.role, made.hours = ActionRole.TRAINER, queries.hours_of(made.programme)
    made.asked_at, made.answer_by = at, at + timedelta(hours=hours)
    with unless_taken(Refusal("Έχει ήδη ζητηθεί απάντηση. Ανανεώστε τη σελίδα.")):
        made.save(force_insert=True)
    return _asked(made, actor, at)


def _held(programme: Programme, actor: Actor) -> Programme:
    rows = Programme.objects.select_for_update(of=("self",), no_key=True)
    row = rows.select_related("period__action", "category", "cluster", "centre__prefecture").get(
        pk=programme.pk
    )
    access.require(actor, "programme.assign", row)
    return row


def _require_vacant(programme: Programme) -> None:
    if programme.state not in DRAFTS:
        raise StepRefusedError(
            f"Το πρόγραμμα είναι σε κατάσταση «{ProgrammeState(programme.state).label}»: "
            "επιμορφωτής/τρια ορίζεται όσο συντάσσεται η πρόταση."
        )
    if programme.trainer_id is not None:
        raise Refusal("Το πρόγραμμα έχει ήδη επιμορφωτή/τρια. Αλλάξτε τον/την από τα στοιχεία του.")
    held = programme.assignments.filter(HOLDING, role=ActionRole.TRAINER)
    if held.exists():
        raise Refusal("Υπάρχει ήδη ανάθεση. Περιμένετε την απάντηση ή ανακαλέστε την πρώτα.")


def _asked(made: WorkAssignment, actor: Actor, at: datetime) -> WorkAssignment:
    words = f"Ζητήθηκε απάντηση: {made.shown_role}, {made.person.full_name}"
    journal.write(made.programme, words[:200], actor=actor, at=at)
    journal.write(made, "Ζητήθηκε απάντηση", actor=actor, at=at, reason=made.message)
    notices.assignment_asked(made)
    return made


@transaction.atomic
def ask_staff(
    programme: Programme,
    person: Person,
    role: ActionRole,
    *,
    hours: int,
    actor: Actor,
    at: datetime,
    message: str = "",
) -> WorkAssignment:
    """Ανάθεση σε προσωπικό του Κ.Σ.Ε.: technical or administrative support, with its hours."""
    row = _held(programme, actor)
    if role not in STAFF_ROLES:
        raise Refusal("Επιλέξτε τεχνική ή διοικητική υποστήριξη.")
    if row.state not in (*DRAFTS, *LIVE_STATES):
        raise StepRefusedError("Το πρόγραμμα έχει τελειώσει και δεν δέχεται αναθέσεις.")
    if not 1 <= hours <= MOST_HOURS:
        raise Refusal(f"Δώστε ώρες από 1 έως {MOST_HOURS}.", code="hours")
    if not people_of_centre(row.centre_id, at).filter(pk=person.pk).exists():
        raise Refusal("Το πρόσωπο δεν υπηρετεί στο Κ.Σ.Ε. Επιλέξτε από το προσωπικό του.")
    taken = Refusal("Έχει ήδη ανατεθεί αυτό το έργο στο ίδιο πρόσωπο. Επιλέξτε άλλο.")
    with unless_taken(taken):
        made = WorkAssignment.objects.create(
            programme=row,
            role=role,
            person=person,
            hours=hours,
            message=message.strip()[:LONGEST],
            asked_by_id=actor.person_id,
            asked_at=at,
            answer_by=at + timedelta(hours=ANSWER_HOURS),
        )
    return _asked(made, actor, at)


@ASSIGNMENT.performs("accept", locks=("person", "programme"))
def accept_assignment(assignment: WorkAssignment, *, actor: Actor, at: datetime) -> None:
    """Αποδοχή: the person enters the programme; the limits of load hold at this moment too."""
    programme = assignment.programme
    assignment.answered_at = at
    if assignment.role == ActionRole.TRAINER:
        _engage(assignment, programme, at)
        programme.trainer = assignment.person
        programme.save(update_fields=["trainer"])
    else:
        role = STAFF_ROLES[ActionRole(assignment.role)]
        ProgrammeStaff.objects.get_or_create(
            programme=programme, person_id=assignment.person_id, role=role
        )
    if programme.state in DRAFTS:
        touch(programme, AGREED, actor=actor, at=at, assignment=assignment.pk)
    notices.assignment_answered(assignment, AssignmentState.ACCEPTED, at=at)


def _engage(assignment: WorkAssignment, programme: Programme, at: datetime) -> None:
    if programme.state not in DRAFTS or programme.trainer_id is not None:
        raise StepRefusedError(
            "Το πρόγραμμα δεν ζητά πια επιμορφωτή/τρια. Δεν χρειάζεται απάντηση."
        )
    application = assignment.application
    wanted = application.submission.wanted if application and application.submission else None
    if why := queries.why_not(programme, assignment.person, wanted, at):
        raise StepRefusedError(f"{why} Απαντήστε «Δεν αποδέχομαι» ή ζητήστε από τον φορέα λύση.")


@ASSIGNMENT.performs("decline")
def decline_assignment(
    assignment: WorkAssignment, *, actor: Actor, at: datetime, reason: str
) -> None:
    """Άρνηση with a reason: the next of the ranking is asked by a job."""
    assignment.answered_at, assignment.answer = at, reason.strip()
    _pass_on(assignment, AssignmentState.DECLINED, at)


@ASSIGNMENT.performs("lapse")
def lapse_assignment(assignment: WorkAssignment, *, actor: Actor, at: datetime) -> None:
    """Λήξη: no answer in time counts as no; the next of the ranking is asked by a job."""
    _pass_on(assignment, AssignmentState.EXPIRED, at)


def _pass_on(assignment: WorkAssignment, state: AssignmentState, at: datetime) -> None:
    notices.assignment_answered(assignment, state, at=at)
    if assignment.role == ActionRole.TRAINER:
        jobs.enqueue("programmes.ask_next", assignment_id=assignment.pk, at=at.isoformat())


@ASSIGNMENT.performs("recall", locks=("person", "programme"))
def recall_assignment(
    assignment: WorkAssignment, *, actor: Actor, at: datetime, reason: str
) -> None:
    """Ανάκληση with a reason; of what was accepted only while the proposal is being written."""
    programme = assignment.programme
    if assignment.state == AssignmentState.ACCEPTED:
        if programme.state not in DRAFTS:
            raise StepRefusedError("Η πρόταση έχει υποβληθεί: η στελέχωσή της δεν ανακαλείται εδώ.")
        _release(assignment, programme)
        touch(programme, "Ανακλήθηκε ανάθεση έργου", actor=actor, at=at)
    assignment.answer = reason.strip()
    notices.assignment_recalled(assignment, at=at)


def _release(assignment: WorkAssignment, programme: Programme) -> None:
    if assignment.role != ActionRole.TRAINER:
        role = STAFF_ROLES[ActionRole(assignment.role)]
        programme.staff.filter(person=assignment.person_id, role=role).delete()
    elif programme.trainer_id == assignment.person_id:
        programme.trainer = None
        programme.save(update_fields=["trainer"])
