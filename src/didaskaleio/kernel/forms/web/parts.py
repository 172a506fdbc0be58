"""Pages of one part of a draft: a section or a question, with its rules and conditions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from didaskaleio.kernel.forms import editing
from didaskaleio.kernel.forms.definition import (
    TITLES,
    WAYS_OF,
    WITH_OPTIONS,
    Definition,
    Kind,
    Question,
    Section,
    Way,
)
from didaskaleio.kernel.forms.differences import facts_of
from didaskaleio.kernel.forms.web import asking, comparing, composing
from didaskaleio.kernel.forms.web.editing import drafted, edited, fresh, opened, to
from didaskaleio.kernel.forms.web.views import crumbs_of
from didaskaleio.kernel.web.guard import guarded
from didaskaleio.kernel.web.http import Request, number

MOST_ROWS = 100


def _tests(
    request: Request, definition: Definition, held: Section | Question, home: str = ""
) -> Any:
    """The forms of a condition's tests."""
    data = request.POST if request.method == "POST" else None
    choices = comparing.choices_before(definition, held.key, home)
    initial = comparing.shown_tests(held.only_if)
    return comparing.Tests(data, initial=initial, prefix="test", form_kwargs={"choices": choices})


@guarded("form.write")
def section(request: Request, pk: int) -> HttpResponse:
    """A section: title, help, cap, «only if»; a new one without ``?key=``."""
    form, version, definition = drafted(request, pk)
    key = request.GET.get("key", "")
    held = definition.section(key) if key else Section("", "")
    if held is None:
        raise Http404
    shown = {"title": held.title, "help": held.help, "cap": held.cap}
    typed = composing.SectionForm(request.POST or None, initial=shown)
    tests = _tests(request, definition, held)
    refused = None
    if request.method == "POST" and typed.is_valid() and tests.is_valid():
        part = typed.part(key, comparing.condition_of(tests, request.POST.get("match", "")))
        refused = edited(request, version, key or None, _placing(part), f"Ενότητα «{part.title}»")
        if refused is None:
            return to(form, key)
    now = fresh(version)
    theirs = [(s.title, s.help or "–") for s in now.sections if s.key == key]
    context = {"form": typed, "tests": tests, "held": held, "the": form}
    context |= {"cancel_url": reverse("kernel:form", args=[pk])} | opened(
        request, now, key, refused, theirs
    )
    context["crumbs"] = crumbs_of(form, held.title or "Νέα ενότητα")
    return render(request, "kernel/forms/section.html", context)


def _placing(part: Section) -> editing.Edit:
    """Put a section; one without a key gets a free one under the lock."""

    def put(definition: Definition) -> Definition:
        key = part.key or editing.free_key(definition, "s")
        return editing.put_section(definition, replace(part, key=key))

    return put


@guarded("form.write")
def question(request: Request, pk: int) -> HttpResponse:
    """A question: ``?key=`` for one that stands, ``?section=&kind=`` for a new one."""
    form, version, definition = drafted(request, pk)
    held, home = _asked(request, definition)
    typed = asking.QuestionForm(
        held.kind, request.POST or None, initial=asking.shown_question(held)
    )
    sets = _sets(request, held)
    tests = _tests(request, definition, held, home)
    ready = request.method == "POST" and "more" not in request.POST
    refused = None
    if ready and all(part.is_valid() for part in (typed, tests, *sets.values())):
        only_if = comparing.condition_of(tests, request.POST.get("match", ""))
        rows = tuple(sets[name].cleaned_data if name in sets else [] for name in SETS)
        part = asking.question_of(held.key, typed, only_if, rows)
        refused = edited(request, version, held.key or None, _asking(part, home), f"«{part.label}»")
        if refused is None:
            return to(form, held.key or home)
    now = fresh(version)
    context = {"form": typed, "all_forms": [typed, tests, *sets.values()], "tests": tests}
    context |= {"sets": sets, "held": held, "kind": TITLES[held.kind], "the": form}
    context |= opened(request, now, held.key, refused, _theirs(now, held.key))
    context |= {
        "lines_title": asking.LINES_OF.get(held.kind, ""),
        "scored": "way" in typed.fields,
    }
    context |= {"cancel_url": reverse("kernel:form", args=[pk])}
    context["crumbs"] = crumbs_of(form, held.label or "Νέα ερώτηση")
    return render(request, "kernel/forms/question.html", context)


SETS = ("options", "lines", "bands")
MAKERS: dict[str, tuple[Any, Callable[[Question], list[dict[str, Any]]]]] = {
    "options": (asking.Options, asking.shown_options),
    "lines": (asking.Lines, asking.shown_lines),
    "bands": (asking.Bands, asking.shown_bands),
}


def _asked(request: Request, definition: Definition) -> tuple[Question, str]:
    """The question of this address, and the section in which a new one will stand."""
    key, home = request.GET.get("key", ""), request.GET.get("section", "")
    if key:
        found = definition.question(key)
        if found is None:
            raise Http404
        return found, ""
    if definition.section(home) is None or request.GET.get("kind") not in set(Kind):
        raise Http404
    return Question("", Kind(request.GET["kind"]), ""), home


def _sets(request: Request, held: Question) -> dict[str, Any]:
    """The rows of options, lines and bands that a question of this kind has."""
    wanted = {
        "options": held.kind in WITH_OPTIONS,
        "lines": held.kind in asking.LINES_OF,
        "bands": Way.BANDS in WAYS_OF[held.kind],
    }
    data = _with_more(request) if request.method == "POST" else None
    return {
        name: maker(data, initial=shown(held), prefix=name)
        for name, (maker, shown) in MAKERS.items()
        if wanted[name]
    }


def _with_more(request: Request) -> Any:
    """What was posted, with three more empty rows of the kind that was asked for."""
    posted = request.POST.copy()
    name = f"{posted.get('more', '')}-TOTAL_FORMS"
    held = number(str(posted.get(name, "")))
    if held is not None:
        posted[name] = str(min(held + 3, MOST_ROWS))
    return posted


def _asking(part: Question, home: str) -> editing.Edit:
    """Put a question; one without a key gets a free one under the lock."""

    def put(definition: Definition) -> Definition:
        key = part.key or editing.free_key(definition, "q")
        return editing.put_question(definition, replace(part, key=key), home)

    return put


def _theirs(definition: Definition, key: str) -> list[tuple[str, str]]:
    held = definition.question(key)
    return [pair for pair in facts_of(held, definition).items() if pair[1]] if held else []
