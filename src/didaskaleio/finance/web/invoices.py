"""Upload of an invoice by who keeps books; the accounts judge it on the payee's page."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from didaskaleio.finance.operations import invoices as operations
from didaskaleio.finance.queries.invoices import Uninvoiced, uninvoiced
from didaskaleio.finance.queries.payees import payees
from didaskaleio.finance.web.pay_forms import InvoiceForm
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request


@guarded("payee.own")
def give(request: Request, pk: int, action: int) -> HttpResponse:
    """Give the invoice of what was accepted of one action; 404 where none is awaited."""
    found = one(request, "payee.own", payees(), pk=pk)
    owed = next((each for each in uninvoiced([found]) if each.action.pk == action), None)
    if owed is None:
        raise Http404
    form = InvoiceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _given(request, owed, form):
        messages.success(request, "Ανέβηκε. Θα ειδοποιηθείτε μόλις ελεγχθεί.")
        return redirect("finance:payments-mine")
    back = reverse("finance:payments-mine")
    context = {
        "owed": owed,
        "form": form,
        "cancel_url": back,
        "crumbs": [{"label": "Οι πληρωμές μου", "url": back}, {"label": "Παραστατικό"}],
    }
    return render(request, "finance/pay/invoice.html", context, status=422 if form.errors else 200)


def _given(request: Request, owed: Uninvoiced, form: InvoiceForm) -> bool:
    said = dict(form.cleaned_data)
    upload, facts = said.pop("file"), operations.Facts(**said)
    try:
        operations.give(owed.payee, owed.action, facts, upload, actor=request.actor, at=request.at)
    except Refusal as refusal:
        form.add_error(refusal.code if refusal.code in form.fields else None, str(refusal))
        return False
    return True
