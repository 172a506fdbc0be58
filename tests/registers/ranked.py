"""Calls whose candidacies are assessed: the states are set, as the assessment would leave them."""

from __future__ import annotations

from datetime import date
from io import BytesIO

from didaskaleio.kernel import lifecycle
from didaskaleio.people.queries import actor_of
from didaskaleio.registers import operations
from didaskaleio.registers.enums import CallState, CandidacyState
from didaskaleio.registers.models import Call, Candidacy
from tests.factories import people

PDF = b"%PDF-1.7 dokimi"


def a_candidacy(call, at, hours="50", person=None):
    """A submitted candidacy with a document."""
    person = person or people.a_teacher()
    me = actor_of(person, at=at)
    row = operations.start(call, actor=me, at=at)
    operations.save_answers(row, {"hours": hours}, actor=me, at=at)
    paper = BytesIO(PDF)
    paper.name = "p.pdf"
    operations.give_new(row, "paper", paper, until=date(2024, 1, 1), actor=me, at=at)
    row = Candidacy.objects.select_related("sheet", "call").get(pk=row.pk)
    reviewed = row.sheet.saved_at.isoformat()
    operations.send(row, actor=me, at=at, version=0, reviewed=reviewed, accepts=True)
    return Candidacy.objects.select_related("call", "person").get(pk=row.pk)


def assessed(call, rulings=None):
    """Let the deadline pass and every submitted candidacy be assessed, with rulings by pk."""
    lifecycle.fire_due(call.closes_at)
    for row in call.candidacies.filter(state=CandidacyState.SUBMITTED):
        row.state, row.rulings = CandidacyState.ASSESSED, (rulings or {}).get(row.pk, {})
        row.save(update_fields=["state", "rulings"])
    Call.objects.filter(pk=call.pk).update(state=CallState.ASSESSING)
    return Call.objects.select_related("body", "form").get(pk=call.pk)
