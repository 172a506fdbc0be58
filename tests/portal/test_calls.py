"""Open calls stand on the public front page.

Shows: R-014.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from didaskaleio.portal import queries
from didaskaleio.registers.models import Call
from tests.factories.structures import a_body
from tests.markup import markup

pytestmark = pytest.mark.django_db


def a_call(at, title, **facts):
    facts = {"state": "published", "closes_at": at + timedelta(days=5), "number": title} | facts
    published = facts.pop("published_at", at - timedelta(days=1))
    return Call.objects.create(
        body=a_body(),
        title=title,
        fills_name="Μητρώο",
        opens_at=at - timedelta(hours=1),
        published_at=published,
        **facts,
    )


def test_the_latest_calls_that_are_open_stand_on_the_front_page(client, set_clock, at):
    set_clock(at)
    assert "Ανοιχτές προσκλήσεις" not in client.get(reverse("portal:front")).content.decode()
    a_call(at, "Πρόχειρη", state="draft")
    a_call(at, "Έληξε", closes_at=at - timedelta(minutes=1))
    older = [
        a_call(at, f"Παλιά {n}", published_at=at - timedelta(days=2 + n), number=str(n))
        for n in range(3)
    ]
    newest = a_call(at, "Νέα")
    found = queries.public_calls(at)
    assert (list(found["calls"]), found["many_calls"]) == ([newest, *older[:2]], 4)
    page = markup(client.get(reverse("portal:front")))
    assert reverse("registers:call", args=[newest.pk]) in page
    assert "Όλες οι προσκλήσεις (4)" in page
