"""The facts of a teacher (στοιχεία εκπαιδευτικού) as rules of eligibility read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q

from didaskaleio.kernel.clock import ATHENS
from didaskaleio.people.models import Person, Teacher
from didaskaleio.structures.models import ClusterMember, ClusterScheme

EVER = date.max


@dataclass(frozen=True)
class ServingSchool:
    """A school at which the teacher serves (υπηρέτηση), with its weekly teaching hours.

    ``prefecture_id`` and ``region_id`` are None for a school abroad.
    """

    school_id: int
    name: str
    hours: int
    organic: bool
    valid_from: date
    valid_until: date | None
    prefecture_id: int | None
    prefecture: str
    region_id: int | None
    type: str
    evening: bool
    opens: time
    closes: time
    abroad: bool

    def covers(self, day: date) -> bool:
        return self.valid_from <= day <= (self.valid_until or EVER)


@dataclass(frozen=True)
class LeaveFacts:
    """A leave (άδεια), both days included; an open end means until further notice."""

    valid_from: date
    valid_until: date | None
    kind: str

    def covers(self, day: date) -> bool:
        return self.valid_from <= day <= (self.valid_until or EVER)


@dataclass(frozen=True)
class CertificateFacts:
    """A certificate that the teacher holds (πιστοποιητικό), with number and date."""

    kind: str
    label: str
    number: str
    issued_on: date


@dataclass(frozen=True)
class AllowedCluster:
    """A cluster that the teacher may take (συστάδα); one of them is the default."""

    level: str
    cluster_id: int
    code: str
    title: str
    is_default: bool

    @property
    def shown_code(self) -> str:
        """The code with Greek Β, as screens and papers write it; of any level."""
        return self.code.replace("B", "Β")  # the second is Greek


@dataclass(frozen=True)
class TeacherFacts:
    """Everything that the rules ask of a teacher (001 §3), read at one moment."""

    person_id: int
    specialty: str
    specialty_label: str
    special_post: bool
    employment: str
    employment_label: str
    seconded_abroad: bool
    appointed_on: date | None
    source: str
    checked_on: date | None
    schools: tuple[ServingSchool, ...]
    leaves: tuple[LeaveFacts, ...]
    certificates: tuple[CertificateFacts, ...]
    clusters: tuple[AllowedCluster, ...]

    def serving(self, first: date, last: date) -> tuple[ServingSchool, ...]:
        """The schools with teaching hours on some day from ``first`` to ``last``, inclusive."""
        return tuple(
            school
            for school in self.schools
            if school.hours > 0
            and school.valid_from <= last
            and (school.valid_until or EVER) >= first
        )

    def prefectures(self, first: date, last: date) -> frozenset[int]:
        """Ids of the prefectures in which the teacher teaches in those days (εντοπιότητα)."""
        return frozenset(s.prefecture_id for s in self.serving(first, last) if s.prefecture_id)

    def regions(self, first: date, last: date) -> frozenset[int]:
        """Ids of the regions in which the teacher teaches in those days."""
        return frozenset(s.region_id for s in self.serving(first, last) if s.region_id)

    def teaches(self, first: date, last: date) -> bool:
        """Whether there is a day of service in those days that no leave covers."""
        serving = self.serving(first, last)
        days = {max(first, school.valid_from) for school in serving}
        days |= {leave.valid_until + timedelta(1) for leave in self.leaves if leave.valid_until}
        return any(
            first <= day <= last
            and any(school.covers(day) for school in serving)
            and not any(leave.covers(day) for leave in self.leaves)
            for day in days
        )

    def holds(self, *kinds: str) -> bool:
        """Whether a certificate of one of ``kinds`` is held."""
        return any(certificate.kind in kinds for certificate in self.certificates)

    def clusters_of(self, level: str) -> tuple[AllowedCluster, ...]:
        """The clusters of a level, the default first."""
        return tuple(cluster for cluster in self.clusters if cluster.level == level)


def teacher_facts(person: Person, *, at: datetime) -> TeacherFacts | None:
    """The facts of ``person`` at ``at``; None when there is no teacher's record."""
    record = Teacher.objects.select_related("specialty").filter(person_id=person.pk).first()
    if record is None:
        return None
    return TeacherFacts(
        person_id=person.pk,
        specialty=record.specialty_code,
        specialty_label=record.specialty.label,
        special_post=record.special_post,
        employment=record.employment,
        employment_label=record.get_employment_display(),
        seconded_abroad=record.seconded_abroad,
        appointed_on=record.appointed_on,
        source=record.source,
        checked_on=record.checked_on,
        schools=_schools(record),
        leaves=tuple(
            LeaveFacts(leave.valid_from, leave.valid_until, leave.kind)
            for leave in record.leaves.order_by("valid_from")
        ),
        certificates=tuple(
            CertificateFacts(c.kind, c.get_kind_display(), c.number, c.issued_on)
            for c in person.certificates.order_by("-issued_on", "pk")
        ),
        clusters=_clusters(record, at),
    )


def _clusters(record: Teacher, at: datetime) -> tuple[AllowedCluster, ...]:
    day = at.astimezone(ATHENS).date()
    in_force = ClusterScheme.objects.filter(valid_from__lte=day).filter(
        Q(valid_until=None) | Q(valid_until__gte=day)
    )
    return tuple(c for s in in_force.order_by("level") for c in allowed_clusters(record, s))


def allowed_clusters(record: Teacher, scheme: ClusterScheme) -> tuple[AllowedCluster, ...]:
    """The clusters of ``scheme`` from which the teacher chooses one, the default first.

    A special-education post (.50) may take special education (the default) or the cluster of
    its specialty, never both at once (DOMAIN §8).
    """
    wanted = Q(specialty_id=record.specialty_id)
    if record.special_post:
        wanted |= Q(specialty__special_education=True)
    members = ClusterMember.objects.filter(wanted, cluster__scheme=scheme)
    rows = members.values_list(
        "cluster_id", "cluster__code", "cluster__title", "specialty__special_education"
    )
    unique: dict[int, tuple[int, str, str, bool]] = {}
    for row in sorted(rows, key=lambda row: (not row[3], row[0])):  # special education first
        unique.setdefault(row[0], row)
    return tuple(
        AllowedCluster(scheme.level, pk, code, title, is_default=not order)
        for order, (pk, code, title, _) in enumerate(unique.values())
    )


def _schools(record: Teacher) -> tuple[ServingSchool, ...]:
    services = record.services.select_related("school__type", "school__prefecture")
    return tuple(
        ServingSchool(
            school_id=service.school_id,
            name=service.school.name,
            hours=service.hours,
            organic=service.organic,
            valid_from=service.valid_from,
            valid_until=service.valid_until,
            prefecture_id=service.school.prefecture_id,
            prefecture=service.school.prefecture.label if service.school.prefecture else "",
            region_id=service.school.region_id,
            type=service.school.type.name,
            evening=service.school.evening,
            opens=service.school.type.opens,
            closes=service.school.type.closes,
            abroad=service.school.country != "GR",
        )
        for service in services.order_by("-hours", "pk")
    )
