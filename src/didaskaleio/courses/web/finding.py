"""Findings of evaluation (ευρήματα) of a course, and the revision that begins with them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from didaskaleio.courses import operations, queries
from didaskaleio.courses.enums import CourseState
from didaskaleio.courses.lifecycle import COURSE
from didaskaleio.courses.models import Course, Finding
from didaskaleio.courses.web.forms import FindingForm, RevisionForm
from didaskaleio.courses.web.rows import crumbs_of
from didaskaleio.kernel import access, links
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request

LONGEST = 2_000


@guarded("course.find")
def findings(request: Request, pk: int) -> HttpResponse:
    """The findings of a course, open ones first by weight; a new one."""
    course = one(request, "course.find", Course.objects.select_related("current", "draft"), pk=pk)
    form = FindingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.find(course, actor=request.actor, at=request.at, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Το εύρημα καταγράφηκε.")
            return redirect("courses:findings", pk)
    settled = queries.findings(course).exclude(revision=None, dismissed="")
    context = {"course": course, "form": form, "crumbs": crumbs_of(course, "Ευρήματα")}
    context |= {"open": queries.open_findings(course)[:100]}
    context |= {"page": Paginator(settled, 25).get_page(request.GET.get("page"))}
    return render(request, "courses/findings.html", context | _may(request, course))


def _may(request: Request, course: Course) -> dict[str, Any]:
    """What the person may decide about findings now."""
    writes = access.allowed(request.actor, "course.write", course)
    return {
        "may_answer": writes and course.state == CourseState.UNDER_REVISION,
        "may_revise": COURSE.can("start_revision", course, request.actor, request.at),
        "may_dismiss": access.allowed(request.actor, "course.dismiss", course),
    }


@guarded("course.write")
def revise(request: Request, pk: int) -> HttpResponse:
    """«Έναρξη αναθεώρησης»: why, which findings it answers, and what stands on the course."""
    course = one(request, "course.write", Course.objects.select_related("current"), pk=pk)
    if not COURSE.can("start_revision", course, request.actor, request.at):
        raise Http404
    form = RevisionForm(queries.open_findings(course), request.POST or None)
    if request.method == "POST" and form.is_valid():
        operations.start_revision(course, actor=request.actor, at=request.at, **form.cleaned_data)
        messages.success(request, "Η αναθεώρηση άρχισε. Γράψτε τις αλλαγές στη νέα έκδοση.")
        return redirect("courses:course", pk)
    context = {"form": form, "course": course, "crumbs": crumbs_of(course, "Αναθεώρηση")}
    context |= {"excerpts": links.excerpts(course, request.actor, request.at)}
    return render(request, "courses/revise.html", context)


def _finding(request: Request, permission: str, pk: int) -> Finding:
    row = Finding.objects.select_related("version__course").filter(pk=pk).first()
    if row is None:
        raise Http404
    one(request, permission, Course.objects.all(), pk=row.version.course_id)
    return row


def _back(request: Request, row: Finding, done: str) -> HttpResponseRedirect:
    messages.success(request, done)
    return HttpResponseRedirect(reverse("courses:findings", args=[row.version.course_id]))


@require_POST
@guarded("course.write")
def place(request: Request, pk: int) -> HttpResponseRedirect:
    """Take a finding into the revision, or leave it out."""
    row = _finding(request, "course.write", pk)
    act = operations.leave_out if request.POST.get("act") == "leave_out" else operations.take_up
    act(row, actor=request.actor, at=request.at)
    return _back(request, row, "Η αναθεώρηση ενημερώθηκε.")


@require_POST
@guarded("course.write")
def answer(request: Request, pk: int) -> HttpResponseRedirect:
    """What the revision changed for the finding."""
    row = _finding(request, "course.write", pk)
    text = request.POST.get("text", "")[:LONGEST]
    operations.answer_finding(row, text=text, actor=request.actor, at=request.at)
    return _back(request, row, "Η απάντηση γράφτηκε.")


@require_POST
@guarded("course.dismiss")
def dismiss(request: Request, pk: int) -> HttpResponseRedirect:
    """Decide, with a reason, that a finding leads to no change."""
    row = _finding(request, "course.dismiss", pk)
    reason = request.POST.get("reason", "")[:LONGEST]
    operations.dismiss(row, reason=reason, actor=request.actor, at=request.at)
    return _back(request, row, "Η απόφαση γράφτηκε.")
