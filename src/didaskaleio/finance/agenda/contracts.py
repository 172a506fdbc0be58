"""What finance asks of people: facts and documents from payees, checks and issues from the desk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from didaskaleio.finance import queries
from didaskaleio.finance.enums import (
    INVOICING,
    STANDING,
    ContractState,
    InvoiceState,
    PaperState,
    PayeeState,
)
from didaskaleio.finance.models import Contract, Invoice, Paper, Payee
from didaskaleio.finance.queries import invoices
from didaskaleio.kernel import access, greek
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.agenda import Todo, shortened, todos
from didaskaleio.people.enums import Role

UNFINISHED = (PayeeState.DRAFT, PayeeState.RETURNED)


@todos("finance.facts")
def facts(actor: Actor, at: datetime) -> Iterator[Todo]:
    """Payee: records that the body waits for, and accepted work without an invoice."""
    if actor.user_id is None:
        return
    mine = access.visible(actor, "payee.own", queries.payees())
    books = Payee.objects.filter(tax_status__in=INVOICING)
    waits = Q(state__in=UNFINISHED) | Q(pk__in=invoices.open_lines(books).values("payee"))
    yield from shortened(
        mine.filter(waits),
        _asked,
        rest="φάκελοι δικαιούχου προς συμπλήρωση",
        url=reverse("finance:mine"),
    )


def _asked(row: Payee) -> Todo:
    detail = f"{row}, για τον φορέα {row.body.short_name}"
    if row.state in UNFINISHED:
        page = reverse("finance:mine-payee", args=[row.pk])
        return Todo("Συμπλήρωση στοιχείων πληρωμής", page, detail=detail)
    page = reverse("finance:payments-mine")
    return Todo("Παραστατικό για έργο που παραλήφθηκε", page, detail=detail)


@todos("finance.papers")
def papers(actor: Actor, at: datetime) -> Iterator[Todo]:
    """Payee: documents that a contract in preparation still needs, or that end soon."""
    if actor.user_id is None:
        return
    rows = access.visible(actor, "payee.own", queries.payees())
    with_contract = Contract.objects.filter(state__in=STANDING)
    for row in rows.filter(pk__in=with_contract.values("payee"))[:10]:
        lines = queries.checklist(row, queries.asked_of(row), at)
        owed = [
            line.kind.label
            for line in lines
            if not line.waits and (line.holds is None or line.holds.state == PaperState.ENDING)
        ]
        if owed:
            page = reverse("finance:mine-payee", args=[row.pk])
            yield Todo("Δικαιολογητικά πληρωμής", page, detail=", ".join(map(str, owed)))


@todos("finance.desk")
def desk(actor: Actor, at: datetime) -> Iterator[Todo]:
    """Desk: records and documents to check, contracts to issue."""
    if not actor.holds(Role.FINANCE_OFFICER):
        return
    waiting = access.visible(actor, "payee.keep", Payee.objects.filter(state="submitted")).count()
    if waiting:
        detail = greek.count(waiting, "δικαιούχος", "δικαιούχοι")
        page = f"{reverse('finance:payees')}?state={PayeeState.SUBMITTED}"
        yield Todo("Έλεγχος στοιχείων δικαιούχων", page, detail=detail)
    papers_waiting = Paper.objects.filter(state=PaperState.SUBMITTED)
    found = access.visible(actor, "paper.keep", papers_waiting).select_related("payee__person")
    yield from shortened(
        found.select_related("payee__person", "payee__centre").order_by("pk"),
        _judge,
        rest="δικαιολογητικά προς έλεγχο",
        url=reverse("finance:payees"),
    )
    invoiced = Invoice.objects.filter(state=InvoiceState.SUBMITTED)
    yield from shortened(
        access.visible(actor, "invoice.keep", invoiced)
        .select_related("payee__person", "payee__centre")
        .order_by("pk"),
        _judge_invoice,
        rest="παραστατικά προς έλεγχο",
        url=reverse("finance:payees"),
    )
    drafts = Contract.objects.filter(state=ContractState.DRAFT)
    if many := access.visible(actor, "contract.keep", drafts).count():
        page = f"{reverse('finance:contracts')}?state={ContractState.DRAFT}"
        detail = greek.count(many, "σύμβαση", "συμβάσεις")
        yield Todo("Συμβάσεις σε προετοιμασία", page, detail=detail)


def _judge(row: Paper) -> Todo:
    page = reverse("finance:payee", args=[row.payee_id])
    return Todo("Έλεγχος δικαιολογητικού", page, detail=f"{row.get_kind_display()}, {row.payee}")


def _judge_invoice(row: Invoice) -> Todo:
    page = reverse("finance:payee", args=[row.payee_id])
    return Todo("Έλεγχος παραστατικού", page, detail=f"{row.number}, {row.payee}")
