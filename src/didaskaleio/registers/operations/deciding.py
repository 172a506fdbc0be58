"""Decisions on objections (απόφαση επιτροπής ενστάσεων; R-019): draft, then for good."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.urls import reverse

from didaskaleio.kernel import access, journal, notices
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.errors import StepRefusedError
from didaskaleio.kernel.forms import points
from didaskaleio.kernel.forms.answers import shown
from didaskaleio.kernel.forms.definition import Definition
from didaskaleio.kernel.notices import Message
from didaskaleio.registers import notices as kinds
from didaskaleio.registers import standings
from didaskaleio.registers.enums import CandidacyState, Effect, Ground
from didaskaleio.registers.errors import ObjectionRefusedError
from didaskaleio.registers.lifecycle import CANDIDACY, OBJECTION
from didaskaleio.registers.models import Candidacy, Objection

DRAFTED = "Γράφτηκε πρόχειρο απόφασης"
NOT_RECEIVED = (CandidacyState.DRAFT, CandidacyState.WITHDRAWN)
Rulings = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Decision:
    """What the committee says: the most points by question, in the order or out of it, why."""

    rulings: Rulings = field(default_factory=dict)
    admitted: bool = True
    ground: str = ""
    reason: str = ""


@transaction.atomic
def draft_decision(
    objection: Objection,
    decision: Decision,
    *,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Πρόχειρο απόφασης, for the whole committee; refused when another member saved meanwhile."""
    row = Objection.objects.select_for_update(of=("self",), no_key=True).get(pk=objection.pk)
    access.require(actor, "objection.decide", row)
    if not OBJECTION.can("decide", row, actor, at):
        raise StepRefusedError("Η ένσταση κρίθηκε ή αποσύρθηκε. Ανανεώστε τη σελίδα.")
    _refuse_rival(row, actor)
    journal.require_latest(row, DRAFTED, seen)
    row.draft = asdict(decision)
    row.save(update_fields=["draft"])
    journal.write(row, DRAFTED, actor=actor, at=at)


@OBJECTION.performs("decide", locks=("call", "candidacy"))
def decide(
    objection: Objection,
    *,
    actor: Actor,
    at: datetime,
    decision: Decision,
    seen: int | None = None,
) -> None:
    """Απόφαση: points up or down by question, in or out of the order, each with its reason.

    Refused: by a candidate of the call, over another member's newer draft, more points than were
    claimed, a reduction or a decision without a reason.
    """
    _refuse_rival(objection, actor)
    journal.require_latest(objection, DRAFTED, seen)
    candidacy = objection.candidacy
    kept = _sound(candidacy, decision)
    objection.effect = _effect(candidacy, kept, admitted=decision.admitted)
    _let_stand(candidacy, kept, decision, actor, at)
    objection.rulings, objection.reason, objection.draft = kept, decision.reason.strip(), {}
    objection.decided_at, objection.decided_by_id = at, actor.user_id
    _tell(objection, at)


def _refuse_rival(objection: Objection, actor: Actor) -> None:
    rivals = Candidacy.objects.filter(call=objection.call_id, person=actor.user_id)
    if rivals.exclude(state__in=NOT_RECEIVED).exists():
        raise ObjectionRefusedError(
            "Έχετε υποψηφιότητα στην ίδια πρόσκληση. Την ένσταση την κρίνει άλλο μέλος."
        )


def _definition(candidacy: Candidacy) -> Definition:
    assert candidacy.call.form is not None  # noqa: S101 - a published call has its form
    return candidacy.call.form.parsed()


def _score(candidacy: Candidacy, rulings: Rulings) -> points.Score:
    assert candidacy.submission is not None  # noqa: S101 - what was received has its version
    ceilings = standings.ceilings(rulings)
    return points.score(_definition(candidacy), candidacy.submission.values, ceilings)


def _sound(candidacy: Candidacy, decision: Decision) -> dict[str, dict[str, str]]:
    """The rulings that lower something; what equals the claim needs none."""
    if not decision.reason.strip():
        raise ObjectionRefusedError("Γράψτε την αιτιολογία της απόφασης. Τη διαβάζει το πρόσωπο.")
    if not decision.admitted and decision.ground not in Ground.values:
        raise ObjectionRefusedError("Διαλέξτε τον λόγο για τον οποίο μένει εκτός κατάταξης.")
    claimed = _score(candidacy, {})
    labels = {one.key: one.label for one in _definition(candidacy).questions() if one.rule}
    found = {}
    for key, ruling in decision.rulings.items():
        if key in labels:
            allowed, claim = Decimal(ruling["allowed"]), claimed.of(key)
            _refuse_unfounded(labels[key], allowed, claim, ruling["reason"])
            if allowed < claim:
                found[key] = {"allowed": f"{allowed:f}", "reason": ruling["reason"].strip()}
    return found


def _refuse_unfounded(label: str, allowed: Decimal, claim: Decimal, reason: str) -> None:
    if not 0 <= allowed <= claim:
        raise ObjectionRefusedError(f"«{label}»: από 0 ως {shown(claim)}, όσα δηλώθηκαν.")
    if allowed < claim and not reason.strip():
        raise ObjectionRefusedError(f"«{label}»: γράψτε γιατί μετρούν λιγότερα από όσα δηλώθηκαν.")


def _effect(candidacy: Candidacy, kept: Rulings, *, admitted: bool) -> Effect:
    if admitted != (candidacy.state == CandidacyState.ASSESSED):
        return Effect.ADMITTED if admitted else Effect.EXCLUDED
    before, after = _score(candidacy, candidacy.rulings).points, _score(candidacy, kept).points
    if before == after:
        return Effect.NONE
    return Effect.RAISED if after > before else Effect.LOWERED


def _let_stand(
    candidacy: Candidacy, kept: Rulings, decision: Decision, actor: Actor, at: datetime
) -> None:
    stood = candidacy.state == CandidacyState.ASSESSED
    if decision.admitted and not stood:
        readmit(candidacy, actor=actor, at=at, reason=decision.reason, rulings=kept)
    elif stood and not decision.admitted:
        exclude(candidacy, actor=actor, at=at, reason=decision.reason, ground=decision.ground)
    else:
        candidacy.rulings = kept
        candidacy.save(update_fields=["rulings"])


@CANDIDACY.performs("readmit", locks=("call",))
def readmit(
    candidacy: Candidacy, *, actor: Actor, at: datetime, reason: str, rulings: Rulings
) -> None:
    """Επαναφορά στην κατάταξη, after an objection; the committee says which points count."""
    candidacy.rulings, candidacy.ground, candidacy.verdict = rulings, "", ""


@CANDIDACY.performs("exclude", locks=("call",))
def exclude(candidacy: Candidacy, *, actor: Actor, at: datetime, reason: str, ground: str) -> None:
    """Αποκλεισμός by the committee, for one of the announced reasons."""
    candidacy.ground, candidacy.verdict = ground, reason.strip()


def _tell(objection: Objection, at: datetime) -> None:
    words = f"{Effect(objection.effect).label}.\n{objection.reason}"
    url = reverse("registers:objection", args=[objection.pk])
    title = f"Κρίθηκε η ένστασή σας: {objection.call.title}"
    news = f"objection-{objection.pk}-decided"
    message = Message(objection.candidacy.person_id, title, words, news, url)
    notices.send(kinds.OBJECTION, [message], at=at)
