"""The officer's pages about the audience of an action and its targets."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.sheets import SheetError
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request, number
from didaskaleio.kernel.web.overtaking import opened, saved
from didaskaleio.programmes import operations
from didaskaleio.programmes.models import TrainingAction
from didaskaleio.programmes.operations import addressing, targeting
from didaskaleio.programmes.queries.audience import audience_of, searched
from didaskaleio.programmes.web.audience_forms import AudienceForm, CodesForm, TargetForm

PAGE = 50
SHOWN = 50


def _action(request: Request, pk: int) -> TrainingAction:
    found = TrainingAction.objects.select_related("body", "scheme", "course_version")
    return one(request, "action.manage", found, pk=pk)


def _page(
    request: Request, template: str, the: TrainingAction, here: str, context: dict[str, Any]
) -> HttpResponse:
    crumbs = [
        {"label": "Δράσεις", "url": reverse("programmes:actions")},
        {"label": the.title, "url": reverse("programmes:action", args=[the.pk])},
        {"label": here},
    ]
    shown = {"action_row": the, "crumbs": crumbs} | context
    shown["cancel_url"] = reverse("programmes:action", args=[the.pk])
    bad = getattr(context.get("form"), "errors", None)
    return render(request, template, shown, status=422 if bad else 200)


@guarded("action.manage")
def audience(request: Request, pk: int) -> HttpResponse:
    """To whom the action is addressed: the country, prefectures, named schools."""
    the = _action(request, pk)
    chosen = the.prefectures.values_list("prefecture", flat=True)
    initial = {"kind": the.addressed_to, "prefectures": list(chosen)}
    form = AudienceForm(request.POST or None, initial=initial)
    done, refused = saved(
        request,
        form,
        lambda **by: operations.address_to(the, **form.cleaned_data, **by),
        field="kind",
    )
    if done:
        messages.success(request, "Αποθηκεύτηκε σε ποιους απευθύνεται η δράση.")
        return redirect("programmes:action", pk)
    known = audience_of(the)
    theirs = [("Απευθύνεται σε", known.words if known else the.get_addressed_to_display())]
    context = opened(request, the, addressing.ACT, refused, theirs) | {
        "form": form,
        "settled": addressing.settled(the, request.at),
    }
    return _page(request, "programmes/audience.html", the, "Αποδέκτες", context)


@guarded("action.manage")
def schools(request: Request, pk: int) -> HttpResponse:
    """The schools of an in-school action: search and add, take away; lists go through a trial."""
    the = _action(request, pk)
    words = request.GET.get("q", "").replace("\0", "").strip()[:80]
    named = the.schools.select_related("school__directorate").order_by("group", "school__sort_key")
    context = {
        "page": Paginator(named, PAGE).get_page(request.GET.get("page")),
        "q": words,
        "found": list(searched(the, words)) if words else [],
        "codes_form": CodesForm(),
        "settled": addressing.settled(the, request.at),
    }
    return _page(request, "programmes/schools.html", the, "Σχολεία", context)


@require_POST
@guarded("action.manage")
def trial(request: Request, pk: int) -> HttpResponse:
    """What a pasted list or a file would add; nothing is written."""
    the = _action(request, pk)
    form = CodesForm(request.POST, request.FILES)
    context: dict[str, Any] = {"form": form, "shown": SHOWN}
    if form.is_valid():
        try:
            context |= {"told": _told(the, form, request), "group": form.cleaned_data["group"]}
        except (Refusal, SheetError) as refusal:
            form.add_error("file" if form.cleaned_data["file"] else "codes", str(refusal))
    return _page(request, "programmes/schools_trial.html", the, "Σχολεία", context)


def _told(the: TrainingAction, form: CodesForm, request: Request) -> addressing.Read:
    if form.cleaned_data["file"]:
        return operations.read_schools(the, form.cleaned_data["file"], actor=request.actor)
    return operations.read_codes(the, form.cleaned_data["codes"], actor=request.actor)


@require_POST
@guarded("action.manage")
def add_schools(request: Request, pk: int) -> HttpResponseRedirect:
    """Add the schools that were ticked, or all of a trial."""
    the = _action(request, pk)
    codes = [code for text in request.POST.getlist("school") for code in text.split()]
    group = request.POST.get("group", "").replace("\0", "")[: addressing.LONGEST_GROUP]
    by: dict[str, Any] = {"actor": request.actor, "at": request.at}
    added = operations.name_schools(the, codes, group=group, **by)
    messages.success(request, f"Σχολεία που προστέθηκαν: {added}.")
    return redirect("programmes:action-schools", pk)


@require_POST
@guarded("action.manage")
def drop_schools(request: Request, pk: int) -> HttpResponseRedirect:
    """Take away the schools that were ticked."""
    the = _action(request, pk)
    ids = [found for text in request.POST.getlist("named") if (found := number(text))]
    gone = operations.drop_schools(the, ids, actor=request.actor, at=request.at)
    messages.success(request, f"Σχολεία που αφαιρέθηκαν: {gone}.")
    return redirect("programmes:action-schools", pk)


@guarded("action.manage")
def targets(request: Request, pk: int) -> HttpResponse:
    """The targets of the action by region, cluster and category: set one, lift one."""
    the = _action(request, pk)
    form = TargetForm(the, request.POST or None)
    done, refused = saved(
        request,
        form,
        lambda **by: operations.set_target(the, **form.cleaned_data, **by),
        field="people",
    )
    if done:
        messages.success(request, "Ο στόχος αποθηκεύτηκε.")
        return redirect("programmes:action-targets", pk)
    rows = the.targets.select_related("region", "cluster", "category")
    ordered = rows.order_by("region__sort_key", "cluster__order", "category__order", "pk")
    context = opened(request, the, targeting.ACT, refused) | {
        "form": form,
        "page": Paginator(ordered, PAGE).get_page(request.GET.get("page")),
    }
    return _page(request, "programmes/targets.html", the, "Στόχοι", context)
