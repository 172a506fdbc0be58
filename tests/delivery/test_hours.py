"""Hours of absence, exactly and for every input."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from didaskaleio.delivery.hours import (
    Ahead,
    Entry,
    Rules,
    Standing,
    absence_hours,
    late_hours,
    rules_of,
    standing,
)
from didaskaleio.programmes.parameters import DEFAULTS

RULES = Rules()
marks = st.sampled_from(["unknown", "present", "late", "absent", "excused"])
entries = st.builds(
    Entry,
    mark=marks,
    minutes=st.integers(0, 135),
    hours=st.integers(1, 3),
    asynchronous=st.integers(0, 1),
    async_done=st.sampled_from([None, True, False]),
)


def test_the_defaults_of_an_action_give_six_of_sixty_hours_and_a_warning_at_four():
    rules = rules_of(DEFAULTS)
    assert (rules.total_hours, rules.limit, rules.warn_at) == (60, 6, 4)
    assert rules == RULES


def test_two_thirds_written_with_any_precision_warn_at_the_same_hour():
    assert [Rules(warning_share=s).warn_at for s in (2 / 3, 0.67, 0.6667, 0.66)] == [4, 4, 4, 4]


def test_the_warning_never_comes_before_the_first_hour():
    assert Rules(absence_share=0.01).limit == 0
    assert Rules(absence_share=0.01).warn_at == 1


def test_absence_from_a_session_of_two_hours_counts_two():
    assert absence_hours(Entry("absent", 0, 2), RULES) == 2
    assert absence_hours(Entry("absent", 0, 3), RULES) == 3


def test_presence_counts_nothing():
    assert absence_hours(Entry("present", 90, 2, 1, async_done=True), RULES) == 0


def test_an_asynchronous_hour_found_missing_counts_one():
    assert absence_hours(Entry("present", 90, 2, 1, async_done=False), RULES) == 1
    assert absence_hours(Entry("absent", 0, 2, 1, async_done=False), RULES) == 3


def test_an_asynchronous_hour_nobody_confirmed_counts_only_at_the_end():
    open_hour = Entry("present", 90, 2, 1, async_done=None)
    assert absence_hours(open_hour, RULES) == 0
    assert absence_hours(open_hour, RULES, final=True) == 1


def test_an_excused_absence_counts_unless_the_action_says_otherwise():
    excused = Entry("excused", 0, 2)
    assert absence_hours(excused, RULES) == 2
    assert absence_hours(excused, Rules(excused_counts=False)) == 0


def test_the_action_says_whether_excused_absences_count():
    assert rules_of(DEFAULTS).excused_counts
    assert not rules_of(replace(DEFAULTS, excused_counts_as_absence=False)).excused_counts


def test_a_delay_costs_each_hour_of_which_more_than_the_tolerance_was_missed():
    found = {late: late_hours(late, 2, RULES) for late in (0, 15, 16, 60, 61, 89)}
    assert found == {0: 0, 15: 0, 16: 1, 60: 1, 61: 2, 89: 2}


def test_a_delay_is_read_from_the_minutes_attended():
    assert absence_hours(Entry("late", 75, 2), RULES) == 0
    assert absence_hours(Entry("late", 74, 2), RULES) == 1
    assert absence_hours(Entry("late", 20, 2), RULES) == 2


def test_the_limit_itself_is_allowed_and_one_more_is_not():
    at_limit, beyond = Standing(6, 20, RULES), Standing(7, 20, RULES)
    assert (at_limit.over, at_limit.near, at_limit.left) == (False, True, 0)
    assert (beyond.over, beyond.near, beyond.left) == (True, False, 0)
    assert [at_limit.kind, beyond.kind, Standing(3, 20, RULES).kind] == ["wait", "bad", "good"]


def test_whoever_has_too_little_ahead_cannot_pass_the_limit_any_more():
    assert Standing(3, 3, RULES).safe
    assert not Standing(3, 4, RULES).safe


def test_the_sentence_says_where_the_person_stands():
    assert Standing(4, 30, RULES).in_words() == (
        "4 ώρες απουσίας από 6 που επιτρέπονται: απομένουν 2 ώρες."
    )
    assert Standing(5, 30, RULES).in_words().endswith("απομένει 1 ώρα.")
    assert Standing(6, 30, RULES).in_words().endswith("δεν απομένει καμία.")
    assert Standing(1, 2, RULES).in_words() == (
        "1 ώρα απουσίας από 6 που επιτρέπονται: το όριο δεν μπορεί πια να ξεπεραστεί."
    )
    assert Standing(9, 2, RULES).in_words().endswith("το όριο ξεπεράστηκε.")


def test_the_standing_adds_up_the_rows():
    rows = [Entry("absent", 0, 2), Entry("late", 70, 2), Entry("present", 135, 3)]
    assert standing(rows, 10, RULES) == Standing(3, 10, RULES)


@given(entries)
def test_a_row_never_counts_more_than_its_hours_nor_less_than_none(entry):
    found = absence_hours(entry, RULES, final=True)
    assert 0 <= found <= entry.hours + entry.asynchronous
    assert absence_hours(entry, RULES) <= found


@given(st.integers(0, 200), st.integers(0, 200), st.integers(1, 3), st.integers(0, 44))
def test_a_longer_delay_never_costs_less(shorter, longer, hours, tolerance):
    rules = Rules(late_minutes=tolerance)
    shorter, longer = sorted((shorter, longer))
    assert late_hours(shorter, hours, rules) <= late_hours(longer, hours, rules)


@given(st.integers(1, 3), st.integers(0, 44))
def test_a_delay_of_the_whole_session_costs_as_much_as_an_absence(hours, tolerance):
    assert late_hours(hours * 45, hours, Rules(late_minutes=tolerance)) == hours


@given(st.integers(0, 60), st.integers(0, 60))
def test_safe_means_that_the_worst_case_stays_within_the_limit(absent, to_come):
    now = Standing(absent, to_come, RULES)
    assert now.safe == (not Standing(absent + to_come, 0, RULES).over)
    assert not (now.near and now.over)


meetings = st.lists(st.tuples(st.integers(1, 3), st.booleans()), max_size=6)


def kept(absent, attended, sessions, missed, rules, *, meets):
    """Whether the rules hold at the end, when exactly ``missed`` of the sessions are missed."""
    hours = absent + sum(sessions[n][0] for n in missed)
    there = attended + sum(one[1] for n, one in enumerate(sessions) if n not in missed)
    return hours <= rules.limit and (not meets or there >= rules.face_to_face)


@given(st.integers(0, 9), st.integers(0, 3), meetings, st.integers(0, 3), st.booleans())
def test_the_edge_and_the_end_are_those_that_every_way_of_missing_sessions_shows(
    absent, attended, sessions, minimum, other
):
    rules = Rules(face_to_face=minimum)
    meets = other or attended > 0 or any(one[1] for one in sessions)
    ways = [
        way for size in range(len(sessions) + 1) for way in combinations(range(len(sessions)), size)
    ]
    bad = [w for w in ways if not kept(absent, attended, sessions, w, rules, meets=meets)]
    fewest = min((len(way) for way in bad), default=None)
    ahead = Ahead(
        max((one[0] for one in sessions), default=0),
        attended,
        sum(one[1] for one in sessions),
        meets=meets,
    )
    now = Standing(absent, sum(one[0] for one in sessions), rules, ahead)
    assert now.lost == (fewest == 0)
    assert now.edge == (fewest == 1)
    assert bool(now.outlook()) == (now.lost or now.edge)


def test_the_outlook_says_which_absence_would_be_the_last():
    near = Standing(4, 30, RULES, Ahead(3, 1, 2, meets=True))
    assert near.outlook() == "Μία ακόμη απουσία από συνάντηση 3 ωρών ξεπερνά το όριο."
    last = Standing(0, 30, RULES, Ahead(3, 0, 1, meets=True))
    assert last.outlook().startswith("Μένει μία διά ζώσης")
    assert Standing(0, 30, RULES, Ahead(3, 0, 0, meets=True)).outlook().endswith("αρκετές.")
