"""Jobs of room programmes: telling all centres of a body at once."""

from __future__ import annotations

from datetime import datetime

from didaskaleio.kernel import jobs
from didaskaleio.programmes import notices
from didaskaleio.programmes.models import TrainingPeriod


@jobs.job("programmes.tell_centres")
def tell_centres(period_id: int, at: str) -> None:
    """Tell the managers of every active centre that a period takes proposals; once each."""
    period = TrainingPeriod.objects.select_related("action").get(pk=period_id)
    notices.proposals_open(period, at=datetime.fromisoformat(at))
