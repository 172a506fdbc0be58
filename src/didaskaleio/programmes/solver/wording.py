"""Διατυπώσεις: conflicting rules and repairs in plain Greek."""

from __future__ import annotations

from datetime import date

from didaskaleio.kernel.greek import date_span, long_date
from didaskaleio.kernel.greek.moments import WEEKDAYS
from didaskaleio.programmes.solver.books import Books, Wanted
from didaskaleio.programmes.solver.drafting import Group, Unit
from didaskaleio.programmes.timetable import Rule

_OF_PROGRAMME = {
    Rule.SCHOOL_HOURS.value: "συναντήσεις μόνο εκτός σχολικού ωραρίου",
    Rule.PUBLIC_HOLIDAY.value: "καμία συνάντηση σε αργία",
    Rule.SCHOOL_BREAK.value: "καμία συνάντηση σε σχολικές διακοπές",
    Rule.TIME_OF_DAY.value: "συναντήσεις μόνο στις ημέρες και ώρες της δράσης",
    Rule.F2F_SPREAD_THIRDS.value: "διά ζώσης συνεδρία σε κάθε μέρος του προγράμματος",
    Rule.TRAINER_LOCALITY.value: "επιμορφωτής ή επιμορφώτρια του νομού του κέντρου",
    Rule.TRAINER_CLUSTER.value: "επιμορφωτής ή επιμορφώτρια της συστάδας",
    Rule.ROOM_CAPACITY.value: "αίθουσα με θέσεις για όλη την ομάδα",
    "PIN": "οι συναντήσεις που καρφιτσώσατε μένουν όπου είναι",
    "PIN_TRAINER": "το πρόσωπο που καρφιτσώσατε μένει",
}
_OF_PERSON = {
    Rule.TRAINER_CLASH.value: "δεν διδάσκει δύο προγράμματα την ίδια ώρα",
    "TRAINER_BUSY": "έχει ήδη άλλες συναντήσεις",
    Rule.TRAINER_AVAILABILITY.value: "δήλωσε διαστήματα και ημέρες που δεν μπορεί",
}
_LOADS = {
    Rule.LOAD_WEEK.value: "ανά εβδομάδα",
    Rule.LOAD_PERIOD.value: "στην περίοδο",
    Rule.LOAD_OPERATION.value: "στην πράξη",
}
_OF_ROOM = {
    Rule.ROOM_CLASH.value: "χωρά ένα τμήμα κάθε φορά",
    "ROOM_BUSY": "είναι ήδη δεσμευμένη σε άλλες ώρες",
}


def rule_in_words(group: Group, books: Books) -> str:
    """Κανόνας με λόγια: «P00012: έως 15 εβδομάδες διδασκαλίας»."""
    rule, about = group
    if rule in _OF_PERSON:
        return f"{_person(about, books)} {_OF_PERSON[rule]}"
    if rule in _LOADS:
        return f"{_person(about, books)}: {_limit(rule, about, books)} ώρες {_LOADS[rule]}, έως"
    if rule in _OF_ROOM:
        return f"Η αίθουσα {_room(about, books)} {_OF_ROOM[rule]}"
    whose = _code(about, books) if about else "Κάθε πρόγραμμα"
    return f"{whose}: {_of_programme(rule, books)}"


def _of_programme(rule: str, books: Books) -> str:
    numbers = books.parameters
    counted = {
        Rule.TEACHING_WEEKS.value: f"έως {numbers.maximum_teaching_weeks} εβδομάδες διδασκαλίας",
        Rule.SLOTS_PER_WEEK.value: f"από {numbers.minimum_slots_per_week} έως "
        f"{numbers.maximum_slots_per_week} τρίωρα κάθε εβδομάδα",
        Rule.F2F_ONE_A_WEEK.value: f"έως {numbers.maximum_face_to_face_per_week} διά ζώσης την "
        "εβδομάδα",
    }
    return counted.get(rule) or _OF_PROGRAMME[rule]


def _limit(rule: str, about: str, books: Books) -> int:
    numbers, own = books.parameters, books.people[about].availability.hours_per_week
    if rule == Rule.LOAD_PERIOD.value:
        return numbers.trainer_hours_per_period or 0
    if rule == Rule.LOAD_OPERATION.value:
        return numbers.trainer_hours_per_operation or 0
    return min(limit for limit in (numbers.trainer_hours_per_week, own) if limit is not None)


def repair_in_words(unit: Unit, books: Books) -> str:
    """Διόρθωση με λόγια: what to free, move, raise or add."""
    kind, about, detail, _cost = unit
    if kind in {"busy", "taken"}:
        return _free(kind, about, detail, books)
    if kind == "declared":
        return f"ζητήστε από {_accusative(about, books)} να διαθέσει {_declared(detail)}"
    if kind == "load":
        return f"αυξήστε το όριο ωρών {_LOADS[detail]} ({_person(about, books)})"
    code = _code(about, books)
    if kind == "pin":
        return f"αφήστε ελεύθερη {_pin(_wanted(about, books), detail)} του {code}"
    return {
        "weeks": f"ζητήστε από τον φορέα {detail} εβδομάδες διδασκαλίας για το {code}",
        "swap": f"αφήστε να αλλάξει το πρόσωπο που διδάσκει στο {code}",
        "person": f"βρείτε ακόμη ένα πρόσωπο του μητρώου για το {code}",
        "room": f"βρείτε ακόμη μία αίθουσα με θέσεις για την ομάδα του {code}",
    }[kind]


def _free(kind: str, about: str, detail: str, books: Books) -> str:
    where, code, session = detail.split("|")
    day, hour = where.split(" ")
    when = f"{long_date(date.fromisoformat(day))}, {hour}"
    whose = _room(about, books) if kind == "taken" else _person(about, books)
    what = f"την αίθουσα {whose}" if kind == "taken" else f"τις ώρες: {whose},"
    return f"ελευθερώστε {what} {when}, ή μεταφέρετε την «{session}» του {code}"


def _declared(detail: str) -> str:
    kind, one, two = detail.split("|")
    if kind == "off":
        return f"τις ημέρες απουσίας {date_span(date.fromisoformat(one), date.fromisoformat(two))}"
    return f"{WEEKDAYS[int(one)]} {two}"


def _pin(wanted: Wanted, pin: str) -> str:
    slot = next(one for one in wanted.pins if one.id == pin)
    number = sorted(one.begins for one in wanted.plan.slots).index(slot.begins) + 1
    return f"την {number}η συνάντηση ({long_date(slot.date)}, {slot.start:%H:%M})"


def _wanted(about: str, books: Books) -> Wanted:
    return next(one for one in books.programmes if one.id == about)


def _code(about: str, books: Books) -> str:
    return _wanted(about, books).code


def _person(about: str, books: Books) -> str:
    return books.people[about].trainer.name


def _accusative(about: str, books: Books) -> str:
    return f"τον/την {_person(about, books)}"


def _room(about: str, books: Books) -> str:
    rooms = (one.context.rooms.get(about) for one in books.programmes)
    return next((f"«{room.label}»" for room in rooms if room), about)
