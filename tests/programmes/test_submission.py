"""A proposal from its draft to the system's check.

Shows: R-004, R-028, R-034.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from didaskaleio.courses.errors import ProgrammeHoursError
from didaskaleio.kernel.calendar import ATHENS
from didaskaleio.kernel.errors import StepRefusedError
from didaskaleio.kernel.models import Notice
from didaskaleio.programmes import operations, queries
from didaskaleio.programmes.enums import SlotKind
from didaskaleio.programmes.errors import (
    AgreementMissingError,
    ClashError,
    RegulationNotAcceptedError,
    RulesBrokenError,
    WindowClosedError,
)
from didaskaleio.programmes.models import Slot
from tests.factories import people, structures
from tests.factories import programmes as make

pytestmark = pytest.mark.django_db
NOW = datetime(2022, 12, 12, 10, tzinfo=ATHENS)


@pytest.fixture
def case(actor_for):
    """A sound draft of Kozani, agreed, with the regulation accepted by centre and trainer."""
    return a_case(actor_for)


def a_case(actor_for, *, period=None, **facts):
    period = period or make.a_period("proposing")
    programme = make.a_programme("draft", period=period, agreed_revision=1, **facts)
    manager = people.a_centre_manager(programme.centre)
    regulation = queries.current_regulation(period.action, NOW)
    make.an_acceptance(regulation, manager, "centre", centre=programme.centre)
    if not queries.accepted(regulation, programme.trainer_id, "trainer"):
        make.an_acceptance(regulation, programme.trainer, "trainer")
    programme.manager = actor_for(manager)
    programme.teacher = actor_for(programme.trainer)
    return programme


def submit(programme, at=NOW):
    operations.submit(programme, actor=programme.manager, at=at)
    programme.refresh_from_db()
    return programme


def test_a_sound_proposal_is_checked_at_once_and_holds_trainer_and_room(case):
    submit(case)
    assert case.state == "checked"
    assert case.protocol == "2022/000001"
    assert case.state_since == NOW
    assert Slot.objects.filter(programme=case, live=True, trainer=case.trainer).count() == 20
    assert Slot.objects.filter(programme=case, room=case.room).count() == 4


def test_without_the_trainers_agreement_nothing_is_submitted(case):
    case.agreed_revision = None
    case.save()
    with pytest.raises(AgreementMissingError, match="συμφωνία"):
        submit(case)
    assert not Slot.objects.filter(live=True).exists()


def test_a_change_after_the_agreement_voids_it(case):
    slot = case.slots.first()
    operations.move_slot(
        case, slot.pk, actor=case.manager, at=NOW,
        kind=SlotKind.FACE_TO_FACE, day=date(2023, 3, 7), start=time(17, 30),
    )  # fmt: skip
    case.refresh_from_db()
    assert (case.revision, case.agreed) == (2, False)
    with pytest.raises(AgreementMissingError):
        submit(case)


def test_the_trainer_agrees_only_to_the_revision_on_the_screen(case):
    operations.remove_slot(case, case.slots.last().pk, actor=case.manager, at=NOW)
    case.refresh_from_db()
    with pytest.raises(StepRefusedError, match="άλλαξε"):
        operations.agree(case, actor=case.teacher, at=NOW, revision=1)
    operations.agree(case, actor=case.teacher, at=NOW, revision=2)
    case.refresh_from_db()
    assert case.agreed_revision == 2


def test_only_the_named_trainer_agrees(case, actor_for):
    with pytest.raises(PermissionDenied):
        operations.agree(case, actor=actor_for(people.a_trainer()), at=NOW)


def test_the_trainer_accepts_the_regulation_before_agreeing(case):
    regulation = make.a_regulation(case.period.action, version=2)
    with pytest.raises(RegulationNotAcceptedError) as refused:
        operations.agree(case, actor=case.teacher, at=NOW)
    assert refused.value.rule == "Κανονιστικό Πλαίσιο"
    operations.accept_regulation(regulation, actor=case.teacher, at=NOW, capacity="trainer")
    operations.agree(case, actor=case.teacher, at=NOW)
    with pytest.raises(RegulationNotAcceptedError, match="κέντρο"):
        submit(case)


def test_a_proposal_without_all_its_slots_is_not_complete(case):
    case.slots.filter(kind="support").first().delete()
    with pytest.raises(RulesBrokenError) as refused:
        submit(case)
    assert refused.value.code == "COMP_SUPPORT"
    assert "5 υποστηρικτικές" in str(refused.value)


def test_a_category_that_departs_from_the_hours_of_its_course_is_refused(case):
    version = case.period.action.course_version
    version.hours_support, version.hours_total = 15, 57
    version.save()
    with pytest.raises(ProgrammeHoursError, match="Υποστηρικτικές: 18 ώρες"):
        submit(case)


def test_after_the_window_nothing_is_submitted(case):
    with pytest.raises(WindowClosedError, match="23 Δεκεμβρίου 2022, 15:00"):
        submit(case, at=case.period.proposals_close)


def test_before_the_window_nothing_is_submitted(case):
    case.period.state = "announced"
    case.period.save()
    with pytest.raises(WindowClosedError, match="δεν δέχεται"):
        submit(case)


def test_a_holiday_sends_the_proposal_back_with_its_code_and_sentence(case):
    slot = case.slots.get(date=date(2023, 5, 4))
    slot.date = date(2023, 5, 1)
    slot.span = slot.span.__class__(
        datetime(2023, 5, 1, 17, 30, tzinfo=ATHENS), datetime(2023, 5, 1, 19, tzinfo=ATHENS)
    )
    slot.save()
    submit(case)
    assert case.state == "returned"
    assert case.remarks.startswith("PUBLIC_HOLIDAY: ")
    assert "1 Μαΐου 2023" in case.remarks
    assert not Slot.objects.filter(live=True).exists()
    told = Notice.objects.filter(kind="programmes.proposal", person=case.trainer).get()
    assert told.title == f"Επιστράφηκε το {case.code}"


def test_a_returned_proposal_is_corrected_agreed_and_submitted_again(case):
    test_a_holiday_sends_the_proposal_back_with_its_code_and_sentence(case)
    wrong = str(case.slots.get(date=date(2023, 5, 1)).pk)
    done = operations.apply_repair(
        case, actor=case.manager, at=NOW, code="PUBLIC_HOLIDAY", subject=wrong
    )
    assert "διά ζώσης συνεδρία της Δευτέρας 1 Μαΐου 2023" in done
    case.refresh_from_db()
    operations.agree_again(case, actor=case.teacher, at=NOW)
    operations.resubmit(case, actor=case.manager, at=NOW + timedelta(days=12))
    case.refresh_from_db()
    assert (case.state, case.protocol, case.remarks) == ("checked", "2022/000001", "")


def test_a_trainer_elsewhere_at_the_hour_is_named_with_programme_and_meeting(case, actor_for):
    other = a_case(
        actor_for, period=case.period, trainer=case.trainer, centre=structures.a_centre("KOZ"),
        category="IIb", start=time(18, 0),
    )  # fmt: skip
    submit(case)
    with pytest.raises(ClashError) as refused:
        submit(other)
    assert refused.value.code == "TRAINER_CLASH"
    assert case.code in str(refused.value)
    assert "1η συνάντηση" in str(refused.value)
    assert not other.slots.filter(live=True).exists()


def test_a_stranger_does_not_change_another_centres_draft(case, actor_for):
    stranger = actor_for(people.a_centre_manager(structures.a_centre("THS")))
    with pytest.raises(PermissionDenied):
        operations.remove_slot(case, case.slots.first().pk, actor=stranger, at=NOW)


def test_a_proposed_timetable_keeps_every_rule(case):
    operations.propose_timetable(
        case, actor=case.manager, at=NOW, first_day=date(2023, 3, 6),
        weekdays_times=[(0, time(17, 30)), (2, time(17, 30)), (3, time(17, 30))],
    )  # fmt: skip
    case.refresh_from_db()
    assert queries.errors_of(case, NOW) == []
    assert case.slots.count() == 20
    assert case.revision == 2


def test_a_draft_is_discarded_and_a_submitted_one_is_kept(case, actor_for):
    spare = a_case(actor_for, period=case.period)
    operations.discard(spare, actor=spare.manager, at=NOW)
    submit(case)
    with pytest.raises(Exception, match="δεν αλλάζει"):
        operations.discard(case, actor=case.manager, at=NOW)
