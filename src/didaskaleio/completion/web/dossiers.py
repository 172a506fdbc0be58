"""Dossiers of programmes: the list with completeness, one dossier, who is waited for, its pack."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from didaskaleio.completion import operations
from didaskaleio.completion.lifecycle import PACK
from didaskaleio.completion.queries import dossiers as queries
from didaskaleio.completion.web.forms import PackForm
from didaskaleio.kernel import access, dossiers
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web.guard import guarded, one, rows
from didaskaleio.kernel.web.http import Request
from didaskaleio.programmes.lifecycle import PROGRAMME
from didaskaleio.programmes.models import Programme

PAGE = 50
VIEWS = (("", "Όλοι"), ("missing", "Με ελλείψεις"), ("whole", "Πλήρεις"))


@guarded("dossier.desk", about_object=False)
def desk(request: Request) -> HttpResponse:
    """The dossiers of my body or centre with how much of each is there."""
    mine = rows(request, "dossier.read", queries.programmes())
    text, view = request.GET.get("q", ""), request.GET.get("view", "")
    found = queries.completeness(queries.named(mine, text), request.at)
    page = Paginator(queries.narrowed(found, view), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "views": VIEWS, "view": view, "q": text, "cycle": PROGRAMME}
    return render(request, "completion/dossiers.html", context)


@guarded("dossier.read")
def dossier(request: Request, pk: int) -> HttpResponse:
    """Every document that the programme owes: there, or missing and of whom it is awaited."""
    found = one(request, "dossier.read", queries.programmes(), pk=pk)
    return render(request, "completion/dossier.html", _context(request, found, PackForm()))


def _context(request: Request, found: Programme, form: PackForm) -> dict[str, object]:
    listed = dossiers.listed(found, request.at)
    may_pack = access.allowed(request.actor, "dossier.pack", found)
    shown = [
        (each, [(entry, dossiers.opens(each.part, entry, request.actor)) for entry in each.entries])
        for each in listed
    ]
    return {
        "programme": found,
        "cycle": PROGRAMME,
        "shown": shown,
        "owed": sum(len(each.entries) for each in listed),
        "lacking": sum(len(each.missing) for each in listed),
        "awaited": queries.awaited(listed),
        "may_pack": may_pack,
        "packs": queries.standing_packs(found)[:5] if may_pack else [],
        "pack_cycle": PACK,
        "form": form,
        "crumbs": [
            {"label": "Φάκελοι προγραμμάτων", "url": reverse("completion:dossiers")},
            {"label": f"Φάκελος του {found.code}"},
        ],
    }


@guarded("dossier.pack")
def pack(request: Request, pk: int) -> HttpResponse:
    """Ask for the dossier as one pack, made in the background."""
    found = one(request, "dossier.pack", queries.programmes(), pk=pk)
    form = PackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data["reason"]
        try:
            made = operations.pack_programme(found, reason=said, actor=request.actor, at=request.at)
        except Refusal as refusal:
            form.add_error(refusal.code if refusal.code == "reason" else None, str(refusal))
        else:
            return redirect("kernel:work", made.work.key)
    context = _context(request, found, form)
    return render(request, "completion/dossier.html", context, status=422 if form.errors else 200)
