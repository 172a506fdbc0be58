"""What is judged of claims, without a database: read, compared, merged; never above the caps.

Shows: R-018.
"""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from didaskaleio.kernel.forms import points
from didaskaleio.registers import judging
from tests.registers.forms import DEFINITION

VALUES = {"hours": "50", "paper": {"file": "k", "name": "p.pdf", "until": ""}, "note": "Α"}
CLAIMS = judging.claims(DEFINITION, VALUES)
AMOUNTS = st.decimals("0", "4.99", places=2)


def test_a_claim_has_its_words_rule_points_and_document():
    [hours, paper] = CLAIMS
    assert (hours.key, hours.said, hours.shown_points) == ("hours", "50 ώρες", "5")
    assert hours.rule == "0,1 μόρια ανά ώρα, έως 10 μόρια"
    assert [one.name for one in hours.papers] == ["p.pdf"]
    assert (paper.points, [one.file for one in paper.papers]) == (2, ["k"])


def test_what_gives_no_points_is_no_claim():
    assert [one.key for one in judging.claims(DEFINITION, {"note": "Α", "hours": "0"})] == []


def test_typed_verdicts_are_read_as_greek_numbers():
    posted = {"v-hours": "reduce", "p-hours": "3,5", "r-hours": " Λίγες. ", "v-paper": "accept"}
    verdicts, wrong = judging.told(CLAIMS, posted)
    assert wrong == []
    assert verdicts == {
        "hours": {"allowed": "3.5", "reason": "Λίγες."},
        "paper": {"allowed": "", "reason": ""},
    }


@pytest.mark.parametrize("typed", ["", "πολλά", "5", "7", "-1", "3.5", "NaN", "1e3"])
def test_points_that_are_none_or_no_reduction_are_refused_in_their_place(typed):
    verdicts, wrong = judging.told(CLAIMS, {"v-hours": "reduce", "p-hours": typed})
    assert [one.place for one in wrong] == ["hours"]
    assert verdicts == {}


def test_a_submission_needs_every_claim_and_a_reason_for_what_it_reduces():
    assert [one.place for one in judging.missing(CLAIMS, {})] == ["hours", "paper"]
    silent = {"hours": {"allowed": "1", "reason": " "}, "paper": judging.WHOLE}
    [problem] = judging.missing(CLAIMS, silent)
    assert problem.text == "«Ώρες διδασκαλίας»: γράψτε την αιτιολογία."
    assert [one.place for one in judging.missing(CLAIMS, silent, reasons=True)] == [
        "hours",
        "paper",
    ]


def test_points_beyond_the_claim_are_refused_wherever_they_come_from():
    forged = {"hours": {"allowed": "50", "reason": "Α"}, "paper": judging.WHOLE}
    [problem] = judging.missing(CLAIMS, forged)
    assert problem.place == "hours"


def test_the_same_points_in_other_digits_are_no_difference_and_both_reasons_stay():
    one = {"hours": {"allowed": "3.5", "reason": "Α"}}
    other = {"hours": {"allowed": "3.50", "reason": "Β"}}
    assert judging.differing([one, other]) == []
    assert judging.merged([one, other], {})["hours"]["reason"] == "Α · Β"


def test_accepting_and_reducing_differ():
    one = {"hours": judging.WHOLE, "paper": judging.WHOLE}
    other = {"hours": {"allowed": "3", "reason": "Α"}, "paper": judging.WHOLE}
    assert judging.differing([one, other]) == ["hours"]


def test_what_was_settled_whole_leaves_no_ruling():
    one = {"hours": judging.WHOLE}
    other = {"hours": {"allowed": "3", "reason": "Α"}}
    settled = {"hours": {"allowed": "", "reason": "Βρέθηκε η βεβαίωση."}}
    assert judging.merged([one, other], settled) == {}


@given(AMOUNTS, AMOUNTS)
def test_points_after_a_judgement_never_exceed_the_claim_nor_a_cap(hours, paper):
    verdicts = {
        "hours": {"allowed": str(hours), "reason": "Α"},
        "paper": {"allowed": str(min(paper, Decimal("1.99"))), "reason": "Α"},
    }
    claimed = points.score(DEFINITION, VALUES)
    found = points.score(DEFINITION, VALUES, judging.ceilings(verdicts))
    assert found.points <= claimed.points
    assert found.of("hours") == hours
    assert all(part.points <= 15 for part in found.sections)
