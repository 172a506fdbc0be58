"""Attestations (βεβαιώσεις συμμετοχής): issued to whoever attended, revoked by a correction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from didaskaleio.credentials import operations as credentials
from didaskaleio.credentials.models import CredentialState
from didaskaleio.kernel import journal
from didaskaleio.kernel.access import Actor
from didaskaleio.small_actions import notices
from didaskaleio.small_actions.documents import draft_of
from didaskaleio.small_actions.enums import SeatState, SmallActionState
from didaskaleio.small_actions.models import Seat, SmallAction

ROW = ("person__teacher__specialty", "action__body", "action__structure", "action__centre")


def attest(action: SmallAction, *, actor: Actor, at: datetime) -> int:
    """Issue what is owed and revoke what a correction took back; how many were issued.

    Again it issues nothing twice. Who cannot be printed stops nobody else: the organiser is told.
    """
    with transaction.atomic():
        held = SmallAction.objects.select_for_update(of=("self",)).get(pk=action.pk)
        if held.state != SmallActionState.COMPLETED or not held.attested:
            return 0
        seats = Seat.objects.filter(action=held).select_related(*ROW, "action__unit")
        seats = seats.select_related("action__material", "credential").order_by("number")
        _revoke([s for s in seats if s.credential_id and s.state == SeatState.ABSENT], actor, at)
        owed = [s for s in seats if s.state == SeatState.ATTENDED and not s.credential_id]
        done, refused = _issue(owed, actor, at)
        if refused:
            notices.not_issued(held, refused, at=at)
    return done


def _issue(owed: Sequence[Seat], actor: Actor, at: datetime) -> tuple[int, list[str]]:
    if not owed:
        return 0, []
    try:
        made = credentials.issue_many([draft_of(seat, at) for seat in owed], actor=actor, at=at)
    except credentials.SomeRefusedError as error:
        said = [f"{owed[n].person}: {why}" for n, why in error.refusals.items()]
        rest = [seat for n, seat in enumerate(owed) if n not in error.refusals]
        done, more = _issue(rest, actor, at)
        return done, said + more
    for seat, credential in zip(owed, made, strict=True):
        seat.credential = credential
    Seat.objects.bulk_update(owed, ["credential"])
    ids = [seat.pk for seat in owed]
    journal.write_many(Seat, ids, "Έκδοση βεβαίωσης συμμετοχής", actor=actor, at=at)
    notices.issued(owed, at=at)
    return len(owed), []


def _revoke(seats: Sequence[Seat], actor: Actor, at: datetime) -> None:
    for seat in seats:
        reason = f"Διόρθωση παρουσιών της δράσης {seat.action.code}."
        if seat.credential and seat.credential.state == CredentialState.ISSUED:
            credentials.revoke(seat.credential, actor=actor, at=at, reason=reason)
        seat.credential = None
        seat.save(update_fields=["credential"])
        journal.write(seat, "Ανάκληση βεβαίωσης", actor=actor, at=at, reason=reason)
