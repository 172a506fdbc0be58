"""Own work on screen: the task, the trainer's list, the trainee's work and its answer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from didaskaleio.delivery import operations, queries
from didaskaleio.delivery.models import Attendance, OwnWork, TrainingSession, WorkTask
from didaskaleio.delivery.web import forms, show
from didaskaleio.delivery.web.views.signs import taught
from didaskaleio.kernel import access, journal
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.limits import UPLOADS, by_person, limited

KINDS = {"submitted": "wait", "accepted": "good", "returned": "bad"}


def _session(request: Request, pk: int) -> TrainingSession:
    found = taught(request, pk)
    if not found.async_hours:
        raise Http404
    return found


@guarded("session.teach")
def task(request: Request, pk: int) -> HttpResponse:
    """Set or change the task of the asynchronous hours."""
    found = _session(request, pk)
    known = WorkTask.objects.filter(session=found).first()
    form = forms.TaskForm(request.POST or None, initial=forms.of_task(known))
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("title", "text", "due_at")}
        operations.set_task(found, **said, actor=request.actor, at=request.at)
        messages.success(request, "Η εργασία ορίστηκε. Ειδοποιήθηκαν όσοι συμμετέχουν.")
        return redirect("delivery:work", pk=pk)
    context = {"form": form, "session": found, "when": show.when(found)}
    back = {"cancel_url": reverse("delivery:work", args=[pk])}
    return render(request, "delivery/task.html", context | back)


@guarded("session.teach")
def work(request: Request, pk: int) -> HttpResponse:
    """Who handed in what; the trainer may vouch for work that was seen in another way."""
    found = _session(request, pk)
    form = forms.VouchForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        row = one(request, "session.rule", found.roll.all(), pk=form.cleaned_data["row"])
        said = {name: form.cleaned_data[name] for name in ("kind", "text")}
        operations.vouch(row, **said, actor=request.actor, at=request.at)
        messages.success(request, f"Βεβαιώθηκε η εργασία: {row.person}.")
        return redirect("delivery:work", pk=pk)
    return render(request, "delivery/work.html", _work(found, form))


def _work(session: TrainingSession, form: Any) -> dict[str, Any]:
    found = queries.works(session)
    lines = [(row, [(one, KINDS[one.state]) for one in works]) for row, works in found]
    vouched = [row for row, works in found if all(one.state == "returned" for one in works)]
    return {
        "session": session,
        "when": show.when(session),
        "task": WorkTask.objects.filter(session=session).first(),
        "open": session.async_confirmed_at is None,
        "lines": lines,
        "vouched": vouched,
        "form": form,
        "crumbs": show.crumbs(
            (str(session), reverse("delivery:session", args=[session.pk])),
            ("Ασύγχρονη εργασία", ""),
        ),
    }


@guarded("own_work.read")
def answer(request: Request, pk: int) -> HttpResponse:
    """One piece of work; its trainer answers."""
    rows = OwnWork.objects.select_related(
        "row__person", "row__session__programme", "row__session__task", "file", "guided_by"
    )
    found = one(request, "own_work.read", rows, pk=pk)
    guides = found.state == "submitted" and access.allowed(request.actor, "own_work.guide", found)
    form = forms.GuideForm(request.POST or None) if guides else None
    if request.method == "POST" and form is not None and form.is_valid():
        accepted = form.cleaned_data["decision"] == "accept"
        words = form.cleaned_data["guidance"]
        operations.guide(found, accepted=accepted, guidance=words,
                         actor=request.actor, at=request.at)  # fmt: skip
        messages.success(request, "Η απάντηση καταχωρίστηκε και κοινοποιήθηκε.")
        return redirect("delivery:work-answer", pk=pk)
    context = {
        "found": found,
        "row": found.row,
        "session": found.row.session,
        "form": form,
        "entries": journal.of(found),
        "kind": KINDS[found.state],
    }
    return render(request, "delivery/work_answer.html", context)


@guarded("attendance.own")
@limited(UPLOADS, by_person)
def hand_in(request: Request, pk: int) -> HttpResponse:
    """The trainee reads the task and hands in the work."""
    rows = Attendance.objects.select_related("session__programme", "application")
    row = one(request, "attendance.own", rows.filter(session__task__isnull=False), pk=pk)
    form = forms.WorkForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload, text = form.cleaned_data["file"], form.cleaned_data["text"]
        name = upload.name if upload else ""
        operations.hand_in(
            row, text=text, upload=upload, name=name, actor=request.actor, at=request.at
        )
        messages.success(request, "Η εργασία υποβλήθηκε. Θα ειδοποιηθείτε για την απάντηση.")
        return redirect("delivery:hand-in", pk=pk)
    return render(request, "delivery/hand_in.html", _own(row, request.at) | {"form": form})


def _own(row: Attendance, at: datetime) -> dict[str, Any]:
    task = WorkTask.objects.get(session=row.session_id)
    works = list(OwnWork.objects.filter(row=row).order_by("-at", "-pk"))
    free = row.session.async_confirmed_at is None and at <= task.due_at
    return {
        "session": row.session,
        "task": task,
        "when": show.when(row.session),
        "works": [(one, KINDS[one.state]) for one in works],
        "asks": free and all(one.state == "returned" for one in works),
        "cancel_url": reverse("delivery:mine"),
    }
