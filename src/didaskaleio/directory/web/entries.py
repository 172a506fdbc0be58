"""Pages by which officers keep the entries of the directory."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST

from didaskaleio.directory import operations, queries
from didaskaleio.directory.models import Structure
from didaskaleio.directory.web.forms import StructureForm
from didaskaleio.directory.web.views import crumbs_of
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.web.guard import guarded, one, rows
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.overtaking import opened, saved


def _parents(request: Request) -> QuerySet[Structure]:
    """The structures of the officer into which others may be put."""
    found = queries.working(localdate(request.at)).filter(parent=None)
    return rows(request, "structure.keep", found)


def _kept(request: Request, pk: int) -> Structure:
    return one(request, "structure.keep", Structure.objects.select_related("type"), pk=pk)


def _page(request: Request, form: StructureForm, context: dict[str, Any]) -> HttpResponse:
    status = 422 if form.errors else 200
    context |= {"form": form}
    return render(request, "directory/structure_edit.html", context, status=status)


@guarded("structure.desk", about_object=False)
def new(request: Request) -> HttpResponse:
    """A new structure, with the office of its head."""
    form = StructureForm(queries.domain_of(request.actor), _parents(request), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.enter(actor=request.actor, at=request.at, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.code or None, str(refusal))
        else:
            messages.success(request, "Η δομή καταχωρίστηκε. Ορίστε τώρα ποιος είναι υπεύθυνος.")
            return redirect("directory:structure", made.pk)
    return _page(request, form, {"cancel_url": reverse("directory:structures")})


@guarded("structure.keep")
def edit(request: Request, pk: int) -> HttpResponse:
    """What is public of a structure."""
    row = _kept(request, pk)
    shown = {name: getattr(row, name) for name in operations.CONTENT}
    parents = _parents(request).exclude(pk=pk)
    form = StructureForm(
        queries.domain_of(request.actor), parents, request.POST or None, initial=shown
    )
    done, refused = saved(
        request, form, lambda **by: operations.revise(row, **by, **form.cleaned_data)
    )
    if done:
        messages.success(request, "Τα στοιχεία αποθηκεύτηκαν και φαίνονται στον κατάλογο.")
        return redirect("directory:structure", pk)
    theirs = [(str(form.fields[name].label), shown[name] or "–") for name in shown]
    context = {"structure": row, "crumbs": crumbs_of(row, "Στοιχεία")}
    context |= {"cancel_url": reverse("directory:structure", args=[pk])}
    context |= opened(request, row, operations.LISTED, refused, theirs)
    return _page(request, form, context)


@require_POST
@guarded("structure.keep")
def close(request: Request, pk: int) -> HttpResponseRedirect:
    """Take a structure out of the directory, with the decision that abolished it."""
    row = _kept(request, pk)
    reason = request.POST.get("reason", "")[:2_000]
    operations.close(row, actor=request.actor, at=request.at, reason=reason)
    messages.success(request, "Η δομή καταργήθηκε και δεν φαίνεται πια στον κατάλογο.")
    return redirect("directory:structure", pk)
