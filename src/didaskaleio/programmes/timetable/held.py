"""Κανόνες που τηρούνται: the reassuring half of the list beside the timetable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from didaskaleio.programmes.timetable import wording
from didaskaleio.programmes.timetable.plan import hours
from didaskaleio.programmes.timetable.rules import Finding, Rule
from didaskaleio.programmes.timetable.weeks import teaching_weeks

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from didaskaleio.programmes.timetable.context import Context
    from didaskaleio.programmes.timetable.parameters import Parameters
    from didaskaleio.programmes.timetable.plan import Plan

_COUNTS = {Rule.COMP_F2F, Rule.COMP_SYNC, Rule.COMP_SUPPORT}
_TOTALS = {Rule.HOURS_TOTAL: _COUNTS | {Rule.COMP_ASYNC}, Rule.SLOTS_TOTAL: _COUNTS}


@dataclass(frozen=True, slots=True)
class Held:
    """Κανόνας που τηρείται: with the value that shows it, where there is one."""

    rule: Rule
    sentence: str


def held(
    plan: Plan, context: Context, parameters: Parameters, findings: Iterable[Finding]
) -> list[Held]:
    """Κανόνες που τηρούνται: all rules without a finding, in order.

    Totals that follow from a broken part are on neither list.
    """
    broken = {finding.rule for finding in findings}
    values = _values(plan, context, parameters)
    return [
        Held(rule, values.get(rule, rule.label))
        for rule in Rule
        if rule not in broken and not _TOTALS.get(rule, set()) & broken
    ]


def _values(plan: Plan, context: Context, parameters: Parameters) -> Mapping[Rule, str]:
    found = hours(plan, parameters)
    parts = " + ".join(wording.number(part) for part in found.parts)
    amount = len(teaching_weeks(plan.slots, context))
    values = {
        Rule.HOURS_TOTAL: f"{wording.number(found.total)} ώρες: {parts}",
        Rule.COMP_ASYNC: f"{plan.declared_async_hours} ασύγχρονες ώρες",
        Rule.SLOTS_TOTAL: f"{len(plan.slots)} τρίωρα",
        Rule.TEACHING_WEEKS: f"{amount} εβδομάδες διδασκαλίας, έως "
        f"{parameters.maximum_teaching_weeks}",
        Rule.CAPACITY: f"Ομάδα {plan.minimum}–{plan.capacity}",
    }
    if plan.slots:
        last = max(slot.date for slot in plan.slots)
        values[Rule.PERIOD_BOUNDS] = (
            f"Τελευταία συνάντηση: {wording.day(last)}, "
            f"περίοδος έως {wording.day(context.last_day)}"
        )
    if plan.composition.locality:
        values[Rule.TRAINER_LOCALITY] = (
            f"Επιμόρφωση στον ίδιο νομό: {context.centre_prefecture.name}"
        )
    return values
