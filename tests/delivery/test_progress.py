"""Live progress: the same numbers at every level, exceptions first, for whoever may see them.

Shows: R-055.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from didaskaleio.delivery import queries
from didaskaleio.delivery.queries import progress
from didaskaleio.kernel.reports import Query, known
from didaskaleio.people.queries import actor_of
from didaskaleio.programmes.models import Programme
from tests.factories import delivery, people, structures
from tests.markup import markup

URL = reverse("delivery:progress")
DAY = timedelta(days=1)
LEVELS = ("region", "prefecture", "centre", "programme")
PARENTS = {
    "region": ("region", "centre__region"),
    "prefecture": ("prefecture", "centre__prefecture"),
    "centre": ("centre", "centre"),
}


@pytest.fixture
def country(db):
    """Three programmes in three prefectures of two regions, with sheets, absences and delays."""
    first = delivery.a_running_programme(3, signed=4, absent=(0,))
    period = first.period
    for code, trainees, signed in (("THS", 2, 2), ("KAS", 1, 0)):
        centre = structures.a_centre(code)
        delivery.a_running_programme(trainees, signed=signed, period=period, centre=centre)
    at = delivery.sessions_of(first)[4].ends_at + 2 * DAY
    return Programme.objects.all(), at


def lines(programmes, level, at):
    return progress.lines(progress.with_figures(programmes, at), level)


def test_the_parts_of_every_place_add_up_to_it_at_every_level(country):
    programmes, at = country
    whole = progress.total(lines(programmes, "region", at)).figures
    assert whole["programmes"] == 3
    assert whole["over"] == 1
    for level, below in pairwise(LEVELS):
        assert progress.total(lines(programmes, level, at)).figures == whole
        for line in lines(programmes, level, at):
            inside = programmes.filter(**{PARENTS[level][1]: line.key})
            parts = lines(inside, below, at)
            assert progress.total(parts).figures == line.figures, (level, line.name)


def test_the_map_and_the_report_carry_the_same_numbers(country):
    programmes, at = country
    whole = progress.total(lines(programmes, "region", at)).figures
    for figure in progress.FIGURES:
        assert (
            sum(progress.units(progress.with_figures(programmes, at), figure).values())
            == whole[figure]
        ), figure
    report = known["delivery.progress"]
    rows = report.selected(actor_of(people.ministry_officer(), at=at), at, Query())
    totals = report.totals(rows)
    found = dict(zip([column.name for column in report.columns], totals, strict=True))
    assert {name: found[name] for name in progress.FIGURES} == {
        name: whole[name] for name in progress.FIGURES
    }


def test_over_and_near_are_those_of_the_list_of_absences(country):
    programmes, at = country
    named = list(queries.near_or_over(programmes, at))
    whole = progress.total(lines(programmes, "programme", at)).figures
    assert whole["over"] == sum(row.standing.over for row in named)
    assert whole["near"] == sum(not row.standing.over for row in named)


def test_what_has_most_exceptions_stands_first(country):
    programmes, at = country
    found = [line.exceptions for line in lines(programmes, "programme", at)]
    assert found == sorted(found, reverse=True)
    assert found[0] > found[-1] > 0


def test_a_level_costs_the_same_queries_for_one_place_and_for_three(country):
    programmes, at = country
    costs = set()
    for rows in (programmes.filter(pk=programmes[0].pk), programmes):
        with CaptureQueriesContext(connection) as found:
            lines(rows, "centre", at)
            progress.units(progress.with_figures(rows, at), "late")
        costs.add(len(found))
    assert len(costs) == 1


def test_each_level_leads_to_the_next_and_back(country, client, login, set_clock):
    programmes, at = country
    set_clock(at)
    browse = login(client, people.ministry_officer())
    row = programmes.get(centre__prefecture__code="KOZ")
    centre = row.centre
    steps = {
        "": f"?region={centre.region_id}",
        f"?region={centre.region_id}": f"?prefecture={centre.prefecture_id}",
        f"?prefecture={centre.prefecture_id}": f"?centre={centre.pk}",
        f"?centre={centre.pk}": reverse("delivery:programme", args=[row.pk]),
    }
    for address, onwards in steps.items():
        assert f'href="{onwards}' in markup(browse.get(URL + address)), address
    back = markup(browse.get(f"{URL}?centre={centre.pk}"))
    assert f'href="?region={centre.region_id}' in back
    assert f'href="?prefecture={centre.prefecture_id}' in back


def test_bars_and_map_show_the_figure_that_is_asked(country, client, login, set_clock):
    _, at = country
    set_clock(at)
    browse = login(client, people.ministry_officer())
    text = markup(browse.get(URL, {"figure": "trainees"}))
    assert "Επιμορφούμενοι ανά περιφερειακή ενότητα" in text
    assert 'width="100.0"' in text
    assert "Εξαιρέσεις ανά περιφερειακή ενότητα" in markup(browse.get(URL, {"figure": "'x"}))


def test_everybody_sees_their_own_part(country, client, login, set_clock):
    programmes, at = country
    set_clock(at)
    row = programmes.get(centre__prefecture__code="KOZ")
    region, inspector = people.a_person(), people.a_person()
    people.a_post(region, "regional_officer", "region", row.centre.region)
    people.a_post(inspector, "inspector", "region", row.centre.region)
    seen = {
        "ministry": people.ministry_officer(),
        "officer": people.officer(),
        "region": region,
        "inspector": inspector,
        "centre": people.a_centre_manager(row.centre),
        "other body": people.officer("minedu"),
    }
    found = {
        name: login(client, person).get(URL).context["total"].figures["programmes"]
        for name, person in seen.items()
    }
    inside = programmes.filter(centre__region=row.centre.region).count()
    assert found == {
        "ministry": 3, "officer": 3, "region": inside, "inspector": inside, "centre": 1,
        "other body": 0,
    }  # fmt: skip
    assert login(client, people.a_teacher()).get(URL).status_code == 403


def test_who_reads_numbers_alone_is_led_to_no_names(country, client, login, set_clock):
    programmes, at = country
    set_clock(at)
    row = programmes[0]
    inspector = people.a_person()
    people.a_post(inspector, "inspector", "region", row.centre.region)
    text = markup(login(client, inspector).get(f"{URL}?centre={row.centre_id}"))
    assert row.code in text
    assert reverse("delivery:programme", args=[row.pk]) not in text


@given(st.lists(st.integers(0, 10_000), max_size=20))
def test_the_longest_bar_is_whole_and_no_bar_is_longer(values):
    lines = [
        progress.Line(n, str(n), dict.fromkeys((*progress.STATES, *progress.FIGURES), value))
        for n, value in enumerate(values)
    ]
    widths = [bar.width for bar in progress.bars(lines, "late")]
    assert all(0 <= width <= 100 for width in widths)
    assert max(widths, default=0) == (100 if any(values) else 0)
    assert progress.total(lines).figures["late"] == sum(values)
