"""Draft, signature, second signature, correction; what the database itself refuses.

Shows: R-050, R-051.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from didaskaleio.delivery import operations, queries, rules
from didaskaleio.delivery.errors import (
    NotApplicableError,
    SheetChangedError,
    SheetIncompleteError,
    SheetSignedError,
)
from didaskaleio.delivery.models import AttendanceSheet
from didaskaleio.delivery.rules import Marking
from didaskaleio.kernel import journal
from didaskaleio.kernel.errors import ReasonMissingError
from didaskaleio.kernel.models import Notice
from didaskaleio.people.queries import actor_of
from tests.factories import delivery, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(first):
    return actor_of(people.officer(), at=first.ends_at)


@pytest.fixture
def manager(programme, first):
    return actor_of(people.a_centre_manager(programme.centre), at=first.ends_at)


def test_a_draft_keeps_marks_minutes_and_topic(first, trainer):
    rows = delivery.trainees_of(first)
    said = {rows[0].pk: Marking("present"), rows[1].pk: Marking("late", 20)}
    operations.save_draft(first, said, topic=" Θέμα ", actor=trainer, at=first.starts_at)
    first.refresh_from_db()
    kept = [(r.mark, r.minutes) for r in delivery.trainees_of(first)]
    assert kept == [("present", 90), ("late", 70), ("unknown", 0), ("unknown", 0)]
    assert (first.topic, first.draft_saved_at) == ("Θέμα", first.starts_at)
    assert first.state == "planned"


@pytest.mark.parametrize("late", [0, 90, 91])
def test_minutes_of_a_delay_lie_inside_the_session(first, trainer, late):
    row = delivery.trainees_of(first)[0]
    with pytest.raises(SheetIncompleteError, match="από 1 έως 89"):
        operations.save_draft(
            first, {row.pk: Marking("late", late)}, topic="", actor=trainer, at=first.starts_at
        )


def test_marks_are_not_taken_long_before_the_session(first, trainer):
    early = first.starts_at - timedelta(minutes=31)
    with pytest.raises(NotApplicableError):
        operations.save_draft(first, {}, topic="", actor=trainer, at=early)


def test_marks_of_another_session_are_ignored(programme, first, trainer):
    other = delivery.sessions_of(programme)[1]
    foreign = {delivery.trainees_of(other)[0].pk: Marking("absent")}
    operations.save_draft(first, foreign, topic="", actor=trainer, at=first.starts_at)
    assert {row.mark for row in delivery.trainees_of(other)} == {"unknown"}


def test_nobody_else_marks(first, manager):
    with pytest.raises(PermissionDenied):
        operations.save_draft(first, {}, topic="", actor=manager, at=first.ends_at)


def test_the_signature_starts_ends_and_fixes_the_sheet(first, trainer):
    delivery.a_marked_session(first, absent=(1,), late={2: 30})
    seen = queries.next_digest(first)
    sheet = operations.sign(first, actor=trainer, at=first.ends_at, seen=seen)
    first.refresh_from_db()
    assert first.state == "signed"
    assert [e.step for e in journal.of(first)] == ["sign_sheet", "end", "start"]
    assert [(r["mark"], r["minutes"]) for r in sheet.rows] == [
        ("present", 90), ("absent", 0), ("late", 60), ("present", 90), ("present", 90),
        ("present", 90),
    ]  # fmt: skip
    assert sheet.digest == seen == rules.digest(first.pk, 1, sheet.topic, sheet.rows)
    assert sheet.signed_by_id == trainer.user_id


def test_an_unmarked_person_holds_the_signature_back(first, trainer):
    delivery.a_marked_session(first)
    row = delivery.trainees_of(first)[2]
    row.mark = "unknown"
    row.save(update_fields=["mark"])
    with pytest.raises(SheetIncompleteError, match=str(row.person)):
        operations.sign(first, actor=trainer, at=first.ends_at, seen=queries.next_digest(first))
    assert not first.sheets.exists()


def test_the_topic_is_demanded(first, trainer):
    drafted = delivery.markings(first)
    operations.save_draft(first, drafted, topic="  ", actor=trainer, at=first.ends_at)
    first.refresh_from_db()
    with pytest.raises(SheetIncompleteError, match="θέμα"):
        operations.sign(first, actor=trainer, at=first.ends_at, seen=queries.next_digest(first))


def test_a_sheet_is_not_signed_at_the_beginning(first, trainer):
    delivery.a_marked_session(first, at=first.starts_at)
    with pytest.raises(SheetIncompleteError, match="15 λεπτά"):
        operations.sign(first, actor=trainer, at=first.starts_at, seen=queries.next_digest(first))


def test_what_another_tab_changed_is_not_signed_unseen(first, trainer):
    delivery.a_marked_session(first)
    seen = queries.next_digest(first)
    row = delivery.trainees_of(first)[0]
    operations.save_draft(
        first, {row.pk: Marking("absent")}, topic="Άλλο", actor=trainer, at=first.ends_at
    )
    with pytest.raises(SheetChangedError):
        operations.sign(first, actor=trainer, at=first.ends_at, seen=seen)
    assert not first.sheets.exists()


def test_a_double_click_gives_the_one_sheet(first, trainer):
    delivery.a_marked_session(first)
    seen = queries.next_digest(first)
    one = operations.sign(first, actor=trainer, at=first.ends_at, seen=seen)
    again = operations.sign(first, actor=trainer, at=first.ends_at, seen=seen)
    assert one == again
    assert first.sheets.count() == 1
    with pytest.raises(SheetSignedError):
        operations.sign(first, actor=trainer, at=first.ends_at, seen="0" * 64)


def test_a_signed_sheet_takes_no_draft(first, trainer):
    delivery.a_signed_session(first)
    with pytest.raises(SheetSignedError):
        operations.save_draft(first, {}, topic="Άλλο", actor=trainer, at=first.ends_at)


@pytest.mark.parametrize(
    "change",
    [{"topic": "Άλλο"}, {"rows": []}, {"digest": "0" * 64}, {"reason": "x"}, {"version": 9}],
)
def test_the_database_refuses_to_change_a_signed_sheet(first, change):
    delivery.a_signed_session(first)
    with pytest.raises(DatabaseError, match="immutable"), transaction.atomic():
        AttendanceSheet.objects.filter(session=first).update(**change)


def test_the_database_refuses_to_delete_a_signed_sheet(first):
    delivery.a_signed_session(first)
    with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic():
        AttendanceSheet.objects.filter(session=first).delete()


def test_the_second_signature_is_written_once_and_stays(first, manager):
    delivery.a_signed_session(first)
    sheet = operations.countersign(first, actor=manager, at=first.ends_at)
    assert sheet.countersigned_by_id == manager.user_id
    with pytest.raises(SheetSignedError):
        operations.countersign(first, actor=manager, at=first.ends_at)
    with pytest.raises(DatabaseError, match="immutable"), transaction.atomic():
        AttendanceSheet.objects.filter(pk=sheet.pk).update(countersigned_at=None)


def test_the_database_takes_no_change_hidden_in_the_second_signature(first, manager):
    delivery.a_signed_session(first)
    with pytest.raises(DatabaseError, match="immutable"), transaction.atomic():
        AttendanceSheet.objects.filter(session=first).update(
            countersigned_by=manager.user_id, countersigned_at=first.ends_at, topic="Άλλο"
        )


def test_the_trainer_does_not_give_the_second_signature(first, trainer):
    delivery.a_signed_session(first)
    with pytest.raises(PermissionDenied):
        operations.countersign(first, actor=trainer, at=first.ends_at)


def test_a_trainer_who_manages_the_centre_does_not_sign_twice(programme, first):
    delivery.a_signed_session(first)
    people.a_post(programme.trainer, "centre_manager", "centre", programme.centre)
    both = actor_of(programme.trainer, at=first.ends_at)
    with pytest.raises(NotApplicableError, match="άλλο πρόσωπο"):
        operations.countersign(first, actor=both, at=first.ends_at)


def test_a_correction_is_a_new_version_and_keeps_the_old(first, officer):
    delivery.a_signed_session(first, absent=(0,))
    row = delivery.trainees_of(first)[0]
    sheet = operations.correct_sheet(
        first, {row.pk: Marking("present")}, actor=officer, at=first.ends_at, reason="Λάθος"
    )
    old, new = first.sheets.order_by("version")
    assert (old.rows[0]["mark"], new.rows[0]["mark"]) == ("absent", "present")
    assert (sheet.version, sheet.reason, sheet.signed_by_id) == (2, "Λάθος", officer.user_id)
    assert Notice.objects.filter(kind="delivery.correction", person=row.person).count() == 1
    again = {row.pk: Marking("late", 10)}
    operations.correct_sheet(first, again, actor=officer, at=first.ends_at, reason="Ξανά")
    first.refresh_from_db()
    assert (first.state, first.sheets.count()) == ("corrected", 3)


def test_a_correction_needs_a_reason_and_a_change(first, officer):
    delivery.a_signed_session(first)
    row = delivery.trainees_of(first)[0]
    with pytest.raises(ReasonMissingError):
        operations.correct_sheet(
            first, {row.pk: Marking("absent")}, actor=officer, at=first.ends_at, reason=""
        )
    with pytest.raises(NotApplicableError, match="Δεν άλλαξε"):
        operations.correct_sheet(
            first, {row.pk: Marking("present")}, actor=officer, at=first.ends_at, reason="Λάθος"
        )


def test_only_the_body_corrects(first, trainer, manager):
    delivery.a_signed_session(first)
    row = delivery.trainees_of(first)[0]
    for actor in (trainer, manager, actor_of(people.officer("minedu"), at=first.ends_at)):
        with pytest.raises(PermissionDenied):
            operations.correct_sheet(
                first, {row.pk: Marking("absent")}, actor=actor, at=first.ends_at, reason="Όχι"
            )


def test_asynchronous_hours_are_confirmed_once_and_each_missing_one_counts(first, trainer):
    delivery.a_signed_session(first, asynchronous=False)
    rows = delivery.trainees_of(first)
    done = [row.pk for row in rows[1:]]
    operations.confirm_async(first, done, actor=trainer, at=first.ends_at)
    assert [row.async_done for row in delivery.trainees_of(first)] == [False, True, True, True]
    assert queries.absence_of(rows[0].application, first.ends_at).absent == 1
    with pytest.raises(NotApplicableError, match="ήδη"):
        operations.confirm_async(first, done, actor=trainer, at=first.ends_at)


def test_asynchronous_hours_are_confirmed_for_nobody_of_another_meeting(first, trainer):
    delivery.a_signed_session(first, asynchronous=False)
    foreign = delivery.trainees_of(delivery.sessions_of(first.programme)[1])[0]
    with pytest.raises(SheetChangedError, match="δεν είναι πια εδώ"):
        operations.confirm_async(first, [foreign.pk], actor=trainer, at=first.ends_at)
    foreign.refresh_from_db()
    assert foreign.async_done is None
    assert {row.async_done for row in delivery.trainees_of(first)} == {None}


def test_asynchronous_hours_wait_for_the_signature(first, trainer):
    with pytest.raises(NotApplicableError, match="Υπογράψτε πρώτα"):
        operations.confirm_async(first, [], actor=trainer, at=first.ends_at)


def test_documents_accepted_close_the_sheets(first):
    from didaskaleio.delivery.subscribers import close_sheets
    from didaskaleio.kernel.events import StepsTaken

    delivery.a_signed_session(first)
    event = StepsTaken(
        "programme", "accept_documents", "documented", (first.programme_id,), None, first.ends_at
    )
    close_sheets(event)
    first.refresh_from_db()
    assert first.state == "closed"
