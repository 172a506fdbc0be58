"""What a calculation would write (υπολογισμός): the difference of sources and lines, capped."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property

from django.db.models import Max, QuerySet, Sum

from didaskaleio.finance import amounts
from didaskaleio.finance.enums import GONE, HOURS, TermKind, WorkState
from didaskaleio.finance.models import Contract, Payee, PayTerm, WorkLine
from didaskaleio.finance.queries.rates import Terms
from didaskaleio.finance.queries.sources import Found, found_in
from didaskaleio.kernel import greek
from didaskaleio.kernel.clock import ATHENS
from didaskaleio.programmes.models import TrainingAction

Key = tuple[int, str, int, str]


@dataclass(frozen=True)
class Proposed:
    """One line to be written (προτεινόμενη γραμμή), and those not yet accepted that it replaces."""

    payee: Payee
    found: Found
    rate: PayTerm
    counted: Decimal
    amount: Decimal
    sequence: int
    adjusts: WorkLine | None = None
    replaces: tuple[WorkLine, ...] = ()
    contract: Contract | None = None
    note: str = ""

    @property
    def empty(self) -> bool:
        """Nothing is owed any more: only what stood is taken away."""
        return not (self.counted or self.amount)


@dataclass(frozen=True)
class Plan:
    """What a calculation would do (προεπισκόπηση): lines, and why other work cannot be paid yet."""

    lines: tuple[Proposed, ...]
    problems: tuple[str, ...]

    @cached_property
    def digest(self) -> str:
        """What the officer has seen."""
        told = "|".join(
            f"{p.payee.pk}:{p.found.source}:{p.found.source_id}:{p.found.unit}:{p.sequence}:{p.amount}"
            for p in self.lines
        )
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    @property
    def total(self) -> Decimal:
        """What all of it adds to the amounts due, with what it replaces taken away."""
        gone = sum((old.amount for p in self.lines for old in p.replaces), amounts.ZERO)
        return sum((p.amount for p in self.lines), amounts.ZERO) - gone


def lines() -> QuerySet[WorkLine]:
    """Lines of work with what a row of a list shows."""
    return WorkLine.objects.select_related(
        "payee__person", "payee__centre", "programme", "action", "rate", "contract"
    )


def plan(action: TrainingAction, at: datetime, payees: Iterable[int] | None = None) -> Plan:
    """What the calculation of ``action`` would write at ``at``, for all payees or for some."""
    drafting = _Drafting(action, at, None if payees is None else frozenset(payees))
    return drafting.plan()


class _Drafting:
    """One calculation: everything is read in the beginning, by a fixed number of queries."""

    def __init__(self, action: TrainingAction, at: datetime, only: frozenset[int] | None) -> None:
        self.action, self.day, self.terms = action, at.astimezone(ATHENS).date(), Terms(action)
        self.problems: dict[str, None] = {}
        rows = Payee.objects.filter(body=action.body_id).select_related("person", "centre")
        self.payees = {
            (row.person_id, row.centre_id): row for row in rows if only is None or row.pk in only
        }
        self.partial = only is not None
        self.found = [(self._payee(f), f) for f in found_in(action, at)]
        self.written, self.sequences = self._written(), self._sequences()
        self.contracts = _contracts(action)

    def _payee(self, found: Found) -> Payee | None:
        return self.payees.get((found.person_id, found.centre_id))

    def _written(self) -> dict[Key, list[WorkLine]]:
        held: dict[Key, list[WorkLine]] = defaultdict(list)
        rows = WorkLine.objects.filter(action=self.action).exclude(state=WorkState.WITHDRAWN)
        for line in rows.select_related("rate").order_by("sequence"):
            held[line.payee_id, line.source, line.source_id, line.unit].append(line)
        return held

    def plan(self) -> Plan:
        payable = [
            (payee, found, rate)
            for payee, found in self.found
            if (rate := self._rate(payee, found)) is not None and payee is not None
        ]
        counted = self._counted(payable)
        drafts = (
            self._proposed(payee, found, rate, counted.get(_key(payee, found), found.quantity))
            for payee, found, rate in payable
        )
        return Plan(tuple(each for each in drafts if each is not None), tuple(self.problems))

    def _rate(self, payee: Payee | None, found: Found) -> PayTerm | None:
        if payee is None:
            if found.quantity and not self.partial:
                self.problems[f"{found.title}: δεν υπάρχουν στοιχεία δικαιούχου."] = None
            return None
        if self._refused(payee, found):
            return None
        rate = self.terms.rate(found.unit, found.role, found.worked_on)
        if rate is None and found.quantity:
            unit = dict(WorkLine._meta.get_field("unit").choices or ())[found.unit]  # noqa: SLF001
            day = greek.short_date(found.worked_on)
            self.problems[f"Δεν έχει οριστεί αποζημίωση: {unit}, {day}."] = None
        return rate

    def _refused(self, payee: Payee, found: Found) -> bool:
        """A committee's refusal stands until its source has a new version."""
        return any(
            line.state == WorkState.REFUSED and line.source_version >= found.version
            for line in self.written.get(_key(payee, found), ())
        )

    def _counted(self, payable: Sequence[tuple[Payee, Found, PayTerm]]) -> dict[Key, Decimal]:
        """How many of the hours count under the caps that hold on the day of the calculation."""
        hours = [(payee, found) for payee, found, _ in payable if found.unit in HOURS]
        works = [
            amounts.Work(_key(payee, found), found.quantity, _groups(payee, found))
            for payee, found in hours
        ]
        present = {
            work.key: sum((x.counted for x in self._standing(work.key)), amounts.ZERO)
            for work in works
        }
        caps = amounts.Caps(self._limits(hours), self._used_elsewhere())
        return amounts.counted(works, present, caps)

    def _limits(self, hours: Sequence[tuple[Payee, Found]]) -> dict[object, Decimal]:
        limits: dict[object, Decimal] = {}
        for payee, found in hours:
            for group in _groups(payee, found):
                kind = TermKind.HOURS_PERIOD if len(group) > 2 else TermKind.HOURS_OPERATION  # noqa: PLR2004
                cap = self.terms.cap(kind, found.role, self.day)
                if cap is not None:
                    limits[group] = cap.value
        return limits

    def _used_elsewhere(self) -> dict[object, Decimal]:
        """Hours of the same payees in other actions of the same funded project."""
        if self.action.project_id is None:
            return {}
        rows = WorkLine.objects.filter(action__project=self.action.project_id, unit__in=HOURS)
        rows = rows.exclude(action=self.action).exclude(state__in=GONE)
        used = rows.order_by().values_list("payee_id", "role").annotate(n=Sum("counted"))
        return {(payee, role): hours for payee, role, hours in used}

    def _standing(self, key: Key) -> list[WorkLine]:
        return [line for line in self.written.get(key, ()) if line.state not in GONE]

    def _proposed(
        self, payee: Payee, found: Found, rate: PayTerm, counted: Decimal
    ) -> Proposed | None:
        standing = self._standing(_key(payee, found))
        target = amounts.Standing(counted, amounts.line_amount(counted, rate.value))
        if amounts.difference(target, _sum(standing)) is None:
            return None
        due = tuple(line for line in standing if line.state == WorkState.DUE)
        settled = [line for line in standing if line.state != WorkState.DUE]
        gap = amounts.difference(target, _sum(settled)) or amounts.Standing()
        return Proposed(
            payee,
            found,
            rate,
            gap.quantity,
            gap.amount,
            self.sequences.get(_key(payee, found), 0) + 1,
            adjusts=settled[-1] if settled else None,
            replaces=due,
            contract=self._contract(payee, found),
            note=_note(found, rate, counted, settled),
        )

    def _sequences(self) -> dict[Key, int]:
        """The last line of each source, those that were replaced included."""
        names = ("payee_id", "source", "source_id", "unit")
        rows = WorkLine.objects.filter(action=self.action).order_by().values_list(*names)
        return {(w, x, y, z): last for w, x, y, z, last in rows.annotate(last=Max("sequence"))}

    def _contract(self, payee: Payee, found: Found) -> Contract | None:
        programme = found.programme.pk if found.programme else None
        for scope in (programme, None):
            if (held := self.contracts.get((payee.pk, found.role, scope))) is not None:
                return held
        return None


def _key(payee: Payee, found: Found) -> Key:
    return payee.pk, found.source, found.source_id, found.unit


def _groups(payee: Payee, found: Found) -> tuple[tuple[object, ...], ...]:
    """The period's and the operation's hours of a payee in a role."""
    operation: tuple[object, ...] = (payee.pk, found.role)
    if found.programme is None:
        return (operation,)
    return (operation, (payee.pk, found.role, found.programme.period_id))


def _sum(rows: Iterable[WorkLine]) -> amounts.Standing:
    rows = list(rows)
    return amounts.Standing(
        sum((line.counted for line in rows), amounts.ZERO),
        sum((line.amount for line in rows), amounts.ZERO),
    )


def _note(found: Found, rate: PayTerm, counted: Decimal, settled: list[WorkLine]) -> str:
    said = []
    if counted < found.quantity:
        said.append(f"Μετρούν {greek.exact(counted)} από {greek.exact(found.quantity)}: όριο ωρών.")
    if settled and settled[-1].source_version != found.version:
        before = settled[-1].source_version
        said.append(f"Διαφορά: η πηγή άλλαξε από έκδοση {before} σε {found.version}.")
    if settled and settled[-1].rate_id != rate.pk:
        before = settled[-1].rate.version
        said.append(f"Διαφορά: η αποζημίωση άλλαξε από έκδοση {before} σε {rate.version}.")
    if settled and not said:
        said.append("Διαφορά: άλλαξαν οι ώρες που χωρούν στο όριο.")
    return " ".join(said)


def signed_contracts() -> QuerySet[Contract]:
    """Contracts that everybody signed, whether they still hold or not."""
    return Contract.objects.filter(signed_at__isnull=False)


def _contracts(action: TrainingAction) -> dict[tuple[int, str, int | None], Contract]:
    """The latest signed contract of each payee, role and programme of the action."""
    rows = signed_contracts().filter(action=action).order_by("signed_at")
    return {(row.payee_id, row.kind, row.programme_id): row for row in rows}


def contract_of(action: TrainingAction, payee: Payee, role: str) -> Contract | None:
    """The latest signed contract of a payee in a role of the action."""
    rows = signed_contracts().filter(action=action, payee=payee, kind=role)
    return rows.order_by("-signed_at").first()
