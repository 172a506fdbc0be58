"""Jobs of room programmes: telling all centres of a body at once."""

from __future__ import annotations

from datetime import datetime

from didaskaleio.kernel import jobs
from didaskaleio.kernel.models import Work
from didaskaleio.programmes import notices, operations
from didaskaleio.programmes.enums import ArrangementState
from didaskaleio.programmes.models import Arrangement, TrainingPeriod


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
