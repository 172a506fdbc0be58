"""Κατανομή στις εβδομάδες: how many meetings of each kind every week takes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from didaskaleio.programmes.timetable.parameters import Parameters

Counts = tuple[int, int, int]
Choices = tuple[bool, list[Counts]]
Chosen = list[tuple[int, Counts]]
_State = tuple[int, int, Counts, bool]
# Support meetings follow a first fifth of the programme: there must be something to apply.
_SUPPORT_FROM = 0.2


def spread(weeks: Sequence[Choices], wanted: Counts, parameters: Parameters) -> Chosen | None:
    """Κατανομή: (index of week, counts by kind) in order, or None when it cannot be done.

    Face-to-face sessions fall into every part of the programme, all kinds advance evenly; the
    longest programme that the weeks allow is preferred.
    """
    total, most = sum(wanted), parameters.maximum_slots_per_week
    shortest = -(-total // most)
    longest = min(
        parameters.maximum_teaching_weeks, total // max(1, parameters.minimum_slots_per_week)
    )
    for length in range(longest, shortest - 1, -1):
        chosen = _Search(weeks, wanted, parameters, length).run()
        if chosen is not None:
            return chosen
    return None


@dataclass(frozen=True, slots=True)
class _Search:
    """Depth-first over the weeks for one length; states that failed are not tried again."""

    weeks: Sequence[Choices]
    wanted: Counts
    parameters: Parameters
    length: int
    failed: set[_State] = field(default_factory=set)

    def run(self) -> Chosen | None:
        return self._from(0, 0, self.wanted, has_face_to_face=False)

    def _from(
        self, index: int, used: int, left: Counts, *, has_face_to_face: bool
    ) -> Chosen | None:
        if used == self.length:
            return [] if not any(left) and self._part_kept(has=has_face_to_face) else None
        state = (index, used, left, has_face_to_face)
        if state in self.failed or not self._reachable(index, used, left):
            return None
        found = self._branches(index, used, left, has_face_to_face=has_face_to_face)
        if found is None:
            self.failed.add(state)
        return found

    def _branches(
        self, index: int, used: int, left: Counts, *, has_face_to_face: bool
    ) -> Chosen | None:
        may_skip, mixes = self.weeks[index]
        affordable = self._affordable(mixes, left)
        for mix in sorted(affordable, key=lambda mix: self._cost(used, left, mix)):
            has = has_face_to_face or mix[0] > 0
            ends = used + 1 in self._cuts()
            if ends and not self._part_kept(has=has):
                continue
            rest = self._from(
                index + 1, used + 1, _minus(left, mix), has_face_to_face=has and not ends
            )
            if rest is not None:
                return [(index, mix), *rest]
        if may_skip or used == 0:
            return self._from(index + 1, used, left, has_face_to_face=has_face_to_face)
        return None

    def _affordable(self, mixes: list[Counts], left: Counts) -> Iterator[Counts]:
        return (mix for mix in mixes if all(a <= b for a, b in zip(mix, left, strict=True)))

    def _reachable(self, index: int, used: int, left: Counts) -> bool:
        weeks, parameters = self.length - used, self.parameters
        enough = len(self.weeks) - index >= weeks
        total = sum(left)
        least, most = parameters.minimum_slots_per_week, parameters.maximum_slots_per_week
        return enough and weeks * max(1, least) <= total <= weeks * most

    def _part_kept(self, *, has: bool) -> bool:
        """At the end of a part: it has held a face-to-face session, where the rule applies."""
        return has or self.wanted[0] < self.parameters.face_to_face_parts

    def _cuts(self) -> set[int]:
        parts = self.parameters.face_to_face_parts
        return {self.length * part // parts for part in range(1, parts)}

    def _cost(self, used: int, left: Counts, mix: Counts) -> float:
        """How far the meetings held after this week are from an even advance."""
        after = _minus(left, mix)
        done = (total - rest for total, rest in zip(self.wanted, after, strict=True))
        return sum(abs(a - b) for a, b in zip(done, self._ideal(used + 1), strict=True))

    def _ideal(self, week: int) -> tuple[float, float, float]:
        face_to_face, synchronous, support = self.wanted
        share = week / self.length
        opening = min(1, face_to_face)
        late = max(0.0, (share - _SUPPORT_FROM) / (1 - _SUPPORT_FROM))
        return (
            opening + (face_to_face - opening) * (week - 1) / max(1, self.length - 1),
            synchronous * share,
            support * late,
        )


def _minus(one: Counts, two: Counts) -> Counts:
    return (one[0] - two[0], one[1] - two[1], one[2] - two[2])
