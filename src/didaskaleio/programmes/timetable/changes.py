"""Αλλαγές ωρολογίου: what one timetable changes in another, slot by slot, old → new."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING, Any

from didaskaleio.programmes.timetable.composition import SlotKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Place:
    """Θέση τριώρου: what is held, on which day, from which hour on."""

    kind: SlotKind
    date: date
    start: time

    def data(self) -> dict[str, str]:
        """The same as JSON keeps it."""
        return {
            "kind": self.kind.value,
            "date": self.date.isoformat(),
            "start": f"{self.start:%H:%M}",
        }

    @classmethod
    def read(cls, data: Mapping[str, str] | None) -> Place | None:
        """A place from its data; None stays None."""
        if data is None:
            return None
        kind, day, start = SlotKind(data["kind"]), data["date"], data["start"]
        return cls(kind, date.fromisoformat(day), time.fromisoformat(start))


@dataclass(frozen=True, slots=True)
class Change:
    """Αλλαγή: a slot moved (both places), taken out (no new one) or added (no old one)."""

    slot: int | None
    old: Place | None
    new: Place | None

    @property
    def label(self) -> str:
        if self.old is None:
            return "Προσθήκη"
        return "Αλλαγή" if self.new else "Αφαίρεση"

    def data(self) -> dict[str, Any]:
        """The same as JSON keeps it."""
        old, new = (place.data() if place else None for place in (self.old, self.new))
        return {"slot": self.slot, "old": old, "new": new}

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Change:
        return cls(data["slot"], Place.read(data["old"]), Place.read(data["new"]))


def changes(
    present: Mapping[int, Place], wanted: Iterable[tuple[int | None, Place]]
) -> list[Change]:
    """Every difference of ``wanted`` (slot or None for a new one, place) from ``present``.

    In the order of the calendar; a slot of ``present`` that is not wanted is taken out.
    """
    rows = list(wanted)
    kept = {slot: place for slot, place in rows if slot is not None and slot in present}
    found = [Change(slot, old, kept.get(slot)) for slot, old in present.items()]
    moved = [change for change in found if change.new != change.old]
    added = [Change(None, None, place) for slot, place in rows if slot not in present]
    return sorted([*moved, *added], key=_when)


def _when(change: Change) -> tuple[date, time]:
    place = change.old or change.new
    return (place.date, place.start) if place else (date.max, time.max)
