"""Decisions of the body, steps of the period and of the action, parameters and regulation.

Shows: R-034.
"""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from didaskaleio.kernel import lifecycle
from didaskaleio.kernel.access import SYSTEM
from didaskaleio.kernel.calendar import ATHENS
from didaskaleio.kernel.errors import ReasonMissingError, Refusal, StepRefusedError
from didaskaleio.kernel.models import Notice
from didaskaleio.programmes import operations, parameters, queries
from didaskaleio.programmes.errors import QuotaFullError, RulesBrokenError
from didaskaleio.programmes.models import PeriodAct, Programme, Slot
from tests.factories import people, structures
from tests.factories import programmes as make

pytestmark = pytest.mark.django_db
NOW = datetime(2022, 12, 28, 10, tzinfo=ATHENS)


@pytest.fixture
def officer(actor_for):
    return actor_for(people.officer())


@pytest.fixture
def period():
    return make.a_period("proposing")


def test_an_approved_programme_is_told_to_centre_and_trainer(officer, period):
    programme = make.a_programme("checked", period=period)
    manager = people.a_centre_manager(programme.centre)
    operations.approve(programme, actor=officer, at=NOW)
    programme.refresh_from_db()
    assert (programme.state, programme.state_since) == ("approved", NOW)
    told = Notice.objects.filter(title=f"Εγκρίθηκε το {programme.code}")
    assert set(told.values_list("person_id", flat=True)) == {manager.pk, programme.trainer_id}


def test_a_quota_of_the_centre_refuses_the_second_programme(officer, period):
    centre = structures.a_centre(rooms=(15, 15))
    make.a_quota(period, "centre", centre.code, 1)
    make.a_programme("approved", period=period, centre=centre)
    second = make.a_programme(
        "checked", period=period, centre=centre, room=centre.rooms.order_by("-pk").first()
    )
    with pytest.raises(QuotaFullError) as refused:
        operations.approve(second, actor=officer, at=NOW)
    assert refused.value.code == "QUOTA_CENTRE"
    assert "1 από 1" in str(refused.value)


def test_what_breaks_a_rule_is_not_approved(officer, period):
    programme = make.a_programme("checked", period=period)
    programme.slots.last().delete()
    with pytest.raises(RulesBrokenError) as refused:
        operations.approve(programme, actor=officer, at=NOW)
    assert refused.value.code == "COMP_SUPPORT"


def test_a_rejection_needs_its_reason_and_frees_the_trainer(officer, period):
    programme = make.a_programme("checked", period=period)
    with pytest.raises(ReasonMissingError):
        operations.reject(programme, actor=officer, at=NOW)
    operations.reject(programme, actor=officer, at=NOW, reason="Καλύφθηκε η ανάγκη.")
    programme.refresh_from_db()
    assert (programme.state, programme.remarks) == ("rejected", "Καλύφθηκε η ανάγκη.")
    assert not Slot.objects.filter(programme=programme, live=True).exists()


def test_several_are_returned_with_the_same_remarks(officer, period):
    rows = [make.a_programme("checked", period=period) for _ in range(2)]
    moved = operations.return_many([r.pk for r in rows], actor=officer, at=NOW, reason="Αλλάξτε.")
    assert set(moved) == {row.pk for row in rows}
    assert set(Programme.objects.values_list("state", "remarks")) == {("returned", "Αλλάξτε.")}
    assert not Slot.objects.filter(live=True).exists()


def test_an_officer_of_another_body_decides_nothing(actor_for, period):
    stranger = actor_for(people.officer(_other_body(period).code))
    programme = make.a_programme("checked", period=period)
    with pytest.raises(PermissionDenied):
        operations.approve(programme, actor=stranger, at=NOW)
    assert operations.approve_many(period, [programme.pk], actor=stranger, at=NOW) == []


def _other_body(period):
    from didaskaleio.structures.models import ImplementingBody

    return ImplementingBody.objects.exclude(pk=period.action.body_id).first()


def test_phase_a_opens_by_the_clock_and_with_it_every_approved_programme(period):
    approved = make.a_programme("approved", period=period)
    waiting = make.a_programme("checked", period=period)
    assert lifecycle.fire_due(period.phase_a_opens) == 1
    for row in (period, approved, waiting, period.action):
        row.refresh_from_db()
    assert (period.state, approved.state, waiting.state) == ("phase_a", "open", "checked")
    assert approved.state_since == period.phase_a_opens
    assert period.action.state == "applications_open"


def test_a_late_approval_opens_only_while_phase_a_runs(officer, period):
    late = make.a_programme("approved", period=period)
    with pytest.raises(StepRefusedError, match="Α΄ φάση"):
        operations.open_applications(late, actor=officer, at=NOW)
    period.state = "phase_a"
    period.save()
    late = Programme.objects.get(pk=late.pk)
    operations.open_applications(late, actor=officer, at=NOW)
    assert late.state == "open"


def test_a_cancelled_period_leaves_an_announced_act_with_its_reason(officer, period):
    operations.cancel_period(period, actor=officer, at=NOW, reason="Λήξη χρηματοδότησης")
    act = PeriodAct.objects.get(period=period)
    assert (act.kind, act.reason) == ("cancellation", "Λήξη χρηματοδότησης")


def test_a_period_with_open_programmes_does_not_close(officer):
    period = make.a_period("running")
    make.a_programme("running", period=period)
    with pytest.raises(StepRefusedError, match="Εκκρεμούν 1"):
        operations.close_period(period, actor=officer, at=NOW)


def test_dates_out_of_order_are_refused_and_after_phase_a_nothing_changes(officer, period):
    with pytest.raises(Refusal, match="σειρά"):
        operations.change_dates(
            period, actor=officer, at=NOW, phase_a_closes=period.phase_a_opens - timedelta(days=1)
        )
    later = period.phase_a_closes + timedelta(hours=2)
    operations.change_dates(period, actor=officer, at=NOW, phase_a_closes=later)
    period.refresh_from_db()
    assert period.phase_a_closes == later
    period.state = "phase_a"
    period.save()
    with pytest.raises(StepRefusedError, match="πράξη"):
        operations.change_dates(period, actor=officer, at=NOW, phase_a_closes=later)


def test_an_action_goes_from_its_draft_to_its_closing(officer):
    action = make.an_action(state="draft")
    with pytest.raises(StepRefusedError, match="Κανονιστικό Πλαίσιο"):
        operations.set_parameters(action, actor=officer, at=NOW)
    make.a_regulation(action)
    operations.set_parameters(action, actor=officer, at=NOW)
    with pytest.raises(StepRefusedError, match="περίοδο"):
        operations.open_planning(action, actor=officer, at=NOW)
    period = make.a_period("proposing", action=action)
    operations.open_planning(action, actor=officer, at=NOW)
    with pytest.raises(StepRefusedError, match="εγκριθεί"):
        operations.open_applications_of_action(action, actor=officer, at=NOW)
    programme = make.a_programme("viable", period=period)
    operations.open_applications_of_action(action, actor=officer, at=NOW)
    operations.close_applications(action, actor=SYSTEM, at=NOW)
    operations.start_action(action, actor=officer, at=NOW)
    operations.end_programmes(action, actor=SYSTEM, at=NOW)
    with pytest.raises(StepRefusedError, match="Εκκρεμούν 1"):
        operations.close_documentation(action, actor=officer, at=NOW)
    Programme.objects.filter(pk=programme.pk).update(state="documented")
    operations.close_documentation(action, actor=officer, at=NOW)
    operations.close_action(action, actor=officer, at=NOW)
    assert action.state == "closed"


def test_parameters_keep_their_history(officer):
    action = make.an_action()
    operations.change_parameters(
        action, actor=officer, at=NOW, values={"minimum": 8, "capacity": 15}, reason="Νησιά"
    )
    before, after = (parameters.of(action, at) for at in (NOW - timedelta(days=1), NOW))
    assert (before.version, before.minimum) == (0, 10)
    assert (after.version, after.minimum, after.capacity) == (1, 8, 15)
    assert action.parameter_sets.get().values == {"minimum": 8}


@pytest.mark.parametrize("values", [{"minimum": -1}, {"minimum": "8"}, {"unknown": 1}])
def test_parameters_of_the_wrong_kind_are_refused(officer, values):
    with pytest.raises(Refusal):
        operations.change_parameters(
            make.an_action(), actor=officer, at=NOW, values=values, reason="δοκιμή"
        )


def test_every_parameter_has_its_greek_label():
    names = {field.name for field in fields(parameters.Parameters)} - {"version"}
    assert names == set(parameters.LABELS)


def test_a_published_regulation_does_not_change_and_the_next_version_takes_over(officer):
    action = make.an_action()
    first = make.a_regulation(action)
    with pytest.raises(Refusal, match="ήδη"):
        operations.publish_regulation(first, actor=officer, at=NOW)
    articles = [{"title": "Σκοπός", "text": "Κείμενο"}, {"title": "", "text": ""}]
    second = operations.draft_regulation(
        action, actor=officer, at=NOW, title="Πλαίσιο", articles=articles
    )
    assert second.articles == [{"number": 1, "title": "Σκοπός", "text": "Κείμενο"}]
    assert queries.current_regulation(action, NOW) == first
    operations.publish_regulation(second, actor=officer, at=NOW)
    assert queries.current_regulation(action, NOW) == second
    assert queries.current_regulation(action, NOW - timedelta(days=1)) == first
    assert queries.citation(4) == "Κανονιστικό Πλαίσιο, άρθρο 4"


def test_only_its_own_manager_accepts_for_a_centre(actor_for):
    regulation = make.a_regulation()
    centre = structures.a_centre()
    with pytest.raises(PermissionDenied):
        operations.accept_regulation(
            regulation,
            actor=actor_for(people.a_teacher()),
            at=NOW,
            capacity="centre",
            centre=centre,
        )
    manager = people.a_centre_manager(centre)
    operations.accept_regulation(
        regulation, actor=actor_for(manager), at=NOW, capacity="centre", centre=centre
    )
    assert queries.accepted(regulation, None, "centre", centre_id=centre.pk)
    assert not queries.accepted(regulation, manager.pk, "applicant")


def test_nobody_accepts_in_a_capacity_that_is_not_theirs(actor_for):
    regulation, teacher = make.a_regulation(), people.a_teacher()
    with pytest.raises(Refusal, match="δεν είναι δική σας"):
        operations.accept_regulation(
            regulation, actor=actor_for(teacher), at=NOW, capacity="trainer"
        )
    assert not queries.accepted(regulation, teacher.pk, "trainer")
