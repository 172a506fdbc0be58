"""A plan of merges: asked for, computed by a job, decided line by line, published as one act.

Shows: R-043, R-046.
"""

from __future__ import annotations

from datetime import time

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from didaskaleio.enrolment import operations
from didaskaleio.enrolment.errors import ChangedMeanwhileError, NotOpenError
from didaskaleio.enrolment.models import HeldBack, MergePlan
from didaskaleio.enrolment.queries.merges import NEIGHBOUR, ONLINE, SAME, read_case
from didaskaleio.kernel import journal
from didaskaleio.kernel.errors import ReasonMissingError, Refusal, StepRefusedError
from didaskaleio.kernel.models import Notice
from tests.enrolment.stages import (
    AFTER,
    DURING,
    a_group,
    a_holder,
    a_stage,
    actor,
    an_officer,
    fresh,
    public,
)
from tests.factories import enrolment as make
from tests.factories import people, structures

pytestmark = pytest.mark.django_db
WHY = "Ομάδες κάτω από το ελάχιστο."


@pytest.fixture
def stage(db):
    return a_stage("phase_b_closed")


@pytest.fixture
def officer(stage):
    return an_officer(stage)


def planned(period, officer, at=AFTER):
    """A plan that the job has computed."""
    plan = operations.ask_merges(period, actor=officer, at=at)
    operations.compute_merges(plan, at=at, seconds=4)
    return fresh(plan)


def decided(plan, officer, decision="accepted", line=None, at=AFTER):
    return operations.decide_merges(
        plan, decision, reason=WHY, actor=officer, at=at, line=line and line.pk
    )


def published(plan, officer):
    operations.publish_merges(fresh(plan), actor=officer, at=AFTER)
    return fresh(plan)


def lines(plan):
    rows = plan.lines.order_by("programme__code")
    return {row.programme.code: (row.verdict, row.before, row.after) for row in rows}


def two_small(stage, one=2, two=3):
    """Two online groups at the same hours, which run only together."""
    source = a_group(stage, placed=one, capacity=6, minimum=5, code="P00001")
    target = a_group(stage, placed=two, capacity=6, minimum=5, code="P00002")
    return source, target


# --- what is asked and found ---


def test_a_job_finds_the_plan_and_nothing_moves(stage, officer, set_clock, drain_jobs):
    source, target = two_small(stage)
    plan = operations.ask_merges(stage, actor=officer, at=AFTER)
    assert plan.state == "computing"
    set_clock(AFTER)
    drain_jobs()
    plan = fresh(plan)
    assert plan.state == "ready"
    assert lines(plan) == {"P00001": ("merges", 2, 0), "P00002": ("runs", 3, 5)}
    figures = {k: v for k, v in plan.figures.items() if k != "seconds"}
    assert figures == {
        "today": 0,
        "waiting": 5,
        "seated": 5,
        "bound": 5,
        "moved": 2,
        "wished": 0,
        "left": 0,
        "filling": 2,
        "running": 1,
    }
    assert (plan.work.state, plan.work.done, plan.work.total) == ("done", 2, 2)
    assert [fresh(one).state for one in (source, target)] == ["filling", "filling"]


def test_a_plan_is_asked_for_by_officers_while_something_fills(stage, officer):
    with pytest.raises(NotOpenError, match="Κανένα πρόγραμμα δεν συμπληρώνεται"):
        operations.ask_merges(stage, actor=officer, at=AFTER)
    a_group(stage, placed=1)
    with pytest.raises(PermissionDenied):
        operations.ask_merges(stage, actor=actor(people.officer("iep")), at=AFTER)
    early = a_stage("drawn")
    a_group(early, placed=1)
    with pytest.raises(NotOpenError, match="από το άνοιγμα της Β΄ φάσης"):
        operations.ask_merges(early, actor=an_officer(early), at=AFTER)


def options(period, person):
    case = read_case(period, AFTER).case
    ids = {p.id: p.options for p in case.people}
    return {option.group: option.cost for option in ids[person.pk]}


def test_people_go_where_rules_hours_and_places_allow(stage):
    evening = a_group(stage, capacity=9, minimum=8, start=time(17, 30))
    person = a_holder(evening)
    alike = a_group(stage, "viable", start=time(18, 0))
    a_group(stage, "viable", start=time(20, 0))
    a_group(stage, "viable", cluster="B2.2")
    a_group(stage, "viable", placed=3)
    local = a_group(stage, "viable", category="IIa")
    a_group(stage, "viable", category="IIa", centre=structures.a_centre("GRE"))
    assert options(stage, person) == {alike.pk: ONLINE, local.pk: SAME}


def test_a_neighbouring_prefecture_is_asked_where_the_category_has_no_locality(stage):
    stage.action.categories.filter(code="IIa").update(locality=False)
    person = a_holder(a_group(stage, minimum=3))
    near = a_group(stage, "viable", category="IIa", centre=structures.a_centre("GRE"))
    a_group(stage, "viable", category="IIa", centre=structures.a_centre("HER"))
    assert options(stage, person) == {near.pk: NEIGHBOUR}


def test_a_programme_of_ones_own_list_comes_first(stage):
    source = a_group(stage, minimum=3)
    wished = a_group(stage, "viable", start=time(21, 0))
    person = make.an_application(
        period=stage, preferences=[source, wished], state="placed", programme=source
    )
    assert options(stage, person) == {wished.pk: 2}


def test_places_that_are_held_back_are_not_given_away(stage, officer):
    two_small(stage, two=1)
    viable = a_group(stage, "viable", placed=3, capacity=4, minimum=2, code="P00003")
    HeldBack.objects.create(programme=viable, freed_at=DURING)
    plan = planned(stage, officer)
    assert (plan.figures["moved"], plan.figures["left"]) == (0, 3)
    assert {verdict for verdict, _, _ in lines(plan).values()} == {"closes"}


def test_reading_the_case_asks_the_same_for_three_programmes_as_for_one(stage):
    def asked():
        with CaptureQueriesContext(connection) as found:
            read_case(stage, AFTER)
        return len(found)

    a_group(stage, placed=1, capacity=6, minimum=5)
    one = asked()
    two_small(stage)
    assert asked() == one


# --- decisions ---


def test_a_line_is_accepted_with_a_reason_and_taken_back_before_publication(stage, officer):
    two_small(stage)
    plan = planned(stage, officer)
    line = plan.lines.get(verdict="merges")
    with pytest.raises(ReasonMissingError):
        operations.decide_merges(plan, "accepted", reason=" ", actor=officer, at=AFTER)
    assert decided(plan, officer, line=line) == 1
    row = fresh(line)
    assert (row.decision, row.reason, row.decided_by_id) == ("accepted", WHY, officer.user_id)
    assert decided(plan, officer, "", line=line) == 1
    row = fresh(line)
    assert (row.decision, row.reason, row.decided_by) == ("", "", None)
    acts = list(journal.of(plan).values_list("act", flat=True)[:2])
    assert acts == ["Αναιρέθηκε η απόφαση: P00001", "Εγκρίθηκε: P00001"]


def test_all_that_wait_are_decided_at_once(stage, officer):
    two_small(stage, one=2, two=2)
    plan = planned(stage, officer)
    assert decided(plan, officer, "refused") == 2
    with pytest.raises(NotOpenError, match="Δεν υπάρχει γραμμή"):
        decided(plan, officer)


def test_only_officers_of_the_body_decide(stage, officer):
    two_small(stage)
    plan = planned(stage, officer)
    for person in (people.officer("iep"), people.ministry_officer(), people.a_teacher()):
        with pytest.raises(PermissionDenied):
            decided(plan, actor(person))


# --- publication ---


def test_the_plan_is_carried_out_whoever_moved_is_told_and_the_group_runs(stage, officer):
    source, target = two_small(stage, one=2)
    rows = list(source.places.order_by("pk"))
    plan = planned(stage, officer)
    decided(plan, officer)
    assert published(plan, officer).state == "published"
    assert [fresh(row).programme for row in rows] == [target, target]
    assert [fresh(row).state for row in rows] == ["placed", "placed"]
    assert (fresh(source).state, fresh(target).state) == ("cancelled", "viable")
    told = Notice.objects.get(person=rows[0].person, title__startswith="Το πρόγραμμά σας συγχ")
    assert WHY in told.text
    assert "δηλώνετε ότι δεν τη δέχεστε" in told.text
    assert [kind for kind, *_ in public(stage)] == ["merge", "merge", "cancellation"]
    assert journal.of(rows[0]).first().reason == WHY


def test_who_finds_no_seat_is_released_and_keeps_the_number(stage, officer):
    source = a_group(stage, capacity=6, minimum=5)
    a_group(stage, "viable", placed=2, capacity=3)
    first, second = a_holder(source, rank=1), a_holder(source, rank=2)
    plan = planned(stage, officer)
    decided(plan, officer)
    published(plan, officer)
    assert fresh(first).state == "placed"
    assert (fresh(second).state, fresh(second).number) == ("cancelled", second.number)


def test_what_was_refused_stays_as_it_was(stage, officer):
    source, target = two_small(stage)
    plan = planned(stage, officer)
    decided(plan, officer, "refused")
    published(plan, officer)
    assert (fresh(source).state, fresh(target).state) == ("filling", "filling")
    assert public(stage) == []


def test_nothing_is_published_without_every_decision_or_before_phase_b_closes(stage, officer):
    two_small(stage)
    plan = planned(stage, officer)
    with pytest.raises(StepRefusedError, match="εκκρεμούν 1"):
        published(plan, officer)
    decided(plan, officer)
    type(stage).objects.filter(pk=stage.pk).update(state="phase_b")
    with pytest.raises(StepRefusedError, match="όταν κλείσει η Β΄ φάση"):
        published(plan, officer)


def test_a_plan_that_the_groups_outran_is_refused_whole(stage, officer):
    source, target = two_small(stage)
    plan = planned(stage, officer)
    decided(plan, officer)
    a_holder(source)
    with pytest.raises(ChangedMeanwhileError, match="P00001 άλλαξε"):
        published(plan, officer)
    assert fresh(plan).state == "ready"
    assert fresh(target).state == "filling"


def test_a_plan_whose_seats_were_taken_is_refused_whole(stage, officer):
    _, target = two_small(stage)
    plan = planned(stage, officer)
    decided(plan, officer)
    for _ in range(2):
        a_holder(target)
    with pytest.raises(ChangedMeanwhileError, match="P00002 άλλαξε"):
        published(plan, officer)


def test_whoever_gave_up_the_place_meanwhile_is_left_alone(stage, officer):
    source, target = two_small(stage)
    gone, stays = source.places.order_by("pk")
    plan = planned(stage, officer)
    decided(plan, officer)
    operations.decline(gone, actor=actor(gone), at=AFTER)
    published(plan, officer)
    assert fresh(gone).state == "withdrawn"
    assert fresh(stays).programme == target
    assert fresh(target).state == "filling"


def test_a_discarded_plan_takes_no_decisions(stage, officer):
    two_small(stage)
    plan = planned(stage, officer)
    operations.discard_merges(plan, actor=officer, at=AFTER)
    with pytest.raises(Refusal, match="δεν δέχεται πια αποφάσεις"):
        decided(fresh(plan), officer)


# --- screens ---


@pytest.fixture
def signed_in(client, login, stage, set_clock):
    set_clock(AFTER)
    login(client, people.officer(stage.action.body.code))
    return client


def test_an_officer_asks_looks_decides_and_publishes(signed_in, stage, drain_jobs):
    source, _ = two_small(stage)
    signed_in.post(reverse("enrolment:merges", args=[stage.code]))
    drain_jobs()
    plan = MergePlan.objects.get()
    page = reverse("enrolment:merge-plan", args=[plan.pk])
    words = signed_in.get(page).content.decode()
    assert "Αποδείχθηκε ότι με αυτούς τους κανόνες" in words
    assert "2 άτομα στο" in words
    line = plan.lines.get(verdict="merges")
    signed_in.post(f"{page}{line.pk}/accept/", {"reason": WHY})
    assert fresh(line).decision == "accepted"
    signed_in.post(f"{page}{line.pk}/reopen/", {"reason": WHY})
    signed_in.post(f"{page}accept/", {"reason": WHY})
    signed_in.post(reverse("kernel:step", args=["merge_plan", plan.pk, "publish"]))
    assert (fresh(plan).state, fresh(source).state) == ("published", "cancelled")
    assert WHY in signed_in.get(page).content.decode()
    assert signed_in.post(f"{page}nothing/", {"reason": WHY}).status_code == 404


def test_the_page_of_a_plan_asks_the_same_for_three_lines_as_for_one(signed_in, stage):
    officer = an_officer(stage)
    a_group(stage, "viable", capacity=9, minimum=2)
    a_group(stage, placed=1, capacity=6, minimum=5)

    def asked():
        plan = planned(stage, officer)
        with CaptureQueriesContext(connection) as found:
            signed_in.get(reverse("enrolment:merge-plan", args=[plan.pk]))
        return len(found)

    one = asked()
    for _ in range(2):
        a_group(stage, placed=1, capacity=6, minimum=5)
    assert asked() == one
