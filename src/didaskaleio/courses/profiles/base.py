"""What a rule of a profile (κανόνας προφίλ) is: facts of a person, a target, a finding."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from didaskaleio.kernel.errors import Refusal


class ProfileError(Refusal, ValueError):
    """A profile that names an unknown rule or leaves out what its rule needs."""


class Asks(StrEnum):
    """What a rule asks of its author (παράμετρος): nothing, choices, codes, a number or days."""

    NOTHING = "nothing"
    CHOICE = "choice"
    SPECIALTIES = "specialties"
    CLUSTERS = "clusters"
    YEARS = "years"
    DAYS = "days"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a person at the moment of the check (στοιχεία του προσώπου).

    ``clusters`` are those of the specialty of the post (for a trainer: of the register),
    ``prefectures`` those of the schools of service with teaching hours; all by code.
    ``service_years`` are full years since the first service that is recorded; None: unknown.
    ``appointed_on`` is None for whoever was never appointed, or where nobody told the day.
    """

    certificates: frozenset[str] = frozenset()
    clusters: frozenset[str] = frozenset()
    prefectures: frozenset[str] = frozenset()
    specialty: str = ""
    employment: str = ""
    will_teach: bool = False
    not_teaching_reason: str = ""
    service_years: int | None = None
    appointed_on: date | None = None

    @property
    def branch(self) -> str:
        """The specialty without the sign of a special-education post (ΠΕ86.50 → ΠΕ86)."""
        return self.specialty.removesuffix(".50")


@dataclass(frozen=True, slots=True)
class Target:
    """What is applied for (στόχος): a programme's cluster and the prefecture of its centre.

    Without ``locality`` (category IIb) the place of service plays no part.
    """

    cluster: str = ""
    cluster_name: str = ""
    prefecture: str = ""
    prefecture_name: str = ""
    locality: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule checked (εύρημα): stable code, whether it holds, a sentence with actual values."""

    code: str
    fulfilled: bool
    sentence: str
    article: int | None = None

    @property
    def rule(self) -> str:
        """The citation of a refusal: «Κανονιστικό Πλαίσιο, άρθρο 4»."""
        return f"Κανονιστικό Πλαίσιο, άρθρο {self.article}" if self.article else ""


@dataclass(frozen=True, slots=True)
class Rule(ABC):
    """One rule of a profile; ``but`` are the specialties to which it does not apply.

    ``options`` are what is chosen, by code; ``least`` is the number of a rule that asks one,
    ``since`` and ``until`` its days, both included; None leaves that end open.
    ``of_programme`` rules need a target; they are set by the regulation and stand once.
    """

    kind: ClassVar[str]
    code: ClassVar[str]
    title: ClassVar[str]
    asks: ClassVar[Asks] = Asks.NOTHING
    ask: ClassVar[str] = ""
    of_programme: ClassVar[bool] = False
    repeats: ClassVar[bool] = False
    needs_any: ClassVar[Mapping[str, str]] = {}
    options: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    article: int | None = None
    least: int = 0
    since: date | None = None
    until: date | None = None

    @abstractmethod
    def holds(self, facts: Facts, target: Target) -> bool:
        """Whether the facts fulfil the rule."""

    @abstractmethod
    def wish(self) -> str:
        """The rule as a person reads it."""

    def yes(self, facts: Facts, target: Target) -> str:  # noqa: ARG002 - some rules look
        return self.wish()

    @abstractmethod
    def no(self, facts: Facts, target: Target) -> str:
        """What stands in the way, and what to do."""

    def in_words(self) -> str:
        """Ο κανόνας με λόγια, with those to whom it does not apply."""
        return f"{self.wish()} (εξαιρούνται: {', '.join(self.but)})" if self.but else self.wish()

    def check(self, facts: Facts, target: Target | None = None) -> Finding:
        """Έλεγχος του κανόνα for one person and one target."""
        goal = target or Target()
        if facts.specialty and facts.branch in self.but:
            text = f"{self.title}: δεν απαιτείται για {facts.specialty}."
            return Finding(self.code, fulfilled=True, sentence=text, article=self.article)
        good = self.holds(facts, goal)
        text = self.yes(facts, goal) if good else self.no(facts, goal)
        return Finding(self.code, good, text, self.article)

    def named(self) -> str:
        return " ή ".join(self.needs_any.get(option, option) for option in self.options)
