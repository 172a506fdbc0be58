"""Reminders to assessors (υπενθυμίσεις αξιολογητών): by an officer, and before the deadline."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate

from didaskaleio.kernel import access, greek, journal, notices
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.notices import Message
from didaskaleio.people.models import Person
from didaskaleio.registers import assessments
from didaskaleio.registers import notices as kinds
from didaskaleio.registers.enums import AssessmentState, CallState
from didaskaleio.registers.errors import AssessmentRefusedError
from didaskaleio.registers.models import Assessment, Call


@transaction.atomic
def remind_assessor(call: Call, person: Person, *, actor: Actor, at: datetime) -> None:
    """Υπενθύμιση by the body, at most once a day; refused where nothing is owed."""
    access.require(actor, "call.manage", call)
    owed = Assessment.objects.filter(call=call, person=person, state=AssessmentState.ASSIGNED)
    many = assessments.standing(owed).count()
    if call.state != CallState.ASSESSING or not many:
        raise AssessmentRefusedError("Δεν οφείλει αξιολόγηση. Δεν χρειάζεται υπενθύμιση.")
    message = reminder(call, person.pk, many, f"{localdate(at)}")
    notices.send(kinds.LATE, [message], at=at)
    journal.write(call, f"Υπενθύμιση: {person}"[:200], actor=actor, at=at)


def reminder(call: Call, person: int, many: int, news: str) -> Message:
    """What an assessor reads: how much is owed, and until when."""
    plan = assessments.plan_of(call)
    until = greek.long_moment(plan.due_at) if plan else ""
    owed = greek.count(many, "υποψηφιότητα", "υποψηφιότητες")
    return Message(
        person,
        f"Εκκρεμούν αξιολογήσεις: {call.title}",
        f"Σας μένουν {owed}. Προθεσμία: {until}.",
        f"assess-soon-{call.pk}-{person}-{news}",
        reverse("registers:assessments"),
    )
