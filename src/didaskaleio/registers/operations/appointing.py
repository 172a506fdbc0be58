"""Assessors of a call (ορισμός αξιολογητών): the plan, who, limits, conflicts (R-018)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from didaskaleio.kernel import access, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.errors import ReasonMissingError
from didaskaleio.people import operations as people
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.models import Person, Post
from didaskaleio.registers import assessments
from didaskaleio.registers.enums import LIVE, AssessmentState, CallState, ConflictKind
from didaskaleio.registers.errors import AssessmentRefusedError
from didaskaleio.registers.models import (
    Assessment,
    AssessmentPlan,
    AssessorLimit,
    Call,
    Candidacy,
    Conflict,
)
from didaskaleio.registers.operations.assigning import release

PLANNED = "Ορίστηκε πώς αξιολογείται"
BEFORE = (CallState.DRAFT, CallState.PUBLISHED, CallState.EXPIRED)
APPOINTING = (*BEFORE, CallState.ASSESSING)


def hold(call: Call, actor: Actor) -> Call:
    """The call of the actor's body, locked: what follows counts its assessments."""
    row = Call.objects.select_for_update(of=("self",), no_key=True).get(pk=call.pk)
    access.require(actor, "call.manage", row)
    return row


@transaction.atomic
def plan(call: Call, *, each: int, due_at: datetime, actor: Actor, at: datetime) -> AssessmentPlan:
    """Σχέδιο αξιολόγησης: one or two assessors for each candidacy, and until when.

    Refused: a deadline that has passed; another number of assessors once assessment has begun.
    """
    row = hold(call, actor)
    known = assessments.plan_of(row)
    if due_at <= at:
        raise AssessmentRefusedError("Η προθεσμία των αξιολογητών είναι μετά από τώρα.")
    if row.state not in BEFORE and (known is None or known.each != each):
        raise AssessmentRefusedError(
            "Η αξιολόγηση άρχισε: το πλήθος των αξιολογητών δεν αλλάζει, η προθεσμία αλλάζει."
        )
    if Assessment.objects.filter(call=row, state__in=LIVE).exists() and known and each < known.each:
        raise AssessmentRefusedError(
            "Έχουν ήδη ανατεθεί υποψηφιότητες σε δύο πρόσωπα. Το πλήθος δεν μειώνεται πια."
        )
    made, _ = AssessmentPlan.objects.update_or_create(
        call=row, defaults={"each": each, "due_at": due_at}
    )
    journal.write(row, PLANNED, actor=actor, at=at, each=each, due_at=due_at.isoformat())
    return made


@transaction.atomic
def appoint(
    call: Call,
    person: Person,
    *,
    most: int | None = None,
    actor: Actor,
    at: datetime,
    reason: str,
) -> Post:
    """Ορισμός αξιολογητή: the role over this call, and a limit where there is one.

    Refused: whoever competes in the call, the actor, a right held already, no reason.
    """
    row = hold(call, actor)
    if row.state not in APPOINTING:
        raise AssessmentRefusedError("Η πρόσκληση δεν αξιολογείται πια και δεν ορίζονται πρόσωπα.")
    if Candidacy.objects.filter(call=row, person=person, state__in=assessments.COMPETING).exists():
        raise AssessmentRefusedError(
            "Το πρόσωπο είναι υποψήφιο στην ίδια πρόσκληση και δεν την αξιολογεί. Ορίστε άλλο."
        )
    role, scope = Role.ASSESSOR, Scope.CALL
    post = people.grant(
        person, role=role, scope=scope, scope_id=row.pk, actor=actor, at=at, reason=reason
    )
    _put_limit(row, person, most)
    return post


@transaction.atomic
def limit(call: Call, person: Person, *, most: int | None, actor: Actor, at: datetime) -> None:
    """Όριο αξιολογητή: at most so many candidacies; None takes the limit away."""
    row = hold(call, actor)
    _put_limit(row, person, most)
    journal.write(row, "Άλλαξε όριο αξιολογητή", actor=actor, at=at, person=person.pk, most=most)


def _put_limit(call: Call, person: Person, most: int | None) -> None:
    if most is None:
        AssessorLimit.objects.filter(call=call, person=person).delete()
        return
    AssessorLimit.objects.update_or_create(call=call, person=person, defaults={"most": most})


@transaction.atomic
def dismiss(call: Call, person: Person, *, actor: Actor, at: datetime, reason: str) -> int:
    """Λήξη του ορισμού: the role ends and open assessments are released; how many.

    What was submitted stands. The gaps are covered by a new proposal or one by one.
    """
    row = hold(call, actor)
    held = Post.objects.filter(
        person=person, role=Role.ASSESSOR, scope=Scope.CALL, scope_id=row.pk, valid_until=None
    )
    for post in held:
        people.withdraw(post, actor=actor, at=at, reason=reason)
    mine = Assessment.objects.filter(call=row, person=person, state=AssessmentState.ASSIGNED)
    open_ones = list(mine.select_related("call", "candidacy").order_by("pk"))
    for one in open_ones:
        release(one, actor=actor, at=at, reason=reason)
    return len(open_ones)


@transaction.atomic
def register_conflict(
    candidacy: Candidacy, person: Person, *, actor: Actor, at: datetime, reason: str
) -> Conflict:
    """Καταχώριση σύγκρουσης συμφερόντων by the body; an assignment of the two is taken back.

    Refused: no reason, one that is registered already, a candidacy that was judged meanwhile.
    """
    if not reason.strip():
        raise ReasonMissingError("Γράψτε σε τι συνίσταται η σύγκρουση συμφερόντων.")
    call = hold(candidacy.call, actor)
    access.require(actor, "candidacy.assign", candidacy)
    if Conflict.objects.filter(candidacy=candidacy, person=person).exists():
        raise AssessmentRefusedError("Η σύγκρουση συμφερόντων έχει ήδη καταχωριστεί.")
    made = Conflict.objects.create(
        candidacy=candidacy, person=person, kind=ConflictKind.REGISTERED, reason=reason, at=at
    )
    act = "Καταχωρίστηκε σύγκρουση συμφερόντων"
    journal.write(made, act, actor=actor, at=at, reason=reason)
    held = Assessment.objects.filter(call=call, candidacy=candidacy, person=person, state__in=LIVE)
    for one in held.select_related("call", "candidacy"):
        release(one, actor=actor, at=at, reason=reason)
    return made
