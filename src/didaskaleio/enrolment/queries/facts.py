"""Facts of people, periods and programmes as the rules of eligibility read them; set-based."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Min, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat, JSONArray

from didaskaleio.courses import profiles, queries
from didaskaleio.courses.profiles.rules import ServiceYears
from didaskaleio.enrolment.eligibility import (
    SPECIAL_EDUCATION,
    Addressed,
    Away,
    Held,
    Named,
    PeriodFacts,
    PersonFacts,
    ProgrammeFacts,
    Serving,
)
from didaskaleio.enrolment.enums import ApplicationState
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.kernel import greek
from didaskaleio.people.enums import CertificateKind
from didaskaleio.people.models import HeldCertificate, Leave, SchoolService, Teacher
from didaskaleio.programmes import locality, parameters
from didaskaleio.programmes.enums import ProgrammeState
from didaskaleio.programmes.models import Programme, Slot, TrainingPeriod
from didaskaleio.programmes.queries.audience import audience_of
from didaskaleio.structures.models import Cluster

CODES_OF_PROFILE = {
    "will_teach": ("NOT_TEACHING",),
    "certificate_any_of": ("NO_B1",),
    "certificate_none_of": ("ALREADY_B",),
    "specialty_in_cluster": ("OTHER_CLUSTER", "NO_CLUSTER"),
    "locality": ("OTHER_PREFECTURE", "ABROAD", "LOCALITY_RULE"),
    "employment_any_of": ("EMPLOYMENT",),
}
# of these the findings of a period know whom the rule spares, or the regulation spares nobody
SPARING = ("certificate_any_of", "will_teach", "specialty_in_cluster", "locality")
NOT_TAUGHT = (ProgrammeState.REJECTED, ProgrammeState.CANCELLED, ProgrammeState.DRAFT)
PLACES = ("prefecture", "regional_unit", "directorate", "type")
DONE = (ApplicationState.ATTENDED, ApplicationState.CERTIFIED)


def period_facts(period: TrainingPeriod, at: datetime) -> PeriodFacts:
    """The days of the period, and what the trainees' profile of its course demands."""
    profile = period.action.course_version.trainee_profile
    known = profile_facts(period, profile, parameters.of(period.action, at))
    audience = audience_of(period.action)
    if audience is None:
        return known
    addressed = Addressed(audience.words, audience.prefectures, audience.schools)
    return replace(known, addressed=addressed)


def profile_facts(
    period: TrainingPeriod, rows: list[Any], chosen: parameters.Parameters
) -> PeriodFacts:
    """The same of a profile and parameters that are at hand."""
    once = chosen.completed_once_refused
    if not rows:
        return PeriodFacts(period.first_day, period.last_day, once)
    rules, further = _told_apart(profiles.parse(rows).rules)
    articles = {
        code: rule.article
        for kind, rule in rules.items()
        if rule.article
        for code in CODES_OF_PROFILE[kind]
    }
    required = rules.get("certificate_any_of")
    excluding, employed = rules.get("certificate_none_of"), rules.get("employment_any_of")
    return PeriodFacts(
        period.first_day,
        period.last_day,
        once,
        required.options if required else (),
        excluding.options if excluding else (),
        required.but if required else (),
        tuple(profiles.EMPLOYMENTS[o] for o in employed.options) if employed else (),
        articles,
        teaching=(teaching := rules.get("will_teach")) is not None,
        spared_teaching=teaching.but if teaching else (),
        further=further,
    )


def _told_apart(
    rules: Iterable[profiles.Rule],
) -> tuple[dict[str, profiles.Rule], tuple[profiles.Rule, ...]]:
    """The rules that have a finding of their own here, once each; and all the others."""
    own: dict[str, profiles.Rule] = {}
    further = []
    for rule in rules:
        spared = bool(rule.but) and rule.kind not in SPARING
        if rule.kind in CODES_OF_PROFILE and rule.kind not in own and not spared:
            own[rule.kind] = rule
        else:
            further.append(rule)
    return own, tuple(further)


def person_facts(
    person_ids: Iterable[int], period: TrainingPeriod, chosen: Mapping[int, Cluster | None]
) -> dict[int, PersonFacts]:
    """The facts of many people at once: a fixed number of queries, whatever their number.

    ``chosen`` holds the cluster that each has chosen for the application, where there is one.
    """
    ids = list(person_ids)
    clusters, services = _clusters(period), _services(ids, period)
    years = _service_years(ids, period)
    found: dict[int, PersonFacts] = {}
    for teacher in _teachers(ids, period):
        pk = teacher.person_id
        cluster = chosen.get(pk)
        found[pk] = PersonFacts(
            specialty=teacher.specialty_code,
            employment=str(teacher.get_employment_display()),
            clusters=_allowed(teacher, clusters),
            cluster=Named(cluster.code, cluster.title) if cluster else None,
            services=tuple(services[pk]),
            leaves=tuple(_away(*days) for days in teacher.away),
            certificates=tuple(_held(*row) for row in teacher.held),
            trains=tuple(teacher.trains),
            completed=teacher.completed[-1] if teacher.completed else "",
            service_years=years.get(pk),
            appointed_on=teacher.appointed_on,
            source=_source(teacher),
        )
    return found


def facts_of(person_id: int, period: TrainingPeriod, cluster: Cluster | None = None) -> PersonFacts:
    """The facts of one person; without a teacher's record nothing is known."""
    found = person_facts([person_id], period, {person_id: cluster})
    return found.get(person_id, PersonFacts(specialty="–"))


def _teachers(ids: list[int], period: TrainingPeriod) -> QuerySet[Any]:
    """Teachers with ``away``, ``held``, ``trains``, ``completed``: one query for all of it."""
    leaves = Leave.objects.filter(teacher=OuterRef("pk"))
    certificates = HeldCertificate.objects.filter(person=OuterRef("person"))
    taught = Programme.objects.filter(
        trainer=OuterRef("person"), period__action_id=period.action_id
    ).exclude(state__in=NOT_TAUGHT)
    course = period.action.course_version.course_id
    done = ParticipationApplication.objects.filter(
        person=OuterRef("person"), state__in=DONE, period__action__course_version__course_id=course
    )
    sentence = Concat("period__title", Value(", πρόγραμμα "), "programme__code")
    rows = Teacher.objects.filter(person_id__in=ids).select_related("specialty")
    return rows.annotate(
        away=ArraySubquery(
            leaves.order_by("pk").values(each=JSONArray("valid_from", "valid_until"))
        ),
        held=ArraySubquery(
            certificates.order_by("issued_on", "pk").values(
                each=JSONArray("kind", "number", "issued_on")
            )
        ),
        trains=ArraySubquery(taught.order_by("code").values("code")),
        completed=ArraySubquery(done.order_by("pk").values(each=sentence)),
    )


def _source(teacher: Teacher) -> str:
    """Whence the record is and of which day (πηγή), as findings cite it."""
    day = teacher.checked_on
    return f"{teacher.source}, {day.day}-{day.month}-{day.year}" if day else teacher.source


def _away(first: str, last: str | None) -> Away:
    return Away(date.fromisoformat(first), date.fromisoformat(last) if last else None)


def _held(kind: str, number: str, issued_on: str) -> Held:
    return Held(kind, str(CertificateKind(kind).label), number, date.fromisoformat(issued_on))


def _clusters(period: TrainingPeriod) -> dict[str, Any]:
    rows = Cluster.objects.filter(scheme_id=period.action.scheme_id)
    found = list(rows.values_list("code", "title", "specialties__specialty_id"))
    special = (Named(code, title) for code, title, _ in found if code == SPECIAL_EDUCATION)
    return {
        "members": {specialty: Named(code, title) for code, title, specialty in found},
        "special": next(special, None),
    }


def _allowed(teacher: Teacher, clusters: dict[str, Any]) -> tuple[Named, ...]:
    own = clusters["members"].get(teacher.specialty_id)
    special = clusters["special"]
    found = [special] if teacher.special_post and special else []
    if own and own not in found:
        found.append(own)
    return tuple(found)


def _services(ids: list[int], period: TrainingPeriod) -> dict[int, list[Serving]]:
    rows = (
        SchoolService.objects.filter(teacher__person_id__in=ids, valid_from__lte=period.last_day)
        .filter(Q(valid_until=None) | Q(valid_until__gte=period.first_day))
        .select_related("teacher", *(f"school__{part}" for part in PLACES))
        .order_by("-hours", "pk")
    )
    found: dict[int, list[Serving]] = defaultdict(list)
    for row in rows:
        found[row.teacher.person_id].append(_serving(row))
    return found


def _service_years(ids: list[int], period: TrainingPeriod) -> dict[int, int]:
    """Full years on the first day since the first service; asked only if the profile asks."""
    rows = period.action.course_version.trainee_profile
    if not any(row.get("kind") == ServiceYears.kind for row in rows):
        return {}
    found = SchoolService.objects.filter(teacher__person_id__in=ids).values("teacher__person_id")
    since = found.annotate(since=Min("valid_from")).values_list("teacher__person_id", "since")
    return {pk: queries.full_years(first, period.first_day) for pk, first in since}


def _serving(row: SchoolService) -> Serving:
    school = row.school
    prefecture = school.prefecture
    return Serving(
        school=school.name,
        hours=row.hours,
        prefecture=Named(prefecture.code, prefecture.label) if prefecture else None,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        evening=school.evening,
        place=(
            prefecture.code if prefecture else "",
            school.regional_unit.code if school.regional_unit else "",
            school.directorate.code if school.directorate else "",
        ),
        taught=(school.type.opens, school.type.closes),
        code=school.code,
    )


def programme_facts(
    programmes: Iterable[Programme], person: PersonFacts
) -> dict[int, ProgrammeFacts]:
    """The facts of programmes against one person; one query more where the person teaches evenings.

    The programmes come with ``category``, ``cluster`` and ``centre__prefecture``.
    """
    rows = list(programmes)
    clashes = _clashes([row.pk for row in rows], person)
    places = [locality.Service(*s.place) for s in person.services if s.hours > 0]
    return {row.pk: _programme(row, places, clashes.get(row.pk, ())) for row in rows}


def _programme(
    row: Programme, places: list[locality.Service], clashes: tuple[str, ...]
) -> ProgrammeFacts:
    found = locality.check(locality.parse(row.locality_rules), places)
    prefecture = row.centre.prefecture
    return ProgrammeFacts(
        code=row.code,
        category=row.category.code,
        local=row.category.locality,
        cluster=Named(row.cluster.code, row.cluster.title),
        prefecture=Named(prefecture.code, prefecture.label),
        locality=((found.fulfilled, f"{found.sentence.rstrip('.')}."),)
        if row.locality_rules
        else (),
        clashes=clashes,
    )


def _clashes(ids: list[int], person: PersonFacts) -> dict[int, tuple[str, ...]]:
    """Slots on school days inside the hours of the person's evening schools."""
    hours = Q(pk__in=())
    for s in person.services:
        if s.evening and s.hours > 0 and s.taught:
            hours |= Q(start__lt=s.taught[1], end__gt=s.taught[0])
    if not hours:
        return {}
    rows = Slot.objects.filter(hours, programme_id__in=ids, date__iso_week_day__lte=5)
    found: dict[int, list[str]] = defaultdict(list)
    for row in rows.order_by("date", "start"):
        found[row.programme_id].append(f"{greek.long_date(row.date)}, {row.start:%H:%M}.")
    return {pk: tuple(lines) for pk, lines in found.items()}
