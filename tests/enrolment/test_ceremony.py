"""Announcement, heads by the hour, freeze, extension, reopening: SPEC-draw §1.1 to §1.3.

Shows: R-025, R-038.
"""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta

import pytest

from didaskaleio.enrolment import draw as draws
from didaskaleio.enrolment import operations, rules, seal, tasks
from didaskaleio.enrolment.errors import BeaconRuleError
from didaskaleio.enrolment.models import (
    Draw,
    IssuedNumber,
    ParticipationApplication,
    PublishedHead,
)
from didaskaleio.enrolment.operations.ceremony import BeaconRule
from didaskaleio.kernel import lifecycle
from didaskaleio.kernel.errors import StepRefusedError
from didaskaleio.kernel.models import Notice
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.models import HeldCertificate
from didaskaleio.programmes.models import PeriodAct
from tests.factories import enrolment as make
from tests.factories import people, programmes

pytestmark = pytest.mark.django_db
SECRET = bytes(range(32))


def rule(moment, **facts):
    given = {"source": "drand", "at": moment, "pattern": "[0-9a-f]{64}", "example": "0f" * 32}
    return BeaconRule(**given | facts)


@pytest.fixture
def officer_of(actor_for):
    def officer(period):
        person = people.a_person()
        people.a_post(person, Role.BODY_OFFICER, Scope.BODY, period.action.body)
        return actor_for(person)

    return officer


def test_the_announcement_commits_to_a_secret_that_is_kept_sealed_twice(officer_of, at, settings):
    private, public = seal.new_escrow_pair()
    settings.ESCROW_KEY = public.decode()
    period = programmes.a_period("draft")
    beacon = rule(period.phase_a_closes + timedelta(hours=24))
    operations.announce(
        period, actor=officer_of(period), at=at, beacon=beacon, randomness=lambda n: SECRET[:n]
    )
    draw = Draw.objects.get(period=period)
    assert period.state == "announced"
    assert draw.commitment == hashlib.sha256(SECRET).hexdigest()
    assert SECRET not in bytes(draw.secret_sealed)
    assert seal.unseal(bytes(draw.secret_sealed), settings.SECRET_KEY, period.code) == SECRET
    assert seal.open_escrow(bytes(draw.secret_escrow), private, period.code) == SECRET


def test_without_a_test_generator_every_secret_is_another(officer_of, at):
    found = set()
    for _ in range(2):
        period = programmes.a_period("draft")
        beacon = rule(period.phase_a_closes + timedelta(days=2))
        operations.announce(period, actor=officer_of(period), at=at, beacon=beacon)
        found.add(Draw.objects.get(period=period).commitment)
    assert len(found) == 2


@pytest.mark.parametrize(
    ("hours", "facts", "code"),
    [
        (23, {}, "beacon_at"),
        (24, {"pattern": "(a|b)"}, "beacon_pattern"),
        (24, {"example": "xyz"}, "beacon_example"),
        (24, {"source": "  "}, "beacon_source"),
    ],
)
def test_a_rule_of_the_beacon_that_cannot_be_announced_is_refused(
    officer_of, at, hours, facts, code
):
    period = programmes.a_period("draft")
    beacon = rule(period.phase_a_closes + timedelta(hours=hours), **facts)
    with pytest.raises(BeaconRuleError) as refusal:
        operations.announce(period, actor=officer_of(period), at=at, beacon=beacon)
    assert refusal.value.code == code
    assert not Draw.objects.filter(period=period).exists()


def test_the_proposed_rule_can_be_announced_as_it_stands(officer_of, at):
    period = programmes.a_period("draft")
    beacon = operations.default_rule(period.phase_a_closes, 24)
    assert f"γύρος {rules.drand_round(beacon.at)[0]}:" in beacon.source
    operations.announce(period, actor=officer_of(period), at=at, beacon=beacon)
    assert Draw.objects.get(period=period).beacon_at == beacon.at


def test_every_full_hour_publishes_head_and_count_once(period):
    opens = period.phase_a_opens
    first = make.issue_number(period, at=opens + timedelta(minutes=20))
    second = make.issue_number(period, at=opens + timedelta(hours=2, minutes=1))
    assert tasks.publish_heads(opens + timedelta(hours=1, minutes=59)) == 2
    assert tasks.publish_heads(opens + timedelta(hours=3, minutes=5)) == 2
    assert tasks.publish_heads(opens + timedelta(hours=3, minutes=6)) == 0
    published = PublishedHead.objects.filter(period=period).order_by("at")
    assert [(h.at - opens, h.count, h.head) for h in published] == [
        (timedelta(0), 0, rules.FIRST_HEAD),
        (timedelta(hours=1), 1, first.head),
        (timedelta(hours=2), 1, first.head),
        (timedelta(hours=3), 2, second.head),
    ]


def test_no_head_is_published_after_the_deadline(period):
    tasks.publish_heads(period.phase_a_closes + timedelta(days=3))
    last = PublishedHead.objects.filter(period=period).order_by("-at").first()
    assert last.at == period.phase_a_closes


def test_the_deadline_freezes_what_was_submitted(period, in_period, submitted, drain_jobs):
    a, b = in_period("IIa"), in_period("IIb")
    one, two = submitted(people.a_teacher(), [a, b]), submitted(people.a_teacher(), [b])
    lifecycle.fire_due(period.phase_a_closes)
    draw = Draw.objects.get(period=period)
    period.refresh_from_db()
    assert (period.state, draw.state) == ("frozen", "frozen")
    assert draw.frozen_at == period.phase_a_closes
    assert json.loads(bytes(draw.frozen)) == {
        "applications": sorted(
            (
                {"id": one.number, "preferences": [a.code, b.code]},
                {"id": two.number, "preferences": [b.code]},
            ),
            key=lambda each: each["id"],
        ),
        "category_order": ["IIa", "IIb"],
        "period": period.code,
        "programmes": sorted(
            (
                {"id": p.code, "category": p.category.code, "capacity": 15, "minimum": 10}
                for p in (a, b)
            ),
            key=lambda each: each["id"],
        ),
    }
    assert draw.freeze_hash == draws.freeze_hash(bytes(draw.frozen))
    last = IssuedNumber.objects.order_by("-position").first()
    assert (draw.final_head, draw.final_count) == (last.head, 2)
    drain_jobs()
    notices = Notice.objects.filter(kind="enrolment.frozen")
    assert notices.count() == 2
    assert all(draw.freeze_hash in notice.text for notice in notices)


def test_who_withdrew_before_or_became_ineligible_is_listed_and_not_drawn(
    period, in_period, submitted, actor_for, at, drain_jobs
):
    programme = in_period()
    kept, gone, lost = (submitted(people.a_teacher(), [programme]) for _ in range(3))
    operations.withdraw(gone, actor=actor_for(gone.person), at=at)
    HeldCertificate.objects.filter(person=lost.person).delete()
    lifecycle.fire_due(period.phase_a_closes)
    draw = Draw.objects.get(period=period)
    frozen = json.loads(bytes(draw.frozen))
    assert [each["id"] for each in frozen["applications"]] == [kept.number]
    assert draw.final_count == 3
    lost.refresh_from_db()
    assert not lost.in_draw
    assert lost.excluded_reason == (
        "Δεν υπάρχει πιστοποίηση Β1 στο όνομά σας. (Κανονιστικό Πλαίσιο, άρθρο 3)"
    )
    drain_jobs()
    notice = Notice.objects.get(kind="enrolment.ineligible")
    assert notice.person_id == lost.person_id
    assert "Δεν υπάρχει πιστοποίηση Β1" in notice.text


def test_settling_eligibility_costs_the_same_for_one_and_for_three(period, in_period):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from didaskaleio.enrolment.operations.freezing import _settle_eligibility

    counts = []
    for _ in range(2):
        make.an_application(period=period, preferences=[in_period()])
        with CaptureQueriesContext(connection) as captured:
            _settle_eligibility(period, period.phase_a_closes)
        counts.append(len(captured))
        make.an_application(period=period, preferences=[])
    assert counts[0] == counts[1]


def test_a_period_without_commitment_does_not_freeze(at):
    from didaskaleio.kernel.access import SYSTEM

    with pytest.raises(StepRefusedError, match="χωρίς δέσμευση"):
        operations.freeze(programmes.a_period("phase_a"), actor=SYSTEM, at=at)


def test_an_extension_is_a_numbered_act_with_a_new_rule(
    period, in_period, submitted, officer_of, at, drain_jobs
):
    application = submitted(people.a_teacher(), [in_period()])
    closes = period.phase_a_closes + timedelta(days=1)
    act = operations.extend(
        period,
        actor=officer_of(period),
        at=at,
        reason="Διακοπή ρεύματος στο κέντρο δεδομένων",
        closes=closes,
        beacon=rule(closes + timedelta(hours=24)),
    )
    draw = Draw.objects.get(period=period)
    period.refresh_from_db()
    assert (act.kind, act.number) == ("extension", "2023/000001")
    assert (period.state, period.phase_a_closes) == ("phase_a", closes)
    assert (draw.beacon_at, draw.beacon_rule_version) == (closes + timedelta(hours=24), 2)
    drain_jobs()
    notice = Notice.objects.get(person=application.person, kind="enrolment.extended")
    assert "Διακοπή ρεύματος" in notice.text


def test_an_extension_needs_a_reason_a_later_deadline_and_a_later_beacon(period, officer_of, at):
    actor = officer_of(period)
    closes = period.phase_a_closes + timedelta(hours=1)
    good = {"reason": "λόγος", "closes": closes, "beacon": rule(closes + timedelta(hours=24))}
    for facts, code in (
        ({"reason": " "}, "extend"),
        ({"closes": period.phase_a_closes}, "closes"),
        ({"beacon": rule(closes + timedelta(hours=23))}, "beacon_at"),
        ({"beacon": rule(period.phase_b_opens)}, "phase_b"),
    ):
        from didaskaleio.kernel.errors import Refusal

        with pytest.raises(Refusal) as refusal:
            operations.extend(period, actor=actor, at=at, **good | facts)
        assert refusal.value.code == code
    assert not PeriodAct.objects.exists()


def test_reopening_thaws_the_list_only_before_the_beacons_moment(
    period, in_period, submitted, officer_of, teacher
):
    submitted(teacher, [in_period()])
    lifecycle.fire_due(period.phase_a_closes)
    period.refresh_from_db()
    beacon_at = Draw.objects.get(period=period).beacon_at
    moment = period.phase_a_closes + timedelta(hours=2)
    closes = moment + timedelta(hours=20)
    facts = {
        "actor": officer_of(period),
        "reason": "Βλάβη στην τελευταία ώρα",
        "closes": closes,
        "beacon": rule(closes + timedelta(hours=24)),
    }
    with pytest.raises(BeaconRuleError) as refusal:
        operations.reopen(period, at=beacon_at, **facts)
    assert refusal.value.code == "too_late"
    operations.reopen(period, at=moment, **facts)
    draw = Draw.objects.get(period=period)
    assert (period.state, draw.state, draw.frozen, draw.freeze_hash) == (
        "phase_a",
        "committed",
        None,
        "",
    )
    assert not ParticipationApplication.objects.filter(in_draw=True).exists()
    lifecycle.fire_due(closes)
    draw.refresh_from_db()
    assert (draw.state, draw.frozen_at) == ("frozen", closes)


def test_the_demonstrations_beacon_appears_only_after_its_moment(period, settings):
    draw = period.draw
    draw.state = "frozen"
    assert operations.demo_beacon(draw, draw.beacon_at) is None
    settings.DEMO = True
    assert operations.demo_beacon(draw, draw.beacon_at - timedelta(seconds=1)) is None
    value = operations.demo_beacon(draw, draw.beacon_at)
    assert draws.beacon_matches(draw.beacon_pattern, value)
    assert operations.demo_beacon(draw, draw.beacon_at) == value
