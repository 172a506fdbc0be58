"""Catalogue (κατάλογος για μένα): what a teacher may take, the demand, and why not the rest.

A fixed number of queries whatever the number of programmes: those of the person's cluster are
judged in one pass, the others are counted by the database.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time

from django.db.models import Count, Max, Min, QuerySet
from django.db.models.functions import ExtractIsoWeekDay

from didaskaleio.enrolment import eligibility
from didaskaleio.enrolment.eligibility import Code, Finding
from didaskaleio.enrolment.queries.demand import Demand, demand
from didaskaleio.enrolment.queries.standing import Ranked, Standing, judged, open_programmes
from didaskaleio.kernel import greek
from didaskaleio.kernel.greek.moments import MONTHS, WEEKDAYS
from didaskaleio.programmes.models import Programme, Slot, TrainingPeriod

FEW, ENOUGH = 10, 15


@dataclass(frozen=True)
class Filters:
    """What the teacher asked to see (φίλτρα)."""

    q: str = ""
    categories: tuple[str, ...] = ()
    days: tuple[int, ...] = ()
    few: bool = False
    endangered: bool = False
    order: str = "near"


@dataclass(frozen=True)
class When:
    """When a programme meets: week days with their hours, first and last day."""

    days: tuple[tuple[int, time], ...] = ()
    first: date | None = None
    last: date | None = None

    def __str__(self) -> str:
        if not self.days or self.first is None or self.last is None:
            return "–"
        names = " ή ".join(WEEKDAYS[day - 1] for day, _ in self.days)
        hours = sorted({f"{start:%H:%M}" for _, start in self.days})
        span = (
            f"{self.first.day} {MONTHS[self.first.month - 1]} – "
            f"{self.last.day} {MONTHS[self.last.month - 1]}"
        )
        return f"{names}, {' ή '.join(hours)}, {span}"


@dataclass(frozen=True)
class Offer:
    """A programme as the catalogue shows it to one teacher."""

    programme: Programme
    findings: list[Finding]
    demand: Demand
    when: When
    place: int = 0
    near: bool = False

    @property
    def forbidden(self) -> list[Finding]:
        return eligibility.forbidding(self.findings)

    @property
    def warnings(self) -> list[Finding]:
        return [f for f in self.findings if f.warning and not f.fulfilled]

    @property
    def outlook(self) -> str:
        """The demand against minimum and capacity, in words."""
        asked, low, high = self.demand.total, self.programme.minimum, self.programme.capacity
        if self.demand.few and asked < low:
            lacking = greek.count(low - self.demand.band, "αίτηση", "αιτήσεις")
            return f"Λείπουν τουλάχιστον {lacking} για να γίνει"
        if asked < low:
            lacking = greek.count(low - asked, "αίτηση", "αιτήσεις")
            return (
                f"Λείπουν {lacking} για να γίνει"
                if low - asked > 1
                else "Λείπει 1 αίτηση για να γίνει"
            )
        return (
            "Φτάνουν για να γίνει, μένουν θέσεις"
            if asked < high
            else "Περισσότερες αιτήσεις από θέσεις"
            if asked > high
            else "Όσες και οι θέσεις"
        )


@dataclass(frozen=True)
class Group:
    """Programmes that one rule keeps away (ομάδα «όχι για μένα»)."""

    code: str
    title: str
    rule: str
    count: int
    detail: str = ""


@dataclass(frozen=True)
class Catalogue:
    """What the page shows: offers, in the order asked, and the groups of the rest."""

    offers: list[Offer]
    groups: list[Group] = field(default_factory=list)
    total: int = 0
    near: int = 0
    days: Mapping[int, int] = field(default_factory=dict)
    categories: Mapping[str, int] = field(default_factory=dict)

    @property
    def elsewhere(self) -> int:
        return sum(group.count for group in self.groups)


def catalogue(
    period: TrainingPeriod, standing: Standing, listed: Sequence[str], filters: Filters
) -> Catalogue:
    """The catalogue of one teacher in one period; ``listed`` are the codes of the draft."""
    mine = standing.person.chosen
    rows = open_programmes(period).select_related("trainer").order_by("code")
    own = rows.filter(cluster__code=mine.code) if mine else rows.none()
    offers = _offers(period, judged(own, standing), standing, listed)
    fitting = [offer for offer in offers if not offer.forbidden]
    groups = _groups(offers, _others(period, mine.code if mine else ""), standing)
    return Catalogue(
        offers=sorted(_filtered(fitting, filters), key=ORDERS.get(filters.order, ORDERS["near"])),
        groups=groups,
        total=len(fitting),
        near=sum(offer.near for offer in fitting),
        days=Counter(day for offer in fitting for day, _ in offer.when.days),
        categories=Counter(offer.programme.category.code for offer in fitting),
    )


ORDERS = {
    "near": lambda o: (not o.near, o.programme.category.order, o.programme.code),
    "few": lambda o: (o.demand.band, o.programme.code),
    "code": lambda o: (0, o.programme.code),
}


def _offers(
    period: TrainingPeriod, ranked: list[Ranked], standing: Standing, listed: Sequence[str]
) -> list[Offer]:
    wanted = demand(period.pk, [r.programme.code for r in ranked])
    times = when([r.programme.pk for r in ranked])
    homes = {s.prefecture.code for s in standing.person.services if s.hours and s.prefecture}
    places = {code: place for place, code in enumerate(listed, start=1)}
    return [
        Offer(
            r.programme,
            r.findings,
            wanted[r.programme.code],
            times.get(r.programme.pk, When()),
            places.get(r.programme.code, 0),
            r.programme.centre.prefecture.code in homes,
        )
        for r in ranked
    ]


def when(ids: Iterable[int]) -> dict[int, When]:
    """When each programme meets; one query."""
    rows = (
        Slot.objects.filter(programme_id__in=list(ids))
        .order_by()
        .values("programme_id", day=ExtractIsoWeekDay("date"))
        .annotate(first=Min("date"), last=Max("date"), begins=Min("start"))
    )
    found: dict[int, list[tuple[int, time, date, date]]] = defaultdict(list)
    for row in rows:
        found[row["programme_id"]].append((row["day"], row["begins"], row["first"], row["last"]))
    return {
        pk: When(
            tuple((day, begins) for day, begins, _, _ in sorted(days)),
            min(first for _, _, first, _ in days),
            max(last for _, _, _, last in days),
        )
        for pk, days in found.items()
    }


def _filtered(offers: list[Offer], asked: Filters) -> list[Offer]:
    words = greek.search_key(asked.q).split()
    return [
        offer
        for offer in offers
        if (not asked.categories or offer.programme.category.code in asked.categories)
        and (not asked.days or {day for day, _ in offer.when.days} & set(asked.days))
        and (not asked.few or offer.demand.total < ENOUGH)
        and (not asked.endangered or offer.demand.total < FEW)
        and all(word in _searchable(offer.programme) for word in words)
    ]


def _searchable(programme: Programme) -> str:
    centre = programme.centre
    trainer = programme.trainer.full_name if programme.trainer else ""
    return greek.search_key(
        f"{programme.code} {programme.cluster.title} {centre.name} {centre.town} "
        f"{centre.prefecture.label} {trainer}"
    )


def _others(period: TrainingPeriod, mine: str) -> list[tuple[str, str, int]]:
    rows = open_programmes(period).exclude(cluster__code=mine).order_by().select_related(None)
    counted = rows.values("cluster__code", "cluster__title").annotate(many=Count("pk"))
    listed = [(r["cluster__code"], r["cluster__title"], r["many"]) for r in counted]
    return sorted(listed, key=lambda row: (-row[2], row[0]))


def _groups(
    offers: list[Offer], others: list[tuple[str, str, int]], standing: Standing
) -> list[Group]:
    found: list[Group] = []
    if others:
        mine = standing.person.chosen
        detail = _most([(f"{greek.show_cluster(code)} {title}", n) for code, title, n in others])
        own = (
            f"{standing.person.specialty} → {greek.show_cluster(mine.code)}"
            if mine
            else standing.person.specialty
        )
        found.append(
            Group(
                Code.OTHER_CLUSTER,
                "Άλλη συστάδα",
                f"η συστάδα πρέπει να περιλαμβάνει την ειδικότητά σας ({own}).",
                sum(n for _, _, n in others),
                detail,
            )
        )
    return found + _own_groups(offers)


RULES = {
    Code.OTHER_PREFECTURE: (
        "Κατηγορία ΙΙa σε άλλον νομό",
        "στα ΙΙa το σχολείο σας βρίσκεται στον νομό του κέντρου.",
    ),
    Code.ABROAD: (
        "Κατηγορία ΙΙa από το εξωτερικό",
        "από σχολείο του εξωτερικού παρακολουθείτε μόνο ΙΙb.",
    ),
    Code.LOCALITY_RULE: (
        "Τοπικός όρος του προγράμματος",
        "το πρόγραμμα αφορά μόνο ορισμένη περιοχή.",
    ),
}


def _own_groups(offers: list[Offer]) -> list[Group]:
    away: dict[str, list[Offer]] = defaultdict(list)
    for offer in offers:
        if offer.forbidden:
            away[offer.forbidden[0].code].append(offer)
    found = []
    for code, rows in away.items():
        title, rule = RULES.get(
            Code(code), (rows[0].forbidden[0].title, rows[0].forbidden[0].sentence)
        )
        places = Counter(str(row.programme.centre.prefecture) for row in rows)
        found.append(Group(code, title, rule, len(rows), _most(places.most_common())))
    return sorted(found, key=lambda group: (-group.count, group.code))


def _most(rows: Sequence[tuple[str, int]]) -> str:
    shown = " · ".join(f"{name} {count}" for name, count in rows[:3])
    more = len(rows) - 3
    return f"{shown} · και άλλες {more} ομάδες" if more > 0 else shown


def kept_away(
    period: TrainingPeriod, standing: Standing, code: str
) -> QuerySet[Programme] | list[Ranked]:
    """The programmes behind one group: rows to page for another cluster, judged ones else."""
    mine = standing.person.chosen
    rows = open_programmes(period).order_by("cluster__order", "code")
    if code == Code.OTHER_CLUSTER:
        return rows.exclude(cluster__code=mine.code) if mine else rows
    own = judged(rows.filter(cluster__code=mine.code), standing) if mine else []
    return [r for r in own if r.forbidden and r.forbidden[0].code == code]
