"""Locality rules of one programme (κανόνες εντοπιότητας): data, checked and put into words.

They narrow the locality of the category where a whole prefecture would be absurd (Κύθηρα belongs
to Attica). Stored as ``[{"unit": "prefecture"|"regional_unit"|"directorate", "codes": […],
"names": […]}]``; a person passes when any one school of service matches any one rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from didaskaleio.kernel.errors import Refusal

UNITS = {
    "prefecture": "νομός",
    "regional_unit": "Περιφερειακή Ενότητα",
    "directorate": "Διεύθυνση Εκπαίδευσης",
}
CODE = "PROGRAMME_LOCALITY"


class LocalityError(Refusal, ValueError):
    """A locality rule of an unknown unit or without places."""


@dataclass(frozen=True, slots=True)
class Service:
    """Where a school of service lies (τόπος υπηρέτησης), by code."""

    prefecture: str = ""
    regional_unit: str = ""
    directorate: str = ""


@dataclass(frozen=True, slots=True)
class LocalityRule:
    """One rule: the unit and the places that it allows."""

    unit: str
    codes: tuple[str, ...]
    names: tuple[str, ...]

    def matches(self, service: Service) -> bool:
        return getattr(service, self.unit) in self.codes

    def in_words(self) -> str:
        return f"{UNITS[self.unit]}: {', '.join(self.names)}"


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether a person's service satisfies the rules, in a sentence."""

    fulfilled: bool
    sentence: str
    code: str = CODE


def parse(data: Iterable[Mapping[str, Any]]) -> tuple[LocalityRule, ...]:
    """Ανάγνωση κανόνων from their stored form; raises :class:`LocalityError`."""
    return tuple(_rule(row) for row in data)


def _rule(row: Mapping[str, Any]) -> LocalityRule:
    codes = tuple(str(code) for code in row.get("codes", ()))
    if row.get("unit") not in UNITS or not codes:
        raise LocalityError("Ο κανόνας εντοπιότητας θέλει είδος και τουλάχιστον έναν τόπο.")
    return LocalityRule(row["unit"], codes, tuple(row.get("names") or codes))


def in_words(rules: Iterable[LocalityRule]) -> str:
    """Οι κανόνες με λόγια; empty where there is none."""
    text = " ή ".join(rule.in_words() for rule in rules)
    return f"Για όσους υπηρετούν σε σχολείο: {text}" if text else ""


def check(rules: Iterable[LocalityRule], services: Iterable[Service]) -> Finding:
    """Έλεγχος: any school of service that matches any rule is enough; no rules allow everyone."""
    wanted, places = tuple(rules), tuple(services)
    if not wanted:
        return Finding(fulfilled=True, sentence="Το πρόγραμμα δεν έχει δικό του τοπικό περιορισμό")
    words = " ή ".join(rule.in_words() for rule in wanted)
    if any(rule.matches(place) for rule in wanted for place in places):
        return Finding(
            fulfilled=True, sentence=f"Υπηρετείτε στην περιοχή του προγράμματος ({words})"
        )
    return Finding(
        fulfilled=False,
        sentence=f"Το πρόγραμμα αφορά μόνο όσους υπηρετούν σε σχολείο ({words}). "
        "Δείτε τα υπόλοιπα προγράμματα της συστάδας σας.",
    )
