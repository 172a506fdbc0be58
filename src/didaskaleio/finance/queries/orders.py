"""Payment orders (εντολές πληρωμής): what can be paid now, to whom, and what waits for what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum

from didaskaleio.finance import amounts
from didaskaleio.finance.enums import (
    HOLDING,
    INVOICING,
    InvoiceState,
    PaperKind,
    PaperState,
    PayeeState,
    PaymentState,
    TermKind,
    WorkState,
)
from didaskaleio.finance.models import (
    Contract,
    Paper,
    Payee,
    Payment,
    PaymentLine,
    PaymentOrder,
    PayTerm,
    WorkLine,
)
from didaskaleio.finance.queries.rates import Terms
from didaskaleio.finance.queries.work import lines, signed_contracts
from didaskaleio.programmes.models import TrainingAction

LIVE = (PaymentState.WAITING, PaymentState.PAID)
Orders = QuerySet[PaymentOrder]


@dataclass(frozen=True)
class Draft:
    """One payment to be (προτεινόμενη πληρωμή): lines, contracts, deductions, shares of the net."""

    payee: Payee
    lines: tuple[tuple[WorkLine, Contract], ...]
    payable: amounts.Payable[PayTerm]

    @property
    def shares(self) -> list[Decimal]:
        """The net divided among the lines; together exactly the net."""
        return amounts.shares(self.payable.net, [line.amount for line, _ in self.lines])


@dataclass(frozen=True)
class Waiting:
    """Accepted work that cannot be paid now (τι περιμένει), and what it waits for."""

    payee: Payee
    amount: Decimal
    lines: int
    why: str


@dataclass(frozen=True)
class Ready:
    """What an order of today would hold (έτοιμα προς πληρωμή), and what waits."""

    drafts: tuple[Draft, ...]
    waiting: tuple[Waiting, ...]

    @property
    def gross(self) -> Decimal:
        return sum((each.payable.gross for each in self.drafts), amounts.ZERO)

    @property
    def net(self) -> Decimal:
        return sum((each.payable.net for each in self.drafts), amounts.ZERO)


def ready(action: TrainingAction, day: date, payees: Sequence[int] | None = None) -> Ready:
    """Accepted lines of an action sorted into payments, and what waits; a few queries in all."""
    rows = lines().select_related("invoice").filter(action=action, state=WorkState.ACCEPTED)
    rows = rows.order_by("worked_on", "pk")
    if payees is not None:
        rows = rows.filter(payee__in=payees)
    by_payee: dict[Payee, list[WorkLine]] = defaultdict(list)
    for line in rows:
        by_payee[line.payee].append(line)
    gate = _Gate(action, day, [payee.pk for payee in by_payee])
    drafts: list[Draft] = []
    waiting: list[Waiting] = []
    for payee, held in by_payee.items():
        draft = gate.draft(payee, held, waiting)
        if draft is not None:
            drafts.append(draft)
    return Ready(tuple(drafts), tuple(waiting))


class _Gate:
    """Everything that stands between accepted work and its payment, read once for many payees."""

    def __init__(self, action: TrainingAction, day: date, payees: Sequence[int]) -> None:
        self.day, self.terms = day, Terms(action)
        self.contracts: dict[tuple[int, str], list[Contract]] = defaultdict(list)
        held = signed_contracts().filter(action=action, payee__in=payees)
        for contract in held.order_by("-signed_at"):
            self.contracts[contract.payee_id, contract.kind].append(contract)
        self.permits = _permits(payees)
        self.income = _sums(
            Payment.objects.filter(
                payee__in=payees, state__in=LIVE, order__execution_on__year=day.year
            ),
            "payee_id",
            "gross",
        )
        self.under = _sums(
            PaymentLine.objects.filter(live=True, line__contract__payee__in=payees),
            "line__contract_id",
            "line__amount",
        )

    def draft(self, payee: Payee, held: list[WorkLine], waiting: list[Waiting]) -> Draft | None:
        """The payee's payment, or None; what cannot be in it goes to ``waiting``."""
        if payee.state != PayeeState.CONFIRMED:
            waiting.append(_waits(payee, held, "να επιβεβαιωθούν τα στοιχεία πληρωμής"))
            return None
        allowed = self._allowed(payee, held, waiting)
        signed = self._signed(payee, _invoiced(payee, allowed, waiting), waiting)
        fitting = self._fitting(payee, signed, waiting)
        gross = sum((line.amount for line, _ in fitting), amounts.ZERO)
        if not fitting:
            return None
        percents = [(t, t.value) for t in self.terms.deductions(payee.tax_status, self.day)]
        payable = amounts.payable(max(gross, amounts.ZERO), percents)
        if payable.net <= 0:
            rest = [line for line, _ in fitting]
            waiting.append(_waits(payee, rest, "να συμψηφιστεί με επόμενο έργο"))
            return None
        return Draft(payee, tuple(fitting), payable)

    def _allowed(
        self, payee: Payee, held: list[WorkLine], waiting: list[Waiting]
    ) -> list[WorkLine]:
        """A public servant is paid for days that a permit for private work covers."""
        if not (payee.person_id and payee.public_servant):
            return held
        last = self.permits.get(payee.pk)
        bare = [line for line in held if last is None or line.worked_on > last]
        if bare:
            why = "άδεια ιδιωτικού έργου που να ίσχυε την ημέρα του έργου"
            waiting.append(_waits(payee, bare, why))
        return [line for line in held if line not in bare]

    def _signed(
        self, payee: Payee, held: list[WorkLine], waiting: list[Waiting]
    ) -> list[tuple[WorkLine, Contract]]:
        found = [(line, self._contract(line)) for line in held]
        unsigned = [line for line, contract in found if contract is None]
        if unsigned:
            waiting.append(_waits(payee, unsigned, "να υπογραφεί η σύμβαση"))
        return [(line, contract) for line, contract in found if contract is not None]

    def _contract(self, line: WorkLine) -> Contract | None:
        """The signed contract of the line's programme, else of its action, that covers its day."""
        own = [
            each
            for each in self.contracts.get((line.payee_id, line.role), ())
            if each.programme_id in {None, line.programme_id} and each.starts_on <= line.worked_on
        ]
        return next((each for each in own if each.programme_id), own[0] if own else None)

    def _fitting(
        self, payee: Payee, signed: list[tuple[WorkLine, Contract]], waiting: list[Waiting]
    ) -> list[tuple[WorkLine, Contract]]:
        """As many lines, in order, as the year's income and the contract's ceiling allow."""
        cap = self.terms.cap(TermKind.INCOME, "", self.day)
        left = cap.value - self.income.get(payee.pk, amounts.ZERO) if cap else None
        fitting, over, under = [], [], dict(self.under)
        for line, contract in signed:
            used = under.get(contract.pk, amounts.ZERO) + line.amount
            beyond = contract.ceiling is not None and used > contract.ceiling
            if line.amount > 0 and (beyond or (left is not None and line.amount > left)):
                over.append(line)
                continue
            under[contract.pk] = used
            left = None if left is None else left - line.amount
            fitting.append((line, contract))
        if over:
            why = "όριο εισοδήματος του έτους ή ανώτατο ποσό της σύμβασης"
            waiting.append(_waits(payee, over, why))
        return fitting


def _invoiced(payee: Payee, held: list[WorkLine], waiting: list[Waiting]) -> list[WorkLine]:
    """Who keeps books is paid for what an accepted invoice covers."""
    if payee.tax_status not in INVOICING:
        return held
    kept = [x for x in held if x.invoice and x.invoice.state == InvoiceState.ACCEPTED]
    if bare := [line for line in held if line not in kept]:
        waiting.append(_waits(payee, bare, "παραστατικό του δικαιούχου που να έγινε δεκτό"))
    return kept


def _permits(payees: Sequence[int]) -> dict[int, date]:
    """The last day that an accepted permit for private work covers, by payee."""
    rows = Paper.objects.filter(
        payee__in=payees, kind=PaperKind.PERMIT, state__in=[*HOLDING, PaperState.EXPIRED]
    )
    days: dict[int, date] = {}
    for row in rows:
        last = row.last_day or date.max
        days[row.payee_id] = max(days.get(row.payee_id, last), last)
    return days


def _waits(payee: Payee, held: list[WorkLine], why: str) -> Waiting:
    return Waiting(payee, sum((x.amount for x in held), amounts.ZERO), len(held), why)


def _sums(
    rows: QuerySet[Payment] | QuerySet[PaymentLine], by: str, what: str
) -> dict[int, Decimal]:
    return dict(rows.order_by().values_list(by).annotate(total=Sum(what)))


def orders() -> QuerySet[PaymentOrder]:
    """Orders with what a row of a list shows."""
    rows = PaymentOrder.objects.select_related("action", "account", "by", "approved_by", "file")
    return rows.annotate(
        size=Count("payments", distinct=True),
        gross=Sum("payments__gross"),
        net=Sum("payments__net"),
    ).order_by("-pk")


def payments() -> QuerySet[Payment]:
    """Payments with what a row of a list shows."""
    return Payment.objects.select_related("payee__person", "payee__centre", "order__action")


def contracts_of(payment: Payment) -> QuerySet[Contract]:
    """The contracts under which the lines of a payment were earned."""
    rows = Contract.objects.filter(work__payments__payment=payment).select_related("payee")
    return rows.distinct().order_by("number")


def lines_of(payment: Payment) -> QuerySet[PaymentLine]:
    """The lines of a payment with everything that explains them."""
    return payment.lines.select_related("line__rate", "line__programme").order_by(
        "line__worked_on", "line_id"
    )
