"""The trainee's pages: my attendance, an excuse, a dispute."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.db.models import Max, OuterRef, Q, Subquery
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from didaskaleio.delivery import operations, queries
from didaskaleio.delivery.enums import SessionState
from didaskaleio.delivery.lifecycle import SETTLED
from didaskaleio.delivery.models import Attendance, AttendanceSheet
from didaskaleio.delivery.web import forms, show
from didaskaleio.enrolment.enums import ApplicationState
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.limits import UPLOADS, by_person, limited
from didaskaleio.programmes import parameters

SHOWN = (*queries.TAKING_PART, ApplicationState.REMOVED)


@guarded("delivery.mine", about_object=False)
def mine(request: Request) -> HttpResponse:
    """My attendance: how I stand to the limit, session by session, in each programme."""
    rows = ParticipationApplication.objects.filter(
        Q(state__in=SHOWN) | Q(attendance__isnull=False), person_id=request.actor.user_id or 0
    )
    rows = rows.annotate(begins=Max("period__first_day")).order_by("-begins", "-pk").distinct()
    found = rows.select_related(
        "programme__centre", "programme__cluster", "programme__category", "period__action"
    )
    programmes = [_programme(application, request.at) for application in found]
    return render(request, "delivery/mine.html", {"programmes": programmes})


def _programme(application: ParticipationApplication, at: datetime) -> dict[str, Any]:
    latest = AttendanceSheet.objects.filter(session=OuterRef("session")).order_by("-version")
    rows = (
        Attendance.objects.filter(application=application)
        .select_related(
            "session__programme__centre",
            "session__programme__cluster",
            "session__task",
            "session__recording",
        )
        .prefetch_related("excuses", "disputes")
        .annotate(signed_at=Subquery(latest.values("signed_at")[:1]))
        .order_by("session__starts_at")
    )
    standing = queries.absence_of(application, at)
    settled = (*SETTLED, SessionState.NOT_HELD, SessionState.CANCELLED)
    numbers = parameters.of(application.period.action, at)
    lines = [_line(row, numbers, standing.rules, at) for row in rows]
    ahead = [line for line in lines if line["session"].state not in settled]
    return {
        "application": application,
        "programme": application.programme or (rows[0].session.programme if rows else None),
        "stopped": application.state == ApplicationState.CANCELLED,
        "standing": standing,
        "width": show.width(standing),
        "warn_mark": f"{100 * standing.rules.warn_at / max(standing.limit, 1):.1f}",
        "done": [line for line in reversed(lines) if line["session"].state in settled],
        "ahead": ahead,
        "recording_days": numbers.recording_days if any(x["recorded"] for x in ahead) else 0,
    }


def _line(row: Any, numbers: Any, rules: Any, at: datetime) -> dict[str, Any]:
    settled = row.session.state in SETTLED
    return {
        "row": row,
        "session": row.session,
        "when": show.when(row.session),
        "settled": settled,
        "kind": show.KINDS[row.mark],
        "hours": queries.hours_of(queries.entry_of(row), rules) if settled else None,
        "task": getattr(row.session, "task", None),
        "recording": queries.recordings.for_group(row.session),
        "recorded": queries.recordings.will_be(row.session, at, numbers),
        "own": show.own_work(row, row.session) if settled else "",
        **_acts(row, numbers, at),
    }


def _acts(row: Any, numbers: Any, at: datetime) -> dict[str, Any]:
    """What the person did about this row and what the days still allow."""
    signed = row.signed_at if row.session.state in SETTLED else None
    excuses, disputes = list(row.excuses.all()), list(row.disputes.all())
    may_excuse = row.mark == "absent" and not any(e.state == "submitted" for e in excuses)
    may_dispute = not any(d.state == "open" for d in disputes)
    in_time = signed is not None and at <= signed + timedelta(days=numbers.excuse_days)
    disputable = signed is not None and at <= signed + timedelta(days=numbers.dispute_days)
    found = {
        "excuses": excuses,
        "disputes": disputes,
        "may_excuse": may_excuse and in_time,
        "may_dispute": may_dispute and disputable,
    }
    return found | {"acts": any(found.values())}


def _row(request: Request, pk: int) -> Attendance:
    rows = Attendance.objects.select_related("session__programme__period__action", "application")
    return one(request, "attendance.own", rows.filter(session__state__in=SETTLED), pk=pk)


@guarded("attendance.own")
@limited(UPLOADS, by_person)
def excuse(request: Request, pk: int) -> HttpResponse:
    """Excuse an absence with a document."""
    row = _row(request, pk)
    form = forms.ExcuseForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        operations.excuse(
            row,
            text=form.cleaned_data["text"],
            upload=upload,
            name=upload.name,
            actor=request.actor,
            at=request.at,
        )
        messages.success(request, "Η δικαιολόγηση υποβλήθηκε. Θα ειδοποιηθείτε για την απόφαση.")
        return redirect("delivery:mine")
    ends = operations.deadline(row, request.at, days="excuse_days")
    rules = queries.rules_for(row.session.programme.period.action, request.at)
    numbers = {"excused_counts": rules.excused_counts, "limit": rules.limit}
    return render(request, "delivery/excuse_form.html", _about(row, form, ends) | numbers)


@guarded("attendance.own")
def dispute(request: Request, pk: int) -> HttpResponse:
    """Dispute a signed mark."""
    row = _row(request, pk)
    form = forms.DisputeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        operations.dispute(row, text=text, actor=request.actor, at=request.at)
        messages.success(request, "Η αντίρρηση υποβλήθηκε. Θα ειδοποιηθείτε για την απόφαση.")
        return redirect("delivery:mine")
    ends = operations.deadline(row, request.at, days="dispute_days")
    return render(request, "delivery/dispute_form.html", _about(row, form, ends))


def _about(row: Attendance, form: Any, ends: datetime | None) -> dict[str, Any]:
    return {
        "row": row,
        "session": row.session,
        "form": form,
        "ends": ends,
        "when": show.when(row.session),
        "cancel_url": reverse("delivery:mine"),
    }
