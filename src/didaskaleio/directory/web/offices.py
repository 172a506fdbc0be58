"""Pages of the offices of a structure."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from didaskaleio.directory import operations
from didaskaleio.directory.models import Office, Structure
from didaskaleio.directory.web.forms import OfficeForm
from didaskaleio.directory.web.views import crumbs_of
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request


def kept(request: Request, pk: int) -> Office:
    """A standing office that the officer keeps."""
    rows = Office.objects.select_related("structure").filter(abolished_on=None)
    return one(request, "office.keep", rows, pk=pk)


def _page(
    request: Request, form: OfficeForm, structure: Structure, office: Office | None = None
) -> HttpResponse:
    context = {
        "form": form,
        "structure": structure,
        "office": office,
        "held": office and office.terms.filter(state__in=operations.HELD).exists(),
        "crumbs": crumbs_of(structure, office.words if office else "Νέα θέση"),
        "cancel_url": reverse("directory:structure", args=[structure.pk]),
    }
    status = 422 if form.errors else 200
    return render(request, "directory/office.html", context, status=status)


@guarded("structure.keep")
def new(request: Request, pk: int) -> HttpResponse:
    """A new office of a structure."""
    row = one(request, "structure.keep", Structure.objects.filter(closed_on=None), pk=pk)
    form = OfficeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        by: dict[str, Any] = {"actor": request.actor, "at": request.at}
        try:
            operations.found(row, **by, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.code or None, str(refusal))
        else:
            messages.success(request, "Η θέση συστάθηκε. Ορίστε ποιος την αναλαμβάνει.")
            return redirect("directory:structure", pk)
    return _page(request, form, row)


@guarded("office.keep")
def edit(request: Request, pk: int) -> HttpResponse:
    """Title and reminder of an office; its abolition."""
    row = kept(request, pk)
    shown = {"title": row.title, "remind_days": row.remind_days}
    form = OfficeForm(request.POST or None, initial=shown)
    del form.fields["kind"]
    if request.method == "POST" and form.is_valid():
        operations.amend(row, actor=request.actor, at=request.at, **form.cleaned_data)
        messages.success(request, "Τα στοιχεία της θέσης αποθηκεύτηκαν.")
        return redirect("directory:structure", row.structure_id)
    return _page(request, form, row.structure, row)


@require_POST
@guarded("office.keep")
def abolish(request: Request, pk: int) -> HttpResponseRedirect:
    """Abolish an office, with the decision."""
    row = kept(request, pk)
    reason = request.POST.get("reason", "")[:2_000]
    operations.abolish(row, actor=request.actor, at=request.at, reason=reason)
    messages.success(request, "Η θέση καταργήθηκε.")
    return redirect("directory:structure", row.structure_id)
