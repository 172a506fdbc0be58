"""Quotas of a period are set from lists, a centre's after a search.

Shows: R-030.
"""

from __future__ import annotations

import pytest
from django.urls import reverse

from didaskaleio.programmes.queries import quotas
from tests.factories import people, structures
from tests.factories.programmes import a_period

pytestmark = pytest.mark.django_db


def keys(choices, wanted):
    return [key for kind, _label, found in choices if kind == wanted for key, _name in found]


def test_clusters_and_prefectures_are_listed_and_a_centre_is_searched_for():
    period = a_period("proposing")
    centre = structures.a_centre("KOZ")
    whole = quotas.choices(period)
    assert "B2.3" in keys(whole, "cluster")
    assert "KOZ" in keys(whole, "prefecture")
    assert keys(whole, "centre") == []
    assert keys(quotas.choices(period, centre.name), "centre") == [centre.code]
    assert keys(quotas.choices(period, centre.code.lower()), "centre") == [centre.code]
    assert keys(quotas.choices(period, "ανύπαρκτο"), "centre") == []


def test_the_officer_chooses_from_the_lists_and_reads_names(client, login):
    period, centre = a_period("proposing"), structures.a_centre("KOZ")
    login(client, people.officer())
    url = reverse("programmes:period", args=[period.pk])
    found = client.get(url, {"centre": centre.name}).content.decode()
    assert f'<option value="{centre.code}">{centre.name}' in found
    save = reverse("programmes:period-quota", args=[period.pk])
    for kind, key in (("cluster", "B2.3"), ("centre", centre.code)):
        client.post(save, {"kind": kind, "key": key, "limit": "4"})
    page = client.get(url).content.decode()
    assert set(period.quotas.values_list("kind", "key", "limit")) == {
        ("cluster", "B2.3", 4),
        ("centre", centre.code, 4),
    }
    assert f'{centre.name} <span class="quiet small">{centre.code}</span>' in page


def test_who_does_not_manage_the_period_is_offered_no_choice(client, login):
    period = a_period("proposing")
    page = login(client, people.ministry_officer()).get(
        reverse("programmes:period", args=[period.pk])
    )
    assert page.context["quota_choices"] == []
