"""What credentials hears of itself (αντιδράσεις): an ended signing case becomes typed news."""

from __future__ import annotations

from didaskaleio.credentials.events import CaseCompleted, CaseDeclined
from didaskaleio.credentials.lifecycle import SIGNING
from didaskaleio.credentials.models import SigningCase
from didaskaleio.kernel import events
from didaskaleio.kernel.events import StepsTaken, subscribe


@subscribe(StepsTaken)
def tell_how_it_ended(event: StepsTaken) -> None:
    """By whatever door the step was taken, and after the row is saved."""
    if event.lifecycle != SIGNING.name or event.step not in {"complete", "decline"}:
        return
    for case in SigningCase.objects.filter(pk__in=event.ids):
        about = (case.pk, case.subject, case.subject_id)
        if event.step == "complete":
            events.publish(CaseCompleted(*about, event.at))
        else:
            events.publish(CaseDeclined(*about, event.reason, event.at))
