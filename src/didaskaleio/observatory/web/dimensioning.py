"""Pages of forecasts: the list, a new one with its assumptions, one beside what happened."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate

from didaskaleio.kernel import access, greek
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request, number
from didaskaleio.observatory import dimensioning, operations
from didaskaleio.observatory.charts import Bar, chart
from didaskaleio.observatory.models import Forecast, WeekNeed
from didaskaleio.observatory.queries import dimensioning as queries
from didaskaleio.observatory.web.forecast_forms import ForecastForm
from didaskaleio.programmes.models import TrainingAction
from didaskaleio.structures.models import Region

PAGE, SHOWN = 25, 12
LIST = {"label": "Προβλέψεις αναγκών", "url": "/observatory/forecasts/"}


@guarded("forecast.desk", about_object=False)
def listed(request: Request) -> HttpResponse:
    """«Προβλέψεις αναγκών»: those of the actions that one may read, the latest first."""
    found = queries.forecasts(request.actor)
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "makes": queries.actions(request.actor).exists(),
    }
    return render(request, "observatory/forecasts.html", context)


@guarded("forecast.desk", about_object=False)
def new(request: Request) -> HttpResponse:
    """A forecast of an action, with what it assumes."""
    actions = queries.actions(request.actor)
    if not actions.exists():
        raise Http404
    if "fill" in request.POST:
        return _form(request, _from_targets(request, actions))
    form = ForecastForm(actions, request.POST or None, initial=_proposed(request))
    if form.is_valid() and (made := _made(request, form)):
        messages.success(request, "Η πρόβλεψη υπολογίστηκε.")
        return redirect("observatory:forecast", made.pk)
    return _form(request, form)


def _made(request: Request, form: ForecastForm) -> Forecast | None:
    """The forecast; None with the refusal on the form."""
    data = form.cleaned_data
    days = {"first_day": data["first_day"], "last_day": data["last_day"]}
    by: dict[str, Any] = {"actor": request.actor, "at": request.at}
    try:
        return operations.forecast(data["action"], form.assumptions(), **days, **by)
    except Refusal as refusal:
        form.add_error(refusal.code if refusal.code in form.fields else None, str(refusal))
        return None


def _from_targets(request: Request, actions: QuerySet[TrainingAction]) -> ForecastForm:
    """The form as it was sent, with the people whom the targets of its action ask for."""
    action = actions.filter(pk=number(request.POST.get("action", "")) or 0).first()
    if action is None:
        form = ForecastForm(actions, request.POST)
        form.add_error("action", "Επιλέξτε πρώτα τη δράση της οποίας τους στόχους θέλετε.")
        return form
    many = queries.targeted(action)
    words = f"Οι στόχοι της δράσης ζητούν {greek.count(many, 'άτομο', 'άτομα')}."
    messages.info(request, f"{words} Αλλάξτε τον αριθμό, αν χρειάζεται, και υπολογίστε.")
    return ForecastForm(actions, initial=request.POST.dict() | {"people": many})


def _form(request: Request, form: ForecastForm) -> HttpResponse:
    context = {"form": form, "cancel_url": LIST["url"]}
    context["crumbs"] = [LIST, {"label": "Νέα πρόβλεψη"}]
    status = 422 if form.errors else 200
    return render(request, "observatory/forecast_new.html", context, status=status)


def _proposed(request: Request) -> dict[str, Any]:
    """The assumptions of the last forecast, else those of the house; from today on."""
    last = queries.forecasts(request.actor).first()
    day = localdate(request.at)
    kept = dimensioning.assumptions_of(last.assumptions if last else {}).kept()
    days = {"first_day": last.first_day, "last_day": last.last_day} if last else {"first_day": day}
    return kept | days | ({"action": last.action_id} if last else {})


@guarded("forecast.read")
def shown(request: Request, pk: int) -> HttpResponse:
    """One forecast: assumptions, who is lacking where, each week beside what happened."""
    rows = Forecast.objects.select_related("action__body", "by")
    row = one(request, "forecast.read", rows, pk=pk)
    region = _region(request)
    weeks = list(row.weeks.filter(region=region).order_by("monday"))
    context = {
        "forecast": row,
        "assumed": _assumed(row),
        "totals": _totals(row),
        "lacking": _lacking(row),
        "marking": row.marking.select_related("cluster").order_by("cluster__order"),
        "weeks": weeks,
        **_drawn(weeks),
        "region": region,
        "regions": Region.objects.order_by("sort_key"),
        "again": access.allowed(request.actor, "forecast.make", row.action),
        "crumbs": [LIST, {"label": f"Έκδοση {row.version}"}],
        "staff_url": _report("observatory.staff_needs", row),
        "marking_url": _report("observatory.marker_needs", row),
        "weeks_url": _report("observatory.week_needs", row),
    }
    return render(request, "observatory/forecast.html", context)


def _region(request: Request) -> Region | None:
    code = request.GET.get("region", "")[:8].replace("\0", "")
    return Region.objects.filter(code=code).first() if code else None


def _assumed(row: Forecast) -> list[tuple[str, str]]:
    labels = dimensioning.LABELS.items()
    kept = [(label, row.assumptions[name]) for name, label in labels if name in row.assumptions]
    targets = [] if row.targeted is None else [("Άτομα των στόχων της δράσης τότε", row.targeted)]
    return [(label, greek.number(value)) for label, value in kept + targets]


def _totals(row: Forecast) -> dict[str, int]:
    """The whole of the staff lines and the busiest week of the country."""
    found = queries.totals(row)
    return {name: value or 0 for name, value in found.items()}


def _lacking(row: Forecast) -> list[Any]:
    return list(queries.lacking(row)[:SHOWN])


def _drawn(weeks: list[WeekNeed]) -> dict[str, Any]:
    """People at once, forecast and counted, on the same scale."""
    lines = {
        "planned": [Bar(f"{week.monday:%d/%m}", week.persons) for week in weeks],
        "happened": [Bar(f"{week.monday:%d/%m}", week.held_persons) for week in weeks],
    }
    most = max((bar.value for bars in lines.values() for bar in bars), default=0)
    return {
        name: chart("line", bars, float(most)) if any(bar.value for bar in bars) else None
        for name, bars in lines.items()
    }


def _report(name: str, row: Forecast) -> str:
    return f"{reverse('kernel:report', args=[name])}?forecast={row.pk}"
