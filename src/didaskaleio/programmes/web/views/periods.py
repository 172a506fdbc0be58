"""The officer's pages about periods: list, new period, dates, acts, quotas, figures."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from didaskaleio.kernel import access, journal, links
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web.guard import guarded, one, rows
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.steps import buttons
from didaskaleio.programmes import operations, queries
from didaskaleio.programmes.enums import PeriodState, ProgrammeState, QuotaKind
from didaskaleio.programmes.lifecycle import PERIOD
from didaskaleio.programmes.models import TrainingAction, TrainingPeriod
from didaskaleio.programmes.operations.offering import TAKES_PERIODS
from didaskaleio.programmes.queries.quotas import choices as quota_choices
from didaskaleio.programmes.queries.quotas import names as quota_names
from didaskaleio.programmes.web.offering_forms import (
    DatesForm,
    PeriodForm,
    QuotaForm,
    Quotas,
    after,
    quotas_of,
)
from didaskaleio.structures.models import ImplementingBody

PAGE = 25


def _periods() -> QuerySet[TrainingPeriod]:
    return TrainingPeriod.objects.select_related("action__body")


@guarded("period.read")
def period_list(request: Request) -> HttpResponse:
    """The periods of the body, newest first, with how many programmes each has."""
    found = rows(request, "period.read", _periods()).annotate(amount=Count("programmes"))
    actions = rows(request, "action.manage", TrainingAction.objects.all())
    bodies = rows(request, "action.begin", ImplementingBody.objects.all())
    context = {
        "page": Paginator(found.order_by("-first_day", "-pk"), PAGE).get_page(
            request.GET.get("page")
        ),
        "cycle": PERIOD,
        "open_actions": actions.filter(state__in=TAKES_PERIODS).order_by("-pk")[:5],
        "may_begin": bodies.exists(),
    }
    return render(request, "programmes/periods.html", context)


@guarded("action.manage")
def new_period(request: Request, pk: int) -> HttpResponse:
    """A new period of an action, begun from the one before it, if there is one."""
    actions = TrainingAction.objects.filter(state__in=TAKES_PERIODS)
    the = one(request, "action.manage", actions, pk=pk)
    previous = the.periods.order_by("-first_day").first()
    form = PeriodForm(request.POST or None, now=request.at, initial=after(previous, request.at))
    quotas = Quotas(request.POST or None, prefix="quota", initial=quotas_of(previous))
    if request.method == "POST" and form.is_valid() and quotas.is_valid():
        made = _begun(the, form, quotas, request)
        if made is not None:
            messages.success(request, "Η περίοδος δημιουργήθηκε. Ανακοινώστε τη όταν είναι έτοιμη.")
            return redirect("programmes:period", made.pk)
    context = {"form": form, "rows": quotas, "action_row": the, "previous": previous}
    return render(request, "programmes/period_form.html", context)


def _begun(
    the: TrainingAction, form: PeriodForm, quotas: Any, request: Request
) -> TrainingPeriod | None:
    """The new period, or None with the refusal in the form, so that nothing is retyped."""
    data = form.cleaned_data
    try:
        return operations.begin_period(
            the,
            actor=request.actor,
            at=request.at,
            code=data["code"],
            title=data["title"],
            moments=form.moments(),
            quotas=quotas.rows(),
        )
    except Refusal as refusal:
        form.add_error(refusal.code if refusal.code in form.fields else None, str(refusal))
        return None


@guarded("period.read")
def period(request: Request, pk: int) -> HttpResponse:
    """One period: phases, figures, quotas, acts, steps."""
    the = one(request, "period.read", _periods(), pk=pk)
    manages = access.allowed(request.actor, "period.manage", the)
    words = request.GET.get("centre", "").replace("\0", "")[:80]
    states = dict(the.programmes.order_by().values_list("state").annotate(Count("pk")))
    context = {
        "period": the,
        "cycle": PERIOD,
        "states": PeriodState,
        "steps": buttons(request, PERIOD, the),
        "entries": journal.of(the)[:30],
        "phases": queries.phases_of(the, request.at),
        "links": links.of(the, request.actor),
        "figures": [
            (ProgrammeState(state).label, states[state]) for state in ProgrammeState.values
            if state in states and state != ProgrammeState.DRAFT
        ],
        "quotas": _quotas(the),
        "acts": the.acts.all()[:50],
        "may_manage": manages,
        "editable": the.state in {"draft", "announced", "proposing"},
        "quota_words": words,
        "quota_choices": quota_choices(the, words) if manages else [],
    }  # fmt: skip
    return render(request, "programmes/period.html", context)


def _quotas(the: TrainingPeriod) -> list[dict[str, Any]]:
    used = queries.quota_uses(the)
    rows = list(the.quotas.order_by("kind", "key"))
    named = quota_names(the, [(row.kind, row.key) for row in rows])
    return [
        {
            "name": named[row.kind, row.key],
            "kind": QuotaKind(row.kind).label,
            "key": row.key,
            "limit": row.limit,
            "used": used.get((row.kind, row.key), 0),
        }
        for row in rows
    ]


@guarded("period.manage")
def dates(request: Request, pk: int) -> HttpResponse:
    """Change the dates before phase A opens."""
    the = one(request, "period.manage", _periods(), pk=pk)
    form = DatesForm(request.POST or None, instance=_periods().get(pk=the.pk))
    if request.method == "POST" and form.is_valid():
        operations.change_dates(the, actor=request.actor, at=request.at, **form.cleaned_data)
        messages.success(request, "Οι ημερομηνίες αποθηκεύτηκαν.")
        return redirect("programmes:period", pk)
    return render(request, "programmes/dates.html", {"form": form, "period": the})


@require_POST
@guarded("period.manage")
def quota(request: Request, pk: int) -> HttpResponseRedirect:
    """Set or lift one quota."""
    the = one(request, "period.manage", _periods(), pk=pk)
    form = QuotaForm(request.POST)
    if form.is_valid():
        operations.set_quota(the, actor=request.actor, at=request.at, **form.cleaned_data)
        messages.success(request, "Το όριο αποθηκεύτηκε.")
    else:
        words = [str(text) for found in form.errors.values() for text in found]
        messages.error(request, f"Το όριο δεν αποθηκεύτηκε. {' '.join(words)}")
    return redirect("programmes:period", pk)
