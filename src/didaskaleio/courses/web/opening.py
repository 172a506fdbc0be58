"""Pages of an officer: a new course, its details, its team of authors and approvers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from didaskaleio.courses import operations, queries
from didaskaleio.courses.models import Course
from didaskaleio.courses.web.forms import CourseForm, MemberForm
from didaskaleio.courses.web.rows import crumbs_of, team_rows
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request
from didaskaleio.people.queries import find_people

FOUND = 12


@guarded("course.begin", about_object=False)
def new_course(request: Request) -> HttpResponse:
    """«Νέο θεματικό αντικείμενο»: title, code, level, body; then its team."""
    form = CourseForm(queries.bodies_of(request.actor), request.POST or None)
    if request.method == "POST" and form.is_valid():
        body = form.cleaned_data.pop("body")
        try:
            made = operations.begin(body, actor=request.actor, at=request.at, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("code", str(refusal))
        else:
            messages.success(request, "Το αντικείμενο άνοιξε. Ορίστε τώρα την ομάδα του.")
            return redirect("courses:team", made.pk)
    return render(request, "courses/new.html", {"form": form} | _back(reverse("courses:courses")))


@guarded("course.offer")
def amend(request: Request, pk: int) -> HttpResponse:
    """Title, code and level, as long as no version has been approved."""
    course = one(request, "course.offer", Course.objects.select_related("body"), pk=pk)
    shown = {"title": course.title, "code": course.code, "level": course.level}
    form = CourseForm(None, request.POST or None, initial=shown)
    if request.method == "POST" and form.is_valid():
        try:
            operations.amend(course, actor=request.actor, at=request.at, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("code", str(refusal))
        else:
            messages.success(request, "Τα στοιχεία αποθηκεύτηκαν.")
            return redirect("courses:course", pk)
    context = {"form": form, "course": course, "crumbs": crumbs_of(course, "Στοιχεία")}
    context |= _back(reverse("courses:course", args=[pk]))
    return render(request, "courses/new.html", context)


def _back(url: str) -> dict[str, Any]:
    return {"cancel_url": url}


@guarded("course.team")
def team(request: Request, pk: int) -> HttpResponse:
    """The team: who writes, who approves; people are searched and named with a reason."""
    course = one(request, "course.team", Course.objects.select_related("body"), pk=pk)
    found = list(find_people(_asked(request)).filter(is_active=True)[: FOUND + 1])
    form = MemberForm(found[:FOUND], request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.assign(course, actor=request.actor, at=request.at, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Το πρόσωπο ορίστηκε και ειδοποιείται.")
            return redirect("courses:team", pk)
    context = {"course": course, "form": form, "found": len(found), "more": len(found) > FOUND}
    context |= {"q": _asked(request), "team": team_rows(course, request.at)}
    context["crumbs"] = crumbs_of(course, "Ομάδα")
    return render(request, "courses/team.html", context)


def _asked(request: Request) -> str:
    return request.GET.get("q", "").strip()[:80]


@require_POST
@guarded("course.team")
def release(request: Request, pk: int, post: int) -> HttpResponseRedirect:
    """End a post of the team, with a reason."""
    course = one(request, "course.team", Course.objects.all(), pk=pk)
    held = one(request, "post.withdraw", queries.team(course, at=request.at), pk=post)
    reason = request.POST.get("reason", "")[:500]
    operations.release(course, held, actor=request.actor, at=request.at, reason=reason)
    messages.success(request, "Ο ρόλος αφαιρέθηκε.")
    return HttpResponseRedirect(reverse("courses:team", args=[pk]))
