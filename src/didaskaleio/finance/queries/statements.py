"""What a payee sees (οι πληρωμές μου): stages of the work, payments of a year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR
from decimal import Decimal

from django.db.models import QuerySet

from didaskaleio.finance.amounts import ZERO
from didaskaleio.finance.enums import GONE, ContractKind, ContractState, PaymentState, WorkState
from didaskaleio.finance.models import Contract, Payee, Payment, WorkLine
from didaskaleio.finance.queries.orders import payments
from didaskaleio.finance.queries.work import lines

STAGES = ("Ανάθεση", "Σύμβαση", "Παραλαβή", "Εντολή", "Πληρωμή")
AFTER = {WorkState.ACCEPTED: 3, WorkState.ORDERED: 4, WorkState.PAID: 5}


@dataclass(frozen=True)
class Stage:
    """One stage of a work (στάδιο): done, the present one, or still to come."""

    label: str
    status: str
    when: str = ""


@dataclass(frozen=True)
class Engagement:
    """One work of a payee (ανάθεση): an action and a role, with its lines and how far they are."""

    title: str
    role: str
    contract: Contract | None
    lines: tuple[WorkLine, ...]

    @property
    def _done(self) -> int:
        """How many stages are behind all the lines."""
        if self.contract is None or self.contract.signed_at is None:
            return 1
        standing = [line for line in self.lines if line.state not in GONE]
        return min((AFTER.get(WorkState(x.state), 2) for x in standing), default=2)

    @property
    def stages(self) -> list[Stage]:
        """The five stages: those done, the present one, those to come."""
        done = self._done
        return [
            Stage(title, "done" if n < done else "now" if n == done else "next")
            for n, title in enumerate(STAGES)
        ]

    @property
    def due(self) -> Decimal:
        return _sum(x.amount for x in self.lines if x.state not in GONE)

    @property
    def paid(self) -> Decimal:
        return _sum(x.amount for x in self.lines if x.state == WorkState.PAID)


def _sum(found: Iterable[Decimal]) -> Decimal:
    return sum(found, ZERO)


def engagements(payees: QuerySet[Payee]) -> list[Engagement]:
    """The works of these payees by action and role, the latest first; two queries."""
    held: dict[tuple[int, str], list[WorkLine]] = defaultdict(list)
    titles: dict[tuple[int, str], str] = {}
    for line in lines().filter(payee__in=payees).exclude(state=WorkState.WITHDRAWN):
        held[line.action_id, line.role].append(line)
        titles[line.action_id, line.role] = line.action.title
    contracts: dict[tuple[int, str], Contract] = {}
    rows = Contract.objects.filter(payee__in=payees).exclude(
        state__in=[ContractState.WITHDRAWN, ContractState.DECLINED, ContractState.REPLACED]
    )
    for row in rows.select_related("action").order_by("signed_at", "pk"):
        contracts[row.action_id, row.kind] = row
        titles.setdefault((row.action_id, row.kind), row.action.title)
    return [
        Engagement(title, ContractKind(key[1]).label, contracts.get(key), tuple(held.get(key, ())))
        for key, title in sorted(titles.items(), reverse=True)
    ]


def paid_in(payee: Payee, year: int) -> list[Payment]:
    """What the bank paid a payee in a year, in order of day."""
    if not MINYEAR <= year <= MAXYEAR:
        return []
    rows = payments().filter(payee=payee, state=PaymentState.PAID, bank_on__year=year)
    return list(rows.order_by("bank_on", "pk"))


def years_of(payees: QuerySet[Payee]) -> list[tuple[Payee, int]]:
    """Each payee with the years in which the bank paid it, the latest first."""
    rows = Payment.objects.filter(payee__in=payees, state=PaymentState.PAID)
    found = rows.order_by().values_list("payee_id", "bank_on__year").distinct()
    held = {payee.pk: payee for payee in payees.select_related("body")}
    return sorted(((held[pk], year) for pk, year in found), key=lambda each: (-each[1], each[0].pk))
