"""Means by region for a region and for the ministry: sums of what is shown by itself.

Shows: R-068.
"""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

from didaskaleio.structures.models import Region
from tests.factories import people
from tests.surveys.asking import a_closed, about

pytestmark = pytest.mark.django_db
URL = reverse("surveys:regions")


@pytest.fixture
def region():
    """An officer of the region of Κοζάνη."""
    person = people.a_person()
    people.a_post(person, "regional_officer", "region", Region.objects.get(code="DMA"))
    return person


def shown(page):
    return {line.name: (line.people, line.mean) for line in page.context.get("lines", [])}


@pytest.fixture
def answered(questionnaire, officer, at):
    for place, steps in (("KOZ", [5] * 6), ("KOZ", [1] * 4), ("LAR", [2] * 5)):
        a_closed(questionnaire, officer, at, steps, of=about(place))


def test_a_region_reads_its_own_mean_beside_the_country(answered, region, client, login):
    page = login(client, region).get(URL)
    assert shown(page) == {"Δυτική Μακεδονία": (6, Decimal("5.00"))}
    whole = page.context["whole"]
    assert (whole.people, whole.mean) == (11, Decimal("3.64"))


def test_the_ministry_reads_every_region(answered, client, login):
    page = login(client, people.ministry_officer()).get(URL)
    assert shown(page) == {
        "Δυτική Μακεδονία": (6, Decimal("5.00")),
        "Θεσσαλία": (5, Decimal("2.00")),
    }


def test_no_difference_of_the_two_views_leaves_fewer_than_five(answered, region, client, login):
    """The country less one region leaves whole surveys of five or more; the four are in neither."""
    mine = login(client, region).get(URL)
    whole, own = mine.context["whole"].people, sum(n for n, _ in shown(mine).values())
    assert whole - own in {0, 5}
    every = login(client, people.ministry_officer()).get(URL)
    assert sum(n for n, _ in shown(every).values()) == whole


def test_who_has_no_region_finds_nothing(answered, client, login):
    assert login(client, people.a_trainer()).get(URL).status_code == 403
    person = people.a_person()
    people.a_post(person, "regional_officer", "region", Region.objects.get(code="AMT"))
    assert shown(login(client, person).get(URL)) == {}
