"""Two officers, two tabs, a double click: one act.

Raced elsewhere: quotas of approvals and submissions of one trainer (races/test_programmes.py),
submissions, drafts, freeze and draw (races/test_enrolment_draw.py), requests, offers and lapses
(races/test_phase_b.py), signatures (races/test_signing.py), courses, rights and accounts
(races/test_courses.py), attestations (completion/test_issuing.py). Here is what was missing.

Shows: R-163.
"""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest

from didaskaleio.completion.models import Attestation
from didaskaleio.completion.operations import begin_batch, revoke, settle
from didaskaleio.completion.tasks import issue_batch
from didaskaleio.credentials.models import Credential
from didaskaleio.delivery import operations as delivering
from didaskaleio.delivery.models import Excuse
from didaskaleio.enrolment import operations as enrolling
from didaskaleio.enrolment.models import Draw, PublicChange, WaitingEntry
from didaskaleio.kernel import lifecycle
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.models import JournalEntry, StoredFile, Work
from didaskaleio.people.queries import actor_of
from didaskaleio.programmes import operations as programming
from didaskaleio.programmes.models import TrainingPeriod
from tests.completion.conftest import END
from tests.enrolment.stages import (
    AFTER,
    DURING,
    ENROLMENT_CLOSES,
    a_group,
    a_holder,
    a_stage,
    actor,
    an_offer,
    fresh,
)
from tests.factories import completion, delivery, people, programmes
from tests.faults.test_disk_full import PDF
from tests.races.together import at_once

pytestmark = pytest.mark.race
CLICKS = 3


def officers(moment, many=CLICKS):
    return [actor_of(people.officer(), at=moment) for _ in range(many)]


def one_of(outcomes):
    """Exactly one went through; the others were refused with a sentence."""
    refused = [each for each in outcomes if isinstance(each, Refusal)]
    assert len(refused) == len(outcomes) - 1, outcomes
    assert all(str(each) for each in refused)


def taken(thing, step):
    """How often the journal says that this step was taken on it."""
    rows = JournalEntry.objects.filter(subject_id=thing.pk, step=step)
    return rows.filter(subject=type(thing)._meta.label_lower).count()


def test_officers_decide_a_proposal_once(committed_db):
    moment = programmes.DATES["proposals_open"] + timedelta(days=1)
    row = programmes.a_programme("checked", period=programmes.a_period("proposing"))
    one, two, three = officers(moment)
    decided = [
        lambda: programming.approve(fresh(row), actor=one, at=moment),
        lambda: programming.approve(fresh(row), actor=two, at=moment),
        lambda: programming.reject(fresh(row), actor=three, at=moment, reason="Χωρίς αίθουσα"),
    ]
    one_of(at_once(decided))
    assert taken(row, "approve") + taken(row, "reject") == 1
    assert fresh(row).state in {"approved", "rejected"}


def test_two_tabs_of_a_centre_submit_a_proposal_once(committed_db):
    period = programmes.a_period("proposing")
    moment = period.proposals_open + timedelta(days=1)
    trainer, regulation = people.a_trainer(), period.action.regulations.get()
    programmes.an_acceptance(regulation, trainer, "trainer")
    row = programmes.a_programme("draft", period=period, trainer=trainer, agreed_revision=1)
    manager = people.a_centre_manager(row.centre)
    programmes.an_acceptance(regulation, manager, "centre", centre=row.centre)
    who = actor_of(manager, at=moment)
    one_of(at_once([lambda: programming.submit(fresh(row), actor=who, at=moment)] * CLICKS))
    assert taken(row, "submit") == 1
    assert fresh(row).state == "checked"


def test_a_regulation_is_published_and_a_period_announced_once(committed_db):
    action = programmes.an_action()
    regulation = programmes.a_regulation(action, published=False)
    moment = programmes.DATES["announced_at"]
    all_of_them = officers(moment)

    def publish(who):
        row = fresh(regulation)
        return lambda: programming.publish_regulation(row, actor=who, at=moment)

    one_of(at_once([publish(who) for who in all_of_them]))
    assert JournalEntry.objects.filter(subject_id=regulation.pk, act="Δημοσιεύτηκε").count() == 1
    period = programmes.a_period("draft", action=action)
    rule = enrolling.default_rule(period.phase_a_closes, 24)

    def announce(who):
        row = TrainingPeriod.objects.get(pk=period.pk)
        return lambda: enrolling.announce(row, actor=who, at=moment, beacon=rule)

    one_of(at_once([announce(who) for who in all_of_them]))
    assert Draw.objects.filter(period=period).count() == 1


def test_two_clocks_freeze_the_list_once(committed_db):
    from tests.factories import enrolment as make

    period = programmes.a_period("phase_a")
    make.a_draw(period)
    make.an_application(period=period, preferences=[])
    at_once([lambda: lifecycle.fire_due(period.phase_a_closes)] * CLICKS)
    assert fresh(period).state == "frozen"
    assert taken(period, "freeze") == 1
    assert taken(Draw.objects.get(period=period), "freeze") == 1


def test_an_offer_is_answered_once_whichever_button_came_first(committed_db):
    period = a_stage()
    programme = a_group(period, "viable", placed=2, capacity=3)
    entry = an_offer(programme)
    who = actor(entry.application)
    answers = [
        lambda: enrolling.accept_offer(fresh(entry), actor=who, at=DURING),
        lambda: enrolling.accept_offer(fresh(entry), actor=who, at=DURING),
        lambda: enrolling.refuse_offer(fresh(entry), actor=who, at=DURING),
    ]
    one_of(at_once(answers))
    state = WaitingEntry.objects.get(pk=entry.pk).state
    assert state in {"accepted", "declined"}
    placed = fresh(entry.application).programme_id == programme.pk
    assert placed == (state == "accepted")
    assert PublicChange.objects.filter(number=entry.application.number).count() == 1


def test_a_place_is_confirmed_or_declined_once(committed_db):
    period = a_stage("enrolling")
    programme = a_group(period, "enrolling")
    holder = a_holder(programme, confirm_by=ENROLMENT_CLOSES)
    who = actor(holder, AFTER)
    said = {"will_teach_declared": True, "regulation_accepted": True}
    clicks = [
        lambda: enrolling.confirm(fresh(holder), actor=who, at=AFTER, **said),
        lambda: enrolling.confirm(fresh(holder), actor=who, at=AFTER, **said),
        lambda: enrolling.decline(fresh(holder), actor=who, at=AFTER),
    ]
    one_of(at_once(clicks))
    assert taken(holder, "confirm") + taken(holder, "decline") == 1


def test_an_absence_is_excused_once_and_decided_once(committed_db):
    programme = delivery.a_running_programme(2)
    session = delivery.sessions_of(programme)[0]
    delivery.a_signed_session(session, absent=(0,))
    row, moment = delivery.trainees_of(session)[0], session.ends_at
    trainee = actor_of(row.person, at=moment)
    manager = actor_of(people.a_centre_manager(programme.centre), at=moment)

    def excuse():
        upload = BytesIO(PDF)
        facts = {"text": "Ασθένεια", "upload": upload, "name": "α.pdf"}
        return delivering.excuse(fresh(row), **facts, actor=trainee, at=moment)

    one_of(at_once([excuse] * CLICKS))
    made = Excuse.objects.get()
    assert StoredFile.objects.count() == 1

    def decide(accepted):
        facts = {"accepted": accepted, "reason": "Βεβαίωση ιατρού"}
        return lambda: delivering.decide_excuse(fresh(made), **facts, actor=manager, at=moment)

    one_of(at_once([decide(True), decide(False), decide(True)]))


def test_bulk_issues_begun_by_two_officers_issue_each_attestation_once(committed_db, authority):
    settle(completion.a_class(4), at=END)
    one, two = officers(END, 2)

    def begin(who):
        return lambda: begin_batch(Attestation.objects.all(), actor=who, at=END)

    at_once([begin(one), begin(two)])
    ids = list(Attestation.objects.values_list("pk", flat=True))
    works = Work.objects.values_list("pk", flat=True)
    at_once([lambda pk=pk: issue_batch(work=pk, ids=ids, failed=[]) for pk in works])
    numbers = Credential.objects.order_by("number").values_list("number", flat=True)
    assert [number[-6:] for number in numbers] == [f"{n:06d}" for n in range(1, 5)]
    assert sum(Work.objects.values_list("done", flat=True)) == 4
    row = Attestation.objects.first()

    def take_back(who):
        return lambda: revoke(fresh(row), actor=who, at=END, reason="Λάθος ώρες")

    one_of(at_once([take_back(one), take_back(two)]))
    assert taken(row, "revoke") == 1


def test_a_proposal_begun_by_a_double_click_is_one(committed_db):
    period = programmes.a_period("proposing")
    moment = period.proposals_open + timedelta(days=1)
    model = programmes.a_programme("draft", period=period, slots=False)
    who = actor_of(people.a_centre_manager(model.centre), at=moment)
    content = programming.Content(model.category, model.cluster, model.trainer)

    def begin(at):
        return programming.start_proposal(period, model.centre, content, actor=who, at=at)

    begun = at_once([lambda: begin(moment)] * CLICKS)
    assert len({row.pk for row in begun}) == 1
    again = begin(moment + timedelta(minutes=1))
    assert again.pk != begun[0].pk  # meant, not clicked
    assert period.programmes.count() == 3
