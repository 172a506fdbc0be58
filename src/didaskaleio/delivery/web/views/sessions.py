"""Pages of one session: the trainer's list, attendance or the sheet, another time."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from didaskaleio.delivery import minutes, operations, queries
from didaskaleio.delivery.enums import SessionState
from didaskaleio.delivery.lifecycle import SESSION, SETTLED, SUBSTITUTION, may_record
from didaskaleio.delivery.models import Substitution, TrainingSession, WorkTask
from didaskaleio.delivery.web import forms, show
from didaskaleio.delivery.web.views import recordings
from didaskaleio.kernel import access, journal
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.steps import Button, buttons

# how much of what waits and of what is ahead stands on one page
WAITING, AHEAD = 50, 100
SUBSTITUTIONS = 5


@guarded("delivery.teaching", about_object=False)
def teaching(request: Request) -> HttpResponse:
    """The trainer's sessions: what waits for a signature, what comes next, what is done."""
    rows = queries.with_programme(TrainingSession.objects.all())
    mine = access.visible(request.actor, "session.teach", rows).filter(
        programme__state__in=["running", "suspended", "completed", "cancelled"]
    )
    ahead = mine.filter(state__in=["planned", "rescheduled"], ends_at__gt=request.at)
    done = queries.with_tally(mine.filter(state__in=SETTLED)).order_by("-starts_at", "-pk")
    return render(
        request,
        "delivery/teaching.html",
        {
            "cycle": SESSION,
            "to_sign": queries.to_sign(mine, request.at).order_by("starts_at", "pk")[:WAITING],
            "asynchronous": queries.without_async(mine).order_by("starts_at", "pk")[:WAITING],
            "waiting": WAITING,
            "ahead": ahead.order_by("starts_at", "pk")[:AHEAD],
            "page": Paginator(done, 25).get_page(request.GET.get("page")),
        },
    )


@guarded("session.read")
def session(request: Request, pk: int) -> HttpResponse:
    """A session: the attendance form for its trainer, otherwise the sheet and its acts."""
    rows = queries.with_programme(TrainingSession.objects.all())
    found = one(request, "session.read", rows, pk=pk)
    teaches = access.allowed(request.actor, "session.teach", found)
    records = teaches and may_record(found, request.at) is None
    marking = records and queries.may_mark(found, request.at)
    template = "delivery/attendance.html" if marking else "delivery/session.html"
    context = _shown(request, found)
    return render(request, template, context | ({} if marking else _sheet(request, found)))


def _shown(request: Request, session: TrainingSession) -> dict[str, Any]:
    people = show.people(session, request.at)
    return {
        "session": session,
        "programme": session.programme,
        "what": show.what(session, show.total_of(session.programme)),
        "when": show.when(session),
        "where": show.where(session),
        "trainees": show.trainees(people),
        "others": show.others(people),
        "counts": show.counts(people),
        "table": show.table(session, people),
        "longest": show.longest(session, request.at),
        "waiting": len(queries.disagreements(session, request.at)),
        "enters": minutes.classroom() is not None and queries.classroom_open(session, request.at),
        "coded": request.at <= session.ends_at,
        **recordings.recorded(request, session),
        "scans": list(session.scans.select_related("file", "by")),
        "may_scan": access.allowed(request.actor, "session.scan", session),
        "may_sign": queries.may_sign(session, request.at),
        "cycle": SESSION,
        "steps": _steps(request, session),
        "entries": journal.of(session)[:20],
        "states": SessionState,
        "crumbs": show.crumbs(
            (session.programme.code, reverse("delivery:programme", args=[session.programme_id])),
            (str(session), ""),
        ),
    }


def _steps(request: Request, session: TrainingSession) -> list[Button]:
    """The open steps; where the signature is open it starts and ends the session by itself."""
    signs = queries.may_sign(session, request.at)
    found = buttons(request, SESSION, session)
    return [button for button in found if not (signs and button.name in {"start", "end"})]


def _sheet(request: Request, session: TrainingSession) -> dict[str, Any]:
    sheets = list(session.sheets.select_related("signed_by", "countersigned_by"))
    latest = sheets[0] if sheets else None
    teaches = access.allowed(request.actor, "session.teach", session)
    manages = access.allowed(request.actor, "session.manage", session)
    open_sheet = latest is not None and latest.countersigned_at is None
    corrects = access.allowed(request.actor, "session.correct", session)
    return {
        "sheets": sheets,
        "may_countersign": manages
        and open_sheet
        and latest is not None
        and latest.signed_by_id != request.actor.user_id,
        "may_correct": corrects and session.state in {"signed", "corrected"},
        "may_confirm_async": teaches
        and session.async_hours > 0
        and session.async_confirmed_at is None
        and session.state in {"signed", "corrected"},
        "may_propose": SESSION.can("reschedule", session, request.actor, request.at),
        "may_replace": SESSION.can("replace", session, request.actor, request.at),
        "teaches": teaches,
        "workless": _workless(session) if teaches else set(),
        "too_late": show.marks_too_late(session) if teaches else [],
        "may_coordinate": corrects,
        **_reports(request, session, teaches=teaches),
        "substitution_cycle": SUBSTITUTION,
        "substitutions": _substitutions(request, session),
        "may_substitute": access.allowed(request.actor, "session.substitute", session)
        and queries.substitutions.may_substitute(session, request.at),
        "may_visit": corrects and queries.visits.may_add(session, request.at),
    }


def _reports(request: Request, session: TrainingSession, *, teaches: bool) -> dict[str, Any]:
    """The trainer's report, what was asked about it, and what may be done."""
    versions = show.reports_of(session)
    changes = bool(versions) and queries.may_change(session)
    waits = any(one.answered_at is None for report in versions for one in report["requests"])
    asks = access.allowed(request.actor, "session_report.ask", session)
    return {
        "reports": versions,
        "may_report": teaches and not versions and queries.may_report(session, request.at),
        "may_correct_report": teaches and changes,
        "may_keep_report": teaches and changes and waits,
        "may_ask_correction": asks and changes and not waits,
    }


def _substitutions(request: Request, session: TrainingSession) -> list[Substitution]:
    """What was asked about who teaches it, as far as the person may read it."""
    rows = queries.substitutions.of_session(session)
    return list(access.visible(request.actor, "substitution.read", rows)[:SUBSTITUTIONS])


def _workless(session: TrainingSession) -> set[int]:
    """Of whom no work was accepted, where a task was set."""
    if not WorkTask.objects.filter(session=session).exists():
        return set()
    return set(queries.without_work(session).values_list("pk", flat=True))


@guarded("session.replace")
def move(request: Request, pk: int) -> HttpResponse:
    """Propose another time, or set the time of a replacement."""
    rows = queries.with_programme(TrainingSession.objects.all())
    found = one(request, "session.replace", rows, pk=pk)
    replacing = found.state == SessionState.NOT_HELD
    step = "replace" if replacing else "reschedule"
    if not SESSION.can(step, found, request.actor, request.at):
        raise Http404
    form = forms.MoveForm(request.POST or None, replacing=replacing)
    if request.method == "POST" and form.is_valid():
        act = operations.replace if replacing else operations.reschedule
        extra = {} if replacing else {"reason": form.cleaned_data["reason"]}
        act(found, actor=request.actor, at=request.at, starts_at=form.moment, **extra)
        return redirect("delivery:session", pk=pk)
    context = {"form": form, "session": found, "replacing": replacing, "when": show.when(found)}
    back = {"cancel_url": reverse("delivery:session", args=[pk])}
    return render(request, "delivery/move.html", context | back)
