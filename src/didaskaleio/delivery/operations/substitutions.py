"""Substitutions (αντικαταστάσεις): somebody is asked to teach in the place of another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from didaskaleio.delivery import notices, queries
from didaskaleio.delivery.errors import SubstituteRefusedError
from didaskaleio.delivery.lifecycle import BEFORE, SUBSTITUTION
from didaskaleio.delivery.models import Substitution, TrainingSession
from didaskaleio.delivery.operations import rolls
from didaskaleio.delivery.operations.excuses import written
from didaskaleio.delivery.operations.marks import hold
from didaskaleio.kernel import access, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.people.models import Person
from didaskaleio.programmes import operations as programmes

SUBSTITUTION.model = Substitution
GONE = "Καμία από τις συναντήσεις δεν είναι πια μπροστά: άρχισαν, έγιναν ή τις ανέλαβε άλλος."


def propose_substitute(
    session: TrainingSession,
    substitute: Person,
    *,
    rest: bool,
    reason: str,
    actor: Actor,
    at: datetime,
) -> Substitution:
    """Ask a trainer to take over (πρόταση) one session, or it and the rest of the programme."""
    words = written(reason, "Γράψτε γιατί χρειάζεται αντικατάσταση.")
    with transaction.atomic():
        held = hold(session)
        access.require(actor, "session.substitute", held)
        if not queries.substitutions.may_substitute(held, at):
            raise SubstituteRefusedError(
                "Η συνάντηση άρχισε ή περιμένει ήδη απάντηση. Ανανεώστε τη σελίδα."
            )
        sessions = queries.substitutions.concerned(held, at, rest=rest)
        _check(held, sessions, substitute, at)
        made = _kept(held, sessions, substitute, actor, at, reason=words, rest=rest)
        journal.write(made, "Προτάθηκε αντικατάσταση", actor=actor, at=at, reason=words)
        notices.substitute_asked(made, sessions, at=at)
    return made


def _check(
    session: TrainingSession, sessions: Sequence[TrainingSession], who: Person, at: datetime
) -> None:
    if queries.substitutions.waiting(session.programme, sessions):
        raise SubstituteRefusedError(
            "Για κάποια από αυτές τις συναντήσεις περιμένει ήδη απάντηση άλλου προσώπου. "
            "Ανακαλέστε πρώτα εκείνη την πρόταση."
        )
    found = queries.substitutions.candidate(session.programme, sessions, who, at)
    if found is None:
        raise SubstituteRefusedError("Το πρόσωπο δεν είναι στο μητρώο της δράσης. Διαλέξτε άλλο.")
    if found.against:
        raise SubstituteRefusedError(f"Το πρόσωπο δεν μπορεί. {' '.join(found.against[:3])}")


def _kept(
    session: TrainingSession,
    sessions: Sequence[TrainingSession],
    substitute: Person,
    actor: Actor,
    at: datetime,
    **facts: str | bool,
) -> Substitution:
    made = Substitution.objects.create(
        programme=session.programme,
        replaced_id=session.trainer_id or 0,
        substitute=substitute,
        proposed_by_id=actor.person_id,
        proposed_at=at,
        due_at=session.starts_at,
        **facts,
    )
    made.sessions.set(sessions)
    return made


@SUBSTITUTION.performs("accept", locks=("programme",))
def accept_substitution(substitution: Substitution, *, actor: Actor, at: datetime) -> None:
    """The trainer takes over (αποδοχή): hours, rolls and calendars follow at once."""
    programme, who = substitution.programme, substitution.substitute
    Person.objects.select_for_update(no_key=True).get(pk=who.pk)
    sessions = _standing(substitution, at)
    if not sessions:
        raise SubstituteRefusedError(GONE)
    found = queries.substitutions.candidate(programme, sessions, who, at)
    if found is None or found.against:
        told = " ".join(found.against[:3]) if found else "Δεν είστε πια στο μητρώο της δράσης."
        raise SubstituteRefusedError(f"Η αντικατάσταση δεν γίνεται πια. {told}")
    substitution.answered_at = at
    _pass_over(substitution, sessions, actor, at)
    notices.substitute_accepted(substitution, sessions, at=at)


def _standing(substitution: Substitution, at: datetime) -> list[TrainingSession]:
    """Those of the sessions that still belong to whoever is replaced and are not held yet."""
    rows = substitution.sessions.select_for_update(of=("self",), no_key=True).filter(
        trainer=substitution.replaced_id, state__in=[*BEFORE, "not_held"]
    )
    found = rows.select_related("slot").order_by("pk")
    return [s for s in found if s.state == "not_held" or s.starts_at > at]


def _pass_over(
    substitution: Substitution, sessions: Sequence[TrainingSession], actor: Actor, at: datetime
) -> None:
    programme, who = substitution.programme, substitution.substitute
    ids = [session.pk for session in sessions]
    programmes.entrust([slot.pk for slot in queries.substitutions.held_slots(sessions)], who)
    rows = TrainingSession.objects.filter(pk__in=ids)
    rows.update(trainer=who, revision=F("revision") + 1)
    if substitution.rest:
        reason = substitution.reason
        programmes.hand_over(programme, who, actor=actor, at=at, reason=reason)
    rolls.complete(programme)
    act = f"Ανέλαβε: {who}, αντί: {substitution.replaced}"
    journal.write_many(TrainingSession, ids, act, actor=actor, at=at, reason=substitution.reason)


@SUBSTITUTION.performs("decline")
def decline_substitution(
    substitution: Substitution, *, actor: Actor, at: datetime, reason: str
) -> None:
    """The trainer cannot (άρνηση): whoever asked looks for another."""
    substitution.answered_at = at
    notices.substitute_declined(substitution, reason=reason, at=at)


@SUBSTITUTION.performs("withdraw")
def withdraw_substitution(
    substitution: Substitution, *, actor: Actor, at: datetime, reason: str
) -> None:
    """It is not needed any more (ανάκληση)."""
    notices.substitution_over(substitution, f"Ανακλήθηκε: {reason}", at=at)


@SUBSTITUTION.performs("lapse")
def lapse_substitution(substitution: Substitution, *, actor: Actor, at: datetime) -> None:
    """The session began without an answer: both sides are told."""
    notices.substitution_over(substitution, "Έμεινε αναπάντητη ως την ώρα της συνάντησης.", at=at)
