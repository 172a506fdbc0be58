"""Tasks of coordination (εργασίες συντονισμού): given, answered, completed, closed (000 §1 γ)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction

from didaskaleio.delivery import notices
from didaskaleio.delivery.errors import TaskRefusedError
from didaskaleio.delivery.lifecycle import GIVEN_TASK
from didaskaleio.delivery.models import GivenTask, SiteVisit, TrainingSession
from didaskaleio.delivery.operations.excuses import written
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.kernel import access, greek, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.calendar import local
from didaskaleio.programmes.models import Programme

GIVEN_TASK.model = GivenTask
REMIND = timedelta(days=2)
AGAIN = timedelta(days=5)
END = time(23, 59)


@dataclass(frozen=True)
class Asked:
    """What is asked: of whom (``region``, ``directorate`` or ``centre``), what, until which day."""

    to: str
    title: str
    text: str
    due_on: date
    session: TrainingSession | None = None
    visit: SiteVisit | None = None
    application: ParticipationApplication | None = None
    about: str = ""


def receivers(programme: Programme) -> dict[str, int]:
    """Who can be asked about a programme: the centre, its region, its school's directorate."""
    centre = programme.centre
    school = centre.school
    found = {"centre": centre.pk, "region": centre.region_id}
    if school is not None and school.directorate_id:
        found["directorate"] = school.directorate_id
    return found


def give(programme: Programme, asked: Asked, *, actor: Actor, at: datetime) -> GivenTask:
    """Give a task (ανάθεση) about an exception or a finding; whoever receives it is told."""
    access.require(actor, "programme.coordinate", programme)
    title = written(asked.title, "Γράψτε τι ζητείται, με μία φράση.")[:200]
    text = written(asked.text, "Γράψτε τι πρέπει να γίνει.")
    due = local(asked.due_on, END)
    if due <= at + timedelta(days=1):
        raise TaskRefusedError("Δώστε προθεσμία τουλάχιστον από μεθαύριο.")
    to = receivers(programme)
    if asked.to not in to:
        raise TaskRefusedError("Διαλέξτε ποιος αναλαμβάνει την εργασία.")
    with transaction.atomic():
        made = GivenTask.objects.create(
            programme=programme,
            session=asked.session,
            visit=asked.visit,
            application=asked.application,
            about=asked.about,
            title=title,
            text=text,
            given_by_id=actor.person_id,
            given_at=at,
            due_at=due,
            remind_at=max(due - REMIND, at),
            **{f"{asked.to}_id": to[asked.to]},
        )
        journal.write(made, "Δόθηκε εργασία", actor=actor, at=at, due=greek.short_moment(due))
        notices.task_given(made, at=at)
    return made


@GIVEN_TASK.performs("answer")
def answer_task(task: GivenTask, *, actor: Actor, at: datetime, text: str) -> None:
    """What was done (απάντηση); a late answer is an answer too."""
    task.answer = written(text, "Γράψτε τι έγινε.")
    task.answered_at, task.answered_by_id = at, actor.user_id
    notices.task_answered(task, at=at)


@GIVEN_TASK.performs("give_back")
def give_back(task: GivenTask, *, actor: Actor, at: datetime, reason: str) -> None:
    """The answer is not enough (συμπλήρωση): five more days."""
    task.due_at = at + AGAIN
    notices.task_returned(task, reason=reason, at=at)


@GIVEN_TASK.performs("settle")
def settle_task(task: GivenTask, *, actor: Actor, at: datetime) -> None:
    """What was asked is done (κλείσιμο)."""
    notices.task_closed(task, "Έκλεισε", at=at)


@GIVEN_TASK.performs("revoke")
def revoke(task: GivenTask, *, actor: Actor, at: datetime, reason: str) -> None:
    """It is not needed any more (ανάκληση)."""
    notices.task_closed(task, f"Ανακλήθηκε: {reason}", at=at)


@GIVEN_TASK.performs("remind")
def remind(task: GivenTask, *, actor: Actor, at: datetime) -> None:
    """Two days before the end whoever has it is reminded."""
    notices.task_reminded(task, at=at)


@GIVEN_TASK.performs("lapse")
def lapse(task: GivenTask, *, actor: Actor, at: datetime) -> None:
    """The days passed without an answer: whoever gave it is told."""
    notices.task_overdue(task, at=at)
