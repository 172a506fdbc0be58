"""Invoices (παραστατικά δαπάνης): given by who keeps books, judged by the accounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.urls import reverse

from didaskaleio.finance import amounts
from didaskaleio.finance import notices as kinds
from didaskaleio.finance.enums import INVOICING
from didaskaleio.finance.errors import InvoiceError
from didaskaleio.finance.lifecycle import INVOICE
from didaskaleio.finance.models import Invoice, Payee, WorkLine
from didaskaleio.finance.operations.payees import tell, tell_desk
from didaskaleio.finance.queries import invoices as queries
from didaskaleio.kernel import access, files, greek, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.clock import ATHENS
from didaskaleio.kernel.files import Kind as FileKind
from didaskaleio.kernel.taken import unless_taken
from didaskaleio.programmes.models import TrainingAction

INVOICE.model = Invoice
PAPER = files.declare(
    FileKind("finance.invoice", "Παραστατικό δαπάνης", "payee.papers", (files.PDF, *files.IMAGES))
)


@dataclass(frozen=True)
class Facts:
    """What the invoice says (στοιχεία παραστατικού): series and number, day, amount in euro."""

    number: str
    issued_on: date
    amount: Decimal


@transaction.atomic
def give(
    payee: Payee, action: TrainingAction, facts: Facts, upload: Any, *, actor: Actor, at: datetime
) -> Invoice:
    """Νέο παραστατικό for all accepted lines of the action that have none.

    Refused: another amount than theirs, nothing accepted, a day to come, a number given before.
    The lines are locked, so that what is accepted meanwhile waits for the next invoice.
    """
    row = Payee.objects.select_for_update(of=("self",), no_key=True).get(pk=payee.pk)
    access.require(actor, "payee.own", row)
    found = queries.open_lines([row]).filter(action=action)
    lines = list(found.select_for_update(of=("self",), no_key=True).order_by("pk"))
    _check(row, facts, lines, at)
    made = Invoice(payee=row, action=action, at=at, **vars(facts))
    made.file = files.accept(PAPER, upload, upload.name, row, actor=actor, at=at)
    taken = "Το παραστατικό με αυτόν τον αριθμό και αυτή την ημερομηνία έχει ήδη δοθεί."
    with unless_taken(InvoiceError(taken, code="number")):
        made.save()
    WorkLine.objects.filter(pk__in=[line.pk for line in lines]).update(invoice=made)
    journal.write(made, "Ανέβηκε", actor=actor, at=at, lines=len(lines), amount=str(facts.amount))
    text = f"{row}: {made}, {greek.euro(facts.amount)}. Δεχτείτε το ή γράψτε τι πρέπει να αλλάξει."
    page = reverse("finance:payee", args=[row.pk])
    tell_desk(row, f"invoice-{made.pk}", "Παραστατικό προς έλεγχο", text, page, at)
    return made


def _check(payee: Payee, facts: Facts, lines: list[WorkLine], at: datetime) -> None:
    if payee.tax_status not in INVOICING:
        raise InvoiceError("Με τη φορολογική σας ιδιότητα ο φορέας εκδίδει τον τίτλο κτήσης.")
    total = sum((line.amount for line in lines), amounts.ZERO)
    if total <= 0:
        raise InvoiceError(
            "Κανένα έργο που παραλήφθηκε δεν περιμένει παραστατικό. Θα ειδοποιηθείτε στην παραλαβή."
        )
    if facts.amount != total:
        raise InvoiceError(
            f"Το έργο που παραλήφθηκε είναι {greek.euro(total)}. Εκδώστε παραστατικό ακριβώς γι' "
            "αυτό το ποσό.",
            code="amount",
        )
    if facts.issued_on > at.astimezone(ATHENS).date():
        raise InvoiceError("Η ημερομηνία έκδοσης είναι στο μέλλον.", code="issued_on")


@INVOICE.performs("accept", locks=("payee",))
def accept(invoice: Invoice, *, actor: Actor, at: datetime) -> None:
    """Αποδοχή: its lines may be paid."""
    _tell(invoice, "Δεκτό παραστατικό", "Έγινε δεκτό. Ακολουθεί η εντολή πληρωμής.", at)


@INVOICE.performs("reject", locks=("payee",))
def reject(invoice: Invoice, *, actor: Actor, at: datetime, reason: str) -> None:
    """Απόρριψη with what is wrong; its lines wait for another."""
    invoice.refusal = reason
    invoice.lines.update(invoice=None)
    _tell(invoice, "Απορρίφθηκε παραστατικό", f"{reason} Ανεβάστε το σωστό.", at)


def _tell(invoice: Invoice, title: str, text: str, at: datetime) -> None:
    page = reverse("finance:payments-mine")
    tell(invoice.payee, kinds.PAPER, title, f"{invoice}. {text}", at, page)
