"""Another time, not held, replaced: by the rules of the timetable and the database."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from didaskaleio.delivery import operations
from didaskaleio.delivery.errors import TimeRefusedError
from didaskaleio.kernel import journal
from didaskaleio.kernel.errors import StepRefusedError
from didaskaleio.kernel.models import Notice
from didaskaleio.people.queries import actor_of
from didaskaleio.programmes.models import Slot
from tests.factories import delivery, people, programmes

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def manager(programme, first):
    return actor_of(people.a_centre_manager(programme.centre), at=first.starts_at)


@pytest.fixture
def third(programme):
    """The third session, of the second week, alone in it."""
    return delivery.sessions_of(programme)[2]


def test_the_trainer_proposes_and_the_centre_confirms_another_time(third, trainer, manager):
    old, new = third.starts_at, third.starts_at + DAY
    at = old - 2 * DAY
    operations.reschedule(third, actor=trainer, at=at, reason="Εκδρομή", starts_at=new)
    assert (third.state, third.starts_at, third.proposed_starts_at) == ("rescheduled", old, new)
    operations.confirm(third, actor=manager, at=at)
    third.refresh_from_db()
    assert (third.state, third.starts_at, third.ends_at) == ("planned", new, third.ends_at)
    assert (third.length, third.revision) == (timedelta(minutes=90), 1)
    slot = Slot.objects.get(session=third)
    assert (slot.span.lower, slot.span.upper) == (new, third.ends_at)
    assert Notice.objects.filter(kind="delivery.session", title__startswith="Νέα ώρα").count() == 7
    assert [e.step for e in journal.of(third)] == ["confirm", "reschedule"]


def test_the_centre_may_keep_the_time(third, trainer, manager):
    old, at = third.starts_at, third.starts_at - 2 * DAY
    operations.reschedule(third, actor=trainer, at=at, reason="Εκδρομή", starts_at=old + DAY)
    operations.decline(third, actor=manager, at=at, reason="Δεν υπάρχει αίθουσα")
    third.refresh_from_db()
    assert (third.state, third.starts_at, third.proposed_starts_at) == ("planned", old, None)


def test_a_change_is_proposed_a_day_before_at_the_latest(third, trainer):
    new, ends = third.starts_at + DAY, third.starts_at - DAY
    with pytest.raises(StepRefusedError, match="24 ώρες"):
        operations.reschedule(
            third, actor=trainer, at=ends + timedelta(seconds=1), reason="Άλλο", starts_at=new
        )
    operations.reschedule(third, actor=trainer, at=ends, reason="Άλλο", starts_at=new)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (timedelta(hours=-7), "σχολ"),
        (timedelta(days=4), "Κυριακή"),
        (timedelta(days=5), "εβδομάδα"),
        (timedelta(hours=6), "ίδια ημέρα"),
    ],
)
def test_every_rule_of_the_timetable_is_asked_again(third, trainer, change, says):
    new, at = third.starts_at + change, third.starts_at - 2 * DAY
    with pytest.raises(TimeRefusedError, match=says):
        operations.reschedule(third, actor=trainer, at=at, reason="Άλλο", starts_at=new)


def test_a_clash_of_the_trainer_with_another_programme_is_refused(programme, third, trainer):
    other = programmes.a_programme(
        state="running", period=programme.period, trainer=programme.trainer, slots=False
    )
    day = (third.starts_at + DAY).date() - programme.period.first_day
    programmes.a_slot(other, 1, day.days, "sync", live=True).save()
    with pytest.raises(TimeRefusedError, match=other.code):
        operations.reschedule(
            third,
            actor=trainer,
            at=third.starts_at - 2 * DAY,
            reason="Άλλο",
            starts_at=third.starts_at + DAY,
        )


def test_the_rules_are_asked_again_at_the_confirmation(programme, third, trainer, manager):
    at, new = third.starts_at - 2 * DAY, third.starts_at + DAY
    operations.reschedule(third, actor=trainer, at=at, reason="Άλλο", starts_at=new)
    other = programmes.a_programme(
        state="running", period=programme.period, trainer=programme.trainer, slots=False
    )
    day = new.date() - programme.period.first_day
    programmes.a_slot(other, 1, day.days, "sync", live=True).save()
    with pytest.raises(TimeRefusedError, match=other.code):
        operations.confirm(third, actor=manager, at=at)
    third.refresh_from_db()
    assert third.state == "rescheduled"


def test_a_trainer_does_not_confirm_the_own_proposal(third, trainer):
    at = third.starts_at - 2 * DAY
    operations.reschedule(
        third, actor=trainer, at=at, reason="Άλλο", starts_at=third.starts_at + DAY
    )
    with pytest.raises(PermissionDenied):
        operations.confirm(third, actor=trainer, at=at)


def test_a_session_not_held_is_replaced_at_another_time(third, trainer, manager):
    old, at = third.starts_at, third.ends_at + DAY
    delivery.a_marked_session(third, at=old)
    operations.mark_not_held(third, actor=manager, at=old, reason="Διακοπή ρεύματος")
    assert Notice.objects.filter(title__startswith="Δεν έγινε").count() == 5
    operations.replace(third, actor=trainer, at=at, starts_at=old + 2 * DAY)
    third.refresh_from_db()
    assert (third.state, third.starts_at) == ("planned", old + 2 * DAY)
    assert {row.mark for row in third.roll.all()} == {"unknown"}


def test_a_replacement_lies_in_the_future_and_in_the_period(third, trainer, manager):
    old, at = third.starts_at, third.ends_at
    operations.mark_not_held(third, actor=manager, at=old, reason="Διακοπή ρεύματος")
    with pytest.raises(TimeRefusedError, match="μέλλον"):
        operations.replace(third, actor=trainer, at=at, starts_at=old)
    with pytest.raises(TimeRefusedError, match="Η ώρα δεν επιτρέπεται"):
        operations.replace(third, actor=trainer, at=at, starts_at=old + timedelta(days=210))


def test_a_session_starts_half_an_hour_before_its_time_at_the_earliest(first, trainer):
    with pytest.raises(StepRefusedError, match="μισή ώρα"):
        operations.start_session(first, actor=trainer, at=first.starts_at - timedelta(minutes=31))
    operations.start_session(first, actor=trainer, at=first.starts_at - timedelta(minutes=30))
    operations.end(first, actor=trainer, at=first.ends_at)
    assert first.state == "held"
