"""Κανόνες ενός τριώρου: calendar, hours and clashes of one meeting (DOMAIN R2e)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from didaskaleio.kernel.greek import date_span
from didaskaleio.programmes.timetable import wording
from didaskaleio.programmes.timetable.rules import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from didaskaleio.programmes.timetable.context import Bounds, Busy, Context, SchoolHours
    from didaskaleio.programmes.timetable.parameters import Parameters
    from didaskaleio.programmes.timetable.plan import Slot


def slot_findings(slot: Slot, context: Context, parameters: Parameters) -> Iterator[Finding]:
    """All findings that one slot has on its own, whatever the rest of its programme."""
    yield from _calendar(slot, context)
    yield from _time_of_day(slot, parameters)
    yield from _school_hours(slot, context)
    yield from _clashes(slot, context)
    yield from _declared(slot, context)


def school_hours_findings(
    slots: Iterable[Slot], school: SchoolHours, context: Context
) -> list[Finding]:
    """Σύγκρουση με το ωράριο ενός εκπαιδευτικού: for the school where one teacher serves.

    An evening-school teacher is told which meetings fall into their own lessons (DOMAIN R2e);
    every finding is an error for that teacher, none concerns the programme.
    """
    return [
        _in_lessons(slot, school, bounds, Severity.ERROR)
        for slot in slots
        if (bounds := _lessons_during(slot, school, context))
    ]


def _calendar(slot: Slot, context: Context) -> Iterator[Finding]:
    if not context.first_day <= slot.date <= context.last_day:
        bounds = date_span(context.first_day, context.last_day)
        yield _about(
            slot,
            Rule.PERIOD_BOUNDS,
            f"Η {wording.named(slot)}, είναι έξω από την περίοδο ({bounds}): "
            "μετακινήστε την μέσα στην περίοδο.",
        )
    found = context.break_on(slot.date)
    if holiday := context.public_holidays.get(slot.date):
        yield _about(
            slot,
            Rule.PUBLIC_HOLIDAY,
            f"Η {wording.named(slot)}, πέφτει σε αργία ({holiday}): μετακινήστε την σε άλλη ημέρα.",
        )
    elif found:
        days = date_span(found.first, found.last)
        yield _about(
            slot,
            Rule.SCHOOL_BREAK,
            f"Η {wording.named(slot)}, πέφτει σε σχολικές διακοπές ({found.name}, {days}): "
            "μετακινήστε την, εκτός αν η ομάδα τη θέλει τότε.",
            Severity.WARNING,
        )


def _time_of_day(slot: Slot, parameters: Parameters) -> Iterator[Finding]:
    if slot.date.weekday() not in parameters.weekdays:
        allowed = ", ".join(wording.weekday(number) for number in sorted(parameters.weekdays))
        yield _about(
            slot,
            Rule.TIME_OF_DAY,
            f"Η {wording.named(slot)}, είναι σε ημέρα χωρίς συναντήσεις· επιτρέπονται: {allowed}. "
            "Μετακινήστε την σε μία από αυτές.",
        )
    elif slot.start < parameters.earliest or slot.ends > _at(slot, parameters):
        bounds = f"{wording.clock(parameters.earliest)}–{wording.clock(parameters.latest)}"
        yield _about(
            slot,
            Rule.TIME_OF_DAY,
            f"Η {wording.named(slot)}, είναι έξω από τις ώρες συναντήσεων ({bounds}): "
            "αλλάξτε την ώρα της.",
        )


def _at(slot: Slot, parameters: Parameters) -> datetime:
    return datetime.combine(slot.date, parameters.latest)


def _school_hours(slot: Slot, context: Context) -> Iterator[Finding]:
    only_evening = all(school.evening for school in context.trainee_hours)
    centre = context.centre_hours
    if centre and (bounds := _lessons_during(slot, centre, context)):
        yield _in_lessons(slot, centre, bounds, Severity.ERROR)
        return
    for school in context.trainee_hours:
        if not (bounds := _lessons_during(slot, school, context)):
            continue
        # A slot that day schools can attend leaves out only those who serve in the evening.
        mild = school.evening and not only_evening
        yield _in_lessons(slot, school, bounds, Severity.WARNING if mild else Severity.ERROR)


def _lessons_during(slot: Slot, school: SchoolHours, context: Context) -> Bounds | None:
    bounds = school.days.get(slot.date.weekday())
    if bounds is None or context.schools_closed(slot.date):
        return None
    first, last = (datetime.combine(slot.date, bound) for bound in bounds)
    return bounds if slot.overlaps(first, last) else None


def _in_lessons(slot: Slot, school: SchoolHours, bounds: Bounds, severity: Severity) -> Finding:
    lessons = f"{wording.clock(bounds[0])}–{wording.clock(bounds[1])}"
    return Finding(
        Rule.SCHOOL_HOURS,
        f"Η {wording.named(slot)}, πέφτει σε ώρα μαθημάτων ({school.label}: {lessons}): "
        "μετακινήστε την εκτός σχολικού ωραρίου.",
        subject=f"{slot.id} {school.label}",
        slots=(slot.id,),
        severity=severity,
    )


def _clashes(slot: Slot, context: Context) -> Iterator[Finding]:
    for busy in context.trainer_busy:
        if slot.overlaps(busy.begins, busy.ends):
            yield _clash(slot, busy, Rule.TRAINER_CLASH, "ο επιμορφωτής ή η επιμορφώτρια έχει")
    for busy in context.room_busy:
        if busy.room_id == slot.room_id is not None and slot.overlaps(busy.begins, busy.ends):
            room = context.rooms.get(busy.room_id or "")
            label = room.label if room else busy.room_id
            yield _clash(slot, busy, Rule.ROOM_CLASH, f"η αίθουσα {label} έχει")


def _declared(slot: Slot, context: Context) -> Iterator[Finding]:
    """A warning: the trainer declared otherwise, and may still agree to this timetable."""
    if against := context.availability.against(slot):
        yield _about(
            slot,
            Rule.TRAINER_AVAILABILITY,
            f"Η {wording.named(slot)}, είναι σε {wording.declared(against)}: "
            "μετακινήστε την ή συνεννοηθείτε με τον επιμορφωτή ή την επιμορφώτρια.",
            Severity.WARNING,
        )


def _clash(slot: Slot, busy: Busy, rule: Rule, who: str) -> Finding:
    hours = f"{wording.clock(busy.start)}–{wording.clock(busy.end)}"
    advice = "μετακινήστε την"
    if rule is Rule.ROOM_CLASH:
        advice = "αλλάξτε αίθουσα ή μετακινήστε την"
    return Finding(
        rule,
        f"Σ{wording.accusative(slot)}, {who} ήδη «{busy.session_label}» του προγράμματος "
        f"{busy.programme_code} «{busy.programme_title}» ({hours}): {advice}.",
        subject=f"{slot.id} {busy.programme_code} {busy.session_label}",
        slots=(slot.id,),
    )


def _about(slot: Slot, rule: Rule, sentence: str, severity: Severity = Severity.ERROR) -> Finding:
    return Finding(rule, sentence, subject=slot.id, slots=(slot.id,), severity=severity)
