"""Desks: rows by state with the count of each tab; the other filters of the page stay.

Shows: R-168.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db.models import Count, Value
from django.test import RequestFactory

from didaskaleio.kernel.models import Work
from didaskaleio.kernel.web import desks
from tests.factories.people import a_person
from tests.kernel.ui.drawing import drawn, text_of

pytestmark = pytest.mark.django_db
EVERY = desks.views(Work.State, "Όλες")
ENDED = desks.View("ended", "Τελείωσαν", frozenset({"done", "failed"}))


@pytest.fixture
def works():
    at = datetime(2023, 1, 18, 10, tzinfo=UTC)
    owner = a_person()
    states = ["waiting", "done", "done", "failed"]
    Work.objects.bulk_create(
        Work(title=f"{n}", state=s, at=at, owner=owner) for n, s in enumerate(states)
    )
    return Work.objects.order_by("title")


def desk_at(address, found, offered=EVERY, **more):
    return desks.by_state(RequestFactory().get(address), found, offered, **more)


def shown(desk):
    return [(tab.label, tab.many, tab.current) for tab in desk.tabs]


def test_each_state_has_a_tab_with_its_count_and_all_rows_stand_under_the_first(works):
    desk = desk_at("/x/", works)
    assert [row.title for row in desk.rows] == ["0", "1", "2", "3"]
    assert [(label, many) for label, many, _ in shown(desk)] == [
        ("Όλες", 4),
        *((s.label, {"waiting": 1, "done": 2, "failed": 1}.get(s, 0)) for s in Work.State),
    ]
    assert (desk.total, [tab.label for tab in desk.tabs if tab.current]) == (4, ["Όλες"])


def test_the_open_tab_narrows_the_rows_and_the_counts_stay(works):
    desk = desk_at("/x/?state=done", works)
    assert [row.title for row in desk.rows] == ["1", "2"]
    assert (desk.key, desk.total) == ("done", 4)


def test_a_tab_may_gather_states_and_be_the_one_that_opens(works):
    offered = [ENDED, *EVERY]
    desk = desk_at("/x/", works, offered, start="ended")
    assert [row.title for row in desk.rows] == ["1", "2", "3"]
    assert shown(desk)[0] == ("Τελείωσαν", 3, True)
    everything = desk_at("/x/?state=", works, offered, start="ended")
    assert (everything.key, everything.rows.count()) == ("", 4)


def test_a_word_that_is_no_tab_opens_the_first(works):
    assert desk_at("/x/?state=%00nothing", works, start="done").key == "done"


def test_counts_are_of_rows_however_they_are_joined_or_annotated(works):
    joined = works.annotate(n=Count("pk")).annotate(more=Value(1)).distinct()
    assert shown(desk_at("/x/", joined)) == shown(desk_at("/x/", works))


def test_a_tab_keeps_the_other_filters_and_leaves_the_page(works):
    desk = desk_at("/x/?q=%CE%B1&state=done&page=3", works)
    assert desk.tabs[0].url == "?q=%CE%B1&state="
    html = drawn("{% tabs desk.tabs %}", desk=desk)
    assert text_of(html).startswith("Όλες 4")
    assert html.count('aria-current="page"') == 1


@pytest.mark.parametrize("address", ["/x/", "/x/?state=done"])
def test_the_counts_are_one_query(works, address, django_assert_num_queries):
    with django_assert_num_queries(1):
        desk_at(address, works)
