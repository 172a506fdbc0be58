"""Jobs of room enrolment: whoever owes a compulsory training is asked to apply (R-192)."""

from __future__ import annotations

from django.urls import reverse

from didaskaleio.enrolment import notices
from didaskaleio.enrolment.enums import OwedState
from didaskaleio.enrolment.queries import owed
from didaskaleio.enrolment.tasks.telling import tell_all
from didaskaleio.kernel import greek, jobs
from didaskaleio.kernel.notices import Message
from didaskaleio.programmes.models import TrainingPeriod


@jobs.job("enrolment.tell_owed", queue="default")
def tell_owed(period_id: int) -> None:
    """Tell whoever owes the action and has neither applied nor a place until when to apply."""
    period = TrainingPeriod.objects.select_related("action__course_version").get(pk=period_id)
    rows = owed.owed_by(period.action, period.phase_a_opens)
    title = f"Οφείλετε επιμόρφωση: {period.action.title}"
    until = greek.long_moment(period.phase_a_closes)
    text = f"Οι αιτήσεις άνοιξαν. Υποβάλετε τη δική σας έως {until}: {period.title}."
    url = f"{reverse('enrolment:catalogue')}?period={period.code}"
    tell_all(
        notices.OWED,
        rows.filter(owed_state=OwedState.NOTHING),
        lambda row: Message(row.pk, title, text, f"owed-{period.pk}", url),
        period.phase_a_opens,
    )
