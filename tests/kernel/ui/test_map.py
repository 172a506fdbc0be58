"""The map of tiles: every unit in its place, the same figures in a table.

Shows: R-167.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from didaskaleio.kernel import tilemap
from tests.kernel.ui.drawing import drawn


def test_the_map_has_all_units_in_places_of_their_own():
    places = tilemap.places()
    assert len(places) == 74
    assert len({p.code for p in places}) == 74
    assert len({(p.row, p.col) for p in places}) == 74


def test_the_map_tells_the_same_figures_in_a_table():
    html = drawn('{% tilemap values "Προγράμματα" %}', values={"KOZ": 1200, "DRA": 3})
    assert '<th scope="row">Π.Ε. Κοζάνης</th><td class="num">1.200</td>' in html
    assert "<title>Π.Ε. Δράμας: 3</title>" in html
    assert html.count("<title>") == 74
    assert "μηδέν: 72 από τις 74" in html


def test_a_map_of_nothing_has_neither_key_nor_rows():
    html = drawn('{% tilemap values "Προγράμματα" %}', values={})
    assert 'class="key"' not in html
    assert "<td" not in html


def test_a_code_of_no_unit_is_refused():
    with pytest.raises(KeyError, match="XYZ"):
        tilemap.tilemap({"XYZ": 1})


def test_classes_are_narrow_where_most_units_are():
    assert tilemap.bounds(30) == [2, 5, 11, 20, 30]
    assert tilemap.bounds(1) == [1]
    assert tilemap.bounds(0) == []


@given(st.integers(min_value=1, max_value=5_000), st.data())
def test_more_is_never_lighter_and_the_most_is_the_darkest(most, data):
    ends = tilemap.bounds(most)
    less = data.draw(st.integers(min_value=0, max_value=most))
    assert tilemap.step_of(less, ends) <= tilemap.step_of(most, ends) == tilemap.STEPS
