"""Availability of a trainer, and arrangements: asked for, looked at, asked again with pins."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from didaskaleio.kernel import access, journal
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request, number
from didaskaleio.kernel.web.steps import buttons
from didaskaleio.programmes import operations
from didaskaleio.programmes.enums import ArrangementState
from didaskaleio.programmes.lifecycle import ARRANGEMENT
from didaskaleio.programmes.models import Arrangement, Availability, TrainingPeriod
from didaskaleio.programmes.queries import arranging
from didaskaleio.programmes.web.arranging import ShiftForm, line_shown, pins_of
from didaskaleio.programmes.web.availability import AvailabilityForm, Rows, content_of, initial_of
from didaskaleio.structures.models import Region, TrainingCentre

LINES = 10


@guarded("programme.of_trainer", about_object=False)
def availability(request: Request) -> HttpResponse:
    """«Η διαθεσιμότητά μου»: the week, days off, how many hours at most."""
    stored = Availability.objects.filter(person=request.actor.person_id).first()
    shown, days = initial_of(stored)
    form = AvailabilityForm(request.POST or None, initial=shown)
    rows = Rows(request.POST or None, prefix="off", initial=days)
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        operations.declare(content_of(form, rows), actor=request.actor, at=request.at)
        messages.success(request, "Η διαθεσιμότητά σας αποθηκεύτηκε.")
        return redirect("programmes:availability")
    context = {"form": form, "rows": rows, "stored": stored}
    return render(request, "programmes/availability.html", context)


def _place(request: Request, period: int, centre: int) -> tuple[TrainingPeriod, TrainingCentre]:
    centres = TrainingCentre.objects.select_related("prefecture")
    at = one(request, "centre.propose", centres, pk=centre)
    periods = TrainingPeriod.objects.select_related("action")
    return one(request, "period.propose", periods, pk=period), at


@guarded("centre.propose")
def arrange(request: Request, period: int, centre: int) -> HttpResponse:
    """The drafts of a centre with what should stay; a post computes while the person waits."""
    the, at = _place(request, period, centre)
    rows = list(arranging.drafts(the, centre=at)[: arranging.MOST])
    if request.method == "POST":
        pins = {row.pk: pins_of(request.POST, row.pk) for row in rows}
        who: dict[str, Any] = {"actor": request.actor, "at": request.at}
        made = operations.arrange_centre(the, at, pins=pins, **who)
        return redirect("programmes:arrangement", made.pk)
    context = {
        "period": the,
        "centre": at,
        "drafts": rows,
        "shifting": ShiftForm(period=the),
        "most": arranging.MOST,
        "cycle": ARRANGEMENT,
        "earlier": arranging.arrangements(the, at)[:10],
    }
    return render(request, "programmes/arrange.html", context)


@guarded("period.manage")
def arrange_period(request: Request, pk: int) -> HttpResponse:
    """All drafts of a period, or of a region of it: a job computes them."""
    the = one(request, "period.manage", TrainingPeriod.objects.select_related("action"), pk=pk)
    regions = Region.objects.order_by("sort_key")
    if request.method == "POST":
        chosen = request.POST.get("region", "")
        region = regions.filter(pk=number(chosen) or 0).first()
        if chosen and region is None:
            raise Refusal("Η περιφέρεια δεν υπάρχει. Επιλέξτε από τη λίστα.")
        made = operations.arrange_period(the, actor=request.actor, at=request.at, region=region)
        return redirect("kernel:work", made.work.key)  # type: ignore[union-attr]
    context = {
        "period": the,
        "regions": regions,
        "amount": arranging.drafts(the).count(),
        "cycle": ARRANGEMENT,
        "earlier": arranging.arrangements(the, None)[:10],
    }
    return render(request, "programmes/arrange_period.html", context)


@require_POST
@guarded("centre.propose")
def shift(request: Request, period: int, centre: int) -> HttpResponseRedirect:
    """A whole week of the drafts, some weeks on or back: shown before anything moves."""
    the, at = _place(request, period, centre)
    form = ShiftForm(request.POST, period=the)
    if not form.is_valid():
        messages.error(request, "Επιλέξτε εβδομάδα της περιόδου και πόσες εβδομάδες μετακινείται.")
        return redirect("programmes:arrange", period, centre)
    made = operations.shift_week(the, at, actor=request.actor, at=request.at, **form.cleaned_data)
    return redirect("programmes:arrangement", made.pk)


def _one(request: Request, permission: str, pk: int) -> Arrangement:
    found = Arrangement.objects.select_related(
        "period__action", "centre", "region", "asked_by", "work"
    )
    return one(request, permission, found, pk=pk)


@guarded("arrangement.read")
def arrangement(request: Request, pk: int) -> HttpResponse:
    """What is proposed beside what stands, or why nothing can be and what would help."""
    row = _one(request, "arrangement.read", pk)
    lines = row.lines.select_related("programme__cluster", "programme__centre")
    page = Paginator(lines, LINES).get_page(request.GET.get("page"))
    context = {
        "row": row,
        "cycle": ARRANGEMENT,
        "states": ArrangementState,
        "page": page,
        "lines": line_shown(list(page), request.actor),
        "steps": buttons(request, ARRANGEMENT, row),
        "entries": journal.of(row)[:20],
        "may_again": _may_again(request, row),
    }
    return render(request, "programmes/arrangement.html", context)


def _may_again(request: Request, row: Arrangement) -> bool:
    return (
        row.centre is not None
        and "week" not in row.figures
        and row.state in {ArrangementState.READY, ArrangementState.IMPOSSIBLE}
        and access.allowed(request.actor, "centre.propose", row.centre)
        and access.allowed(request.actor, "period.propose", row.period)
    )


@require_POST
@guarded("arrangement.decide")
def again(request: Request, pk: int) -> HttpResponseRedirect:
    """Compute anew with what was pinned on the page; the plan shown is kept where it can be."""
    row = _one(request, "arrangement.decide", pk)
    _period, centre = _place(request, row.period_id, row.centre_id or 0)
    ids = row.lines.values_list("programme_id", flat=True)
    made = operations.arrange_centre(
        row.period,
        centre,
        actor=request.actor,
        at=request.at,
        pins={programme: pins_of(request.POST, programme) for programme in ids},
        seen=row,
    )
    return redirect("programmes:arrangement", made.pk)
