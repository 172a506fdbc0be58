"""Rulings (αποφάσεις): excuses decided by the centre, disputes decided by the body."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, BinaryIO

from django.db import transaction
from django.urls import reverse

from didaskaleio.delivery import notices
from didaskaleio.delivery.enums import DisputeState, ExcuseState, Mark, SessionState
from didaskaleio.delivery.errors import NotYetError
from didaskaleio.delivery.models import Attendance, Dispute, Excuse
from didaskaleio.delivery.operations import sheets
from didaskaleio.delivery.queries import SIGNED
from didaskaleio.kernel import access, files, greek, journal
from didaskaleio.kernel import notices as sending
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.errors import Refusal
from didaskaleio.programmes import parameters

EXCUSE_FILE = files.declare(
    files.Kind(
        "delivery.excuse", "Δικαιολογητικό απουσίας", "excuse.read", (files.PDF, *files.IMAGES)
    )
)


@transaction.atomic
def excuse(
    attendance: Attendance, text: str, *, actor: Actor, at: datetime,
    upload: BinaryIO | Any | None = None, name: str = "",
) -> Excuse:  # fmt: skip
    """A trainee explains an absence, with a document when there is one."""
    access.require(actor, "attendance.own", attendance)
    if attendance.mark not in {Mark.ABSENT, Mark.LATE}:
        raise Refusal("Δικαιολογείται μόνο απουσία ή καθυστέρηση.")
    _within(attendance, "excuse_days", at)
    words = greek.clean(text).strip()
    if not words:
        raise Refusal("Γράψτε τον λόγο της απουσίας.")
    if attendance.excuses.exclude(state=ExcuseState.REFUSED).exists():
        raise Refusal("Έχετε ήδη υποβάλει δικαιολόγηση για αυτή τη συνάντηση.")
    row = Excuse.objects.create(attendance=attendance, text=words, at=at)
    if upload is not None:
        row.file = files.accept(EXCUSE_FILE, upload, name, row, actor=actor, at=at)
        row.save(update_fields=["file"])
    journal.write(row, "Υποβλήθηκε δικαιολόγηση", actor=actor, at=at)
    return row


@transaction.atomic
def decide_excuse(row: Excuse, *, accepted: bool, actor: Actor, at: datetime, reason: str) -> None:
    """The centre accepts or refuses; an excused absence still counts towards the limit."""
    excuse_row = Excuse.objects.select_for_update(of=("self",)).get(pk=row.pk)
    access.require(actor, "excuse.decide", excuse_row)
    if excuse_row.state != ExcuseState.SUBMITTED:
        raise Refusal("Η δικαιολόγηση έχει ήδη κριθεί.")
    if not reason.strip():
        raise Refusal("Γράψτε την αιτιολογία της απόφασης.")
    excuse_row.state = ExcuseState.ACCEPTED if accepted else ExcuseState.REFUSED
    excuse_row.decided_by_id, excuse_row.decided_at = actor.user_id, at
    excuse_row.decision = reason
    excuse_row.save(update_fields=["state", "decided_by", "decided_at", "decision"])
    if accepted and excuse_row.attendance.mark == Mark.ABSENT:
        Attendance.objects.filter(pk=excuse_row.attendance_id).update(mark=Mark.EXCUSED)
    verdict = str(ExcuseState(excuse_row.state).label)
    journal.write(excuse_row, verdict, actor=actor, at=at, reason=reason)
    _answer(excuse_row.attendance, notices.EXCUSE, f"Δικαιολόγηση: {verdict}", reason, row.pk, at)


@transaction.atomic
def dispute(attendance: Attendance, text: str, *, actor: Actor, at: datetime) -> Dispute:
    """A trainee disputes a signed mark within the days that the action gives."""
    access.require(actor, "attendance.own", attendance)
    if attendance.session.state not in SIGNED:
        raise NotYetError("Αντίρρηση γίνεται αφού υπογραφεί το παρουσιολόγιο.")
    _within(attendance, "dispute_days", at)
    words = greek.clean(text).strip()
    if not words:
        raise Refusal("Γράψτε τι δεν είναι σωστό.")
    Attendance.objects.select_for_update().get(pk=attendance.pk)
    if attendance.disputes.filter(state=DisputeState.OPEN).exists():
        raise Refusal("Η αντίρρησή σας για αυτή τη συνάντηση εκκρεμεί ήδη.")
    row = Dispute.objects.create(attendance=attendance, text=words, at=at)
    journal.write(row, "Υποβλήθηκε αντίρρηση", actor=actor, at=at)
    return row


@transaction.atomic
def decide_dispute(
    row: Dispute, *, upheld: bool, actor: Actor, at: datetime, reason: str,
    corrected: sheets.Marked | None = None,
) -> None:  # fmt: skip
    """The body decides; an upheld dispute makes a new version of the sheet."""
    found = Dispute.objects.select_for_update(of=("self",)).get(pk=row.pk)
    access.require(actor, "dispute.decide", found)
    if found.state != DisputeState.OPEN:
        raise Refusal("Η αντίρρηση έχει ήδη κριθεί.")
    if not reason.strip():
        raise Refusal("Γράψτε την αιτιολογία της απόφασης.")
    found.state = DisputeState.UPHELD if upheld else DisputeState.DISMISSED
    found.decided_by_id, found.decided_at, found.decision = actor.user_id, at, reason
    found.save(update_fields=["state", "decided_by", "decided_at", "decision"])
    if upheld:
        session = found.attendance.session
        again = session.state == SessionState.CORRECTED
        act = sheets.correct_again if again else sheets.correct
        marks = {found.attendance_id: corrected or sheets.Marked(Mark.PRESENT, 0, async_done=True)}
        act(session, actor=actor, at=at, reason=reason, marks=marks)
    verdict = str(DisputeState(found.state).label)
    journal.write(found, verdict, actor=actor, at=at, reason=reason)
    _answer(found.attendance, notices.DISPUTE, f"Αντίρρηση: {verdict}", reason, row.pk, at)


def _within(attendance: Attendance, name: str, at: datetime) -> None:
    days = getattr(parameters.of(attendance.session.programme.period.action, at), name)
    signed = attendance.session.sheets.order_by("-version").first()
    since = signed.signed_at if signed else attendance.session.ends_at
    if at > since + timedelta(days=days):
        raise NotYetError(f"Η προθεσμία των {days} ημερών πέρασε. Απευθυνθείτε στον φορέα.")


def _answer(
    attendance: Attendance, kind: sending.Kind, title: str, reason: str, pk: int, at: datetime
) -> None:
    words = f"{attendance.session}, {attendance.session.programme.code}. Αιτιολογία: {reason}"
    message = sending.Message(attendance.person_id, title, words, f"{pk}", reverse("delivery:mine"))
    sending.send(kind, [message], at=at)
