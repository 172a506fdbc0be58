"""The eligibility of an application runs the rules of the course's profile, each of them.

Shows: R-003, R-036.
"""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from didaskaleio.courses import profiles
from didaskaleio.enrolment import eligibility
from didaskaleio.enrolment.eligibility import Code, Held, Named, PersonFacts, Serving
from didaskaleio.enrolment.queries import facts
from didaskaleio.people.models import SchoolService
from didaskaleio.programmes.models import TrainingPeriod
from didaskaleio.programmes.parameters import Parameters
from tests.factories import people
from tests.factories.programmes import a_period

PERIOD = TrainingPeriod(first_day=date(2023, 3, 6), last_day=date(2023, 7, 2))
OF_PROFILE = {
    Code.NOT_TEACHING,
    Code.NO_B1,
    Code.ALREADY_B,
    Code.EMPLOYMENT,
    Code.PROFILE,
}
SPECIALTIES = ("ΠΕ03", "ΠΕ04.01", "ΠΕ86", "ΠΕ86.50", "ΠΕ02.50")
CLUSTERS = ("B2.1", "B2.3", "B2.13")
SCHOOL = Serving("1ο Δοκιμαστικό Γυμνάσιο", 20, Named("KOZ", "Κοζάνη"), date(2020, 9, 1))


def some(values):
    return st.lists(st.sampled_from(sorted(values)), min_size=1, max_size=3, unique=True)


def rule(kind, **parts):
    spared = st.lists(st.sampled_from(["ΠΕ03", "ΠΕ86"]), max_size=1)
    return st.fixed_dictionaries({"kind": st.just(kind), "except": spared} | parts)


RULES = st.lists(
    st.one_of(
        rule("will_teach"),
        rule("certificate_any_of", any=some(profiles.CERTIFICATES)),
        rule("certificate_none_of", any=some(profiles.CERTIFICATES)),
        rule("employment_any_of", any=some(profiles.EMPLOYMENTS)),
        rule("specialty_any_of", any=some(["ΠΕ03", "ΠΕ04", "ΠΕ86"])),
        rule("cluster_any_of", any=some(CLUSTERS)),
        rule("service_years", least=st.integers(1, 10)),
        rule("special_post"),
    ),
    min_size=1,
    max_size=6,
)
FACTS = st.builds(
    profiles.Facts,
    certificates=st.frozensets(st.sampled_from(sorted(profiles.CERTIFICATES)), max_size=3),
    clusters=st.frozensets(st.sampled_from(CLUSTERS), max_size=2),
    specialty=st.sampled_from(SPECIALTIES),
    employment=st.sampled_from(sorted(profiles.EMPLOYMENTS)),
    will_teach=st.booleans(),
    service_years=st.none() | st.integers(0, 12),
)


def as_applicant(known):
    """The same person as eligibility knows one."""
    label = profiles.CERTIFICATES.get
    return PersonFacts(
        known.specialty,
        employment=profiles.EMPLOYMENTS[known.employment],
        clusters=tuple(Named(code, code) for code in sorted(known.clusters)),
        services=(SCHOOL,) if known.will_teach else (),
        certificates=tuple(
            Held(kind, label(kind), "1", date(2019, 1, 7)) for kind in sorted(known.certificates)
        ),
        service_years=known.service_years,
    )


def allowed(rows):
    try:
        return profiles.parse(rows)
    except profiles.ProfileError:
        return None


@given(RULES, FACTS)
def test_an_application_and_the_authors_trial_never_disagree(rows, known):
    profile = allowed(rows)
    if profile is None:
        return
    about = facts.profile_facts(PERIOD, rows, Parameters())
    found = eligibility.general(as_applicant(known), about)
    refused = [f for f in found if f.code in OF_PROFILE and f.forbids]
    assert bool(refused) == (not all(f.fulfilled for f in profile.check(known)))


def test_a_rule_that_eligibility_has_no_words_for_is_said_as_its_course_says_it():
    rows = [{"kind": "service_years", "least": 5, "article": 6}]
    about = facts.profile_facts(PERIOD, rows, Parameters())
    person = PersonFacts("ΠΕ03", service_years=2)
    found = [f for f in eligibility.general(person, about) if f.code == Code.PROFILE]
    assert [(f.title, f.article, f.forbids) for f in found] == [
        ("Έτη υπηρέτησης", "Κανονιστικό Πλαίσιο, άρθρο 6", True)
    ]
    assert found[0].sentence.startswith("Χρειάζεται υπηρέτηση τουλάχιστον 5 συμπληρωμένα έτη")


def test_another_certificate_than_b1_is_asked_by_its_own_name():
    rows = [{"kind": "certificate_any_of", "any": ["A"]}]
    about = facts.profile_facts(PERIOD, rows, Parameters())
    found = next(f for f in eligibility.general(PersonFacts("ΠΕ03"), about) if f.code == Code.NO_B1)
    assert found.title == "Πιστοποίηση Τ.Π.Ε. Α΄ επιπέδου"
    assert "Β1" not in found.sentence


@pytest.mark.django_db
def test_years_of_service_are_read_only_where_a_profile_asks_for_them():
    period = a_period()
    teacher = people.a_teacher()
    service = SchoolService.objects.get(teacher__person=teacher)
    service.valid_from = date(period.first_day.year - 4, period.first_day.month, 28)
    service.save()
    assert facts.facts_of(teacher.pk, period).service_years is None
    version = period.action.course_version
    version.trainee_profile = [{"kind": "service_years", "least": 2}]
    version.save()
    assert facts.facts_of(teacher.pk, period).service_years == 3


@pytest.mark.django_db
def test_the_short_way_of_phase_b_leaves_every_other_rule_to_the_operation():
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'enrolment_plain_claim'")
        source = cursor.fetchone()[0]
    known = {"certificate_any_of", "certificate_none_of", "will_teach"}
    known |= {"specialty_in_cluster", "locality"}
    assert {kind for kind in profiles.KINDS if f"WHEN '{kind}'" in source} == known
    assert "ELSE true" in source
