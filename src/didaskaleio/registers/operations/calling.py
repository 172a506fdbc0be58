"""Calls (προσκλήσεις): prepared, published, and changed by announced acts alone (000 §1, R-014)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from didaskaleio.courses import profiles
from didaskaleio.kernel import access, files, journal, numbering
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.files import Kind as FileKind
from didaskaleio.people.enums import Scope
from didaskaleio.registers import rules, standings
from didaskaleio.registers.enums import CallActKind, CallState, Fills
from didaskaleio.registers.errors import CallRefusedError, FrozenCallError
from didaskaleio.registers.lifecycle import CALL
from didaskaleio.registers.models import Call, CallAct, CallDocument
from didaskaleio.registers.operations.lots import draw_lot
from didaskaleio.registers.operations.telling import tell
from didaskaleio.structures.models import ImplementingBody

CALL.model = Call
WRITTEN = "Γράφτηκε η πρόσκληση"
AUDIENCE = "Ορίστηκε σε ποιους απευθύνεται"
PAPER = files.declare(FileKind("registers.call", "Έγγραφο πρόσκλησης", "call.paper", (files.PDF,)))


@transaction.atomic
def prepare(body: ImplementingBody, *, actor: Actor, at: datetime, **content: Any) -> Call:
    """Νέα πρόσκληση: a draft of the actor's own body.

    Refused: another body, dates that do not stand, a form of somebody else.
    """
    call = Call(body=body)
    access.require(actor, "call.manage", call)
    _take(call, content)
    call.save()
    journal.write(call, WRITTEN, actor=actor, at=at)
    return call


@transaction.atomic
def write(
    call: Call, *, actor: Actor, at: datetime, seen: int | None = None, **content: Any
) -> Call:
    """Σύνταξη: the content of a draft; refused when another officer saved meanwhile."""
    row = hold_draft(call, actor)
    journal.require_latest(row, WRITTEN, seen)
    _take(row, content)
    row.save()
    journal.write(row, WRITTEN, actor=actor, at=at)
    return row


@transaction.atomic
def write_audience(
    call: Call,
    data: Sequence[dict[str, Any]],
    *,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> Call:
    """Ποιοι γίνονται δεκτοί: the rules that a machine checks, read before they are kept."""
    row = hold_draft(call, actor)
    journal.require_latest(row, AUDIENCE, seen)
    _parsed(data)
    row.audience_rules = list(data)
    row.save(update_fields=["audience_rules"])
    journal.write(row, AUDIENCE, actor=actor, at=at)
    return row


def _parsed(data: Sequence[dict[str, Any]]) -> None:
    profiles.parse(data)
    if any(row["kind"] not in rules.AUDIENCE_KINDS for row in data):
        raise profiles.ProfileError("Ένας κανόνας αφορά πρόγραμμα επιμόρφωσης. Αφαιρέστε τον.")


@transaction.atomic
def attach(call: Call, upload: Any, *, title: str, actor: Actor, at: datetime) -> CallDocument:
    """Έγγραφο της πρόσκλησης: a PDF that is public with it; only while it is a draft."""
    row = hold_draft(call, actor)
    made = CallDocument(call=row, title=title)
    made.file = files.accept(PAPER, upload, upload.name, row, actor=actor, at=at)
    made.save()
    journal.write(row, f"Έγγραφο: {title}"[:200], actor=actor, at=at)
    return made


@transaction.atomic
def detach(document: CallDocument, *, actor: Actor, at: datetime) -> None:
    """Αφαίρεση εγγράφου from a draft."""
    row = hold_draft(document.call, actor)
    document.delete()
    journal.write(row, f"Αφαιρέθηκε έγγραφο: {document.title}"[:200], actor=actor, at=at)


def hold_draft(call: Call, actor: Actor) -> Call:
    """The draft, locked; refused when it is published already."""
    row = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    access.require(actor, "call.manage", row)
    if row.state != CallState.DRAFT:
        raise FrozenCallError(
            "Η πρόσκληση δεν είναι πια πρόχειρη. Αλλάζει μόνο με τροποποίηση ή παράταση.",
            code="frozen",
        )
    return row


def _take(call: Call, content: dict[str, Any]) -> None:
    for name, value in content.items():
        setattr(call, name, value)
    if wrong := rules.wrong_dates(call.opens_at, call.closes_at):
        raise CallRefusedError(wrong)
    _refuse_foreign_register(call)
    form = call.form.form if call.form else None
    if form and (form.scope, form.scope_id) != (Scope.BODY, call.body_id):
        raise CallRefusedError("Η φόρμα είναι άλλου φορέα. Επιλέξτε φόρμα του φορέα σας.")


def _refuse_foreign_register(call: Call) -> None:
    register = call.register
    if register is None:
        return
    if register.body_id != call.body_id:
        raise CallRefusedError("Το μητρώο είναι άλλου φορέα. Επιλέξτε μητρώο του φορέα σας.")
    if call.fills == Fills.POSTS:
        raise CallRefusedError("Πρόσκληση για θέσεις δεν πληρώνει μητρώο. Αφαιρέστε το μητρώο.")


# Announced acts -----------------------------------------------------------------------------------


@CALL.performs("publish", locks=("form",))
def publish(call: Call, *, actor: Actor, at: datetime) -> None:
    """Δημοσίευση: protocol number, public page, and the lot drawn whose commitment is announced."""
    if wrong := standings.wrong_thresholds(call, standings.terms_of(call).thresholds):
        raise CallRefusedError(" ".join(wrong))
    draw_lot(call)
    act = announce(call, CallActKind.PUBLICATION, actor, at)
    call.number, call.published_at = act.number, at


@CALL.performs("amend")
def amend(call: Call, /, *, actor: Actor, at: datetime, reason: str, **wanted: Any) -> None:
    """Τροποποίηση: text, audience in words or places change; whoever has begun is told.

    Questions, points and rules of the audience stay as published: for others the call is revoked
    and a new one is made. Refused: nothing changes, a text is emptied.
    """
    made = rules.changes(call, wanted)
    if not made:
        raise CallRefusedError("Δεν αλλάξατε κάτι. Διορθώστε όσα τροποποιούνται.")
    for name in rules.AMENDABLE.keys() & wanted.keys():
        setattr(call, name, wanted[name])
    if missing := rules.unsaid(call):
        raise CallRefusedError(" ".join(missing))
    tell(call, announce(call, CallActKind.AMENDMENT, actor, at, reason, made))


@CALL.performs("extend")
def extend(call: Call, *, actor: Actor, at: datetime, reason: str, until: datetime) -> None:
    """Παράταση: a later deadline, given before the present one passes; whoever began is told."""
    assert call.closes_at is not None  # noqa: S101 - a published call has its deadline
    if until <= call.closes_at:
        raise CallRefusedError(
            f"Η παράταση είναι μετά την προθεσμία που ισχύει ({rules.said(call.closes_at)})."
        )
    made = [
        {
            "label": "Λήξη υποβολής",
            "before": rules.said(call.closes_at),
            "after": rules.said(until),
        }
    ]
    call.closes_at = until
    tell(call, announce(call, CallActKind.EXTENSION, actor, at, reason, made))


@CALL.performs("revoke")
def revoke(call: Call, *, actor: Actor, at: datetime, reason: str) -> None:
    """Ανάκληση: nothing is received any more; the page stays, and whoever began is told."""
    tell(call, announce(call, CallActKind.REVOCATION, actor, at, reason))


@CALL.performs("expire")
def expire(call: Call, *, actor: Actor, at: datetime) -> None:
    """Λήξη προθεσμίας: by the clock; the last submitted version of each candidacy counts."""


@CALL.performs("discard")
def discard(call: Call, *, actor: Actor, at: datetime) -> None:
    """Απόρριψη: a draft that will not be published."""


def announce(
    call: Call,
    kind: CallActKind,
    actor: Actor,
    at: datetime,
    reason: str = "",
    changes: Sequence[dict[str, str]] = (),
) -> CallAct:
    """Ανακοινωμένη πράξη with the next number of the body's series."""
    return CallAct.objects.create(
        call=call,
        kind=kind,
        number=numbering.protocol(f"call.{call.body.code}", at=at),
        reason=reason,
        changes=list(changes),
        at=at,
        actor_id=actor.user_id,
    )
