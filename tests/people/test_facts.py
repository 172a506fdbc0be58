"""What the rules of eligibility learn of a teacher."""

from __future__ import annotations

from datetime import date

import pytest

from didaskaleio.people import queries
from didaskaleio.people.models import SchoolService
from didaskaleio.structures.models import ClusterScheme
from tests.factories.people import a_person, a_teacher
from tests.factories.structures import a_prefecture, a_school

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2023, 3, 6), date(2023, 7, 2)


def facts(at, *args, **kwargs):
    return queries.teacher_facts(a_teacher(*args, **kwargs), at=at)


def codes(found, level="B2"):
    return [cluster.code for cluster in found.clusters_of(level)]


def test_whoever_has_no_record_has_no_facts(at):
    assert queries.teacher_facts(a_person(), at=at) is None


@pytest.mark.parametrize(
    ("specialty", "special_post", "code", "clusters"),
    [
        ("ΠΕ03", False, "ΠΕ03", ["B2.3"]),
        ("ΠΕ02", True, "ΠΕ02.50", ["B2.13", "B2.1"]),
        ("ΠΕ04.02", True, "ΠΕ04.02.50", ["B2.13", "B2.2"]),
        ("ΠΕ71", False, "ΠΕ71", ["B2.13"]),
        ("ΠΕ71", True, "ΠΕ71.50", ["B2.13"]),
        ("ΠΕ23", False, "ΠΕ23", []),
    ],
)
def test_the_post_decides_from_which_clusters_one_is_chosen(
    at, specialty, special_post, code, clusters
):
    found = facts(at, specialty, special_post=special_post)
    assert found.specialty == code
    assert codes(found) == clusters
    assert [c.code for c in found.clusters_of("B2") if c.is_default] == clusters[:1]


def test_a_cluster_that_serves_both_reasons_is_named_once(at):
    old = ClusterScheme.objects.get(level="B1", valid_until__isnull=False)
    teacher = a_teacher("ΠΕ70", special_post=True).teacher
    assert [c.code for c in queries.allowed_clusters(teacher, old)] == ["B1.3"]


def test_only_schemes_in_force_are_read(at):
    assert codes(facts(at), "B1") == ["B1.3"]
    assert facts(at).clusters_of("B1")[0].title == "Μαθηματικά"


def test_two_schools_in_two_prefectures_give_two_localities(at):
    found = facts(at, schools=[(a_school("KOZ"), 12), (a_school("GRE"), 8)])
    assert found.prefectures(FIRST, LAST) == {a_prefecture("KOZ").pk, a_prefecture("GRE").pk}
    assert found.regions(FIRST, LAST) == {a_prefecture("KOZ").region_id}


def test_a_school_without_hours_gives_no_locality(at):
    found = facts(at, schools=[(a_school("KOZ"), 0), (a_school("GRE"), 18)])
    assert found.prefectures(FIRST, LAST) == {a_prefecture("GRE").pk}


def test_a_school_abroad_gives_no_prefecture(at):
    found = facts(at, school=a_school(country="DE"), seconded_abroad=True)
    assert found.prefectures(FIRST, LAST) == frozenset()
    assert found.schools[0].abroad
    assert found.seconded_abroad
    assert found.teaches(FIRST, LAST)


@pytest.mark.parametrize(
    ("leaves", "teaches"),
    [
        ((), True),
        (((date(2022, 9, 1), date(2023, 3, 1)),), True),
        (((date(2022, 9, 1), date(2023, 7, 2)),), False),
        (((date(2022, 9, 1), date(2023, 7, 1)),), True),
        (((date(2022, 9, 1), None),), False),
        (((date(2022, 9, 1), date(2023, 4, 1)), (date(2023, 4, 2), None)), False),
        (((date(2022, 9, 1), date(2023, 4, 1)), (date(2023, 4, 3), None)), True),
        (((date(2023, 4, 1), None),), True),
    ],
)
def test_whoever_has_a_day_of_service_without_leave_teaches(at, leaves, teaches):
    assert facts(at, leaves=leaves).teaches(FIRST, LAST) is teaches


def test_whoever_serves_nowhere_in_those_days_does_not_teach(at):
    person = a_teacher()
    SchoolService.objects.update(valid_until=date(2023, 3, 5))
    assert not queries.teacher_facts(person, at=at).teaches(FIRST, LAST)


def test_certificates_are_known_by_kind_and_number(at):
    found = facts(at, certificates=("B1", "PAKE"))
    assert found.holds("PAKE")
    assert not found.holds("B_kse", "A")
    assert {c.kind for c in found.certificates} == {"B1", "PAKE"}


def test_evening_schools_are_told_apart(at):
    school = facts(at, school=a_school(type="ESP", evening=True)).schools[0]
    assert (school.evening, school.opens.hour) == (True, 18)


def test_facts_cost_the_same_whatever_their_number(at, django_assert_num_queries):
    person = a_teacher(
        schools=[(a_school(), 5) for _ in range(3)], certificates=("A", "B1", "PAKE")
    )
    with django_assert_num_queries(7):
        queries.teacher_facts(person, at=at)
