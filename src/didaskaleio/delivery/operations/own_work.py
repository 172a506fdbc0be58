"""Own work (ασύγχρονη εργασία): the task, what is handed in, the trainer's guidance."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from didaskaleio.delivery import notices, queries
from didaskaleio.delivery.enums import Attendee, WorkKind, WorkState
from didaskaleio.delivery.errors import NotApplicableError, TooLateError
from didaskaleio.delivery.lifecycle import OPEN, SETTLED
from didaskaleio.delivery.models import Attendance, OwnWork, TrainingSession, WorkTask
from didaskaleio.delivery.operations.excuses import written
from didaskaleio.delivery.operations.marks import hold
from didaskaleio.kernel import access, files, greek, journal
from didaskaleio.kernel.access import Actor

TITLE = 200
HANDED_IN = files.declare(
    files.Kind(
        "delivery.own_work",
        "Εργασία επιμορφούμενου",
        "own_work.read",
        (files.PDF, *files.IMAGES, *files.PRESENTATIONS),
    )
)


def set_task(
    session: TrainingSession,
    *,
    title: str,
    text: str,
    due_at: datetime,
    actor: Actor,
    at: datetime,
) -> WorkTask:
    """Set or change the task (ανάθεση εργασίας) of a session's asynchronous hours."""
    words = written(text, "Γράψτε τι ζητά η εργασία.")
    with transaction.atomic():
        held = _open(session)
        access.require(actor, "session.teach", held)
        if due_at <= at:
            raise TooLateError("Η προθεσμία πέρασε. Ορίστε μια στο μέλλον.")
        said = {"title": greek.clean(title).strip()[:TITLE], "text": words, "due_at": due_at}
        task, _ = WorkTask.objects.update_or_create(
            session=held, defaults=said | {"by_id": actor.user_id, "at": at}
        )
        journal.write(held, "Ορίστηκε εργασία για τις ασύγχρονες ώρες", actor=actor, at=at)
        notices.task_set(task, at=at)
    return task


def _open(session: TrainingSession) -> TrainingSession:
    """The session, held, while its own work is not confirmed."""
    held = hold(session)
    if not held.async_hours:
        raise NotApplicableError("Η συνάντηση δεν έχει ασύγχρονες ώρες.")
    if held.async_confirmed_at is not None or held.state not in {*OPEN, *SETTLED}:
        raise NotApplicableError("Οι ασύγχρονες ώρες της συνάντησης έχουν κλείσει.")
    return held


def hand_in(
    row: Attendance, *, text: str, upload: Any, name: str, actor: Actor, at: datetime
) -> OwnWork:
    """Hand in one's work (υποβολή εργασίας), until the task's deadline; again after a return."""
    words = written(text, "Γράψτε τι κάνατε ή τη διεύθυνση όπου βρίσκεται η εργασία.")
    with transaction.atomic():
        held = _open(row.session)
        access.require(actor, "attendance.own", row)
        task = WorkTask.objects.filter(session=held).first()
        if task is None:
            raise NotApplicableError("Δεν έχει οριστεί εργασία για αυτή τη συνάντηση.")
        if at > task.due_at:
            raise TooLateError(f"Η προθεσμία έληξε, {greek.long_moment(task.due_at)}.")
        _check_none_stands(row)
        made = OwnWork.objects.create(row=row, kind=WorkKind.TASK, text=words, at=at)
        if upload is not None:
            made.file = files.accept(HANDED_IN, upload, name, made, actor=actor, at=at)
            made.save(update_fields=["file"])
        journal.write(made, "Υποβλήθηκε εργασία", actor=actor, at=at)
        notices.work_handed_in(made, at=at)
    return made


def _check_none_stands(row: Attendance) -> None:
    if OwnWork.objects.filter(row=row).exclude(state=WorkState.RETURNED).exists():
        raise NotApplicableError("Έχει ήδη υποβληθεί εργασία. Περιμένετε την απάντηση.")


def guide(work: OwnWork, *, accepted: bool, guidance: str, actor: Actor, at: datetime) -> OwnWork:
    """The trainer answers (καθοδήγηση): accepts the work, or returns it with what is missing."""
    words = written(guidance, "Γράψτε την καθοδήγησή σας: τη διαβάζει όποιος υπέβαλε.")
    with transaction.atomic():
        _open(work.row.session)
        held = OwnWork.objects.select_for_update(of=("self",), no_key=True).get(pk=work.pk)
        access.require(actor, "own_work.guide", held)
        if held.state != WorkState.SUBMITTED:
            raise NotApplicableError("Η εργασία έχει ήδη απαντηθεί.")
        held.state = WorkState.ACCEPTED if accepted else WorkState.RETURNED
        held.guidance, held.guided_by_id, held.guided_at = words, actor.user_id, at
        held.save(update_fields=["state", "guidance", "guided_by", "guided_at"])
        act = f"Εργασία: {held.get_state_display().lower()}"
        journal.write(held, act, actor=actor, at=at, reason=words)
        notices.work_guided(held, at=at)
    return held


def vouch(row: Attendance, *, kind: str, text: str, actor: Actor, at: datetime) -> OwnWork:
    """The trainer saw the work in another way (βεβαίωση): access to material, own guidance."""
    words = written(text, "Γράψτε πώς φαίνεται ότι έγινε η εργασία.")
    with transaction.atomic():
        held = _open(row.session)
        access.require(actor, "session.teach", held)
        if row.attendee != Attendee.TRAINEE or kind not in {WorkKind.ACCESS, WorkKind.GUIDANCE}:
            raise NotApplicableError("Βεβαιώνεται μόνο η εργασία επιμορφούμενων.")
        _check_none_stands(row)
        made = OwnWork.objects.create(
            row=row,
            kind=kind,
            text=words,
            state=WorkState.ACCEPTED,
            at=at,
            guided_by_id=actor.user_id,
            guided_at=at,
        )
        journal.write(made, "Βεβαιώθηκε ασύγχρονη εργασία", actor=actor, at=at, reason=words)
    return made


def check_evidence(session: TrainingSession, done: set[int]) -> None:
    """Where a task was set, only work that was accepted counts."""
    if not WorkTask.objects.filter(session=session).exists():
        return
    without = [row for row in queries.without_work(session) if row.pk in done]
    if without:
        names = ", ".join(str(row.person) for row in without[:3])
        raise NotApplicableError(
            f"Δεν υπάρχει δεκτή εργασία για: {names}. "
            "Απαντήστε στις εργασίες ή βεβαιώστε με άλλο τρόπο, και επιβεβαιώστε ξανά."
        )
