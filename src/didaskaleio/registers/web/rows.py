"""Γραμμές που δείχνουν οι σελίδες μιας πρόσκλησης: criteria in words, the window, the way back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from didaskaleio.kernel.forms import wording
from didaskaleio.kernel.forms.answers import shown
from didaskaleio.kernel.forms.definition import Definition, Kind, Section
from didaskaleio.kernel.web.http import Request
from didaskaleio.registers import queries, standings
from didaskaleio.registers.enums import Ground
from didaskaleio.registers.models import Call


@dataclass(frozen=True)
class Criterion:
    """One section of the criteria: its cap, what gives points and how."""

    title: str
    cap: str
    lines: list[tuple[str, str]]


def criteria(definition: Definition) -> list[Criterion]:
    """What gives points, section by section, in words."""
    found = [_criterion(section) for section in definition.sections]
    return [one for one in found if one.lines]


def _criterion(section: Section) -> Criterion:
    lines = [(one.label, wording.rule(one)) for one in section.questions if one.rule]
    return Criterion(section.title, shown(section.cap) if section.cap else "", lines)


def papers(definition: Definition) -> list[str]:
    """The documents that the form asks for, each with its condition."""
    asked = [one for one in definition.questions() if one.kind == Kind.FILE]
    ifs = [wording.condition(one.only_if, definition) for one in asked]
    return [
        f"{one.label} ({condition[0].lower()}{condition[1:]})" if condition else one.label
        for one, condition in zip(asked, ifs, strict=True)
    ]


def content(call: Call) -> dict[str, Any]:
    """What a call says: to everybody once published, to its officers before."""
    definition = call.form.parsed() if call.form else None
    terms = standings.terms_of(call)
    return {
        "terms": terms,
        "thresholds": standings.thresholds_in_words(terms, definition) if definition else [],
        "grounds": Ground.labels,
        "lists": standings.lists_of(call),
        "call": call,
        "rules": queries.audience_words(call),
        "documents": call.documents.select_related("file"),
        "acts": call.acts.all(),
        "criteria": criteria(definition) if definition else [],
        "papers": papers(definition) if definition else [],
        "cap": shown(definition.cap) if definition and definition.cap else "",
        "ties": [wording.tie(tie, definition) for tie in definition.ties] if definition else [],
    }


def crumbs_of(call: Call, here: str = "") -> list[dict[str, str]]:
    """The calls of the body, the call, and the page below it when it has a name."""
    found = [{"label": "Προσκλήσεις του φορέα", "url": reverse("registers:desk")}]
    if not here:
        return [*found, {"label": call.title}]
    of_call = {"label": call.title, "url": reverse("registers:desk-call", args=[call.pk])}
    return [*found, of_call, {"label": here}]


def form_page(request: Request, template: str, form: Any, context: dict[str, Any]) -> HttpResponse:
    """A page with a form; one that comes back with errors says so to the browser too."""
    return render(request, template, context, status=422 if form.errors else 200)
