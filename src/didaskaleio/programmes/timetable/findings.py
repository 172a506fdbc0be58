"""Ευρήματα: all rules over one plan, without repairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from didaskaleio.programmes.timetable.case import Case
from didaskaleio.programmes.timetable.composition_rules import composition_findings
from didaskaleio.programmes.timetable.loads import load_findings
from didaskaleio.programmes.timetable.programme_rules import programme_findings
from didaskaleio.programmes.timetable.rules import Finding, Rule
from didaskaleio.programmes.timetable.slot_rules import slot_findings
from didaskaleio.programmes.timetable.week_rules import week_findings

if TYPE_CHECKING:
    from didaskaleio.programmes.timetable.context import Context
    from didaskaleio.programmes.timetable.parameters import Parameters
    from didaskaleio.programmes.timetable.plan import Plan

_ORDER = {rule: position for position, rule in enumerate(Rule)}


def find(plan: Plan, context: Context, parameters: Parameters) -> list[Finding]:
    """Ευρήματα of a plan, in the order of the rules, then of the calendar."""
    case = Case(plan, context, parameters)
    found = [*composition_findings(case), *week_findings(case), *programme_findings(case)]
    found.extend(load_findings(case))
    for slot in sorted(plan.slots, key=lambda slot: (slot.begins, slot.id)):
        found.extend(slot_findings(slot, context, parameters))
    return sorted(found, key=lambda finding: _ORDER[finding.rule])
