"""Κίνδυνος (risk): how much a session deserves a visit, from facts that anybody can check. Pure.

Every fact gives points by a weight; the weights are data with versions, and the lines of a score
are kept with the proposal, so that a centre can be told why it was chosen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from didaskaleio.kernel import greek

DEFAULTS: Mapping[str, int] = {
    "late_sheets": 4,
    "few_present": 5,
    "not_held": 3,
    "corrections": 3,
    "disputes": 4,
    "new_centre": 6,
    "not_visited": 2,
}
TITLES: Mapping[str, str] = {
    "late_sheets": "Παρουσιολόγιο που υπογράφηκε αργά ή εκκρεμεί",
    "few_present": "Συνάντηση με παρόντες λιγότερους από τα δύο τρίτα",
    "not_held": "Συνάντηση που δεν έγινε",
    "corrections": "Παρουσιολόγιο που διορθώθηκε",
    "disputes": "Αντίρρηση επιμορφούμενου προσώπου",
    "new_centre": "Κέντρο χωρίς ολοκληρωμένο πρόγραμμα",
    "not_visited": "Κέντρο χωρίς επίσκεψη τον τελευταίο χρόνο",
}
MOST_TIMES = 5  # one bad habit does not hide all the others
LARGEST = 100


@dataclass(frozen=True)
class Facts:
    """What is known of the programme and its centre when the list is frozen."""

    late_sheets: int = 0
    few_present: int = 0
    not_held: int = 0
    corrections: int = 0
    disputes: int = 0
    new_centre: int = 0
    not_visited: int = 0


@dataclass(frozen=True)
class Line:
    """One fact of a score: how many times, how many points."""

    code: str
    times: int
    points: int

    @property
    def words(self) -> str:
        return f"{TITLES[self.code]}: {self.times} × → {greek.count(self.points, 'μόριο', 'μόρια')}"


@dataclass(frozen=True)
class Score:
    """Βαθμός κινδύνου: its points and the lines that give them."""

    points: int
    lines: tuple[Line, ...]

    def stored(self) -> list[dict[str, object]]:
        return [asdict(line) for line in self.lines]


def score(facts: Facts, weights: Mapping[str, int]) -> Score:
    """The points of the facts, each counted at most five times."""
    lines = []
    for code in DEFAULTS:
        times = min(int(getattr(facts, code)), MOST_TIMES)
        points = times * weights.get(code, DEFAULTS[code])
        if points > 0:
            lines.append(Line(code, times, points))
    return Score(sum(line.points for line in lines), tuple(lines))


def riskiest(scores: Mapping[str, int], many: int) -> list[str]:
    """The ``many`` units with the most points; nobody without points, ties by the unit's name."""
    ranked = sorted(
        (unit for unit, points in scores.items() if points), key=lambda u: (-scores[u], u)
    )
    return ranked[:many]
