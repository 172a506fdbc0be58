"""A cost outside the eligible period (εκτός επιλεξιμότητας): work of the year before."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.core.files.base import ContentFile

from didaskaleio.finance import operations as finance
from didaskaleio.finance import queries
from didaskaleio.finance.enums import ContractKind, TermKind, Unit
from didaskaleio.finance.models import Payee
from didaskaleio.finance.operations import rates, work
from didaskaleio.kernel import typesetting
from didaskaleio.kernel.access import Actor
from didaskaleio.programmes.models import TrainingAction
from didaskaleio.site.story import contracts
from didaskaleio.site.story.contracts import MATERIAL
from didaskaleio.site.story.moments import local

AT = local(2022, 4, 4, 10)
BEGAN, DELIVERED = date(2020, 12, 7), date(2020, 12, 21)
REASON = (
    "Τα θέματα γράφτηκαν πριν αρχίσει η Πράξη. Το ποσό τους βαρύνει τους ίδιους πόρους του φορέα "
    "και δεν θα δηλωθεί στη χρηματοδότηση."
)


def preparatory(action: TrainingAction, desk: Actor) -> None:
    """Items written in the December before the project began, under a contract signed later."""
    facts = rates.TermFacts(
        TermKind.RATE,
        Decimal(12),
        BEGAN,
        "Απόφαση του φορέα για τα θέματα",
        unit=Unit.ITEM,
        role=ContractKind.AUTHOR,
    )
    rates.set_term(action, facts, actor=desk, at=AT)
    payee = _payee(action)
    terms = finance.Terms("Συγγραφή θεμάτων εξάσκησης", BEGAN, date(2023, 6, 30))
    made = finance.draw_up(action, ContractKind.AUTHOR, payee, terms, actor=desk, at=AT)
    row = queries.contracts().get(pk=made.pk)
    contracts.papers(row, desk, AT, until=date(2022, 12, 31))
    contracts.in_force(row, desk, AT + timedelta(days=2))
    title = "Θέματα εξάσκησης που παραδόθηκαν πριν από την Πράξη"
    entry = work.Entry(payee, ContractKind.AUTHOR, Unit.ITEM, Decimal(15), DELIVERED, title)
    upload = ContentFile(
        typesetting.render(MATERIAL, {"title": "Κατάλογος θεμάτων"}), "themata.pdf"
    )
    work.enter(action, entry, upload, actor=desk, at=AT + timedelta(days=9))


def _payee(action: TrainingAction) -> Payee:
    """Who taught in the action and has a confirmed record."""
    return Payee.objects.get(
        contracts__kind=ContractKind.TRAINER, contracts__programme__period__action=action
    )
