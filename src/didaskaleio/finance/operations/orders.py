"""Payment orders (εντολές πληρωμής): prepared by one, approved by another, settled by the bank."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from didaskaleio.finance import sepa
from didaskaleio.finance.documents import BANK_FILE
from didaskaleio.finance.enums import PaymentState
from didaskaleio.finance.errors import OrderRefusedError
from didaskaleio.finance.lifecycle import ORDER, PAYMENT
from didaskaleio.finance.models import (
    Payee,
    PayingAccount,
    Payment,
    PaymentDeduction,
    PaymentLine,
    PaymentOrder,
    WorkLine,
)
from didaskaleio.finance.notices import payments as notices
from didaskaleio.finance.operations.work import move_exactly
from didaskaleio.finance.queries import orders as queries
from didaskaleio.kernel import access, files, greek, journal, numbering
from didaskaleio.kernel.access import SYSTEM, Actor
from didaskaleio.kernel.clock import ATHENS
from didaskaleio.kernel.identifiers import validate_iban
from didaskaleio.kernel.taken import unless_taken
from didaskaleio.programmes.models import TrainingAction

ORDER.model, PAYMENT.model = PaymentOrder, Payment
SERIES = "finance.order"
TAKEN = OrderRefusedError("Οι ίδιες γραμμές μπήκαν στο μεταξύ σε άλλη εντολή. Ανανεώστε τη σελίδα.")


def open_account(
    action: TrainingAction, *, title: str, iban: str, bic: str, actor: Actor, at: datetime
) -> PayingAccount:
    """Add an account (λογαριασμός πληρωμών) of the action's body."""
    access.require(actor, "pay_action.keep", action)
    known = OrderRefusedError("Ο λογαριασμός υπάρχει ήδη στον φορέα.")
    with unless_taken(known):
        account = PayingAccount.objects.create(
            body_id=action.body_id,
            title=greek.clean(title).strip(),
            iban=validate_iban(iban),
            bic=bic.strip().upper(),
        )
        journal.write(account, "Προστέθηκε λογαριασμός πληρωμών", actor=actor, at=at)
    return account


def prepare(
    action: TrainingAction,
    account: PayingAccount,
    *,
    execution_on: date,
    actor: Actor,
    at: datetime,
) -> PaymentOrder:
    """Prepare an order (σύνταξη εντολής) of all that is ready; one payment for each payee.

    The payees are locked in order and what is ready is asked again, so that neither a line nor a
    cap is used twice by two officers at once.
    """
    access.require(actor, "pay_action.keep", action)
    today = at.astimezone(ATHENS).date()
    if account.body_id != action.body_id or execution_on < today:
        raise OrderRefusedError("Επιλέξτε λογαριασμό του φορέα και ημέρα από σήμερα και μετά.")
    with unless_taken(TAKEN):
        ids = _hold(action)
        ready = queries.ready(action, execution_on, ids)
        if not ready.drafts:
            raise OrderRefusedError(
                "Τίποτα δεν είναι έτοιμο για πληρωμή. Δείτε στη σελίδα τι περιμένει κάθε ποσό."
            )
        order = _begun(action, account, execution_on, actor, at)
        for draft in ready.drafts:
            _pay(order, draft, actor, at)
        journal.write(order, "Συντάχθηκε", actor=actor, at=at, gross=str(ready.gross))
        notices.order_waits(order, at=at)
    return order


def _begun(
    action: TrainingAction, account: PayingAccount, day: date, actor: Actor, at: datetime
) -> PaymentOrder:
    return PaymentOrder.objects.create(
        action=action,
        account=account,
        number=numbering.protocol(f"{SERIES}:{action.body_id}", at=at),
        execution_on=day,
        by_id=actor.person_id,
        at=at,
    )


def _hold(action: TrainingAction) -> list[int]:
    rows = WorkLine.objects.filter(action=action, state="accepted")
    ids = sorted(set(rows.values_list("payee_id", flat=True)))
    list(Payee.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk"))
    return ids


def _pay(order: PaymentOrder, draft: queries.Draft, actor: Actor, at: datetime) -> None:
    payment = Payment.objects.create(
        order=order,
        payee=draft.payee,
        payee_version=draft.payee.version,
        iban=draft.payee.iban,
        gross=draft.payable.gross,
        net=draft.payable.net,
    )
    PaymentDeduction.objects.bulk_create(
        PaymentDeduction(payment=payment, term=each.term, amount=each.amount)
        for each in draft.payable.withheld
    )
    PaymentLine.objects.bulk_create(
        PaymentLine(payment=payment, line=line, net=share)
        for (line, _), share in zip(draft.lines, draft.shares, strict=True)
    )
    move_exactly("order", [line.pk for line, _ in draft.lines], actor=actor, at=at)
    for line, contract in draft.lines:
        if line.contract_id != contract.pk:
            WorkLine.objects.filter(pk=line.pk).update(contract=contract)


@ORDER.performs("approve")
def approve(order: PaymentOrder, *, actor: Actor, at: datetime) -> None:
    """Approve an order (έγκριση): never by whoever prepared it."""
    _approved(order, actor, at)


@ORDER.performs("approve_outside")
def approve_outside(order: PaymentOrder, *, actor: Actor, at: datetime, reason: str) -> None:
    """Approve an order of which something is outside the eligible period: only with a reason.

    The reason stays in the history, on the printed order and in the report of such costs.
    """
    order.exception = greek.clean(reason).strip()
    _approved(order, actor, at)


def _approved(order: PaymentOrder, actor: Actor, at: datetime) -> None:
    if actor.person_id == order.by_id:
        raise OrderRefusedError(
            "Την εντολή τη συντάξατε εσείς: την εγκρίνει άλλο πρόσωπο του φορέα."
        )
    order.approved_by_id = actor.person_id
    notices.order_approved(order, at=at)


@ORDER.performs("dispatch")
def dispatch(order: PaymentOrder, *, actor: Actor, at: datetime) -> None:
    """Make the bank's file (αρχείο τράπεζας), checked against its schema, and keep it."""
    payments = list(queries.payments().filter(order=order))
    xml = sepa.message(batch_of(order, payments, at))
    name = f"pain.001-{order.number.replace('/', '-')}.xml"
    order.file = files.store(BANK_FILE, xml, name, order, actor=actor, at=at)


def batch_of(order: PaymentOrder, payments: Sequence[Payment], at: datetime) -> sepa.Batch:
    """What the bank is told (δέσμη)."""
    account, action = order.account, order.action
    identity = f"DID-{action.body_id}-{order.number}"
    return sepa.Batch(
        identity=identity,
        at=at,
        execution=order.execution_on,
        debtor=sepa.Account(action.body.name, account.iban, account.bic),
        transfers=[
            sepa.Transfer(
                identity=f"{identity}-{payment.pk}",
                name=payment.payee.name,
                iban=payment.iban,
                amount=payment.net,
                text=f"Εντολή {order.number}, {action.code}",
            )
            for payment in payments
        ],
    )


@ORDER.performs("cancel")
def cancel(order: PaymentOrder, *, actor: Actor, at: datetime, reason: str) -> None:
    """Cancel an order (ακύρωση) before it goes to the bank: its lines wait for another."""
    for payment in order.payments.order_by("pk"):
        void(payment, actor=SYSTEM, at=at)
        _release(payment, actor, at)


@PAYMENT.performs("void")
def void(payment: Payment, *, actor: Actor, at: datetime) -> None:
    """A payment ends with its cancelled order (ακύρωση πληρωμής)."""


@PAYMENT.performs("mark_paid", locks=("order",))
def mark_paid(payment: Payment, *, bank_on: date, actor: Actor, at: datetime) -> None:
    """The bank has paid (πληρώθηκε), on the day that its statement says."""
    _check_sent(payment)
    if not payment.order.execution_on <= bank_on <= at.astimezone(ATHENS).date():
        raise OrderRefusedError(
            "Η ημέρα της τράπεζας είναι από την ημέρα εκτέλεσης έως σήμερα: ελέγξτε την."
        )
    payment.bank_on = bank_on
    ids = list(payment.lines.values_list("line_id", flat=True))
    move_exactly("pay", ids, actor=actor, at=at)
    notices.paid(payment, at=at)
    _settle_if_last(payment, at)


@PAYMENT.performs("mark_returned", locks=("order",))
def mark_returned(payment: Payment, *, actor: Actor, at: datetime, reason: str) -> None:
    """The bank has sent it back (επιστροφή): the lines wait for another order."""
    _check_sent(payment)
    _release(payment, actor, at)
    notices.returned(payment, reason, at=at)
    _settle_if_last(payment, at)


def _check_sent(payment: Payment) -> None:
    if payment.order.state != "sent":
        raise OrderRefusedError("Η εντολή δεν έχει σταλεί στην τράπεζα.")


def _release(payment: Payment, actor: Actor, at: datetime) -> None:
    ids = list(payment.lines.values_list("line_id", flat=True))
    payment.lines.update(live=False)
    move_exactly("release", ids, actor=actor, at=at)


def _settle_if_last(payment: Payment, at: datetime) -> None:
    waiting = Payment.objects.filter(order=payment.order_id, state=PaymentState.WAITING)
    if not waiting.exclude(pk=payment.pk).exists():
        settle(payment.order, actor=SYSTEM, at=at)


@ORDER.performs("settle")
def settle(order: PaymentOrder, *, actor: Actor, at: datetime) -> None:
    """Every payment of the order is paid or returned (εκκαθάριση)."""


def pay_all(order: PaymentOrder, *, bank_on: date, actor: Actor, at: datetime) -> int:
    """Mark every waiting payment of an order as paid on one day (μαζική πληρωμή)."""
    access.require(actor, "order.keep", order)
    with transaction.atomic():
        waiting = list(order.payments.filter(state=PaymentState.WAITING).order_by("pk"))
        for payment in waiting:
            mark_paid(payment, bank_on=bank_on, actor=actor, at=at)
    return len(waiting)
