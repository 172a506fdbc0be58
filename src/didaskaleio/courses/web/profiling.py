"""Pages of a profile: its rules as cards, read live in words; whether a person would pass."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST

from didaskaleio.courses import operations, profiles, queries
from didaskaleio.courses.models import Course, CourseVersion
from didaskaleio.courses.queries import cards
from didaskaleio.courses.web.profile_forms import InventedForm, initial_of
from didaskaleio.courses.web.rows import crumbs_of
from didaskaleio.kernel import access
from didaskaleio.kernel.errors import OvertakenError
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request, number
from didaskaleio.kernel.web.overtaking import opened, seen
from didaskaleio.people.models import Person
from didaskaleio.people.queries import find_people

HEADINGS = {"trainee": "Προφίλ εκπαιδευομένων", "trainer": "Προφίλ εκπαιδευτών"}
FOUND = 8
ALL = profiles.KINDS


def _draft(request: Request, pk: int, which: str) -> CourseVersion:
    found = Course.objects.select_related("draft__course")
    course = one(request, "course.contribute", found, pk=pk)
    version = course.draft
    if version is None or which not in HEADINGS:
        raise Http404
    if not queries.may_write(course, version, which, request.actor):
        raise Http404
    return version


@guarded("course.contribute")
def profile(request: Request, pk: int, which: str) -> HttpResponse:
    """The rules of a profile: added, filled in, put in order, removed; saved together."""
    version = _draft(request, pk, which)
    stored = getattr(version, f"{which}_profile")
    edit = cards.edited(request.POST if request.method == "POST" else None, stored, ALL)
    refused = _save(request, version, which, edit) if edit.saves else None
    if edit.saves and refused is None:
        return redirect("courses:course", pk)
    context = _page(request, version, which, edit)
    theirs = [("Κανόνες", "\n".join(profiles.parse(stored).in_words()))]
    overtaken = refused if isinstance(refused, OvertakenError) else None
    context |= opened(request, version, operations.act_of(which), overtaken, theirs)
    return render(request, "courses/profile.html", context)


def _save(
    request: Request, version: CourseVersion, which: str, edit: cards.Edited
) -> Exception | None:
    """Save the rules, or the refusal that the page shows."""
    by: dict[str, Any] = {"actor": request.actor, "at": request.at, "seen": seen(request)}
    try:
        operations.write_profile(version, which, cards.rules_of(edit.cards), **by)
    except OvertakenError as refusal:
        return refusal
    except profiles.ProfileError as refusal:
        messages.error(request, f"Δεν αποθηκεύτηκε. {refusal}")
        return refusal
    messages.success(request, "Αποθηκεύτηκε.")
    return None


def _page(
    request: Request, version: CourseVersion, which: str, edit: cards.Edited
) -> dict[str, Any]:
    return {
        "version": version,
        "which": which,
        "heading": HEADINGS[which],
        "form": Form(),
        "cards": edit.cards,
        "focus": edit.focus,
        "unsaved": edit.posted,
        "articles": True,
        "trial_url": reverse("courses:profile-trial", args=[version.course_id, which]),
        "clusters": queries.clusters_at(localdate(request.at), version.course.level),
        "kinds": cards.left(edit.cards, ALL),
        "crumbs": crumbs_of(version.course, HEADINGS[which]),
    }


@require_POST
@guarded("course.contribute")
def trial(request: Request, pk: int, which: str) -> HttpResponse:
    """The rules being typed, in words; nothing is saved."""
    one(request, "course.contribute", Course.objects.all(), pk=pk)
    context = {"cards": cards.posted_cards(request.POST, ALL), "which": which}
    return render(request, "courses/profile_words.html", context)


@guarded("course.read")
def test(request: Request, pk: int, which: str) -> HttpResponse:
    """«Θα γινόταν δεκτός/ή;»: the rules on an invented person, or on one whom I may see."""
    course = one(request, "course.read", Course.objects.select_related("draft", "current"), pk=pk)
    version = course.draft or course.current
    if version is None or which not in HEADINGS:
        raise Http404
    day = localdate(request.at)
    person = _person(request)
    asked = "check" in request.GET
    known = initial_of(queries.profile_facts(person, day, course.level)) if person else {}
    form = InventedForm(day, course.level, request.GET if asked else None, initial=known)
    rules = profiles.parse(getattr(version, f"{which}_profile"))
    findings = rules.check(form.facts(), form.target()) if asked and form.is_valid() else None
    context = {"course": course, "version": version, "which": which, "form": form}
    context |= {"heading": HEADINGS[which], "rules": rules.in_words(), "findings": findings}
    context["accepted"] = findings is not None and all(each.fulfilled for each in findings)
    context |= {"person": person, "found": _found(request), "q": request.GET.get("q", "")[:80]}
    context["may_write"] = course.draft is not None and queries.may_write(
        course, course.draft, which, request.actor
    )
    context["crumbs"] = crumbs_of(course, "Δοκιμή του προφίλ")
    return render(request, "courses/profile_test.html", context)


def _person(request: Request) -> Person | None:
    """The person asked for, only if the record may be seen; else nobody."""
    pk = number(request.GET.get("person", ""))
    mine = access.visible(request.actor, "person.view_record", Person.objects.all())
    return mine.filter(pk=pk).first() if pk else None


def _found(request: Request) -> list[Person]:
    """People of the search whose record the person may see, teachers only."""
    found = find_people(request.GET.get("q", "").strip()[:80]).filter(teacher__isnull=False)
    mine = access.visible(request.actor, "person.view_record", Person.objects.all())
    return list(found.filter(pk__in=mine.values("pk"))[:FOUND])
