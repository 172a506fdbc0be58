"""The case of a plan of merges (δεδομένα σχεδίου συγχωνεύσεων): read set-based, rules kept.

A person may sit in another group of the same cluster if no rule of eligibility forbids it, and if
it stands in their own list, or is face to face in the same or a neighbouring prefecture, or is
online at hours like those of their present group.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from didaskaleio.enrolment import eligibility, merges
from didaskaleio.enrolment.eligibility import PersonFacts
from didaskaleio.enrolment.enums import HOLDING_STATES
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.enrolment.queries import facts
from didaskaleio.enrolment.queries.catalogue import When, when
from didaskaleio.enrolment.queries.groups import SHEET, Group, groups
from didaskaleio.programmes.enums import ProgrammeState
from didaskaleio.programmes.models import Programme, TrainingPeriod

SAME, ONLINE, NEIGHBOUR = 100, 200, 300  # what is not in the person's own list costs more
Wishes = Mapping[tuple[int, int], int]


@dataclass(frozen=True)
class Read:
    """The case with what stands behind it; ``wishes``: (application, programme) → place in list."""

    case: merges.Case
    programmes: Mapping[int, Programme]
    people: Mapping[int, ParticipationApplication]
    wishes: Wishes


def read_case(period: TrainingPeriod, at: datetime) -> Read:
    """Everything that a plan of ``period`` needs, in a fixed number of queries."""
    states = (ProgrammeState.FILLING, ProgrammeState.VIABLE)
    rows = period.programmes.filter(state__in=states).select_related(*SHEET).order_by("code")
    found = {one.programme.pk: one for one in groups(rows, at)}
    filling = [pk for pk, g in found.items() if g.programme.state == ProgrammeState.FILLING]
    people = {row.pk: row for row in _people(filling)}
    wishes = _wishes(people.values(), found)
    options = _options(period, at, people, found, wishes)
    case = merges.Case(
        tuple(_group(one) for one in found.values()),
        tuple(
            merges.Person(pk, row.programme_id or 0, place, tuple(options[pk]))
            for place, (pk, row) in enumerate(people.items())
        ),
    )
    return Read(case, {pk: one.programme for pk, one in found.items()}, people, wishes)


def _people(filling: Iterable[int]) -> Iterable[ParticipationApplication]:
    """Who holds a place in these, in draw order, then in the order of phase B."""
    rows = ParticipationApplication.objects.filter(
        programme__in=list(filling), state__in=HOLDING_STATES
    )
    ordered = rows.order_by(F("rank").asc(nulls_last=True), "place_sequence", "pk")
    return ordered.select_related("submission", "cluster", "programme__centre__prefecture")


def _group(one: Group) -> merges.Group:
    row = one.programme
    fills = row.state == ProgrammeState.FILLING
    return merges.Group(row.pk, one.taken, one.free, row.minimum if fills else 0, fills=fills)


def _wishes(
    people: Iterable[ParticipationApplication], found: Mapping[int, Group]
) -> dict[tuple[int, int], int]:
    by_code = {one.programme.code: pk for pk, one in found.items()}
    return {
        (row.pk, by_code[code]): place
        for row in people
        for place, code in enumerate(row.submission.preferences if row.submission else (), 1)
        if code in by_code
    }


def _options(
    period: TrainingPeriod,
    at: datetime,
    people: Mapping[int, ParticipationApplication],
    found: Mapping[int, Group],
    wishes: Wishes,
) -> dict[int, list[merges.Option]]:
    chosen = {row.person_id: row.cluster for row in people.values()}
    known = facts.person_facts(chosen, period, chosen)
    articles = facts.period_facts(period, at).articles
    times = when(found)
    by_cluster: dict[int, list[Programme]] = defaultdict(list)
    for one in found.values():
        if one.free:
            by_cluster[one.programme.cluster_id].append(one.programme)
    options: dict[int, list[merges.Option]] = {}
    for pk, row in people.items():
        source, person = found[row.programme_id or 0].programme, known.get(row.person_id)
        others = [r for r in by_cluster[source.cluster_id] if r.pk != source.pk] if person else []
        allowed = _allowed(others, person, articles) if person else []
        costs = ((r, _cost(r, source, person, wishes.get((pk, r.pk)), times)) for r in allowed)
        options[pk] = [merges.Option(r.pk, cost) for r, cost in costs if cost is not None]
    return options


def _allowed(
    others: list[Programme], person: PersonFacts, articles: Mapping[str, int]
) -> list[Programme]:
    """The programmes that no rule forbids to the person."""
    about = facts.programme_facts(others, person)
    return [
        row
        for row in others
        if not eligibility.forbidding(eligibility.for_programme(person, about[row.pk], articles))
    ]


def _cost(
    target: Programme,
    source: Programme,
    person: PersonFacts | None,
    wish: int | None,
    times: Mapping[int, When],
) -> int | None:
    """How unwelcome the move is; None where it may not be asked of anybody."""
    if wish is not None:
        return wish
    if not target.category.face_to_face:
        mine, theirs = times.get(source.pk, When()), times.get(target.pk, When())
        return ONLINE if merges.hours_match(mine.days, theirs.days) else None
    serves = {s.prefecture.code for s in person.services if s.prefecture} if person else set()
    there = target.centre.prefecture.code
    own = {source.centre.prefecture.code, *serves}
    if there in own:
        return SAME
    return NEIGHBOUR if any(merges.near(one, there) for one in own) else None
