"""The page on which the committee decides an objection: claim, document, ruling, decision."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from didaskaleio.kernel.forms import wording
from didaskaleio.kernel.forms.definition import Kind
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.overtaking import opened, saved
from didaskaleio.registers import operations, queries, standings
from didaskaleio.registers.enums import CandidacyState
from didaskaleio.registers.lifecycle import OBJECTION
from didaskaleio.registers.models import Candidacy, Objection
from didaskaleio.registers.operations import Decision
from didaskaleio.registers.standings import Judgement
from didaskaleio.registers.web.objection_forms import Claim, DecisionForm

NOTHING = "0"  # what claims nothing has nothing to be judged


@guarded("objection.decide")
def decide(request: Request, pk: int) -> HttpResponse:
    """Question by question; kept as a draft for the whole committee, or issued for good."""
    found = Objection.objects.select_related(
        "call__body", "call__form", "candidacy__person", "candidacy__submission"
    ).select_related("candidacy__call__form")
    row = one(request, "objection.decide", found, pk=pk)
    if not OBJECTION.can("decide", row, request.actor, request.at):
        return redirect("registers:objection", pk)
    parts = standings.judged(row.candidacy, row.candidacy.rulings)
    judged = [line for part in parts for line in part.lines if line.claimed != NOTHING]
    form = DecisionForm(judged, _held(row), request.POST or None)
    act = operations.decide if request.POST.get("issue") else operations.draft_decision
    done, refused = saved(request, form, lambda **by: act(row, decision=form.decision(), **by))
    if done:
        messages.success(request, _done(request))
        return redirect("registers:objection", pk)
    theirs = [("Αιτιολογία", row.draft.get("reason", ""))]
    context = _shown(row, form, judged) | opened(request, row, operations.DRAFTED, refused, theirs)
    return render(request, "registers/decide.html", context, status=422 if form.errors else 200)


def _held(row: Objection) -> Decision:
    """The draft of the committee, or what stands of the candidacy."""
    if row.draft:
        return Decision(**row.draft)
    candidacy = row.candidacy
    admitted = candidacy.state == CandidacyState.ASSESSED
    return Decision(candidacy.rulings, admitted=admitted, ground=candidacy.ground)


def _done(request: Request) -> str:
    if request.POST.get("issue"):
        return "Η απόφαση εκδόθηκε και το πρόσωπο ειδοποιείται."
    return "Το πρόχειρο αποθηκεύτηκε για όλη την επιτροπή."


def _shown(row: Objection, form: DecisionForm, judged: list[Judgement]) -> dict[str, Any]:
    return {
        "objection": row,
        "candidacy": row.candidacy,
        "call": row.call,
        "form": form,
        "claims": [_claim(row.candidacy, form, one) for one in judged],
        "papers": [paper.evidence for paper in row.papers.select_related("evidence__file")],
        "files": _files(row.candidacy),
        "crumbs": [
            {"label": "Ενστάσεις", "url": reverse("registers:objections")},
            {"label": str(row), "url": reverse("registers:objection", args=[row.pk])},
            {"label": "Απόφαση"},
        ],
    }


def _claim(candidacy: Candidacy, form: DecisionForm, one: Judgement) -> Claim:
    assert candidacy.call.form is not None  # noqa: S101 - a published call has its form
    assert candidacy.submission is not None  # noqa: S101 - what was received has its version
    asked = candidacy.call.form.parsed().question(one.key)
    value = candidacy.submission.values.get(one.key)
    words = wording.answer(asked, value) if asked and value is not None else "Δεν απαντήθηκε"
    file = value.get("file", "") if asked and asked.kind == Kind.FILE and value else ""
    return Claim(one, words, file, form[f"allowed-{one.key}"], form[f"reason-{one.key}"])


def _files(candidacy: Candidacy) -> list[queries.Said]:
    """The documents of the candidacy, each with its question."""
    assert candidacy.call.form is not None  # noqa: S101 - a published call has its form
    assert candidacy.submission is not None  # noqa: S101 - what was received has its version
    definition, values = candidacy.call.form.parsed(), candidacy.submission.values
    said = (line for _, lines in queries.answers_in_words(definition, values) for line in lines)
    return [line for line in said if line.file]
