"""Meetings over the weeks: every part of the programme holds a face-to-face session.

Shows: R-031.
"""

from __future__ import annotations

from didaskaleio.programmes.timetable import Parameters
from didaskaleio.programmes.timetable.spreading import Choices, spread

APART = [(0, 1, 0), (0, 0, 1), (0, 1, 1), (0, 2, 0), (0, 0, 2)]


def week(*, face_to_face: bool) -> Choices:
    return (False, [(1, 0, 0), (1, 1, 0), (1, 0, 1), *APART] if face_to_face else APART)


def test_the_middle_part_gets_its_session_even_where_an_even_advance_would_pass_it_by() -> None:
    weeks = [week(face_to_face=index in {0, 1, 2, 3, 4, 5, 14}) for index in range(15)]
    chosen = spread(weeks, (3, 12, 5), Parameters())
    assert chosen
    held = [index for index, counts in chosen if counts[0]]
    assert [index // 5 for index in held] == [0, 1, 2]


def test_without_a_free_week_in_the_middle_part_there_is_no_spread() -> None:
    weeks = [week(face_to_face=index in {0, 1, 2, 14}) for index in range(15)]
    assert spread(weeks, (4, 10, 6), Parameters()) is None
