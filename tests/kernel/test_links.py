"""An upper room puts its pages on the page of a lower one; who may not open them does not see them.

Shows: R-025.
"""

from __future__ import annotations

import pytest
from django.urls import reverse

from didaskaleio.kernel import links
from tests.factories import people, structures
from tests.factories import programmes as make

pytestmark = pytest.mark.django_db
FILLING = "Πλήρωση προγραμμάτων"


def labels(thing, actor):
    return [link.label for link in links.of(thing, actor)]


@pytest.mark.parametrize(
    ("state", "there"),
    [("draft", False), ("phase_a", False), ("drawn", True), ("phase_b", True),
     ("phase_b_closed", True), ("enrolling", True), ("closed", False)],
)  # fmt: skip
def test_a_link_stands_only_in_its_states(actor_for, state, there):
    officer = actor_for(people.officer())
    assert (FILLING in labels(make.a_period(state), officer)) is there


def test_a_link_leads_to_the_page_by_the_key_that_it_names(actor_for):
    period = make.a_period("phase_b")
    (link,) = [one for one in links.of(period, actor_for(people.officer())) if FILLING in one]
    assert link.url == reverse("enrolment:filling", args=[period.code])


def test_only_whoever_holds_the_permission_finds_the_link(actor_for):
    period = make.a_period("phase_b")
    assert labels(period, actor_for(people.officer("iep"))) == []
    assert FILLING not in labels(period, actor_for(people.ministry_officer()))


def test_a_link_about_something_that_is_not_there_is_hidden(actor_for):
    officer = actor_for(people.officer())
    assert labels(make.a_period("draft"), officer) == [
        "Ανακοίνωση με δέσμευση",
        "Στόχοι και ζήτηση",
        "Προγράμματα ανά κατάσταση και ημέρες αναμονής",
    ]


def test_a_link_to_a_report_narrows_it_to_the_object(actor_for):
    period = make.a_period("phase_b")
    found = {link.label: link.url for link in links.of(period, actor_for(people.officer()))}
    address = reverse("kernel:report", args=["enrolment.fill"])
    assert found["Πληρότητα προγραμμάτων"] == f"{address}?period={period.pk}"


def test_the_same_page_twice_on_one_kind_is_refused():
    with pytest.raises(ValueError, match="twice"):
        links.declare(links.declared[0])


def test_the_pages_of_period_and_programme_show_the_links(client, login):
    period = make.a_period("phase_b")
    programme = make.a_programme("viable", period=period)
    login(client, people.officer())
    page = client.get(reverse("programmes:period", args=[period.pk])).content.decode()
    assert reverse("enrolment:filling", args=[period.code]) in page
    login(client, people.a_centre_manager(programme.centre))
    page = client.get(reverse("programmes:proposal", args=[programme.pk])).content.decode()
    assert reverse("enrolment:places", args=[programme.pk]) in page
    login(client, people.a_centre_manager(structures.a_centre("THS")))
    assert client.get(reverse("programmes:proposal", args=[programme.pk])).status_code == 404
