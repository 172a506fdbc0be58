"""Which cells may be shown: nothing of fewer than five, nothing that follows from what is shown.

Shows: R-068.
"""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from didaskaleio.surveys.suppression import SMALLEST, shown, shown_each

STEPS = [1, 2, 3, 4, 5]
SMALL = st.lists(st.integers(0, 9), min_size=2, max_size=5)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([0, 0, 0, 0, 4], (None,) * 5),
        ([0, 0, 0, 6, 8], (0, 0, 0, 6, 8)),
        ([0, 0, 3, 7, 9], (0, 0, None, None, None)),
        ([0, 0, 0, 0, 5], (0, 0, 0, 0, 5)),
        ([1, 2, 4, 5, 6], (None, None, None, 5, 6)),
    ],
)
def test_a_small_cell_of_a_scale_is_hidden_with_as_many_others_as_it_takes(counts, expected):
    assert shown(counts, STEPS) == expected


def test_a_single_small_cell_takes_another_one_along():
    assert shown([3, 9, 20]) == (None, None, 20)


def _worlds(counts, cells, weights):
    """Every distribution that agrees with what is shown."""
    total, people = sum(c * w for c, w in zip(counts, weights, strict=True)), sum(counts)
    ranges = [range(people + 1) if cell is None else [cell] for cell in cells]
    return [
        world
        for world in product(*ranges)
        if sum(world) == people and sum(c * w for c, w in zip(world, weights, strict=True)) == total
    ]


@given(SMALL)
def test_no_hidden_cell_follows_from_the_others_with_the_mean(counts):
    weights = STEPS[: len(counts)]
    cells = shown(counts, weights)
    if None not in cells or not any(cells):
        return  # all is shown, or nothing but the mean
    worlds = _worlds(counts, cells, weights)
    for place, cell in enumerate(cells):
        assert cell is not None or len({world[place] for world in worlds}) > 1


@given(SMALL)
def test_no_shown_cell_is_smaller_than_five_people(counts):
    for cell in (*shown(counts, STEPS[: len(counts)]), *shown(counts)):
        assert cell is None or cell == 0 or cell >= SMALLEST


@given(SMALL)
def test_what_is_shown_is_true(counts):
    cells = shown(counts, STEPS[: len(counts)])
    assert all(cell in {None, count} for cell, count in zip(cells, counts, strict=True))


@given(st.lists(st.integers(0, 12), min_size=1, max_size=6), st.integers(12, 20))
def test_of_several_choices_neither_those_who_chose_nor_those_who_did_not_are_few(counts, asked):
    for cell, count in zip(shown_each(counts, asked), counts, strict=True):
        few = 0 < count < SMALLEST or 0 < asked - count < SMALLEST
        assert cell == (None if few else count)
