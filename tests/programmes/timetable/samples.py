"""A sound IIa programme of Kozani in spring 2023, and ways to spoil it; all people are invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

from didaskaleio.programmes.timetable import (
    CATEGORY_IIA,
    SECONDARY_DAY,
    Break,
    Context,
    Named,
    Parameters,
    Plan,
    Room,
    Slot,
    SlotKind,
    Trainer,
)

F, S, U = SlotKind.FACE_TO_FACE, SlotKind.SYNCHRONOUS, SlotKind.SUPPORT
KOZANI = Named("KOZ", "Κοζάνη")
THESSALONIKI = Named("THS", "Θεσσαλονίκη")
MATHS = Named("B2.3", "Β2.3 Μαθηματικά")
PHYSICS = Named("B2.2", "Β2.2 Φυσικές Επιστήμες")
TRAINER = Trainer("t1", "Άννα Υποθετίδου", (MATHS,), (KOZANI,))
PARAMETERS = Parameters()
HOLIDAYS = {
    date(2023, 3, 25): "Εικοστή Πέμπτη Μαρτίου",
    date(2023, 4, 14): "Μεγάλη Παρασκευή",
    date(2023, 4, 17): "Δευτέρα του Πάσχα",
    date(2023, 5, 1): "Εργατική Πρωτομαγιά",
    date(2023, 6, 5): "Δευτέρα του Αγίου Πνεύματος",
}
EASTER = Break("διακοπές Πάσχα", date(2023, 4, 10), date(2023, 4, 21))
CONTEXT = Context(
    first_day=date(2023, 3, 6),
    last_day=date(2023, 7, 2),
    centre_prefecture=KOZANI,
    centre_hours=replace(SECONDARY_DAY, label="17ο ΓΕΛ Κοζάνης"),
    public_holidays=HOLIDAYS,
    school_breaks=(EASTER,),
    rooms={"r1": Room("r1", "Β3", 15)},
)
_DAYS = [
    ("0603", F), ("0803", S), ("1503", S), ("2203", S), ("2703", F), ("2903", U), ("0504", S),
    ("2604", S), ("2704", U), ("0405", F), ("1005", S), ("1705", S), ("1805", U), ("2405", S),
    ("2505", U), ("3105", S), ("0706", U), ("1206", F), ("2106", S), ("2806", U),
]  # fmt: skip


def day(text: str) -> date:
    """«0803» is 8 March 2023."""
    return date(2023, int(text[2:]), int(text[:2]))


def slot(text: str, kind: SlotKind, start: time = time(17, 30), slot_id: str = "") -> Slot:
    return Slot(
        id=slot_id or text,
        kind=kind,
        date=day(text),
        start=start,
        minutes=135 if kind is U else 90,
        room_id="r1" if kind is F else None,
    )


PLAN = Plan(
    composition=CATEGORY_IIA,
    cluster=MATHS,
    slots=tuple(slot(text, kind) for text, kind in _DAYS),
    trainer=TRAINER,
    staff=("Γραμματεία",),
    registers=("Μητρώο Β2",),
)


def moved(slot_id: str, text: str, start: time = time(17, 30), plan: Plan = PLAN) -> Plan:
    return plan.changed([replace(the(slot_id, plan), date=day(text), start=start)])


def without(slot_id: str) -> Plan:
    return replace(PLAN, slots=tuple(slot for slot in PLAN.slots if slot.id != slot_id))


def as_kind(slot_id: str, kind: SlotKind, plan: Plan = PLAN) -> Plan:
    new = slot(slot_id, kind)
    return plan.changed([new])


def the(slot_id: str, plan: Plan = PLAN) -> Slot:
    return next(slot for slot in plan.slots if slot.id == slot_id)
