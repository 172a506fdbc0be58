"""Small cells: nobody is recognised in a table, not even by subtraction.

Shows: R-079.
"""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from didaskaleio.observatory.cells import LEAST, hidden

TABLES = st.dictionaries(
    st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 1)),
    st.integers(1, 40),
    max_size=20,
)


def lines(keys):
    """The groups of every line and of the whole table."""
    for width in range(3):
        for held in combinations(range(3), width):
            found = {}
            for place, key in enumerate(keys):
                found.setdefault(tuple(key[n] for n in held), []).append(place)
            yield from found.values()


@given(TABLES)
def test_every_small_group_is_hidden(table):
    counts = list(table.values())
    gone = hidden(list(table), counts)
    assert all(place in gone for place, many in enumerate(counts) if many < LEAST)


@given(TABLES)
def test_no_hidden_group_comes_out_by_subtraction_from_a_line(table):
    keys, counts = list(table), list(table.values())
    gone = hidden(keys, counts)
    for line in lines(keys):
        away = [place for place in line if place in gone]
        whole = len(away) == len(line)
        assert not away or whole or (len(away) > 1 and sum(counts[p] for p in away) >= LEAST)


@given(TABLES.filter(lambda table: all(many >= LEAST for many in table.values())))
def test_a_table_of_large_groups_is_shown_whole(table):
    assert hidden(list(table), list(table.values())) == frozenset()


def test_the_smallest_other_group_goes_with_a_small_one():
    assert hidden([("a",), ("b",), ("c",)], [3, 90, 12]) == {0, 2}


def test_in_a_table_of_two_directions_a_square_goes():
    keys = [(row, col) for row in "ab" for col in "xyz"]
    assert hidden(keys, [2, 30, 40, 50, 20, 60]) == {0, 1, 3, 4}


def test_nothing_is_hidden_where_there_is_nothing():
    assert hidden([], []) == frozenset()
