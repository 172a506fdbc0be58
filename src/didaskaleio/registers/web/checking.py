"""Pages of the check of completeness: the officer asks for documents, the person completes them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate

from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.forms import sheets
from didaskaleio.kernel.forms.definition import Condition, Definition, Problem, Section
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request
from didaskaleio.registers import operations, queries, rules
from didaskaleio.registers.enums import CandidacyState
from didaskaleio.registers.models import Candidacy, Evidence
from didaskaleio.registers.web.forms import CompletionForm
from didaskaleio.registers.web.papers import kept_choices
from didaskaleio.registers.web.rows import crumbs_of

WORKING_DAYS = 5
DAY_ENDS = {"hour": 15, "minute": 0, "second": 0, "microsecond": 0}


def _found(request: Request, permission: str, pk: int) -> tuple[Candidacy, Definition]:
    rows = Candidacy.objects.select_related("call__body", "call__form", "person", "submission")
    row = one(request, permission, rows, pk=pk)
    if row.call.form is None:
        raise Http404
    return row, row.call.form.parsed()


@guarded("candidacy.check")
def ask(request: Request, pk: int) -> HttpResponse:
    """What is missing, until when, and why: the candidacy goes back to the person."""
    row, definition = _found(request, "candidacy.check", pk)
    initial = {"until": in_working_days(request.at)}
    form = CompletionForm(
        queries.paper_questions(definition), request.POST or None, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        by: dict[str, Any] = {"actor": request.actor, "at": request.at}
        try:
            operations.ask_completion(row, **by, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Η υποψηφιότητα επιστράφηκε και το πρόσωπο ειδοποιείται.")
            return redirect("registers:candidacy", pk)
    here = f"Υποψηφιότητα {row.code}"
    context = {"form": form, "candidacy": row, "crumbs": crumbs_of(row.call, here)}
    context["cancel_url"] = reverse("registers:candidacy", args=[pk])
    return render(request, "registers/ask.html", context, status=422 if form.errors else 200)


def in_working_days(at: datetime) -> datetime:
    """Five working days later at 15:00: what is proposed, for the officer to change."""
    day = rules.working_days_after(at, WORKING_DAYS)
    return day.replace(**DAY_ENDS)  # type: ignore[arg-type]


@guarded("candidacy.write")
def complete(request: Request, pk: int) -> HttpResponse:
    """The documents that were asked for, new or from the wallet."""
    row, definition = _found(request, "candidacy.write", pk)
    if row.state != CandidacyState.RETURNED:
        return redirect("registers:candidacy", pk)
    wanted = _wanted(definition, row.asked)
    problems: list[Problem] = []
    if request.method == "POST":
        problems = _completed(request, row, wanted)
        if not problems:
            messages.success(request, "Τα δικαιολογητικά υποβλήθηκαν με νέα απόδειξη.")
            return redirect("registers:candidacy", pk)
    kept = kept_choices(row.person_id, {}, localdate(request.at))
    bound, groups = sheets.filled(wanted, {}, problems, kept)
    context = {"candidacy": row, "call": row.call, "bound": bound, "groups": groups}
    context |= {"now": request.at, "crumbs": _crumbs(row)}
    return render(request, "registers/complete.html", context, status=422 if problems else 200)


def _wanted(definition: Definition, asked: list[str]) -> Definition:
    """The questions asked for, as a form of their own."""
    found = tuple(
        replace(question, only_if=Condition(), rule=None)
        for question in definition.questions()
        if question.key in asked
    )
    return Definition(title="", sections=(Section("asked", "Ζητούνται", questions=found),))


def _completed(request: Request, row: Candidacy, wanted: Definition) -> list[Problem]:
    """Give what was sent or chosen; a refusal leaves everything as it was."""
    by: dict[str, Any] = {"actor": request.actor, "at": request.at}
    first = row.asked[0] if row.asked else ""
    try:
        with transaction.atomic():
            papers = _papers(request, row, wanted)
            operations.complete(row, papers=papers, **by)
    except Refusal as refusal:
        labels = {question.label: question.key for question in wanted.questions()}
        place = next((key for label, key in labels.items() if f"«{label}»" in str(refusal)), first)
        return [Problem(place, str(refusal))]
    return []


def _papers(request: Request, row: Candidacy, wanted: Definition) -> dict[str, Evidence]:
    chosen = sheets.chosen(wanted, request.POST)
    untils = sheets.untils(wanted, request.POST)
    mine = {str(each.file.key): each for each in queries.wallet(row.person_id)}
    found: dict[str, Evidence] = {}
    for question in wanted.questions():
        upload = request.FILES.get(sheets.upload_name(question.key))
        if upload is not None:
            typed = untils.get(question.key, "")
            until = date.fromisoformat(typed) if typed else None
            by: dict[str, Any] = {"actor": request.actor, "at": request.at}
            found[question.key] = operations.keep(upload, title=question.label, until=until, **by)
        elif chosen.get(question.key) in mine:
            found[question.key] = mine[chosen[question.key]]
    return found


def _crumbs(row: Candidacy) -> list[dict[str, str]]:
    return [
        {"label": "Οι υποψηφιότητές μου", "url": reverse("registers:mine")},
        {"label": row.call.title, "url": reverse("registers:candidacy", args=[row.pk])},
        {"label": "Συμπλήρωση"},
    ]
