"""Waiting lists and offers: order, length, reminder, expiry, acceptance, joining.

Shows: R-044, R-046.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from didaskaleio.enrolment import operations, places
from didaskaleio.enrolment.errors import NotEligibleError, NotOpenError
from didaskaleio.enrolment.models import HeldBack, ParticipationApplication, WaitingEntry
from didaskaleio.enrolment.operations import lists, offers
from didaskaleio.kernel import lifecycle
from didaskaleio.kernel.calendar import ATHENS
from didaskaleio.kernel.errors import StepRefusedError
from didaskaleio.kernel.models import Notice
from tests.enrolment.stages import (
    AFTER,
    DURING,
    HOUR,
    SECOND,
    a_group,
    a_holder,
    a_stage,
    actor,
    an_offer,
    entries,
    fresh,
    owed,
    public,
    runners_up,
)
from tests.factories import enrolment as make
from tests.factories import people
from tests.factories.programmes import a_slot

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(db):
    return a_stage()


@pytest.fixture
def run_jobs(set_clock, drain_jobs):
    """``run_jobs(at)``: everything enqueued happens at ``at``."""

    def run(at=DURING):
        set_clock(at)
        return drain_jobs()

    return run


def decline(application, at=DURING):
    operations.decline(application, actor=actor(application, at), at=at)


def the_offer(programme):
    return WaitingEntry.objects.get(programme=programme, state="offered")


def accept(entry, at):
    operations.accept_offer(entry, actor=actor(entry.application, at), at=at)


# --- a freed place of a viable programme ---


def test_a_freed_place_is_offered_to_the_first_of_the_list(stage, run_jobs):
    programme = a_group(stage, "viable", placed=1, capacity=2)
    first, second = runners_up(programme, 2)
    decline(a_holder(programme))
    run_jobs()
    assert entries(programme) == [("offered", first.number)]
    assert HeldBack.objects.get().used_at == DURING
    assert public(stage)[-1] == ("offer_made", first.number, None, programme.code)
    notice = Notice.objects.get(person=first.person)
    assert notice.title == "Σας προσφέρεται θέση"
    assert "Απαντήστε έως" in notice.text
    assert not Notice.objects.filter(person=second.person).exists()


def test_the_list_goes_by_draw_order_then_by_order_of_joining(stage, run_jobs):
    programme = a_group(stage, "viable", capacity=4)
    joined = [make.an_application(period=stage, state="runner_up") for _ in range(2)]
    for application in joined:
        operations.join(programme, actor=actor(application), at=DURING)
    drawn = runners_up(programme, 2)
    for _ in range(4):
        owed(programme)
    lists.offer_places(programme.pk, at=DURING)
    offered = WaitingEntry.objects.filter(state="offered").order_by("expires_at", "offered_at")
    by_journal = sorted(offered, key=lambda entry: (not entry.from_draw, entry.pk))
    assert [entry.application.number for entry in by_journal] == [
        application.number for application in (*drawn, *joined)
    ]


def test_one_freed_place_goes_to_drawn_before_joined(stage):
    programme = a_group(stage, "viable", capacity=1)
    joined = make.an_application(period=stage, state="runner_up")
    operations.join(programme, actor=actor(joined), at=DURING)
    (drawn,) = runners_up(programme, 1)
    owed(programme)
    assert lists.offer_places(programme.pk, at=DURING) == 1
    assert the_offer(programme).application == drawn


def test_one_offer_is_made_for_one_place(stage):
    programme = a_group(stage, "viable", placed=2, capacity=3)
    runners_up(programme, 3)
    owed(programme)
    assert [lists.offer_places(programme.pk, at=DURING) for _ in range(3)] == [1, 0, 0]
    assert places.free_to_claim(programme, DURING) == 0


def test_the_database_allows_one_open_entry_for_a_person_and_programme(stage):
    programme = a_group(stage, "viable")
    entry = an_offer(programme)
    with pytest.raises(IntegrityError), transaction.atomic():
        make.a_waiting_entry(programme, entry.application, at=DURING)


def test_whoever_already_has_an_offer_of_the_programme_is_passed_over(stage):
    programme = a_group(stage, "viable")
    first, second = runners_up(programme, 2)
    an_offer(programme, first)
    owed(programme)
    lists.offer_places(programme.pk, at=DURING)
    assert entries(programme) == [("offered", first.number), ("offered", second.number)]


def test_whoever_has_withdrawn_or_is_placed_for_good_is_passed_over(stage):
    programme = a_group(stage, "viable")
    gone, settled, filling, next_one = runners_up(programme, 4)
    ParticipationApplication.objects.filter(pk=gone.pk).update(state="withdrawn")
    other = a_group(stage, "viable")
    ParticipationApplication.objects.filter(pk=settled.pk).update(state="placed", programme=other)
    not_yet = a_group(stage, minimum=3)
    ParticipationApplication.objects.filter(pk=filling.pk).update(state="placed", programme=not_yet)
    owed(programme)
    owed(programme)
    lists.offer_places(programme.pk, at=DURING)
    assert entries(programme) == [("offered", filling.number), ("offered", next_one.number)]


def test_a_filling_programme_offers_nothing(stage):
    programme = a_group(stage)
    runners_up(programme, 1)
    owed(programme)
    assert lists.offer_places(programme.pk, at=DURING) == 0


# --- length ---


@pytest.mark.parametrize(
    ("state", "at", "hours"),
    [
        ("drawn", datetime(2023, 1, 23, 9, tzinfo=ATHENS), 48),
        ("phase_b", DURING, 4),
        ("phase_b_closed", AFTER, 48),
        ("enrolling", AFTER, 48),
    ],
)
def test_the_length_is_48_hours_and_4_during_phase_b(state, at, hours):
    period = a_stage(state)
    programme = a_group(period, "enrolling" if state == "enrolling" else "viable")
    runners_up(programme, 1)
    owed(programme)
    lists.offer_places(programme.pk, at=at)
    entry = the_offer(programme)
    assert entry.expires_at - entry.offered_at == timedelta(hours=hours)
    assert entry.remind_at == at + timedelta(hours=hours / 2)


def test_the_length_is_in_elapsed_hours_across_the_change_of_the_clocks():
    period = a_stage("running", offer_hours=48)
    programme = a_group(period, "running", slots=False)
    for sequence, day in ((1, 21), (2, 60)):
        a_slot(programme, sequence, day, "sync").save()
    runners_up(programme, 1)
    owed(programme)
    lists.offer_places(programme.pk, at=datetime(2023, 3, 25, 12, tzinfo=ATHENS))
    expires_at = the_offer(programme).expires_at.astimezone(ATHENS)
    assert expires_at == datetime(2023, 3, 27, 13, tzinfo=ATHENS)


def test_an_offer_never_lasts_beyond_the_end_of_the_second_session():
    period = a_stage("running")
    programme = a_group(period, "running")
    runners_up(programme, 1)
    owed(programme)
    ends = places.offers_end(programme)
    assert ends == datetime(2023, 3, 8, 19, 0, tzinfo=ATHENS)
    lists.offer_places(programme.pk, at=ends - HOUR)
    assert the_offer(programme).expires_at == ends


def test_nothing_is_offered_from_the_end_of_the_second_session():
    programme = a_group(a_stage("running"), "running")
    runners_up(programme, 1)
    owed(programme)
    assert lists.offer_places(programme.pk, at=places.offers_end(programme)) == 0


# --- reminder, expiry ---


def test_the_reminder_comes_once_at_half_time(stage):
    entry = an_offer(a_group(stage, "viable"))
    assert offers.remind_offers(DURING + 2 * HOUR - SECOND) == 0
    assert offers.remind_offers(DURING + 2 * HOUR) == 1
    assert offers.remind_offers(DURING + 3 * HOUR) == 0
    sent = Notice.objects.filter(person=entry.application.person, kind="enrolment.offer_reminder")
    assert sent.count() == 1


def test_by_the_clock_an_offer_expires_and_the_next_is_offered(stage, run_jobs):
    programme = a_group(stage, "viable", placed=1, capacity=2)
    first, second = runners_up(programme, 2)
    decline(a_holder(programme))
    run_jobs()
    lifecycle.fire_due(DURING + 4 * HOUR - SECOND)
    assert entries(programme) == [("offered", first.number)]
    lifecycle.fire_due(DURING + 4 * HOUR)
    run_jobs(DURING + 4 * HOUR)
    assert entries(programme) == [("expired", first.number), ("offered", second.number)]
    assert ("offer_ended", first.number, None, programme.code) in public(stage)
    assert Notice.objects.filter(person=first.person, kind="enrolment.offer_expired").exists()
    lifecycle.fire_due(DURING + 8 * HOUR)
    run_jobs(DURING + 8 * HOUR)
    assert [state for state, _ in entries(programme)] == ["expired", "expired"]
    assert places.free_to_claim(programme, DURING + 8 * HOUR) == 0


def test_declining_an_offer_passes_it_on(stage, run_jobs):
    programme = a_group(stage, "viable", placed=1, capacity=2)
    first, second = runners_up(programme, 2)
    owed(programme)
    lists.offer_places(programme.pk, at=DURING)
    entry = the_offer(programme)
    operations.refuse_offer(entry, actor=actor(first), at=DURING + HOUR)
    run_jobs(DURING + HOUR)
    assert entries(programme) == [("declined", first.number), ("offered", second.number)]
    assert fresh(first).state == "runner_up"


def test_nobody_answers_the_offer_of_another(stage):
    entry = an_offer(a_group(stage, "viable"))
    stranger = actor(people.a_teacher())
    with pytest.raises(PermissionDenied):
        operations.accept_offer(entry, actor=stranger, at=DURING)
    with pytest.raises(PermissionDenied):
        operations.refuse_offer(entry, actor=stranger, at=DURING)


# --- acceptance ---


def test_accepting_gives_the_place_and_ends_all_other_waiting(stage):
    programme, other = a_group(stage, "viable", placed=2), a_group(stage, "viable")
    entry = an_offer(programme)
    person = entry.application
    make.a_waiting_entry(other, person, at=DURING)
    accept(entry, DURING + HOUR)
    assert (fresh(person).state, fresh(person).programme) == ("placed", programme)
    assert entries(programme) == [("accepted", person.number)]
    assert entries(other) == [("moot", person.number)]
    assert places.taken(programme) == 3
    assert fresh(person).confirm_by is None
    assert public(stage)[-1] == ("offer_accepted", person.number, None, programme.code)


def test_the_last_second_counts_and_the_moment_of_expiry_does_not(stage):
    one, two = an_offer(a_group(stage, "viable")), an_offer(a_group(stage, "viable"))
    accept(one, DURING + 4 * HOUR - SECOND)
    with pytest.raises(NotOpenError, match="Η προσφορά έληξε"):
        accept(two, DURING + 4 * HOUR)
    assert (fresh(one).state, fresh(two).state) == ("accepted", "offered")


def test_an_expired_offer_is_not_accepted(stage):
    entry = an_offer(a_group(stage, "viable"))
    lifecycle.fire_due(DURING + 4 * HOUR)
    with pytest.raises(StepRefusedError, match="Έληξε"):
        accept(entry, DURING + 4 * HOUR)
    assert fresh(entry.application).programme is None


def test_accepting_frees_the_place_held_in_a_filling_programme(stage):
    filling, offering = a_group(stage, minimum=3), a_group(stage, "viable", placed=2)
    holder = a_holder(filling)
    accept(an_offer(offering, holder), DURING)
    assert fresh(holder).programme == offering
    assert HeldBack.objects.get(programme=filling).opens_at.hour == 10  # 12:00 in Athens, UTC
    assert public(stage)[-1] == ("offer_accepted", holder.number, filling.code, offering.code)


def test_with_a_place_in_a_viable_programme_an_offer_is_not_accepted(stage):
    offering, held = a_group(stage, "viable"), a_group(stage, "viable")
    holder = a_holder(held)
    entry = an_offer(offering, holder)
    with pytest.raises(NotOpenError, match=held.code):
        accept(entry, DURING)
    assert (fresh(holder).programme, fresh(entry).state) == (held, "offered")


def test_an_offer_accepted_after_enrolment_opened_is_confirmed_within_its_days():
    period = a_stage("enrolling")
    programme = a_group(period, "enrolling")
    early, late = an_offer(programme), an_offer(programme, at=period.enrolment_closes)
    accept(early, DURING)
    accept(late, period.enrolment_closes)
    assert fresh(early.application).confirm_by == period.enrolment_closes
    assert fresh(late.application).confirm_by == period.enrolment_closes + timedelta(days=5)


def test_people_of_a_cancelled_programme_may_accept(stage):
    person = make.an_application(period=stage, state="cancelled")
    entry = an_offer(a_group(stage, "viable"), person)
    accept(entry, DURING)
    assert fresh(person).state == "placed"


def test_whoever_withdraws_ends_own_offers_and_the_place_goes_on(stage, run_jobs):
    programme = a_group(stage, "viable")
    first, second = runners_up(programme, 2)
    owed(programme)
    lists.offer_places(programme.pk, at=DURING)
    operations.withdraw(first, actor=actor(first), at=DURING)
    run_jobs()
    assert entries(programme) == [("moot", first.number), ("offered", second.number)]
    assert ("withdrawal", first.number, None, None) in public(stage)


# --- joining ---


def test_joining_puts_a_new_applicant_behind_the_runners_up_with_a_number(stage):
    programme = a_group(stage, "viable")
    teacher = people.a_teacher()
    entry = operations.join(programme, actor=actor(teacher), at=DURING)
    application = ParticipationApplication.objects.get(person=teacher)
    assert (application.state, len(application.number)) == ("runner_up", 8)
    assert (entry.state, entry.from_draw) == ("waiting", False)
    assert entry.joined_sequence is not None


def test_joining_a_list_with_a_place_left_over_brings_an_offer(stage, run_jobs):
    programme = a_group(stage, "viable", placed=2)
    owed(programme)
    teacher = people.a_teacher()
    operations.join(programme, actor=actor(teacher), at=DURING)
    run_jobs()
    assert the_offer(programme).application.person == teacher


def test_one_with_a_place_in_a_filling_programme_may_join(stage):
    programme = a_group(stage, "viable")
    holder = a_holder(a_group(stage, minimum=3))
    assert operations.join(programme, actor=actor(holder), at=DURING).state == "waiting"


def test_one_with_a_place_in_a_viable_programme_may_not_join(stage):
    holder = a_holder(a_group(stage, "viable"))
    with pytest.raises(NotOpenError, match="δεν έχει θέση σε πρόγραμμα που θα λειτουργήσει"):
        operations.join(a_group(stage, "viable"), actor=actor(holder), at=DURING)


def test_nobody_joins_twice_nor_where_the_draw_put_them(stage):
    programme = a_group(stage, "viable")
    (drawn,) = runners_up(programme, 1)
    new = people.a_teacher()
    operations.join(programme, actor=actor(new), at=DURING)
    for person in (drawn, new):
        with pytest.raises(NotOpenError, match="ήδη στη λίστα"):
            operations.join(programme, actor=actor(person), at=DURING)


def test_the_list_of_a_filling_programme_is_not_joined(stage):
    with pytest.raises(NotOpenError, match="Λίστα έχουν μόνο"):
        operations.join(a_group(stage), actor=actor(people.a_teacher()), at=DURING)


def test_the_ineligible_do_not_join_and_leave_no_trace(stage):
    teacher = people.a_teacher("ΠΕ02")
    with pytest.raises(NotEligibleError):
        operations.join(a_group(stage, "viable"), actor=actor(teacher), at=DURING)
    assert not ParticipationApplication.objects.filter(person=teacher).exists()


def test_nobody_joins_before_phase_b():
    period = a_stage("drawn")
    with pytest.raises(NotOpenError, match="από το άνοιγμα της Β΄ φάσης"):
        operations.join(a_group(period, "viable"), actor=actor(people.a_teacher()), at=DURING)
