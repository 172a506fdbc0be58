"""Drawing up contracts: of a programme, of a whole period, with any person for an action."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from didaskaleio.finance import operations, queries
from didaskaleio.finance.enums import ContractKind
from didaskaleio.finance.lifecycle import CONTRACT
from didaskaleio.finance.queries import eligibility
from didaskaleio.finance.web.forms import PeriodForm, PersonForm
from didaskaleio.kernel import access, greek
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request
from didaskaleio.people.models import Person
from didaskaleio.people.queries import find_people
from didaskaleio.programmes.models import TrainingAction, TrainingPeriod

PAGE, FOUND = 50, 20


@guarded("finance.desk", about_object=False)
def periods(request: Request) -> HttpResponse:
    """Where contracts are drawn up: the periods and the actions of my body."""
    page = Paginator(queries.periods(request.actor), PAGE).get_page(request.GET.get("page"))
    actions = TrainingAction.objects.select_related("body").order_by("-pk")
    found = access.visible(request.actor, "action.contracts", actions)[:PAGE]
    return render(request, "finance/periods.html", {"page": page, "actions": found})


@guarded("period.contracts")
def period(request: Request, pk: int) -> HttpResponse:
    """What a period still needs, by kind; chosen kinds are drawn up in the background."""
    found = _period(request, pk)
    owed = operations.owed_in(found, queries.OF_PROGRAMMES)
    counts = Counter(work.kind for work in owed)
    form = PeriodForm(_words(counts), request.POST or None, initial={"kinds": list(counts)})
    if request.method == "POST" and form.is_valid():
        kinds = [ContractKind(kind) for kind in form.cleaned_data["kinds"]]
        try:
            work = operations.begin_drawing_up(found, kinds, actor=request.actor, at=request.at)
        except Refusal as refusal:
            form.add_error("kinds", str(refusal))
        else:
            return redirect("kernel:work", work.key)
    rows = queries.programmes().filter(period=found).order_by("code")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "period": found,
        "form": form,
        "owed": owed,
        "page": page,
        "outside": _outside(found),
        "crumbs": [_start(), {"label": found.title}],
    }
    return render(request, "finance/period.html", context, status=422 if form.errors else 200)


def _period(request: Request, pk: int) -> TrainingPeriod:
    rows = TrainingPeriod.objects.select_related("action__body", "action__project")
    return one(request, "period.contracts", rows, pk=pk)


def _outside(period: TrainingPeriod) -> str:
    return eligibility.of_days(period.action, period.first_day, period.last_day)


def _words(counts: Counter[ContractKind]) -> list[tuple[ContractKind, str]]:
    """«Επιμορφωτή/τριας: 12 συμβάσεις» for each kind that is owed."""
    return [
        (kind, f"{kind.label}: {greek.count(counts[kind], 'σύμβαση', 'συμβάσεις')}")
        for kind in queries.OF_PROGRAMMES
        if counts[kind]
    ]


def _start() -> dict[str, str]:
    return {"label": "Κατάρτιση συμβάσεων", "url": reverse("finance:periods")}


@guarded("programme.contracts")
def programme(request: Request, pk: int) -> HttpResponse:
    """The work of one programme and its contracts; what is missing is drawn up at once."""
    found = one(request, "programme.contracts", queries.programmes(), pk=pk)
    works = queries.works([found])
    owed = [work for work in works if work.contract is None]
    if request.method == "POST":
        with transaction.atomic():
            for work in owed:
                operations.draw_up_work(work, actor=request.actor, at=request.at)
        made = greek.count(len(owed), "σύμβαση", "συμβάσεις")
        messages.success(request, f"Καταρτίστηκαν: {made}. Οι δικαιούχοι ειδοποιήθηκαν.")
        return redirect("finance:programme", found.pk)
    here = {"label": found.period.title}
    here["url"] = reverse("finance:period", args=[found.period_id])
    context = {
        "programme": found,
        "works": works,
        "owed": owed,
        "outside": _outside(found.period),
        "cycle": CONTRACT,
        "crumbs": [_start(), here, {"label": found.code}],
    }
    return render(request, "finance/programme.html", context)


@guarded("action.contracts")
def new(request: Request, pk: int) -> HttpResponse:
    """A contract with a person whom the officer searches, for work of an action."""
    rows = TrainingAction.objects.select_related("body", "project")
    action = one(request, "action.contracts", rows, pk=pk)
    asked = request.GET.get("q", "").replace("\0", "").strip()[:80]
    people = list(find_people(asked).filter(is_active=True)[: FOUND + 1])
    form = PersonForm(people[:FOUND], queries.in_use(action.body_id), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = _drawn(request, action, form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.code or None, str(refusal))
        else:
            messages.success(request, "Η σύμβαση καταρτίστηκε. Ο δικαιούχος ειδοποιήθηκε.")
            return redirect("finance:contract", made.pk)
    context = {
        "action": action,
        "covers": eligibility.told(eligibility.period_of(action)),
        "form": form,
        "q": asked,
        "found": len(people),
        "more": len(people) > FOUND,
        "crumbs": [_start(), {"label": action.title}],
    }
    return render(request, "finance/new.html", context, status=422 if form.errors else 200)


@transaction.atomic
def _drawn(request: Request, action: TrainingAction, said: dict[str, Any]) -> Any:
    by: dict[str, Any] = {"actor": request.actor, "at": request.at}
    person = Person.objects.get(pk=said.pop("person"))
    kind = ContractKind(said.pop("kind"))
    payee = operations.open_payee(action.body, person=person, **by)
    return operations.draw_up(action, kind, payee, operations.Terms(**said), **by)
