"""Races of phase B, offers and enrolment: really committed, threads from one barrier.

Shows: R-041, R-042, R-044, R-045.
"""

# ruff: noqa: B023 - every act ends within its own round
from __future__ import annotations

import pytest

from didaskaleio.enrolment import operations, places
from didaskaleio.enrolment.models import (
    HeldBack,
    ParticipationApplication,
    PhaseBLog,
    PublicChange,
    WaitingEntry,
)
from didaskaleio.enrolment.operations import enrolling, lists, offers
from didaskaleio.kernel.access import SYSTEM
from didaskaleio.programmes.models import Programme
from tests.enrolment.stages import (
    AFTER,
    DURING,
    ENROLMENT_CLOSES,
    HOUR,
    SECOND,
    a_group,
    a_holder,
    a_stage,
    actor,
    an_offer,
    fresh,
    owed,
    runners_up,
)
from tests.factories import enrolment as make
from tests.factories import people
from tests.races.together import at_once

pytestmark = pytest.mark.race
ROUNDS = 8


def claimer(programme, person):
    who = actor(person)
    row = Programme.objects.get(pk=programme.pk)
    return lambda: operations.claim(row.period.code, row.code, actor=who, at=DURING)


def outcomes(decisions):
    return sorted(str(decision.outcome) for decision in decisions)


def newcomers(programme, many):
    return [people.a_teacher() for _ in range(many)]


def drawn(programme, many):
    """Runners-up of the draw, whose requests are plain."""
    facts = {"period": programme.period, "state": "runner_up", "cluster": programme.cluster}
    return [make.an_application(**facts).person for _ in range(many)]


def both(programme, many):
    return [*newcomers(programme, many // 2), *drawn(programme, many - many // 2)]


@pytest.mark.parametrize("people_of", [newcomers, drawn, both])
def test_forty_people_claim_three_places(committed_db, people_of):
    period = a_stage()
    programme = a_group(period, capacity=3, minimum=2)
    crowd = people_of(programme, 40)
    decisions = at_once([claimer(programme, person) for person in crowd])
    assert outcomes(decisions) == ["full"] * 37 + ["placed"] * 3
    log = list(PhaseBLog.objects.filter(period=period).order_by("sequence"))
    assert len(log) == 40
    assert [row.outcome for row in log] == ["placed"] * 3 + ["full"] * 37
    placed = ParticipationApplication.objects.filter(programme=programme, state="placed")
    by_sequence = placed.order_by("place_sequence").values_list("number", flat=True)
    assert list(by_sequence) == [row.number for row in log[:3]]
    assert len({row.number for row in log}) == 40
    assert places.taken(programme) == 3
    assert fresh(programme).state == "viable"


def test_one_person_in_two_tabs_gets_one_place(committed_db):
    period = a_stage()
    for _ in range(ROUNDS):
        one, two = a_group(period, minimum=3), a_group(period, minimum=3)
        person = people.a_teacher()
        decisions = at_once([claimer(one, person), claimer(two, person)])
        assert outcomes(decisions) == ["moved", "placed"]
        assert places.taken(one) + places.taken(two) == 1
        assert HeldBack.objects.filter(programme__in=(one, two), used_at=None).count() == 1
        last = max(decisions, key=lambda decision: decision.sequence)
        assert ParticipationApplication.objects.get(person=person).place_sequence == last.sequence


def test_two_tabs_claim_viable_making_programmes_and_only_one_counts(committed_db):
    period = a_stage()
    for _ in range(ROUNDS):
        one, two = a_group(period, minimum=1), a_group(period, minimum=1)
        person = people.a_teacher()
        decisions = at_once([claimer(one, person), claimer(two, person)])
        assert outcomes(decisions) == ["placed", "refused"]
        assert places.taken(one) + places.taken(two) == 1


def test_two_people_swap_programmes_at_once(committed_db):
    period = a_stage()
    for _ in range(ROUNDS):
        one = a_group(period, capacity=2, minimum=3)
        two = a_group(period, capacity=2, minimum=3)
        first, second = a_holder(one), a_holder(two)
        decisions = at_once([claimer(two, first), claimer(one, second)])
        assert outcomes(decisions) == ["moved", "moved"]
        assert (fresh(first).programme, fresh(second).programme) == (two, one)
        assert (places.taken(one), places.taken(two)) == (1, 1)


def test_people_move_in_a_circle_of_full_programmes_and_nobody_is_lost(committed_db):
    period = a_stage()
    groups = [a_group(period, capacity=2, minimum=3, placed=1) for _ in range(6)]
    movers = [a_holder(group) for group in groups]
    decisions = at_once([claimer(groups[(n + 1) % 6], mover) for n, mover in enumerate(movers)])
    assert set(outcomes(decisions)) <= {"full", "moved"}
    assert sum(places.taken(group) for group in groups) == 12
    assert all(places.taken(group) <= 2 for group in groups)
    assert all(fresh(mover).programme_id for mover in movers)


def test_programmes_become_viable_at_once_while_their_people_wait_for_each_other(committed_db):
    """Each claim ends the waiting of people of one programme on the list of the other."""
    period = a_stage()
    for _ in range(ROUNDS):
        one, two = a_group(period, minimum=2), a_group(period, minimum=2)
        lists_of = [a_group(period, "viable"), a_group(period, "viable")]
        for group, offering in ((one, lists_of[0]), (two, lists_of[1])):
            holder = a_holder(group)
            an_offer(offering, holder)
            make.a_waiting_entry(lists_of[1 - lists_of.index(offering)], holder, at=DURING)
        expiring = [
            WaitingEntry.objects.get(programme=group, state="offered") for group in lists_of
        ]
        at_once(
            [
                claimer(one, people.a_teacher()),
                claimer(two, people.a_teacher()),
                *(
                    lambda e=entry: offers.expire(e, actor=SYSTEM, at=DURING + 4 * HOUR)
                    for entry in expiring
                ),
            ]
        )
        assert [fresh(group).state for group in (one, two)] == ["viable", "viable"]
        left = WaitingEntry.objects.filter(programme__in=lists_of)
        assert not left.filter(state__in=("waiting", "offered")).exists()
        assert [len(places.owed_to_list(group)) for group in lists_of] == [1, 1]


def test_accepting_against_expiring_has_one_winner(committed_db):
    period = a_stage()
    won = set()
    for _ in range(ROUNDS):
        programme = a_group(period, "viable", placed=2, capacity=3)
        entry = an_offer(programme)
        mine, clocks = fresh(entry), fresh(entry)
        who, ends = actor(entry.application), entry.expires_at
        at_once(
            [
                lambda: operations.accept_offer(mine, actor=who, at=ends - SECOND),
                lambda: offers.expire(clocks, actor=SYSTEM, at=ends),
            ]
        )
        state = fresh(entry).state
        won.add(state)
        taken, freed = places.taken(programme), len(places.owed_to_list(programme))
        assert (state, taken, freed) in {("accepted", 3, 0), ("expired", 2, 1)}
        assert fresh(entry.application).state == ("placed" if taken == 3 else "runner_up")
    assert won <= {"accepted", "expired"}


def test_two_workers_make_one_offer_for_one_place(committed_db):
    period = a_stage()
    for _ in range(ROUNDS):
        programme = a_group(period, "viable", placed=2, capacity=3)
        runners_up(programme, 3)
        owed(programme)
        made = at_once([lambda: lists.offer_places(programme.pk, at=DURING)] * 3)
        assert sorted(made) == [0, 0, 1]
        assert places.offered(programme) == 1


def test_two_offers_are_accepted_by_one_person_once(committed_db):
    period = a_stage()
    for _ in range(ROUNDS):
        one, two = a_group(period, "viable"), a_group(period, "viable")
        first = an_offer(one)
        person = first.application
        second = an_offer(two, person)
        who = actor(person)
        at_once(
            [
                lambda: operations.accept_offer(fresh(first), actor=who, at=DURING),
                lambda: operations.accept_offer(fresh(second), actor=who, at=DURING),
            ]
        )
        states = sorted((fresh(first).state, fresh(second).state))
        assert states == ["accepted", "moot"]
        assert places.taken(one) + places.taken(two) == 1


def test_an_offer_is_accepted_while_the_person_claims(committed_db):
    period = a_stage()
    for _ in range(ROUNDS):
        offering, filling = a_group(period, "viable"), a_group(period, minimum=3)
        entry = an_offer(offering)
        who = actor(entry.application)
        at_once(
            [
                lambda: operations.accept_offer(fresh(entry), actor=who, at=DURING),
                claimer(filling, entry.application),
            ]
        )
        assert fresh(entry.application).programme == offering
        assert (places.taken(offering), places.taken(filling)) == (1, 0)


def test_confirming_against_lapsing_has_one_winner(committed_db):
    period = a_stage("enrolling")
    for _ in range(ROUNDS):
        programme = a_group(period, "enrolling")
        holder = a_holder(programme, confirm_by=ENROLMENT_CLOSES)
        who = actor(holder, AFTER)
        mine, clocks = fresh(holder), fresh(holder)
        at_once(
            [
                lambda: operations.confirm(
                    mine,
                    actor=who,
                    at=ENROLMENT_CLOSES - SECOND,
                    will_teach_declared=True,
                    regulation_accepted=True,
                ),
                lambda: enrolling.lapse(clocks, actor=SYSTEM, at=ENROLMENT_CLOSES),
            ]
        )
        state, taken = fresh(holder).state, places.taken(programme)
        assert (state, taken) in {("enrolled", 1), ("lapsed", 0)}
        lapses = PublicChange.objects.filter(number=holder.number, kind="lapse").count()
        assert lapses == (1 if state == "lapsed" else 0)
