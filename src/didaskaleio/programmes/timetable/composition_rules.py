"""Κανόνες σύνθεσης: counts by kind, hours and the total of slots (DOMAIN R1, R2a)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from didaskaleio.programmes.timetable import wording
from didaskaleio.programmes.timetable.composition import SlotKind
from didaskaleio.programmes.timetable.plan import hours
from didaskaleio.programmes.timetable.rules import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from didaskaleio.programmes.timetable.case import Case

COUNT_RULES = {
    Rule.COMP_F2F: SlotKind.FACE_TO_FACE,
    Rule.COMP_SYNC: SlotKind.SYNCHRONOUS,
    Rule.COMP_SUPPORT: SlotKind.SUPPORT,
}


def composition_findings(case: Case) -> Iterator[Finding]:
    counts = list(_counts(case))
    yield from counts
    asynchronous = list(_asynchronous(case))
    yield from asynchronous
    durations = list(_durations(case))
    yield from durations
    # Totals follow from the parts: they are named only where no part already says what to do.
    if not counts and not asynchronous and not durations:
        yield from _total_hours(case)
    if not counts:
        yield from _total_slots(case)


def _counts(case: Case) -> Iterator[Finding]:
    for rule, kind in COUNT_RULES.items():
        held, wanted = case.plan.of_kind(kind), case.plan.composition.count(kind)
        if len(held) == wanted:
            continue
        gap = abs(len(held) - wanted)
        act = "προσθέστε" if len(held) < wanted else "αφαιρέστε"
        yield Finding(
            rule,
            f"Το σχέδιο έχει {len(held)} {_noun(kind, len(held))}· η κατηγορία "
            f"{case.composition_label} απαιτεί {wanted}: {act} {wording.feminine(gap)}.",
            slots=tuple(slot.id for slot in held) if len(held) > wanted else (),
            weight=gap,
        )


def _noun(kind: SlotKind, amount: int) -> str:
    return kind.noun if amount == 1 else kind.plural


def _asynchronous(case: Case) -> Iterator[Finding]:
    declared, wanted = case.plan.declared_async_hours, case.plan.expected_async_hours
    if declared == wanted:
        return
    sessions = sum(slot.kind.is_session for slot in case.plan.slots)
    yield Finding(
        Rule.COMP_ASYNC,
        f"Οι ασύγχρονες ώρες είναι {declared} για {sessions} συνεδρίες· σε κάθε συνεδρία "
        f"αντιστοιχεί {case.plan.composition.async_hours_per_session}: ορίστε {wanted}.",
        weight=abs(declared - wanted),
    )


def _durations(case: Case) -> Iterator[Finding]:
    for slot in case.plan.slots:
        wanted = case.parameters.minutes(case.plan.composition, slot.kind)
        if slot.minutes == wanted:
            continue
        yield Finding(
            Rule.HOURS_TOTAL,
            f"Η {wording.named(slot)}, διαρκεί {slot.minutes} λεπτά· "
            f"{case.plan.composition.hours_of(slot.kind)} διδακτικές ώρες είναι {wanted}: "
            "διορθώστε τη διάρκεια.",
            subject=slot.id,
            slots=(slot.id,),
            weight=abs(slot.minutes - wanted),
        )


def _total_hours(case: Case) -> Iterator[Finding]:
    found, wanted = hours(case.plan, case.parameters), case.parameters.total_hours
    if found.total == wanted:
        return
    parts = " + ".join(wording.hours(part) for part in found.parts)
    yield Finding(
        Rule.HOURS_TOTAL,
        f"Το πρόγραμμα έχει {wording.hours(found.total)} ώρες ({parts})· η δράση ορίζει {wanted}: "
        "επιλέξτε άλλη κατηγορία ή ζητήστε διόρθωση της σύνθεσης από τον φορέα υλοποίησης.",
        weight=abs(found.total - wanted),
    )


def _total_slots(case: Case) -> Iterator[Finding]:
    found, wanted = len(case.plan.slots), case.parameters.total_slots
    if found == wanted:
        return
    yield Finding(
        Rule.SLOTS_TOTAL,
        f"Το πρόγραμμα έχει {found} τρίωρα· η δράση ορίζει {wanted}: "
        "επιλέξτε άλλη κατηγορία ή ζητήστε διόρθωση της σύνθεσης από τον φορέα υλοποίησης.",
        weight=abs(found - wanted),
    )
