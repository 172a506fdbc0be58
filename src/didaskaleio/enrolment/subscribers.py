"""What follows from the draw and from withdrawals, in the same transaction."""

from __future__ import annotations

from didaskaleio.enrolment import places
from didaskaleio.enrolment.enums import ChangeKind
from didaskaleio.enrolment.events import PlacesFreed
from didaskaleio.enrolment.lifecycle import APPLICATION
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.enrolment.operations import changes, filling, lists, offers
from didaskaleio.kernel import jobs
from didaskaleio.kernel.events import StepsTaken, subscribe
from didaskaleio.programmes.lifecycle import PERIOD, PROGRAMME
from didaskaleio.programmes.models import Programme, TrainingPeriod


@subscribe(PlacesFreed)
def free_places_of_the_withdrawn(event: PlacesFreed) -> None:
    """Who withdrew after the freeze was drawn as frozen: the place counts as freed now."""
    locked = places.lock(event.programme_ids)
    for pk in event.programme_ids:
        offers.free_place(locked[pk], event.at)


@subscribe(StepsTaken)
def end_waiting_of_the_withdrawn(event: StepsTaken) -> None:
    """Whoever withdraws waits nowhere; after the draw the withdrawal is listed by number."""
    if (event.lifecycle, event.step) != (APPLICATION.name, "withdraw"):
        return
    lists.end_waiting(event.ids, at=event.at)
    for application in ParticipationApplication.objects.filter(pk__in=event.ids):
        if application.rank is not None:
            changes.of_person(application, ChangeKind.WITHDRAWAL, at=event.at)


@subscribe(StepsTaken)
def release_those_of_a_stopped_programme(event: StepsTaken) -> None:
    """A programme that ran and was stopped holds nobody's place any more."""
    if (event.lifecycle, event.step) != (PROGRAMME.name, "abort"):
        return
    for programme in Programme.objects.filter(pk__in=event.ids).select_related("period"):
        filling.release_stopped(programme, at=event.at, reason=event.reason)


@subscribe(StepsTaken)
def ask_those_who_owe(event: StepsTaken) -> None:
    """Applications of a compulsory action open: a job asks whoever owes it to apply."""
    if (event.lifecycle, event.step) != (PERIOD.name, "open_phase_a"):
        return
    for period in TrainingPeriod.objects.filter(pk__in=event.ids, action__compulsory=True):
        jobs.enqueue("enrolment.tell_owed", period_id=period.pk)
