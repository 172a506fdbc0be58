"""Ωρολόγιο προγράμματος: composition of categories and feasibility, without Django.

`check` says what is wrong with a plan and how to mend it, `repairs` which single change mends
most, `propose` makes a whole timetable, `weeks` shows it (seed 001 §2; DOMAIN R1, R2a to R2e).
"""

from didaskaleio.kernel.calendar import Break
from didaskaleio.programmes.timetable.availability import Availability, Off, Window, Wish
from didaskaleio.programmes.timetable.changes import Change, Place, changes
from didaskaleio.programmes.timetable.composition import (
    CATEGORIES,
    CATEGORY_IIA,
    CATEGORY_IIB,
    Composition,
    Hours,
    SlotKind,
)
from didaskaleio.programmes.timetable.context import (
    PRIMARY_DAY,
    SECONDARY_DAY,
    SECONDARY_EVENING,
    Busy,
    Context,
    Quota,
    Room,
    SchoolHours,
    every_weekday,
)
from didaskaleio.programmes.timetable.findings import find
from didaskaleio.programmes.timetable.held import Held, held
from didaskaleio.programmes.timetable.loads import Load, hours_of
from didaskaleio.programmes.timetable.parameters import Parameters
from didaskaleio.programmes.timetable.plan import Named, Outsider, Plan, Slot, Trainer, hours
from didaskaleio.programmes.timetable.proposal import NoTimetableError, propose
from didaskaleio.programmes.timetable.repairs import check, repairs
from didaskaleio.programmes.timetable.rules import Finding, Repair, Rule, Severity
from didaskaleio.programmes.timetable.slot_rules import school_hours_findings, slot_findings
from didaskaleio.programmes.timetable.weeks import Day, Week, mondays, teaching_weeks, weeks

__all__ = [
    "CATEGORIES",
    "CATEGORY_IIA",
    "CATEGORY_IIB",
    "PRIMARY_DAY",
    "SECONDARY_DAY",
    "SECONDARY_EVENING",
    "Availability",
    "Break",
    "Busy",
    "Change",
    "Composition",
    "Context",
    "Day",
    "Finding",
    "Held",
    "Hours",
    "Load",
    "Named",
    "NoTimetableError",
    "Off",
    "Outsider",
    "Parameters",
    "Place",
    "Plan",
    "Quota",
    "Repair",
    "Room",
    "Rule",
    "SchoolHours",
    "Severity",
    "Slot",
    "SlotKind",
    "Trainer",
    "Week",
    "Window",
    "Wish",
    "changes",
    "check",
    "every_weekday",
    "find",
    "held",
    "hours",
    "hours_of",
    "mondays",
    "propose",
    "repairs",
    "school_hours_findings",
    "slot_findings",
    "teaching_weeks",
    "weeks",
]
