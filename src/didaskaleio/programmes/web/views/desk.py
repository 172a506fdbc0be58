"""The officers' table of programmes: saved views, filters, approval one by one and in bulk."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.greek import count, search_key
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web.desks import View, by_state
from didaskaleio.kernel.web.guard import guarded, one, rows
from didaskaleio.kernel.web.http import Request, numbers
from didaskaleio.programmes import operations, queries
from didaskaleio.programmes.errors import ChangedMeanwhileError
from didaskaleio.programmes.lifecycle import PROGRAMME
from didaskaleio.programmes.models import Programme, TrainingPeriod
from didaskaleio.structures.models import Cluster, Region

PAGE = 25
MOST = 500  # programmes of one decision
VIEWS = (
    View("all", "Όλα"),
    View("check", "Προς έγκριση", frozenset({"submitted", "checked"})),
    View("returned", "Επιστράφηκαν", frozenset({"returned"})),
    View("approved", "Εγκεκριμένα", frozenset({"approved"})),
    View("open", "Αιτήσεις και κλήρωση", frozenset({"open", "drawn", "filling", "viable"})),
    View("running", "Σε εξέλιξη", frozenset({"enrolling", "running", "suspended"})),
    View("ended", "Ολοκληρώθηκαν", frozenset({"completed", "documented"})),
    View("off", "Δεν έγιναν", frozenset({"rejected", "cancelled"})),
)


@guarded("programme.desk", about_object=False)
def programmes(request: Request) -> HttpResponse:
    """Every programme of the body (or of the region), by saved view and filter."""
    entitled = rows(request, "programme.supervise", Programme.objects.all())
    periods = list(
        TrainingPeriod.objects.filter(pk__in=entitled.values("period_id")).order_by("-first_day")
    )
    period = _period(request, periods)
    found = _filtered(request, entitled.filter(period=period))
    desk = by_state(request, found, VIEWS, name="view", start="all")
    page = Paginator(queries.desk(desk.rows), PAGE).get_page(request.GET.get("page"))
    lines = [(programme, _waiting_days(programme, request.at)) for programme in page]
    context = {
        "page": page,
        "lines": lines,
        "cycle": PROGRAMME,
        "period": period,
        "periods": periods,
        "desk": desk,
        "clusters": Cluster.objects.filter(scheme__level="B2").order_by("order"),
        "regions": Region.objects.order_by("sort_key"),
        "chosen": request.GET,
        "may_decide": period is not None
        and rows(request, "period.manage", TrainingPeriod.objects.filter(pk=period.pk)).exists(),
    }
    return render(request, "programmes/desk.html", context)


def _period(request: Request, periods: list[TrainingPeriod]) -> TrainingPeriod | None:
    wanted = request.GET.get("period", "")
    named = (period for period in periods if str(period.pk) == wanted)
    waiting = (period for period in periods if period.state == "proposing")
    return next(named, None) or next(waiting, None) or (periods[0] if periods else None)


def _waiting_days(programme: Programme, at: datetime) -> int | None:
    if programme.state not in {"submitted", "checked", "returned"} or not programme.state_since:
        return None
    return max(0, (at - programme.state_since).days)


def _filtered(request: Request, found: QuerySet[Programme]) -> QuerySet[Programme]:
    get = request.GET.get
    if words := get("q", "").strip().replace("\0", ""):
        key = search_key(words)
        found = found.filter(
            Q(code__icontains=words)
            | Q(centre__sort_key__contains=key)
            | Q(trainer__sort_key__contains=key)
        )
    for name, path in (("cluster", "cluster__code"), ("region", "centre__region__code"),
                       ("category", "category__code")):  # fmt: skip
        if value := get(name, "").replace("\0", ""):
            found = found.filter(**{path: value})
    return found


def _chosen(request: Request, period: TrainingPeriod) -> list[int]:
    """The programmes ticked; refused whole if one of them is not of the period."""
    ids = numbers(request.POST.getlist("ids")[:MOST])
    if not ids:
        raise Refusal("Επιλέξτε τουλάχιστον ένα πρόγραμμα.")
    if Programme.objects.filter(period=period, pk__in=ids).count() < len(set(ids)):
        raise ChangedMeanwhileError(
            "Κάποιο από τα προγράμματα δεν ανήκει στην περίοδο. Ανανεώστε τη σελίδα και επιλέξτε "
            "ξανά."
        )
    return ids


@require_POST
@guarded("period.manage")
def preview(request: Request, period: int) -> HttpResponse:
    """What a bulk approval would do: what passes, what does not and why."""
    the = one(request, "period.manage", TrainingPeriod.objects.select_related("action"), pk=period)
    ids = _chosen(request, the)
    outcomes = operations.preview(
        the, Programme.objects.filter(pk__in=ids), actor=request.actor, at=request.at
    )
    passing = [outcome for outcome in outcomes if outcome.passes]
    refused = [outcome for outcome in outcomes if not outcome.passes]
    context = {"period": the, "passing": passing, "refused": refused, "ids": ids}
    return render(request, "programmes/preview.html", context)


@require_POST
@guarded("period.manage")
def decide(request: Request, period: int) -> HttpResponseRedirect:
    """Approve or return the chosen programmes."""
    the = one(request, "period.manage", TrainingPeriod.objects.select_related("action"), pk=period)
    ids = _chosen(request, the)
    who: dict[str, Any] = {"actor": request.actor, "at": request.at}
    if request.POST.get("act") == "return":
        reason = request.POST.get("reason", "")
        moved = operations.return_many(ids, reason=reason, **who)
        if not moved:
            raise Refusal("Επιστρέφονται μόνο όσα έχουν ελεγχθεί. Επιλέξτε άλλα προγράμματα.")
        messages.success(request, f"Επιστράφηκαν {count(len(moved), 'πρόγραμμα', 'προγράμματα')}.")
    else:
        outcomes = operations.approve_many(the, ids, **who)
        done = sum(outcome.passes for outcome in outcomes)
        if done:
            messages.success(request, f"Εγκρίθηκαν {count(done, 'πρόγραμμα', 'προγράμματα')}.")
        for outcome in outcomes:
            if not outcome.passes:
                messages.warning(request, f"{outcome.programme.code}: {outcome.refusal}")
    return redirect("programmes:desk")
