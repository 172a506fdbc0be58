"""Races of plans of merges: published once, and not beside another decision on its groups."""

from __future__ import annotations

import pytest

from didaskaleio.enrolment import operations
from didaskaleio.enrolment.models import MergePlan, ParticipationApplication, PublicChange
from didaskaleio.programmes.models import Programme
from tests.enrolment.stages import AFTER, a_group, a_stage, an_officer
from tests.races.together import at_once, refusals

pytestmark = pytest.mark.race
WHY = "Ομάδες κάτω από το ελάχιστο."


def a_decided_plan():
    stage = a_stage("phase_b_closed")
    officer = an_officer(stage)
    source = a_group(stage, placed=2, capacity=6, minimum=5)
    target = a_group(stage, placed=3, capacity=6, minimum=5)
    plan = operations.ask_merges(stage, actor=officer, at=AFTER)
    operations.compute_merges(plan, at=AFTER, seconds=4)
    operations.decide_merges(plan, "accepted", reason=WHY, actor=officer, at=AFTER)
    return plan, officer, source, target


@pytest.mark.usefixtures("committed_db")
def test_a_plan_is_published_once():
    plan, officer, _source, target = a_decided_plan()

    def publish():
        row = MergePlan.objects.get(pk=plan.pk)
        operations.publish_merges(row, actor=officer, at=AFTER)

    assert len(refusals(at_once([publish] * 3))) == 2
    held = ParticipationApplication.objects.filter(programme=target, state="placed")
    assert held.count() == 5
    assert PublicChange.objects.filter(kind="merge").count() == 2


@pytest.mark.usefixtures("committed_db")
def test_a_cancellation_beside_the_publication_leaves_one_of_the_two():
    plan, officer, source, target = a_decided_plan()

    def publish():
        row = MergePlan.objects.get(pk=plan.pk)
        operations.publish_merges(row, actor=officer, at=AFTER)

    def cancel():
        row = Programme.objects.get(pk=target.pk)
        operations.cancel_below(row, actor=officer, at=AFTER, reason=WHY)

    assert len(refusals(at_once([publish, cancel]))) == 1
    placed = ParticipationApplication.objects.filter(programme__in=(source, target))
    assert placed.filter(state="placed").count() in {2, 5}
    assert not placed.filter(programme__state="cancelled").exists()
