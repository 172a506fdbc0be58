"""Disputes (αντιρρήσεις) of signed marks, and the implementing body's decision."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from didaskaleio.delivery import notices
from didaskaleio.delivery.enums import DisputeState
from didaskaleio.delivery.errors import NotApplicableError
from didaskaleio.delivery.models import Attendance, Dispute
from didaskaleio.delivery.operations.excuses import own_row, written
from didaskaleio.delivery.operations.marks import hold
from didaskaleio.delivery.operations.sheets import correct_sheet
from didaskaleio.delivery.rules import Marking
from didaskaleio.kernel import access, journal
from didaskaleio.kernel.access import Actor


def dispute(attendance: Attendance, *, text: str, actor: Actor, at: datetime) -> Dispute:
    """Dispute a signed mark (αντίρρηση), within the days that the action gives."""
    words = written(text, "Γράψτε τι αμφισβητείτε και γιατί.")
    with transaction.atomic():
        row = own_row(attendance, actor, at, days="dispute_days")
        if row.disputes.filter(state=DisputeState.OPEN).exists():
            raise NotApplicableError("Έχετε ήδη αντίρρηση που εκκρεμεί για αυτή τη συνάντηση.")
        made = Dispute.objects.create(attendance=row, text=words, at=at)
        journal.write(made, "Υποβλήθηκε αντίρρηση", actor=actor, at=at)
        notices.dispute_opened(made, at=at)
    return made


def decide_dispute(
    dispute: Dispute,
    *,
    upheld: bool,
    reason: str,
    actor: Actor,
    at: datetime,
    marking: Marking | None = None,
) -> Dispute:
    """The body's decision; an upheld dispute corrects the sheet in the same act.

    ``marking`` is the right mark and must be given when the dispute is upheld.
    """
    words = written(reason, "Γράψτε την αιτιολογία της απόφασης: τη διαβάζουν όσοι αφορά.")
    if upheld and marking is None:
        raise NotApplicableError("Διαλέξτε τη σωστή σημείωση: διορθώνει το παρουσιολόγιο.")
    with transaction.atomic():
        session = hold(dispute.attendance.session)
        held = Dispute.objects.select_for_update(of=("self",), no_key=True).get(pk=dispute.pk)
        access.require(actor, "dispute.decide", held)
        if held.state != DisputeState.OPEN:
            raise NotApplicableError("Για την αντίρρηση έχει ήδη ληφθεί απόφαση.")
        if upheld and marking is not None:
            right = {held.attendance_id: marking}
            correct_sheet(session, right, actor=actor, at=at, reason=f"Αντίρρηση: {words}")
        held.state = DisputeState.UPHELD if upheld else DisputeState.DISMISSED
        held.decided_by_id, held.decided_at, held.decision = actor.user_id, at, words
        held.save(update_fields=["state", "decided_by", "decided_at", "decision"])
        act = f"Αντίρρηση: {held.get_state_display().lower()}"
        journal.write(held, act, actor=actor, at=at, reason=words)
        notices.dispute_decided(held, at=at)
    return held
