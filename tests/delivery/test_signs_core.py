"""The pure cores of attendance: codes that change, signs that disagree, minutes that become marks.

Shows: R-052, R-053.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from didaskaleio.delivery.enums import Mark
from didaskaleio.delivery.rules import codes, signs
from didaskaleio.delivery.rules.signs import Ruled, Seen

KEY = b"key of the tests"
BEGINS = datetime(2023, 3, 6, 17, 30, tzinfo=UTC)
MOMENTS = st.integers(1_672_531_200, 1_893_456_000).map(lambda at: datetime.fromtimestamp(at, UTC))
MARKS = st.sampled_from([str(mark) for mark in Mark])
SEEN = st.builds(
    Seen,
    st.sampled_from(["list", "code", "file", "classroom"]),
    st.sampled_from(["present", "late", "absent"]),
    st.integers(1, 89),
    MOMENTS,
    MOMENTS,
    st.booleans(),
)


@given(MOMENTS, st.integers(1, 10**6))
def test_a_code_holds_for_its_window_and_the_next_and_never_after(at, session):
    told = codes.code(KEY, session, codes.window(at))
    end = codes.changes_at(at)
    assert codes.holds(KEY, session, told, at)
    assert codes.holds(KEY, session, told, end + timedelta(seconds=codes.WINDOW - 1))
    assert not codes.holds(KEY, session, told, end + timedelta(seconds=codes.WINDOW))
    assert not codes.holds(KEY, session + 1, told, at)
    assert 1 <= codes.seconds_left(at) <= codes.WINDOW


@given(MOMENTS)
def test_a_code_is_six_signs_that_both_alphabets_have(at):
    told = codes.code(KEY, 7, codes.window(at))
    assert len(told) == 6
    assert set(told) <= set(codes.LETTERS)
    assert codes.normal(f" {told[:3].lower()}-{told[3:]} ") == told


def test_the_code_of_a_known_moment_never_changes_with_the_version():
    assert codes.code(KEY, 7, codes.window(BEGINS)) == "T2E534"


@given(st.lists(SEEN, max_size=6), MARKS, st.integers(1, 89))
def test_signs_that_agree_never_wait_and_one_that_differs_does(seen, mark, late):
    waiting = signs.disagreeing(mark, late, seen, None)
    assert all(not signs.agree(mark, late, one.mark, one.late) for one in waiting)
    assert len({one.source for one in waiting}) == len(waiting)
    if mark == Mark.UNKNOWN:
        assert waiting == []


@given(st.lists(SEEN, max_size=6), st.sampled_from(["present", "late", "absent"]))
def test_after_a_decision_nothing_that_had_arrived_waits(seen, mark):
    last = max((one.received_at for one in seen), default=BEGINS)
    assert signs.disagreeing(mark, 10, seen, Ruled(mark, 10, last)) == []


def test_of_each_source_the_last_word_counts():
    early = Seen("file", "absent", 0, BEGINS, BEGINS)
    late = Seen("file", "present", 0, BEGINS + timedelta(minutes=1), BEGINS)
    assert signs.disagreeing("present", 0, [late, early], None) == []
    assert signs.disagreeing("absent", 0, [late, early], None) == [late]


def test_the_trainers_own_list_disagrees_only_where_it_was_overtaken():
    plain = Seen("list", "absent", 0, BEGINS, BEGINS)
    overtaken = Seen("list", "absent", 0, BEGINS, BEGINS, overtaken=True)
    assert signs.disagreeing("present", 0, [plain], None) == []
    assert signs.disagreeing("present", 0, [overtaken], None) == [overtaken]


def test_two_delays_are_the_same_within_five_minutes_and_excused_is_absent():
    assert signs.agree("late", 10, "late", 15)
    assert not signs.agree("late", 10, "late", 16)
    assert signs.agree("excused", 0, "absent", 0)
    assert not signs.agree("present", 0, "late", 3)


def test_arrival_becomes_a_mark_by_the_tolerance():
    def arrives(minutes):
        return signs.by_arrival(BEGINS + timedelta(minutes=minutes), BEGINS, 5, 90)

    assert arrives(-20) == arrives(5) == ("present", 0)
    assert arrives(6) == ("late", 6)
    assert arrives(400) == ("late", 89)


@given(st.integers(0, 200), st.integers(45, 180), st.integers(1, 45), st.integers(0, 20))
def test_minutes_become_one_of_three_marks(attended, full, least, tolerance):
    mark, late = signs.by_minutes(attended, full, least=least, tolerance=tolerance)
    assert (mark == "absent") == (min(attended, full) < least or attended < least)
    assert (mark == "late") == (late > 0)
    assert mark != "late" or late + min(attended, full) == full


def test_minutes_of_ninety():
    def attended(minutes):
        return signs.by_minutes(minutes, 90, least=30, tolerance=5)

    assert [attended(m) for m in (120, 85, 84, 30, 29)] == [
        ("present", 0), ("present", 0), ("late", 6), ("late", 60), ("absent", 0),
    ]  # fmt: skip
