"""Assigned work (αναθέσεις): who writes which component of a draft, by when; one's own work."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST

from didaskaleio.courses import operations, queries
from didaskaleio.courses.enums import Component
from didaskaleio.courses.models import Assignment, Course
from didaskaleio.courses.web.forms import DeadlineForm, WorkForm
from didaskaleio.courses.web.rows import crumbs_of
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request


@guarded("own.pages", about_object=False)
def my_work(request: Request) -> HttpResponse:
    """«Οι αναθέσεις μου»: what I owe first, then what I have finished."""
    rows = queries.work_of(request.actor.person_id)
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    context = {"page": page, "today": localdate(request.at)}
    return render(request, "courses/my_work.html", context)


@guarded("course.assign")
def work(request: Request, pk: int) -> HttpResponse:
    """Every component of the draft with the people who write it; a new assignment."""
    course = one(request, "course.assign", Course.objects.select_related("draft"), pk=pk)
    version = course.draft
    if version is None or course.state not in operations.WRITABLE:
        raise Http404
    known = queries.known_people(course, at=request.at)
    first = {"component": request.GET.get("component", "")}
    form = WorkForm(known, request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.assign_work(
                version,
                actor=request.actor,
                at=request.at,
                **{name: form.cleaned_data[name] for name in ("component", "person", "due_on")},
                task=form.cleaned_data["task"],
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Η ανάθεση έγινε και ειδοποιείται: {made.person}.")
            return redirect("courses:work", pk)
    held = queries.work_by_component(version)
    parts = [(Component(part).label, rows) for part, rows in held.items()]
    context = {"course": course, "version": version, "form": form, "parts": parts}
    context |= {"today": localdate(request.at), "crumbs": crumbs_of(course, "Αναθέσεις")}
    return render(request, "courses/work.html", context)


def _assignment(request: Request, permission: str, pk: int) -> Assignment:
    row = Assignment.objects.select_related("version__course", "person").filter(pk=pk).first()
    if row is None:
        raise Http404
    one(request, permission, Course.objects.all(), pk=row.version.course_id)
    return row


@require_POST
@guarded("course.contribute")
def finish(request: Request, pk: int) -> HttpResponseRedirect:
    """«Ολοκληρώθηκε», by the person whose work it is, or by an author for them."""
    row = _assignment(request, "course.contribute", pk)
    operations.finish_work(row, actor=request.actor, at=request.at)
    messages.success(request, "Η ανάθεση ολοκληρώθηκε.")
    page = reverse("courses:course", args=[row.version.course_id])
    return HttpResponseRedirect(f"{page}#part-{row.component}")


@require_POST
@guarded("course.assign")
def extend(request: Request, pk: int) -> HttpResponseRedirect:
    """A new deadline, also for work that was done."""
    row = _assignment(request, "course.assign", pk)
    form = DeadlineForm(request.POST)
    if not form.is_valid():
        raise Refusal("Γράψτε τη νέα προθεσμία ως ημερομηνία.")
    operations.extend_work(row, actor=request.actor, at=request.at, **form.cleaned_data)
    messages.success(request, "Η νέα προθεσμία δόθηκε.")
    return HttpResponseRedirect(reverse("courses:work", args=[row.version.course_id]))


@require_POST
@guarded("course.assign")
def withdraw(request: Request, pk: int) -> HttpResponseRedirect:
    """Take an assignment back, with a reason."""
    row = _assignment(request, "course.assign", pk)
    reason = request.POST.get("reason", "")[:500]
    operations.withdraw_work(row, reason=reason, actor=request.actor, at=request.at)
    messages.success(request, "Η ανάθεση ανακλήθηκε.")
    return HttpResponseRedirect(reverse("courses:work", args=[row.version.course_id]))
