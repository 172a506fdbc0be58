"""Excuses (δικαιολογήσεις) of absences, with a document, and the centre's decision."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from didaskaleio.delivery import notices, queries
from didaskaleio.delivery.enums import ExcuseState, Mark
from didaskaleio.delivery.errors import NotApplicableError, TooLateError
from didaskaleio.delivery.lifecycle import SETTLED
from didaskaleio.delivery.models import Attendance, Excuse
from didaskaleio.kernel import access, files, greek, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.errors import ReasonMissingError
from didaskaleio.programmes import parameters

LONGEST = 2_000
DOCUMENT = files.declare(
    files.Kind(
        "delivery.excuse", "Δικαιολογητικό απουσίας", "excuse.read", (files.PDF, *files.IMAGES)
    )
)


def deadline(attendance: Attendance, at: datetime, *, days: str) -> datetime | None:
    """Until when a signed mark may be excused or disputed; None before the signature.

    ``days`` names the action's parameter: ``excuse_days`` or ``dispute_days``.
    """
    sheet = queries.latest_sheet(attendance.session)
    if sheet is None:
        return None
    numbers = parameters.of(attendance.session.programme.period.action, at)
    return sheet.signed_at + timedelta(days=getattr(numbers, days))


def own_row(attendance: Attendance, actor: Actor, at: datetime, *, days: str) -> Attendance:
    """The actor's own signed row, locked, while its days last."""
    held = Attendance.objects.select_for_update(of=("self",), no_key=True).get(pk=attendance.pk)
    access.require(actor, "attendance.own", held)
    ends = deadline(held, at, days=days)
    if ends is None or held.session.state not in SETTLED:
        raise NotApplicableError("Το παρουσιολόγιο δεν έχει υπογραφεί ακόμη.")
    if at > ends:
        raise TooLateError(f"Η προθεσμία έληξε, {greek.long_moment(ends)}.")
    return held


def written(text: str, sentence: str) -> str:
    """The words of a person, cleaned; refuses nothing at all with ``sentence``."""
    cleaned = greek.clean(text).strip()
    if not cleaned:
        raise ReasonMissingError(sentence)
    return cleaned[:LONGEST]


def excuse(
    attendance: Attendance, *, text: str, upload: Any, name: str, actor: Actor, at: datetime
) -> Excuse:
    """Excuse an absence (δικαιολόγηση) with a document: PDF, JPEG or PNG."""
    words = written(text, "Γράψτε τον λόγο της απουσίας.")
    if upload is None:
        raise NotApplicableError("Επισυνάψτε το δικαιολογητικό: PDF, JPEG ή PNG.")
    with transaction.atomic():
        row = own_row(attendance, actor, at, days="excuse_days")
        if row.mark != Mark.ABSENT:
            raise NotApplicableError("Δικαιολογείται μόνο μια απουσία.")
        if row.excuses.filter(state=ExcuseState.SUBMITTED).exists():
            raise NotApplicableError("Έχετε ήδη υποβάλει δικαιολόγηση για αυτή την απουσία.")
        made = Excuse.objects.create(attendance=row, text=words, at=at)
        made.file = files.accept(DOCUMENT, upload, name, made, actor=actor, at=at)
        made.save(update_fields=["file"])
        journal.write(made, "Υποβλήθηκε δικαιολόγηση απουσίας", actor=actor, at=at)
        notices.excuse_sent(made, at=at)
    return made


def decide_excuse(
    excuse: Excuse, *, accepted: bool, reason: str, actor: Actor, at: datetime
) -> Excuse:
    """The centre's decision; an accepted excuse marks the absence as excused.

    Whether it still counts is the rule of the action; the signed sheet stays as it is.
    """
    words = written(reason, "Γράψτε την αιτιολογία της απόφασης: τη διαβάζει όποιος υπέβαλε.")
    with transaction.atomic():
        held = Excuse.objects.select_for_update(of=("self",), no_key=True).get(pk=excuse.pk)
        access.require(actor, "excuse.decide", held)
        if held.state != ExcuseState.SUBMITTED:
            raise NotApplicableError("Για τη δικαιολόγηση έχει ήδη ληφθεί απόφαση.")
        held.state = ExcuseState.ACCEPTED if accepted else ExcuseState.REFUSED
        held.decided_by_id, held.decided_at, held.decision = actor.user_id, at, words
        held.save(update_fields=["state", "decided_by", "decided_at", "decision"])
        if accepted:
            absent = Attendance.objects.filter(pk=held.attendance_id, mark=Mark.ABSENT)
            absent.update(mark=Mark.EXCUSED)
        act = f"Δικαιολόγηση: {held.get_state_display().lower()}"
        journal.write(held, act, actor=actor, at=at, reason=words)
        notices.excuse_decided(held, at=at)
    return held
