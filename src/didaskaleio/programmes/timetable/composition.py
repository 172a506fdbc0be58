"""Σύνθεση κατηγορίας: how many meetings of each kind make up a category of programmes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class SlotKind(StrEnum):
    """Είδος τριώρου: what happens in a three-hour slot (seed 001 §2)."""

    FACE_TO_FACE = "face_to_face"
    SYNCHRONOUS = "synchronous"
    SUPPORT = "support"

    @property
    def label(self) -> str:
        """«Διά ζώσης», «Σύγχρονη», «Υποστηρικτική»: as on the timetable's buttons."""
        return _LABELS[self]

    @property
    def noun(self) -> str:
        """«διά ζώσης συνεδρία» and so on: in the nominative, to stand inside a sentence."""
        return _NOUNS[self]

    @property
    def plural(self) -> str:
        """«διά ζώσης συνεδρίες» and so on."""
        return (
            self.noun.replace("συνεδρία", "συνεδρίες")
            .replace("υποστηρικτική συνάντηση", "υποστηρικτικές συναντήσεις")
            .replace("σύγχρονη ", "σύγχρονες ")
        )

    @property
    def is_session(self) -> bool:
        """True for the two kinds that asynchronous hours accompany (not for support meetings)."""
        return self is not SlotKind.SUPPORT


_LABELS = {
    SlotKind.FACE_TO_FACE: "Διά ζώσης",
    SlotKind.SYNCHRONOUS: "Σύγχρονη",
    SlotKind.SUPPORT: "Υποστηρικτική",
}
_NOUNS = {
    SlotKind.FACE_TO_FACE: "διά ζώσης συνεδρία",
    SlotKind.SYNCHRONOUS: "σύγχρονη συνεδρία",
    SlotKind.SUPPORT: "υποστηρικτική συνάντηση",
}


@dataclass(frozen=True, slots=True)
class Hours:
    """Ώρες προγράμματος: teaching hours by component, e.g. 8 + 20 + 14 + 18 = 60."""

    face_to_face: float
    synchronous: float
    asynchronous: float
    support: float

    @property
    def total(self) -> float:
        return self.face_to_face + self.synchronous + self.asynchronous + self.support

    @property
    def parts(self) -> tuple[float, float, float, float]:
        return (self.face_to_face, self.synchronous, self.asynchronous, self.support)


@dataclass(frozen=True, slots=True)
class Composition:
    """Κατηγορία προγραμμάτων: its composition (seed 001 §2; DOMAIN R1, R2a).

    Counts are meetings, hours are teaching hours; `locality` says that trainer and trainees must
    belong to the centre's prefecture. `code` is stored in Latin («IIa»), `label` is shown.
    """

    code: str
    label: str
    face_to_face: int
    synchronous: int
    support: int
    locality: bool
    session_hours: int = 2
    async_hours_per_session: int = 1
    support_hours: int = 3

    @property
    def sessions(self) -> int:
        return self.face_to_face + self.synchronous

    @property
    def slots(self) -> int:
        return self.sessions + self.support

    def count(self, kind: SlotKind) -> int:
        """How many meetings of this kind the category requires."""
        return {
            SlotKind.FACE_TO_FACE: self.face_to_face,
            SlotKind.SYNCHRONOUS: self.synchronous,
            SlotKind.SUPPORT: self.support,
        }[kind]

    def hours_of(self, kind: SlotKind) -> int:
        """Teaching hours of one meeting of this kind."""
        return self.session_hours if kind.is_session else self.support_hours

    def hours(self) -> Hours:
        return Hours(
            face_to_face=self.face_to_face * self.session_hours,
            synchronous=self.synchronous * self.session_hours,
            asynchronous=self.sessions * self.async_hours_per_session,
            support=self.support * self.support_hours,
        )


CATEGORY_IIA = Composition(
    code="IIa", label="ΙΙa", face_to_face=4, synchronous=10, support=6, locality=True
)
CATEGORY_IIB = Composition(
    code="IIb", label="ΙΙb", face_to_face=0, synchronous=14, support=6, locality=False
)
CATEGORIES = (CATEGORY_IIA, CATEGORY_IIB)
