"""Register of trained and certified teachers (μητρώο εκπαιδευτικών): the lifelong record (R-011).

Put together from what was issued here (credentials) and what other bodies had issued (held
certificates, with their source). An implementing body reads what it issued itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils.timezone import localdate

from didaskaleio.credentials.claims import TAUGHT, Claims
from didaskaleio.credentials.models import Credential, CredentialState
from didaskaleio.credentials.signed_content import claims_in
from didaskaleio.kernel import access
from didaskaleio.kernel.access import Actor
from didaskaleio.people.enums import CertificateKind
from didaskaleio.people.models import HeldCertificate, Person, SchoolService
from didaskaleio.people.queries import find_people
from didaskaleio.registers.access import bodies_of_officer
from didaskaleio.structures.models import Prefecture

TRAININGS = frozenset(
    {
        CertificateKind.B1_TRAINING,
        CertificateKind.B_KSE,
        CertificateKind.PAKE,
        CertificateKind.B2_TRAINING,
    }
)
HERE = "Διδασκαλείο"
SHORT: dict[str, str] = {
    CertificateKind.A: "Α΄",
    CertificateKind.B1: "Β1",
    CertificateKind.B1_TRAINING: "Β1 (επιμόρφωση)",
    CertificateKind.B_KSE: "Β΄ (Κ.Σ.Ε.)",
    CertificateKind.PAKE: "ΠΑ.Κ.Ε.",
    CertificateKind.B2_TRAINING: "Β2 (επιμόρφωση)",
}


@dataclass(frozen=True)
class Entry:
    """One line of the record (εγγραφή του φακέλου): what, when, by whom, from where.

    ``hours`` are teaching hours, None where the source does not say; ``code`` leads to the public
    check and is empty of what was not issued here.
    """

    title: str
    kind: str
    number: str
    day: date
    source: str
    body: str = ""
    programme: str = ""
    hours: int | None = None
    starts: date | None = None
    ends: date | None = None
    code: str = ""
    state: str = CredentialState.ISSUED

    @property
    def stands(self) -> bool:
        return self.state == CredentialState.ISSUED

    @property
    def state_words(self) -> str:
        return str(CredentialState(self.state).label)


@dataclass(frozen=True)
class TeacherRecord:
    """The lifelong record (φάκελος): trainings and certificates, the latest first."""

    person: Person
    trainings: tuple[Entry, ...]
    certificates: tuple[Entry, ...]
    partial: bool

    @property
    def hours(self) -> int:
        """Teaching hours of the trainings that stand."""
        return sum(one.hours or 0 for one in self.trainings if one.stands)


# of a person, of certain bodies alone (None: of all)
Source = Callable[[Person, frozenset[int] | None], Iterable[Entry]]
_sources: dict[str, Source] = {}


def entries(name: str) -> Callable[[Source], Source]:
    """Register what an upper room knows of a person's trainings beside credentials."""

    def register(source: Source) -> Source:
        if name in _sources:
            raise ValueError(f"source of the record {name} is declared twice")
        _sources[name] = source
        return source

    return register


def sees_all(actor: Actor, person: Person) -> bool:
    """Whether ``actor`` reads the whole record, and not only what the own body issued."""
    return access.allowed(actor, "teacher_record.whole", person)


def record_of(person: Person, actor: Actor) -> TeacherRecord:
    """The record of ``person`` as ``actor`` may read it; two queries and those of the sources."""
    whole = sees_all(actor, person)
    bodies = None if whole else bodies_of_officer(actor)
    issued = Credential.objects.filter(person=person, kind__in=TAUGHT)
    if bodies is not None:
        issued = issued.filter(body__in=bodies)
    found = [_issued(row) for row in issued.select_related("body")]
    if whole:
        found += [_held(row) for row in person.certificates.all()]
    found += [one for source in _sources.values() for one in source(person, bodies)]
    found.sort(key=lambda one: (one.day, one.number), reverse=True)
    trainings = tuple(one for one in found if one.kind != "certificate")
    certificates = tuple(one for one in found if one.kind == "certificate")
    return TeacherRecord(person, trainings, certificates, partial=not whole)


def _issued(row: Credential) -> Entry:
    claims: Claims = claims_in(row.signed_content)
    return Entry(
        title=claims.course,
        kind=row.kind,
        number=row.number,
        day=localdate(row.issued_at),
        source=HERE,
        body=row.body.short_name,
        programme=claims.programme,
        hours=claims.hours,
        starts=claims.starts,
        ends=claims.ends,
        code=row.code,
        state=row.state,
    )


def _held(row: HeldCertificate) -> Entry:
    kind = "attendance" if row.kind in TRAININGS else "certificate"
    return Entry(
        title=str(row.get_kind_display()),
        kind=kind,
        number=row.number,
        day=row.issued_on,
        source=row.source,
    )


# The search -------------------------------------------------------------------------------------


def trained(rows: QuerySet[Person]) -> QuerySet[Person]:
    """The teachers of whom something is on record."""
    issued = Credential.objects.filter(person=OuterRef("pk"), kind__in=TAUGHT)
    held = HeldCertificate.objects.filter(person=OuterRef("pk"))
    return rows.filter(Exists(issued) | Exists(held), teacher__isnull=False)


def asked(
    rows: QuerySet[Person],
    *,
    day: date,
    q: str = "",
    prefecture: Prefecture | None = None,
    holds: str = "",
) -> QuerySet[Person]:
    """Trained teachers by name or ΑΦΜ, prefecture of service on ``day`` and what they hold."""
    found = trained(rows)
    if q:
        found = found.filter(pk__in=find_people(q).order_by().values("pk"))
    if prefecture:
        serves = SchoolService.objects.filter(
            Q(valid_until=None) | Q(valid_until__gte=day),
            teacher__person=OuterRef("pk"),
            school__prefecture=prefecture,
            valid_from__lte=day,
        )
        found = found.filter(Exists(serves))
    return narrowed(found, holds).order_by("sort_key", "pk")


def narrowed(rows: QuerySet[Person], holds: str) -> QuerySet[Person]:
    """Those who hold a certificate of that kind, or an attestation issued here (``issued``)."""
    if holds == "issued":
        issued = Credential.objects.filter(
            person=OuterRef("pk"), kind__in=TAUGHT, state=CredentialState.ISSUED
        )
        return rows.filter(Exists(issued))
    if holds:
        kept = HeldCertificate.objects.filter(person=OuterRef("pk"), kind=holds)
        return rows.filter(Exists(kept))
    return rows


def with_figures(rows: QuerySet[Person], actor: Actor) -> QuerySet[Any]:
    """Each with specialty, certificates, how many attestations stand and the day of the last.

    Whoever reads only what the own body issued is told of nothing else.
    """
    issued = Credential.objects.filter(
        person=OuterRef("pk"), kind__in=TAUGHT, state=CredentialState.ISSUED
    )
    kept = HeldCertificate.objects.order_by("kind", "pk")
    if not access.allowed(actor, "teacher_record.every"):
        issued = issued.filter(body__in=bodies_of_officer(actor))
        kept = kept.none()
    grouped = issued.order_by().values("person")
    return (
        rows.select_related("teacher__specialty")
        .prefetch_related(Prefetch("certificates", queryset=kept))
        .annotate(
            attested=Subquery(grouped.annotate(n=Count("pk")).values("n")),
            latest=Subquery(grouped.annotate(last=Max("issued_at")).values("last")),
        )
    )


def held_words(person: Person) -> str:
    """The certificates of a person by their short names, each once."""
    kinds = dict.fromkeys(one.kind for one in person.certificates.all())
    return ", ".join(SHORT.get(kind, kind) for kind in kinds)


def held_kinds(actor: Actor) -> Iterator[tuple[str, str]]:
    """What ``actor`` may ask that a teacher holds."""
    yield "issued", "Βεβαίωση της πλατφόρμας που ισχύει"
    if access.allowed(actor, "teacher_record.every"):
        yield from ((str(kind.value), str(kind.label)) for kind in CertificateKind)
