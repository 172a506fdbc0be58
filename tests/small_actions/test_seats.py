"""Seats by order of arrival, the waiting list that fills itself, presence and attestations.

Shows: R-049.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from didaskaleio.credentials.models import Credential
from didaskaleio.kernel.access import SYSTEM
from didaskaleio.kernel.agenda import dates_of, todos_of
from didaskaleio.kernel.errors import StepRefusedError
from didaskaleio.kernel.models import Notice
from didaskaleio.registers import teachers
from didaskaleio.small_actions import operations, queries
from didaskaleio.small_actions.errors import RollRefusedError, SeatRefusedError
from didaskaleio.small_actions.models import Seat, SmallAction
from tests.factories import people, structures
from tests.small_actions.world import (
    ENDS,
    OVER,
    STARTS,
    WRITTEN,
    actor,
    attended,
    begun,
    filled,
    letters,
    published,
    register,
    states,
    written,
)

pytestmark = pytest.mark.django_db
DURING = STARTS + timedelta(minutes=20)


def held(seat):
    return Seat.objects.select_related("action").get(pk=seat.pk)


def test_places_are_given_by_order_of_arrival(centre, manager):
    row = published(centre, manager)
    seats = filled(row, 4)
    assert states(row) == ["registered", "registered", "waiting", "waiting"]
    assert [queries.before_me(seat) for seat in seats[2:]] == [0, 1]


def test_the_first_who_waits_takes_a_place_that_is_given_back(centre, manager):
    row = published(centre, manager)
    seats = filled(row, 4)
    operations.withdraw(held(seats[0]), actor=actor(seats[0].person), at=WRITTEN)
    assert states(row) == ["withdrawn", "registered", "registered", "waiting"]
    said = Notice.objects.filter(title="Βρέθηκε θέση: Μικροελεγκτές στην τάξη")
    assert list(said.values_list("person_id", flat=True)) == [seats[2].person_id]


def test_whoever_leaves_the_waiting_list_moves_nobody(centre, manager):
    row = published(centre, manager)
    seats = filled(row, 4)
    operations.withdraw(held(seats[2]), actor=actor(seats[2].person), at=WRITTEN)
    assert states(row) == ["registered", "registered", "withdrawn", "waiting"]


def test_whoever_withdrew_comes_back_at_the_end(centre, manager):
    row = published(centre, manager)
    seats = filled(row, 3)
    operations.withdraw(held(seats[0]), actor=actor(seats[0].person), at=WRITTEN)
    assert register(row, seats[0].person).number == 4
    assert states(row) == ["withdrawn", "registered", "registered", "waiting"]


def test_nobody_takes_two_seats(centre, manager):
    row = published(centre, manager)
    teacher = people.a_teacher()
    register(row, teacher)
    with pytest.raises(SeatRefusedError, match="ήδη εγγραφεί"):
        register(row, teacher)


def test_nobody_registers_before_publication_or_after_the_beginning(centre, manager):
    with pytest.raises(SeatRefusedError, match="έκλεισαν"):
        register(written(centre, manager), people.a_teacher())
    with pytest.raises(SeatRefusedError, match="έκλεισαν"):
        register(published(centre, manager), people.a_teacher(), at=STARTS)


def test_whoever_is_no_teacher_takes_no_seat(centre, manager):
    with pytest.raises(PermissionDenied):
        register(published(centre, manager), people.ministry_officer())


def of_cluster():
    return {"clusters": [structures.a_cluster("B2.3")]}


def of_place():
    return {"for_prefecture": structures.a_prefecture("KOZ")}


@pytest.mark.parametrize(
    ("audience", "inside", "outside"),
    [
        (of_cluster, {"specialty": "ΠΕ03"}, {"specialty": "ΠΕ02"}),
        (of_place, {"prefecture": "KOZ"}, {"prefecture": "THS"}),
    ],
)
def test_only_the_audience_takes_seats(centre, manager, audience, inside, outside):
    row = published(centre, manager, **audience())
    assert register(row, people.a_teacher(**inside)).state == "registered"
    with pytest.raises(SeatRefusedError, match="απευθύνεται σε"):
        register(row, people.a_teacher(**outside))


def test_an_action_for_one_school_is_for_its_teachers_alone(centre, manager):
    school = structures.a_school()
    row = published(centre, manager, schools=[school])
    assert register(row, people.a_teacher(school=school)).state == "registered"
    with pytest.raises(SeatRefusedError, match=school.name):
        register(row, people.a_teacher())


def test_a_seat_is_not_given_back_after_the_beginning(centre, manager):
    row = published(centre, manager)
    (seat,) = filled(row, 1)
    begun(row)
    with pytest.raises(StepRefusedError, match="έχει αρχίσει"):
        operations.withdraw(held(seat), actor=actor(seat.person), at=DURING)


def test_whoever_still_waits_at_the_beginning_is_told(centre, manager):
    row = published(centre, manager)
    seats = filled(row, 3)
    begun(row)
    assert states(row) == ["registered", "registered", "unplaced"]
    said = Notice.objects.filter(title="Δεν βρέθηκε θέση: Μικροελεγκτές στην τάξη")
    assert list(said.values_list("person_id", flat=True)) == [seats[2].person_id]


def test_the_code_of_the_room_declares_presence_once(centre, manager):
    row = published(centre, manager)
    seat, other = filled(row, 2)
    code = letters(row, DURING)
    begun(row)
    by = actor(seat.person)
    operations.arrive(held(seat), code, device="a" * 32, actor=by, at=DURING)
    assert (held(seat).state, held(seat).arrived_at) == ("attended", DURING)
    with pytest.raises(SeatRefusedError, match="άλλο πρόσωπο"):
        operations.arrive(held(other), code, device="a" * 32, actor=actor(other.person), at=DURING)


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (DURING + timedelta(minutes=2), "δεν ισχύει"),
        (STARTS - timedelta(minutes=31), "μισή ώρα"),
        (OVER, "μισή ώρα"),
    ],
)
def test_a_code_holds_for_its_moment_only(centre, manager, at, words):
    row = published(centre, manager)
    (seat,) = filled(row, 1)
    code = letters(row, DURING)
    with pytest.raises(SeatRefusedError, match=words):
        operations.arrive(held(seat), code, device="b" * 32, actor=actor(seat.person), at=at)


def test_the_roll_is_closed_with_whoever_was_there(centre, manager):
    row = published(centre, manager, places=3)
    seats = filled(row, 3)
    row = begun(row)
    operations.complete(row, [seats[0].pk, seats[2].pk], actor=manager, at=OVER)
    assert (row.state, states(row)) == ("completed", ["attended", "absent", "attended"])


def test_the_roll_takes_no_seats_of_another_action(centre, manager):
    row, other = published(centre, manager), published(centre, manager)
    filled(row, 1)
    (foreign,) = filled(other, 1)
    with pytest.raises(RollRefusedError, match="άλλαξε"):
        operations.complete(begun(row), [foreign.pk], actor=manager, at=OVER)
    assert (states(row), states(other)) == (["registered"], ["registered"])


def test_an_action_without_people_is_not_completed(centre, manager):
    row = begun(published(centre, manager))
    with pytest.raises(RollRefusedError, match="ματαιώστε"):
        operations.complete(row, [], actor=manager, at=OVER)


def test_whoever_attended_receives_a_sealed_attestation_once(
    centre, manager, officer, authority, drain_jobs, set_clock
):
    set_clock(OVER)
    row, seats = attended(centre, manager, officer)
    drain_jobs()
    assert operations.attest(row, actor=SYSTEM, at=OVER) == 0
    issued = Credential.objects.order_by("number")
    assert [one.person_id for one in issued] == [seat.person_id for seat in seats]
    first = issued[0]
    assert (first.kind, first.number) == ("participation", "ITYE-ΒΣ-2023-000001")
    said = dict(first.content)
    assert (said["Δράση"], said["Κωδικός δράσης"], said["Διδακτικές ώρες"]) == (
        "Βιωματικό εργαστήριο: Μικροελεγκτές στην τάξη",
        row.code,
        "3",
    )


def test_a_correction_revokes_what_was_not_earned_and_issues_what_was(
    centre, manager, officer, authority, drain_jobs, set_clock
):
    set_clock(OVER)
    row, seats = attended(centre, manager, officer)
    drain_jobs()
    operations.reopen(row, actor=officer, at=OVER, reason="Λάθος πρόσωπο.")
    operations.complete(row, [seats[1].pk], actor=manager, at=OVER)
    drain_jobs()
    found = Credential.objects.order_by("number").values_list("person_id", "state")
    assert list(found) == [(seats[0].person_id, "revoked"), (seats[1].person_id, "issued")]
    assert held(seats[0]).credential is None


def test_the_record_of_a_teacher_counts_the_hours(centre, manager):
    row = published(centre, manager, counts=True)
    seat, absent = filled(row, 2)
    operations.complete(begun(row), [seat.pk], actor=manager, at=OVER)
    (entry,) = teachers.record_of(seat.person, actor(seat.person)).trainings[:1]
    assert (entry.number, entry.hours) == (row.code, 3)
    assert teachers.record_of(absent.person, actor(absent.person)).hours == 0


def test_an_attested_action_stands_once_in_the_record(
    centre, manager, officer, authority, drain_jobs, set_clock
):
    set_clock(OVER)
    _, (seat, *_) = attended(centre, manager, officer)
    drain_jobs()
    record = teachers.record_of(seat.person, actor(seat.person))
    assert (record.hours, [one.hours for one in record.trainings]) == (3, [3])


def test_hours_that_do_not_count_stand_in_no_record(centre, manager):
    row = published(centre, manager)
    (seat,) = filled(row, 1)
    operations.complete(begun(row), [seat.pk], actor=manager, at=OVER)
    assert teachers.record_of(seat.person, actor(seat.person)).hours == 0


def test_a_seat_stands_in_the_calendar_and_its_end_too(centre, manager):
    row = published(centre, manager)
    (seat,) = filled(row, 1)
    who = actor(seat.person)
    (date,) = dates_of(who, WRITTEN)
    assert (date.uid, date.starts_at, date.ends_at, date.place) == (
        f"small-action-{row.pk}",
        STARTS,
        ENDS,
        "Εργαστήριο Α",
    )
    operations.cancel(row, actor=manager, at=WRITTEN, reason="Χιόνι.")
    (date,) = dates_of(who, WRITTEN)
    assert (date.cancelled, date.revision) == (True, 1)


def test_whoever_organises_is_asked_for_the_roll(centre, manager):
    row = published(centre, manager)
    filled(row, 1)
    begun(row)
    assert todos_of(manager, STARTS) == []
    (todo,) = todos_of(manager, OVER)
    assert (todo.title, todo.url) == (
        "Παρουσίες: Μικροελεγκτές στην τάξη",
        f"/small-actions/{row.pk}/roll/",
    )


def test_whoever_approves_is_asked(centre, manager, officer):
    row = written(centre, manager, kind="day")
    operations.submit(row, actor=manager, at=WRITTEN)
    found = [todo.title for todo in todos_of(officer, WRITTEN)]
    assert found == ["Έγκριση: Μικροελεγκτές στην τάξη"]
    assert SmallAction.objects.get().state == "submitted"
