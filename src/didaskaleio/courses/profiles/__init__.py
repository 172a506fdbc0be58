"""Profiles (προφίλ εκπαιδευομένων και εκπαιδευτών) as rules: a machine checks, a person reads.

A profile is stored as a list of objects
``{"kind": …, "any": […], "least": n, "since": day, "until": day, "except": […], "article": n}``
(000 §2; 001 §3). ``parse`` makes rules of it; each rule says itself in words and checks the facts
of one person against one target. The eligibility of applications runs these same rules. Nothing
here touches the database.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from didaskaleio.courses.profiles.base import Asks, Facts, Finding, ProfileError, Rule, Target
from didaskaleio.courses.profiles.rules import CERTIFICATES, EMPLOYMENTS, KINDS

__all__ = [
    "CERTIFICATES",
    "EMPLOYMENTS",
    "KINDS",
    "MOST_YEARS",
    "Asks",
    "Facts",
    "Finding",
    "Profile",
    "ProfileError",
    "Rule",
    "Target",
    "parse",
]

MOST_YEARS = 45
SPECIALTY = re.compile(r"(ΠΕ|ΤΕ|ΔΕ)\d{1,3}(\.\d{1,2})*")
CLUSTER = re.compile(r"B\d\.\d{1,2}")


@dataclass(frozen=True, slots=True)
class Profile:
    """Προφίλ: rules in order, all of which must hold."""

    rules: tuple[Rule, ...] = field(default_factory=tuple)

    def check(self, facts: Facts, target: Target | None = None) -> list[Finding]:
        return [rule.check(facts, target) for rule in self.rules]

    def in_words(self) -> list[str]:
        return [rule.in_words() for rule in self.rules]


def parse(data: Iterable[Mapping[str, Any]]) -> Profile:
    """Ανάγνωση προφίλ from its stored form; raises :class:`ProfileError`."""
    rules = tuple(_rule(row) for row in data)
    seen: set[str] = set()
    for rule in rules:
        if rule.kind in seen and not rule.repeats:
            raise ProfileError(
                f"«{rule.title}»: ο κανόνας υπάρχει ήδη. Κρατήστε τον μία φορά.", code="profile"
            )
        seen.add(rule.kind)
    return Profile(rules)


def _rule(row: Mapping[str, Any]) -> Rule:
    kind = KINDS.get(str(row.get("kind", "")))
    if kind is None:
        raise ProfileError("Άγνωστος κανόνας προφίλ. Επιλέξτε από τον κατάλογο.", code="profile")
    options = _known(kind, row.get("any", ()))
    if not options and kind.asks not in {Asks.NOTHING, Asks.YEARS, Asks.DAYS}:
        raise ProfileError(f"«{kind.title}»: επιλέξτε τουλάχιστον ένα.", code="profile")
    article = row.get("article")
    but = tuple(map(str, row.get("except", ())))
    return kind(
        options, but, int(article) if article else None, _least(kind, row), *_days(kind, row)
    )


def _known(kind: type[Rule], options: Sequence[Any]) -> tuple[str, ...]:
    patterns = {Asks.SPECIALTIES: SPECIALTY, Asks.CLUSTERS: CLUSTER}
    pattern = patterns.get(kind.asks)
    unknown = [
        str(option)
        for option in options
        if (not pattern.fullmatch(str(option)) if pattern else option not in kind.needs_any)
    ]
    if unknown:
        raise ProfileError(f"«{kind.title}»: άγνωστο {', '.join(unknown)}.", code="profile")
    return tuple(map(str, options))


def _least(kind: type[Rule], row: Mapping[str, Any]) -> int:
    if kind.asks != Asks.YEARS:
        return 0
    least = row.get("least")
    if not isinstance(least, int) or not 1 <= least <= MOST_YEARS:
        raise ProfileError(f"«{kind.title}»: δώστε ακέραιο από 1 έως {MOST_YEARS}.", code="profile")
    return least


def _days(kind: type[Rule], row: Mapping[str, Any]) -> tuple[date | None, date | None]:
    if kind.asks != Asks.DAYS:
        return None, None
    since, until = _day(kind, row.get("since")), _day(kind, row.get("until"))
    if since is None and until is None:
        raise ProfileError(f"«{kind.title}»: δώστε την πρώτη ημέρα, την τελευταία ή και τις δύο.")
    if since and until and since > until:
        raise ProfileError(f"«{kind.title}»: η τελευταία ημέρα είναι πριν από την πρώτη.")
    return since, until


def _day(kind: type[Rule], text: object) -> date | None:
    try:
        return date.fromisoformat(str(text)) if text else None
    except ValueError as error:
        raise ProfileError(f"«{kind.title}»: δώστε ημερομηνία όπως 27/8/2021.") from error
