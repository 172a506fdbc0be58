"""Pages of payment orders: what is ready and what waits, one order, one payment."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from didaskaleio.finance import operations
from didaskaleio.finance.enums import OrderState, PaymentState
from didaskaleio.finance.lifecycle import ORDER, PAYMENT
from didaskaleio.finance.models import Contract, Payment, PaymentOrder
from didaskaleio.finance.queries import eligibility
from didaskaleio.finance.queries import orders as queries
from didaskaleio.finance.web.desk import PAGE, action_of, crumbs
from didaskaleio.finance.web.pay_forms import AccountForm, BankDayForm, OrderForm
from didaskaleio.kernel import access, journal
from didaskaleio.kernel.clock import ATHENS
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.paging import Paginator
from didaskaleio.kernel.web.guard import guarded, one
from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.steps import buttons

APPROVALS = ("approve", "approve_outside")
BAD_DAY = "Γράψτε την ημέρα που πλήρωσε η τράπεζα."


@guarded("pay_action.keep")
def new_order(request: Request, pk: int) -> HttpResponse:
    """What is ready to be paid, what waits for what, and the order over all that is ready."""
    found = action_of(request, pk, "pay_action.keep")
    today = request.at.astimezone(ATHENS).date()
    form = OrderForm(found, request.POST or None, initial={"execution_on": today})
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "actor": request.actor, "at": request.at}
        try:
            made = operations.orders.prepare(found, **given)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Συντάχθηκε η εντολή {made.number}. Την εγκρίνει άλλος.")
            return redirect("finance:order", made.pk)
    ready = queries.ready(found, today)
    context = {
        "outside": eligibility.drafts_outside(found, ready.drafts, today),
        "covers": eligibility.told(eligibility.period_of(found)),
        "action_": found,
        "form": form,
        "ready": ready,
        "shown": ready.drafts[:PAGE],
        "waiting": ready.waiting[:PAGE],
        "crumbs": crumbs(found, "Νέα εντολή"),
    }
    return render(
        request, "finance/pay/order_new.html", context, status=422 if form.errors else 200
    )


@guarded("pay_action.keep")
def new_account(request: Request, pk: int) -> HttpResponse:
    """An account of the body from which payments are made."""
    found = action_of(request, pk, "pay_action.keep")
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "actor": request.actor, "at": request.at}
        try:
            operations.orders.open_account(found, **given)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Προστέθηκε ο λογαριασμός.")
            return redirect("finance:order-new", pk)
    context = {"form": form, "action_": found, "crumbs": crumbs(found, "Νέος λογαριασμός")}
    return render(
        request, "finance/pay/account_new.html", context, status=422 if form.errors else 200
    )


@guarded("order.read")
def order(request: Request, pk: int) -> HttpResponse:
    """One order: payments, deductions, who prepared and approved, the bank's file."""
    found = one(request, "order.read", queries.orders(), pk=pk)
    payments = queries.payments().filter(order=found)
    context: dict[str, Any] = {
        "order": found,
        "page": Paginator(payments, PAGE).get_page(request.GET.get("page")),
        "cycle": ORDER,
        "payment_cycle": PAYMENT,
        "states": OrderState,
        "steps": _steps(request, found),
        "keeps": access.allowed(request.actor, "order.keep", found),
        "waiting": payments.filter(state=PaymentState.WAITING).exists(),
        "entries": journal.of(found)[:20],
        "outside": found.outside().count(),
        "covers": eligibility.told(eligibility.period_of(found.action)),
        "crumbs": crumbs(found.action, str(found)),
    }
    return render(request, "finance/pay/order.html", context)


def _steps(request: Request, found: PaymentOrder) -> list[Any]:
    """The buttons of an order; nobody is offered to approve what they prepared."""
    own = found.by_id == request.actor.user_id
    return [b for b in buttons(request, ORDER, found) if not (own and b.name in APPROVALS)]


@require_POST
@guarded("order.keep")
def pay_all(request: Request, pk: int) -> HttpResponse:
    """Every waiting payment of the order was paid on one day."""
    found = one(request, "order.keep", queries.orders(), pk=pk)
    day = _bank_day(request)
    operations.orders.pay_all(found, bank_on=day, actor=request.actor, at=request.at)
    messages.success(request, "Σημειώθηκαν ως πληρωμένες.")
    return redirect("finance:order", pk)


def _bank_day(request: Request) -> Any:
    form = BankDayForm(request.POST)
    if not form.is_valid():
        raise Refusal(BAD_DAY)
    return form.cleaned_data["bank_on"]


@guarded("payment.read")
def payment(request: Request, pk: int) -> HttpResponse:
    """One payment: from the amount to the lines, their rates and the versions of their sources."""
    found = one(request, "payment.read", queries.payments(), pk=pk)
    desk = access.allowed(request.actor, "order.read", found.order)
    context = {
        "payment": found,
        "page": Paginator(queries.lines_of(found), PAGE).get_page(request.GET.get("page")),
        "deductions": found.deductions.select_related("term").order_by("pk"),
        "contracts": _contracts(request, found),
        "cycle": PAYMENT,
        "keeps": found.state == PaymentState.WAITING
        and found.order.state == OrderState.SENT
        and access.allowed(request.actor, "payment.keep", found),
        "form": BankDayForm(initial={"bank_on": request.at.astimezone(ATHENS).date()}),
        "entries": journal.of(found)[:20],
        "states": PaymentState,
        "desk": desk,
        "crumbs": _way(found, desk=desk),
    }
    return render(request, "finance/pay/payment.html", context)


def _contracts(request: Request, found: Payment) -> list[tuple[Contract, bool]]:
    """The contracts under which a payment was earned, and whether their pages are open to me."""
    held = list(queries.contracts_of(found))
    return [(each, access.allowed(request.actor, "contract.read", each)) for each in held]


def _way(found: Payment, *, desk: bool) -> list[dict[str, str]]:
    """From the desk, or from one's own payments, to a payment."""
    here = {"label": str(found.payee)}
    if not desk:
        mine = {"label": "Οι πληρωμές μου", "url": reverse("finance:payments-mine")}
        return [mine, here]
    page = {"label": str(found.order), "url": reverse("finance:order", args=[found.order_id])}
    return [*crumbs(found.order.action)[:1], page, here]


@require_POST
@guarded("payment.keep")
def paid(request: Request, pk: int) -> HttpResponse:
    """The bank has paid."""
    found = one(request, "payment.keep", queries.payments(), pk=pk)
    day = _bank_day(request)
    operations.orders.mark_paid(found, bank_on=day, actor=request.actor, at=request.at)
    messages.success(request, "Σημειώθηκε ως πληρωμένη.")
    return redirect("finance:order", found.order_id)


@require_POST
@guarded("payment.keep")
def returned(request: Request, pk: int) -> HttpResponse:
    """The bank has sent it back."""
    found = one(request, "payment.keep", queries.payments(), pk=pk)
    given = {"reason": request.POST.get("reason", "")[:2_000]}
    operations.orders.mark_returned(found, actor=request.actor, at=request.at, **given)
    messages.success(request, "Σημειώθηκε ως επιστροφή: οι γραμμές περιμένουν νέα εντολή.")
    return redirect("finance:order", found.order_id)
