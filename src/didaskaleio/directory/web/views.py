"""Public pages of the directory: the search, and one structure with who is in charge."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate

from didaskaleio.directory import queries
from didaskaleio.directory.enums import PUBLIC
from didaskaleio.directory.lifecycle import TERM
from didaskaleio.directory.models import Structure
from didaskaleio.directory.web.forms import StructureFilter
from didaskaleio.kernel import access, journal
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web.guard import public, rows
from didaskaleio.kernel.web.http import Request

PAGE = 25
PAST = 50


@public
def structures(request: Request) -> HttpResponse:
    """«Κατάλογος δομών»: by words, type and place; officers also by vacancy and their own."""
    may_desk = access.allowed(request.actor, "structure.desk")
    form = StructureFilter(request.GET or None)
    if not may_desk:
        del form.fields["vacant"], form.fields["mine"]
    asked = form.cleaned_data if form.is_valid() else {}
    found = _asked(request, dict(asked))
    page = Paginator(queries.with_heads(found), PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "narrowed": any(asked.values()),
        "may_desk": may_desk,
    }
    return render(request, "directory/structures.html", context)


def _asked(request: Request, asked: dict[str, Any]) -> QuerySet[Structure]:
    found = queries.working(localdate(request.at))
    if asked.pop("mine", False):
        found = rows(request, "structure.keep", found)
    return queries.search(found, **asked)


@public
def structure(request: Request, pk: int) -> HttpResponse:
    """One structure: how to reach it and who is in charge; for its keepers every office."""
    related = ("type__successor", "prefecture__region", "directorate", "body", "parent")
    row = get_object_or_404(Structure.objects.select_related(*related), pk=pk)
    offices = list(queries.offices_of(row))
    context = {
        "structure": row,
        "leading": [office for office in offices if office.kind in PUBLIC],
        "parts": queries.working(localdate(request.at)).filter(parent=row),
        "past_type": row.type.valid_until and row.type.valid_until < localdate(request.at),
        "crumbs": crumbs_of(row),
    }
    if access.allowed(request.actor, "structure.keep", row):
        context |= _kept(row) | {"offices": offices, "cycle": TERM}
    return render(request, "directory/structure.html", context)


def _kept(row: Structure) -> dict[str, Any]:
    """What only the keepers of a structure see: its past terms and its journal."""
    past = queries.past_terms(row)[:PAST]
    return {"may_keep": True, "past": past, "entries": journal.of(row)[:30]}


def crumbs_of(structure: Structure, here: str = "") -> list[dict[str, str]]:
    """The directory, the structure, and the page below it when it has a name."""
    found = [{"label": "Κατάλογος δομών", "url": reverse("directory:structures")}]
    if not here:
        return [*found, {"label": structure.name}]
    page = reverse("directory:structure", args=[structure.pk])
    return [*found, {"label": structure.name, "url": page}, {"label": here}]
