"""What the rules know, and how they answer: facts of person, period, programme; findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum

from didaskaleio.courses.profiles import Rule

SPECIAL_EDUCATION = "B2.13"


class Code(StrEnum):
    """Codes of the rules (κωδικοί προϋποθέσεων), named after the failure."""

    NOT_TEACHING = "NOT_TEACHING"
    NO_B1 = "NO_B1"
    ALREADY_B = "ALREADY_B"
    COMPLETED_B2 = "COMPLETED_B2"
    TRAINS_HERE = "TRAINS_HERE"
    NO_CLUSTER = "NO_CLUSTER"
    OTHER_CLUSTER = "OTHER_CLUSTER"
    OTHER_PREFECTURE = "OTHER_PREFECTURE"
    ABROAD = "ABROAD"
    LOCALITY_RULE = "LOCALITY_RULE"
    TIMETABLE = "TIMETABLE"
    EMPLOYMENT = "EMPLOYMENT"
    PROFILE = "PROFILE"
    NOT_ADDRESSED = "NOT_ADDRESSED"


TITLES: dict[Code, str] = {
    Code.NOT_TEACHING: "Διδάσκω όσο διαρκεί η επιμόρφωση",
    Code.NO_B1: "Έχω πιστοποίηση Β1 επιπέδου",
    Code.ALREADY_B: "Δεν έχω παρακολουθήσει παλαιότερο πρόγραμμα Β΄ επιπέδου",
    Code.COMPLETED_B2: "Δεν έχω ολοκληρώσει ήδη την επιμόρφωση Β2",
    Code.TRAINS_HERE: "Δεν είμαι επιμορφωτής/τρια στην ίδια δράση",
    Code.NO_CLUSTER: "Η ειδικότητά μου ανήκει σε συστάδα",
    Code.OTHER_CLUSTER: "Η συστάδα του προγράμματος είναι η δική μου",
    Code.OTHER_PREFECTURE: "Στα ΙΙa το σχολείο μου είναι στον νομό του κέντρου",
    Code.ABROAD: "Από σχολείο του εξωτερικού, μόνο προγράμματα ΙΙb",
    Code.LOCALITY_RULE: "Τοπικοί όροι του προγράμματος",
    Code.TIMETABLE: "Οι συναντήσεις είναι εκτός του ωραρίου μου",
    Code.EMPLOYMENT: "Η σχέση εργασίας μου περιλαμβάνεται",
    Code.PROFILE: "Προφίλ του αντικειμένου",
    Code.NOT_ADDRESSED: "Η δράση απευθύνεται στο σχολείο μου",
}
ARTICLES: dict[str, int] = {
    Code.NOT_TEACHING: 3,
    Code.NO_B1: 3,
    Code.ALREADY_B: 3,
    Code.COMPLETED_B2: 3,
    Code.TRAINS_HERE: 3,
    Code.EMPLOYMENT: 3,
    Code.PROFILE: 3,
    Code.NOT_ADDRESSED: 3,
    Code.NO_CLUSTER: 4,
    Code.OTHER_CLUSTER: 4,
    Code.OTHER_PREFECTURE: 5,
    Code.ABROAD: 5,
    Code.LOCALITY_RULE: 5,
    Code.TIMETABLE: 5,
}


@dataclass(frozen=True)
class Named:
    """A code with its name (συστάδα, νομός)."""

    code: str
    name: str


@dataclass(frozen=True)
class Serving:
    """Service at one school (υπηρέτηση); no prefecture means a school abroad.

    ``place`` holds the codes of prefecture, regional unit, directorate; ``taught`` the hours at
    which the school teaches; ``code`` is the school's own.
    """

    school: str
    hours: int
    prefecture: Named | None
    valid_from: date
    valid_until: date | None = None
    evening: bool = False
    place: tuple[str, str, str] = ("", "", "")
    taught: tuple[time, time] | None = None
    code: str = ""

    def overlaps(self, first: date, last: date) -> bool:
        return self.valid_from <= last and (self.valid_until is None or self.valid_until >= first)


@dataclass(frozen=True)
class Away:
    """Leave (άδεια), both days included; an open end means until further notice."""

    first: date
    last: date | None


@dataclass(frozen=True)
class Held:
    """A certificate held (πιστοποιητικό): kind, number, date."""

    kind: str
    label: str
    number: str
    issued_on: date


@dataclass(frozen=True)
class PersonFacts:
    """What the rules know of a teacher; ``clusters`` is what the post allows, best first.

    ``source`` says whence and of which day the record is, as it is cited: «MySchool, 12-1-2023».
    """

    specialty: str
    employment: str = ""
    clusters: tuple[Named, ...] = ()
    cluster: Named | None = None
    services: tuple[Serving, ...] = ()
    leaves: tuple[Away, ...] = ()
    certificates: tuple[Held, ...] = ()
    trains: tuple[str, ...] = ()
    completed: str = ""
    service_years: int | None = None
    appointed_on: date | None = None
    source: str = ""

    @property
    def cited(self) -> str:
        """The sentence that names the source, with a blank before it; empty without one."""
        return f" Πηγή: {self.source}." if self.source else ""

    @property
    def chosen(self) -> Named | None:
        """The one cluster of the application: the choice, else the first that the post allows."""
        return self.cluster or (self.clusters[0] if self.clusters else None)

    def held(self, *kinds: str) -> Held | None:
        return next((each for each in self.certificates if each.kind in kinds), None)


@dataclass(frozen=True)
class Addressed:
    """Whom the action is addressed to (αποδέκτες): codes of prefectures or schools, in words."""

    words: str
    prefectures: frozenset[str] = frozenset()
    schools: frozenset[str] = frozenset()

    def reaches(self, service: Serving) -> bool:
        """Whether whoever serves there is one of them."""
        return service.code in self.schools or service.place[0] in self.prefectures


@dataclass(frozen=True)
class PeriodFacts:
    """What the rules know of a period: its days, and the trainees' profile of its course.

    ``required`` and ``excluding`` are kinds of certificate, ``exempt`` the specialties that need
    none, ``employments`` the allowed ones (empty: all); ``articles`` cites code → article.
    ``teaching`` is whether the profile asks for teaching, but of ``spared_teaching``; ``further``
    are its other rules; ``addressed`` is None for an action of the whole country.
    """

    first_day: date
    last_day: date
    completed_once_refused: bool = True
    required: tuple[str, ...] = ("B1",)
    excluding: tuple[str, ...] = ("B_kse", "PAKE")
    exempt: tuple[str, ...] = ()
    employments: tuple[str, ...] = ()
    articles: Mapping[str, int] = field(default_factory=dict)
    teaching: bool = True
    spared_teaching: tuple[str, ...] = ()
    further: tuple[Rule, ...] = ()
    addressed: Addressed | None = None


@dataclass(frozen=True)
class ProgrammeFacts:
    """What the rules know of a programme; ``local`` says whether its category has locality."""

    code: str
    category: str
    local: bool
    cluster: Named
    prefecture: Named
    locality: tuple[tuple[bool, str], ...] = ()
    clashes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """One rule with its outcome (εύρημα): sentence with values, article, what to do."""

    code: Code
    fulfilled: bool
    sentence: str
    remedy: str = ""
    warning: bool = False
    article: str = field(default="")
    heading: str = ""

    @property
    def title(self) -> str:
        return self.heading or TITLES[self.code]

    @property
    def forbids(self) -> bool:
        """Whether the finding stands in the way (a warning does not)."""
        return not self.fulfilled and not self.warning
