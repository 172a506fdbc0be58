"""Plans of merges are computed in the background; the bar moves by groups of programmes."""

from __future__ import annotations

from datetime import datetime

from didaskaleio.enrolment import operations
from didaskaleio.enrolment.enums import MergePlanState
from didaskaleio.enrolment.models import MergePlan
from didaskaleio.kernel import jobs
from didaskaleio.kernel.models import Work


@jobs.job("enrolment.plan_merges", retry=False)
def plan_merges(plan: int, at: str) -> None:
    """Compute one plan; one that was discarded meanwhile, or is there already, stays as it is."""
    row = MergePlan.objects.select_related("period__action__course_version", "work").get(pk=plan)
    if row.state != MergePlanState.COMPUTING or row.work is None:
        return
    work: Work = row.work
    operations.compute_merges(
        row,
        at=datetime.fromisoformat(at),
        advance=lambda many: jobs.advance(work.pk, many),
    )
    jobs.finish(work.pk, "Το σχέδιο είναι έτοιμο: δείτε το και αποφασίστε.")
