"""Questionnaires of a body: the list, a new one, one with its rules, sending it by hand."""

from __future__ import annotations

from datetime import time
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from didaskaleio.kernel import journal
from didaskaleio.kernel.calendar import local
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web.guard import guarded, one, rows
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.steps import buttons
from didaskaleio.people.enums import Role, Scope
from didaskaleio.structures.models import ImplementingBody
from didaskaleio.surveys import operations, queries
from didaskaleio.surveys.enums import Audience, Occasion, RuleState
from didaskaleio.surveys.lifecycle import RULE
from didaskaleio.surveys.models import LaunchRule, Questionnaire
from didaskaleio.surveys.occasions import by_hand, sources
from didaskaleio.surveys.operations.launching import Span
from didaskaleio.surveys.web.desk import LIST
from didaskaleio.surveys.web.forms import DaysForm, LaunchForm, QuestionnaireForm, RuleForm

ALL = {"label": "Κατάλογος", "url": "/surveys/questionnaires/"}
PAGE = 25
OPENING = time(9)


@guarded("survey.desk", about_object=False)
def questionnaires(request: Request) -> HttpResponse:
    """The questionnaires of my body."""
    found = rows(request, "questionnaire.manage", queries.questionnaires())
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "crumbs": [LIST, {"label": "Κατάλογος"}]}
    return render(request, "surveys/questionnaires.html", context)


def _bodies(request: Request) -> Any:
    actor = request.actor
    held = actor.scopes(Role.BODY_OFFICER, Scope.BODY) | actor.scopes(Role.BODY_HEAD, Scope.BODY)
    return ImplementingBody.objects.filter(pk__in=[pk for pk in held if pk]).order_by("name")


@guarded("survey.desk", about_object=False)
def new(request: Request) -> HttpResponse:
    """A new questionnaire, begun from the shipped one of its audience."""
    form = QuestionnaireForm(_bodies(request), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.begin(actor=request.actor, at=request.at, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("code", str(refusal))
        else:
            messages.success(request, "Το πρόχειρο άνοιξε. Δείτε τις ερωτήσεις και δημοσιεύστε το.")
            return redirect("surveys:questionnaire", made.pk)
    return _form(request, form, "Νέο ερωτηματολόγιο", [ALL], reverse("surveys:questionnaires"))


def _kept(request: Request, pk: int) -> Questionnaire:
    return one(request, "questionnaire.manage", queries.questionnaires(), pk=pk)


def crumbs_of(row: Questionnaire) -> list[dict[str, str]]:
    """The way to a page of a questionnaire."""
    url = reverse("surveys:questionnaire", args=[row.pk])
    return [LIST, ALL, {"label": str(row), "url": url}]


@guarded("questionnaire.manage")
def questionnaire(request: Request, pk: int) -> HttpResponse:
    """One questionnaire: its form, the rules by which it goes out, its surveys."""
    row = _kept(request, pk)
    context = {
        "questionnaire": row,
        "rules": [(rule, buttons(request, RULE, rule)) for rule in row.rules.order_by("occasion")],
        "rule_cycle": RULE,
        "versions": row.form.versions.all(),
        "years": [
            (year, queries.school_year(year)) for year in queries.years_of(row.surveys.all())
        ],
        "entries": journal.of(row)[:20],
        "states": RuleState,
        "crumbs": crumbs_of(row),
    }
    return render(request, "surveys/questionnaire.html", context)


@guarded("questionnaire.manage")
def add_rule(request: Request, pk: int) -> HttpResponse:
    """A rule by which the questionnaire goes out by itself."""
    row = _kept(request, pk)
    form = RuleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.add_rule(row, actor=request.actor, at=request.at, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.code or None, str(refusal))
        else:
            messages.success(request, "Ο κανόνας ορίστηκε και ισχύει από τώρα.")
            return redirect("surveys:questionnaire", row.pk)
    return _form(request, form, "Νέος κανόνας έναρξης", crumbs_of(row))


@guarded("launch_rule.manage")
def rule(request: Request, pk: int) -> HttpResponse:
    """For how many days the next surveys of a rule stay open."""
    found = LaunchRule.objects.select_related("questionnaire__form")
    row = one(request, "launch_rule.manage", found, pk=pk)
    shown = {"days": row.days, "remind_days": row.remind_days}
    form = DaysForm(request.POST or None, initial=shown)
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_rule(row, actor=request.actor, at=request.at, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.code or None, str(refusal))
        else:
            messages.success(request, "Οι ημέρες άλλαξαν· ισχύουν για τις επόμενες διεξαγωγές.")
            return redirect("surveys:questionnaire", row.questionnaire_id)
    return _form(request, form, f"Κανόνας: {row}", crumbs_of(row.questionnaire))


@guarded("questionnaire.manage")
def launch(request: Request, pk: int) -> HttpResponse:
    """Send it by hand: choose what it is about, among what rooms above offer."""
    row = _kept(request, pk)
    chosen, q = _occasion(request), request.GET.get("q", "").replace("\0", "").strip()[:80]
    form = LaunchForm(by_hand()[chosen](row.body_id, q), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = _launched(request, row, chosen, form)
        except Refusal as refusal:
            form.add_error(refusal.code if refusal.code in form.fields else None, str(refusal))
        else:
            messages.success(request, f"Στάλθηκε σε {made.invited}. Δείτε εδώ την πρόοδο.")
            return redirect("surveys:survey", made.pk)
    context = {"form": form, "q": q, "occasion": chosen, "questionnaire": row}
    context["occasions"] = [(one.value, one.label) for one in by_hand()]
    context["crumbs"] = [*crumbs_of(row), {"label": "Αποστολή"}]
    return render(request, "surveys/launch.html", context, status=422 if form.errors else 200)


def _occasion(request: Request) -> Occasion:
    asked = request.GET.get("occasion", Occasion.PROGRAMME.value)
    known = {one.value: one for one in by_hand()}
    if asked not in known:
        raise Http404
    return known[asked]


def _launched(request: Request, row: Questionnaire, chosen: Occasion, form: LaunchForm) -> Any:
    given = form.cleaned_data
    source = sources[chosen]
    about = source.find(given["subject"])
    if about is None or about.body_id != row.body_id:
        raise Http404
    people = source.people(given["subject"], Audience(row.audience))
    day = given["opens_on"]
    opens_at = max(request.at, local(day, OPENING)) if day else request.at
    span = Span(opens_at, given["days"], given["remind_days"])
    return operations.launch(row, about, people, span=span, actor=request.actor, at=request.at)


def _form(
    request: Request, form: Any, title: str, way: list[dict[str, str]], cancel: str = ""
) -> HttpResponse:
    context = {"form": form, "title": title, "cancel_url": cancel or way[-1]["url"]}
    context["crumbs"] = [*way, {"label": title}]
    return render(request, "surveys/form.html", context, status=422 if form.errors else 200)
