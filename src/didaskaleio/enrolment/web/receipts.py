"""My applications: receipts, versions, withdrawal, overview."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from didaskaleio.enrolment import operations
from didaskaleio.enrolment.enums import ApplicationState
from didaskaleio.enrolment.lifecycle import APPLICATION
from didaskaleio.enrolment.models import Submission
from didaskaleio.enrolment.queries import standing as standings
from didaskaleio.enrolment.web.wizard import mine
from didaskaleio.kernel.web.guard import guarded, one, rows
from didaskaleio.kernel.web.http import Request

Response = HttpResponse | HttpResponseRedirect


@guarded("submission.read")
def receipt(request: Request, period: str, version: int) -> HttpResponse:
    """The numbered receipt of one submission."""
    found = Submission.objects.select_related(
        "application__period__action__body", "application__person", "receipt__file"
    )
    row = one(request, "submission.read", found, application__period__code=period, version=version)
    named = standings.listed(row.application.period, row.preferences)
    context = {
        "submission": row,
        "application": row.application,
        "period": row.application.period,
        "programmes": named,
        "editable": standings.still_editable(row.application, request.at),
        "latest": row.pk == row.application.submission_id,
        "cycle": APPLICATION,
        "state": row.application.state,
        "number": row.application.number,
        "number_label": "Αριθμός κλήρωσης",
    }
    return render(request, "enrolment/receipt.html", context)


@guarded("application.write")
def history(request: Request, period: str) -> HttpResponse:
    """Every submitted version with what changed from the one before."""
    application = mine(request, period)
    versions = list(
        rows(request, "submission.read", application.submissions.all())
        .select_related("receipt__file")
        .order_by("version")
    )
    pairs = zip([None, *versions], versions, strict=False)
    lines = [(after, _difference(before, after)) for before, after in pairs]
    context = {"application": application, "period": application.period, "lines": lines[::-1]}
    return render(request, "enrolment/history.html", context)


def _difference(before: Submission | None, after: Submission) -> list[tuple[str, str, str]]:
    """Each preference of the later version: code, kind of change, words."""
    if before is None:
        return [(code, "", f"{n}η") for n, code in enumerate(after.preferences, 1)]
    old = {code: n for n, code in enumerate(before.preferences, 1)}
    lines = []
    for n, code in enumerate(after.preferences, 1):
        was = old.pop(code, None)
        kind = "good" if was is None else "" if was == n else "move"
        words = "νέα" if was is None else "ίδια θέση" if was == n else f"ήταν {was}η"
        lines.append((code, kind, f"{n}η, {words}"))
    return lines + [(code, "bad", f"αφαιρέθηκε, ήταν {n}η") for code, n in old.items()]


@guarded("application.write")
def withdraw(request: Request, period: str) -> Response:
    """Withdraw for good, after a page that says what it means."""
    application = mine(request, period)
    if request.method != "POST":
        context = {"application": application, "period": application.period, "cycle": APPLICATION}
        return render(request, "enrolment/withdraw.html", context)
    operations.withdraw(application, actor=request.actor, at=request.at)
    messages.success(request, "Η αίτησή σας αποσύρθηκε.")
    return HttpResponseRedirect(reverse("enrolment:application"))


@guarded("enrolment.apply", about_object=False)
def overview(request: Request) -> HttpResponse:
    """My applications: the present one with its next act, and the older ones."""
    found = standings.applications_of(request.actor.person_id)
    current = standings.current_period(request.actor.person_id)
    open_now = (
        current is not None
        and current.state == "phase_a"
        and request.at <= current.phase_a_closes
        and all(row.period_id != current.pk for row in found)
    )
    context = {
        "applications": [(row, standings.still_editable(row, request.at)) for row in found],
        "current": current if open_now else None,
        "cycle": APPLICATION,
        "withdrawable": (ApplicationState.SUBMITTED, ApplicationState.RUNNER_UP),
    }
    return render(request, "enrolment/application.html", context)
