"""What room delivery does when others act."""

from __future__ import annotations

from didaskaleio.delivery.operations import programmes, sheets
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.kernel.events import StepsTaken, subscribe

SIGNING = {"sign_sheet"}


@subscribe(StepsTaken)
def complete_when_all_is_signed(event: StepsTaken) -> None:
    """The last signature completes the programme."""
    if event.lifecycle == "session" and event.step in SIGNING:
        sheets.after_signature(event.ids, event.at)


@subscribe(StepsTaken)
def admit_late_trainee(event: StepsTaken) -> None:
    """Whoever enrols into a running programme gets rows in the open rolls."""
    if event.lifecycle == "participation_application" and event.step == "confirm":
        rows = ParticipationApplication.objects.filter(pk__in=event.ids)
        for application in rows.select_related("programme"):
            programmes.admit(application)
