"""The list of a centre with many programmes: filters, order, pages."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.factories import people, structures
from tests.factories import programmes as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre(client):
    """A centre with three programmes in two periods, and its manager signed in."""
    found = structures.a_centre()
    client.force_login(people.a_centre_manager(found))
    late, early = make.a_period(), make.a_period()
    early.first_day = early.first_day.replace(year=2022)
    early.save(update_fields=["first_day"])
    trainer = people.a_trainer(surname="Ωρολογιάδου")
    for code, period, state, person in (
        ("A1", late, "open", trainer),
        ("B1", late, "draft", None),
        ("C1", early, "documented", None),
    ):
        make.a_programme(state, period=period, centre=found, code=code, trainer=person, slots=False)
    return found


def listed(client, **asked):
    page = client.get(reverse("programmes:centre"), asked)
    assert page.status_code == 200
    return [programme.code for programme in page.context["page"]]


def test_without_a_question_the_newest_period_stands_first(client, centre):
    assert listed(client) == ["A1", "B1", "C1"]


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ({"q": "b1"}, ["B1"]),
        ({"q": "ωρολογιαδου"}, ["A1"]),
        ({"state": "documented"}, ["C1"]),
        ({"state": "nonsense"}, ["A1", "B1", "C1"]),
        ({"order": "-code"}, ["C1", "B1", "A1"]),
        ({"order": "period"}, ["C1", "A1", "B1"]),
        ({"order": "nonsense"}, ["A1", "B1", "C1"]),
        ({"q": "\0"}, ["A1", "B1", "C1"]),
        ({"period": "9" * 40}, []),
    ],
)
def test_filters_and_order(client, centre, asked, codes):
    assert listed(client, **asked) == codes


def test_only_what_occurs_is_offered(client, centre):
    page = client.get(reverse("programmes:centre"))
    assert [value for value, _label in page.context["states"]] == ["draft", "open", "documented"]
    (pk, _title), *_ = page.context["all_periods"]
    assert listed(client, period=str(pk)) == ["A1", "B1"]


def test_an_empty_answer_says_how_to_go_back(client, centre):
    text = client.get(reverse("programmes:centre"), {"q": "ανύπαρκτο"}).content.decode()
    assert "Κανένα πρόγραμμα με αυτά τα φίλτρα" in text
    assert "Καθαρισμός" in text
