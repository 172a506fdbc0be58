"""The officers' pages of the ceremony: announce, extend, reopen, beacon, escrow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from didaskaleio.enrolment import operations
from didaskaleio.enrolment.enums import DrawState
from didaskaleio.enrolment.lifecycle import DRAW
from didaskaleio.enrolment.models import Draw
from didaskaleio.enrolment.queries import results
from didaskaleio.enrolment.web.forms import (
    BeaconForm,
    BeaconRuleForm,
    NewDeadlineForm,
    ReasonForm,
    SecretForm,
)
from didaskaleio.kernel import access, journal
from didaskaleio.kernel.models import Work
from didaskaleio.kernel.web import steps
from didaskaleio.kernel.web.guard import guarded, one, rows
from didaskaleio.kernel.web.http import Request
from didaskaleio.programmes import parameters
from didaskaleio.programmes.enums import PeriodState
from didaskaleio.programmes.models import TrainingPeriod

Response = HttpResponse | HttpResponseRedirect


@guarded("draw.follow")
def ceremonies(request: Request) -> HttpResponse:
    """The draws that I follow, and the periods that wait for their announcement."""
    drafts = TrainingPeriod.objects.filter(state=PeriodState.DRAFT).select_related("action")
    found = rows(request, "draw.follow", results.light()).order_by("-committed_at", "-pk")[:25]
    context = {
        "draws": list(found),
        "drafts": list(rows(request, "period.manage", drafts)[:25]),
        "cycle": DRAW,
    }
    return render(request, "enrolment/ceremonies.html", context)


def _of(request: Request, permission: str, period: str) -> Draw:
    return one(request, permission, results.light(), period__code=period)


@guarded("draw.follow")
def ceremony(request: Request, period: str) -> HttpResponse:
    """The ceremony of one period: what has been done, by whom, and the next act."""
    draw = _of(request, "draw.follow", period)
    conducts = access.allowed(request.actor, "draw.conduct", draw)
    entering = draw.state in {DrawState.FROZEN, DrawState.BEACON_ENTERED}
    context = {
        "draw": draw,
        "period": draw.period,
        "cycle": DRAW,
        "entries": list(journal.of(draw)[:30]),
        "states": DrawState,
        "conducts": conducts,
        "is_ministry": access.allowed(request.actor, "draw.escrow", draw),
        "may_enter": conducts and entering and request.at >= draw.beacon_at,
        "was_first": draw.first_officer_id == request.actor.user_id,
        "beacon_form": BeaconForm(),
        "secret_form": SecretForm(),
        "reason_form": ReasonForm(),
        "demo_beacon": operations.demo_beacon(draw, request.at),
        "steps": steps.buttons(request, DRAW, draw),
        "under_way": _under_way(draw),
    }
    return render(request, "enrolment/ceremony.html", context)


def _under_way(draw: Draw) -> bool:
    failed = draw.work is not None and draw.work.state == Work.State.FAILED
    return draw.state == DrawState.COMPUTING and not failed


@guarded("draw.follow")
def progress(request: Request, period: str) -> HttpResponse:
    """The bar of the computation; when it has ended, the browser reads the whole page anew."""
    draw = _of(request, "draw.follow", period)
    context = {"draw": draw, "period": draw.period, "under_way": _under_way(draw)}
    answer = render(request, "enrolment/ceremony_progress.html", context)
    if not context["under_way"]:
        answer["HX-Refresh"] = "true"
    return answer


def _back(period: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("enrolment:ceremony", args=[period]))


def _rule_of(period: TrainingPeriod, request: Request) -> dict[str, Any]:
    hours = parameters.of(period.action, request.at).beacon_hours
    rule = operations.default_rule(period.phase_a_closes, hours)
    return {
        "source": rule.source,
        "beacon_at": rule.at,
        "pattern": rule.pattern,
        "example": rule.example,
    }


def _page(request: Request, form: forms.Form, act: str, period: TrainingPeriod) -> HttpResponse:
    title, label = TITLES[act]
    context = {"form": form, "period": period, "title": title, "label": label, "act": act}
    return render(request, "enrolment/ceremony_act.html", context)


TITLES = {
    "announce": ("Ανακοίνωση της περιόδου με δέσμευση", "Ανακοίνωση"),
    "extend": ("Παράταση της υποβολής", "Παράταση"),
    "reopen": ("Επαναλειτουργία της υποβολής", "Επαναλειτουργία"),
}


@guarded("period.manage")
def announce(request: Request, period: str) -> Response:
    """Announce a period: commitment and beacon rule."""
    periods = TrainingPeriod.objects.select_related("action")
    found = one(request, "period.manage", periods, code=period)
    form = BeaconRuleForm(request.POST or None, initial=_rule_of(found, request))
    if not form.is_valid():
        return _page(request, form, "announce", found)
    operations.announce(found, actor=request.actor, at=request.at, beacon=form.rule())
    messages.success(request, "Η περίοδος ανακοινώθηκε και η δέσμευση δημοσιεύθηκε.")
    return _back(period)


def _new_deadline(
    request: Request, period: str, act: str, operation: Callable[..., Any]
) -> Response:
    periods = TrainingPeriod.objects.select_related("action")
    found = one(request, "period.manage", periods, code=period)
    moments = {
        "phase_b_opens": found.phase_b_opens,
        "phase_b_closes": found.phase_b_closes,
    }
    form = NewDeadlineForm(request.POST or None, initial=_rule_of(found, request) | moments)
    if not form.is_valid():
        return _page(request, form, act, found)
    made = operation(found, actor=request.actor, at=request.at, **form.facts())
    messages.success(request, f"Δημοσιεύθηκε η πράξη {made.number}: {made.text}")
    return _back(period)


@guarded("period.manage")
def extend(request: Request, period: str) -> Response:
    """Extend phase A by an announced act."""
    return _new_deadline(request, period, "extend", operations.extend)


@guarded("period.manage")
def reopen(request: Request, period: str) -> Response:
    """Reopen phase A after the freeze by an announced act."""
    return _new_deadline(request, period, "reopen", operations.reopen)


@require_POST
@guarded("draw.conduct")
def beacon(request: Request, period: str) -> Response:
    """Enter the beacon: the first officer's entry, or the second's, which decides."""
    draw = _of(request, "draw.conduct", period)
    form = BeaconForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Γράψτε την τιμή της δημόσιας τύχης.")
        return _back(period)
    value = form.cleaned_data["beacon"]
    after = operations.enter_beacon(draw, actor=request.actor, at=request.at, beacon=value)
    level, text = OUTCOMES[DrawState(after.state)]
    messages.add_message(request, level, text)
    return _back(period)


OUTCOMES = {
    DrawState.BEACON_ENTERED: (
        messages.SUCCESS,
        "Η καταχώρισή σας κρατήθηκε. Τώρα καταχωρίζει την τιμή δεύτερο στέλεχος.",
    ),
    DrawState.COMPUTING: (
        messages.SUCCESS,
        "Οι δύο καταχωρίσεις συμπίπτουν. Η κλήρωση υπολογίζεται και δημοσιεύεται μόλις τελειώσει.",
    ),
    DrawState.FROZEN: (
        messages.WARNING,
        "Οι δύο τιμές διαφέρουν. Ελέγξτε την πηγή και καταχωρίστε ξανά και οι δύο.",
    ),
}


@require_POST
@guarded("draw.escrow")
def restore(request: Request, period: str) -> Response:
    """The ministry hands in the secret that its key opened."""
    draw = _of(request, "draw.escrow", period)
    form = SecretForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Δώστε ακριβώς 64 δεκαεξαδικά ψηφία.")
        return _back(period)
    operations.restore_secret(
        draw, actor=request.actor, at=request.at, secret=form.cleaned_data["secret"]
    )
    messages.success(request, "Το μυστικό επαληθεύτηκε. Τα στελέχη συνεχίζουν την κλήρωση.")
    return _back(period)


@require_POST
@guarded("draw.escrow")
def without_secret(request: Request, period: str) -> Response:
    """The ministry's reasoned act when both copies are lost."""
    draw = _of(request, "draw.escrow", period)
    reason = request.POST.get("reason", "")[:2000].replace("\0", "")
    operations.draw_without_secret(draw, actor=request.actor, at=request.at, reason=reason)
    messages.success(request, "Η κλήρωση υπολογίζεται χωρίς το μυστικό.")
    return _back(period)


@guarded("draw.escrow")
def escrow(request: Request, period: str) -> HttpResponse:
    """The sealed copy, for the ministry's own key."""
    draw = _of(request, "draw.escrow", period)
    if not draw.secret_escrow:
        raise Http404
    name = f"{period}-secret.sealed"
    return HttpResponse(
        bytes(draw.secret_escrow),
        content_type="application/octet-stream",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
