"""Upload of supporting documents by the payee; the desk judges them on the payee's page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from didaskaleio.finance import operations, queries
from didaskaleio.finance.enums import PaperKind
from didaskaleio.finance.web.forms import PaperForm
from didaskaleio.finance.web.payees import own_crumbs
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request


@guarded("payee.own")
def give(request: Request, pk: int) -> HttpResponse:
    """Give a document: one that is asked, or any other of the list."""
    found = one(request, "payee.own", queries.payees(), pk=pk)
    asked = queries.asked_of(found)
    kinds = [*asked, *(kind for kind in PaperKind if kind not in asked)]
    first = {"kind": request.GET.get("kind", "")}
    form = PaperForm(kinds, request.POST or None, request.FILES or None, initial=first)
    if request.method == "POST" and form.is_valid() and _given(request, found, form):
        messages.success(request, "Ανέβηκε. Θα ειδοποιηθείτε μόλις ελεγχθεί.")
        return redirect("finance:mine-payee", found.pk)
    context = {
        "payee": found,
        "form": form,
        "cancel_url": reverse("finance:mine-payee", args=[found.pk]),
        "crumbs": own_crumbs(found, "Δικαιολογητικό"),
    }
    return render(request, "finance/give.html", context, status=422 if form.errors else 200)


def _given(request: Request, found: Any, form: PaperForm) -> bool:
    said = form.cleaned_data
    try:
        operations.give(
            found,
            PaperKind(said["kind"]),
            said["file"],
            until=said["until"],
            actor=request.actor,
            at=request.at,
        )
    except Refusal as refusal:
        form.add_error(refusal.code if refusal.code in form.fields else "file", str(refusal))
        return False
    return True
