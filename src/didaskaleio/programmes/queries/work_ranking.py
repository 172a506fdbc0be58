"""The ranking of a call for work (κατάταξη): facts at the deadline, and what follows from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q

from didaskaleio.kernel.forms import points
from didaskaleio.people.models import SchoolService
from didaskaleio.programmes import ranking
from didaskaleio.programmes.enums import ActionRole, WorkApplicationState, WorkCallState
from didaskaleio.programmes.models import (
    Programme,
    WorkApplication,
    WorkCall,
    WorkCallLine,
    WorkStanding,
)
from didaskaleio.programmes.queries import availability, registers
from didaskaleio.programmes.ranking import Claim
from didaskaleio.registers.enums import ListStage
from didaskaleio.registers.models import RankingRow

ZERO = Decimal(0)


@dataclass(frozen=True)
class Facts:
    """What the ranking reads of each applicant (στοιχεία κατάταξης), by id of application."""

    points: dict[int, Decimal]
    load: dict[int, int]
    places: dict[int, set[int]]


def claims(call: WorkCall) -> list[Claim]:
    """Every claim of a submitted application on a line, with the facts of this moment."""
    rows = call.applications.filter(state=WorkApplicationState.SUBMITTED)
    applications = list(rows.select_related("submission").order_by("pk"))
    facts = _facts(call, applications)
    lines = {line.pk: line for line in call.lines.all()}
    return [
        _claim(call, row, lines[pk], preference, facts)
        for row in applications
        if row.submission
        for preference, pk in enumerate(row.submission.lines, start=1)
        if pk in lines
    ]


def _claim(
    call: WorkCall, row: WorkApplication, line: WorkCallLine, preference: int, facts: Facts
) -> Claim:
    return Claim(
        applicant=row.pk,
        line=line.pk,
        preference=preference,
        points=facts.points.get(row.pk, ZERO),
        load=facts.load.get(row.pk, 0),
        local=line.prefecture_id in facts.places.get(row.pk, set()),
        lot=ranking.lot(call.number, row.code),
    )


def _facts(call: WorkCall, rows: list[WorkApplication]) -> Facts:
    if not call.for_trainers:
        return Facts({}, _programmes_of(call, rows), {})
    mine = {row.person_id: row.pk for row in rows if row.person_id}
    loads = availability.loads(mine, call.period)
    held = {mine[who]: int(load.operation) for who, load in loads.items()}
    served: dict[int, set[int]] = defaultdict(set)
    for person, prefecture in _services(call, mine):
        served[mine[person]].add(prefecture)
    return Facts({mine[who]: n for who, n in _points(call, mine).items()}, held, served)


def _programmes_of(call: WorkCall, rows: list[WorkApplication]) -> dict[int, int]:
    """How many programmes of the action each centre has or had."""
    mine = {row.centre_id: row.pk for row in rows if row.centre_id}
    found = Programme.objects.filter(
        centre__in=mine, period__action=call.period.action_id, state__in=availability.TAUGHT
    )
    counted = found.order_by().values_list("centre").annotate(n=Count("pk"))
    return {mine[centre]: number for centre, number in counted}


def _services(call: WorkCall, people: Iterable[int]) -> Iterable[tuple[int, int]]:
    day = call.period.first_day
    rows = SchoolService.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=day),
        teacher__person__in=people,
        valid_from__lte=day,
        hours__gt=0,
        school__prefecture__isnull=False,
    )
    return rows.values_list("teacher__person_id", "school__prefecture_id").distinct()


def _points(call: WorkCall, people: Iterable[int]) -> dict[int, Decimal]:
    """Points in the register of the action: of the final list that selected the member.

    Whoever entered the register otherwise has what the fields of the membership are worth.
    """
    register = registers.drawn_on(call.period.action_id, ActionRole.TRAINER)
    if register is None:
        return {}
    definition = register.fields()
    rows = list(registers.members(register, call.period.first_day).filter(person__in=people))
    lists = RankingRow.objects.filter(
        candidacy__in=[row.candidacy_id for row in rows if row.candidacy_id],
        list__stage=ListStage.FINAL,
    )
    listed = dict(lists.values_list("candidacy", "points"))
    return {
        row.person_id: Decimal(listed[row.candidacy_id])
        if row.candidacy_id in listed
        else points.score(definition, row.values).points
        for row in rows
    }


def stored(call: WorkCall) -> list[Claim]:
    """The claims as they were frozen at the deadline."""
    rows = WorkStanding.objects.filter(line__call=call).order_by("line", "rank")
    return [_pure(row) for row in rows]


def outcome(call: WorkCall) -> dict[int, tuple[int, int]]:
    """Application → (line, how much), as the rules and the moves by hand give it now.

    How much: programmes of a centre, always one place of a trainer.
    """
    if call.state == WorkCallState.SELECTED:
        rows = call.applications.filter(line__isnull=False)
        return {pk: (line or 0, n) for pk, line, n in rows.values_list("pk", "line", "granted")}
    found = stored(call)
    places = dict(call.lines.values_list("pk", "places"))
    moved = call.applications.filter(moved=True).values_list("pk", "moved_to")
    fixed: dict[int, int | None] = dict(moved)
    if call.for_trainers:
        chosen = ranking.settled(found, places, fixed)
        return {who: (line, 1) for who, line in chosen.items()}
    asked = call.applications.filter(submission__isnull=False)
    wanted = dict(asked.values_list("pk", "submission__wanted"))
    open_claims = [claim for claim in found if claim.applicant not in fixed]
    given = ranking.shared(open_claims, places, wanted)
    return {who: (line, number) for (line, who), number in given.items()}


def before(standing: WorkStanding) -> str:
    """Why whoever stands right before goes first, "" for the first of a line."""
    ahead = WorkStanding.objects.filter(line=standing.line_id, rank=standing.rank - 1).first()
    if ahead is None:
        return ""
    return ranking.because(_pure(ahead), _pure(standing))


def _pure(row: WorkStanding) -> Claim:
    return Claim(
        row.application_id, row.line_id, row.preference, row.points, row.load, row.local, row.lot
    )
