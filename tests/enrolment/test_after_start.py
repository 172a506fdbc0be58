"""Places given up after the start, until the end of the second session and beyond; moved schools.

Shows: R-043, R-044, R-045.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from didaskaleio.enrolment import operations, places
from didaskaleio.enrolment.enums import ApplicationState
from didaskaleio.enrolment.models import ParticipationApplication, WaitingEntry
from didaskaleio.enrolment.operations import lists
from didaskaleio.kernel import lifecycle
from didaskaleio.people.models import SchoolService
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
    an_offer,
    entries,
    fresh,
    public,
    runners_up,
)
from tests.factories import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(db):
    """A running programme of ten people at its minimum, one runner-up on its list."""
    programme = a_group(a_stage("running"), "running", placed=9, capacity=15, minimum=10)
    runners_up(programme, 1)
    return programme


@pytest.fixture
def begun(group):
    """An hour after the start: the second session has not ended."""
    return group.slots.order_by("date", "start").first().span.upper + HOUR


def test_a_place_declined_after_the_start_is_offered_until_the_second_session_ends(group, begun):
    late = a_holder(group, confirm_by=begun + timedelta(days=3))
    operations.decline(late, actor=actor(late, begun), at=begun)
    assert fresh(late).state == "withdrawn"
    assert lists.offer_places(group.pk, at=begun) == 1
    offer = WaitingEntry.objects.get(programme=group)
    assert offer.expires_at == min(begun + timedelta(hours=48), places.offers_end(group))


def test_a_group_may_fall_below_its_minimum_while_it_runs(group, begun):
    enrolled = a_holder(group, state="enrolled")
    assert places.taken(group) == group.minimum
    operations.leave(enrolled, actor=actor(enrolled, begun), at=begun, reason="Μετάθεση")
    assert (fresh(group).state, places.taken(group)) == ("running", 9)
    assert lists.offer_places(group.pk, at=begun) == 1


def test_after_the_second_session_a_declined_place_stays_empty(group):
    ends = places.offers_end(group)
    late = a_holder(group, confirm_by=ends + HOUR)
    operations.decline(late, actor=actor(late, ends), at=ends)
    assert lists.offer_places(group.pk, at=ends) == 0
    assert entries(group) == []
    assert public(group.period) == [("decline", late.number, group.code, None)]


def test_an_offer_made_before_the_start_may_be_accepted_after_it_and_is_confirmed_later(
    group, begun
):
    entry = an_offer(group, at=begun - HOUR, hours=4)
    operations.accept_offer(entry, actor=actor(entry.application, begun), at=begun)
    placed = fresh(entry.application)
    assert (placed.state, placed.programme) == ("placed", group)
    assert placed.confirm_by > begun


def test_by_the_clock_a_place_not_confirmed_after_the_start_lapses(group, begun):
    late = a_holder(group, confirm_by=begun)
    lifecycle.fire_due(begun - SECOND)
    assert fresh(late).state == "placed"
    lifecycle.fire_due(begun)
    assert fresh(late).state == "lapsed"


def test_whoever_changed_prefecture_after_the_submission_still_enrols():
    """Locality is frozen when the application is submitted."""
    programme = a_group(a_stage("enrolling"), "enrolling", category="IIa")
    holder = a_holder(programme, confirm_by=ENROLMENT_CLOSES)
    SchoolService.objects.filter(teacher__person=holder.person).update(
        school=people.a_school("HER")
    )
    who = actor(holder, AFTER)
    operations.confirm(
        holder, actor=who, at=AFTER, will_teach_declared=True, regulation_accepted=True
    )
    assert fresh(holder).state == "enrolled"


def test_nobody_declines_a_place_that_is_confirmed_nor_leaves_one_that_is_not(group, begun):
    enrolled, placed = a_holder(group, state="enrolled"), a_holder(group)
    for act, row, facts in (
        (operations.decline, enrolled, {}),
        (operations.leave, placed, {"reason": "Λόγος"}),
    ):
        with pytest.raises(lifecycle.StepRefusedError):
            act(row, actor=actor(row, begun), at=begun, **facts)


def test_a_newcomer_sees_the_lists_and_joins_one_on_screen(client, monkeypatch):
    programme = a_group(a_stage(), "viable")
    newcomer = people.a_teacher()
    monkeypatch.setattr("didaskaleio.kernel.clock.now", lambda: DURING)
    client.force_login(newcomer)
    code = programme.period.code
    page = client.get(reverse("enrolment:place", args=[code])).content.decode()
    join = reverse("enrolment:join", args=[code, programme.code])
    assert join in page
    client.post(join)
    row = ParticipationApplication.objects.get(person=newcomer)
    assert row.state == ApplicationState.RUNNER_UP
    assert entries(programme) == [("waiting", row.number)]
