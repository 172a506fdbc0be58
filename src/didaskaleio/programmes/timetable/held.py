"""Κανόνες που τηρούνται: the reassuring half of the list beside the timetable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from didaskaleio.kernel.greek import long_date
from didaskaleio.programmes.timetable import wording
from didaskaleio.programmes.timetable.composition import SlotKind
from didaskaleio.programmes.timetable.plan import hours
from didaskaleio.programmes.timetable.rules import Finding, Rule
from didaskaleio.programmes.timetable.weeks import teaching_weeks

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from didaskaleio.programmes.timetable.context import Context
    from didaskaleio.programmes.timetable.parameters import Parameters
    from didaskaleio.programmes.timetable.plan import Plan

_COUNTS = {Rule.COMP_F2F, Rule.COMP_SYNC, Rule.COMP_SUPPORT}
_FOLLOWS = {
    Rule.HOURS_TOTAL: _COUNTS | {Rule.COMP_ASYNC},
    Rule.SLOTS_TOTAL: _COUNTS,
    Rule.F2F_SPREAD_THIRDS: {Rule.COMP_F2F},
    Rule.ROOM_CAPACITY: {Rule.ROOM_MISSING},
}
_LOADS = {Rule.LOAD_WEEK, Rule.LOAD_PERIOD, Rule.LOAD_OPERATION}
_OF_TRAINER = {
    Rule.TRAINER_LOCALITY,
    Rule.TRAINER_CLUSTER,
    Rule.TRAINER_CLASH,
    Rule.TRAINER_AVAILABILITY,
    *_LOADS,
}
_OF_FACE_TO_FACE = {
    Rule.F2F_ONE_A_WEEK,
    Rule.F2F_SPREAD_THIRDS,
    Rule.ROOM_MISSING,
    Rule.ROOM_CAPACITY,
    Rule.ROOM_CLASH,
}
_OF_SLOTS = {
    Rule.SLOTS_PER_WEEK,
    Rule.TEACHING_WEEKS,
    Rule.SCHOOL_HOURS,
    Rule.PUBLIC_HOLIDAY,
    Rule.SCHOOL_BREAK,
    Rule.PERIOD_BOUNDS,
    Rule.TIME_OF_DAY,
    Rule.TRAINER_CLASH,
    Rule.TRAINER_AVAILABILITY,
    Rule.SELF_OVERLAP,
    *_LOADS,
}


@dataclass(frozen=True, slots=True)
class Held:
    """Κανόνας που τηρείται: with the value that shows it, where there is one."""

    rule: Rule
    sentence: str


def held(
    plan: Plan, context: Context, parameters: Parameters, findings: Iterable[Finding]
) -> list[Held]:
    """Κανόνες που τηρούνται: all rules without a finding, in order.

    Rules that follow from a broken one, or that have nothing to look at, are on neither list.
    """
    broken = {finding.rule for finding in findings}
    idle = _idle(plan) | _unlimited(context, parameters)
    values = _values(plan, context, parameters)
    return [
        Held(rule, values.get(rule, rule.label))
        for rule in Rule
        if rule not in broken | idle and not _FOLLOWS.get(rule, set()) & broken
    ]


def _idle(plan: Plan) -> set[Rule]:
    """Rules that hold only because the plan has nothing for them to look at."""
    idle: set[Rule] = set()
    if plan.trainer is None:
        idle |= _OF_TRAINER
    if not plan.composition.locality:
        idle.add(Rule.TRAINER_LOCALITY)
    if not plan.registers:
        idle.add(Rule.REGISTER_MEMBER)
    if not plan.of_kind(SlotKind.FACE_TO_FACE):
        idle |= _OF_FACE_TO_FACE
    return idle if plan.slots else idle | _OF_SLOTS


def _unlimited(context: Context, parameters: Parameters) -> set[Rule]:
    """Limits of the trainer's load that nobody has set, and wishes that nobody has declared."""
    declared = context.availability
    limits = {
        Rule.LOAD_WEEK: parameters.trainer_hours_per_week or declared.hours_per_week,
        Rule.LOAD_PERIOD: parameters.trainer_hours_per_period,
        Rule.LOAD_OPERATION: parameters.trainer_hours_per_operation,
        Rule.TRAINER_AVAILABILITY: declared.windows or declared.off,
    }
    return {rule for rule, limit in limits.items() if not limit}


def _values(plan: Plan, context: Context, parameters: Parameters) -> Mapping[Rule, str]:
    found = hours(plan, parameters)
    parts = " + ".join(wording.hours(part) for part in found.parts)
    amount = len(teaching_weeks(plan.slots, context))
    values = {
        Rule.HOURS_TOTAL: f"{wording.hours(found.total)} ώρες: {parts}",
        Rule.COMP_ASYNC: f"{plan.declared_async_hours} ασύγχρονες ώρες",
        Rule.SLOTS_TOTAL: f"{len(plan.slots)} τρίωρα",
        Rule.TEACHING_WEEKS: f"{amount} εβδομάδες διδασκαλίας, έως "
        f"{parameters.maximum_teaching_weeks}",
        Rule.CAPACITY: f"Ομάδα {plan.minimum}–{plan.capacity}",
    }
    if plan.registers:
        titles = " και ".join(f"«{title}»" for title in plan.registers)
        values[Rule.REGISTER_MEMBER] = f"Μέλη των μητρώων της δράσης: {titles}"
    if plan.slots:
        last = max(slot.date for slot in plan.slots)
        values[Rule.PERIOD_BOUNDS] = (
            f"Τελευταία συνάντηση: {long_date(last)}, περίοδος έως {long_date(context.last_day)}"
        )
    if plan.composition.locality:
        values[Rule.TRAINER_LOCALITY] = (
            f"Επιμόρφωση στον ίδιο νομό: {context.centre_prefecture.name}"
        )
    return values
