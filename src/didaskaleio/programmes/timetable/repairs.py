"""Διορθώσεις: candidates that were tried on the plan and make nothing worse."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING

from didaskaleio.kernel.greek import long_date
from didaskaleio.programmes.timetable import wording
from didaskaleio.programmes.timetable.candidates import Candidate, candidates
from didaskaleio.programmes.timetable.case import Case
from didaskaleio.programmes.timetable.findings import find
from didaskaleio.programmes.timetable.rules import Finding, Repair, Rule
from didaskaleio.programmes.timetable.slot_rules import slot_findings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from didaskaleio.programmes.timetable.context import Context
    from didaskaleio.programmes.timetable.parameters import Parameters
    from didaskaleio.programmes.timetable.plan import Plan, Slot

Key = tuple[Rule, str]
# A trial checks the whole plan (some 0.4 ms): these keep a plan that is all wrong under a second.
_TRIALS = 800
_FEWEST_TRIALS = 20


def check(plan: Plan, context: Context, parameters: Parameters) -> list[Finding]:
    """Έλεγχος εφικτότητας: every broken rule, each with its nearest repair where one exists.

    Deterministic; never raises for a plan, however wrong.
    """
    trial = Trial(Case(plan, context, parameters))
    return [replace(finding, repair=trial.nearest(finding)) for finding in trial.found]


def repairs(
    plan: Plan, context: Context, parameters: Parameters, *, limit: int = 4
) -> list[Repair]:
    """Καλύτερες διορθώσεις: those that settle most findings at once first, then the nearest."""
    trial = Trial(Case(plan, context, parameters))
    tried: dict[tuple[Slot, ...], tuple[Candidate, Repair]] = {}
    for finding in trial.found:
        for candidate, repair in trial.attempts(finding):
            tried.setdefault(candidate.changes, (candidate, repair))
    ranked = sorted(tried.values(), key=lambda pair: (-len(pair[1].fixes), pair[0].cost))
    return list(_different([repair for _candidate, repair in ranked]))[:limit]


def _different(ranked: Iterable[Repair]) -> Iterator[Repair]:
    """One repair for each set of findings settled by the same slots: the nearest."""
    seen: set[tuple[frozenset[Key], tuple[str, ...]]] = set()
    for repair in ranked:
        mark = (repair.fixes, tuple(slot.id for slot in repair.changes))
        if mark not in seen:
            seen.add(mark)
            yield repair


@dataclass(frozen=True, slots=True)
class Trial:
    """Δοκιμή διορθώσεων πάνω σε ένα σχέδιο: its findings are counted once."""

    case: Case
    found: list[Finding] = field(init=False)
    before: dict[Key, float] = field(init=False)

    def __post_init__(self) -> None:
        found = find(self.case.plan, self.case.context, self.case.parameters)
        object.__setattr__(self, "found", found)
        object.__setattr__(self, "before", _weights(found))

    def nearest(self, finding: Finding) -> Repair | None:
        """The first candidate that eases this finding and worsens none."""
        for _candidate, repair in self.attempts(finding):
            if finding.key in repair.fixes:
                return repair
        return None

    def attempts(self, finding: Finding) -> Iterator[tuple[Candidate, Repair]]:
        """Candidates for this finding that worsen nothing, nearest first, within its share."""
        share = max(_FEWEST_TRIALS, _TRIALS // len(self.found))
        promising = (
            candidate
            for candidate in candidates(finding, self.case)
            if not any(self._adds(slot) for slot in candidate.changes)
        )
        for candidate in islice(promising, share):
            if repair := self.attempt(candidate.changes):
                yield candidate, repair

    def attempt(self, changes: tuple[Slot, ...]) -> Repair | None:
        """The repair that these changes make, or None if they add or worsen any finding."""
        plan = self.case.plan.changed(changes)
        after = _weights(find(plan, self.case.context, self.case.parameters))
        if any(weight > self.before.get(key, 0) for key, weight in after.items()):
            return None
        fixes = frozenset(key for key, weight in self.before.items() if after.get(key, 0) < weight)
        return Repair(changes, self._sentence(changes), fixes) if fixes else None

    def _adds(self, slot: Slot) -> bool:
        found = slot_findings(slot, self.case.context, self.case.parameters)
        return any(finding.key not in self.before for finding in found)

    def _sentence(self, changes: tuple[Slot, ...]) -> str:
        old = {slot.id: slot for slot in self.case.plan.slots}
        parts = [self._part(old[slot.id], slot) for slot in changes]
        return f"Η {' και η '.join(parts)}."

    def _part(self, old: Slot, new: Slot) -> str:
        room = self._room(old, new)
        if old.begins != new.begins:
            goal = f"{long_date(new.date)}, {wording.span(new)}"
        elif old.kind is not new.kind:
            goal = new.kind.noun
        elif old.minutes != new.minutes:
            goal = wording.span(new)
        else:
            return f"{wording.named(old)}, να γίνει στην αίθουσα {room}"
        return f"{wording.named(old)}, να γίνει {goal}{room and f' (αίθουσα {room})'}"

    def _room(self, old: Slot, new: Slot) -> str:
        room = self.case.context.rooms.get(new.room_id or "")
        return room.label if room and old.room_id != new.room_id else ""


def _weights(found: Iterable[Finding]) -> dict[Key, float]:
    weights: dict[Key, float] = {}
    for finding in found:
        weights[finding.key] = weights.get(finding.key, 0) + finding.weight
    return weights
