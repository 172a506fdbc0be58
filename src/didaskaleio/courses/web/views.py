"""Pages of courses: list, one version with its nine components, differences, public page."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate

from didaskaleio.courses import profiles, queries
from didaskaleio.courses.enums import CourseState
from didaskaleio.courses.lifecycle import COURSE
from didaskaleio.courses.models import Course, CourseVersion
from didaskaleio.courses.operations import WRITABLE
from didaskaleio.courses.versions import compare
from didaskaleio.courses.web.rows import crumbs_of, team_rows
from didaskaleio.kernel import access, journal, links
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.spaces import queries as spaces
from didaskaleio.kernel.web.guard import guarded, one, public, rows
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.steps import buttons


@guarded("course.pages", about_object=False)
def course_list(request: Request) -> HttpResponse:
    """The courses that I write, approve or offer."""
    found = queries.listed(rows(request, "course.read", Course.objects.all()))
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "cycle": COURSE,
        "may_begin": access.allowed(request.actor, "course.begin"),
    }
    return render(request, "courses/courses.html", context)


@guarded("course.read")
def course(request: Request, pk: int, number: int | None = None) -> HttpResponse:
    """One version of a course: nine components, what is missing, steps, history."""
    found = Course.objects.select_related("body", "current")
    the = one(request, "course.read", found, pk=pk)
    version = _version(the, number)
    context = {
        "states": CourseState,
        "steps": buttons(request, COURSE, the),
        "entries": (journal.of(the) | journal.of(version))[:30],
        "versions": the.versions.all(),
        "previous": version.number > 1,
        "team": team_rows(the, request.at),
        "crumbs": crumbs_of(the),
        "links": links.of(the, request.actor),
    }
    context |= _components(the, version) | _doors(request, the, version)
    context |= _revision(request, the, version)
    return render(request, "courses/course.html", context)


def _components(the: Course, version: CourseVersion) -> dict[str, Any]:
    """What a version says, with its profiles and hours in words."""
    return {
        "course": the,
        "version": version,
        "cycle": COURSE,
        "trainees": profiles.parse(version.trainee_profile).in_words(),
        "trainers": profiles.parse(version.trainer_profile).in_words(),
        "ratio": queries.ratio_of(version),
    }


def _doors(request: Request, the: Course, version: CourseVersion) -> dict[str, Any]:
    """What the person may change here, and what a version that is being written lacks."""
    writing = version.pk == the.draft_id and the.state in WRITABLE
    unapproved = the.current_id is None
    parts = queries.writable_parts(the, version, request.actor) if writing else set()
    judged = version.pk == the.draft_id and the.state == CourseState.IN_APPROVAL
    return {
        "remarks": queries.remarks_by_component(version),
        "unanswered": queries.unanswered(version) + queries.unfinished(version) if writing else [],
        "work": queries.work_by_component(version),
        "today": localdate(request.at),
        "writable": parts,
        "may_revise": COURSE.can("start_revision", the, request.actor, request.at),
        "may_find": the.current_id is not None
        and access.allowed(request.actor, "course.find", the),
        "spaces": spaces.of(the) if the.current_id is not None else None,
        "may_assign": writing and access.allowed(request.actor, "course.assign", the),
        "may_remark": judged and access.allowed(request.actor, "course.approve", the),
        "gaps": queries.gaps(version) if writing else [],
        "material_gaps": queries.material_gaps(version) if writing else [],
        "may_test": version.pk == (the.draft_id or the.current_id),
        "may_team": access.allowed(request.actor, "course.team", the),
        "may_amend": unapproved and access.allowed(request.actor, "course.offer", the),
    }


def _revision(request: Request, the: Course, version: CourseVersion) -> dict[str, Any]:
    """Of a revision: the findings it answers; before its approval, what it touches."""
    written = version.pk == the.draft_id
    revising = written and the.state == CourseState.UNDER_REVISION
    context: dict[str, Any] = {
        "answers": version.answers.select_related("version", "settled_by"),
        "open_findings": queries.open_findings(the).count(),
        "finding_gaps": queries.unanswered_findings(the, version) if revising else [],
    }
    if written and the.current is not None:
        old = queries.complete(the.versions.filter(pk=the.current.pk)).get()
        found = compare(queries.components(old), queries.components(version))
        context["touched"] = [change.title for change in found]
        context["excerpts"] = links.excerpts(the, request.actor, request.at)
    return context


def _version(the: Course, number: int | None) -> CourseVersion:
    """The version asked for, else the one being written, else the current one."""
    versions = queries.complete(CourseVersion.objects.filter(course=the))
    wanted = {"number": number} if number else {"pk": the.draft_id or the.current_id or 0}
    version = versions.filter(**wanted).first()
    if version is None:
        raise Http404
    return version


@guarded("course.read")
def changes(request: Request, pk: int, number: int | None = None) -> HttpResponse:
    """What a version (the latest, if none is named) changes against the one before it."""
    the = one(request, "course.read", Course.objects.select_related("body"), pk=pk)
    new = _version(the, number)
    before = queries.complete(the.versions.filter(number__lt=new.number))
    old = before.order_by("-number").first()
    if old is None:
        raise Http404
    found = compare(queries.components(old), queries.components(new))
    context = {"course": the, "old": old, "new": new, "changes": found}
    return render(request, "courses/changes.html", context | {"crumbs": crumbs_of(the, "Διαφορές")})


@public
def about(request: Request, pk: int) -> HttpResponse:
    """The public page of a course: its current, approved version."""
    the = one(request, "course.sheet", Course.objects.select_related("body"), pk=pk)
    version = queries.complete(CourseVersion.objects.filter(pk=the.current_id or 0)).get()
    context = _components(the, version)
    context["may_kit"] = access.allowed(request.actor, "course.kit", the)
    return render(request, "courses/about.html", context)
