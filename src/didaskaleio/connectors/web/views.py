"""Pages of an import from MySchool: the list, a new one, its columns, what it changes."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from didaskaleio.connectors import myschool, operations
from didaskaleio.connectors.enums import ChangeKind, ImportState
from didaskaleio.connectors.errors import FileLostError
from didaskaleio.connectors.lifecycle import IMPORT
from didaskaleio.connectors.models import Change, TeacherImport
from didaskaleio.connectors.operations.receiving import opened
from didaskaleio.connectors.web.forms import ColumnsForm, ExportForm
from didaskaleio.connectors.wording import FACTS, differences, name_of, schools_of
from didaskaleio.kernel import journal
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.models import Work
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web.guard import guarded, one, rows
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.steps import buttons
from didaskaleio.structures.models import School

PAGE, SAMPLES = 50, 8
AT_WORK = (ImportState.COMPARING, ImportState.APPLYING, ImportState.UNDOING)
MAY = "myschool.import"


@guarded("myschool.import", about_object=False)
def imports(request: Request) -> HttpResponse:
    """«Εισαγωγές από το MySchool»: all of them, the latest first."""
    found = rows(request, MAY, TeacherImport.objects.order_by("-pk"))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "connectors/imports.html", {"page": page, "lifecycle": IMPORT})


@guarded("myschool.import", about_object=False)
def new(request: Request) -> HttpResponse:
    """A new export: uploaded, looked into, then its columns."""
    form = ExportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("as_of", "whole")}
        upload = form.cleaned_data["file"]
        try:
            row = operations.receive(
                upload, upload.name, actor=request.actor, at=request.at, **facts
            )
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("connectors:columns", row.pk)
    context = {"form": form, "cancel_url": reverse("connectors:imports")}
    return render(request, "connectors/new.html", context, status=422 if form.errors else 200)


@guarded("myschool.import")
def columns(request: Request, pk: int) -> HttpResponse:
    """Which column holds each fact: as recognised, to be confirmed; then the comparison."""
    row = one(request, MAY, TeacherImport.objects.select_related("file"), pk=pk)
    try:
        samples = _samples(row)
    except FileLostError as refusal:
        messages.error(request, str(refusal))
        return redirect("connectors:import", pk)
    form = ColumnsForm(row, samples, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.map_columns(row, columns=form.columns(), actor=request.actor, at=request.at)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("connectors:import", pk)
    context = {"form": form, "row": row, "unknown": _unknown(row)}
    context["cancel_url"] = reverse("connectors:import", args=[pk])
    return render(request, "connectors/columns.html", context, status=422 if form.errors else 200)


def _samples(row: TeacherImport) -> list[list[str]]:
    with opened(row) as path:
        return list(islice(myschool.rows(path), row.heading_line, row.heading_line + SAMPLES))


def _unknown(row: TeacherImport) -> list[str]:
    """The headings that nothing was made of."""
    taken = set(row.columns.values())
    return [cell for place, cell in enumerate(row.heading) if cell and place not in taken]


@guarded("myschool.import")
def shown(request: Request, pk: int) -> HttpResponse:
    """One import: what it changes, line by line, and what may be done with it."""
    row = one(request, MAY, TeacherImport.objects.select_related("work", "file", "pull"), pk=pk)
    page = Paginator(_narrowed(row, request), PAGE).get_page(request.GET.get("page"))
    work, running = row.work, row.state in AT_WORK
    names = _names(page)
    context = {
        "row": row,
        "page": page,
        "lines": [(change, name_of(change), differences(change, names)) for change in page],
        "kinds": [(k, label, getattr(row, k)) for k, label in ChangeKind.choices],
        "facts": FACTS.items(),
        "given": request.GET,
        "lifecycle": IMPORT,
        "steps": buttons(request, IMPORT, row),
        "entries": journal.of(row),
        "states": ImportState,
        "may_map": IMPORT.can("map", row, request.actor, request.at),
        "work": work if work and work.owner_id == request.actor.user_id else None,
        "running": running,
        "pulled": hasattr(row, "pull"),
        "halted": work.message if work and work.state == Work.State.FAILED else "",
        "recognised": _recognised(row),
        "missing": [f.label for f in myschool.FIELDS if f.required and f.name not in row.columns],
    }
    return render(request, "connectors/import.html", context)


def _names(page: Iterable[Change]) -> dict[str, str]:
    """The names of the schools on the page."""
    found = School.objects.filter(code__in=schools_of(page))
    return dict(found.values_list("code", "name"))


def _recognised(row: TeacherImport) -> list[tuple[str, str]]:
    """What is known already, with its heading in the file."""
    return [
        (fact.label, row.heading[row.columns[fact.name]])
        for fact in myschool.FIELDS
        if fact.name in row.columns
    ]


def _narrowed(row: TeacherImport, request: Request) -> Any:
    """The changes of one kind, of one fact, of one ΑΦΜ, or those put aside."""
    found = row.changes.order_by("kind", "line", "pk")
    given = request.GET
    if given.get("kind") in ChangeKind.values:
        found = found.filter(kind=given["kind"])
    elif not given.get("q"):
        found = found.exclude(kind=ChangeKind.SAME)
    if given.get("fact") in FACTS:
        found = Change.differing(found, given["fact"])
    if given.get("aside") == "1":
        found = found.exclude(overtaken="", kept="")
    if text := given.get("q", "").replace("\0", "").strip()[:20]:
        found = found.filter(afm=text)
    return found
