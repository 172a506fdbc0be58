"""Ορισμός φόρμας (definition of a form): sections, questions, conditions, points; plain data.

Nothing here touches the database. A definition is frozen; whoever edits makes another one (see
``editing``). All figures are decimals: points are compared and never rounded on the way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

Values = Mapping[str, Any]


class Kind(StrEnum):
    """Kinds of question (είδη ερώτησης) and, beside each, how an answer is kept in JSON."""

    TEXT = "text"  # text
    LONG_TEXT = "long_text"  # text
    NUMBER = "number"  # a decimal as text: "2.5"
    DATE = "date"  # "2023-01-31"
    CHOICE = "choice"  # the key of an option
    CHOICES = "choices"  # a list of keys
    SCALE = "scale"  # a whole number as text
    MATRIX = "matrix"  # key of the row → key of an option
    TABLE = "table"  # a list of rows: key of the column → text
    FILE = "file"  # {"file": key, "name": name, "until": date or ""}
    CONSENT = "consent"  # True


TITLES: dict[Kind, str] = {
    Kind.TEXT: "Σύντομο κείμενο",
    Kind.LONG_TEXT: "Μεγάλο κείμενο",
    Kind.NUMBER: "Αριθμός",
    Kind.DATE: "Ημερομηνία",
    Kind.CHOICE: "Επιλογή μίας απάντησης",
    Kind.CHOICES: "Επιλογή πολλών απαντήσεων",
    Kind.SCALE: "Κλίμακα",
    Kind.MATRIX: "Πλέγμα επιλογών",
    Kind.TABLE: "Πίνακας γραμμών",
    Kind.FILE: "Αρχείο",
    Kind.CONSENT: "Δήλωση ή συγκατάθεση",
}
WITH_OPTIONS = frozenset({Kind.CHOICE, Kind.CHOICES, Kind.MATRIX})
WITH_RANGE = frozenset({Kind.NUMBER, Kind.SCALE})


class Op(StrEnum):
    """How a condition compares (τελεστής συνθήκης)."""

    IS = "is"
    IS_NOT = "is_not"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ANSWERED = "answered"


class Way(StrEnum):
    """How an answer becomes points (τρόπος μοριοδότησης)."""

    PER_UNIT = "per_unit"  # rate for each unit of a number, step of a scale, row of a table
    PER_OPTION = "per_option"  # so many for each option that is chosen
    PER_YEAR = "per_year"  # rate for each full year from a date to the form's reference date
    BANDS = "bands"  # table of values: so many from this number upwards
    GIVEN = "given"  # so many for any answer


WAYS_OF: dict[Kind, tuple[Way, ...]] = {
    Kind.TEXT: (),
    Kind.LONG_TEXT: (),
    Kind.NUMBER: (Way.PER_UNIT, Way.BANDS),
    Kind.DATE: (Way.PER_YEAR,),
    Kind.CHOICE: (Way.PER_OPTION,),
    Kind.CHOICES: (Way.PER_OPTION,),
    Kind.SCALE: (Way.PER_UNIT, Way.BANDS),
    Kind.MATRIX: (Way.PER_OPTION,),
    Kind.TABLE: (Way.PER_UNIT, Way.BANDS),
    Kind.FILE: (Way.GIVEN,),
    Kind.CONSENT: (),
}


@dataclass(frozen=True, slots=True)
class Option:
    """An option, the row of a matrix or the column of a table: key and words."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Test:
    """One comparison (έλεγχος) with the answer to an earlier question."""

    question: str
    op: Op
    value: str = ""

    __test__ = False  # not one of pytest's


@dataclass(frozen=True, slots=True)
class Condition:
    """«Μόνο αν»: all, or any, of the tests hold; without tests it always holds."""

    tests: tuple[Test, ...] = ()
    every: bool = True


ALWAYS = Condition()


@dataclass(frozen=True, slots=True)
class Band:
    """From ``start`` upwards the answer is worth ``points`` (γραμμή πίνακα τιμών)."""

    start: Decimal
    points: Decimal


@dataclass(frozen=True, slots=True)
class Rule:
    """Κανόνας μορίων of one question; ``cap`` is the most that it gives (None: no cap).

    ``rate`` belongs to the ways per unit, per year and given; ``options`` pairs the key of an
    option with its points.
    """

    way: Way
    rate: Decimal = Decimal(0)
    cap: Decimal | None = None
    options: tuple[tuple[str, Decimal], ...] = ()
    bands: tuple[Band, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """Ερώτηση of one kind.

    ``low`` and ``high`` bound a number or a scale; ``most`` is the longest text or the greatest
    number of rows; ``unit`` is said of many, ``unit_one`` of one (see ``units``);
    ``prefill`` names a source (see ``prefill``).
    """

    key: str
    kind: Kind
    label: str
    help: str = ""
    required: bool = False
    only_if: Condition = ALWAYS
    unit: str = ""
    unit_one: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    places: int = 0
    most: int = 0
    options: tuple[Option, ...] = ()
    lines: tuple[Option, ...] = ()
    expires: bool = False
    prefill: str = ""
    rule: Rule | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Ενότητα: questions in order; ``cap`` is the most points of all of them together."""

    key: str
    title: str
    help: str = ""
    only_if: Condition = ALWAYS
    cap: Decimal | None = None
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Tie:
    """Κριτήριο ισοβαθμίας: the points of a section or question; the higher goes first.

    ``answer`` compares the answer itself instead (a number, a date); ``lower`` turns it round.
    """

    of: str
    answer: bool = False
    lower: bool = False


@dataclass(frozen=True, slots=True)
class Definition:
    """Μια φόρμα: sections in order, the most points of all, and the order of those who tie."""

    title: str
    intro: str = ""
    reference: date | None = None
    cap: Decimal | None = None
    sections: tuple[Section, ...] = ()
    ties: tuple[Tie, ...] = ()

    def questions(self) -> Iterator[Question]:
        """Every question in order."""
        for section in self.sections:
            yield from section.questions

    def question(self, key: str) -> Question | None:
        return next((one for one in self.questions() if one.key == key), None)

    def section(self, key: str) -> Section | None:
        return next((one for one in self.sections if one.key == key), None)

    def scored(self) -> bool:
        """Whether any question gives points."""
        return any(one.rule for one in self.questions())


@dataclass(frozen=True, slots=True)
class Problem:
    """Κάτι που δεν στέκει: the place (key of a question, or path in a file) and Greek words."""

    place: str
    text: str
