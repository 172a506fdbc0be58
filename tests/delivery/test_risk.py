"""The risk of a session: points from facts, the riskiest, nobody without a reason.

Shows: R-056.
"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from didaskaleio.delivery import risk

WEIGHTS = st.fixed_dictionaries({code: st.integers(0, risk.LARGEST) for code in risk.DEFAULTS})
FACTS = st.builds(risk.Facts, **{code: st.integers(0, 40) for code in risk.DEFAULTS})


def test_a_programme_without_faults_has_no_points():
    assert risk.score(risk.Facts(), risk.DEFAULTS) == risk.Score(0, ())


def test_every_fact_counts_by_its_weight_and_says_so():
    found = risk.score(risk.Facts(late_sheets=2, new_centre=1), risk.DEFAULTS)
    assert found.points == 14
    assert [line.words for line in found.lines] == [
        "Παρουσιολόγιο που υπογράφηκε αργά ή εκκρεμεί: 2 × → 8 μόρια",
        "Κέντρο χωρίς ολοκληρωμένο πρόγραμμα: 1 × → 6 μόρια",
    ]


def test_one_bad_habit_counts_five_times_at_most():
    assert risk.score(risk.Facts(not_held=30), risk.DEFAULTS).points == 15


@given(FACTS, WEIGHTS)
def test_the_points_are_the_sum_of_their_lines_and_never_negative(facts, weights):
    found = risk.score(facts, weights)
    assert found.points == sum(line.points for line in found.lines)
    assert all(line.points > 0 for line in found.lines)


@given(FACTS, WEIGHTS, st.sampled_from(sorted(risk.DEFAULTS)))
def test_one_more_fault_never_lowers_the_points(facts, weights, code):
    worse = risk.Facts(**{**vars(facts), code: getattr(facts, code) + 1})
    assert risk.score(worse, weights).points >= risk.score(facts, weights).points


@given(
    st.dictionaries(st.text("ABC", min_size=1, max_size=4), st.integers(0, 9)), st.integers(0, 9)
)
def test_the_riskiest_have_at_least_the_points_of_everybody_left_out(scores, many):
    chosen = risk.riskiest(scores, many)
    left = [points for unit, points in scores.items() if unit not in chosen]
    assert len(chosen) == min(many, sum(1 for points in scores.values() if points))
    assert all(scores[unit] >= max(left, default=0) for unit in chosen)
