"""The choice of visits: rounds of a body, weights of the risk, the public page of the draw."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from didaskaleio.delivery import operations, queries
from didaskaleio.delivery.enums import RoundState
from didaskaleio.delivery.lifecycle import ROUND, VISIT
from didaskaleio.delivery.models import RiskWeights, VisitRound
from didaskaleio.delivery.web import show, visit_forms
from didaskaleio.kernel import access, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web.guard import guarded, one, public, rows
from didaskaleio.kernel.web.http import Request
from didaskaleio.people.enums import Role, Scope
from didaskaleio.structures.models import ImplementingBody

FILES = ("bundle", "result")


def _bodies(actor: Actor) -> QuerySet[ImplementingBody]:
    held = actor.scopes(Role.BODY_OFFICER, Scope.BODY) | actor.scopes(Role.BODY_HEAD, Scope.BODY)
    return ImplementingBody.objects.filter(pk__in=[pk for pk in held if pk is not None]).order_by(
        "pk"
    )


def _crumbs(*more: tuple[str, str]) -> list[dict[str, str]]:
    return show.crumbs(
        ("Επιτόπιοι έλεγχοι", reverse("delivery:visits")),
        ("Επιλογή επισκέψεων", reverse("delivery:visit-rounds")),
        *more,
    )


@guarded("visit_round.list", about_object=False)
def rounds(request: Request) -> HttpResponse:
    """The rounds of the person's bodies, with the weights in force."""
    found = rows(request, "visit_round.manage", VisitRound.objects.all())
    counted = found.defer("frozen", "bundle", "result", "scores").annotate(many=Count("visits"))
    bodies = _bodies(request.actor)
    context = {
        "page": Paginator(counted.order_by("-first_day", "-pk"), 25).get_page(
            request.GET.get("page")
        ),
        "cycle": ROUND,
        "bodies": [(body, queries.visits.weights_of(body)[1]) for body in bodies],
        "crumbs": [*_crumbs()[:-1], {"label": "Επιλογή επισκέψεων", "url": ""}],
    }
    return render(request, "delivery/visit_rounds.html", context)


@guarded("visit_round.list", about_object=False)
def new(request: Request) -> HttpResponse:
    """Begin a round: freeze the list and commit."""
    form = visit_forms.RoundForm(request.POST or None, bodies=_bodies(request.actor))
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        body = said.pop("body")
        wish = operations.Wish(**said)
        made = operations.open_round(body, wish, actor=request.actor, at=request.at)
        messages.success(request, "Η λίστα πάγωσε και η δέσμευση δημοσιεύθηκε.")
        return redirect("delivery:visit-round", pk=made.pk)
    context = {
        "form": form,
        "cancel_url": reverse("delivery:visit-rounds"),
        "crumbs": _crumbs(("Νέα επιλογή", "")),
    }
    return render(request, "delivery/visit_round_form.html", context)


@guarded("visit_round.list", about_object=False)
def weights(request: Request, body: int) -> HttpResponse:
    """The weights of the risk: those in force, their history, a new version."""
    found = get_object_or_404(_bodies(request.actor), pk=body)
    values, version = queries.visits.weights_of(found)
    form = visit_forms.WeightsForm(request.POST or None, weights=values)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        by: Any = {"actor": request.actor, "at": request.at}
        operations.set_weights(found, form.values, reason=reason, **by)
        messages.success(request, "Τα βάρη ισχύουν για όσες επιλογές αρχίσουν από τώρα.")
        return redirect("delivery:visit-weights", body=body)
    history = RiskWeights.objects.filter(body=found).select_related("by")[:20]
    context = {"form": form, "body": found, "version": version, "history": history}
    back = {"cancel_url": reverse("delivery:visit-rounds"), "crumbs": _crumbs(("Βάρη", ""))}
    return render(request, "delivery/visit_weights.html", context | back)


@guarded("visit_round.manage")
def round_(request: Request, pk: int) -> HttpResponse:
    """A round: what was committed, what was proposed and what was decided of it."""
    found = one(request, "visit_round.manage", VisitRound.objects.select_related("body"), pk=pk)
    visits = queries.visits.with_visit_relations(found.visits.all())
    context = {
        "round": found,
        "page": Paginator(visits.order_by("way", "-points", "pk"), 50).get_page(
            request.GET.get("page")
        ),
        "cycle": ROUND,
        "visit_cycle": VISIT,
        "states": RoundState,
        "listed": len(found.scores),
        "may_draw": ROUND.can("draw", found, request.actor, request.at),
        "entries": journal.of(found)[:10],
        "crumbs": _crumbs((str(found), "")),
    }
    return render(request, "delivery/visit_round.html", context)


@guarded("visit_round.manage")
def draw(request: Request, pk: int) -> HttpResponse:
    """Enter the public chance: the draw is made and visits are proposed."""
    found = one(request, "visit_round.manage", VisitRound.objects.select_related("body"), pk=pk)
    if not ROUND.can("draw", found, request.actor, request.at):
        raise Http404
    form = visit_forms.DrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        beacon = form.cleaned_data["beacon"]
        operations.draw(found, actor=request.actor, at=request.at, beacon=beacon)
        messages.success(request, "Έγινε η κλήρωση. Αποφασίστε για κάθε επίσκεψη.")
        return redirect("delivery:visit-round", pk=pk)
    back = {"cancel_url": reverse("delivery:visit-round", args=[pk])}
    context = {"form": form, "round": found, "crumbs": _crumbs((str(found), ""))}
    return render(request, "delivery/visit_draw_form.html", context | back)


@public
def public_rounds(request: Request) -> HttpResponse:
    """Every round with its commitment, and whether its draw can be checked already."""
    found = VisitRound.objects.select_related("body").defer("frozen", "bundle", "result", "scores")
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    context = {"page": page, "cycle": ROUND}
    return render(request, "delivery/visit_draws.html", context)


@public
def public_round(request: Request, code: str) -> HttpResponse:
    """What binds a draw before its days, and the check of it after them."""
    found = get_object_or_404(VisitRound.objects.select_related("body"), code=code)
    context = {
        "round": found,
        "cycle": ROUND,
        "revealed": found.state == RoundState.REVEALED,
        "listed": len(found.scores),
        "manages": access.allowed(request.actor, "visit_round.manage", found),
    }
    return render(request, "delivery/visit_draw.html", context)


@public
def public_file(request: Request, code: str, name: str) -> Any:
    """A published file of the draw, byte for byte; nothing before the revelation."""
    found = get_object_or_404(VisitRound, code=code, state=RoundState.REVEALED)
    if name not in FILES:
        raise Http404
    return FileResponse(
        BytesIO(getattr(found, name).encode()),
        content_type="application/json",
        as_attachment="download" in request.GET,
        filename=f"{code}-{name}.json",
    )
