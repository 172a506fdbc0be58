"""What follows from the steps of programmes and periods, in the same transaction."""

from __future__ import annotations

from didaskaleio.kernel import jobs
from didaskaleio.kernel.access import SYSTEM
from didaskaleio.kernel.among import among
from didaskaleio.kernel.events import StepsTaken, subscribe
from didaskaleio.programmes import notices, operations
from didaskaleio.programmes.enums import LIVE_STATES, ActionState, ProgrammeState
from didaskaleio.programmes.lifecycle import ACTION, PERIOD, PROGRAMME
from didaskaleio.programmes.models import Programme, TrainingAction
from didaskaleio.programmes.queries.programmes import with_relations

AGREEMENTS = {"agree", "agree_again"}
SENT = {"submit", "resubmit"}
STILL_OPEN = (*LIVE_STATES,)


@subscribe(StepsTaken)
def keep_state_since(event: StepsTaken) -> None:
    """Remember since when the state holds, and let trainer and room of ended programmes go."""
    if event.lifecycle != PROGRAMME.name or event.step in AGREEMENTS:
        return
    Programme.objects.filter(among(event.ids)).update(state_since=event.at)
    if event.target not in LIVE_STATES:
        operations.release(event.ids)


@subscribe(StepsTaken)
def check_what_was_sent(event: StepsTaken) -> None:
    """Every submitted proposal is checked at once by the system."""
    if event.lifecycle != PROGRAMME.name or event.step not in SENT:
        return
    for programme in with_relations(Programme.objects.filter(pk__in=event.ids)):
        operations.check(programme, at=event.at)


@subscribe(StepsTaken)
def tell_those_concerned(event: StepsTaken) -> None:
    if event.lifecycle != PROGRAMME.name or event.step not in notices.NEWS:
        return
    rows = with_relations(Programme.objects.filter(pk__in=event.ids))
    notices.tell(event.step, rows, at=event.at, reason=event.reason)


@subscribe(StepsTaken)
def tell_centres_of_opening(event: StepsTaken) -> None:
    """Proposals have opened: a job tells the centres, however many they are."""
    if event.lifecycle == PERIOD.name and event.step == "open_proposals":
        for pk in event.ids:
            jobs.enqueue("programmes.tell_centres", period_id=pk, at=event.at.isoformat())


@subscribe(StepsTaken)
def move_action_with_period(event: StepsTaken) -> None:
    """The action follows its period: applications end at the freeze, lessons begin with it."""
    if event.lifecycle != PERIOD.name:
        return
    actions = TrainingAction.objects.filter(periods__in=event.ids)
    if event.step == "freeze":
        ACTION.perform_all("close_applications", actions, actor=SYSTEM, at=event.at)
    elif event.step == "start":
        ACTION.perform_all("start", actions, actor=SYSTEM, at=event.at)


@subscribe(StepsTaken)
def end_action_with_last_programme(event: StepsTaken) -> None:
    """When no programme of a running action is left, the action begins to be completed."""
    if event.lifecycle != PROGRAMME.name or event.target not in {
        ProgrammeState.COMPLETED,
        ProgrammeState.CANCELLED,
    }:
        return
    busy = Programme.objects.filter(state__in=STILL_OPEN).values("period__action_id")
    ended = TrainingAction.objects.filter(
        periods__programmes__in=event.ids, state=ActionState.RUNNING
    ).exclude(pk__in=busy)
    ACTION.perform_all("last_programme_ends", ended, actor=SYSTEM, at=event.at)
