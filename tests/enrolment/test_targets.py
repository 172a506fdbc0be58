"""Targets beside seats, eligible teachers, demand and places; allocation; the meter of demand.

Shows: R-024, R-047, R-172.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from didaskaleio.enrolment.operations import counting
from didaskaleio.enrolment.queries import targets
from didaskaleio.enrolment.queries.demand import FEWEST_SHOWN, Demand
from didaskaleio.kernel import reports
from didaskaleio.kernel.reports import Query
from didaskaleio.people.queries import actor_of
from didaskaleio.programmes.models import ActionTarget
from tests.factories import enrolment as make
from tests.factories import people, programmes, structures

pytestmark = pytest.mark.django_db


@pytest.fixture
def period(db):
    return programmes.a_period("drawn")


@pytest.fixture
def at(period):
    return period.phase_b_opens


@pytest.fixture
def world(period, at):
    """Kozani with 30 seats and three applicants, Larissa with 15 and one; all counted."""
    koz, lar = structures.a_centre("KOZ"), structures.a_centre("LAR")
    first = programmes.a_programme("viable", period=period, centre=koz)
    second = programmes.a_programme("viable", period=period, centre=koz, category="IIb")
    programmes.a_programme("viable", period=period, centre=lar, cluster="B2.1")
    programmes.a_programme("draft", period=period, centre=lar)
    make.an_application(period=period, preferences=[first, second], programme=first, state="placed")
    make.an_application(
        period=period, preferences=[first, second], programme=second, state="placed"
    )
    make.an_application(period=period, preferences=[first], state="runner_up")
    person = people.a_teacher("ΠΕ02", prefecture="LAR")
    make.an_application(period=period, person=person, preferences=[first], state="runner_up")
    region = structures.a_prefecture("KOZ").region
    cluster = structures.a_cluster("B2.3")
    ActionTarget.objects.create(action=period.action, region=region, cluster=cluster, people=40)
    ActionTarget.objects.create(action=period.action, cluster=cluster, people=25)
    counting.count_participation(period, at=at)
    return region


FIGURES = ("target", "seats", "eligible", "applied", "placed")


def line(period, by, label, cluster=""):
    rows = {row.titled: row for row in targets.compared(period, by, cluster)}
    return tuple(getattr(rows[label], name) for name in FIGURES)


def test_a_region_shows_its_target_beside_seats_people_and_places(period, world):
    assert line(period, "region", world.name) == (40, 30, 3, 3, 2)
    larissa = structures.a_prefecture("LAR").region.name
    assert line(period, "region", larissa) == (0, 15, 1, 1, 0)
    assert len(targets.compared(period, "region")) == 13


def test_a_cluster_counts_its_targets_of_all_regions(period, world):
    title = structures.a_cluster("B2.3").title
    assert line(period, "cluster", title) == (65, 30, 3, 3, 2)
    assert line(period, "region", world.name, cluster="B2.1") == (0, 0, 0, 0, 0)


def test_a_category_counts_first_wishes_and_places(period, world):
    assert line(period, "category", "ΙΙa") == (0, 30, 0, 4, 1)
    assert line(period, "category", "ΙΙb") == (0, 15, 0, 0, 1)


def test_the_map_tells_the_units_of_a_measure(period, world):
    assert targets.on_map(period, "seats") == {"KOZ": 30, "LAR": 15}
    assert targets.on_map(period, "applied") == {"KOZ": 3, "LAR": 1}
    assert targets.on_map(period, "placed", "B2.1") == {}


def test_the_parts_add_up_to_the_whole_however_people_are_told_apart(period, world):
    sums = {
        by: [sum(getattr(row, name) for row in targets.compared(period, by)) for name in FIGURES]
        for by in ("region", "cluster", "prefecture")
    }
    assert sums["region"][1:] == sums["cluster"][1:] == sums["prefecture"][1:] == [45, 4, 4, 2]


def test_the_allocation_shows_seats_each_choices_and_who_has_none(period, world):
    rows = {row.titled: row for row in targets.compared(period, "prefecture")}
    found = rows["Κοζάνη"]
    assert (found.seats_each, found.first_share, found.second_share) == (10.0, 0.5, 0.5)
    assert found.unplaced == 1
    assert rows["Λάρισα"].first_share is None
    assert rows["Λάρισα"].unplaced == 1


@pytest.fixture
def officer(period):
    return people.officer(period.action.body.code)


@pytest.mark.parametrize(
    ("name", "last"),
    [
        ("enrolment.targets", [40, 45, 4, 4, 2]),
        ("enrolment.allocation", [45, 4, None, 4, 2, None, None, 2]),
    ],
)
def test_a_report_adds_up_what_its_page_shows(period, world, officer, at, name, last):
    actor = actor_of(officer, at=at)
    rows = reports.known[name].selected(actor, at, Query({"period": str(period.pk)}))
    assert reports.known[name].totals(rows)[1:] == last


def test_an_officer_of_another_body_finds_nothing_in_the_reports(period, world, at):
    actor = actor_of(people.officer("iep"), at=at)
    for name in ("enrolment.targets", "enrolment.allocation"):
        rows = reports.known[name].selected(actor, at, Query({"period": str(period.pk)}))
        assert list(rows) == []


def test_the_page_shows_the_comparison_and_asks_the_same_whatever_there_is(
    client, login, set_clock, period, world, officer, at
):
    set_clock(at)
    login(client, officer)
    url = reverse("enrolment:targets", args=[period.code])

    def asked():
        with CaptureQueriesContext(connection) as found:
            words = client.get(url).content.decode()
        assert world.name in words
        return len(found)

    before = asked()
    for _ in range(3):
        programmes.a_programme("viable", period=period)
        make.an_application(period=period, person=people.a_teacher(prefecture="DRA"))
    counting.count_participation(period, at=at)
    assert asked() == before
    for by in ("cluster", "category", "nothing"):
        assert client.get(url, {"by": by, "map": "seats", "cluster": "B2.3"}).status_code == 200


# --- the meter of demand ---


@given(st.integers(0, 40), st.integers(0, 40))
def test_a_teacher_reads_a_number_only_where_nobody_can_be_told_apart(total, first):
    told = Demand(total, min(first, total))
    if total < FEWEST_SHOWN:
        assert told.words == "κάτω από 5 αιτήσεις"
        assert told.band == FEWEST_SHOWN - 1
    else:
        assert told.words == f"{total} αιτήσεις"
        assert told.band == total
    assert ("κάτω από 5" in told.first_words) == (told.first < FEWEST_SHOWN)


def test_the_centre_and_the_officer_read_the_demand_exactly(at):
    period = programmes.a_period("phase_a")
    centre = structures.a_centre("KOZ")
    own = programmes.a_programme("open", period=period, centre=centre)
    other = programmes.a_programme("open", period=period)
    for wishes in ([own, other], [own], [other]):
        make.an_application(period=period, preferences=wishes)
    report, now = reports.known["enrolment.demand"], period.phase_a_opens + timedelta(days=1)

    def told(person):
        rows = report.selected(actor_of(person, at=now), now, Query())
        return {row.code: (row.listed, row.wished, row.missing) for row in rows}

    assert told(people.a_centre_manager(centre)) == {own.code: (2, 2, 8)}
    both = {own.code: (2, 2, 8), other.code: (2, 1, 8)}
    assert told(people.officer(period.action.body.code)) == both
    assert told(people.officer("iep")) == {}
