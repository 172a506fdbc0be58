"""The builder of reports: choose a subject, then columns, filters, groups and a chart."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.apps import apps
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from didaskaleio.kernel import subjects
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.subjects import Subject
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request
from didaskaleio.observatory import operations, queries
from didaskaleio.observatory.errors import DefinitionError
from didaskaleio.observatory.models import AdHocReport
from didaskaleio.observatory.web import asking
from didaskaleio.people.enums import Role

CRUMB = {"label": "Οι αναφορές μου", "needs": "adhoc.desk"}


def crumbs(*words: str) -> list[dict[str, str]]:
    """The way to a page of reports."""
    first = CRUMB | {"url": reverse("observatory:reports")}
    return [first, *({"label": each, "url": ""} for each in words)]


def _offered(actor: Actor) -> list[Subject]:
    """The subjects that the person may ask about; whoever serves others prepares any of them."""
    serves = actor.holds(Role.OPERATOR)
    return [each for each in subjects.known.values() if serves or each.open_to(actor)]


@guarded("adhoc.desk", about_object=False)
def choose(request: Request) -> HttpResponse:
    """Step one: what the report is about."""
    order = [each.label for each in apps.get_app_configs()]
    offered = sorted(_offered(request.actor), key=lambda each: order.index(each.room))
    rooms = [
        (apps.get_app_config(room).verbose_name, list(found))
        for room, found in groupby(offered, key=lambda each: each.room)
    ]
    context = {"rooms": rooms, "crumbs": crumbs("Νέα αναφορά")}
    return render(request, "observatory/choose.html", context)


@guarded("adhoc.desk", about_object=False)
def build(request: Request, subject: str) -> HttpResponse:
    """The other steps of a new report, with its first lines; posted, it is saved."""
    if subject not in {each.name for each in _offered(request.actor)}:
        raise Http404
    if request.method == "POST":
        raw = asking.from_address(request.POST.get("query", ""), subject)
        title = request.POST.get("title", "").replace("\0", "")
        report = operations.create(raw, title=title, actor=request.actor, at=request.at)
        messages.success(request, f"Η αναφορά «{report}» αποθηκεύτηκε.")
        return redirect("observatory:report", report.pk)
    raw = _raw(request, subject, asking.start(subject, request.actor))
    return _page(request, raw, {"crumbs": crumbs("Νέα αναφορά")})


@guarded("adhoc.keep")
def edit(request: Request, pk: int) -> HttpResponse:
    """The same steps of a report that is kept; posted, they become its next version."""
    report = one(request, "adhoc.keep", AdHocReport.objects.all(), pk=pk)
    if request.method == "POST":
        raw = asking.from_address(request.POST.get("query", ""), report.subject)
        title = request.POST.get("title", "").replace("\0", "")
        number = operations.save(report, raw, title=title, actor=request.actor, at=request.at)
        messages.success(request, f"Αποθηκεύτηκε η έκδοση {number}.")
        return redirect("observatory:report", report.pk)
    kept = queries.version_of(report)
    raw = _raw(request, report.subject, kept.definition if kept else {})
    context = {"report": report, "crumbs": crumbs(report.title)}
    return _page(request, raw, context)


def _raw(request: Request, subject: str, otherwise: dict[str, Any]) -> dict[str, Any]:
    if not request.GET:
        return otherwise
    try:
        return asking.asked(_clean(request), subject)
    except DefinitionError as refusal:
        messages.error(request, str(refusal))
        return otherwise


def _clean(request: Request) -> Any:
    given = request.GET.copy()
    for name, values in list(given.lists()):
        given.setlist(name, [value[:200].replace("\0", "") for value in values[:80]])
    return given


def _page(request: Request, raw: dict[str, Any], context: dict[str, Any]) -> HttpResponse:
    context |= asking.builder(raw, request.actor) | {"query": asking.address(raw)}
    try:
        context |= asking.found(raw, request.actor, request.at)
    except Refusal as refusal:
        context["refusal"] = str(refusal)
    return render(request, "observatory/build.html", context)
