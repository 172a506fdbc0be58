"""Notices about tasks of coordination: whoever has one, whoever gave it."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from didaskaleio.delivery.models import GivenTask
from didaskaleio.delivery.notices.sessions import tell
from didaskaleio.kernel import greek
from didaskaleio.kernel.notices import Kind, declare
from didaskaleio.people import queries as people
from didaskaleio.people.enums import Role, Scope

TASK = declare(Kind("delivery.task", "Εργασίες συντονισμού"))


def holders_of(task: GivenTask, at: datetime) -> list[int]:
    """The people at whose desk a task stands."""
    role = Role.CENTRE_MANAGER if task.centre_id else Role.REGIONAL_OFFICER
    scope = Scope.CENTRE if task.centre_id else Scope.REGION
    scope = Scope.DIRECTORATE if task.directorate_id else scope
    held = people.holders(role, scope, task.receiver.pk, at=at)
    return list(held.values_list("pk", flat=True))


def _url(task: GivenTask) -> str:
    return reverse("delivery:given-task", args=[task.pk])


def _due(task: GivenTask) -> str:
    return f"{task.programme.code}. Προθεσμία: {greek.long_moment(task.due_at)}."


def task_given(task: GivenTask, *, at: datetime) -> None:
    """Somebody has a new task."""
    key = f"task:{task.pk}"
    tell(TASK, holders_of(task, at), f"Εργασία: {task}", _due(task), key, _url(task), at)


def task_reminded(task: GivenTask, *, at: datetime) -> None:
    """The end of a task is near."""
    title, key = f"Πλησιάζει η προθεσμία: {task}", f"task-near:{task.pk}"
    tell(TASK, holders_of(task, at), title, _due(task), key, _url(task), at)


def task_overdue(task: GivenTask, *, at: datetime) -> None:
    """Nobody answered in time: giver and receivers are told."""
    heard = [task.given_by_id, *holders_of(task, at)]
    title, key = f"Πέρασε η προθεσμία: {task}", f"task-over:{task.pk}"
    tell(TASK, heard, title, _due(task), key, _url(task), at)


def task_answered(task: GivenTask, *, at: datetime) -> None:
    """Whoever gave the task reads the answer."""
    title, key = f"Απάντηση: {task}", f"task-answer:{task.pk}:{at.isoformat()}"
    tell(TASK, [task.given_by_id], title, task.answer, key, _url(task), at)


def task_returned(task: GivenTask, *, reason: str, at: datetime) -> None:
    """More is asked."""
    title, key = f"Ζητείται συμπλήρωση: {task}", f"task-back:{task.pk}:{at.isoformat()}"
    tell(TASK, holders_of(task, at), title, f"{reason}\n{_due(task)}", key, _url(task), at)


def task_closed(task: GivenTask, words: str, *, at: datetime) -> None:
    """The task is over."""
    title, key = f"Εργασία: {task}", f"task-closed:{task.pk}"
    tell(TASK, holders_of(task, at), title, f"{words}.", key, _url(task), at)
