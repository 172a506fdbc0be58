"""Pages of an assessor: my candidacies, one with its documents, conflict, reconciliation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.forms.definition import Problem
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request
from didaskaleio.registers import assessments, judging, operations, queries
from didaskaleio.registers.enums import AssessmentState, ReconciliationState
from didaskaleio.registers.judging import Verdicts
from didaskaleio.registers.lifecycle import ASSESSMENT, RECONCILIATION
from didaskaleio.registers.models import Assessment, Reconciliation
from didaskaleio.registers.web.assessment_forms import RecuseForm
from didaskaleio.registers.web.assessment_rows import (
    Judged,
    desk_crumbs,
    disputed,
    kept,
    posted,
    tally_of,
)
from didaskaleio.registers.web.rows import form_page

PAGE = 50


def _by(request: Request) -> dict[str, Any]:
    return {"actor": request.actor, "at": request.at}


@guarded("assessment.desk", about_object=False)
def mine(request: Request) -> HttpResponse:
    """My candidacies by call, the open ones first, and the disagreements that wait for me."""
    rows = assessments.mine(request.actor)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "total": rows.count(),
        "done": rows.filter(state=AssessmentState.SUBMITTED).count(),
        "disputes": assessments.disputed(request.actor),
        "cycle": ASSESSMENT,
        "now": request.at,
    }
    return render(request, "registers/assessments.html", context)


@guarded("assessment.own")
def assessment(request: Request, pk: int) -> HttpResponse:
    """One candidacy: beside each claim its rule and documents; accept, or reduce with a reason."""
    rows = Assessment.objects.select_related(
        "call__assessment_plan", "candidacy__person", "candidacy__call", "candidacy__submission"
    )
    row = one(request, "assessment.own", rows, pk=pk)
    claims = assessments.claims_of(row.candidacy)
    if request.method != "POST":
        return _shown(request, row, kept(claims, row.verdicts), [])
    verdicts, wrong = judging.told(claims, request.POST)
    go = bool(request.POST.get("go"))
    if go and not wrong:
        wrong = judging.missing(claims, verdicts)
    if request.htmx or not wrong:  # the script keeps what is right while one types
        wrong = wrong + _sent(request, row, verdicts, go=go)
    if request.htmx:
        return render(request, "registers/assessment_live.html", _live(row, wrong, saved=True))
    if wrong:
        return _shown(request, row, posted(claims, request.POST, wrong), wrong)
    messages.success(request, "Η αξιολόγηση υποβλήθηκε." if go else "Το πρόχειρο αποθηκεύτηκε.")
    return redirect("registers:assessments") if go else redirect("registers:assessment", pk)


def _sent(request: Request, row: Assessment, verdicts: Verdicts, *, go: bool) -> list[Problem]:
    """Submit, or keep the draft; what is refused is a problem of the whole."""
    act = operations.submit_assessment if go else operations.save_verdicts
    try:
        act(row, verdicts=verdicts, **_by(request))
    except Refusal as refusal:
        return [Problem("", str(refusal))]
    return []


def _live(row: Assessment, wrong: Sequence[Problem], *, saved: bool) -> dict[str, Any]:
    return {
        "assessment": row,
        "tally": tally_of(row.candidacy, row.verdicts),
        "judged": len(row.verdicts),
        "claims": len(assessments.claims_of(row.candidacy)),
        "wrong": wrong,
        "saved": row.saved_at if saved and not wrong else None,
    }


def _shown(
    request: Request, row: Assessment, judged: Sequence[Judged], wrong: Sequence[Problem]
) -> HttpResponse:
    definition = assessments.definition_of(row.call)
    values = row.candidacy.submission.values if row.candidacy.submission else {}
    context = _live(row, wrong, saved=False) | {
        "candidacy": row.candidacy,
        "call": row.call,
        "cycle": ASSESSMENT,
        "rows": judged,
        "groups": queries.answers_in_words(definition, values),
        "open": ASSESSMENT.can("submit", row, request.actor, request.at),
        "now": request.at,
        "crumbs": desk_crumbs(f"Υποψηφιότητα {row.candidacy.code}"),
    }
    template = "registers/assessment.html"
    return render(request, template, context, status=422 if wrong else 200)


@guarded("assessment.own")
def recuse(request: Request, pk: int) -> HttpResponse:
    """Declare a conflict of interest: the candidacy goes to somebody else."""
    rows = Assessment.objects.select_related("call", "candidacy__person")
    row = one(request, "assessment.own", rows, pk=pk)
    form = RecuseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.recuse(row, reason=form.cleaned_data["reason"], **_by(request))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Δηλώθηκε. Ο φορέας θα ορίσει άλλο πρόσωπο.")
            return redirect("registers:assessments")
    context = {"form": form, "assessment": row, "candidacy": row.candidacy}
    context["cancel_url"] = reverse("registers:assessment", args=[pk])
    context["crumbs"] = desk_crumbs(f"Υποψηφιότητα {row.candidacy.code}")
    return form_page(request, "registers/recuse.html", form, context)


@guarded("reconciliation.settle")
def reconciliation(request: Request, pk: int) -> HttpResponse:
    """What differs, both opinions side by side: propose, agree, or decide as the third person."""
    rows = Reconciliation.objects.select_related("call", "candidacy__call", "proposer", "arbiter")
    row = one(request, "reconciliation.settle", rows, pk=pk)
    claims = assessments.disputed_claims(row.candidacy)
    verdicts, wrong = judging.told(claims, request.POST)
    if request.method == "POST":
        wrong = wrong or _settled(request, row, verdicts)
        if not wrong:
            return redirect("registers:assessments")
    judged = posted(claims, request.POST, wrong) if wrong else kept(claims, row.verdicts)
    third = row.arbiter_id == request.actor.user_id
    context = {
        "reconciliation": row,
        "candidacy": row.candidacy,
        "call": row.call,
        "cycle": RECONCILIATION,
        "rows": disputed(judged, list(assessments.submitted(row.candidacy))),
        "wrong": wrong,
        "third": third,
        "mine": row.proposer_id == request.actor.user_id,
        "open": row.state != ReconciliationState.SETTLED and (third or row.arbiter_id is None),
        "crumbs": desk_crumbs(f"Διαφωνία, υποψηφιότητα {row.candidacy.code}"),
    }
    template = "registers/reconciliation.html"
    return render(request, template, context, status=422 if wrong else 200)


def _settled(request: Request, row: Reconciliation, verdicts: Verdicts) -> list[Problem]:
    """Do what the button says; what is missing or refused comes back with its place."""
    try:
        if request.POST.get("act") == "agree":
            operations.agree(row, seen=request.POST.get("seen", ""), **_by(request))
            messages.success(request, "Συμφωνήσατε και η αξιολόγηση ολοκληρώθηκε.")
            return []
        claims = assessments.disputed_claims(row.candidacy)
        return judging.missing(claims, verdicts, reasons=True) or _said(request, row, verdicts)
    except Refusal as refusal:
        return [Problem("", str(refusal))]


def _said(request: Request, row: Reconciliation, verdicts: Verdicts) -> list[Problem]:
    """The third person decides; one of the assessors proposes."""
    if row.arbiter_id == request.actor.user_id:
        operations.settle(row, verdicts=verdicts, **_by(request))
        messages.success(request, "Αποφασίσατε και η αξιολόγηση ολοκληρώθηκε.")
    else:
        operations.propose_settlement(row, verdicts=verdicts, **_by(request))
        messages.success(request, "Η πρόταση στάλθηκε. Ισχύει όταν συμφωνήσει και ο άλλος.")
    return []
