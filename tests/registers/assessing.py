"""A call with complete candidacies and assessors, for tests of assessment."""

from __future__ import annotations

from datetime import timedelta

from didaskaleio.kernel import lifecycle
from didaskaleio.people.queries import actor_of
from didaskaleio.registers import assessments, operations
from didaskaleio.registers.models import Assessment, Call, Candidacy
from tests.factories import people
from tests.registers.ranked import a_candidacy

WHOLE = {"allowed": "", "reason": ""}


def less(allowed, reason="Δεν αποδεικνύεται."):
    return {"allowed": allowed, "reason": reason}


def all_whole(**changes):
    """Verdicts on the two claims of the small form: everything accepted but the changes."""
    return {"hours": WHOLE, "paper": WHOLE} | changes


def an_expired_call(call, officer, *, at, many=2, each=1, assessors=2):
    """``call`` past its deadline: so many complete candidacies, a plan and so many assessors."""
    rows = [a_candidacy(call, at) for _ in range(many)]
    lifecycle.fire_due(call.closes_at)
    later = call.closes_at + timedelta(hours=1)
    for row in rows:
        operations.accept(fresh(row), actor=officer, at=later)
    due = later + timedelta(days=14)
    call = Call.objects.get(pk=call.pk)
    operations.plan(call, each=each, due_at=due, actor=officer, at=later)
    for _ in range(assessors):
        an_assessor(call, officer, at=later)
    return Call.objects.get(pk=call.pk)


def an_assessor(call, officer, *, at, person=None, most=None):
    person = person or people.a_person()
    operations.appoint(call, person, most=most, actor=officer, at=at, reason="Απόφαση 1.")
    return person


def assigned(call, officer, *, at):
    """The proposal is decided."""
    seal = assessments.proposed(call, at).seal
    operations.assign(call, seen=seal, actor=officer, at=at)


def begun(call, officer, *, at, **shape):
    """An assessment that has begun, by the proposal."""
    row = an_expired_call(call, officer, at=at, **shape)
    later = row.closes_at + timedelta(hours=2)
    assigned(row, officer, at=later)
    operations.start_assessment(row, actor=officer, at=later)
    return Call.objects.get(pk=row.pk)


def fresh(row):
    return Candidacy.objects.select_related("call").get(pk=row.pk)


def open_ones(call):
    rows = Assessment.objects.filter(call=call, state="assigned").order_by("pk")
    return list(rows.select_related("call", "candidacy__call", "person"))


def judge(one, *, at, **verdicts):
    operations.submit_assessment(
        one, actor=actor_of(one.person, at=at), at=at, verdicts=all_whole(**verdicts)
    )
