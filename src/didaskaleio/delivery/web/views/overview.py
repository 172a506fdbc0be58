"""Overviews: the sessions of a programme, exceptions first."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from didaskaleio.delivery import queries
from didaskaleio.delivery.lifecycle import BEFORE, GIVEN_TASK, SESSION, SETTLED
from didaskaleio.delivery.models import TrainingSession
from didaskaleio.delivery.web import show
from didaskaleio.kernel import access, journal
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.steps import buttons
from didaskaleio.programmes.enums import ProgrammeState
from didaskaleio.programmes.lifecycle import PROGRAMME
from didaskaleio.programmes.models import Programme
from didaskaleio.programmes.queries import with_relations

STEPS = {"start", "suspend", "resume", "abort"}


@guarded("programme.read")
def programme(request: Request, pk: int) -> HttpResponse:
    """The sessions of a programme, who stands how to the limit, and the acts on the whole."""
    found = one(request, "programme.read", with_relations(Programme.objects.all()), pk=pk)
    sessions = TrainingSession.objects.filter(programme=found).order_by("starts_at", "pk")
    named = access.allowed(request.actor, "programme.roll", found)
    absences = queries.absences_of(found, request.at) if named else []
    return render(
        request,
        "delivery/programme.html",
        {
            "programme": found,
            "cycle": SESSION,
            "programme_cycle": PROGRAMME,
            "named": named,
            "sessions": [_line(s, named=named) for s in queries.with_tally(sessions)],
            "absences": [(a, show.width(a.standing)) for a in absences],
            "to_replace": [
                (session, SESSION.can("replace", session, request.actor, request.at))
                for session in sessions.filter(state="not_held", programme__state="running")
            ],
            "next": _next(request, sessions),
            "coordinates": access.allowed(request.actor, "programme.coordinate", found),
            "entries": journal.of(found)[:15],
            "states": ProgrammeState,
            "crumbs": show.crumbs((found.code, "")),
            **_start(request, found),
        },
    )


def _next(request: Request, sessions: QuerySet[TrainingSession]) -> TrainingSession | None:
    """The next session that another trainer may be asked to take over, with the rest after it."""
    ahead = sessions.filter(state__in=BEFORE, starts_at__gt=request.at)
    found = access.visible(request.actor, "session.substitute", ahead).first()
    may = found is not None and queries.substitutions.may_substitute(found, request.at)
    return found if may else None


def _line(session: Any, *, named: bool) -> dict[str, Any]:
    return {
        "session": session,
        "when": show.when(session),
        "settled": session.state in SETTLED,
        "linked": named,
    }


def _start(request: Request, found: Programme) -> dict[str, Any]:
    waiting = found.state == ProgrammeState.ENROLLING
    conditions = queries.start_conditions(found, request.at) if waiting else []
    ready = all(condition.fulfilled for condition in conditions)
    steps = [
        step
        for step in buttons(request, PROGRAMME, found)
        if step.name in STEPS and (step.name != "start" or ready)
    ]
    return {"conditions": conditions, "steps": steps}


@guarded("delivery.exceptions", about_object=False)
def exceptions(request: Request) -> HttpResponse:
    """What needs somebody's eye, the most serious first; one whole group by ``?group=``."""
    text = request.GET.get("q", "").replace("\0", "").strip()[:80]
    asked = queries.exceptions.Question(request.actor, request.at, text)
    if request.GET.get("group", "") in queries.exceptions.SOURCES:
        return _group(request, asked, request.GET["group"])
    found = queries.exceptions.groups(asked)
    over = [row for group in found if group.name == "over" for row in group.rows]
    lines = queries.coordination.with_tasks(request.actor, [(g.name, g.rows) for g in found])
    context = {
        "groups": [(group, lines[group.name]) for group in found],
        "removes": _removable(request, over),
        "text": text,
        "task_cycle": GIVEN_TASK,
    }
    return render(request, "delivery/exceptions.html", context)


def _group(request: Request, asked: queries.exceptions.Question, name: str) -> HttpResponse:
    rows = queries.exceptions.all_of(name, asked, request.GET.get("order", ""))
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    title, kind, _ = queries.exceptions.SOURCES[name]
    over = list(page) if name == "over" else []
    context = {
        "group": {"name": name, "title": title, "kind": kind},
        "lines": queries.coordination.with_tasks(request.actor, [(name, page.object_list)])[name],
        "task_cycle": GIVEN_TASK,
        "page": page,
        "text": asked.text,
        "removes": _removable(request, over),
        "crumbs": show.crumbs(("Εκκρεμότητες", reverse("delivery:exceptions")), (title, "")),
    }
    return render(request, "delivery/exceptions_group.html", context)


def _removable(request: Request, rows: list[queries.Absence]) -> list[int]:
    return [
        row.application.pk
        for row in rows
        if row.standing.over
        and access.allowed(request.actor, "application.remove", row.application)
    ]
