"""Pages of forms: the list, one version in whole, differences, a file, trial answers."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse

from didaskaleio.kernel import access, journal
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.forms import (
    differences,
    exchange,
    operations,
    prefill,
    queries,
    sheets,
    soundness,
    wording,
)
from didaskaleio.kernel.forms.answers import check, shown
from didaskaleio.kernel.forms.conditions import applying
from didaskaleio.kernel.forms.definition import TITLES, Definition, Problem, Section
from didaskaleio.kernel.forms.lifecycle import FORM_VERSION
from didaskaleio.kernel.forms.models import AnswerSheet, Form, FormState, FormVersion
from didaskaleio.kernel.forms.web.composing import KINDS
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web.guard import guarded, one, rows
from didaskaleio.kernel.web.http import Request, number
from didaskaleio.kernel.web.limits import UPLOADS, by_person, limited
from didaskaleio.kernel.web.steps import buttons


def crumbs_of(form: Form | None = None, here: str = "") -> list[dict[str, str]]:
    """The way to a page of a form."""
    found = [{"label": "Φόρμες", "url": reverse("kernel:forms")}]
    if form is not None:
        url = reverse("kernel:form", args=[form.pk])
        found.append({"label": form.title, "url": url if here else ""})
    return [*found, {"label": here, "url": ""}] if here else found


def version_of(request: Request, form: Form) -> FormVersion:
    """The version in the address (``?version=2``), else the one that is worked on."""
    asked = request.GET.get("version", "")
    if asked and number(asked) is None:
        raise Http404
    found = queries.shown(form, number(asked) if asked else None)
    if found is None:
        raise Http404
    return found


@guarded("form.pages", about_object=False)
def form_list(request: Request) -> HttpResponse:
    """The forms of my body."""
    found = queries.listed(rows(request, "form.read", Form.objects.all()))
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    context = {"page": page, "may_begin": access.allowed(request.actor, "form.begin")}
    return render(request, "kernel/forms/list.html", context)


@guarded("form.read")
def form_page(request: Request, pk: int) -> HttpResponse:
    """One version: sections and questions, what it lacks, points, steps, history."""
    form = one(request, "form.read", Form.objects.all(), pk=pk)
    version = version_of(request, form)
    definition = version.parsed()
    drafted = version.state == FormState.DRAFT
    wrong = soundness.problems(definition) if drafted else []
    context = {
        "form": form,
        "version": version,
        "definition": definition,
        "outline": [_outlined(section, definition, wrong) for section in definition.sections],
        "whole": [p.text for p in wrong if p.place == soundness.FORM],
        "faults": len(wrong),
        "ties": [wording.tie(tie, definition) for tie in definition.ties],
        "cap": "" if definition.cap is None else shown(definition.cap),
        "kinds": KINDS,
        "cycle": FORM_VERSION,
        "states": FormState,
        "steps": buttons(request, FORM_VERSION, version),
        "entries": (journal.of(form) | journal.of(version))[:20],
        "versions": form.versions.all(),
        "crumbs": crumbs_of(form),
    }
    return render(request, "kernel/forms/form.html", context | _doors(request, form, version))


def _doors(request: Request, form: Form, version: FormVersion) -> dict[str, Any]:
    may = access.allowed(request.actor, "form.write", form)
    drafted = version.state == FormState.DRAFT
    return {
        "may_write": may and drafted,
        "may_begin_next": may and not drafted and queries.draft(form) is None,
        "may_try": may,
        "earlier": version.number > 1,
    }


def _outlined(section: Section, definition: Definition, wrong: list[Problem]) -> dict[str, Any]:
    """A section with what the composer shows of each question."""
    said = [
        {
            "question": q,
            "kind": TITLES[q.kind],
            "only_if": wording.condition(q.only_if, definition),
            "rule": wording.rule(q),
            "faults": [p.text for p in wrong if p.place == q.key],
        }
        for q in section.questions
    ]
    return {
        "section": section,
        "only_if": wording.condition(section.only_if, definition),
        "cap": "" if section.cap is None else shown(section.cap),
        "faults": [p.text for p in wrong if p.place == section.key],
        "rows": said,
    }


@guarded("form.read")
def changes(request: Request, pk: int) -> HttpResponse:
    """What a version changes against the one before it."""
    form = one(request, "form.read", Form.objects.all(), pk=pk)
    new = version_of(request, form)
    old = form.versions.filter(number__lt=new.number).first()
    if old is None:
        raise Http404
    found = differences.compare(old.parsed(), new.parsed())
    context = {"form": form, "old": old, "new": new, "changes": found}
    context["crumbs"] = crumbs_of(form, "Διαφορές")
    return render(request, "kernel/forms/changes.html", context)


@guarded("form.read")
def export(request: Request, pk: int) -> HttpResponse:
    """A version as a JSON file."""
    form = one(request, "form.read", Form.objects.all(), pk=pk)
    version = version_of(request, form)
    said = json.dumps(exchange.write(version.parsed()), ensure_ascii=False, indent=1)
    answer = HttpResponse(f"{said}\n", content_type="application/json")
    name = f"{form.code}-{version.number}.json"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@guarded("form.write")
@limited(UPLOADS, by_person, when=lambda request: bool(request.FILES))
def trial(request: Request, pk: int) -> HttpResponse:
    """Trial answers of the officer: the very page that an applicant sees, with live points."""
    form = one(request, "form.write", Form.objects.all(), pk=pk)
    version = version_of(request, form)
    if request.method == "POST":
        return _answered(request, form, version)
    return render(request, "kernel/forms/try.html", _page(form, version, _sheet(request, version)))


def _sheet(request: Request, version: FormVersion) -> AnswerSheet:
    """The trial sheet; an unsaved one until something is answered."""
    person = request.actor.person_id
    found = AnswerSheet.objects.filter(
        version=version, person_id=person, subject=journal.label(version), subject_id=version.pk
    ).first()
    if found is not None or request.method != "POST":
        values = prefill.first_answers(version.parsed(), person, request.at)
        return found or AnswerSheet(
            version=version, person_id=person, saved_at=request.at, values=values
        )
    return operations.open_sheet(version, version, person=person, at=request.at)


def _answered(request: Request, form: Form, version: FormVersion) -> HttpResponse:
    """Keep what was posted; by htmx answer only with the live part of the page.

    A file that is refused takes the whole post along: the page comes back as it was typed.
    """
    definition = version.parsed()
    told = sheets.told(definition, request.POST)
    with transaction.atomic():
        sheet = _sheet(request, version)
        if "clear" in request.POST:
            return _cleared(request, form, version, sheet)
        before = sheet.values
        wrong = operations.save(sheet, told, actor=request.actor, at=request.at)
        if request.htmx:
            context = _page(form, version, sheet) | {"saved": request.at, "wrong": wrong}
            return render(request, "kernel/forms/live.html", context)
        refused = _papers(request, sheet, definition)
        if refused:
            transaction.set_rollback(True)
            sheet.values = before
    again = {problem.place for problem in wrong}
    if "check" in request.POST and not refused:
        wrong += [p for p in check(definition, sheet.values) if p.place not in again]
    if not wrong and not refused:
        return _kept(request, form, version)
    typed = sheet.values | {key: value for key, value in told.items() if refused or key in again}
    context = _page(form, version, sheet, typed, wrong + refused)
    return render(request, "kernel/forms/try.html", context)


def _kept(request: Request, form: Form, version: FormVersion) -> HttpResponseRedirect:
    ready = "check" in request.POST
    messages.success(request, "Όλες οι απαντήσεις είναι πλήρεις." if ready else "Αποθηκεύτηκε.")
    return _back(form, version)


def _cleared(
    request: Request, form: Form, version: FormVersion, sheet: AnswerSheet
) -> HttpResponseRedirect:
    operations.erase(sheet, actor=request.actor)
    messages.success(request, "Οι δοκιμαστικές απαντήσεις σβήστηκαν.")
    return _back(form, version)


def _papers(request: Request, sheet: AnswerSheet, definition: Definition) -> list[Problem]:
    """Keep the files that were sent along; what is refused comes back with its place."""
    by: dict[str, Any] = {"actor": request.actor, "at": request.at}
    until, found = sheets.untils(definition, request.POST), []
    operations.date_file(sheet, until, **by)
    for asked in definition.questions():
        upload = request.FILES.get(sheets.upload_name(asked.key))
        if upload is None:
            continue
        try:
            operations.attach(sheet, asked.key, upload, until=until.get(asked.key, ""), **by)
        except Refusal as refusal:
            found.append(Problem(asked.key, f"«{asked.label}»: {refusal}"))
    return found


def _back(form: Form, version: FormVersion) -> HttpResponseRedirect:
    address = reverse("kernel:form-try", args=[form.pk])
    return redirect(f"{address}?version={version.number}")


def _page(
    form: Form,
    version: FormVersion,
    sheet: AnswerSheet,
    typed: dict[str, Any] | None = None,
    wrong: list[Problem] | None = None,
) -> dict[str, Any]:
    definition = version.parsed()
    bound, groups = sheets.filled(definition, sheet.values if typed is None else typed, wrong)
    return {
        "form": form,
        "version": version,
        "definition": definition,
        "bound": bound,
        "groups": groups,
        "tally": sheets.tally(definition, sheet.values),
        "applying": " ".join(sorted(applying(definition, sheet.values))),
        "ties": [wording.tie(tie, definition) for tie in definition.ties],
        "begun": sheet.pk is not None,
        "crumbs": crumbs_of(form, "Δοκιμή"),
    }
