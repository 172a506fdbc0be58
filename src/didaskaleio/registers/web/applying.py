"""The candidacy, step by step: terms, answers with autosave and live points, submission."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate

from didaskaleio.kernel.forms import sheets, wording
from didaskaleio.kernel.forms.answers import check
from didaskaleio.kernel.forms.conditions import applying
from didaskaleio.kernel.forms.definition import Definition, Problem
from didaskaleio.kernel.models import AnswerSheet
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request, number
from didaskaleio.people.models import Person
from didaskaleio.registers import operations, queries, rules
from didaskaleio.registers.enums import CandidacyState
from didaskaleio.registers.models import Call, Candidacy
from didaskaleio.registers.web.papers import keep_papers, kept_choices

STEPS = ("Όροι", "Απαντήσεις", "Υποβολή")


def _mine(request: Request, pk: int) -> Candidacy:
    found = Candidacy.objects.select_related(
        "call__body", "call__form", "sheet__version", "submission"
    )
    return one(request, "candidacy.write", found, pk=pk)


def _steps(call: Call, candidacy: Candidacy | None, step: int) -> dict[str, Any]:
    names = ("answers", "review")
    urls = [reverse(f"registers:{name}", args=[candidacy.pk]) for name in names if candidacy]
    pages = [reverse("registers:apply", args=[call.pk]), *(urls or ["", ""])]
    items = [{"label": label, "url": url} for label, url in zip(STEPS, pages, strict=True)]
    back = pages[step - 2] if step > 1 else reverse("registers:call", args=[call.pk])
    return {"step_items": items, "step_number": step, "back_url": back, "call": call}


def _crumbs(call: Call) -> list[dict[str, str]]:
    return [
        {"label": "Προσκλήσεις", "url": reverse("registers:calls")},
        {"label": call.title, "url": reverse("registers:call", args=[call.pk])},
        {"label": "Υποψηφιότητα"},
    ]


@guarded("call.apply")
def apply(request: Request, pk: int) -> HttpResponse:
    """The first step: which terms hold for me; going on begins the candidacy."""
    call = one(request, "call.apply", Call.objects.select_related("body", "form"), pk=pk)
    person = Person.objects.get(pk=request.actor.person_id)
    candidacy = Candidacy.objects.filter(call=call, person=person).first()
    if request.method == "POST":
        begun = operations.start(call, actor=request.actor, at=request.at)
        return redirect("registers:answers", begun.pk)
    context = _steps(call, candidacy, 1) | {
        "candidacy": candidacy,
        "findings": queries.audience_findings(call, person, request.at),
        "closed": rules.why_closed(call, request.at),
        "now": request.at,
        "crumbs": _crumbs(call),
    }
    return render(request, "registers/apply.html", context)


@guarded("candidacy.write")
def answers(request: Request, pk: int) -> HttpResponse:
    """The second step: the questions, each save showing the points of that moment."""
    candidacy = _mine(request, pk)
    sheet = _sheet(candidacy)
    if request.method == "POST":
        return _answered(request, candidacy, sheet)
    if rules.why_closed(candidacy.call, request.at) or candidacy.state == CandidacyState.WITHDRAWN:
        return redirect("registers:candidacy", pk)
    asked = request.GET.get("check") == "1"
    problems = _gaps(candidacy, sheet, request) if asked else []
    return _page(request, candidacy, sheet, sheet.values, problems)


def _sheet(candidacy: Candidacy) -> AnswerSheet:
    if candidacy.sheet is None:
        raise Http404
    return candidacy.sheet


def _gaps(candidacy: Candidacy, sheet: AnswerSheet, request: Request) -> list[Problem]:
    """Everything that still stands in the way of a submission, by question."""
    definition = sheet.version.parsed()
    day = localdate(request.at)
    expired = queries.paper_problems(candidacy, definition, sheet.values, day)
    return check(definition, sheet.values) + expired


def _answered(request: Request, candidacy: Candidacy, sheet: AnswerSheet) -> HttpResponse:
    """Keep what was posted; by htmx answer only with the live part of the page.

    A file that is refused takes the whole post along: the page comes back as it was typed.
    """
    by: dict[str, Any] = {"actor": request.actor, "at": request.at}
    definition = sheet.version.parsed()
    told = sheets.told(definition, request.POST)
    with transaction.atomic():
        wrong = operations.save_answers(candidacy, told, **by)
        refused = [] if request.htmx else keep_papers(request, candidacy, definition)
        if refused:
            transaction.set_rollback(True)
    before = sheet.values
    sheet.refresh_from_db()
    if request.htmx:
        live = _live(definition, sheet) | {"saved": request.at, "wrong": wrong}
        return render(request, "kernel/forms/live.html", live)
    if not wrong and not refused:
        return _next(request, candidacy)
    shown = (before if refused else sheet.values) | _again(told, wrong, refused)
    # what is wrong is left out and the rest is kept, as at every autosave: that is no refusal
    status = 422 if refused else 200
    return _page(request, candidacy, sheet, shown, [*wrong, *refused], status=status)


def _again(told: Mapping[str, Any], wrong: list[Problem], refused: list[Problem]) -> dict[str, Any]:
    """What was typed and not kept, to be shown again."""
    places = {problem.place for problem in wrong}
    return {key: value for key, value in told.items() if refused or key in places}


def _next(request: Request, candidacy: Candidacy) -> HttpResponse:
    if "go" in request.POST:
        return redirect("registers:review", candidacy.pk)
    messages.success(request, "Το πρόχειρο αποθηκεύτηκε.")
    return redirect("registers:answers", candidacy.pk)


def _live(definition: Definition, sheet: AnswerSheet) -> dict[str, Any]:
    return {
        "tally": sheets.tally(definition, sheet.values),
        "applying": " ".join(sorted(applying(definition, sheet.values))),
        "ties": [wording.tie(tie, definition) for tie in definition.ties],
    }


def _page(
    request: Request,
    candidacy: Candidacy,
    sheet: AnswerSheet,
    values: Mapping[str, Any],
    problems: list[Problem],
    status: int = 200,
) -> HttpResponse:
    definition = sheet.version.parsed()
    kept = kept_choices(candidacy.person_id, values, localdate(request.at))
    bound, groups = sheets.filled(definition, values, problems, kept)
    context = _steps(candidacy.call, candidacy, 2) | _live(definition, sheet)
    context |= {"bound": bound, "groups": groups, "definition": definition, "now": request.at}
    context |= {"candidacy": candidacy, "crumbs": _crumbs(candidacy.call)}
    return render(request, "registers/answers.html", context, status=status)


@guarded("candidacy.write")
def review(request: Request, pk: int) -> HttpResponse:
    """The third step: everything once more, the declaration, the submission."""
    candidacy = _mine(request, pk)
    if request.method == "POST":
        made = operations.send(
            candidacy,
            actor=request.actor,
            at=request.at,
            version=number(request.POST.get("version", "")) or 0,
            reviewed=request.POST.get("reviewed", ""),
            accepts="accepts" in request.POST,
        )
        return redirect("registers:receipt", pk, made.version)
    if rules.why_closed(candidacy.call, request.at) or candidacy.state == CandidacyState.WITHDRAWN:
        return redirect("registers:candidacy", pk)
    return _review_page(request, candidacy)


def _review_page(request: Request, candidacy: Candidacy) -> HttpResponse:
    sheet = _sheet(candidacy)
    definition = sheet.version.parsed()
    last = candidacy.submissions.first()
    person = Person.objects.get(pk=candidacy.person_id)
    found = queries.audience_findings(candidacy.call, person, request.at)
    context = (
        _steps(candidacy.call, candidacy, 3)
        | _live(definition, sheet)
        | {
            "candidacy": candidacy,
            "groups": queries.answers_in_words(definition, sheet.values),
            "problems": _gaps(candidacy, sheet, request),
            "unmet": [each for each in found if not each.fulfilled],
            "version": last.version if last else 0,
            "reviewed": sheet.saved_at.isoformat(),
            "declaration": rules.DECLARATION,
            "now": request.at,
            "crumbs": _crumbs(candidacy.call),
        }
    )
    return render(request, "registers/review.html", context)
