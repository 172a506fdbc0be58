"""Counting participation (συμμετοχή): how many teachers could apply, applied, hold a place.

Eligibility is the rules' own answer for every teacher of the country, in batches.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db import transaction

from didaskaleio.enrolment import eligibility
from didaskaleio.enrolment.eligibility import PersonFacts
from didaskaleio.enrolment.enums import HOLDING_STATES, ApplicationState
from didaskaleio.enrolment.models import ParticipationApplication, ParticipationFigure
from didaskaleio.enrolment.queries import facts
from didaskaleio.people.models import Teacher
from didaskaleio.programmes.models import TrainingPeriod
from didaskaleio.structures.models import Cluster, RegionalUnit

BATCH = 2_000
NOT_APPLIED = (ApplicationState.DRAFT, ApplicationState.WITHDRAWN)
Key = tuple[str, str]  # codes of regional unit and cluster


@dataclass
class Tally:
    """What is counted of one unit and cluster."""

    teachers: int = 0
    eligible: int = 0
    applied: int = 0
    placed: int = 0
    first_choice: int = 0
    second_choice: int = 0

    def count(self, row: ParticipationApplication | None) -> None:
        """Count what became of one person's application, if there is one."""
        if row is None:
            return
        self.applied += row.state not in NOT_APPLIED
        if row.state in HOLDING_STATES:
            listed = row.submission.preferences if row.submission else []
            held = row.programme.code if row.programme else ""
            self.placed += 1
            self.first_choice += listed[:1] == [held]
            self.second_choice += listed[1:2] == [held]


def count_participation(period: TrainingPeriod, *, at: datetime) -> int:
    """Count the period's participation anew; returns the teachers counted."""
    tallies: dict[Key, Tally] = defaultdict(Tally)
    people = Teacher.objects.order_by("pk").values_list("person_id", flat=True)
    for ids in _batches(people.iterator(chunk_size=BATCH)):
        _count_batch(ids, period, at, tallies)
    _keep(period, tallies, at)
    return sum(tally.teachers for tally in tallies.values())


def _batches(ids: Iterator[int]) -> Iterator[list[int]]:
    while batch := list(islice(ids, BATCH)):
        yield batch


def _count_batch(
    ids: list[int], period: TrainingPeriod, at: datetime, tallies: dict[Key, Tally]
) -> None:
    own = ParticipationApplication.objects.filter(period=period, person_id__in=ids)
    rows = own.select_related("cluster", "submission", "programme")
    applied = {row.person_id: row for row in rows}
    chosen = {pk: row.cluster for pk, row in applied.items()}
    about = facts.period_facts(period, at)
    for pk, person in facts.person_facts(ids, period, chosen).items():
        tally = tallies[_unit(person), person.chosen.code if person.chosen else ""]
        tally.teachers += 1
        tally.eligible += not eligibility.forbidding(eligibility.general(person, about))
        tally.count(applied.get(pk))


def _unit(person: PersonFacts) -> str:
    """The code of the unit of the school with most hours; empty abroad."""
    return person.services[0].place[1] if person.services else ""


@transaction.atomic
def _keep(period: TrainingPeriod, tallies: dict[Key, Tally], at: datetime) -> None:
    units = _by_code(RegionalUnit.objects.all())
    clusters = _by_code(Cluster.objects.filter(scheme_id=period.action.scheme_id))
    TrainingPeriod.objects.select_for_update(of=("self",), no_key=True).get(pk=period.pk)
    ParticipationFigure.objects.filter(period=period).delete()
    ParticipationFigure.objects.bulk_create(
        ParticipationFigure(
            period=period,
            regional_unit_id=units.get(unit),
            cluster_id=clusters.get(cluster),
            counted_at=at,
            **vars(tally),
        )
        for (unit, cluster), tally in sorted(tallies.items())
    )


def _by_code(rows: Iterable[RegionalUnit | Cluster]) -> dict[str, int]:
    return {row.code: row.pk for row in rows}
