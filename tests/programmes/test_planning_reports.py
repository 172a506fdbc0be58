"""Reports of planning: timetables, work of trainers, rooms, centres and targets; by role.

Shows: R-047.
"""

from __future__ import annotations

import pytest

from didaskaleio.kernel import access
from didaskaleio.kernel.reports import Query, known
from didaskaleio.people.queries import actor_of
from tests.factories import people, programmes

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(at):
    """Two programmes of one period at two centres, each with its trainer."""
    first = programmes.a_programme(state="open")
    return first, programmes.a_programme(state="open", period=first.period)


def rows(name, person, at, **values):
    report = known[name]
    found = report.selected(actor_of(person, at=at), at, Query(values))
    names = [column.name for column in report.columns]
    return [dict(zip(names, line, strict=True)) for line in report.lines(found)]


def test_a_timetable_has_a_row_for_each_slot_with_its_hours(two, at):
    first, _ = two
    manager = people.a_centre_manager(first.centre)
    found = rows("programmes.timetables", manager, at)
    assert len(found) == first.slots.count()
    category = first.category
    assert {row["kind"]: row["hours"] for row in found} == {
        "Διά ζώσης": category.session_hours,
        "Σύγχρονη": category.session_hours,
        "Υποστηρικτική": category.support_hours,
    }
    assert {row["programme"] for row in found} == {first.code}
    assert [row["date"] for row in found] == sorted(row["date"] for row in found)


def test_each_role_reads_its_own_part(two, at):
    first, second = two
    region = people.a_person()
    people.a_post(region, "regional_officer", "region", first.centre.region)
    other = people.officer("minedu")
    found = {
        name: {row["programme"] for row in rows("programmes.timetables", who, at)}
        for name, who in {
            "manager": people.a_centre_manager(second.centre),
            "trainer": first.trainer,
            "officer": people.officer(),
            "region": region,
            "other": other,
        }.items()
    }
    both = {first.code, second.code}
    assert found["manager"] == {second.code}
    assert found["trainer"] == {each.code for each in two if each.trainer_id == first.trainer_id}
    assert found["officer"] == found["region"] == both
    assert found["other"] == set()
    assert not access.allowed(actor_of(people.a_teacher(), at=at), "programme.report")


def test_the_work_of_a_trainer_is_added_up_in_each_period(two, at):
    first, second = two
    second.trainer = first.trainer
    second.save(update_fields=["trainer"])
    (row,) = rows("programmes.trainers", first.trainer, at)
    meetings = first.slots.count() + second.slots.count()
    assert (row["programmes"], row["meetings"]) == (2, meetings)
    timetable = rows("programmes.timetables", first.trainer, at)
    assert row["hours"] == sum(each["hours"] for each in timetable)
    assert row["face"] == sum(each["kind"] == "Διά ζώσης" for each in timetable)


def test_what_was_rejected_or_cancelled_is_nobodys_work(two, at):
    first, second = two
    second.state = "cancelled"
    second.save(update_fields=["state"])
    officer = people.officer()
    assert {r["programme"] for r in rows("programmes.timetables", officer, at)} == {first.code}
    (row,) = [r for r in rows("programmes.centres", officer, at) if r["cancelled"]]
    assert (row["proposals"], row["approved"], row["seats"]) == (1, 0, 0)


def test_targets_stand_beside_the_seats_that_were_approved(two, at):
    first, second = two
    (row,) = [
        each
        for each in rows("programmes.actions", people.officer(), at)
        if each["code"] == first.period.action.code
    ]
    seats = first.capacity + second.capacity
    assert (row["programmes"], row["centres"], row["seats"]) == (2, 2, seats)
    assert float(row["share"]) == pytest.approx(seats / first.period.action.target)
    assert rows("programmes.actions", people.officer("minedu"), at) == []


def test_the_use_of_rooms_counts_only_meetings_face_to_face(two, at):
    first, _ = two
    first.room = first.centre.rooms.first()
    first.save(update_fields=["room"])
    manager = people.a_centre_manager(first.centre)
    (row,) = rows("programmes.rooms", manager, at)
    held = first.slots.filter(kind="f2f")
    assert (row["room"], row["meetings"]) == (first.room.name, held.count())
    assert (row["first"], row["last"]) == (
        held.order_by("date").first().date,
        held.order_by("date").last().date,
    )
