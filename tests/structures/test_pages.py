"""Tests of structures.

Shows: R-078.
"""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from didaskaleio.people.enums import Role, Scope
from didaskaleio.structures import queries
from didaskaleio.structures.models import ClusterScheme, Region
from tests.factories.people import a_person, a_post, a_teacher, ministry_officer, officer
from tests.factories.structures import a_body, a_centre, a_prefecture

pytestmark = pytest.mark.django_db
DAY = date(2023, 1, 18)


def codes(q, level="B2"):
    scheme = ClusterScheme.objects.get(level=level, valid_until=None)
    return [
        (g.cluster.code, [m.specialty.code for m in g.members])
        for g in queries.cluster_groups(scheme, q)
    ]


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("PE 86", [("B2.4", ["ΠΕ86"])]),
        ("ΠΕ19", [("B2.4", ["ΠΕ86"])]),
        ("ΠΕ86.50", [("B2.4", ["ΠΕ86"])]),
        ("μαθηματικοί", [("B2.3", ["ΠΕ03"])]),
        ("ΜΑΘΗΜΑΤΙΚΟΙ", [("B2.3", ["ΠΕ03"])]),
        ("Θεραπευτών Λόγου", []),
    ],
)
def test_a_specialty_is_found_by_code_old_code_and_name(q, found):
    assert codes(q) == found


def test_all_clusters_are_shown_when_nothing_is_asked(client):
    assert len(codes("")) == 13
    page = client.get(reverse("structures:clusters")).content.decode()
    assert page.count("πρόταση, εκκρεμεί απόφαση") == 43
    assert "Β2.13" in page


def test_an_unknown_specialty_says_what_to_write(client):
    page = client.get(reverse("structures:clusters"), {"q": "κάτι άλλο"}).content.decode()
    assert "Γράψτε τον κωδικό όπως ΠΕ86" in page


def test_centres_are_found_by_place_and_by_words():
    kozani, crete = a_centre("KOZ", name="Κ.Σ.Ε. Άλφα"), a_centre("HER", name="Κ.Σ.Ε. Βήτα")
    find = lambda **asked: list(queries.centres(day=DAY, **asked))  # noqa: E731
    assert find() == [crete, kozani]
    assert find(region=Region.objects.get(code="KRI")) == [crete]
    assert find(prefecture=a_prefecture("KOZ")) == [kozani]
    assert find(q="αλφα") == [kozani]
    assert find(q="ΗΡΑΚΛΕΙΟ") == [crete]
    assert find(q="αλφα ηράκλειο") == []


def test_a_centre_whose_approval_ended_is_not_listed():
    a_centre(approved_until=date(2023, 1, 17))
    a_centre(approved_from=date(2023, 1, 19))
    last = a_centre(approved_until=DAY)
    assert list(queries.centres(day=DAY)) == [last]


def test_a_stranger_reads_the_directory_and_a_centre_with_its_rooms(client):
    centre = a_centre(rooms=(15, 12))
    assert centre.name in client.get(reverse("structures:centres")).content.decode()
    page = client.get(reverse("structures:centre", args=[centre.pk])).content.decode()
    assert "Εργαστήριο 1" in page
    assert "Εργαστήριο 2" in page
    assert client.get(reverse("structures:centre", args=[0])).status_code == 404


def test_the_directory_asks_the_same_whatever_its_length(client):
    def cost():
        with CaptureQueriesContext(connection) as queries_made:
            assert client.get(reverse("structures:centres")).status_code == 200
        return len(queries_made)

    a_centre()
    first = cost()
    a_centre("HER")
    a_centre("CHA")
    assert cost() == first


def test_an_officer_of_the_body_reads_the_project(client, login):
    login(client, officer("itye"))
    page = client.get(reverse("structures:project", args=["5084974"])).content.decode()
    for wanted in ("5000065", "12.600", "15.000", "Ευρωπαϊκό Κοινωνικό Ταμείο", "Ισχύει"):
        assert wanted in page
    assert "5084974" in client.get(reverse("structures:projects")).content.decode()


def test_the_other_body_and_a_teacher_do_not_see_the_project(client, login):
    for person in (officer("iep"), a_teacher()):
        login(client, person)
        assert client.get(reverse("structures:project", args=["5084974"])).status_code == 404
        assert "5084974" not in client.get(reverse("structures:projects")).content.decode()


def test_the_ministry_and_a_planner_see_it_and_a_stranger_signs_in_first(client, login):
    url = reverse("structures:project", args=["5084974"])
    assert client.get(url).status_code == 302
    planner = a_person()
    a_post(planner, Role.PLANNER, Scope.BODY, a_body())
    for person in (ministry_officer(), planner):
        assert login(client, person).get(url).status_code == 200
