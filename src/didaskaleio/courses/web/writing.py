"""Pages of an author: texts, objectives, syllabus, profiles, material of the draft version."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from didaskaleio.courses import operations, queries
from didaskaleio.courses.enums import Component
from didaskaleio.courses.hours import LABELS, by_mode
from didaskaleio.courses.models import Course, CourseVersion, Material
from didaskaleio.courses.web.forms import (
    MaterialForm,
    TextsForm,
    UnitForms,
    UploadForm,
)
from didaskaleio.courses.web.rows import crumbs_of
from didaskaleio.kernel.errors import OvertakenError
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request, number
from didaskaleio.kernel.web.limits import UPLOADS, by_person, limited
from didaskaleio.kernel.web.overtaking import opened, seen

TITLES = {**dict(Component.choices), "changes": "Τι αλλάζει"}


def _draft(request: Request, pk: int, part: str) -> CourseVersion:
    """The version being written, if ``part`` of it is open to the person."""
    found = Course.objects.select_related("draft__course")
    course = one(request, "course.contribute", found, pk=pk)
    version = course.draft
    if version is None or not queries.may_write(course, version, part, request.actor):
        raise Http404
    return version


def _crumbs(version: CourseVersion, here: str) -> dict[str, Any]:
    return {"crumbs": crumbs_of(version.course, here)}


def _saved(request: Request, pk: int, part: str) -> HttpResponseRedirect:
    messages.success(request, "Αποθηκεύτηκε.")
    return HttpResponseRedirect(f"{reverse('courses:course', args=[pk])}#part-{part}")


@guarded("course.contribute")
def texts(request: Request, pk: int, part: str) -> HttpResponse:
    """One component that is texts or hours, or what the version changes."""
    if part not in operations.TEXTS:
        raise Http404
    version = _draft(request, pk, part)
    form = TextsForm(part, request.POST or None, instance=CourseVersion.objects.get(pk=version.pk))
    refused = None
    if request.method == "POST" and form.is_valid():
        try:
            operations.write(version, **_by(request), **form.cleaned_data)
            return _saved(request, pk, part)
        except OvertakenError as refusal:
            refused = refusal
    context = {"form": form, "version": version, "heading": TITLES[part], "part": part}
    theirs = _differing(form, version.pk)
    context |= opened(request, version, operations.act_of(part), refused, theirs)
    return render(request, "courses/texts.html", context | _crumbs(version, TITLES[part]))


def _by(request: Request) -> dict[str, Any]:
    return {"actor": request.actor, "at": request.at, "seen": seen(request)}


def _differing(form: TextsForm, version: int) -> list[tuple[str, object]]:
    """The texts as they are stored now, where the author's own are different."""
    if not form.is_bound:
        return []
    stored = CourseVersion.objects.get(pk=version)
    return [
        (str(form.fields[name].label), getattr(stored, name))
        for name, value in form.cleaned_data.items()
        if getattr(stored, name) != value
    ]


@guarded("course.contribute")
def objectives(request: Request, pk: int) -> HttpResponse:
    """Learning objectives, one a line."""
    version = _draft(request, pk, Component.OBJECTIVES)
    text = stored = "\n".join(row.text for row in version.objectives.all())
    refused = None
    if request.method == "POST":
        text = request.POST.get("objectives", "")
        try:
            operations.write_objectives(version, text.splitlines(), **_by(request))
            return _saved(request, pk, Component.OBJECTIVES)
        except OvertakenError as refusal:
            refused = refusal
    context = {"text": text, "version": version, "form": Form()}
    act = operations.act_of("objectives")
    context |= opened(request, version, act, refused, [("Διδακτικοί στόχοι", stored)])
    return render(request, "courses/objectives.html", context | _crumbs(version, "Στόχοι"))


@guarded("course.contribute")
def syllabus(request: Request, pk: int) -> HttpResponse:
    """Units of the syllabus with their hours, in order."""
    version = _draft(request, pk, Component.UNITS)
    held = list(version.units.values("title", "summary", "hours", "mode"))
    asked = request.method == "POST"
    forms = UnitForms(_with_more(request) if asked else None, initial=None if asked else held)
    refused = None
    if asked and "more" not in request.POST and forms.is_valid():
        rows = [form.cleaned_data for form in forms.ordered_forms if form.cleaned_data]
        try:
            operations.write_units(version, rows, **_by(request))
            return _saved(request, pk, Component.UNITS)
        except OvertakenError as refusal:
            refused = refusal
    shown = _tried(request) if asked else [(row["mode"], row["hours"]) for row in held]
    context = {"form": forms, "version": version} | _hours(version, shown)
    stored = "\n".join(f"{row['title']} ({row['hours']} ώρες)" for row in held)
    context |= opened(request, version, operations.act_of("units"), refused, [("Ενότητες", stored)])
    return render(request, "courses/units.html", context | _crumbs(version, "Πρόγραμμα σπουδών"))


def _tried(request: Request) -> list[tuple[str, int]]:
    """Mode and hours of the units being typed; what cannot be read yet counts as no hours."""
    posted = request.POST
    rows = min(number(posted.get("form-TOTAL_FORMS", "")) or 0, UnitForms.absolute_max)
    return [
        (posted.get(f"form-{n}-mode", ""), hours)
        for n in range(rows)
        if f"form-{n}-DELETE" not in posted
        and (hours := number(posted.get(f"form-{n}-hours", "").strip()))
    ]


def _hours(version: CourseVersion, units: list[tuple[str, int]]) -> dict[str, Any]:
    """The hours of the units beside the ratio of the version, and what does not add up."""
    ratio, modes = queries.ratio_of(version), by_mode(units)
    total = sum(hours for _, hours in units)
    return {
        "total": total,
        "mixed": total - sum(modes.values()),
        "modes": [(LABELS[name], modes[name], getattr(ratio, name)) for name in LABELS],
        "problems": queries.hours_problems(version, units),
    }


@require_POST
@guarded("course.contribute")
def units_trial(request: Request, pk: int) -> HttpResponse:
    """The hours of the units being typed against total and ratio; nothing is saved."""
    course = one(request, "course.contribute", Course.objects.select_related("draft"), pk=pk)
    version = course.draft or CourseVersion(course=course)
    context = {"version": version} | _hours(version, _tried(request))
    return render(request, "courses/units_check.html", context)


def _with_more(request: Request) -> QueryDict:
    """What was posted, with three more empty units when the author asked for them."""
    posted = request.POST.copy()
    if "more" in posted:
        rows = (number(posted.get("form-TOTAL_FORMS", "")) or 0) + UnitForms.extra
        posted["form-TOTAL_FORMS"] = str(min(rows, UnitForms.max_num))
    return posted


@guarded("course.contribute")
def add_material(request: Request, pk: int) -> HttpResponse:
    """Foresee a piece of material."""
    version = _draft(request, pk, Component.MATERIAL)
    form = MaterialForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        operations.plan_material(version, actor=request.actor, at=request.at, **form.cleaned_data)
        return _saved(request, pk, Component.MATERIAL)
    context = {"form": form, "version": version} | _crumbs(version, "Νέο υλικό")
    return render(request, "courses/material.html", context)


def _material(request: Request, pk: int) -> Material:
    material = Material.objects.select_related("version__course").filter(pk=pk).first()
    if material is None:
        raise Http404
    version = material.version
    course = one(request, "course.contribute", Course.objects.all(), pk=version.course_id)
    if not queries.may_write(course, version, Component.MATERIAL, request.actor):
        raise Http404
    return material


@guarded("course.contribute")
@limited(UPLOADS, by_person)
def upload(request: Request, pk: int) -> HttpResponse:
    """Put the file of a piece of material."""
    material = _material(request, pk)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        ready = form.cleaned_data["ready"]
        operations.upload_material(
            material, file, file.name, actor=request.actor, at=request.at, ready=ready
        )
        return _saved(request, material.version.course_id, Component.MATERIAL)
    context = {"form": form, "version": material.version, "material": material}
    context |= _crumbs(material.version, material.title)
    return render(request, "courses/material.html", context)


@require_POST
@guarded("course.contribute")
def ready(request: Request, pk: int) -> HttpResponseRedirect:
    """Declare an uploaded file ready."""
    material = _material(request, pk)
    operations.mark_ready(material, actor=request.actor, at=request.at)
    return _saved(request, material.version.course_id, Component.MATERIAL)


@require_POST
@guarded("course.contribute")
def drop(request: Request, pk: int) -> HttpResponseRedirect:
    """Take a piece of material out."""
    material = _material(request, pk)
    course = material.version.course_id
    operations.drop_material(material, actor=request.actor, at=request.at)
    return _saved(request, course, Component.MATERIAL)
