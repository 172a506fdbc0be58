"""Pages of the terms of payment: every version, and a new one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from didaskaleio.finance import operations
from didaskaleio.finance.operations.rates import TermFacts
from didaskaleio.finance.queries.rates import terms_of
from didaskaleio.finance.web.desk import PAGE, action_of, crumbs
from didaskaleio.finance.web.pay_forms import TermForm
from didaskaleio.kernel import access
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web.guard import guarded
from didaskaleio.kernel.web.http import Request


@guarded("pay_action.read")
def terms(request: Request, pk: int) -> HttpResponse:
    """Rates, caps and deductions of an action with their history."""
    found = action_of(request, pk)
    context = {
        "action": found,
        "page": Paginator(terms_of(found), PAGE).get_page(request.GET.get("page")),
        "keeps": access.allowed(request.actor, "pay_action.keep", found),
        "crumbs": crumbs(found, "Όροι αμοιβής"),
    }
    return render(request, "finance/pay/terms.html", context)


@guarded("pay_action.keep")
def new_term(request: Request, pk: int) -> HttpResponse:
    """A new term, or the next version of one."""
    found = action_of(request, pk, "pay_action.keep")
    form = TermForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            facts = TermFacts(**form.cleaned_data)
            term = operations.rates.set_term(found, facts, actor=request.actor, at=request.at)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Τέθηκε σε ισχύ: {term}.")
            return redirect("finance:pay-terms", pk)
    context = {"form": form, "action_": found, "crumbs": crumbs(found, "Νέος όρος")}
    return render(request, "finance/pay/term_new.html", context, status=422 if form.errors else 200)
