"""Σχέδιο μοντέλου: the variables of one model, and rules that may be questioned or relaxed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from didaskaleio.programmes.solver.books import Books, Wanted
from didaskaleio.programmes.timetable import Slot, SlotKind, mondays

EVERY = ""  # a rule of the action, about every programme


class Group(NamedTuple):
    """Κανόνας: a rule with the programme, person or room that it is about, or about every one."""

    rule: str
    about: str


class Unit(NamedTuple):
    """Μονάδα διόρθωσης: one thing that somebody could change, with what it costs."""

    kind: str
    about: str
    detail: str
    cost: int


@dataclass(frozen=True, slots=True)
class Cell:
    """Θέση του ωρολογίου: where a meeting of a programme may stand; ``pin`` is one that must."""

    week: int
    slot: Slot
    pin: bool = False


@dataclass
class Drafted:
    """Πρόγραμμα μέσα στο μοντέλο: its cells and variables."""

    wanted: Wanted
    weeks: list[Any]
    cells: list[Cell]
    use: list[Any] = field(default_factory=list)
    met: dict[int, Any] = field(default_factory=dict)  # cell → face to face there
    takes: dict[str, Any] = field(default_factory=dict)  # person → teaches it
    by: dict[str, list[Any]] = field(default_factory=dict)  # person → cell → holds it
    inside: dict[str, dict[int, Any]] = field(default_factory=dict)  # room → cell → holds it
    places: list[Any] = field(default_factory=list)  # of the week: used at all
    spans: dict[tuple[int, int], Any] = field(default_factory=dict)  # first week, length → chosen

    def in_week(self, week: int) -> list[int]:
        return [index for index, cell in enumerate(self.cells) if cell.week == week]


class Draft:
    """Μοντέλο του επιλυτή (solver model); ``questioned`` lets a rule be switched off by group."""

    def __init__(self, books: Books, *, questioned: bool = False) -> None:
        from ortools.sat.python import cp_model

        self.cp: Any = cp_model.CpModel()
        self.books, self.questioned = books, questioned
        self.groups: dict[Group, Any] = {}
        self.units: dict[Unit, Any] = {}
        self.barred: dict[Unit, Group] = {}  # which rule a unit stands in the way of
        self.costs: list[Any] = []
        self.programmes = [self._drafted(wanted) for wanted in books.programmes]

    def bool(self, name: str = "") -> Any:
        return self.cp.new_bool_var(name)

    def asked(self, rule: str, about: str) -> list[Any]:
        """The literals under which a rule is enforced: none while rules are not questioned.

        A bar without a name is no rule: it stands unless its unit is eased.
        """
        if not self.questioned or not rule:
            return []
        group = Group(rule, about)
        if group not in self.groups:
            self.groups[group] = self.bool(f"{rule} {about}")
        return [self.groups[group]]

    def eased(self, unit: Unit, rule: str, about: str) -> list[Any]:
        """The literals that lift a single bar, where rules are questioned."""
        if not self.questioned:
            return []
        if unit not in self.units:
            self.units[unit] = self.bool(" ".join(map(str, unit)))
            self.barred[unit] = Group(rule, about)
        return [self.units[unit]]

    def forbid(self, these: Iterable[Any], rule: str, about: str, unit: Unit | None = None) -> None:
        """Not all of these together, while the rule is asked and the unit is not eased."""
        lifted = self.eased(unit, rule, about) if unit else []
        off = [one.negated() for one in (*these, *self.asked(rule, about))]
        self.cp.add_bool_or([*off, *lifted])

    def limit(self, sum_: Any, most: int, rule: str, about: str) -> None:
        """At most so much, while the rule is asked."""
        self.cp.add(sum_ <= most).only_enforce_if(self.asked(rule, about))

    def _drafted(self, wanted: Wanted) -> Drafted:
        context = wanted.context
        weeks = [
            monday
            for monday in mondays(context.first_day, context.last_day)
            if not context.is_holiday_week(monday)
        ]
        one = Drafted(wanted, weeks, list(_cells(wanted, weeks, self.books)))
        one.use = [self.bool() for _ in one.cells]
        if wanted.plan.composition.face_to_face:
            one.met = {i: self.bool() for i, _ in enumerate(one.cells)}
        return one


def _cells(wanted: Wanted, weeks: list[Any], books: Books) -> Iterator[Cell]:
    """The bands of every teaching week, the present places, and the pins in their own length."""
    pinned = {(pin.date, pin.start) for pin in wanted.pins}
    minutes = wanted.minutes(books.parameters)
    kept = {(slot.date, slot.start) for slot in wanted.plan.slots}
    for number, monday in enumerate(weeks):
        bands = {(monday + timedelta(days=b.weekday), b.start) for b in books.bands}
        own = {(day, hour) for day, hour in kept if monday <= day < monday + timedelta(days=7)}
        for day, start in sorted(bands | own):
            inside = wanted.context.first_day <= day <= wanted.context.last_day
            if inside and (day, start) not in pinned:
                slot = Slot(f"{day} {start:%H:%M}", SlotKind.SUPPORT, day, start, minutes)
                if slot.ends.date() == day:
                    yield Cell(number, slot)
        for pin in wanted.pins:
            if monday <= pin.date < monday + timedelta(days=7):
                yield Cell(number, pin, pin=True)


def overlapping(
    items: Iterable[tuple[datetime, datetime, Any]],
) -> Iterator[list[Any]]:
    """Ταυτόχρονα: the sets of variables whose meetings run at one moment, two at least."""
    days: dict[Any, list[tuple[datetime, datetime, Any]]] = {}
    for item in items:
        days.setdefault(item[0].date(), []).append(item)
    for held in days.values():
        for moment in sorted({begins for begins, _, _ in held}):
            found = [one for begins, ends, one in held if begins <= moment < ends]
            if len(found) > 1:
                yield found
