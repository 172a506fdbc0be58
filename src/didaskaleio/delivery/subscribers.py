"""What follows from the steps of sessions, programmes and applications, in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable

from didaskaleio.delivery import operations
from didaskaleio.delivery.lifecycle import SESSION
from didaskaleio.delivery.models import TrainingSession
from didaskaleio.enrolment.events import PersonMoved
from didaskaleio.enrolment.lifecycle import APPLICATION
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.kernel.access import SYSTEM
from didaskaleio.kernel.events import StepsTaken, subscribe
from didaskaleio.programmes.enums import ProgrammeState
from didaskaleio.programmes.lifecycle import PROGRAMME
from didaskaleio.programmes.models import Programme

SIGNING = {"sign_sheet", "correct", "correct_again"}
ROLL_CHANGES = {"confirm", "leave", "exceed_absences"}


@subscribe(StepsTaken)
def follow_signatures(event: StepsTaken) -> None:
    """After a signature: warn of absences; after the last one the programme is completed."""
    if event.lifecycle != SESSION.name or event.step not in SIGNING:
        return
    for session in TrainingSession.objects.filter(pk__in=event.ids).select_related("programme"):
        operations.warn(session.programme, at=event.at)
        operations.settle(session.programme, at=event.at)


@subscribe(StepsTaken)
def keep_rolls(event: StepsTaken) -> None:
    """Who joins a running programme gets rows, who leaves it loses the unsigned ones."""
    if event.lifecycle != APPLICATION.name or event.step not in ROLL_CHANGES:
        return
    rows = ParticipationApplication.objects.filter(pk__in=event.ids).order_by()
    ids = [pk for pk in rows.values_list("programme_id", flat=True).distinct() if pk]
    if event.step == "leave":
        ids += _left(event.ids)
    _complete(ids)


@subscribe(PersonMoved)
def move_between_rolls(event: PersonMoved) -> None:
    """Whoever is moved by decision leaves the one programme's rolls and joins the other's."""
    _complete([event.old_programme_id, event.new_programme_id])


def _complete(ids: Iterable[int]) -> None:
    for pk in sorted(set(ids)):
        held = Programme.objects.select_for_update(of=("self",), no_key=True)
        programme = held.get(pk=pk)
        if programme.state in {ProgrammeState.RUNNING, ProgrammeState.SUSPENDED}:
            operations.complete(programme)


def _left(ids: tuple[int, ...]) -> list[int]:
    """The programmes in whose rolls people who have left still stand."""
    sessions = TrainingSession.objects.filter(roll__application_id__in=ids)
    return list(sessions.order_by().values_list("programme_id", flat=True).distinct())


@subscribe(StepsTaken)
def close_sheets(event: StepsTaken) -> None:
    """Once the programme is documented its sheets close."""
    if event.lifecycle == PROGRAMME.name and event.step == "accept_documents":
        rows = TrainingSession.objects.filter(programme__in=event.ids)
        SESSION.perform_all("close", rows, actor=SYSTEM, at=event.at)
