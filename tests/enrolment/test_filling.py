"""After phase B: exception, merge, cancellation of what is filling; opening of enrolment.

Shows: R-043, R-045, R-046.
"""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from didaskaleio.enrolment import operations, places
from didaskaleio.enrolment.errors import NotOpenError
from didaskaleio.enrolment.models import HeldBack, MergeConsent, ParticipationApplication
from didaskaleio.kernel import journal
from didaskaleio.kernel.errors import ReasonMissingError
from didaskaleio.kernel.models import Notice
from tests.enrolment.stages import (
    AFTER,
    a_group,
    a_holder,
    a_stage,
    actor,
    an_offer,
    an_officer,
    entries,
    fresh,
    public,
    runners_up,
)
from tests.factories import enrolment as make
from tests.factories import people

pytestmark = pytest.mark.django_db
WHY = "Νησιωτική περιοχή χωρίς άλλο πρόγραμμα"


@pytest.fixture
def stage(db):
    return a_stage("phase_b_closed")


@pytest.fixture
def officer(stage):
    return an_officer(stage)


def agree(source, target, officer, answers):
    """Propose a merge and let each application of ``answers`` agree or not."""
    operations.propose_merge(source, target, actor=officer, at=AFTER)
    for application, agreed in answers.items():
        consent = MergeConsent.objects.get(application=application, source=source)
        operations.answer_merge(consent, agreed=agreed, actor=actor(application), at=AFTER)


# --- exception ---


def test_an_exception_makes_it_viable_by_a_reason_listed_publicly(stage, officer, drain_jobs):
    programme = a_group(stage, placed=1, minimum=3)
    operations.run_as_exception(programme, actor=officer, at=AFTER, reason=WHY)
    assert fresh(programme).state == "viable"
    assert journal.of(programme).first().reason == WHY
    assert public(stage) == [("exception", "", programme.code, None)]
    drain_jobs()
    assert Notice.objects.filter(title="Το πρόγραμμά σας θα λειτουργήσει").count() == 1


def test_an_exception_ends_the_waiting_of_its_people_and_gives_freed_places_to_its_list(
    stage, officer, set_clock, drain_jobs
):
    programme, other = a_group(stage, minimum=3), a_group(stage, "viable")
    (waiting,) = runners_up(programme, 1)
    holder = a_holder(programme)
    make.a_waiting_entry(other, holder, at=AFTER)
    HeldBack.objects.create(programme=programme, freed_at=AFTER, opens_at=AFTER.replace(hour=18))
    operations.run_as_exception(programme, actor=officer, at=AFTER, reason=WHY)
    set_clock(AFTER)
    drain_jobs()
    assert entries(other) == [("moot", holder.number)]
    assert entries(programme) == [("offered", waiting.number)]


def test_nobody_is_left_to_run_an_empty_programme_for(stage, officer):
    with pytest.raises(NotOpenError, match="δεν έχει κανέναν με θέση"):
        operations.run_as_exception(a_group(stage), actor=officer, at=AFTER, reason=WHY)


def test_a_minimum_above_the_capacity_goes_to_the_officers_decision(stage, officer):
    programme = a_group(stage, placed=3, capacity=3, minimum=4)
    operations.run_as_exception(programme, actor=officer, at=AFTER, reason=WHY)
    assert fresh(programme).state == "viable"


# --- every decision ---

DECISIONS = [operations.run_as_exception, operations.cancel_below]


@pytest.mark.parametrize("decide", DECISIONS)
@pytest.mark.parametrize("state", ["drawn", "phase_b", "enrolling"])
def test_a_decision_is_taken_only_when_phase_b_has_closed(decide, state):
    period = a_stage(state)
    programme = a_group(period, placed=1)
    with pytest.raises(NotOpenError, match="όταν κλείσει η Β΄ φάση"):
        decide(programme, actor=an_officer(period), at=AFTER, reason=WHY)
    assert fresh(programme).state == "filling"


@pytest.mark.parametrize("decide", DECISIONS)
def test_a_decision_needs_a_reason(stage, officer, decide):
    with pytest.raises(ReasonMissingError):
        decide(a_group(stage, placed=1), actor=officer, at=AFTER, reason=" ")


@pytest.mark.parametrize("decide", DECISIONS)
def test_only_officers_of_the_body_decide(stage, decide):
    programme = a_group(stage, placed=1)
    for person in (people.officer("iep"), people.a_teacher(), people.ministry_officer()):
        with pytest.raises(PermissionDenied):
            decide(programme, actor=actor(person), at=AFTER, reason=WHY)


# --- cancellation ---


def test_people_of_a_cancelled_programme_keep_their_number_and_may_accept_offers(stage, officer):
    programme, other = a_group(stage, minimum=3), a_group(stage, "viable")
    holder = a_holder(programme)
    operations.cancel_below(programme, actor=officer, at=AFTER, reason=WHY)
    released = fresh(holder)
    assert (fresh(programme).state, released.state) == ("cancelled", "cancelled")
    assert (released.programme, released.number) == (None, holder.number)
    assert public(stage) == [("cancellation", "", programme.code, None)]
    notice = Notice.objects.get(person=holder.person)
    assert notice.title == "Το πρόγραμμα δεν θα λειτουργήσει"
    assert WHY in notice.text
    entry = an_offer(other, released, at=AFTER)
    operations.accept_offer(entry, actor=actor(holder), at=AFTER)
    assert fresh(holder).programme == other


def test_free_iib_places_are_not_offered_to_them_by_default(stage, officer, set_clock, drain_jobs):
    programme, remote = a_group(stage, placed=1, minimum=3), a_group(stage, "viable", placed=2)
    operations.cancel_below(programme, actor=officer, at=AFTER, reason=WHY)
    set_clock(AFTER)
    drain_jobs()
    assert entries(remote) == []


def test_free_iib_places_are_offered_in_draw_order_where_the_parameter_says_so(
    set_clock, drain_jobs
):
    period = a_stage("phase_b_closed", offer_iib_to_cancelled=True)
    programme = a_group(period, minimum=4)
    late, first, second = (a_holder(programme, rank=rank) for rank in (None, 3, 7))
    a_group(period, "viable", category="IIa", placed=2)
    remote = a_group(period, "viable", placed=1, capacity=3)
    operations.cancel_below(programme, actor=an_officer(period), at=AFTER, reason=WHY)
    set_clock(AFTER)
    drain_jobs()
    assert entries(remote) == [("offered", first.number), ("offered", second.number)]
    assert fresh(late).state == "cancelled"


def test_cancelling_before_the_start_releases_placed_and_enrolled_and_ends_the_list():
    period = a_stage("enrolling")
    programme = a_group(period, "enrolling", capacity=4)
    placed, enrolled = a_holder(programme), a_holder(programme, state="enrolled")
    waiting = an_offer(programme).application
    operations.cancel_before_start(programme, actor=an_officer(period), at=AFTER, reason=WHY)
    assert [fresh(one).state for one in (placed, enrolled)] == ["cancelled", "cancelled"]
    assert entries(programme) == [("moot", waiting.number)]
    assert places.offered(programme) == 0


# --- merge ---


def test_who_agreed_moves_in_draw_order_then_in_the_order_of_phase_b(stage, officer):
    source, target = a_group(stage, minimum=9, capacity=9), a_group(stage, capacity=3, minimum=4)
    newer = a_holder(source, place_sequence=90_002)
    older = a_holder(source, place_sequence=90_001)
    drawn = a_holder(source, rank=50)
    unwilling, silent = a_holder(source, rank=1), a_holder(source, rank=2)
    agree(source, target, officer, {newer: True, older: True, drawn: True, unwilling: False})
    a_holder(target)
    moved = operations.merge(source, target, actor=officer, at=AFTER, reason=WHY)
    assert moved == 2
    assert [fresh(one).programme for one in (drawn, older)] == [target, target]
    left = [newer, unwilling, silent]
    assert [(fresh(one).state, fresh(one).programme) for one in left] == [("cancelled", None)] * 3
    assert fresh(source).state == "cancelled"
    assert public(stage) == [
        ("merge", drawn.number, source.code, target.code),
        ("merge", older.number, source.code, target.code),
        ("cancellation", "", source.code, None),
    ]


def test_a_merge_that_reaches_the_minimum_makes_the_target_viable(stage, officer):
    source, target = a_group(stage, minimum=5), a_group(stage, placed=1, minimum=2)
    holder = a_holder(source)
    agree(source, target, officer, {holder: True})
    operations.merge(source, target, actor=officer, at=AFTER, reason=WHY)
    assert (fresh(target).state, places.taken(target)) == ("viable", 2)


def test_a_merge_into_a_viable_programme_ends_the_waiting_of_those_who_move(stage, officer):
    source, target = a_group(stage, minimum=5), a_group(stage, "viable", placed=1)
    other = a_group(stage, "viable")
    holder = a_holder(source)
    make.a_waiting_entry(other, holder, at=AFTER)
    agree(source, target, officer, {holder: True})
    operations.merge(source, target, actor=officer, at=AFTER, reason=WHY)
    assert entries(other) == [("moot", holder.number)]


def test_only_those_who_may_attend_the_target_are_asked(stage, officer):
    source = a_group(stage, minimum=5)
    target = a_group(stage, "viable", category="IIa")
    near, far = a_holder(source), a_holder(source, person=people.a_teacher(prefecture="LAR"))
    assert operations.propose_merge(source, target, actor=officer, at=AFTER) == 1
    assert MergeConsent.objects.get().application == near
    assert Notice.objects.get().person == near.person
    assert fresh(far).state == "placed"


def test_asking_again_asks_only_who_was_not_asked(stage, officer):
    source, target = a_group(stage, placed=1, minimum=5), a_group(stage, "viable")
    operations.propose_merge(source, target, actor=officer, at=AFTER)
    operations.propose_merge(source, target, actor=officer, at=AFTER)
    assert MergeConsent.objects.count() == 1
    assert Notice.objects.count() == 1


def test_a_merge_goes_to_a_programme_of_the_same_cluster_that_takes_people(stage, officer):
    source = a_group(stage, placed=1, minimum=5)
    for target in (source, a_group(stage, "viable", cluster="B2.2")):
        with pytest.raises(NotOpenError, match="ίδιας συστάδας"):
            operations.merge(source, target, actor=officer, at=AFTER, reason=WHY)
    with pytest.raises(NotOpenError, match="δεν δέχεται άτομα"):
        operations.merge(source, a_group(stage, "cancelled"), actor=officer, at=AFTER, reason=WHY)
    assert fresh(source).state == "filling"


def test_nobody_answers_for_another_nor_after_the_decision(stage, officer):
    source, target = a_group(stage, minimum=5), a_group(stage, "viable")
    holder = a_holder(source)
    operations.propose_merge(source, target, actor=officer, at=AFTER)
    consent = MergeConsent.objects.get()
    with pytest.raises(PermissionDenied):
        operations.answer_merge(consent, agreed=True, actor=actor(people.a_teacher()), at=AFTER)
    operations.cancel_below(source, actor=officer, at=AFTER, reason=WHY)
    with pytest.raises(NotOpenError, match="ήδη παρθεί"):
        operations.answer_merge(consent, agreed=True, actor=actor(holder), at=AFTER)


# --- opening of enrolment ---


def test_enrolment_does_not_open_while_a_programme_is_undecided(stage, officer):
    filling = a_group(stage, placed=1)
    a_group(stage, "viable", placed=2)
    with pytest.raises(NotOpenError, match=filling.code):
        operations.open_enrolment(stage, actor=officer, at=AFTER)
    assert fresh(stage).state == "phase_b_closed"


def test_enrolment_asks_everybody_with_a_place_to_confirm_by_the_deadline(
    stage, officer, set_clock, drain_jobs
):
    programme = a_group(stage, "viable")
    holder = a_holder(programme)
    operations.open_enrolment(stage, actor=officer, at=AFTER)
    assert (fresh(stage).state, fresh(programme).state) == ("enrolling", "enrolling")
    assert fresh(holder).confirm_by == stage.enrolment_closes
    set_clock(AFTER)
    drain_jobs()
    assert Notice.objects.get(person=holder.person).title == "Επιβεβαιώστε τη θέση σας"


def test_enrolment_does_not_open_after_its_own_deadline(stage, officer):
    a_group(stage, "viable", placed=2)
    with pytest.raises(NotOpenError, match="προθεσμία των εγγραφών πέρασε"):
        operations.open_enrolment(stage, actor=officer, at=stage.enrolment_closes)


def test_enrolment_does_not_open_for_nothing(stage, officer):
    with pytest.raises(NotOpenError, match="Κανένα πρόγραμμα"):
        operations.open_enrolment(stage, actor=officer, at=AFTER)


def test_phase_b_is_skipped_only_when_nothing_is_filling():
    period = a_stage("drawn")
    filling = a_group(period, placed=1)
    a_group(period, "viable", placed=2)
    officer = an_officer(period)
    with pytest.raises(NotOpenError, match="συμπληρώνονται στη Β΄ φάση"):
        operations.skip_phase_b(period, actor=officer, at=AFTER)
    type(filling).objects.filter(pk=filling.pk).update(state="viable")
    operations.skip_phase_b(period, actor=officer, at=AFTER)
    assert fresh(period).state == "enrolling"
    assert ParticipationApplication.objects.filter(confirm_by=None).count() == 0
