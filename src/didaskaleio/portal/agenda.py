"""The dates of a teacher who has not applied (ημερομηνίες): until when applications are taken."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse

from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.agenda import Appointment, dates
from didaskaleio.people.enums import Role
from didaskaleio.programmes.enums import PeriodState
from didaskaleio.programmes.models import TrainingPeriod

COMING = (PeriodState.ANNOUNCED, PeriodState.PROPOSING, PeriodState.PHASE_A)


@dates("portal.applications")
def applications(actor: Actor, at: datetime) -> Iterator[Appointment]:
    """Opening and end of phase A of each period for which the teacher has no application."""
    if not actor.holds(Role.TEACHER):
        return
    own = ParticipationApplication.objects.filter(
        period=OuterRef("pk"), person_id=actor.user_id or 0
    )
    rows = TrainingPeriod.objects.filter(~Exists(own), state__in=COMING)
    url = reverse("enrolment:catalogue")
    for period in rows.order_by("phase_a_opens")[:20]:
        for field, words in (
            ("phase_a_opens", "Άνοιγμα αιτήσεων"),
            ("phase_a_closes", "Λήξη υποβολής αιτήσεων"),
        ):
            moment = getattr(period, field)
            uid = f"period-{period.pk}-{field}"
            yield Appointment(uid, f"{words}: {period.title}", moment, moment, url)
