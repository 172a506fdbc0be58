"""Presence in numbers: marks of signed sheets by region and centre, exceptions first, the map.

Shows: R-055.
"""

from __future__ import annotations

import pytest
from django.urls import reverse

from didaskaleio.observatory.queries import presence
from didaskaleio.programmes.models import Programme
from didaskaleio.structures.models import Region
from tests.factories import delivery, people
from tests.markup import markup

pytestmark = pytest.mark.django_db
URL = "/observatory/presence/"


def signed(away=1, **facts):
    """A programme of four with one signed sheet, some of them absent."""
    return delivery.a_running_programme(4, signed=1, absent=range(away), **facts)


def test_the_marks_of_signed_sheets_are_counted_once_by_place():
    programme = signed()
    (line,) = presence.lines(Programme.objects.all(), "region")
    region = programme.centre.region
    assert (line.key, line.name) == (region.pk, region.name)
    assert (line.marks, line.there, line.away, line.excused) == (4, 3, 1, 0)
    assert (line.share, line.percent) == (0.25, 25.0)
    (centre,) = presence.lines(Programme.objects.all(), "centre")
    assert (centre.name, centre.marks) == (programme.centre.name, 4)
    assert presence.units(Programme.objects.all()) == {programme.centre.regional_unit.code: 1}
    assert presence.total([line, line]).marks == 8
    assert presence.total([]).percent == 0.0


def test_where_most_is_missed_stands_first():
    least, most = signed(1), signed(3)
    names = [line.name for line in presence.lines(Programme.objects.all(), "centre")]
    assert names == [most.centre.name, least.centre.name]


def test_a_level_costs_one_query_for_one_place_and_for_three(django_assert_num_queries):
    for _ in range(2):
        signed()
        with django_assert_num_queries(1):
            presence.lines(Programme.objects.all(), "region")


def test_the_page_leads_from_the_country_to_the_programmes_of_a_centre(
    client, login, set_clock, at
):
    set_clock(at)
    programme = signed()
    browse = login(client, people.ministry_officer())
    shown = markup(browse.get(URL))
    assert f'href="?region={programme.centre.region_id}"' in shown
    assert "25,0 %" in shown
    assert "Απουσίες ανά περιφερειακή ενότητα" in shown
    shown = markup(browse.get(URL, {"region": programme.centre.region_id}))
    assert f"{reverse('delivery:progress')}?centre={programme.centre_id}" in shown


def test_an_officer_of_a_region_sees_that_region_alone_and_a_teacher_nothing(
    client, login, set_clock, at
):
    set_clock(at)
    programme = signed()
    other = people.a_person()
    people.a_post(other, "regional_officer", "region", Region.objects.get(code="AMT"))
    browse = login(client, other)
    assert programme.centre.region.name not in markup(browse.get(URL)).split("<main")[1]
    assert login(client, people.a_teacher()).get(URL).status_code == 403
