"""Those whom a profile concerns, found by one query, are those whom it accepts one by one.

Shows: R-014.
"""

from __future__ import annotations

from datetime import date
from itertools import combinations

import pytest

from didaskaleio.courses import profiles
from didaskaleio.courses.profiles.rules import KINDS
from didaskaleio.courses.queries import people_of, profile_facts
from didaskaleio.people.models import Person, SchoolService
from tests.factories import people

pytestmark = pytest.mark.django_db
DAY = date(2023, 2, 28)
RULES = (
    {"kind": "certificate_any_of", "any": ["B1", "A"]},
    {"kind": "certificate_none_of", "any": ["PAKE"]},
    {"kind": "will_teach"},
    {"kind": "employment_any_of", "any": ["permanent"]},
    {"kind": "specialty_any_of", "any": ["ΠΕ04", "ΠΕ70"]},
    {"kind": "service_years", "least": 2},
    {"kind": "service_years", "least": 2, "except": ["ΠΕ70"]},
    {"kind": "appointed_between", "since": "2021-08-27", "until": "2022-08-17"},
    {"kind": "appointed_between", "since": "2022-08-17", "except": ["ΠΕ70"]},
    {"kind": "appointed_between", "until": "2021-08-27"},
    {"kind": "special_post"},
    {"kind": "cluster_any_of", "any": ["B2.3"]},
    {"kind": "specialty_in_cluster"},
    {"kind": "locality"},
)


@pytest.fixture
def crowd():
    """People who differ in one thing each; one has no record of a teacher."""
    made = [
        people.a_teacher(),
        people.a_teacher("ΠΕ04.01"),
        people.a_teacher("ΠΕ70", special_post=True),
        people.a_teacher("ΠΕ70", certificates=()),
        people.a_teacher(certificates=("A", "PAKE")),
        people.a_teacher(employment="substitute"),
        people.a_teacher(hours=0),
        people.a_teacher(leaves=((date(2023, 2, 1), None),)),
        people.a_teacher(leaves=((date(2022, 11, 1), date(2023, 2, 27)),)),
        *(people.a_teacher() for _ in range(3)),
    ]
    for someone, since in zip(
        made[-3:], (date(2021, 2, 28), date(2021, 3, 1), date(2020, 2, 29)), strict=True
    ):
        SchoolService.objects.filter(teacher__person=someone).update(valid_from=since)
    days = (date(2021, 8, 26), date(2021, 8, 27), date(2022, 8, 17), date(2022, 8, 18))
    made += [people.a_teacher(appointed_on=day) for day in days]
    people.a_person()
    return made


def accepted(profile, crowd):
    facts = {one.pk: profile_facts(Person.objects.get(pk=one.pk), DAY, "") for one in crowd}
    return {pk for pk, one in facts.items() if all(f.fulfilled for f in profile.check(one))}


def test_every_rule_and_every_pair_finds_those_whom_it_accepts(crowd):
    assert {row["kind"] for row in RULES} == set(KINDS)
    chosen = [[row] for row in RULES]
    chosen += [list(pair) for pair in combinations(RULES, 2) if pair[0]["kind"] != pair[1]["kind"]]
    for rows in chosen:
        profile = profiles.parse(rows)
        found = set(people_of(profile, DAY).values_list("pk", flat=True))
        assert found == accepted(profile, crowd), rows


def test_each_rule_of_the_list_tells_some_from_others(crowd):
    whole = {one.pk for one in crowd}
    counts = {
        rows["kind"]: len(accepted(profiles.parse([rows]), crowd))
        for rows in RULES
        if not KINDS[rows["kind"]].of_programme and rows["kind"] != "cluster_any_of"
    }
    assert all(0 < many < len(whole) for many in counts.values()), counts


def test_closed_accounts_and_people_without_a_record_are_left_out(crowd):
    crowd[0].is_active = False
    crowd[0].save()
    everybody = profiles.parse([{"kind": "certificate_none_of", "any": ["PAKE"]}])
    found = set(people_of(everybody, DAY).values_list("pk", flat=True))
    assert found == {one.pk for one in crowd} - {crowd[0].pk, crowd[4].pk}
