"""Pages of the officers for the lists of a call: terms in the draft, preview and publication."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from didaskaleio.kernel.forms.definition import Definition
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.overtaking import opened, saved
from didaskaleio.registers import operations, standings
from didaskaleio.registers.enums import ListStage
from didaskaleio.registers.lifecycle import CALL
from didaskaleio.registers.models import Call
from didaskaleio.registers.models.lists import OUTCOMES
from didaskaleio.registers.web.list_forms import TermsForm
from didaskaleio.registers.web.rows import crumbs_of, form_page

SHOWN = 50
PUBLISHING = {
    ListStage.PROVISIONAL: ("publish_provisional", operations.publish_provisional),
    ListStage.FINAL: ("publish_final", operations.publish_final),
}


def _call(request: Request, pk: int) -> Call:
    return one(request, "call.manage", Call.objects.select_related("body", "form__form"), pk=pk)


@guarded("call.manage")
def terms(request: Request, pk: int) -> HttpResponse:
    """Thresholds and days for objections, in the draft of a call."""
    row = _call(request, pk)
    definition = row.form.parsed() if row.form else Definition(title="")
    held = standings.terms_of(row)
    form = TermsForm(definition, held, request.POST or None)
    done, refused = saved(request, form, lambda **by: _write(row, form, **by))
    if done:
        messages.success(request, "Οι όροι κατάταξης αποθηκεύτηκαν.")
        return redirect("registers:desk-call", pk)
    context = {"form": form, "call": row, "crumbs": crumbs_of(row, "Όροι κατάταξης")}
    context["cancel_url"] = reverse("registers:desk-call", args=[pk])
    theirs = [("Όρια μορίων", "\n".join(standings.thresholds_in_words(held, definition)))]
    context |= opened(request, row, operations.TERMS, refused, theirs)
    return form_page(request, "registers/terms.html", form, context)


def _write(row: Call, form: TermsForm, **by: Any) -> None:
    days = form.cleaned_data["objection_days"]
    operations.write_terms(row, thresholds=form.thresholds(), objection_days=days, **by)


@guarded("call.manage")
def provisional(request: Request, pk: int) -> HttpResponse:
    """The provisional list as it would be published now, and its publication."""
    return _publication(request, pk, ListStage.PROVISIONAL)


@guarded("call.manage")
def final(request: Request, pk: int) -> HttpResponse:
    """The final list as it would be published now, and its publication."""
    return _publication(request, pk, ListStage.FINAL)


def _publication(request: Request, pk: int, stage: ListStage) -> HttpResponse:
    row = _call(request, pk)
    step, publish = PUBLISHING[stage]
    if not CALL.can(step, row, request.actor, request.at):
        return redirect("registers:desk-call", pk)
    if request.method == "POST":
        publish(row, actor=request.actor, at=request.at)
        messages.success(request, f"{CALL.steps[step].done}. Τα πρόσωπα ειδοποιούνται.")
        return redirect("registers:ranking", row.lists.get(stage=stage).pk)
    ranked = standings.rank(row, stage, row.number)
    context = {
        "call": row,
        "stage": stage,
        "lines": ranked.lines[:SHOWN],
        "total": len(ranked.lines),
        "outcomes": [(label, ranked.count(key)) for key, label in OUTCOMES],
        "until": operations.objection_window(row, request.at),
        "first": stage == ListStage.PROVISIONAL,
        "crumbs": crumbs_of(row, stage.label),
    }
    return render(request, "registers/list_preview.html", context)


def lists_context(request: Request, row: Call) -> dict[str, Any]:
    """What the desk shows of the lists of a call: published, and the next one or what it awaits."""
    waiting, ready = "", None
    for stage, (name, _) in PUBLISHING.items():
        the = CALL.steps[name]
        if row.state in the.sources:
            waiting = (the.guard(row, request.at) if the.guard else "") or ""
            ready = None if waiting else stage
    shown = ready and {"label": ready.label, "page": f"registers:list-{ready.value}"}
    return {
        "lists": standings.lists_of(row),
        "list_ready": shown,
        "list_waiting": waiting,
        "may_close": CALL.can("close", row, request.actor, request.at),
        "objections": row.objections.count(),
    }
