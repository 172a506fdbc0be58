"""Questions that a profile asks of a person (στοιχεία): what is known on a day."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from didaskaleio.courses import profiles
from didaskaleio.people.models import Person, SchoolService, Teacher
from didaskaleio.structures.models import Cluster

SPECIAL_EDUCATION = "B2.13"


def full_years(first: date, day: date) -> int:
    """Συμπληρωμένα έτη from ``first`` to ``day``; 29 February counts from 1 March."""
    before = (day.month, day.day) < (first.month, first.day)
    return max(0, day.year - first.year - before)


def profile_facts(person: Person, day: date, level: str) -> profiles.Facts:
    """What a profile checks of ``person`` on ``day``; clusters are those of the level then."""
    held = frozenset(person.certificates.values_list("kind", flat=True))
    teacher = Teacher.objects.filter(person=person).select_related("specialty").first()
    if teacher is None:
        return profiles.Facts(certificates=held)
    now = teacher.services.filter(valid_from__lte=day, hours__gt=0)
    now = now.filter(Q(valid_until=None) | Q(valid_until__gte=day))
    leaves = teacher.leaves.filter(valid_from__lte=day)
    away = leaves.filter(Q(valid_until=None) | Q(valid_until__gte=day)).exists()
    schools = list(now.values_list("school__prefecture__code", flat=True))
    since = SchoolService.objects.filter(teacher=teacher).order_by("valid_from").first()
    return profiles.Facts(
        certificates=held,
        clusters=clusters_of_specialty(teacher.specialty_code, day, level),
        prefectures=frozenset(code for code in schools if code),
        specialty=teacher.specialty_code,
        employment=teacher.employment,
        will_teach=bool(schools) and not away,
        not_teaching_reason="άδεια" if away else "",
        service_years=full_years(since.valid_from, day) if since else None,
        appointed_on=teacher.appointed_on,
    )


def clusters_at(day: date, level: str) -> QuerySet[Cluster]:
    """The clusters of the scheme of ``level`` that is in force on ``day``."""
    rows = Cluster.objects.filter(scheme__level=level, scheme__valid_from__lte=day)
    rows = rows.filter(Q(scheme__valid_until=None) | Q(scheme__valid_until__gte=day))
    return rows.order_by("order")


def clusters_of_specialty(code: str, day: date, level: str) -> frozenset[str]:
    """Codes of the clusters to which a post of this specialty belongs; ``.50`` adds Β2.13."""
    rows = clusters_at(day, level)
    own = rows.filter(specialties__specialty__code=code.removesuffix(".50"))
    found = set(own.values_list("code", flat=True))
    if code.endswith(".50"):
        found |= set(rows.filter(code=SPECIAL_EDUCATION).values_list("code", flat=True))
    return frozenset(found)
