"""The officer's pages about actions and periods: dates, acts, quotas, figures, parameters."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from didaskaleio.kernel import access, journal
from didaskaleio.kernel.greek import NumberFormatError, parse_decimal
from didaskaleio.kernel.web.guard import guarded, one, rows
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.steps import buttons
from didaskaleio.programmes import operations, queries
from didaskaleio.programmes import parameters as action_parameters
from didaskaleio.programmes.enums import ActionState, PeriodState, ProgrammeState, QuotaKind
from didaskaleio.programmes.lifecycle import ACTION, PERIOD
from didaskaleio.programmes.models import Programme, Regulation, TrainingAction, TrainingPeriod
from didaskaleio.programmes.web.forms import DatesForm, QuotaForm
from didaskaleio.programmes.web.timeline import phases_of


def _periods() -> QuerySet[TrainingPeriod]:
    return TrainingPeriod.objects.select_related("action__body")


@guarded("period.read")
def period_list(request: Request) -> HttpResponse:
    """The periods of the body, newest first, with how many programmes each has."""
    found = rows(request, "period.read", _periods()).annotate(amount=Count("programmes"))
    context = {"periods": found.order_by("-first_day")[:50], "cycle": PERIOD}
    return render(request, "programmes/periods.html", context)


@guarded("period.read")
def period(request: Request, pk: int) -> HttpResponse:
    """One period: phases, figures, quotas, acts, steps."""
    the = one(request, "period.read", _periods(), pk=pk)
    states = dict(the.programmes.order_by().values_list("state").annotate(Count("pk")))
    context = {
        "period": the,
        "cycle": PERIOD,
        "states": PeriodState,
        "steps": buttons(request, PERIOD, the),
        "entries": journal.of(the)[:30],
        "phases": phases_of(the, request.at),
        "figures": [
            (ProgrammeState(state).label, states[state]) for state in ProgrammeState.values
            if state in states and state != ProgrammeState.DRAFT
        ],
        "quotas": _quotas(the),
        "acts": the.acts.all()[:50],
        "may_manage": access.allowed(request.actor, "period.manage", the),
        "editable": the.state in {"draft", "announced", "proposing"},
        "quota_form": QuotaForm(),
    }  # fmt: skip
    return render(request, "programmes/period.html", context)


def _quotas(the: TrainingPeriod) -> list[dict[str, Any]]:
    used = queries.quota_uses(the)
    return [
        {
            "kind": QuotaKind(row.kind).label,
            "key": row.key,
            "limit": row.limit,
            "used": used.get((row.kind, row.key), 0),
        }
        for row in the.quotas.order_by("kind", "key")
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
        messages.error(request, "Συμπληρώστε είδος, κωδικό και ακέραιο όριο.")
    return redirect("programmes:period", pk)


@guarded("action.read")
def action(request: Request, pk: int) -> HttpResponse:
    """One training action: course, project, targets, categories, periods, regulation."""
    found = TrainingAction.objects.select_related(
        "body", "course_version__course", "project", "scheme"
    )
    the = one(request, "action.read", found, pk=pk)
    capacity = Programme.objects.filter(
        period__action=the, state__in=queries.APPROVED_STATES
    ).values_list("capacity", flat=True)
    context = {
        "action": the,
        "cycle": ACTION,
        "states": ActionState,
        "steps": buttons(request, ACTION, the),
        "entries": journal.of(the)[:30],
        "placed": sum(capacity),
        "categories": the.categories.all(),
        "periods": the.periods.order_by("-first_day"),
        "regulations": the.regulations.all(),
        "may_manage": access.allowed(request.actor, "action.manage", the),
        "period_cycle": PERIOD,
    }
    return render(request, "programmes/action.html", context)


@guarded("action.manage")
def parameters(request: Request, pk: int) -> HttpResponse:
    """The parameters in force with their history, and a form for the next set."""
    the = one(request, "action.manage", TrainingAction.objects.all(), pk=pk)
    if request.method == "POST":
        operations.change_parameters(
            the,
            actor=request.actor,
            at=request.at,
            values=_values(request),
            reason=request.POST.get("reason", ""),
        )
        messages.success(request, "Οι νέες παράμετροι ισχύουν από τώρα.")
        return redirect("programmes:parameters", pk)
    present = action_parameters.of(the, request.at)
    context = {
        "action": the,
        "values": action_parameters.shown(present),
        "version": present.version,
        "history": [_set(row) for row in the.parameter_sets.all()],
    }
    return render(request, "programmes/parameters.html", context)


def _set(row: Any) -> dict[str, Any]:
    labels = action_parameters.LABELS
    changes = [(labels[name], value) for name, value in row.values.items() if name in labels]
    return {"row": row, "changes": changes}


def _values(request: Request) -> dict[str, Any]:
    """The posted values, each of the kind of its default."""
    values: dict[str, Any] = {}
    for name in action_parameters.LABELS:
        default = getattr(action_parameters.DEFAULTS, name)
        text = request.POST.get(name, "")
        if isinstance(default, bool):
            values[name] = bool(text)
            continue
        number = parse_decimal(text)
        if isinstance(default, int) and number != int(number):
            raise NumberFormatError(f"«{action_parameters.LABELS[name]}»: δώστε ακέραιο αριθμό.")
        values[name] = type(default)(number)
    return values


@guarded("action.manage")
def write_regulation(request: Request, pk: int) -> HttpResponse:
    """Write the next version of the regulation, article by article."""
    the = one(request, "action.manage", TrainingAction.objects.all(), pk=pk)
    newest = the.regulations.first()
    if request.method == "POST":
        titles, texts = request.POST.getlist("article_title"), request.POST.getlist("article_text")
        made = operations.draft_regulation(
            the,
            actor=request.actor,
            at=request.at,
            title=request.POST.get("title", "").strip() or "Κανονιστικό Πλαίσιο",
            articles=[{"title": a, "text": b} for a, b in zip(titles, texts, strict=False)],
        )
        return redirect("programmes:regulation", made.pk)
    articles = [*(newest.articles if newest else []), *[{"title": "", "text": ""}] * 2]
    context = {"action": the, "newest": newest, "articles": articles}
    return render(request, "programmes/regulation_form.html", context)


@require_POST
@guarded("action.manage")
def publish(request: Request, pk: int) -> HttpResponseRedirect:
    """Publish a version: it is in force from now on."""
    actions = rows(request, "action.manage", TrainingAction.objects.all())
    found = Regulation.objects.filter(action__in=actions, pk=pk).first()
    if found is not None:
        operations.publish_regulation(found, actor=request.actor, at=request.at)
        messages.success(request, "Η έκδοση δημοσιεύτηκε και ισχύει.")
    return redirect("programmes:regulation", pk)
