"""Assignment of assessors (ανάθεση υποψηφιοτήτων): proposed, decided, changed one by one (R-018).

Everything here holds the call: two officers never assign at the same moment.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from didaskaleio.kernel import access, greek, journal, notices
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.notices import Message
from didaskaleio.people.models import Person
from didaskaleio.registers import assessments
from didaskaleio.registers import notices as kinds
from didaskaleio.registers.enums import LIVE, AssessmentState, CallState, CandidacyState
from didaskaleio.registers.errors import AssessmentRefusedError
from didaskaleio.registers.lifecycle import ASSESSMENT, CALL, RECONCILIATION
from didaskaleio.registers.models import Assessment, Call, Candidacy, Reconciliation

ASSESSMENT.model = Assessment
RECONCILIATION.model = Reconciliation
ASSIGNED = "Ανατέθηκε"
ASSIGNABLE = (CallState.EXPIRED, CallState.ASSESSING)


def _held(call: Call, actor: Actor) -> Call:
    row = Call.objects.select_for_update(of=("self",), no_key=True).get(pk=call.pk)
    access.require(actor, "call.manage", row)
    if row.state not in ASSIGNABLE:
        raise AssessmentRefusedError(
            "Οι υποψηφιότητες ανατίθενται μετά τη λήξη της προθεσμίας και ως το τέλος της "
            "αξιολόγησης."
        )
    return row


@transaction.atomic
def assign(call: Call, *, seen: str, actor: Actor, at: datetime) -> int:
    """Ανάθεση κατά την πρόταση that the officer saw (``seen`` is its seal); how many pairs.

    Refused: nothing left to assign, a proposal that changed meanwhile.
    """
    row = _held(call, actor)
    found = assessments.proposed(row, at)
    if found is None or not found.pairs:
        raise AssessmentRefusedError("Δεν υπάρχει κάτι να ανατεθεί. Ανανεώστε τη σελίδα.")
    if found.seal != seen:
        raise AssessmentRefusedError(
            "Η πρόταση άλλαξε στο μεταξύ και δεν ανατέθηκε τίποτε. Δείτε τη νέα πρόταση."
        )
    made = [
        Assessment(call=row, candidacy_id=candidacy, person_id=person, assigned_at=at)
        for person, candidacy in found.pairs
    ]
    Assessment.objects.bulk_create(made)
    many = greek.count(len(made), "αξιολόγηση", "αξιολογήσεις")
    journal.write(row, f"Ανατέθηκαν {many}", actor=actor, at=at, pairs=found.pairs)
    journal.write_many(Assessment, [one.pk for one in made], ASSIGNED, actor=actor, at=at)
    if row.state == CallState.ASSESSING:
        tell_assigned(row, {one.person_id for one in made}, at)
    return len(made)


@transaction.atomic
def give(candidacy: Candidacy, person: Person, *, actor: Actor, at: datetime) -> Assessment:
    """Ανάθεση μίας υποψηφιότητας to one more person.

    Refused: whoever is in conflict, has it already or has reached the limit; enough people.
    """
    row = _held(candidacy.call, actor)
    held = _open_candidacy(candidacy, row, actor)
    plan = assessments.plan_of(row)
    live = Assessment.objects.filter(candidacy=held, state__in=LIVE).count()
    if plan is None or live >= plan.each:
        raise AssessmentRefusedError("Η υποψηφιότητα έχει όσα πρόσωπα χρειάζονται.")
    return _given(held, person, actor, at)


@transaction.atomic
def replace(
    assessment: Assessment, person: Person, *, actor: Actor, at: datetime, reason: str
) -> Assessment:
    """Αλλαγή αξιολογητή: the one is released with a reason and another person takes over."""
    row = _held(assessment.call, actor)
    held = _open_candidacy(assessment.candidacy, row, actor)
    _require_free(held, person, at)
    release(assessment, actor=actor, at=at, reason=reason)
    return _given(held, person, actor, at)


def _open_candidacy(candidacy: Candidacy, call: Call, actor: Actor) -> Candidacy:
    row = Candidacy.objects.select_for_update(of=("self",), no_key=True).get(pk=candidacy.pk)
    row.call = call
    access.require(actor, "candidacy.assign", row)
    if row.state != CandidacyState.COMPLETE:
        raise AssessmentRefusedError("Ανατίθενται μόνο υποψηφιότητες με πλήρη φάκελο.")
    return row


def _require_free(candidacy: Candidacy, person: Person, at: datetime) -> None:
    found = {one.pk: no for one, _, no in assessments.candidates_for(candidacy, at)}
    if why := found.get(person.pk, "Δεν έχει οριστεί για την πρόσκληση."):
        raise AssessmentRefusedError(f"{person}: {why} Διαλέξτε άλλο πρόσωπο.")


def _given(candidacy: Candidacy, person: Person, actor: Actor, at: datetime) -> Assessment:
    _require_free(candidacy, person, at)
    made = Assessment.objects.create(
        call=candidacy.call, candidacy=candidacy, person=person, assigned_at=at
    )
    journal.write(made, ASSIGNED, actor=actor, at=at)
    if candidacy.call.state == CallState.ASSESSING:
        tell_assigned(candidacy.call, [person.pk], at)
    return made


@ASSESSMENT.performs("release", locks=("call", "candidacy"))
def release(assessment: Assessment, *, actor: Actor, at: datetime, reason: str) -> None:
    """Ανάκληση ανάθεσης: illness, conflict; the verdicts stay in the history and count no more."""
    candidacy = assessment.candidacy
    if assessment.call.state == CallState.ASSESSING:
        text = f"Δεν χρειάζεται πια να την αξιολογήσετε. Αιτιολογία: {reason}"
        title = f"Ανακλήθηκε η ανάθεση της υποψηφιότητας {candidacy.code}"
        news = f"released-{assessment.pk}"
        message = Message(assessment.person_id, title, text, news, reverse("registers:assessments"))
        notices.send(kinds.ASSIGNED, [message], at=at)


@CALL.performs("start_assessment")
def start_assessment(call: Call, *, actor: Actor, at: datetime) -> None:
    """Έναρξη αξιολόγησης: every complete candidacy has its assessors; they are told."""
    held = assessments.standing(Assessment.objects.filter(call=call))
    tell_assigned(call, set(held.values_list("person_id", flat=True)), at)


def tell_assigned(call: Call, people: Iterable[int], at: datetime) -> None:
    """Tell assessors that there is work, with how much of it is open and until when."""
    plan = assessments.plan_of(call)
    until = greek.long_moment(plan.due_at) if plan else ""
    mine = Assessment.objects.filter(call=call, state=AssessmentState.ASSIGNED)
    news = []
    for person in sorted(people):
        many = greek.count(mine.filter(person=person).count(), "υποψηφιότητα", "υποψηφιότητες")
        title = f"Για αξιολόγηση: {call.title}"
        text = f"Σας ανατέθηκαν {many}. Υποβάλετε την κρίση σας έως {until}."
        mark = f"assigned-{call.pk}-{at.isoformat()}"
        news.append(Message(person, title, text, mark, reverse("registers:assessments")))
    notices.send(kinds.ASSIGNED, news, at=at)
