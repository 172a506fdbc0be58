"""Ways of attendance: the code of the room, marks of a device, a file; what disagrees is decided.

Shows: R-050, R-052.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from didaskaleio.delivery import operations, queries
from didaskaleio.delivery.errors import (
    CodeRefusedError,
    NotApplicableError,
    SheetIncompleteError,
    SheetSignedError,
)
from didaskaleio.delivery.models import Ruling, Sign
from didaskaleio.delivery.operations import DeviceMark
from didaskaleio.delivery.rules import Marking
from didaskaleio.kernel.errors import ReasonMissingError
from didaskaleio.people.queries import actor_of
from tests.factories import delivery

pytestmark = pytest.mark.django_db
PHONE, OTHER = "a" * 32, "b" * 32


def standing(row):
    row.refresh_from_db()
    return (row.mark, row.minutes)


def checks_in(session, position=0, *, minutes=0, device=PHONE, code=None):
    at = session.starts_at + timedelta(minutes=minutes)
    row = delivery.trainees_of(session)[position]
    given = queries.code_of(session, at) if code is None else code
    actor = actor_of(row.person, at=at)
    return operations.check_in(given, device=device, actor=actor, at=at), row


def device_mark(row, counter, mark="absent", *, at, client=PHONE, late=0):
    return DeviceMark(client, counter, row.pk, Marking(mark, late), at)


def test_the_code_of_the_screen_makes_a_trainee_present(first):
    sign, row = checks_in(first)
    assert (sign.source, sign.mark) == ("code", "present")
    assert standing(row) == ("present", 90)


def test_who_arrives_after_the_tolerance_is_late_by_the_minutes(first):
    checks_in(first, minutes=5)
    _, late = checks_in(first, 1, minutes=6, device=OTHER)
    marks = [standing(row) for row in delivery.trainees_of(first)[:2]]
    assert marks == [("present", 90), ("late", 84)]
    assert standing(late)[0] == "late"


def test_the_code_of_the_window_before_holds_and_an_older_one_does_not(first):
    at = first.starts_at
    old = queries.code_of(first, at - timedelta(seconds=20))
    older = queries.code_of(first, at - timedelta(seconds=40))
    with pytest.raises(CodeRefusedError, match="δεν ισχύει"):
        checks_in(first, code=older)
    checks_in(first, code=old)
    assert Sign.objects.count() == 1


def test_the_code_may_be_typed_in_greek_letters_with_a_space(first):
    code = queries.code_of(first, first.starts_at)
    greek = code.translate(str.maketrans("ABEHKMNPTYX", "ΑΒΕΗΚΜΝΡΤΥΧ")).lower()
    checks_in(first, code=f" {greek[:3]} {greek[3:]}")
    assert Sign.objects.count() == 1


def test_the_same_declaration_again_changes_nothing(first):
    one, row = checks_in(first)
    again, _ = checks_in(first, minutes=30)
    assert one == again
    assert standing(row) == ("present", 90)


def test_a_device_declares_one_person_only(first):
    checks_in(first)
    with pytest.raises(CodeRefusedError, match="άλλο πρόσωπο"):
        checks_in(first, 1)
    assert Sign.objects.count() == 1


def test_the_code_of_another_session_or_of_a_strangers_class_is_refused(first):
    theirs = delivery.sessions_of(delivery.a_running_programme(1))[0]
    with pytest.raises(CodeRefusedError):
        checks_in(first, code=queries.code_of(theirs, first.starts_at))
    with pytest.raises(CodeRefusedError):
        checks_in(first, minutes=91)


def test_a_sign_never_overwrites_the_trainers_mark_and_is_decided_with_a_reason(first, trainer):
    delivery.a_marked_session(first, absent=(0,), at=first.starts_at)
    _, row = checks_in(first, minutes=1)
    assert standing(row) == ("absent", 0)
    (waiting,) = queries.disagreements(first, first.ends_at)
    assert [(one.source, one.mark) for one in waiting.signs] == [("code", "present")]
    assert waiting.row == row
    seen = queries.next_digest(first)
    with pytest.raises(SheetIncompleteError, match="Οι πηγές διαφωνούν για: Ανδρέου Δείγμα"):
        operations.sign(first, actor=trainer, at=first.ends_at, seen=seen)


def decides(row, trainer, mark="present", late=0, reason="Ήταν στην αίθουσα.", *, at):
    return operations.rule(row, Marking(mark, late), reason=reason, actor=trainer, at=at)


def test_the_decision_settles_it_and_the_sheet_may_be_signed(first, trainer):
    delivery.a_marked_session(first, absent=(0,), at=first.starts_at)
    _, row = checks_in(first, minutes=1)
    with pytest.raises(ReasonMissingError):
        decides(row, trainer, reason=" ", at=first.ends_at)
    decides(row, trainer, at=first.ends_at)
    assert standing(row) == ("present", 90)
    assert queries.disagreements(first, first.ends_at) == []
    delivery.operations.sign(
        first, actor=trainer, at=first.ends_at, seen=queries.next_digest(first)
    )
    with pytest.raises(SheetSignedError):
        decides(row, trainer, "absent", at=first.ends_at)


def test_a_mark_that_goes_against_the_decision_waits_for_another_decision(first, trainer):
    delivery.a_marked_session(first, absent=(0,), at=first.starts_at)
    _, row = checks_in(first, minutes=1)
    at = first.starts_at + timedelta(minutes=10)
    decides(row, trainer, at=at)
    delivery.a_marked_session(first, absent=(0,), at=at + timedelta(minutes=5))
    (waiting,) = queries.disagreements(first, first.ends_at)
    assert [one.source for one in waiting.signs] == ["ruling"]
    decides(row, trainer, "absent", at=first.ends_at, reason="Έφυγε αμέσως.")
    assert queries.disagreements(first, first.ends_at) == []
    assert [one.mark for one in Ruling.objects.all()] == ["present", "absent"]


def test_where_the_sources_agree_there_is_nothing_to_decide(first, trainer):
    _, row = checks_in(first)
    delivery.a_marked_session(first)
    with pytest.raises(NotApplicableError, match="δεν υπάρχει πια"):
        decides(row, trainer, at=first.ends_at)


def test_marks_of_a_device_arrive_once_in_whatever_order_and_however_often(first, trainer):
    row, other = delivery.trainees_of(first)[:2]
    at = first.starts_at
    marks = [
        device_mark(row, 1, "absent", at=at),
        device_mark(row, 3, "late", late=20, at=at + timedelta(seconds=9)),
        device_mark(other, 2, "present", at=at + timedelta(seconds=5)),
    ]
    later = at + timedelta(minutes=40)
    for sent in (marks[1:], marks, marks[:1]):
        assert operations.merge(first, sent, topic=None, actor=trainer, at=later) == 0
    assert [standing(one) for one in (row, other)] == [("late", 70), ("present", 90)]
    assert Sign.objects.count() == 3
    assert queries.disagreements(first, later) == []


def test_a_mark_overtaken_by_a_later_one_of_another_device_is_listed_not_applied(first, trainer):
    row = delivery.trainees_of(first)[0]
    made, synced = first.starts_at, first.starts_at + timedelta(minutes=60)
    delivery.a_marked_session(first, at=made + timedelta(minutes=5))
    sent = [device_mark(row, 1, at=made)]
    assert operations.merge(first, sent, topic=None, actor=trainer, at=synced) == 1
    assert standing(row) == ("present", 90)
    (waiting,) = queries.disagreements(first, synced)
    assert [(one.source, one.overtaken) for one in waiting.signs] == [("list", True)]


def test_what_the_same_device_said_before_is_no_disagreement(first, trainer):
    row = delivery.trainees_of(first)[0]
    made, synced = first.starts_at, first.starts_at + timedelta(minutes=60)
    delivery.a_marked_session(first, at=made + timedelta(minutes=5))
    sent = [
        device_mark(row, 1, "absent", at=made),
        device_mark(row, 2, "present", at=made + timedelta(minutes=1)),
    ]
    assert operations.merge(first, sent, topic=None, actor=trainer, at=synced) == 0
    assert queries.disagreements(first, synced) == []


def test_marks_that_arrive_after_the_signature_are_kept_and_change_nothing(first, trainer):
    row = delivery.trainees_of(first)[0]
    delivery.a_signed_session(first)
    sent = [device_mark(row, 1, at=first.starts_at)]
    later = first.ends_at + timedelta(hours=1)
    assert operations.merge(first, sent, topic="Άλλο", actor=trainer, at=later) == 1
    assert standing(row) == ("present", 90)
    assert [one.row for one in queries.too_late(first)] == [row]
    first.refresh_from_db()
    assert first.topic == "Σενάρια διδασκαλίας"


def test_the_topic_of_a_device_is_kept_and_a_clock_that_runs_ahead_is_put_right(first, trainer):
    row, at = delivery.trainees_of(first)[0], first.starts_at
    ahead = [device_mark(row, 1, at=at + timedelta(days=3))]
    operations.merge(first, ahead, topic="Θέμα", actor=trainer, at=at)
    first.refresh_from_db()
    assert (first.topic, Sign.objects.get().seen_at) == ("Θέμα", at)


def test_before_its_time_a_device_marks_nobody(first, trainer):
    early = first.starts_at - timedelta(hours=1)
    with pytest.raises(NotApplicableError, match="μισή ώρα"):
        operations.merge(first, [], topic=None, actor=trainer, at=early)


def test_who_left_meanwhile_is_left_out(first, trainer):
    sent = [DeviceMark(PHONE, 1, 999_999, Marking("absent"), first.starts_at)]
    assert operations.merge(first, sent, topic=None, actor=trainer, at=first.starts_at) == 0
    assert not Sign.objects.exists()


def test_a_replacement_begins_without_signs(first, trainer):
    checks_in(first)
    manager = actor_of(delivery.people.a_centre_manager(first.programme.centre), at=first.starts_at)
    at = first.ends_at
    first.refresh_from_db()
    operations.mark_not_held(first, actor=manager, at=at, reason="Βλάβη")
    last = delivery.sessions_of(first.programme)[-1]
    day = last.starts_at + timedelta(days=1)
    operations.replace(first, actor=manager, at=at, starts_at=day)
    assert not Sign.objects.filter(session=first).exists()
