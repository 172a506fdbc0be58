"""A centre searches the register of trainers while it writes its proposal.

Shows: R-030.
"""

from __future__ import annotations

from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from didaskaleio.programmes.models import Programme
from didaskaleio.programmes.queries.trainers import find_trainers, one_trainer
from tests.factories import people, structures
from tests.factories import programmes as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def period():
    return make.a_period("proposing")


@pytest.fixture
def kozani():
    return structures.a_centre("KOZ")


def names(found):
    return [one.person.surname for one in found]


def search(period, centre, **asked):
    return find_trainers(period, centre.prefecture_id, **asked)


def test_trainers_of_the_centres_prefecture_come_first_then_by_name(period, kozani):
    people.a_trainer(surname="Αλφάδης", prefecture="THS")
    people.a_trainer(surname="Ωμεγάδης", prefecture="KOZ")
    people.a_trainer(surname="Βητάδης", prefecture="KOZ")
    found = search(period, kozani)
    assert names(found) == ["Βητάδης", "Ωμεγάδης", "Αλφάδης"]
    assert [one.near for one in found] == [True, True, False]
    assert found[0].places == ("Κοζάνη",)
    assert found[0].clusters == ("Β2.3",)


@pytest.mark.parametrize("words", ["αλφαδη", "ΑΛΦΆΔΗΣ", "θεσσαλ", "Θεσσαλονίκη αλφ"])
def test_words_are_parts_of_the_name_or_of_the_place_without_accents(period, kozani, words):
    people.a_trainer(surname="Αλφάδης", prefecture="THS")
    people.a_trainer(surname="Βητάδης", prefecture="KOZ")
    assert names(search(period, kozani, words=words)) == ["Αλφάδης"]


def test_only_trainers_of_the_cluster_valid_on_the_first_day_are_found(period, kozani):
    people.a_trainer(("B2.1",), surname="Αλφάδης")
    mine = people.a_trainer(surname="Βητάδης")
    ended = people.a_trainer(surname="Γαμμάδης")
    ended.trainer_profile.valid_until = date(2023, 3, 5)
    ended.trainer_profile.save()
    cluster = structures.a_cluster("B2.3").pk
    assert names(search(period, kozani, cluster_id=cluster)) == ["Βητάδης"]
    assert one_trainer(period, kozani.prefecture_id, ended.pk) == []
    assert names(one_trainer(period, kozani.prefecture_id, mine.pk)) == ["Βητάδης"]


def test_at_most_twenty_are_shown_with_the_same_queries_as_for_one(period, kozani):
    people.a_trainer()

    def asked():
        with CaptureQueriesContext(connection) as captured:
            found = search(period, kozani)
        return len(found), len(captured)

    amount, queries = asked()
    assert amount == 1
    for _ in range(21):
        people.a_trainer()
    assert asked() == (20, queries)


def test_how_busy_a_trainer_is_and_whether_the_hours_clash(period, kozani):
    trainer = people.a_trainer()
    make.a_programme("approved", period=period, trainer=trainer, start=time(17, 30))
    (free,) = search(period, kozani)
    assert (free.programmes, free.clashes) == (1, None)
    draft = make.a_programme("draft", period=period, centre=kozani, trainer=trainer, start=time(18))
    (busy,) = search(period, kozani, programme=draft)
    assert (busy.programmes, busy.clashes) == (1, 20)
    other = make.a_programme("draft", period=period, centre=kozani, trainer=trainer, start=time(20))
    (late,) = search(period, kozani, programme=other)
    assert late.clashes == 0


@pytest.fixture
def at_the_door(client, login, set_clock, period, kozani):
    set_clock(make.DATES["proposals_open"].replace(day=12))
    login(client, people.a_centre_manager(kozani))
    return client


def test_a_search_without_scripts_keeps_what_was_typed_and_saves_nothing(
    at_the_door, period, kozani
):
    mine = people.a_trainer(surname="Αλφάδης")
    people.a_trainer(surname="Βητάδης")
    values = {
        "category": period.action.categories.get(code="IIa").pk,
        "cluster": structures.a_cluster("B2.3").pk,
        "minimum": "11",
        "capacity": "14",
        "note": "Κοντά στη στάση",
        "q": "αλφ",
    }
    url = reverse("programmes:new", args=[period.pk])
    page = at_the_door.post(url, values | {"find": "1"}).content.decode()
    assert "Αλφάδης" in page
    assert "Βητάδης" not in page
    assert "Κοντά στη στάση" in page
    assert 'value="11"' in page
    assert not Programme.objects.exists()
    at_the_door.post(url, values | {"trainer": mine.pk})
    assert Programme.objects.get().trainer == mine


def test_the_live_results_keep_the_chosen_one_on_top(at_the_door, period, kozani):
    chosen = people.a_trainer(surname="Ωμεγάδης")
    people.a_trainer(surname="Αλφάδης")
    url = reverse("programmes:trainers", args=[period.pk, kozani.pk])
    page = at_the_door.get(url, {"q": "αλφ", "trainer": chosen.pk, "cluster": ""})
    assert names(page.context["shown"]) == ["Ωμεγάδης", "Αλφάδης"]
    assert page.content.decode().count(" checked") == 1
    draft = make.a_programme("draft", period=period, centre=kozani, trainer=chosen)
    mine = at_the_door.get(reverse("programmes:trainers-of", args=[draft.pk]), {"q": "ωμεγ"})
    assert names(mine.context["found"]) == ["Ωμεγάδης"]


def test_another_centre_does_not_search_in_this_ones_name(client, login, set_clock, period, kozani):
    set_clock(make.DATES["proposals_open"].replace(day=12))
    login(client, people.a_centre_manager(structures.a_centre("THS")))
    assert (
        client.get(reverse("programmes:trainers", args=[period.pk, kozani.pk])).status_code == 404
    )
