"""Tasks of coordination: the desk, one task, a new one, its answer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from didaskaleio.delivery import operations, queries
from didaskaleio.delivery.enums import GivenTaskState
from didaskaleio.delivery.lifecycle import GIVEN_TASK, OPEN_TASKS
from didaskaleio.delivery.models import GivenTask, SiteVisit, TrainingSession
from didaskaleio.delivery.web import asking, show, work_forms
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.kernel import journal
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web.guard import guarded, one, rows
from didaskaleio.kernel.web.http import Request, number
from didaskaleio.kernel.web.steps import buttons
from didaskaleio.programmes.models import Programme

RELATIONS = ("programme__centre", "region", "directorate", "centre", "given_by", "answered_by")


@guarded("given_task.list", about_object=False)
def tasks(request: Request) -> HttpResponse:
    """The tasks that the person gave or has: those that wait first, by deadline."""
    found = rows(request, "given_task.read", GivenTask.objects.select_related(*RELATIONS))
    done = request.GET.get("done") == "1"
    waiting = [*OPEN_TASKS, GivenTaskState.ANSWERED]
    found = found.exclude(state__in=waiting) if done else found.filter(state__in=waiting)
    page = Paginator(found.order_by("due_at", "pk"), 50).get_page(request.GET.get("page"))
    context = {"page": page, "cycle": GIVEN_TASK, "done": done}
    return render(request, "delivery/given_tasks.html", context)


def _task(request: Request, pk: int, needs: str) -> GivenTask:
    found = GivenTask.objects.select_related(
        *RELATIONS, "programme__cluster", "session__programme", "visit__session__programme"
    )
    return one(request, needs, found, pk=pk)


@guarded("given_task.read")
def task(request: Request, pk: int) -> HttpResponse:
    """A task: what is asked, of whom, until when, and what was answered."""
    found = _task(request, pk, "given_task.read")
    context = {
        "task": found,
        "cycle": GIVEN_TASK,
        "states": GivenTaskState,
        "steps": buttons(request, GIVEN_TASK, found),
        "entries": journal.of(found)[:20],
        "may_answer": GIVEN_TASK.can("answer", found, request.actor, request.at),
        "open": found.state in OPEN_TASKS,
        "about_title": queries.exceptions.SOURCES.get(found.about, ("",))[0],
        "links": _links(request, found),
        "crumbs": show.crumbs(
            ("Εργασίες συντονισμού", reverse("delivery:given-tasks")), (str(found), "")
        ),
    }
    return render(request, "delivery/given_task.html", context)


def _links(request: Request, task: GivenTask) -> dict[str, bool]:
    """Which of the things that the task is about the person may open."""
    sessions = rows(
        request, "session.read", TrainingSession.objects.filter(pk=task.session_id or 0)
    )
    visits = rows(request, "visit.read", SiteVisit.objects.filter(pk=task.visit_id or 0))
    return {"session": sessions.exists(), "visit": visits.exists()}


@guarded("programme.coordinate")
def new(request: Request, pk: int) -> HttpResponse:
    """A new task about a programme, one of its sessions or a visit."""
    programmes = Programme.objects.select_related("centre__school", "cluster", "centre__region")
    found = one(request, "programme.coordinate", programmes, pk=pk)
    receivers = operations.receivers(found)
    about = _about(request, found)
    first = asking.first_words(found, about, request.at)
    form = work_forms.TaskForm(request.POST or None, receivers=receivers, initial=first)
    if request.method == "POST" and form.is_valid():
        asked = operations.Asked(**form.cleaned_data, **about)
        made = operations.give(found, asked, actor=request.actor, at=request.at)
        messages.success(request, "Η εργασία δόθηκε.")
        return redirect("delivery:given-task", pk=made.pk)
    context = {"form": form, "programme": found, **about, "crumbs": _crumbs(found)}
    back = {"cancel_url": reverse("delivery:programme", args=[pk])}
    return render(request, "delivery/given_task_form.html", context | back)


def _crumbs(programme: Programme) -> list[dict[str, str]]:
    url = reverse("delivery:programme", args=[programme.pk])
    return show.crumbs((programme.code, url), ("Νέα εργασία", ""))


def _about(request: Request, programme: Programme) -> dict[str, Any]:
    """The session, visit or place of this programme that the address names, and the exception."""
    session, visit, place = (
        number(request.GET.get(name, "")) for name in ("session", "visit", "application")
    )
    group = request.GET.get("about", "")
    visits = SiteVisit.objects.filter(session__programme=programme).select_related("session")
    return {
        "session": TrainingSession.objects.filter(programme=programme, pk=session or 0).first(),
        "visit": visits.filter(pk=visit or 0).first(),
        "application": ParticipationApplication.objects.filter(
            programme=programme, pk=place or 0
        ).first(),
        "about": group if group in queries.exceptions.SOURCES else "",
    }


@guarded("given_task.answer")
def answer(request: Request, pk: int) -> HttpResponse:
    """What was done."""
    found = _task(request, pk, "given_task.answer")
    if not GIVEN_TASK.can("answer", found, request.actor, request.at):
        raise Http404
    form = work_forms.TaskAnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        operations.answer_task(found, actor=request.actor, at=request.at, text=text)
        messages.success(request, "Η απάντηση στάλθηκε.")
        return redirect("delivery:given-task", pk=pk)
    url = reverse("delivery:given-task", args=[pk])
    tasks = ("Εργασίες συντονισμού", reverse("delivery:given-tasks"))
    crumbs = show.crumbs(tasks, (str(found), url), ("Απάντηση", ""))
    context = {"form": form, "task": found, "now": request.at}
    back = {"cancel_url": url, "crumbs": crumbs}
    return render(request, "delivery/given_task_answer.html", context | back)
