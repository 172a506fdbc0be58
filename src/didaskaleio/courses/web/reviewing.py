"""Remarks of a review, written on the very component: remark, answer, resolution."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from didaskaleio.courses import operations
from didaskaleio.courses.models import Course, CourseVersion, Remark
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request

LONGEST = 2_000


def _draft(request: Request, permission: str, pk: int) -> CourseVersion:
    course = one(request, permission, Course.objects.select_related("draft"), pk=pk)
    if course.draft is None:
        raise Http404
    return course.draft


def _remark(version: CourseVersion, pk: int) -> Remark:
    found = version.remarks.select_related("version").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _text(request: Request) -> str:
    return request.POST.get("text", "")[:LONGEST]


def _back(request: Request, pk: int, part: str, done: str) -> HttpResponseRedirect:
    messages.success(request, done)
    return HttpResponseRedirect(f"{reverse('courses:course', args=[pk])}#part-{part}")


@require_POST
@guarded("course.approve")
def remark(request: Request, pk: int) -> HttpResponseRedirect:
    """A remark on one component of the version in approval."""
    version = _draft(request, "course.approve", pk)
    part = request.POST.get("component", "")
    made = operations.remark(
        version, component=part, text=_text(request), actor=request.actor, at=request.at
    )
    return _back(request, pk, made.component, "Η παρατήρηση γράφτηκε.")


@require_POST
@guarded("course.contribute")
def answer(request: Request, pk: int, remark: int) -> HttpResponseRedirect:
    """An author's answer to a remark."""
    row = _remark(_draft(request, "course.contribute", pk), remark)
    operations.answer(row, text=_text(request), actor=request.actor, at=request.at)
    return _back(request, pk, row.component, "Η απάντηση γράφτηκε.")


@require_POST
@guarded("course.approve")
def resolve(request: Request, pk: int, remark: int) -> HttpResponseRedirect:
    """The remark is resolved."""
    row = _remark(_draft(request, "course.approve", pk), remark)
    operations.resolve(row, actor=request.actor, at=request.at)
    return _back(request, pk, row.component, "Η παρατήρηση έκλεισε.")
