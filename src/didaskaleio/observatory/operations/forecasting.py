"""Making a forecast (πρόβλεψη αναγκών): what the planned people need, beside what happened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate

from didaskaleio.kernel import access, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.calendar import local, teaching_weeks
from didaskaleio.observatory import dimensioning
from didaskaleio.observatory.dimensioning import Assumptions, Staff, Week
from didaskaleio.observatory.errors import ForecastRefusedError
from didaskaleio.observatory.models import Forecast, MarkerNeed, StaffNeed, WeekNeed
from didaskaleio.observatory.queries import dimensioning as queries
from didaskaleio.programmes.models import TrainingAction
from didaskaleio.structures.models import Prefecture

DAY = timedelta(days=1)
LONGEST = timedelta(days=366)
Key = tuple[int | None, date]


def forecast(
    action: TrainingAction,
    given: Assumptions,
    *,
    first_day: date,
    last_day: date,
    actor: Actor,
    at: datetime,
) -> Forecast:
    """Compute and keep the next version of an action's forecast, with its assumptions."""
    access.require(actor, "forecast.make", action)
    _check(given, first_day, last_day)
    with transaction.atomic():
        held = TrainingAction.objects.select_for_update(of=("self",), no_key=True).get(pk=action.pk)
        busy, everybody = queries.engaged(held)
        last = Forecast.objects.filter(action=held).aggregate(last=Max("version"))["last"] or 0
        row = Forecast.objects.create(
            action=held,
            version=last + 1,
            first_day=first_day,
            last_day=last_day,
            assumptions=given.kept(),
            engaged=everybody,
            markers=queries.markers(held),
            targeted=queries.targeted(held),
            by_id=actor.person_id,
            at=at,
        )
        needs = _staff(row, given, busy, at)
        MarkerNeed.objects.bulk_create(_marking(row, given, needs))
        WeekNeed.objects.bulk_create(_weeks(row, given, needs, at))
        kept: dict[str, Any] = {"assumed": given.kept(), "targeted": row.targeted}
        journal.write(row, "Υπολογισμός πρόβλεψης", actor=actor, at=at, **kept)
    return row


def _check(given: Assumptions, first_day: date, last_day: date) -> None:
    if last_day < first_day:
        raise ForecastRefusedError(
            "Η τελευταία ημέρα είναι πριν από την πρώτη. Διορθώστε μία από τις δύο.",
            code="last_day",
        )
    if last_day - first_day > LONGEST:
        raise ForecastRefusedError(
            "Μία πρόβλεψη καλύπτει έως ένα έτος. Δώστε κοντινότερη τελευταία ημέρα.",
            code="last_day",
        )
    if given.face > given.meetings:
        raise ForecastRefusedError(
            "Οι διά ζώσης συναντήσεις είναι περισσότερες από όλες. Διορθώστε τον αριθμό τους.",
            code="face",
        )
    if not teaching_weeks(first_day, last_day):
        raise ForecastRefusedError(
            "Ανάμεσα στις δύο ημέρες δεν υπάρχει διδακτική εβδομάδα. Διαλέξτε άλλες.",
            code="last_day",
        )


def _staff(
    row: Forecast, given: Assumptions, busy: Mapping[queries.Cell, int], at: datetime
) -> dict[queries.Cell, Staff]:
    """Keep the needs of each prefecture and cluster that has teachers or trainers."""
    day = localdate(at)
    there = queries.available(row.action, day)
    needs = dimensioning.staff(queries.teachers(row.action, day), given)
    nobody = Staff(0, 0, 0, 0)
    StaffNeed.objects.bulk_create(
        StaffNeed(
            forecast=row,
            prefecture_id=cell[0],
            cluster_id=cell[1],
            teachers=need.teachers,
            people=need.people,
            groups=need.groups,
            trainers=need.trainers,
            available=there.get(cell, 0),
            engaged=busy.get(cell, 0),
        )
        for cell in sorted({*needs, *there, *busy})
        for need in [needs.get(cell, nobody)]
    )
    return needs


def _marking(
    row: Forecast, given: Assumptions, needs: Mapping[queries.Cell, Staff]
) -> Iterator[MarkerNeed]:
    """Scripts are marked by cluster, wherever they were written."""
    people: dict[int, int] = defaultdict(int)
    for (_, cluster), need in sorted(needs.items()):
        people[cluster] += need.people
    for cluster, of_cluster in dimensioning.marking(people, given).items():
        if of_cluster.people:
            yield MarkerNeed(
                forecast=row,
                cluster_id=cluster,
                people=of_cluster.people,
                scripts=of_cluster.scripts,
                markers=of_cluster.markers,
            )


def _weeks(
    row: Forecast, given: Assumptions, needs: Mapping[queries.Cell, Staff], at: datetime
) -> Iterator[WeekNeed]:
    planned = _planned(row, given, needs)
    first = local(row.first_day, time(0))
    after = local(row.last_day + DAY, time(0))
    happened = {(one.region, one.monday): one for one in queries.held(row.action, first, after, at)}
    for region, monday in sorted({*planned, *happened}, key=lambda key: (key[0] or 0, key[1])):
        week = planned.get((region, monday), Week(0, 0, 0, 0, 0))
        held = happened.get((region, monday))
        yield WeekNeed(
            forecast=row,
            region_id=region,
            monday=monday,
            meetings=week.meetings,
            rooms=week.rooms,
            virtual=week.virtual,
            persons=week.persons,
            support=week.support,
            held_meetings=held.meetings if held else 0,
            held_rooms=held.rooms if held else 0,
            held_virtual=held.virtual if held else 0,
            held_persons=held.persons if held else 0,
        )


def _planned(
    row: Forecast, given: Assumptions, needs: Mapping[queries.Cell, Staff]
) -> dict[Key, Week]:
    """The weeks of each region, and without region their sum."""
    regions = dict(Prefecture.objects.values_list("pk", "region_id"))
    groups: dict[int, int] = defaultdict(int)
    for (prefecture, _), need in needs.items():
        groups[regions[prefecture]] += need.groups
    mondays = teaching_weeks(row.first_day, row.last_day)
    found: dict[Key, Week] = {}
    by_region = {
        region: dimensioning.weeks(many, mondays, given) for region, many in groups.items()
    }
    for region, weeks in by_region.items():
        found |= {(region, monday): week for monday, week in weeks.items()}
    for monday in mondays:
        found[None, monday] = dimensioning.whole([weeks[monday] for weeks in by_region.values()])
    return found
