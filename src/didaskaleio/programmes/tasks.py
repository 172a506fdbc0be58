"""Jobs of room programmes: telling all centres of a body at once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from didaskaleio.kernel import documents as kernel_documents
from didaskaleio.kernel import jobs
from didaskaleio.kernel.access import SYSTEM
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.models import Work
from didaskaleio.programmes import documents, notices, operations
from didaskaleio.programmes.enums import ArrangementState
from didaskaleio.programmes.models import (
    Arrangement,
    TrainingPeriod,
    WorkAssignment,
    WorkCall,
    WorkSubmission,
)


@jobs.job("programmes.tell_centres")
def tell_centres(period_id: int, at: str) -> None:
    """Tell the managers of every active centre that a period takes proposals; once each."""
    period = TrainingPeriod.objects.select_related("action").get(pk=period_id)
    notices.proposals_open(period, at=datetime.fromisoformat(at))


@jobs.job("programmes.arrange", retry=False)
def arrange(arrangement: int, at: str) -> None:
    """Compute the arrangement of a period or a region; the bar moves by groups of programmes."""
    row = Arrangement.objects.select_related("period__action", "work").get(pk=arrangement)
    if row.state != ArrangementState.COMPUTING or row.work is None:
        return
    work: Work = row.work
    operations.compute(
        row,
        at=datetime.fromisoformat(at),
        seconds=operations.arranging.JOB,
        advance=lambda many: jobs.advance(work.pk, many),
    )
    told = f"{row.get_state_display()}: δείτε το σχέδιο και αποφασίστε."
    jobs.finish(work.pk, told)


@jobs.job("programmes.tell_work")
def tell_work(call_id: int, at: str) -> None:
    """Tell everybody whom a call for work concerns, once for each deadline."""
    call = WorkCall.objects.select_related("period__action").get(pk=call_id)
    notices.work_announced(call, at=datetime.fromisoformat(at))


@jobs.job("programmes.tell_settled")
def tell_settled(call_id: int, at: str) -> None:
    """Tell each applicant of a call what became of the application, once."""
    rows = WorkCall.objects.get(pk=call_id).applications.filter(submission__isnull=False)
    named = rows.exclude(state="withdrawn").select_related(
        "call", "line__cluster", "line__prefecture", "line__region"
    )
    for row in named.order_by("pk").iterator():
        notices.work_settled(row, at=datetime.fromisoformat(at))


@jobs.job("programmes.work_receipt", queue="documents")
def work_receipt(submission_id: int) -> None:
    """Typeset the numbered receipt of an application for work and tell the applicant, once."""
    with transaction.atomic():
        rows = WorkSubmission.objects.all()
        row = kernel_documents.receive(rows, submission_id, documents.WORK_RECEIPT, actor=SYSTEM)
        if row is not None:
            notices.work_received(row)


@jobs.job("programmes.ask_next")
def ask_next(assignment_id: int, at: str) -> None:
    """After a refusal or an expiry the next of the ranking is asked, unless somebody was since."""
    asked = WorkAssignment.objects.select_related("programme__centre", "person")
    before = asked.get(pk=assignment_id)
    moment = datetime.fromisoformat(at)
    try:
        made = operations.ask_next(
            before.programme,
            actor=SYSTEM,
            at=moment,
            message=before.message,
            asker=before.asked_by_id,
        )
    except Refusal:
        return
    if made is None:
        notices.nobody_left(before, at=moment)
