"""Measures of a funded project: the list by kind, planning one, what came of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from didaskaleio.completion import operations
from didaskaleio.completion.enums import MeasureKind, MeasureState
from didaskaleio.completion.lifecycle import MEASURE
from didaskaleio.completion.models import ProjectMeasure
from didaskaleio.completion.web.measure_forms import DoneForm, MeasureForm
from didaskaleio.kernel import journal
from didaskaleio.kernel.clock import ATHENS
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.steps import buttons
from didaskaleio.structures.models import FundedProject

PAGE = 50


@guarded("project.measures")
def measures(request: Request, pk: int) -> HttpResponse:
    """Evaluation, quality, sustainability, publicity and equipment of a project."""
    found = _project(request, pk)
    rows = found.measures.order_by("kind", "due_on", "pk")
    context = {
        "project": found,
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "cycle": MEASURE,
        "today": request.at.astimezone(ATHENS).date(),
        "crumbs": _crumbs(found, ""),
    }
    return render(request, "completion/measures.html", context)


def _project(request: Request, pk: int) -> FundedProject:
    rows = FundedProject.objects.select_related("body")
    return one(request, "project.measures", rows, pk=pk)


def _crumbs(project: FundedProject, last: str) -> list[dict[str, str]]:
    first = {
        "label": f"Πράξη {project.code}",
        "url": reverse("structures:project", args=[project.code]),
    }
    second = {"label": "Ενέργειες και εξοπλισμός"}
    if not last:
        return [first, second]
    page = reverse("completion:measures", args=[project.pk])
    return [first, second | {"url": page}, {"label": last}]


@guarded("project.measures")
def plan(request: Request, pk: int) -> HttpResponse:
    """Plan a measure."""
    found = _project(request, pk)
    form = MeasureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data | {"kind": MeasureKind(form.cleaned_data["kind"])}
        try:
            facts = operations.MeasureFacts(**said)
            made = operations.plan_measure(found, facts, actor=request.actor, at=request.at)
        except Refusal as refusal:
            form.add_error(refusal.code if refusal.code in form.fields else None, str(refusal))
        else:
            messages.success(request, "Η ενέργεια προγραμματίστηκε.")
            return redirect("completion:measure", made.pk)
    context = {
        "form": form,
        "cancel_url": reverse("completion:measures", args=[found.pk]),
        "crumbs": _crumbs(found, "Νέα"),
    }
    status = 422 if form.errors else 200
    return render(request, "completion/measure_new.html", context, status=status)


@guarded("measure.keep")
def measure(request: Request, pk: int) -> HttpResponse:
    """One measure: what was planned, and what came of it with its evidence."""
    rows = ProjectMeasure.objects.select_related("project__body", "file")
    found = one(request, "measure.keep", rows, pk=pk)
    form = DoneForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _done(request, found, form):
        messages.success(request, "Γράφτηκε ότι έγινε.")
        return redirect("completion:measure", found.pk)
    return _page(request, found, form)


def _done(request: Request, found: ProjectMeasure, form: DoneForm) -> bool:
    """Whether it was stored; a refusal stands at its field, that of a file at the file."""
    said = form.cleaned_data
    given: dict[str, Any] = {"actor": request.actor, "at": request.at}
    given |= {"result": said["result"], "done_on": said["done_on"]}
    try:
        operations.complete_measure(found, said["file"], **given)
    except Refusal as refusal:
        form.add_error(refusal.code if refusal.code in form.fields else "file", str(refusal))
        return False
    return True


def _page(request: Request, found: ProjectMeasure, form: DoneForm) -> HttpResponse:
    context = {
        "measure": found,
        "form": form,
        "open": found.state == MeasureState.PLANNED,
        "cycle": MEASURE,
        "steps": buttons(request, MEASURE, found),
        "entries": journal.of(found)[:20],
        "states": MeasureState,
        "crumbs": _crumbs(found.project, found.title),
    }
    status = 422 if form.errors else 200
    return render(request, "completion/measure.html", context, status=status)
