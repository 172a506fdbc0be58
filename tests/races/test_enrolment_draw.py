"""Races of applying and of the draw: twenty people at once, two clicks, two officers."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest

from didaskaleio.enrolment import draw as draws
from didaskaleio.enrolment import operations, rules
from didaskaleio.enrolment.models import Draw, IssuedNumber, ParticipationApplication, Submission
from didaskaleio.kernel import clock, lifecycle
from didaskaleio.kernel.models import JournalEntry
from didaskaleio.people import queries
from didaskaleio.people.enums import Role, Scope
from tests.factories import enrolment as make
from tests.factories import people, programmes
from tests.races.together import at_once

pytestmark = pytest.mark.race
AT = datetime(2023, 1, 18, 10, tzinfo=clock.ATHENS)
THREADS = 20


def an_open_period():
    period = programmes.a_period("phase_a")
    make.a_draw(period)
    programme = programmes.a_programme(period=period, category="IIb", slots=False)
    return period, programme


def sender(period, person, codes, version=0):
    application = ParticipationApplication.objects.get(period=period, person=person)
    actor = queries.actor_of(person, at=AT)
    return lambda: operations.send(
        application, actor=actor, at=AT, reviewed=codes, version=version, accepts=True
    )


def test_twenty_people_submit_at_once_and_the_chain_holds(committed_db):
    period, programme = an_open_period()
    applicants = [people.a_teacher() for _ in range(THREADS)]
    for person in applicants:
        make.a_draft(period=period, person=person, preferences=[programme])
    sent = at_once([sender(period, person, [programme.code]) for person in applicants])
    assert all(isinstance(each, Submission) for each in sent)
    issued = list(IssuedNumber.objects.filter(period=period).order_by("position"))
    assert [each.position for each in issued] == list(range(1, THREADS + 1))
    assert [each.head for each in issued] == rules.heads([each.number for each in issued])
    assert len({each.number for each in issued}) == THREADS
    receipts = set(Submission.objects.values_list("receipt_number", flat=True))
    assert receipts == {f"2023/{n:06d}" for n in range(1, THREADS + 1)}
    assert {(s.head_count, s.head) for s in sent} == {(i.position, i.head) for i in issued}


def test_ten_clicks_of_one_person_make_one_submission(committed_db):
    period, programme = an_open_period()
    person = people.a_teacher()
    make.a_draft(period=period, person=person, preferences=[programme])
    sent = at_once([sender(period, person, [programme.code]) for _ in range(10)])
    assert sum(isinstance(each, Submission) for each in sent) == 1
    assert Submission.objects.count() == IssuedNumber.objects.count() == 1


def test_ten_tabs_begin_one_draft(committed_db):
    period, _ = an_open_period()
    actor = queries.actor_of(people.a_teacher(), at=AT)
    found = at_once([lambda: operations.start(period, actor=actor, at=AT) for _ in range(10)])
    assert len({each.pk for each in found}) == 1


def test_a_submission_that_races_the_freeze_is_in_the_list_or_refused(committed_db):
    period, programme = an_open_period()
    applicants = [people.a_teacher() for _ in range(8)]
    for person in applicants:
        make.a_draft(period=period, person=person, preferences=[programme])
    acts = [sender(period, person, [programme.code]) for person in applicants]
    outcomes = at_once([*acts, lambda: lifecycle.fire_due(period.phase_a_closes)])[:-1]
    draw = Draw.objects.get(period=period)
    sent = {each.application_id for each in outcomes if isinstance(each, Submission)}
    inside = ParticipationApplication.objects.filter(in_draw=True)
    assert draw.final_count == len(sent) == IssuedNumber.objects.count()
    assert set(inside.values_list("pk", flat=True)) == sent
    assert all(row.number.encode() in bytes(draw.frozen) for row in inside)


def test_new_versions_that_race_the_freeze_never_lock_it_out(committed_db):
    period, programme = an_open_period()
    other = programmes.a_programme(period=period, category="IIb", slots=False)
    rows = [make.an_application(period=period, preferences=[programme]) for _ in range(8)]
    codes = [other.code, programme.code]
    for row in rows:
        ParticipationApplication.objects.filter(pk=row.pk).update(
            draft={"preferences": codes, "will_teach": True}
        )
    acts = [sender(period, row.person, codes, version=1) for row in rows]
    outcomes = at_once([*acts, lambda: lifecycle.fire_due(period.phase_a_closes)])
    assert outcomes[-1] == 1
    sent = {each.application_id for each in outcomes[:-1] if isinstance(each, Submission)}
    frozen = draws.freeze_hash(bytes(Draw.objects.get(period=period).frozen))
    assert frozen == Draw.objects.get(period=period).freeze_hash
    listed = json.loads(bytes(Draw.objects.get(period=period).frozen))["applications"]
    by_number = {each["id"]: each["preferences"] for each in listed}
    assert by_number == {row.number: codes if row.pk in sent else [programme.code] for row in rows}


def test_two_officers_confirm_at_once_and_the_draw_happens_once(committed_db):
    period, programme = an_open_period()
    for _ in range(3):
        make.an_application(period=period, preferences=[programme])
    officers = []
    for _ in range(3):
        person = people.a_person()
        people.a_post(person, Role.BODY_OFFICER, Scope.BODY, period.action.body)
        officers.append(person)
    lifecycle.fire_due(period.phase_a_closes)
    draw = Draw.objects.get(period=period)
    moment = draw.beacon_at + timedelta(minutes=1)
    beacon = "9f" * 32

    def enter(person):
        actor = queries.actor_of(person, at=moment)
        own = Draw.objects.get(pk=draw.pk)
        return lambda: operations.enter_beacon(own, actor=actor, at=moment, beacon=beacon)

    enter(officers[0])()
    outcomes = at_once([enter(person) for person in officers[1:]])
    assert sum(isinstance(each, Draw) for each in outcomes) == 1
    drawn = JournalEntry.objects.filter(subject="enrolment.draw", step="confirm_and_draw")
    assert drawn.count() == 1
    published = at_once([lambda: operations.carry_out(Draw.objects.get(pk=draw.pk), at=moment)] * 2)
    assert sum(each is True for each in published) == 1
    assert ParticipationApplication.objects.filter(rank__isnull=False).count() == 3
