"""Notices of payments: what payees, members of committees and approvers are told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.urls import reverse

from didaskaleio.finance import amounts
from didaskaleio.finance.enums import INVOICING
from didaskaleio.finance.models import (
    Committee,
    Minutes,
    MinutesItem,
    Payee,
    Payment,
    PaymentOrder,
    WorkLine,
)
from didaskaleio.finance.queries.payees import people_of
from didaskaleio.kernel import greek
from didaskaleio.kernel.notices import Kind, Message, declare, send
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.queries import holders

WORK = declare(Kind("finance.work", "Η πορεία του έργου μου προς πληρωμή"))
PAID = declare(Kind("finance.payment", "Πληρωμές μου", optional=False))
COMMITTEE = declare(Kind("finance.committee", "Επιτροπές παραλαβής", optional=False))
ORDERS = declare(Kind("finance.orders", "Εντολές πληρωμής προς έγκριση"))


def _euro(amount: object) -> str:
    return greek.euro(amount)  # type: ignore[arg-type]


def _mine() -> str:
    return reverse("finance:payments-mine")


def _tell(payee: Payee, kind: Kind, title: str, text: str, key: str, at: datetime) -> list[Message]:
    found = [Message(pk, title, text, key, _mine()) for pk in people_of(payee, at)]
    send(kind, found, at=at)
    return found


def work_written(lines: Iterable[WorkLine], *, at: datetime) -> None:
    """Amounts were calculated: each payee is told the sum once."""
    by_payee: dict[Payee, list[WorkLine]] = defaultdict(list)
    for line in lines:
        by_payee[line.payee].append(line)
    for payee, held in by_payee.items():
        total = sum((line.amount for line in held), amounts.ZERO)
        rows = greek.count(len(held), "νέα γραμμή", "νέες γραμμές")
        text = f"{rows} έργου, {_euro(total)}. Ακολουθεί η παραλαβή από την επιτροπή."
        _tell(payee, WORK, "Υπολογίστηκε το έργο σας", text, f"work:{held[0].pk}", at)


def appointed(committee: Committee, *, at: datetime) -> None:
    """Members learn of their committee."""
    text = f"{committee.title}, απόφαση {committee.decision}."
    _to_members(committee, "Ορισμός σε επιτροπή παραλαβής", text, f"committee:{committee.pk}", at)


def to_sign(minutes: Minutes, *, at: datetime) -> None:
    """Minutes wait for the members' signatures."""
    text = f"{minutes.committee}: διαβάστε τις γραμμές και υπογράψτε."
    _to_members(minutes.committee, "Πρακτικό προς υπογραφή", text, f"sign:{minutes.pk}", at)


def _to_members(committee: Committee, title: str, text: str, key: str, at: datetime) -> None:
    ids = committee.members.values_list("person_id", flat=True)
    page = reverse("finance:minutes-mine")
    send(COMMITTEE, [Message(pk, title, text, key, page) for pk in ids], at=at)


def judged(
    accepted: Iterable[WorkLine], refused: Sequence[MinutesItem], minutes: Minutes, *, at: datetime
) -> None:
    """Each payee learns what was taken over, and of what was not, why."""
    sums: dict[Payee, object] = defaultdict(lambda: amounts.ZERO)
    for line in accepted:
        sums[line.payee] += line.amount  # type: ignore[operator]
    for payee, total in sums.items():
        text = f"Παραλήφθηκε έργο {_euro(total)} με το πρακτικό {minutes.number}."
        if payee.tax_status in INVOICING:
            text += " Εκδώστε το παραστατικό σας και ανεβάστε το από «Οι πληρωμές μου»."
        _tell(payee, WORK, "Παραλαβή του έργου σας", text, f"accepted:{minutes.pk}", at)
    for item in refused:
        text = f"{item.line}. Αιτιολογία: {item.refusal}"
        _tell(item.line.payee, WORK, "Έργο που δεν παραλήφθηκε", text, f"refused:{item.pk}", at)


def order_waits(order: PaymentOrder, *, at: datetime) -> None:
    """Whoever may approve an order of the body, but for who prepared it."""
    body = order.action.body_id
    ids = {
        pk
        for role in (Role.FINANCE_OFFICER, Role.BODY_HEAD, Role.BODY_OFFICER)
        for pk in holders(role, Scope.BODY, body, at=at).values_list("pk", flat=True)
    }
    page = reverse("finance:order", args=[order.pk])
    text = "Τη συνέταξε άλλο πρόσωπο του φορέα: ελέγξτε την και εγκρίνετέ την."
    if order.outside().exists():
        text += " Έχει γραμμές εκτός της περιόδου επιλεξιμότητας: χρειάζεται αιτιολογία."
    title, key = f"Εντολή πληρωμής {order.number} προς έγκριση", f"order:{order.pk}"
    found = [Message(pk, title, text, key, page) for pk in sorted(ids - {order.by_id})]
    send(ORDERS, found, at=at)


def order_approved(order: PaymentOrder, *, at: datetime) -> None:
    """The payees of an approved order."""
    for payment in order.payments.select_related("payee__person", "payee__centre"):
        text = f"Καθαρό ποσό {_euro(payment.net)}, εντολή {order.number}."
        key = f"ordered:{payment.pk}"
        _tell(payment.payee, PAID, "Εγκρίθηκε η πληρωμή σας", text, key, at)


def paid(payment: Payment, *, at: datetime) -> None:
    """The bank paid."""
    day = greek.long_date(payment.bank_on) if payment.bank_on else ""
    text = f"{_euro(payment.net)} στον λογαριασμό σας, {day}."
    _tell(payment.payee, PAID, "Πληρωθήκατε", text, f"paid:{payment.pk}", at)


def returned(payment: Payment, reason: str, *, at: datetime) -> None:
    """The bank sent a payment back."""
    text = f"Η τράπεζα επέστρεψε {_euro(payment.net)}. Αιτιολογία: {reason} Ελέγξτε τον IBAN σας."
    _tell(payment.payee, PAID, "Επιστροφή πληρωμής", text, f"returned:{payment.pk}", at)
