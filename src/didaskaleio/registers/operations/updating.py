"""Changes of a member's fields (μεταβολή στοιχείων) under the procedure of each, with history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from didaskaleio.kernel import access, files, journal, notices
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.files import Kind as FileKind
from didaskaleio.kernel.forms.answers import check
from didaskaleio.kernel.forms.conditions import given
from didaskaleio.kernel.forms.definition import Values
from didaskaleio.kernel.forms.operations import AnswersRefusedError
from didaskaleio.kernel.models import StoredFile
from didaskaleio.kernel.notices import Message
from didaskaleio.registers import notices as kinds
from didaskaleio.registers.enums import MemberState, Procedure, ProposalState
from didaskaleio.registers.errors import MembershipRefusedError
from didaskaleio.registers.lifecycle import PROPOSAL
from didaskaleio.registers.models import ChangeProposal, FieldChange, Membership

PROPOSAL.model = ChangeProposal
UPDATED = "Άλλαξαν στοιχεία"
PROOF = files.declare(
    FileKind("registers.proof", "Δικαιολογητικό", "membership.page", (files.PDF, *files.IMAGES))
)


@dataclass(frozen=True)
class Updated:
    """What came of an update: the keys that changed at once, the proposal for the others."""

    changed: tuple[str, ...]
    proposal: ChangeProposal | None


@transaction.atomic
def update(
    membership: Membership,
    wanted: Values,
    *,
    actor: Actor,
    at: datetime,
    note: str = "",
    proof: Any = None,
    seen: int | None = None,
) -> Updated:
    """Μεταβολή: free fields change at once, those with proof once it is attached.

    What needs approval becomes a proposal. An officer of the body changes any field at once and
    says why. Refused: wrong answers, a proof or reason that is missing, an open proposal.
    """
    row = _held(membership, actor)
    journal.require_latest(row, UPDATED, seen)
    changes = _changes(row, wanted)
    if not changes:
        raise MembershipRefusedError("Δεν αλλάξατε κάτι. Διορθώστε όσα στοιχεία μεταβλήθηκαν.")
    own = row.person_id == actor.user_id
    if not own and not note.strip():
        raise MembershipRefusedError("Γράψτε από πού προκύπτει η μεταβολή.", code="note")
    ways = {key: row.register.procedure(key) if own else Procedure.BODY for key in changes}
    paper = _proof(row, ways, proof, actor, at)
    later = {key: value for key, value in changes.items() if ways[key] == Procedure.APPROVAL}
    now = {key: value for key, value in changes.items() if key not in later}
    _apply(row, now, ways, Told(note, paper), actor, at)
    made = _propose(row, later, Told(note, paper), actor, at) if later else None
    return Updated(tuple(now), made)


def _held(membership: Membership, actor: Actor) -> Membership:
    rows = Membership.objects.select_related("register__form", "person")
    row = rows.select_for_update(of=("self",)).get(pk=membership.pk)
    access.require(actor, "membership.page", row)
    if row.state == MemberState.REMOVED:
        raise MembershipRefusedError("Η εγγραφή διαγράφηκε και τα στοιχεία της δεν αλλάζουν.")
    return row


def _changes(row: Membership, wanted: Values) -> dict[str, Any]:
    """The fields that would differ; None empties one. Raises on answers that do not stand."""
    fields = row.register.fields()
    keys = [one.key for one in fields.questions() if one.key in wanted]
    after = {key: wanted[key] if given(wanted[key]) else None for key in keys}
    changes = {key: value for key, value in after.items() if value != row.values.get(key)}
    _refuse_wrong(row, changes)
    return changes


def _refuse_wrong(row: Membership, changes: Mapping[str, Any]) -> None:
    found = check(row.register.fields(), row.values | dict(changes))
    if wrong := [problem for problem in found if problem.place in changes]:
        raise AnswersRefusedError(wrong)


def _proof(
    row: Membership, ways: Mapping[str, Procedure], upload: Any, actor: Actor, at: datetime
) -> StoredFile | None:
    if Procedure.BODY in ways.values() and row.person_id == actor.user_id:
        labels = [_label(row, key) for key, way in ways.items() if way == Procedure.BODY]
        raise MembershipRefusedError(
            f"{', '.join(labels)}: το αλλάζει μόνο ο φορέας. Αφήστε το όπως ήταν."
        )
    if upload is not None:
        return files.accept(PROOF, upload, upload.name, row, actor=actor, at=at)
    labels = [_label(row, key) for key, way in ways.items() if way == Procedure.PROOF]
    if labels:
        raise MembershipRefusedError(
            f"{', '.join(labels)}: επισυνάψτε το δικαιολογητικό.", code="proof"
        )
    return None


def _label(row: Membership, key: str) -> str:
    asked = row.register.fields().question(key)
    return f"«{asked.label if asked else key}»"


@dataclass(frozen=True)
class Told:
    """What a change says of itself: words and a document."""

    reason: str
    proof: StoredFile | None


def _apply(
    row: Membership,
    values: Mapping[str, Any],
    ways: Mapping[str, Procedure],
    told: Told,
    actor: Actor,
    at: datetime,
) -> None:
    if not values:
        return
    FieldChange.objects.bulk_create(
        FieldChange(
            membership=row,
            key=key,
            before=row.values.get(key),
            after=value,
            procedure=ways[key],
            reason=told.reason,
            proof=told.proof,
            at=at,
            actor_id=actor.user_id,
        )
        for key, value in values.items()
    )
    merged = row.values | dict(values)
    row.values = {key: value for key, value in merged.items() if value is not None}
    row.save(update_fields=["values"])
    labels = ", ".join(_label(row, key) for key in values)
    journal.write(row, UPDATED, actor=actor, at=at, reason=labels)


def _propose(
    row: Membership, values: dict[str, Any], told: Told, actor: Actor, at: datetime
) -> ChangeProposal:
    if row.proposals.filter(state=ProposalState.OPEN).exists():
        raise MembershipRefusedError(
            "Έχετε ήδη μεταβολή που περιμένει έγκριση. Περιμένετε την απόφαση ή αποσύρετέ την."
        )
    made = ChangeProposal.objects.create(
        membership=row, values=values, note=told.reason, proof=told.proof, at=at
    )
    journal.write(made, "Υποβλήθηκε η πρόταση", actor=actor, at=at)
    return made


@PROPOSAL.performs("accept", locks=("membership",))
def approve(proposal: ChangeProposal, *, actor: Actor, at: datetime) -> None:
    """Έγκριση: the fields change, and what stood before is kept. Nobody decides on oneself."""
    row = proposal.membership
    _refuse_oneself(proposal, actor)
    values = {k: v for k, v in proposal.values.items() if row.values.get(k) != v}
    if row.state == MemberState.REMOVED:
        raise MembershipRefusedError("Η εγγραφή διαγράφηκε και τα στοιχεία της δεν αλλάζουν.")
    _refuse_wrong(row, values)
    ways = dict.fromkeys(values, Procedure.APPROVAL)
    _apply(row, values, ways, Told(proposal.note, proposal.proof), actor, at)
    _answer(proposal, "Η μεταβολή των στοιχείων σας έγινε δεκτή", "", at)


@PROPOSAL.performs("decline")
def decline(proposal: ChangeProposal, *, actor: Actor, at: datetime, reason: str) -> None:
    """Απόρριψη, with the reason that the member reads."""
    _refuse_oneself(proposal, actor)
    _answer(proposal, "Η μεταβολή των στοιχείων σας δεν έγινε δεκτή", reason, at)


@PROPOSAL.performs("withdraw")
def recall(proposal: ChangeProposal, *, actor: Actor, at: datetime) -> None:
    """Απόσυρση by the member."""


def _refuse_oneself(proposal: ChangeProposal, actor: Actor) -> None:
    if proposal.membership.person_id == actor.user_id:
        raise MembershipRefusedError("Για τα δικά σας στοιχεία αποφασίζει άλλο πρόσωπο.")


def _answer(proposal: ChangeProposal, title: str, text: str, at: datetime) -> None:
    row = proposal.membership
    url = reverse("registers:proposal", args=[proposal.pk])
    words = f"{row.register}. {text}".strip()
    message = Message(row.person_id, title, words, f"proposal-{proposal.pk}", url)
    notices.send(kinds.MEMBERSHIP, [message], at=at)
