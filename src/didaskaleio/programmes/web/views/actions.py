"""The officer's pages about actions: list, new action, one action, parameters, regulation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from didaskaleio.kernel import access, journal, links
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.greek import NumberFormatError, parse_decimal
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.spaces import queries as spaces
from didaskaleio.kernel.web.guard import guarded, one, rows
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.steps import buttons
from didaskaleio.programmes import operations, queries
from didaskaleio.programmes import parameters as action_parameters
from didaskaleio.programmes.enums import ActionState
from didaskaleio.programmes.lifecycle import ACTION, PERIOD
from didaskaleio.programmes.models import Programme, Regulation, TrainingAction
from didaskaleio.programmes.operations.offering import TAKES_PERIODS
from didaskaleio.programmes.queries import actions as of_actions
from didaskaleio.programmes.queries import registers as of_registers
from didaskaleio.programmes.queries.audience import audience_of
from didaskaleio.programmes.web.offering_forms import (
    ActionForm,
    categories_of,
    category_rows,
    initial_of_action,
    standard_categories,
)
from didaskaleio.registers.lifecycle import CALL, TENDER
from didaskaleio.structures.models import ImplementingBody

PAGE = 25


@guarded("action.read")
def action_list(request: Request) -> HttpResponse:
    """The actions of the body, newest first, with how many periods each has."""
    found = of_actions.listed(rows(request, "action.read", TrainingAction.objects.all()))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    shown = [one.pk for one in page.object_list if one.state in TAKES_PERIODS]
    mine = rows(request, "action.manage", TrainingAction.objects.filter(pk__in=shown))
    context = {
        "page": page,
        "cycle": ACTION,
        "takes_periods": set(mine.values_list("pk", flat=True)),
        "may_begin": _bodies(request).exists(),
    }
    return render(request, "programmes/actions.html", context)


def _bodies(request: Request) -> Any:
    return rows(request, "action.begin", ImplementingBody.objects.order_by("short_name"))


@guarded("action.begin")
def new_action(request: Request) -> HttpResponse:
    """A new action on an approved course, with its categories."""
    bodies = _bodies(request)
    get_object_or_404(bodies[:1])
    form = ActionForm(request.POST or None, bodies=bodies, day=request.at.date())
    categories = category_rows(request.POST or None, standard_categories())
    if request.method == "POST" and form.is_valid() and categories.is_valid():
        facts, body = form.facts(categories), form.cleaned_data["body"]
        made = _kept(form, operations.begin_action, body, facts, request)
        if made is not None:
            messages.success(request, "Η δράση δημιουργήθηκε. Ορίστε παραμέτρους και πλαίσιο.")
            return redirect("programmes:action", made.pk)
    return render(request, "programmes/action_form.html", {"form": form, "rows": categories})


@guarded("action.manage")
def edit_action(request: Request, pk: int) -> HttpResponse:
    """Change a draft action."""
    drafts = TrainingAction.objects.filter(state=ActionState.DRAFT).select_related("body")
    the = one(request, "action.manage", drafts, pk=pk)
    body = ImplementingBody.objects.filter(pk=the.body_id)
    form = ActionForm(
        request.POST or None, bodies=body, day=request.at.date(), initial=initial_of_action(the)
    )
    categories = category_rows(request.POST or None, categories_of(the))
    if request.method == "POST" and form.is_valid() and categories.is_valid():
        facts = form.facts(categories)
        if _kept(form, operations.change_action, the, facts, request) is not None:
            messages.success(request, "Τα στοιχεία της δράσης αποθηκεύτηκαν.")
            return redirect("programmes:action", pk)
    context = {"form": form, "rows": categories, "action_row": the}
    return render(request, "programmes/action_form.html", context)


def _kept(
    form: ActionForm,
    act: Callable[..., TrainingAction],
    thing: Any,
    facts: operations.ActionFacts,
    request: Request,
) -> TrainingAction | None:
    """The action as written, or None with the refusal at its field, so that nothing is retyped."""
    try:
        return act(thing, facts, actor=request.actor, at=request.at)
    except Refusal as refusal:
        form.add_error(refusal.code if refusal.code in form.fields else None, str(refusal))
        return None


@guarded("action.read")
def action(request: Request, pk: int) -> HttpResponse:
    """One training action: course, project, targets, categories, periods, regulation."""
    found = TrainingAction.objects.select_related(
        "body", "course_version__course", "project", "scheme"
    )
    the = one(request, "action.read", found, pk=pk)
    capacity = Programme.objects.filter(
        period__action=the, state__in=queries.APPROVED_STATES
    ).values_list("capacity", flat=True)
    draft = the.state == ActionState.DRAFT
    may_manage = access.allowed(request.actor, "action.manage", the)
    context = {
        "action": the,
        "cycle": ACTION,
        "states": ActionState,
        "steps": buttons(request, ACTION, the),
        "entries": journal.of(the)[:30],
        "placed": sum(capacity),
        "audience": audience_of(the),
        "categories": the.categories.all(),
        "periods": the.periods.order_by("-first_day"),
        "regulations": the.regulations.all(),
        "may_manage": may_manage,
        "parameters": action_parameters.of(the, request.at).version,
        "missing": queries.missing_of(the) if draft else [],
        "gaps": queries.hours_gaps(the) if draft else [],
        "draft": draft,
        "takes_periods": may_manage and the.state in TAKES_PERIODS,
        "period_cycle": PERIOD,
        "sources": of_registers.board(the.pk),
        "calls": CALL,
        "tenders": the.tenders.select_related("tender__prefecture", "tender__winner__centre"),
        "tender_cycle": TENDER,
        "spaces": None if draft else spaces.of(the),
        "links": links.of(the, request.actor),
        "excerpts": links.excerpts(the, request.actor, request.at),
    }
    return render(request, "programmes/action.html", context)


@guarded("action.manage")
def parameters(request: Request, pk: int) -> HttpResponse:
    """The parameters in force with their history, and a form for the next set."""
    the = one(request, "action.manage", TrainingAction.objects.all(), pk=pk)
    if request.method == "POST":
        operations.change_parameters(
            the,
            actor=request.actor,
            at=request.at,
            values=_values(request),
            reason=request.POST.get("reason", ""),
        )
        messages.success(request, "Οι νέες παράμετροι ισχύουν από τώρα.")
        return redirect("programmes:parameters", pk)
    present = action_parameters.of(the, request.at)
    context = {
        "action": the,
        "values": action_parameters.shown(present),
        "version": present.version,
        "history": [_set(row) for row in the.parameter_sets.all()],
    }
    return render(request, "programmes/parameters.html", context)


def _set(row: Any) -> dict[str, Any]:
    labels = action_parameters.LABELS
    changes = [(labels[name], value) for name, value in row.values.items() if name in labels]
    return {"row": row, "changes": changes}


def _values(request: Request) -> dict[str, Any]:
    """The posted values, each of the kind of its default."""
    values: dict[str, Any] = {}
    for name in action_parameters.LABELS:
        default = getattr(action_parameters.DEFAULTS, name)
        text = request.POST.get(name, "")
        if isinstance(default, bool):
            values[name] = bool(text)
            continue
        number = parse_decimal(text)
        if isinstance(default, int) and number != int(number):
            raise NumberFormatError(f"«{action_parameters.LABELS[name]}»: δώστε ακέραιο αριθμό.")
        values[name] = type(default)(number)
    return values


@guarded("action.manage")
def write_regulation(request: Request, pk: int) -> HttpResponse:
    """Write the next version of the regulation, article by article."""
    the = one(request, "action.manage", TrainingAction.objects.all(), pk=pk)
    newest = the.regulations.first()
    if request.method == "POST":
        titles, texts = request.POST.getlist("article_title"), request.POST.getlist("article_text")
        made = operations.draft_regulation(
            the,
            actor=request.actor,
            at=request.at,
            title=request.POST.get("title", "").strip() or "Κανονιστικό Πλαίσιο",
            articles=[{"title": a, "text": b} for a, b in zip(titles, texts, strict=False)],
        )
        return redirect("programmes:regulation", made.pk)
    articles = [*(newest.articles if newest else []), *[{"title": "", "text": ""}] * 2]
    context = {"action": the, "newest": newest, "articles": articles}
    return render(request, "programmes/regulation_form.html", context)


@require_POST
@guarded("action.manage")
def publish(request: Request, pk: int) -> HttpResponseRedirect:
    """Publish a version: it is in force from now on."""
    actions = rows(request, "action.manage", TrainingAction.objects.all())
    found = get_object_or_404(Regulation, action__in=actions, pk=pk)
    operations.publish_regulation(found, actor=request.actor, at=request.at)
    messages.success(request, "Η έκδοση δημοσιεύτηκε και ισχύει.")
    return redirect("programmes:regulation", pk)
