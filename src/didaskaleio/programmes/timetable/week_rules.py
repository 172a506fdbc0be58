"""Κανόνες εβδομάδων: slots a week, teaching weeks, spread of face-to-face sessions (DOMAIN R2b)."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from didaskaleio.kernel.greek import ordinal
from didaskaleio.programmes.timetable import wording
from didaskaleio.programmes.timetable.composition import SlotKind
from didaskaleio.programmes.timetable.rules import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from didaskaleio.programmes.timetable.case import Case
    from didaskaleio.programmes.timetable.plan import Slot


def week_findings(case: Case) -> Iterator[Finding]:
    yield from _slots_per_week(case)
    yield from _teaching_weeks(case)
    yield from _face_to_face_per_week(case)
    yield from _spread(case)


def _slots_per_week(case: Case) -> Iterator[Finding]:
    least, most = case.parameters.minimum_slots_per_week, case.parameters.maximum_slots_per_week
    for position, (monday, held) in enumerate(case.weeks.items(), start=1):
        amount = len(held)
        name = f"Η {wording.week(position)} έχει"
        if amount > most:
            act = f"επιτρέπονται {most}: μετακινήστε {wording.neuter(amount - most)}"
        elif amount < least:
            act = f"χρειάζεται τουλάχιστον {least}: μεταφέρετε {wording.neuter(least - amount)}"
            act += " από εβδομάδα με περισσότερα"
            name = name if amount else f"Η {wording.week(position)} δεν έχει"
        else:
            continue
        count = "τρίωρο" if amount == 0 else f"{amount} {'τρίωρο' if amount == 1 else 'τρίωρα'}"
        yield Finding(
            Rule.SLOTS_PER_WEEK,
            f"{name} {count}· {act}.",
            subject=monday.isoformat(),
            slots=_ids(held),
            weight=amount - most if amount > most else least - amount,
        )


def _teaching_weeks(case: Case) -> Iterator[Finding]:
    amount, most = len(case.weeks), case.parameters.maximum_teaching_weeks
    if amount <= most:
        return
    last = [slot for held in list(case.weeks.values())[most:] for slot in held]
    yield Finding(
        Rule.TEACHING_WEEKS,
        f"Τα τρίωρα απλώνονται σε {amount} εβδομάδες διδασκαλίας· επιτρέπονται {most}: "
        f"μεταφέρετε νωρίτερα όσα ακολουθούν τη {ordinal(most, 'feminine')}.",
        slots=_ids(last),
        weight=amount - most,
    )


def _face_to_face_per_week(case: Case) -> Iterator[Finding]:
    most = case.parameters.maximum_face_to_face_per_week
    for position, (monday, held) in enumerate(case.weeks.items(), start=1):
        found = [slot for slot in held if slot.kind is SlotKind.FACE_TO_FACE]
        if len(found) <= most:
            continue
        excess = len(found) - most
        yield Finding(
            Rule.F2F_ONE_A_WEEK,
            f"Η {wording.week(position)} έχει {len(found)} διά ζώσης συνεδρίες· επιτρέπεται "
            f"{most}: μετακινήστε {wording.feminine(excess)} σε άλλη εβδομάδα.",
            subject=monday.isoformat(),
            slots=_ids(found),
            weight=excess,
        )


def _spread(case: Case) -> Iterator[Finding]:
    parts = case.parameters.face_to_face_parts
    # Fewer sessions than parts cannot be spread: their count is then another rule's finding.
    if len(case.plan.of_kind(SlotKind.FACE_TO_FACE)) < parts:
        return
    mondays = list(case.weeks)
    for index, part in enumerate(in_parts(mondays, parts)):
        if any(_has_face_to_face(case.weeks[monday]) for monday in part):
            continue
        first, last = mondays.index(part[0]) + 1, mondays.index(part[-1]) + 1
        yield Finding(
            Rule.F2F_SPREAD_THIRDS,
            f"Οι εβδομάδες {ordinal(first, 'feminine')} έως {ordinal(last, 'feminine')} "
            "δεν έχουν διά ζώσης συνεδρία· χρειάζεται "
            f"τουλάχιστον 1 σε καθένα από τα {parts} μέρη του προγράμματος: μεταφέρετε εκεί μία.",
            subject=str(index),
        )


def in_parts(mondays: list[date], parts: int) -> list[list[date]]:
    """Teaching weeks in consecutive parts of equal length, the longer ones last."""
    amount = len(mondays)
    cuts = [amount * index // parts for index in range(parts + 1)]
    return [mondays[a:b] for a, b in pairwise(cuts) if a < b]


def _has_face_to_face(held: list[Slot]) -> bool:
    return any(slot.kind is SlotKind.FACE_TO_FACE for slot in held)


def _ids(slots: list[Slot]) -> tuple[str, ...]:
    return tuple(slot.id for slot in slots)
