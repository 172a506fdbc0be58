"""Pages of an author: texts, objectives, syllabus, profiles, material of the draft version."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from didaskaleio.courses import operations
from didaskaleio.courses.models import Course, CourseVersion, Material
from didaskaleio.courses.web.forms import (
    MaterialForm,
    TextsForm,
    UploadForm,
    rules_of,
    shown_rules,
)
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request

SPARE = 3


def _draft(request: Request, pk: int) -> CourseVersion:
    course = one(request, "course.write", Course.objects.select_related("draft__course"), pk=pk)
    if course.draft is None:
        raise Http404
    return course.draft


def _saved(request: Request, pk: int) -> HttpResponseRedirect:
    messages.success(request, "Αποθηκεύτηκε.")
    return redirect("courses:course", pk)


@guarded("course.write")
def texts(request: Request, pk: int) -> HttpResponse:
    """Texts, hours and their ratio."""
    version = _draft(request, pk)
    shown = CourseVersion.objects.get(pk=version.pk)
    form = TextsForm(request.POST or None, instance=shown)
    if request.method == "POST" and form.is_valid():
        operations.write(version, actor=request.actor, at=request.at, **form.cleaned_data)
        return _saved(request, pk)
    return render(request, "courses/texts.html", {"form": form, "version": version})


@guarded("course.write")
def objectives(request: Request, pk: int) -> HttpResponse:
    """Learning objectives, one a line."""
    version = _draft(request, pk)
    if request.method == "POST":
        lines = request.POST.get("objectives", "").splitlines()
        operations.write_objectives(version, lines, actor=request.actor, at=request.at)
        return _saved(request, pk)
    text = "\n".join(row.text for row in version.objectives.all())
    return render(
        request, "courses/objectives.html", {"text": text, "version": version, "form": Form()}
    )


@guarded("course.write")
def syllabus(request: Request, pk: int) -> HttpResponse:
    """Units of the syllabus with their hours, in order."""
    version = _draft(request, pk)
    if request.method == "POST":
        rows = _units(request)
        operations.write_units(version, rows, actor=request.actor, at=request.at)
        return _saved(request, pk)
    units = list(version.units.all())
    shown = [*units, *[None] * SPARE]
    total = sum(unit.hours for unit in units)
    context = {"rows": shown, "version": version, "total": total, "form": Form()}
    return render(request, "courses/units.html", context)


def _units(request: Request) -> list[dict[str, Any]]:
    post = request.POST.getlist
    found = []
    for title, summary, hours in zip(post("title"), post("summary"), post("hours"), strict=False):
        if not title.strip():
            continue
        if not hours.isdigit():
            raise Refusal(f"«{title}»: δώστε τις ώρες με ακέραιο αριθμό.")
        found.append({"title": title.strip(), "summary": summary.strip(), "hours": int(hours)})
    return found


@guarded("course.write")
def profile(request: Request, pk: int, which: str) -> HttpResponse:
    """The rules of a profile, ticked and detailed."""
    version = _draft(request, pk)
    if which not in {"trainee", "trainer"}:
        raise Http404
    if request.method == "POST":
        rules = rules_of(request.POST)
        operations.write_profile(version, which, rules, actor=request.actor, at=request.at)
        return _saved(request, pk)
    context = {
        "version": version,
        "which": which,
        "form": Form(),
        "rules": shown_rules(getattr(version, f"{which}_profile")),
    }
    return render(request, "courses/profile.html", context)


@guarded("course.write")
def add_material(request: Request, pk: int) -> HttpResponse:
    """Foresee a piece of material."""
    version = _draft(request, pk)
    form = MaterialForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        operations.plan_material(version, actor=request.actor, at=request.at, **form.cleaned_data)
        return _saved(request, pk)
    return render(request, "courses/material.html", {"form": form, "version": version})


def _material(request: Request, pk: int) -> Material:
    material = Material.objects.select_related("version__course").filter(pk=pk).first()
    if material is None:
        raise Http404
    one(request, "course.write", Course.objects.all(), pk=material.version.course_id)
    return material


@guarded("course.write")
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
        return _saved(request, material.version.course_id)
    context = {"form": form, "version": material.version, "material": material}
    return render(request, "courses/material.html", context)


@require_POST
@guarded("course.write")
def drop(request: Request, pk: int) -> HttpResponseRedirect:
    """Take a piece of material out."""
    material = _material(request, pk)
    course = material.version.course_id
    operations.drop_material(material, actor=request.actor, at=request.at)
    return _saved(request, course)
