"""The organiser's and the approver's side: the desk, a new action, its changes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from didaskaleio.kernel import access
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web import desks
from didaskaleio.kernel.web.guard import guarded, one, rows
from didaskaleio.kernel.web.http import Request
from didaskaleio.small_actions import operations, queries
from didaskaleio.small_actions.enums import WRITTEN, SmallActionState
from didaskaleio.small_actions.lifecycle import SMALL_ACTION
from didaskaleio.small_actions.models import SmallAction
from didaskaleio.small_actions.web.forms import NEW, PLACE_OF, SmallActionForm, first_values

PAGE = 25
DESK = {"label": "Μικρές δράσεις", "url": "/small-actions/desk/"}


def mine(request: Request) -> QuerySet[SmallAction]:
    """What the person organises, and of what comes from others that which was submitted."""
    every = SmallAction.objects.all()
    kept = rows(request, "small_action.keep", every).order_by().values("pk")
    asked = rows(request, "small_action.approve", every.exclude(state__in=WRITTEN))
    return every.filter(Q(pk__in=kept) | Q(pk__in=asked.order_by().values("pk")))


@guarded("small_action.desk", about_object=False)
def desk(request: Request) -> HttpResponse:
    """«Μικρές δράσεις»: those that one organises or approves, the latest first."""
    desk = desks.by_state(request, mine(request), desks.views(SmallActionState))
    shown = queries.listed(desk.rows)
    context = {
        "page": Paginator(shown.order_by("-starts_at", "-pk"), PAGE).get_page(
            request.GET.get("page")
        ),
        "desk": desk,
        "cycle": SMALL_ACTION,
        "organises": bool(queries.hosts_for(request.actor, request.at)),
        "reports": access.allowed(request.actor, "small_action.report"),
    }
    return render(request, "small_actions/desk.html", context)


@guarded("small_action.desk", about_object=False)
def new(request: Request) -> HttpResponse:
    """A new action of a structure or a centre of one's own."""
    hosts = queries.hosts_for(request.actor, request.at)
    if not hosts:
        raise Http404
    form = SmallActionForm(hosts, request.POST or None, initial=NEW)
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.compose(form.content(), actor=request.actor, at=request.at)
        except Refusal as refusal:
            _refused(form, refusal)
        else:
            words = "υποβάλετέ τη για έγκριση" if made.needs_approval else "δημοσιεύστε τη"
            messages.success(request, f"Η δράση {made.code} αποθηκεύτηκε. Ελέγξτε και {words}.")
            return redirect("small_actions:action", made.pk)
    return _form(request, form, "Νέα μικρή δράση", DESK["url"])


@guarded("small_action.keep")
def edit(request: Request, pk: int) -> HttpResponse:
    """Change an action while it may change."""
    every = queries.whole(SmallAction.objects.all())
    row = one(request, "small_action.keep", every, pk=pk)
    if row.state not in (*WRITTEN, SmallActionState.OPEN):
        raise Http404
    back = reverse("small_actions:action", args=[pk])
    hosts = [row.host] if row.state == SmallActionState.OPEN else _hosts(request, row)
    form = SmallActionForm(hosts, request.POST or None, initial=first_values(row))
    if request.method == "POST" and form.is_valid():
        try:
            operations.revise(row, form.content(), actor=request.actor, at=request.at)
        except Refusal as refusal:
            _refused(form, refusal)
        else:
            messages.success(request, "Οι αλλαγές αποθηκεύτηκαν.")
            return redirect(back)
    return _form(request, form, f"Αλλαγή: {row}", back)


def _hosts(request: Request, row: SmallAction) -> list[Any]:
    found = queries.hosts_for(request.actor, request.at)
    return found if row.host in found else [row.host, *found]


def _refused(form: SmallActionForm, refusal: Refusal) -> None:
    field = PLACE_OF.get(refusal.code, refusal.code)
    form.add_error(field if field in form.fields else None, str(refusal))


def _form(request: Request, form: SmallActionForm, heading: str, back: str) -> HttpResponse:
    context = {"form": form, "heading": heading, "cancel_url": back}
    context["crumbs"] = [DESK, {"label": heading}]
    status = 422 if form.errors else 200
    return render(request, "small_actions/form.html", context, status=status)
