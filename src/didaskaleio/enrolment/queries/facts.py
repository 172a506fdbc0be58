"""Facts of people, periods and programmes as the rules of eligibility read them; set-based."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q

from didaskaleio.courses import profiles
from didaskaleio.enrolment.eligibility import (
    SPECIAL_EDUCATION,
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
from didaskaleio.people.models import HeldCertificate, Leave, SchoolService, Teacher
from didaskaleio.programmes import locality, parameters
from didaskaleio.programmes.enums import ProgrammeState
from didaskaleio.programmes.models import Programme, Slot, TrainingPeriod
from didaskaleio.structures.models import Cluster, ClusterMember

CODES_OF_PROFILE = {
    "will_teach": ("NOT_TEACHING",),
    "certificate_any_of": ("NO_B1",),
    "certificate_none_of": ("ALREADY_B",),
    "specialty_in_cluster": ("OTHER_CLUSTER", "NO_CLUSTER"),
    "locality": ("OTHER_PREFECTURE", "ABROAD", "LOCALITY_RULE"),
    "employment_any_of": ("EMPLOYMENT",),
}
NOT_TAUGHT = (ProgrammeState.REJECTED, ProgrammeState.CANCELLED, ProgrammeState.DRAFT)
PLACES = ("prefecture", "regional_unit", "directorate", "type")
DONE = (ApplicationState.ATTENDED, ApplicationState.CERTIFIED)


def period_facts(period: TrainingPeriod, at: datetime) -> PeriodFacts:
    """The days of the period, and what the trainees' profile of its course demands."""
    profile = period.action.course_version.trainee_profile
    return profile_facts(period, profile, parameters.of(period.action, at))


def profile_facts(
    period: TrainingPeriod, rows: list[Any], chosen: parameters.Parameters
) -> PeriodFacts:
    """The same of a profile and parameters that are at hand."""
    once = chosen.completed_once_refused
    if not rows:
        return PeriodFacts(period.first_day, period.last_day, once)
    rules = {rule.kind: rule for rule in profiles.parse(rows).rules}
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
    )


def person_facts(
    person_ids: Iterable[int], period: TrainingPeriod, chosen: Mapping[int, Cluster | None]
) -> dict[int, PersonFacts]:
    """The facts of many people at once: a fixed number of queries, whatever their number.

    ``chosen`` holds the cluster that each has chosen for the application, where there is one.
    """
    ids = list(person_ids)
    teachers = Teacher.objects.filter(person_id__in=ids).select_related("specialty")
    clusters = _clusters(period)
    services, leaves, certificates = _services(ids, period), _leaves(ids), _certificates(ids)
    trains, completed = _trains(ids, period), _completed(ids, period)
    found: dict[int, PersonFacts] = {}
    for teacher in teachers:
        pk = teacher.person_id
        cluster = chosen.get(pk)
        found[pk] = PersonFacts(
            specialty=teacher.specialty_code,
            employment=str(teacher.get_employment_display()),
            clusters=_allowed(teacher, clusters),
            cluster=Named(cluster.code, cluster.title) if cluster else None,
            services=tuple(services[pk]),
            leaves=tuple(leaves[pk]),
            certificates=tuple(certificates[pk]),
            trains=tuple(trains[pk]),
            completed=completed.get(pk, ""),
        )
    return found


def facts_of(person_id: int, period: TrainingPeriod, cluster: Cluster | None = None) -> PersonFacts:
    """The facts of one person; without a teacher's record nothing is known."""
    found = person_facts([person_id], period, {person_id: cluster})
    return found.get(person_id, PersonFacts(specialty="–"))


def _clusters(period: TrainingPeriod) -> dict[str, Any]:
    rows = ClusterMember.objects.filter(cluster__scheme_id=period.action.scheme_id)
    members = {
        specialty: Named(code, title)
        for specialty, code, title in rows.values_list(
            "specialty_id", "cluster__code", "cluster__title"
        )
    }
    special = Cluster.objects.filter(
        scheme_id=period.action.scheme_id, code=SPECIAL_EDUCATION
    ).first()
    return {"members": members, "special": special}


def _allowed(teacher: Teacher, clusters: dict[str, Any]) -> tuple[Named, ...]:
    own = clusters["members"].get(teacher.specialty_id)
    special = clusters["special"]
    found = [Named(special.code, special.title)] if teacher.special_post and special else []
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
    )


def _leaves(ids: list[int]) -> dict[int, list[Away]]:
    rows = Leave.objects.filter(teacher__person_id__in=ids)
    found: dict[int, list[Away]] = defaultdict(list)
    for pk, first, last in rows.values_list("teacher__person_id", "valid_from", "valid_until"):
        found[pk].append(Away(first, last))
    return found


def _certificates(ids: list[int]) -> dict[int, list[Held]]:
    found: dict[int, list[Held]] = defaultdict(list)
    for row in HeldCertificate.objects.filter(person_id__in=ids).order_by("issued_on", "pk"):
        label = str(row.get_kind_display())
        found[row.person_id].append(Held(row.kind, label, row.number, row.issued_on))
    return found


def _trains(ids: list[int], period: TrainingPeriod) -> dict[int, list[str]]:
    rows = Programme.objects.filter(trainer_id__in=ids, period__action_id=period.action_id)
    found: dict[int, list[str]] = defaultdict(list)
    for pk, code in rows.exclude(state__in=NOT_TAUGHT).values_list("trainer_id", "code"):
        if pk is not None:
            found[pk].append(code)
    return found


def _completed(ids: list[int], period: TrainingPeriod) -> dict[int, str]:
    course = period.action.course_version.course_id
    rows = ParticipationApplication.objects.filter(
        person_id__in=ids, state__in=DONE, period__action__course_version__course_id=course
    )
    return {
        pk: f"{title}, πρόγραμμα {code}"
        for pk, title, code in rows.values_list("person_id", "period__title", "programme__code")
    }


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
