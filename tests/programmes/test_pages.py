"""Pages of programmes for each role: who sees what, and with how many queries.

Shows: R-024, R-025, R-030, R-178.
"""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from didaskaleio.programmes.models import Programme
from didaskaleio.structures.models import ImplementingBody
from tests.factories import people, structures
from tests.factories import programmes as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(set_clock):
    """The doors' clock stands inside the window of proposals."""
    set_clock(make.DATES["proposals_open"].replace(day=12))


@pytest.fixture
def period():
    return make.a_period("proposing")


def get(client, name, *args):
    response = client.get(reverse(f"programmes:{name}", args=args))
    assert response.status_code == 200, (name, response.status_code)
    return response.content.decode()


def queries(client, name, *args):
    with CaptureQueriesContext(connection) as captured:
        get(client, name, *args)
    return len(captured)


def test_the_builder_shows_weeks_rules_hours_and_the_form_of_a_slot(client, login, period):
    programme = make.a_programme("draft", period=period)
    login(client, people.a_centre_manager(programme.centre))
    page = get(client, "timetable", programme.pk)
    assert "60 από 60 ώρες" in page
    assert "Όλοι οι κανόνες τηρούνται" in page
    assert "Διακοπές Πάσχα" in page
    slot = programme.slots.first()
    opened = client.get(reverse("programmes:timetable", args=[programme.pk]) + f"?slot={slot.pk}")
    assert "Αλλαγή τριώρου" in opened.content.decode()


def test_a_trial_says_what_would_break_and_saves_nothing(client, login, period):
    programme = make.a_programme("draft", period=period)
    login(client, people.a_centre_manager(programme.centre))
    slot = programme.slots.get(sequence=2)
    values = {"slot": slot.pk, "kind": "sync", "day": "2023-05-01", "start": "11:00"}
    page = client.post(reverse("programmes:trial", args=[programme.pk]), values).content.decode()
    assert "PUBLIC_HOLIDAY" in page
    assert "Δοκιμή, δεν έχει αποθηκευτεί" in page
    slot.refresh_from_db()
    assert str(slot.date) == "2023-03-08"


def test_a_slot_is_moved_by_a_plain_post(client, login, period):
    programme = make.a_programme("draft", period=period)
    login(client, people.a_centre_manager(programme.centre))
    slot = programme.slots.get(sequence=2)
    values = {"slot": slot.pk, "kind": "sync", "day": "2023-03-09", "start": "18:00"}
    response = client.post(reverse("programmes:slot", args=[programme.pk]), values)
    assert response.status_code == 302
    slot.refresh_from_db()
    assert (str(slot.date), str(slot.end)) == ("2023-03-09", "19:30:00")


def test_a_new_proposal_begins_with_its_code_and_leads_to_the_timetable(client, login, period):
    centre = structures.a_centre()
    login(client, people.a_centre_manager(centre))
    url = reverse("programmes:new", args=[period.pk])
    assert client.get(url).status_code == 200
    values = {
        "category": period.action.categories.get(code="IIa").pk,
        "cluster": structures.a_cluster("B2.3").pk,
        "minimum": "10",
        "capacity": "15",
    }
    client.post(url, values)
    made = Programme.objects.get(centre=centre)
    assert (made.code, made.state) == ("P00001", "draft")


def test_another_centres_draft_is_not_found(client, login, period):
    programme = make.a_programme("draft", period=period)
    login(client, people.a_centre_manager(structures.a_centre("THS")))
    for name in ("proposal", "timetable", "edit", "programme"):
        assert client.get(reverse(f"programmes:{name}", args=[programme.pk])).status_code == 404


def test_two_bodies_never_see_each_others_proposals(client, login, period):
    other = ImplementingBody.objects.exclude(pk=period.action.body_id).first()
    programme = make.a_programme("checked", period=period)
    login(client, people.officer(other.code))
    assert client.get(reverse("programmes:proposal", args=[programme.pk])).status_code == 404
    assert client.get(reverse("programmes:period", args=[period.pk])).status_code == 404
    assert programme.code not in get(client, "desk")


def test_an_officer_does_not_see_drafts(client, login, period):
    programme = make.a_programme("draft", period=period)
    login(client, people.officer())
    assert client.get(reverse("programmes:proposal", args=[programme.pk])).status_code == 404


def test_the_desk_shows_how_long_each_waits_and_filters(client, login, period):
    first = make.a_programme("checked", period=period)
    second = make.a_programme("checked", period=period, cluster="B2.1", category="IIb")
    login(client, people.officer())
    page = get(client, "desk")
    assert first.code in page
    assert "4 ημέρες" in page
    url = reverse("programmes:desk")
    only = client.get(f"{url}?cluster=B2.1").content.decode()
    assert second.code in only
    assert first.code not in only
    found = client.get(url, {"q": first.code}).content.decode()
    assert second.code not in found


def test_the_preview_says_what_passes_and_what_does_not_and_the_approval_does_it(
    client, login, period
):
    make.a_quota(period, "cluster", "B2.3", 1)
    rows = [make.a_programme("checked", period=period) for _ in range(2)]
    login(client, people.officer())
    ids = {"ids": [row.pk for row in rows]}
    page = client.post(reverse("programmes:preview", args=[period.pk]), ids).content.decode()
    assert "1 πρόγραμμα θα εγκριθεί" in page
    assert "1 από 1 προγράμματα" in page
    client.post(reverse("programmes:decide", args=[period.pk]), ids)
    states = Programme.objects.order_by("protocol").values_list("state", flat=True)
    assert list(states) == ["approved", "checked"]


def test_the_trainer_sees_the_draft_agrees_and_the_centre_is_told(client, login, period):
    programme = make.a_programme("draft", period=period)
    login(client, programme.trainer)
    assert programme.code in get(client, "trainer")
    get(client, "suggest", programme.pk)
    regulation = period.action.regulations.get()
    client.post(
        reverse("programmes:regulation-accept", args=[regulation.pk]), {"capacity": "trainer"}
    )
    client.post(reverse("programmes:agree", args=[programme.pk]), {"revision": 1})
    programme.refresh_from_db()
    assert programme.agreed


def test_a_stranger_reads_the_sheet_of_an_open_programme_and_the_regulation(client, period):
    programme = make.a_programme("open", period=period)
    page = get(client, "programme", programme.pk)
    assert "Δευτέρα 6 Μαρτίου 2023" in page
    assert "Κατοχή πιστοποιητικού" in page
    assert "20 συναντήσεις" in page
    assert "Άρθρο 4. Συστάδες" in get(client, "regulation", period.action.regulations.get().pk)


def test_every_officers_page_opens(client, login, period):
    programme = make.a_programme("checked", period=period)
    login(client, people.officer(role="body_head"))
    for name in ("proposal", "timetable"):
        expected = 200 if name == "proposal" else 404
        assert (
            client.get(reverse(f"programmes:{name}", args=[programme.pk])).status_code == expected
        )
    for name in ("period", "period-dates"):
        get(client, name, period.pk)
    for name in ("action", "parameters", "regulation-write"):
        get(client, name, period.action_id)
    get(client, "periods")


@pytest.mark.parametrize("name", ["centre", "trainer", "desk"])
def test_a_list_of_three_asks_no_more_than_a_list_of_one(client, login, period, name):
    centre, trainer = structures.a_centre(), people.a_trainer()
    person = {"centre": people.a_centre_manager(centre), "trainer": trainer,
              "desk": people.officer()}[name]  # fmt: skip
    login(client, person)
    make.a_programme("approved", period=period, centre=centre, trainer=trainer, slots=False)
    get(client, name)
    one = queries(client, name)
    for _ in range(2):
        make.a_programme("approved", period=period, centre=centre, trainer=trainer, slots=False)
    assert queries(client, name) == one


def test_the_period_page_asks_the_same_for_one_quota_of_a_kind_and_for_three(client, login, period):
    login(client, people.officer())
    make.a_quota(period, "cluster", "B2.3", 5)
    make.a_quota(period, "prefecture", "LAR", 5)
    get(client, "period", period.pk)
    one = queries(client, "period", period.pk)
    for cluster, prefecture in (("B2.1", "KOZ"), ("B2.2", "THS")):
        make.a_quota(period, "cluster", cluster, 5)
        make.a_quota(period, "prefecture", prefecture, 5)
    assert queries(client, "period", period.pk) == one
