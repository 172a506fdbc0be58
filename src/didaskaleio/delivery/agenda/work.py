"""Things to do: tasks of coordination, the application in class, asynchronous work."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse

from didaskaleio.delivery import queries
from didaskaleio.delivery.agenda.sessions import named
from didaskaleio.delivery.enums import (
    Attendee,
    ClassApplicationState,
    GivenTaskState,
    WorkState,
)
from didaskaleio.delivery.lifecycle import GIVEN_TASK
from didaskaleio.delivery.models import Attendance, ClassApplication, GivenTask, OwnWork
from didaskaleio.kernel import access, agenda
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.agenda import Todo
from didaskaleio.people.enums import Role

GIVERS = (Role.BODY_OFFICER, Role.BODY_HEAD)
RECEIVERS = (Role.REGIONAL_OFFICER, Role.CENTRE_MANAGER)


def _task(words: str, task: GivenTask) -> Todo:
    url = reverse("delivery:given-task", args=[task.pk])
    return Todo(f"{words}: {task}", url, task.due_at, task.programme.code)


@agenda.todos("delivery.tasks")
def tasks_to_do(actor: Actor, _at: datetime) -> Iterator[Todo]:
    """Tasks to answer, and answers to judge."""
    url = reverse("delivery:given-tasks")
    if actor.holds(*RECEIVERS):
        rows = agenda.open_rows(GIVEN_TASK, "answer", actor).select_related("programme")
        yield from agenda.shortened(
            rows.order_by("due_at", "pk"),
            lambda task: _task("Εργασία", task),
            rest="εργασίες συντονισμού",
            url=url,
        )
    if actor.holds(*GIVERS):
        found = access.visible(actor, "given_task.manage", GivenTask.objects.all())
        answered = found.filter(state=GivenTaskState.ANSWERED).select_related("programme")
        yield from agenda.shortened(
            answered.order_by("due_at", "pk"),
            lambda task: _task("Απάντηση σε εργασία", task),
            rest="απαντήσεις σε εργασίες",
            url=url,
        )


@agenda.todos("delivery.class_applications")
def feedback_owed(actor: Actor, _at: datetime) -> Iterator[Todo]:
    """Plans and evidence that wait for the trainer; what the trainee must correct."""
    if actor.holds(Role.TRAINER):
        yield from agenda.shortened(
            queries.application.waiting_for(actor.person_id),
            lambda work: _work(f"Ανατροφοδότηση: {work.application.person}", work),
            rest="εφαρμογές στην τάξη προς ανατροφοδότηση",
            url=reverse("delivery:class-applications"),
        )
    if actor.holds(Role.TEACHER):
        asked = (ClassApplicationState.RETURNED, ClassApplicationState.INCOMPLETE)
        mine = access.visible(actor, "class_application.own", ClassApplication.objects.all())
        yield from agenda.shortened(
            mine.filter(state__in=asked).order_by("pk"),
            lambda work: _work("Εφαρμογή στην τάξη: ζητούνται αλλαγές", work),
            rest="εφαρμογές στην τάξη",
            url=reverse("delivery:my-class-application"),
        )


def _work(words: str, work: ClassApplication) -> Todo:
    return Todo(words, reverse("delivery:class-application", args=[work.pk]), detail=work.title)


@agenda.todos("delivery.own_work")
def own_work(actor: Actor, at: datetime) -> Iterator[Todo]:
    """The work that a trainee owes, and the work that waits for its trainer's answer."""
    owed = Attendance.objects.filter(
        person_id=actor.user_id or 0,
        attendee=Attendee.TRAINEE,
        session__task__due_at__gte=at,
        session__async_confirmed_at=None,
    ).exclude(works__state__in=[WorkState.SUBMITTED, WorkState.ACCEPTED])
    for row in owed.select_related("session__programme", "session__task").order_by("pk"):
        session: Any = row.session
        task, url = session.task, reverse("delivery:hand-in", args=[row.pk])
        yield Todo(f"Εργασία: {task.title}", url, task.due_at, named(session))
    waiting = OwnWork.objects.filter(
        state=WorkState.SUBMITTED,
        row__session__trainer_id=actor.user_id or 0,
        row__session__async_confirmed_at=None,
    )
    yield from agenda.shortened(
        waiting.select_related("row__person", "row__session__programme").order_by("at", "pk"),
        lambda work: Todo(
            f"Απάντηση σε εργασία: {work.row.person}",
            reverse("delivery:work-answer", args=[work.pk]),
            detail=named(work.row.session),
        ),
        rest="εργασίες προς απάντηση",
        url=reverse("delivery:sessions"),
    )
