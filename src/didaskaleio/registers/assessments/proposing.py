"""The proposal of assessors (πρόταση ανάθεσης) with what could not be assigned, and why."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from didaskaleio.people.models import Person
from didaskaleio.registers.assessments.appointed import (
    assessors,
    limits,
    loads_of,
    plan_of,
    to_assess,
)
from didaskaleio.registers.assessments.conflicts import Pair, barred
from didaskaleio.registers.assignment import Assessor, Proposal, propose
from didaskaleio.registers.enums import LIVE
from didaskaleio.registers.lifecycle import uncovered
from didaskaleio.registers.models import Assessment, Call, Candidacy


@dataclass(frozen=True)
class Proposed:
    """A proposal of assessors with the people and candidacies that it speaks of."""

    proposal: Proposal
    people: Mapping[int, Person]
    candidacies: Mapping[int, Candidacy]

    @cached_property
    def pairs(self) -> list[Pair]:
        """The new pairs of person and candidacy, in a fixed order."""
        return [
            (int(person), int(candidacy))
            for candidacy, judges in self.proposal.pairs.items()
            for person in judges
        ]

    @property
    def seal(self) -> str:
        """What tells this proposal from any other: an officer decides on the one that was seen."""
        return hashlib.sha256(json.dumps(sorted(self.pairs)).encode()).hexdigest()[:32]

    @cached_property
    def gaps(self) -> list[tuple[Candidacy, str]]:
        """What could not be assigned, and why."""
        return [(self.candidacies[int(gap.candidacy)], str(gap)) for gap in self.proposal.gaps]


def proposed(call: Call, at: datetime) -> Proposed | None:
    """The balanced assignment of what is not assigned yet; None before the plan is made."""
    plan = plan_of(call)
    if plan is None:
        return None
    people = {one.pk: one for one in assessors(call, at)}
    rows = uncovered(to_assess(call), plan.each).only("code", "call", "person")
    open_ones = {one.pk: one for one in rows}
    most = limits(call)
    loads = loads_of(call)
    crowd = [Assessor(str(pk), loads.get(pk, 0), most.get(pk)) for pk in people]
    found = propose(
        [str(pk) for pk in open_ones],
        crowd,
        each=plan.each,
        conflicts=_as_text(barred(call, list(open_ones.values()), list(people), at)),
        kept=_kept(open_ones),
    )
    return Proposed(found, people, open_ones)


def _as_text(pairs: Iterable[Pair]) -> list[tuple[str, str]]:
    return [(str(person), str(candidacy)) for person, candidacy in pairs]


def _kept(candidacies: Collection[int]) -> dict[str, list[str]]:
    rows = Assessment.objects.filter(candidacy__in=candidacies, state__in=LIVE)
    found: dict[str, list[str]] = defaultdict(list)
    for candidacy, person in rows.values_list("candidacy_id", "person_id"):
        found[str(candidacy)].append(str(person))
    return found


def candidates_for(candidacy: Candidacy, at: datetime) -> list[tuple[Person, int, str]]:
    """The assessors of the call for one candidacy: person, load, why not (empty: may be given)."""
    call = candidacy.call
    people = list(assessors(call, at))
    why = barred(call, [candidacy], [one.pk for one in people], at)
    live = Assessment.objects.filter(candidacy=candidacy, state__in=LIVE)
    held, loads, most = set(live.values_list("person_id", flat=True)), loads_of(call), limits(call)
    found = []
    for one in people:
        load = loads.get(one.pk, 0)
        no = why.get((one.pk, candidacy.pk), "")
        if one.pk in held:
            no = "Αξιολογεί ήδη την υποψηφιότητα."
        elif not no and one.pk in most and load >= most[one.pk]:
            no = "Έχει φτάσει στο όριό του."
        found.append((one, load, no))
    return found
