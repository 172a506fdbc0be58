"""Assignment of assessors: balanced, without conflicts, and it says what it could not do.

Shows: R-016.
"""

from __future__ import annotations

import random
from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from didaskaleio.registers.assignment import Assessor, Proposal, propose


@st.composite
def boards(draw):
    """Few candidacies and assessors with conflicts, loads and limits."""
    people = [
        Assessor(f"a{n}", draw(st.integers(0, 3)), draw(st.none() | st.integers(0, 5)))
        for n in range(draw(st.integers(0, 4)))
    ]
    calls = [f"c{n}" for n in range(draw(st.integers(0, 5)))]
    possible = list(product([one.id for one in people], calls))
    conflicts = draw(st.sets(st.sampled_from(possible))) if possible else set()
    return calls, people, draw(st.integers(1, 3)), conflicts


def best(calls, people, each, conflicts) -> tuple[int, int]:
    """By trying everything: the most pairs, and for those the least sum of squared loads."""
    found = {tuple(one.load for one in people)}
    for call in calls:
        may = [n for n, one in enumerate(people) if (one.id, call) not in conflicts]
        found = {
            tuple(load + (n in chosen) for n, load in enumerate(loads))
            for loads in found
            for many in range(min(each, len(may)) + 1)
            for chosen in combinations(may, many)
            if all(people[n].most is None or loads[n] < people[n].most for n in chosen)
        }
    most = max(sum(loads) for loads in found)
    before = sum(one.load for one in people)
    return most - before, min(sum(n * n for n in one) for one in found if sum(one) == most)


@given(boards())
def test_as_many_pairs_as_possible_as_evenly_as_possible(board):
    calls, people, each, conflicts = board
    proposal = propose(calls, people, each=each, conflicts=conflicts)
    pairs = sum(map(len, proposal.pairs.values()))
    spread = sum(load * load for load in proposal.loads.values())
    assert (pairs, spread) == best(calls, people, each, conflicts)


@given(boards())
def test_nobody_judges_in_conflict_twice_or_beyond_their_limit(board):
    calls, people, each, conflicts = board
    proposal = propose(calls, people, each=each, conflicts=conflicts)
    for call, judges in proposal.pairs.items():
        assert len(set(judges)) == len(judges) <= each
        assert not any((one, call) in conflicts for one in judges)
    for one in people:
        added = sum(one.id in judges for judges in proposal.pairs.values())
        assert proposal.loads[one.id] == one.load + added
        assert not added or one.most is None or proposal.loads[one.id] <= one.most


@given(boards())
def test_every_shortage_is_told_and_nothing_else(board):
    calls, people, each, conflicts = board
    proposal = propose(calls, people, each=each, conflicts=conflicts)
    short = {call: each - len(judges) for call, judges in proposal.pairs.items()}
    assert {gap.candidacy: gap.missing for gap in proposal.gaps} == {
        call: missing for call, missing in short.items() if missing
    }
    for gap in proposal.gaps:
        judges = len(proposal.pairs[gap.candidacy])
        assert judges + gap.in_conflict + gap.full == len(people)


@given(boards(), st.randoms(use_true_random=False))
def test_the_order_in_which_they_are_given_has_no_influence(board, chance):
    calls, people, each, conflicts = board
    other = chance.sample(calls, len(calls)), chance.sample(people, len(people))
    assert propose(calls, people, each=each, conflicts=conflicts) == propose(
        *other, each=each, conflicts=conflicts
    )


def test_who_judges_already_stays_and_counts() -> None:
    people = [Assessor("anna", load=1), Assessor("vasilis"), Assessor("eleni")]
    proposal = propose(["c1", "c2"], people, each=2, kept={"c1": ["anna"]})
    assert "anna" not in proposal.pairs["c1"]
    assert {call: len(judges) for call, judges in proposal.pairs.items()} == {"c1": 1, "c2": 2}
    assert sorted(proposal.loads.values()) == [1, 1, 2]


def test_the_reason_of_a_shortage_is_said_in_words() -> None:
    people = [Assessor("anna", load=2, most=2), Assessor("vasilis"), Assessor("eleni")]
    proposal = propose(["c1"], people, each=3, conflicts=[("vasilis", "c1")])
    assert proposal.pairs == {"c1": ("eleni",)}
    assert [str(gap) for gap in proposal.gaps] == [
        "λείπουν 2 αξιολογητές, 1 με σύγκρουση συμφερόντων, 1 στο όριό τους"
    ]


def national(limit: int | None) -> Proposal:
    chance = random.Random(2023)
    calls = [f"{n:05d}" for n in range(20_000)]
    people = [Assessor(f"a{n:02d}", most=limit) for n in range(60)]
    conflicts = {(f"a{chance.randrange(60):02d}", call) for call in calls}
    return propose(calls, people, each=2, conflicts=conflicts)


def test_twenty_thousand_candidacies_differ_by_one_at_most() -> None:
    proposal = national(limit=None)
    assert set(proposal.loads.values()) == {666, 667}
    assert proposal.gaps == ()


def test_limits_that_do_not_suffice_are_filled_and_the_rest_is_told() -> None:
    proposal = national(limit=500)
    assert set(proposal.loads.values()) == {500}
    assert sum(gap.missing for gap in proposal.gaps) == 10_000
