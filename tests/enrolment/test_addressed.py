"""An action of some schools or prefectures: who sees it, who may apply, and why not.

Shows: R-024, R-036.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from didaskaleio.enrolment import eligibility
from didaskaleio.enrolment.queries import owed, standing
from didaskaleio.programmes.models import AddressedPrefecture, AddressedSchool
from tests.factories import people, structures
from tests.factories import programmes as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def period(db):
    return make.a_period("phase_a", action=make.an_action(addressed_to="schools"))


@pytest.fixture
def at(period):
    return period.phase_a_opens + timedelta(hours=2)


def named(period, person):
    """The school of the person is one of the action."""
    school = person.teacher.services.get().school
    AddressedSchool.objects.create(action=period.action, school=school, group="Όμιλος")
    return school


def finding(period, person, at):
    found = standing.standing(period, person.pk, None, at).findings
    return next(f for f in found if f.code == "NOT_ADDRESSED")


def test_whoever_serves_at_a_named_school_sees_the_period_and_may_apply(period, at):
    inside, outside = people.a_teacher(), people.a_teacher()
    school = named(period, inside)
    told = finding(period, inside, at)
    assert (told.fulfilled, told.sentence) == (
        True,
        f"Η δράση απευθύνεται στο σχολείο σας: {school.name}.",
    )
    assert standing.standing(period, inside.pk, None, at).eligible
    assert list(standing.taking_applications(at, inside.pk)) == [period]
    assert list(standing.taking_applications(at, outside.pk)) == []
    assert standing.current_period(inside.pk) == period
    assert standing.current_period(outside.pk) is None


def test_whoever_serves_elsewhere_reads_why_not(period, at):
    named(period, people.a_teacher())
    outside = people.a_teacher()
    told = finding(period, outside, at)
    where = outside.teacher.services.get().school.name
    assert told.forbids
    assert told.sentence == (
        f"Η δράση δεν απευθύνεται στο σχολείο σας (Σχολεία: Όμιλος). Υπηρετείτε: {where}."
    )
    assert told.article == "Κανονιστικό Πλαίσιο, άρθρο 3"
    assert "MySchool" in told.remedy


def test_prefectures_decide_by_the_place_of_the_school(period, at):
    period.action.addressed_to = "prefectures"
    period.action.save()
    AddressedPrefecture.objects.create(
        action=period.action, prefecture=structures.a_prefecture("LAR")
    )
    near, far = people.a_teacher(prefecture="LAR"), people.a_teacher(prefecture="KOZ")
    assert finding(period, near, at).fulfilled
    assert not finding(period, far, at).fulfilled
    assert standing.current_period(near.pk) == period
    assert standing.current_period(far.pk) is None


def test_an_action_of_the_whole_country_has_no_such_rule(at):
    period = make.a_period("phase_a")
    found = standing.standing(period, people.a_teacher().pk, None, at).findings
    assert eligibility.Code.NOT_ADDRESSED not in {f.code for f in found}


def test_the_catalogue_of_a_period_of_others_says_why(client, login, set_clock, period, at):
    named(period, people.a_teacher())
    outside = people.a_teacher()
    set_clock(at)
    login(client, outside)
    url = reverse("enrolment:catalogue")
    words = client.get(url, {"period": period.code}).content.decode()
    assert "Η δράση δεν απευθύνεται στο σχολείο σας" in words


def test_a_compulsory_action_is_owed_only_where_it_is_addressed_to(at):
    action = make.an_action(addressed_to="schools", compulsory=True)
    inside, outside = people.a_teacher(), people.a_teacher()
    school = inside.teacher.services.get().school
    AddressedSchool.objects.create(action=action, school=school)
    owing = set(owed.owed_by(action, at).values_list("pk", flat=True))
    assert inside.pk in owing
    assert outside.pk not in owing
    assert owed.still_owed(inside.pk, at) == [action]
    assert owed.still_owed(outside.pk, at) == []
