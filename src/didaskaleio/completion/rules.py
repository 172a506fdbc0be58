"""Completion rules (κανόνες ολοκλήρωσης) of an action: pure, with numbers, each yes or no.

The seeds give no limit; the figures are parameters of the action with history (DOMAIN §5), and
the attestation cites their version.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from didaskaleio.kernel import greek


@dataclass(frozen=True)
class Facts:
    """What a trainee did: teaching hours of the programme, hours absent, face-to-face sessions.

    ``excused_hours`` were missed with an accepted excuse; whether they are among the hours
    absent is a rule of the action.
    """

    total_hours: int
    absent_hours: Decimal
    face_to_face_attended: int
    face_to_face_held: int
    sheets_due: int
    sheets_signed: int
    excused_hours: Decimal = Decimal(0)
    class_application: bool = False


@dataclass(frozen=True)
class Limits:
    """The parameters that decide: share of hours, face-to-face minimum, whether it applies.

    ``excused_counts``: whether an excused absence counts towards the share.
    """

    absence_share: Decimal
    face_to_face_minimum: int
    face_to_face_applies: bool
    version: int
    excused_counts: bool = True
    class_application_applies: bool = False


@dataclass(frozen=True)
class Finding:
    """One rule for one trainee: fulfilled or not, with the numbers in words."""

    code: str
    title: str
    fulfilled: bool
    sentence: str


def absence_limit(facts: Facts, limits: Limits) -> Decimal:
    """The hours of absence still allowed in all, to a tenth of an hour: 60 h at 10 % give 6."""
    allowed = facts.total_hours * limits.absence_share
    return allowed.quantize(Decimal("0.1"), rounding=ROUND_FLOOR)


def check(facts: Facts, limits: Limits) -> tuple[Finding, ...]:
    """Every completion rule for one trainee, in the order of the document."""
    found = [_sheets(facts), _absences(facts, limits)]
    if limits.face_to_face_applies:
        found.append(_face_to_face(facts, limits))
    if limits.class_application_applies:
        found.append(_class_application(facts))
    return tuple(found)


def fulfilled(findings: Iterable[Finding]) -> bool:
    """Whether all rules hold."""
    return all(finding.fulfilled for finding in findings)


def stored(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """The findings as they are kept with the attestation."""
    return [asdict(finding) for finding in findings]


def _sheets(facts: Facts) -> Finding:
    signed = facts.sheets_signed >= facts.sheets_due > 0
    sentence = f"Υπογράφηκαν {facts.sheets_signed} από {facts.sheets_due} παρουσιολόγια."
    return Finding("SHEETS_SIGNED", "Παρουσιολόγια υπογεγραμμένα", signed, sentence)


def _absences(facts: Facts, limits: Limits) -> Finding:
    limit = absence_limit(facts, limits)
    share = greek.number(limits.absence_share * 100)
    sentence = (
        f"Απουσίες {greek.number(facts.absent_hours, 1)} ώρες· επιτρέπονται έως "
        f"{greek.number(limit, 1)} ({share}% των {facts.total_hours} ωρών)."
        f"{_excused(facts, limits)}"
    )
    return Finding("ABSENCES", "Όριο απουσιών", facts.absent_hours <= limit, sentence)


def _excused(facts: Facts, limits: Limits) -> str:
    """Whether the excused hours are among those counted; nothing where there are none."""
    if not facts.excused_hours:
        return ""
    hours = greek.number(facts.excused_hours, 1)
    if limits.excused_counts:
        return f" Μετρούν και οι δικαιολογημένες: {hours} ώρες."
    return f" Δεν μετρούν οι δικαιολογημένες: {hours} ώρες."


def _face_to_face(facts: Facts, limits: Limits) -> Finding:
    attended, needed = facts.face_to_face_attended, limits.face_to_face_minimum
    sentence = (
        f"Παρουσία σε {attended} από {facts.face_to_face_held} διά ζώσης συνεδρίες· "
        f"χρειάζεται σε {needed} τουλάχιστον."
    )
    return Finding("FACE_TO_FACE", "Διά ζώσης συνεδρίες", attended >= needed, sentence)


def _class_application(facts: Facts) -> Finding:
    done = facts.class_application
    sentence = (
        "Σχέδιο και τεκμήρια έγιναν δεκτά."
        if done
        else "Δεν έχουν γίνει δεκτά σχέδιο μαθήματος και τεκμήρια από την τάξη."
    )
    return Finding("CLASS_APPLICATION", "Εφαρμογή στην τάξη", done, sentence)
