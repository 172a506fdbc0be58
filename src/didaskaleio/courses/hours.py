"""Hours of a course (διδακτικές ώρες και αναλογία): they must agree everywhere (R-002, R-004)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

LABELS = {
    "face_to_face": "διά ζώσης",
    "synchronous": "σύγχρονες",
    "asynchronous": "ασύγχρονες",
    "support": "υποστηρικτικές",
}


@dataclass(frozen=True, slots=True)
class Ratio:
    """Teaching hours by mode (αναλογία): 8 + 20 + 14 + 18 = 60."""

    face_to_face: int
    synchronous: int
    asynchronous: int
    support: int

    @property
    def total(self) -> int:
        return self.face_to_face + self.synchronous + self.asynchronous + self.support

    def in_words(self) -> str:
        return ", ".join(f"{getattr(self, name)} {label}" for name, label in LABELS.items())


def by_mode(units: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Hours of the units by their kind of session; units of several kinds are in none."""
    found = dict.fromkeys(LABELS, 0)
    for mode, hours in units:
        if mode in found:
            found[mode] += hours
    return found


def problems(
    total: int, ratio: Ratio, units: Sequence[int], modes: Mapping[str, int] | None = None
) -> list[str]:
    """What does not add up in a course: sentences with the actual figures, empty when all does.

    ``modes`` are the hours of the units by kind of session: never more than the ratio gives.
    """
    found = []
    if total <= 0:
        found.append("Ορίστε το σύνολο των διδακτικών ωρών.")
    if ratio.total != total:
        found.append(
            f"Οι ώρες ανά τρόπο είναι {ratio.total} ({ratio.in_words()})· το σύνολο είναι {total}: "
            "διορθώστε την αναλογία."
        )
    if not units:
        found.append("Το πρόγραμμα σπουδών δεν έχει ενότητες: προσθέστε τουλάχιστον μία.")
    elif sum(units) != total:
        found.append(
            f"Οι ενότητες έχουν {sum(units)} ώρες· το σύνολο είναι {total}: "
            "διορθώστε τις ώρες τους."
        )
    found.extend(
        f"{LABELS[name].capitalize()}: οι ενότητες έχουν {hours} ώρες, η αναλογία δίνει "
        f"{getattr(ratio, name)}· διορθώστε τις ώρες ή τον τρόπο τους."
        for name, hours in (modes or {}).items()
        if hours > getattr(ratio, name)
    )
    return found


def mismatch(course: Ratio, programme: Ratio, *, remote_instead: bool) -> list[str]:
    """Where a programme departs from its course: the live constraint that programmes inherit.

    With ``remote_instead`` (category IIb) face-to-face hours may be held as synchronous ones.
    """
    found = []
    if programme.total != course.total:
        found.append(
            f"Το πρόγραμμα έχει {programme.total} ώρες· το θεματικό αντικείμενο ορίζει "
            f"{course.total}."
        )
    live = ("face_to_face", "synchronous")
    compared = ["asynchronous", "support"] if remote_instead else list(LABELS)
    found.extend(
        f"{LABELS[name].capitalize()}: {getattr(programme, name)} ώρες· το θεματικό αντικείμενο "
        f"ορίζει {getattr(course, name)}."
        for name in compared
        if getattr(programme, name) != getattr(course, name)
    )
    if remote_instead and sum(getattr(programme, name) for name in live) != sum(
        getattr(course, name) for name in live
    ):
        found.append("Οι διά ζώσης και σύγχρονες ώρες μαζί διαφέρουν από του αντικειμένου.")
    return found
