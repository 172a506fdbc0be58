"""Enrolling: confirmation, decline, withdrawal, lapse, manual moves; phase B moved by an act.

Shows: R-045, R-046.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from didaskaleio.enrolment import operations, places
from didaskaleio.enrolment.enums import ApplicationState
from didaskaleio.enrolment.errors import NotEligibleError, NotOpenError, UndeclaredError
from didaskaleio.enrolment.events import PlacesFreed
from didaskaleio.enrolment.models import HeldBack, ParticipationApplication, PublicChange
from didaskaleio.kernel import events, journal, lifecycle
from didaskaleio.kernel.errors import ReasonMissingError, StepRefusedError
from didaskaleio.kernel.models import Notice
from didaskaleio.people.models import SchoolService
from didaskaleio.programmes.models import PeriodAct, RegulationAcceptance, TrainingPeriod
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
    an_officer,
    entries,
    fresh,
    owed,
    public,
    runners_up,
)
from tests.factories import enrolment as make
from tests.factories import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(db):
    return a_stage("enrolling")


@pytest.fixture
def holder(stage):
    return a_holder(a_group(stage, "enrolling"), confirm_by=ENROLMENT_CLOSES)


def confirm(application, at=AFTER, *, teach=True, accept=True):
    operations.confirm(
        application,
        actor=actor(application, at),
        at=at,
        will_teach_declared=teach,
        regulation_accepted=accept,
    )


# --- confirmation ---


def test_confirming_enrols_and_keeps_the_acceptance_of_the_regulation(holder):
    confirm(holder)
    assert (fresh(holder).state, fresh(holder).confirm_by) == ("enrolled", None)
    assert RegulationAcceptance.objects.get(person=holder.person).capacity == "applicant"


@pytest.mark.parametrize(("teach", "accept"), [(False, True), (True, False)])
def test_both_declarations_are_needed(holder, teach, accept):
    with pytest.raises(UndeclaredError, match="Δηλώστε ότι θα διδάσκετε"):
        confirm(holder, teach=teach, accept=accept)
    assert fresh(holder).state == "placed"


def test_that_the_person_will_teach_is_checked_again(holder):
    SchoolService.objects.filter(teacher__person=holder.person).update(hours=0)
    with pytest.raises(NotEligibleError):
        confirm(holder)
    assert fresh(holder).state == "placed"


def test_nobody_confirms_before_enrolment_opens():
    period = a_stage("phase_b_closed")
    with pytest.raises(NotOpenError, match="δεν έχουν ανοίξει"):
        confirm(a_holder(a_group(period, "viable")))


def test_the_last_second_of_the_deadline_counts_and_the_deadline_does_not(stage, holder):
    late = a_holder(holder.programme, confirm_by=ENROLMENT_CLOSES)
    confirm(holder, ENROLMENT_CLOSES - SECOND)
    with pytest.raises(NotOpenError, match="προθεσμία επιβεβαίωσης πέρασε"):
        confirm(late, ENROLMENT_CLOSES)
    assert (fresh(holder).state, fresh(late).state) == ("enrolled", "placed")


def test_nobody_confirms_for_another(holder):
    with pytest.raises(PermissionDenied):
        operations.confirm(
            holder,
            actor=actor(people.a_teacher()),
            at=AFTER,
            will_teach_declared=True,
            regulation_accepted=True,
        )


# --- giving the place up ---


def test_declining_gives_the_place_to_the_list(stage, holder, set_clock, drain_jobs):
    programme = holder.programme
    (waiting,) = runners_up(programme, 1)
    operations.decline(holder, actor=actor(holder), at=AFTER)
    set_clock(AFTER)
    drain_jobs()
    assert (fresh(holder).state, fresh(holder).programme) == ("withdrawn", None)
    assert entries(programme) == [("offered", waiting.number)]
    assert public(stage)[0] == ("decline", holder.number, programme.code, None)


def test_declining_in_a_filling_programme_opens_the_place_again_at_the_full_hour():
    period = a_stage("phase_b")
    holder = a_holder(a_group(period))
    operations.decline(holder, actor=actor(holder), at=DURING)
    assert HeldBack.objects.get().opens_at == DURING.replace(hour=12, minute=0)


def test_declining_ends_own_offers(stage):
    filling = a_group(a_stage("phase_b"))
    holder = a_holder(filling)
    other = a_group(filling.period, "viable")
    make.a_waiting_entry(other, holder, at=DURING)
    operations.decline(holder, actor=actor(holder), at=DURING)
    assert entries(other) == [("moot", holder.number)]


def test_leaving_needs_a_reason_which_is_not_published(stage, holder):
    ParticipationApplication.objects.filter(pk=holder.pk).update(state="enrolled")
    with pytest.raises(ReasonMissingError):
        operations.leave(holder, actor=actor(holder), at=AFTER, reason="")
    operations.leave(holder, actor=actor(holder), at=AFTER, reason="Προσωπικός λόγος")
    assert fresh(holder).state == "withdrawn"
    assert journal.of(holder).first().reason == "Προσωπικός λόγος"
    change = PublicChange.objects.get()
    assert (change.kind, change.number, change.reason) == ("withdrawal", holder.number, "")


def test_a_place_left_after_the_second_session_is_not_offered(set_clock, drain_jobs):
    period = a_stage("running")
    programme = a_group(period, "running", placed=1)
    runners_up(programme, 1)
    enrolled = a_holder(programme, state="enrolled")
    ends = places.offers_end(programme)
    operations.leave(enrolled, actor=actor(enrolled), at=ends, reason="Λόγος")
    set_clock(ends)
    drain_jobs()
    assert entries(programme) == []


def test_by_the_clock_whoever_did_not_confirm_loses_the_place_to_the_list(
    stage, holder, set_clock, drain_jobs
):
    programme = holder.programme
    (waiting,) = runners_up(programme, 1)
    kept = a_holder(programme, state="enrolled")
    lifecycle.fire_due(ENROLMENT_CLOSES - SECOND)
    assert fresh(holder).state == "placed"
    lifecycle.fire_due(ENROLMENT_CLOSES)
    set_clock(ENROLMENT_CLOSES)
    drain_jobs()
    assert (fresh(holder).state, fresh(kept).state) == ("lapsed", "enrolled")
    assert entries(programme) == [("offered", waiting.number)]
    assert public(stage)[0] == ("lapse", holder.number, programme.code, None)
    assert Notice.objects.filter(title="Η θέση σας δόθηκε στη λίστα").count() == 1


def test_places_of_those_who_withdrew_after_the_freeze_are_freed_with_the_draw(
    set_clock, drain_jobs
):
    period = a_stage("drawn")
    viable, filling = a_group(period, "viable", placed=1), a_group(period, placed=1)
    (waiting,) = runners_up(viable, 1)
    events.publish(PlacesFreed((viable.pk, filling.pk), DURING))
    set_clock(DURING)
    drain_jobs()
    assert entries(viable) == [("offered", waiting.number)]
    assert HeldBack.objects.get(programme=filling).opens_at == DURING.replace(hour=12, minute=0)


# --- manual move ---


def move(application, to, officer, *, code="service", reason="Μετάθεση μέσα στην περίοδο"):
    operations.move_by_decision(application, to, actor=officer, at=AFTER, code=code, reason=reason)


def test_a_manual_move_is_listed_publicly_by_number_with_the_code_of_its_reason(stage, holder):
    old, new = holder.programme, a_group(stage, "enrolling")
    move(holder, new, an_officer(stage))
    assert (fresh(holder).programme, fresh(holder).state) == (new, "placed")
    change = PublicChange.objects.get()
    assert public(stage) == [("manual_move", holder.number, old.code, new.code)]
    assert change.reason == "Αλλαγή υπηρέτησης"
    entry = journal.of(holder).first()
    assert entry.reason == "Μετάθεση μέσα στην περίοδο"
    assert HeldBack.objects.get(programme=old).opens_at is None
    assert old.code in Notice.objects.get(person=holder.person).text


@pytest.mark.parametrize(("code", "reason"), [("", "Λόγος"), ("service", "  "), ("ό,τι", "Λόγος")])
def test_a_manual_move_needs_code_and_reason(stage, holder, code, reason):
    with pytest.raises(UndeclaredError):
        move(holder, a_group(stage, "enrolling"), an_officer(stage), code=code, reason=reason)


def test_only_the_body_moves_people(stage, holder):
    new = a_group(stage, "enrolling")
    for person in (holder.person, people.officer("iep"), people.a_centre_manager(new.centre)):
        with pytest.raises(PermissionDenied):
            move(holder, new, actor(person))


def test_an_enrolled_person_stays_enrolled(stage, holder):
    ParticipationApplication.objects.filter(pk=holder.pk).update(
        state=ApplicationState.ENROLLED, confirm_by=None
    )
    move(holder, a_group(stage, "enrolling"), an_officer(stage))
    assert (fresh(holder).state, fresh(holder).confirm_by) == ("enrolled", None)


def test_a_move_never_goes_past_the_capacity(stage, holder):
    full = a_group(stage, "enrolling", placed=3, capacity=3)
    with pytest.raises(NotOpenError, match=f"Το {full.code} δεν έχει κενή θέση"):
        move(holder, full, an_officer(stage))


def test_a_move_passes_over_nobody_on_the_list(stage, holder):
    listed = a_group(stage, "enrolling", placed=2, capacity=3)
    runners_up(listed, 1)
    owed(listed)
    with pytest.raises(NotOpenError, match="ανήκει στη λίστα"):
        move(holder, listed, an_officer(stage))


def test_a_move_uses_up_the_place_owed_to_an_empty_list(stage, holder):
    empty = a_group(stage, "enrolling", placed=2, capacity=3)
    place = owed(empty)
    move(holder, empty, an_officer(stage))
    assert places.taken(empty) == 3
    assert fresh(place).used_at == AFTER


def test_a_move_ends_waiting_and_can_make_the_target_viable():
    period = a_stage("phase_b_closed")
    source, target = a_group(period, minimum=3), a_group(period, placed=1, minimum=2)
    holder = a_holder(source)
    other = a_group(period, "viable")
    make.a_waiting_entry(other, holder, at=AFTER)
    move(holder, target, an_officer(period))
    assert fresh(target).state == "viable"
    assert entries(other) == [("moot", holder.number)]


def test_a_move_stays_in_period_and_cluster(stage, holder):
    officer = an_officer(stage)
    for target in (
        holder.programme,
        a_group(stage, "enrolling", cluster="B2.2"),
        a_group(stage, "cancelled"),
        a_group(a_stage("enrolling"), "enrolling"),
    ):
        with pytest.raises(NotOpenError, match="ίδιας περιόδου και συστάδας"):
            move(holder, target, officer)


def test_only_whoever_has_a_place_is_moved(stage):
    waiting = make.an_application(period=stage, state="runner_up")
    with pytest.raises(NotOpenError, match="όποιος έχει θέση"):
        move(waiting, a_group(stage, "enrolling"), an_officer(stage))


# --- the moment of phase B ---


def test_phase_b_does_not_open_by_itself_when_the_draw_came_too_late():
    period = a_stage("drawn")
    make.a_draw(period, state="published", published_at=period.phase_b_opens - 47 * HOUR)
    lifecycle.fire_due(period.phase_b_opens)
    assert fresh(period).state == "drawn"


def test_phase_b_opens_by_the_clock_when_it_was_announced_48_hours_before():
    period = a_stage("drawn")
    make.a_draw(period, state="published", published_at=period.phase_b_opens - 48 * HOUR)
    lifecycle.fire_due(period.phase_b_opens - SECOND)
    assert fresh(period).state == "drawn"
    lifecycle.fire_due(period.phase_b_opens)
    assert fresh(period).state == "phase_b"
    lifecycle.fire_due(period.phase_b_closes)
    assert fresh(period).state == "phase_b_closed"


def test_an_announced_act_moves_phase_b_at_least_48_hours_ahead():
    period = a_stage("drawn")
    make.a_draw(period, state="published", published_at=period.phase_b_opens)
    officer, at = an_officer(period), period.phase_b_opens
    opens, closes = at + 48 * HOUR, at + 72 * HOUR
    with pytest.raises(NotOpenError, match="τουλάχιστον 48 ώρες"):
        operations.move_phase_b(
            period, actor=officer, at=at, opens=opens - SECOND, closes=closes, reason="Καθυστέρηση"
        )
    with pytest.raises(ReasonMissingError):
        operations.move_phase_b(period, actor=officer, at=at, opens=opens, closes=closes, reason="")
    act = operations.move_phase_b(
        period, actor=officer, at=at, opens=opens, closes=closes, reason="Καθυστέρηση"
    )
    assert PeriodAct.objects.get() == act
    lifecycle.fire_due(opens)
    assert TrainingPeriod.objects.get().state == "phase_b"
    with pytest.raises(NotOpenError, match="πριν ανοίξει"):
        operations.move_phase_b(
            period, actor=officer, at=opens, opens=opens + timedelta(days=3),
            closes=opens + timedelta(days=4), reason="Καθυστέρηση",
        )  # fmt: skip


def test_a_step_is_refused_in_words_when_it_was_taken_already(holder):
    confirm(holder)
    with pytest.raises(StepRefusedError, match="Εγγράφηκε"):
        confirm(holder)
