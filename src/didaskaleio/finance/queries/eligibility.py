"""Costs against the eligible period of their project (επιλεξιμότητα): which days, what is said."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from didaskaleio.finance.eligibility import Period
from didaskaleio.finance.enums import GONE
from didaskaleio.finance.models import Contract, WorkLine
from didaskaleio.finance.models.work import WorkLines
from didaskaleio.finance.queries.orders import Draft
from didaskaleio.finance.queries.work import Proposed
from didaskaleio.kernel import greek
from didaskaleio.programmes.models import TrainingAction
from didaskaleio.structures.models import FundedProject


def period_of(action: TrainingAction) -> Period:
    """The days whose costs the project of an action covers; without a project, all of them."""
    return period_of_project(action.project) if action.project else Period()


def period_of_project(project: FundedProject) -> Period:
    """The days whose costs a project covers."""
    return Period(project.code, project.eligible_from, project.eligible_until)


def days_of(period: Period) -> str:
    """«1–31 Μαΐου 2023», «από …», «έως …»; empty where the project states no day."""
    if period.first and period.last:
        return str(greek.date_span(period.first, period.last))
    if period.first:
        return f"από {greek.long_date(period.first, weekday=False)}"
    return f"έως {greek.long_date(period.last, weekday=False)}" if period.last else ""


def told(period: Period) -> str:
    """Which costs are covered, as every warning begins; empty where all are."""
    days = days_of(period)
    if period.first and period.last:
        ends = (greek.long_date(day, weekday=False) for day in (period.first, period.last))
        days = "από {} έως {}".format(*ends)
    return f"Η Πράξη {period.project} καλύπτει δαπάνες {days}." if days else ""


def of_contract(contract: Contract) -> str:
    """What is wrong with the days of a contract, or nothing."""
    period = period_of(contract.action)
    if period.covers(contract.starts_on, contract.last_day):
        return ""
    days = greek.date_span(contract.starts_on, contract.last_day)
    return f"{told(period)} Η σύμβαση ισχύει {days}."


def of_days(action: TrainingAction, first: date, last: date) -> str:
    """What is wrong with the days from which contracts would be drawn up, or nothing."""
    period = period_of(action)
    if period.covers(first, last):
        return ""
    return f"{told(period)} Οι συμβάσεις θα ισχύουν {greek.date_span(first, last)}."


def of_line(line: WorkLine) -> str:
    """What is wrong with the day of a line of work, or nothing."""
    period = period_of(line.action)
    if line.state in GONE or period.holds(line.worked_on):
        return ""
    return f"{told(period)} Το έργο έγινε {greek.long_date(line.worked_on, weekday=False)}."


def proposed_outside(action: TrainingAction, lines: Iterable[Proposed]) -> list[Proposed]:
    """Those of a calculation whose work is outside."""
    period = period_of(action)
    return [each for each in lines if not period.holds(each.found.worked_on)]


def drafts_outside(action: TrainingAction, drafts: Iterable[Draft], day: date) -> int:
    """How many lines of an order of that day would be outside."""
    period = period_of(action)
    lines = [line for draft in drafts for line, _ in draft.lines]
    return sum(bool(period.flaws(line.worked_on, day)) for line in lines)


def costs(project: FundedProject) -> WorkLines:
    """Every cost of a project that is outside, with what its page, report and pack say."""
    rows = WorkLine.objects.filter(action__project=project).costs_outside()
    return rows.select_related(*SHOWN).order_by("worked_on", "pk")


SHOWN = ("payee__person", "payee__centre", "action__project", "programme")


def days_for(line: WorkLine) -> str:
    """The days that the project of a line covers."""
    return days_of(period_of(line.action))


def flaws_of(line: WorkLine) -> str:
    """«έργο», «πληρωμή» or both, of a line of ``costs_outside``."""
    paid_on: date | None = line.paid_on  # type: ignore[attr-defined]
    return ", ".join(period_of(line.action).flaws(line.worked_on, paid_on))
