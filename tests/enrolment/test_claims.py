"""Phase B: who may act, one request decided at once, its order, moves, viability.

Shows: R-041, R-042, R-043, R-046.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from didaskaleio.enrolment import operations, places
from didaskaleio.enrolment.errors import NotOpenError
from didaskaleio.enrolment.models import HeldBack, ParticipationApplication, PhaseBLog
from didaskaleio.enrolment.operations import phases
from didaskaleio.kernel.access import SYSTEM
from didaskaleio.kernel.calendar import ATHENS
from didaskaleio.kernel.models import Notice
from didaskaleio.programmes.models import Programme, TrainingPeriod
from tests.enrolment.stages import (
    CLOSES,
    DURING,
    OPENS,
    SECOND,
    a_group,
    a_holder,
    a_stage,
    actor,
    an_offer,
    entries,
    fresh,
    public,
    runners_up,
)
from tests.factories import enrolment as make
from tests.factories import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(db):
    return a_stage()


def claim(programme, person, at=DURING):
    return operations.claim(programme.period.code, programme.code, actor=actor(person, at), at=at)


def log(period):
    rows = PhaseBLog.objects.filter(period=period).order_by("sequence")
    return [(row.number, row.programme.code, row.outcome, row.reason) for row in rows]


# --- who may act ---


def test_a_new_applicant_gets_a_place_a_number_and_an_answer_at_once(stage):
    programme = a_group(stage, placed=0, minimum=3)
    teacher = people.a_teacher()
    decision = claim(programme, teacher)
    application = ParticipationApplication.objects.get(person=teacher)
    assert (decision.outcome, decision.placed) == ("placed", True)
    assert decision.sentence == f"Η θέση στο {programme} είναι δική σας."
    assert (application.state, application.programme) == ("placed", programme)
    assert application.place_sequence == decision.sequence
    assert len(application.number) == 8
    assert application.number[0] != "0"
    assert log(stage) == [(application.number, programme.code, "placed", "")]
    assert public(stage) == [("phase_b_place", application.number, None, programme.code)]
    assert Notice.objects.get(person=teacher).title == "Πήρατε θέση στη Β΄ φάση"


def test_a_runner_up_keeps_the_number_of_the_draw(stage):
    programme = a_group(stage, minimum=3)
    waiting = make.an_application(period=stage, state="runner_up", number="48291307")
    assert claim(programme, waiting).placed
    assert (fresh(waiting).number, fresh(waiting).state) == ("48291307", "placed")


def test_a_draft_never_sent_and_one_left_out_of_the_draw_may_ask(stage):
    programme = a_group(stage, minimum=3)
    draft, excluded = make.a_draft(period=stage), make.an_application(period=stage)
    assert claim(programme, draft).placed
    assert claim(programme, excluded).placed
    assert fresh(draft).number


def test_a_person_of_a_cancelled_programme_may_ask(stage):
    programme = a_group(stage, minimum=3)
    released = make.an_application(period=stage, state="cancelled")
    assert claim(programme, released).placed


def test_whoever_holds_a_place_in_a_viable_programme_is_refused_with_the_reason(stage):
    programme, viable = a_group(stage), a_group(stage, "viable")
    holder = a_holder(viable)
    decision = claim(programme, holder)
    assert (decision.outcome, decision.placed) == ("refused", False)
    assert decision.sentence == (
        f"Έχετε θέση στο {viable.code}, που θα λειτουργήσει. Δεν αλλάζει στη Β΄ φάση."
    )
    assert fresh(holder).programme == viable
    assert log(stage) == [(holder.number, programme.code, "refused", "holds_viable")]


def test_whoever_withdrew_is_refused(stage):
    programme = a_group(stage)
    gone = make.an_application(period=stage, state="withdrawn")
    assert claim(programme, gone).sentence == (
        "Η αίτησή σας είναι «Αποσύρθηκε» και δεν δέχεται νέα θέση."
    )


def test_only_a_teacher_may_ask(stage):
    with pytest.raises(PermissionDenied):
        claim(a_group(stage), people.a_person())


def _without(*certificates):
    return people.a_teacher(certificates=certificates)


INELIGIBLE = [
    ("NO_B1", "IIb", _without),
    ("ALREADY_B", "IIb", lambda: _without("B1", "PAKE")),
    ("OTHER_CLUSTER", "IIb", lambda: people.a_teacher("ΠΕ02")),
    ("OTHER_PREFECTURE", "IIa", lambda: people.a_teacher(prefecture="LAR")),
    ("NOT_TEACHING", "IIb", lambda: people.a_teacher(hours=0)),
]


@pytest.mark.parametrize(("code", "category", "person"), INELIGIBLE)
def test_the_ineligible_are_refused_rule_by_rule(stage, code, category, person):
    programme = a_group(stage, category=category)
    decision = claim(programme, person())
    assert decision.outcome == "refused"
    assert decision.rule.startswith("Κανονιστικό Πλαίσιο, άρθρο ")
    assert [row[3] for row in log(stage)] == [code]
    assert places.taken(programme) == 0


def test_a_special_education_post_takes_the_cluster_of_the_first_programme_asked_for(stage):
    maths, special = a_group(stage, minimum=3), a_group(stage, cluster="B2.13")
    teacher = people.a_teacher(special_post=True)
    assert claim(maths, teacher).placed
    assert ParticipationApplication.objects.get(person=teacher).cluster.code == "B2.3"
    other = people.a_teacher(special_post=True)
    assert claim(special, other).placed


# --- what is open, and when ---


@pytest.mark.parametrize("moment", [OPENS - SECOND, CLOSES])
def test_nothing_is_decided_outside_the_moments_of_phase_b(stage, moment):
    with pytest.raises(NotOpenError, match="δεν δέχεται αιτήματα αυτή τη στιγμή"):
        claim(a_group(stage), people.a_teacher(), moment)
    assert log(stage) == []


@pytest.mark.parametrize("moment", [OPENS, CLOSES - SECOND])
def test_the_first_and_the_last_second_count(stage, moment):
    assert claim(a_group(stage), people.a_teacher(), moment).placed


def test_nothing_is_decided_before_the_step_that_opens_phase_b():
    period = a_stage("drawn")
    with pytest.raises(NotOpenError):
        claim(a_group(period), people.a_teacher())


def test_a_programme_that_was_viable_at_the_opening_is_not_open(stage):
    viable = a_group(stage, "viable")
    decision = claim(viable, people.a_teacher())
    assert decision.outcome == "refused"
    assert decision.sentence.startswith(f"Το {viable.code} δεν είναι ανοιχτό στη Β΄ φάση.")


def test_the_opening_opens_what_is_filling_and_nothing_else():
    period = a_stage("drawn")
    filling = a_group(period, opened=False)
    viable = a_group(period, "viable")
    phases.open_phase_b(period, actor=SYSTEM, at=OPENS)
    assert fresh(filling).waiting_list.open_in_phase_b is True
    assert fresh(viable).waiting_list.open_in_phase_b is False


def test_free_places_of_viable_programmes_open_where_the_parameter_says_so():
    period = a_stage("drawn", viable_places_open_in_phase_b=True)
    viable = a_group(period, "viable", placed=2)
    phases.open_phase_b(period, actor=SYSTEM, at=OPENS)
    assert claim(viable, people.a_teacher()).placed


# --- capacity, order ---


def test_the_last_place_goes_once_and_the_next_hears_that_it_is_full(stage):
    programme = a_group(stage, placed=2)
    first, second = people.a_teacher(), people.a_teacher()
    one, two = claim(programme, first), claim(programme, second)
    assert (one.outcome, two.outcome) == ("placed", "full")
    assert two.sentence.startswith(f"Το {programme.code} δεν έχει κενή θέση αυτή τη στιγμή.")
    assert one.sequence < two.sequence
    assert [row[2] for row in log(stage)] == ["placed", "full"]
    assert places.taken(programme) == 3


def test_a_place_that_is_offered_is_not_free(stage):
    programme = a_group(stage, "viable", placed=2, opened=True)
    an_offer(programme)
    assert claim(programme, people.a_teacher()).outcome == "full"


def test_the_same_programme_again_is_refused(stage):
    programme = a_group(stage, minimum=3)
    holder = a_holder(programme)
    assert claim(programme, holder).sentence == "Έχετε ήδη θέση σε αυτό το πρόγραμμα."
    assert places.taken(programme) == 1


# --- moves ---


def test_a_move_frees_the_old_place_in_the_same_act(stage):
    old, new = a_group(stage, minimum=3), a_group(stage, minimum=3)
    holder = a_holder(old)
    decision = claim(new, holder)
    assert decision.outcome == "moved"
    assert fresh(holder).programme == new
    assert (places.taken(old), places.taken(new)) == (0, 1)
    entry = PhaseBLog.objects.get(period=stage)
    assert (entry.outcome, entry.freed_programme) == ("moved", old)
    assert public(stage) == [("phase_b_move", holder.number, old.code, new.code)]


def test_a_move_to_a_full_programme_changes_nothing(stage):
    old, full = a_group(stage, minimum=3), a_group(stage, placed=3, minimum=4)
    holder = a_holder(old)
    assert claim(full, holder).outcome == "full"
    assert fresh(holder).programme == old
    assert HeldBack.objects.count() == 0
    assert PhaseBLog.objects.get(period=stage).freed_programme is None


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ((11, 20), (12, 0)),
        ((11, 30), (12, 0)),
        ((11, 31), (13, 0)),
        ((12, 0), (13, 0)),
    ],
)
def test_the_freed_place_opens_at_the_first_full_hour_thirty_minutes_later(stage, moment, opens):
    at = datetime(2023, 1, 25, *moment, tzinfo=ATHENS)
    until = datetime(2023, 1, 25, *opens, tzinfo=ATHENS)
    old, new = a_group(stage, placed=2, minimum=4), a_group(stage, minimum=3)
    claim(new, a_holder(old), at)
    friend = people.a_teacher()
    assert HeldBack.objects.get().opens_at == until
    assert claim(old, friend, until - SECOND).outcome == "full"
    assert claim(old, friend, until).outcome == "placed"


def test_a_place_held_back_does_not_count_towards_the_minimum(stage):
    old, new = a_group(stage, minimum=2, capacity=4), a_group(stage, minimum=3)
    claim(new, a_holder(old))
    assert claim(old, people.a_teacher()).placed
    assert fresh(old).state == "filling"
    assert places.free_to_claim(old, DURING) == 2


# --- viability ---


def test_the_programme_becomes_viable_at_the_moment_it_reaches_its_minimum(stage, drain_jobs):
    programme = a_group(stage, placed=1, minimum=2)
    assert fresh(programme).state == "filling"
    claim(programme, people.a_teacher())
    assert fresh(programme).state == "viable"
    drain_jobs()
    assert Notice.objects.filter(title="Το πρόγραμμά σας θα λειτουργήσει").count() == 2


def test_a_minimum_of_zero_needs_at_least_one(stage):
    programme = a_group(stage, minimum=0)
    claim(programme, people.a_teacher())
    assert fresh(programme).state == "viable"


def test_a_minimum_above_the_capacity_is_never_reached_by_requests(stage):
    programme = a_group(stage, placed=2, capacity=3, minimum=4)
    claim(programme, people.a_teacher())
    assert (places.taken(programme), fresh(programme).state) == (3, "filling")


def test_a_programme_that_became_viable_stays_open_until_it_is_full(stage):
    programme = a_group(stage, placed=1, minimum=2, capacity=3)
    outcomes = [claim(programme, people.a_teacher()).outcome for _ in range(3)]
    assert outcomes == ["placed", "placed", "full"]


def test_a_later_drop_never_makes_a_viable_programme_filling_again(stage):
    programme = a_group(stage, minimum=2)
    first, second = a_holder(programme), people.a_teacher()
    claim(programme, second)
    operations.decline(first, actor=actor(first), at=DURING)
    assert (places.taken(programme), fresh(programme).state) == (1, "viable")


def test_a_place_in_a_viable_programme_ends_all_own_entries_and_offers(stage, drain_jobs):
    listed = a_group(stage, "viable", placed=2)
    offering = a_group(stage, "viable", placed=2)
    target = a_group(stage, placed=1, minimum=2)
    person = make.an_application(period=stage, state="runner_up")
    make.a_waiting_entry(listed, person, at=DURING)
    an_offer(offering, person)
    claim(target, person)
    assert entries(listed) == [("moot", person.number)]
    assert entries(offering) == [("moot", person.number)]
    assert HeldBack.objects.get(programme=offering).opens_at is None


def test_viability_ends_the_waiting_of_everybody_in_the_programme(stage):
    listed = a_group(stage, "viable", placed=2)
    target = a_group(stage, minimum=2)
    early = a_holder(target)
    make.a_waiting_entry(listed, early, at=DURING)
    claim(target, people.a_teacher())
    assert entries(listed) == [("moot", early.number)]


def test_a_place_in_a_filling_programme_ends_no_waiting(stage):
    listed = a_group(stage, "viable", placed=2)
    target = a_group(stage, minimum=3)
    person = make.an_application(period=stage, state="runner_up")
    make.a_waiting_entry(listed, person, at=DURING)
    claim(target, person)
    assert entries(listed) == [("waiting", person.number)]


def test_becoming_viable_gives_places_held_back_to_the_list(stage, set_clock, drain_jobs):
    old = a_group(stage, placed=1, capacity=4, minimum=3)
    (waiting,) = runners_up(old, 1)
    elsewhere = a_group(stage, minimum=3)
    mover = a_holder(old)
    claim(elsewhere, mover)
    claim(old, people.a_teacher())
    claim(old, people.a_teacher())
    assert fresh(old).state == "viable"
    assert HeldBack.objects.get(programme=old).opens_at is None
    set_clock(DURING)
    drain_jobs()
    assert entries(old) == [("offered", waiting.number)]


def test_an_empty_list_leaves_the_freed_place_closed(stage, set_clock, drain_jobs):
    programme = a_group(stage, "viable", placed=2, opened=True)
    holder = a_holder(programme)
    operations.decline(holder, actor=actor(holder), at=DURING)
    set_clock(DURING)
    drain_jobs()
    assert claim(programme, people.a_teacher(), DURING + timedelta(hours=5)).outcome == "full"


def test_an_empty_list_leaves_it_open_where_the_parameter_says_so(set_clock, drain_jobs):
    period = a_stage(viable_places_open_in_phase_b=True)
    programme = a_group(period, "viable", placed=2, opened=True)
    holder = a_holder(programme)
    operations.decline(holder, actor=actor(holder), at=DURING)
    set_clock(DURING)
    drain_jobs()
    assert claim(programme, people.a_teacher()).outcome == "placed"


def test_the_number_of_queries_of_a_request_does_not_grow_with_the_group(
    stage, django_assert_max_num_queries
):
    programme = a_group(stage, placed=5, capacity=15, minimum=10)
    teacher = people.a_teacher()
    who = actor(teacher)
    with django_assert_max_num_queries(70):
        operations.claim(programme.period.code, programme.code, actor=who, at=DURING)
    assert Programme.objects.get(pk=programme.pk).state == "filling"
    assert TrainingPeriod.objects.get(pk=stage.pk).state == "phase_b"
