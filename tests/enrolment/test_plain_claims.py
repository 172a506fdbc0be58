"""The plain request of phase B: never kinder than the rules, and it leaves the same traces.

Shows: R-042, R-043.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.forms.models import model_to_dict

from didaskaleio.enrolment.enums import ApplicationState
from didaskaleio.enrolment.models import (
    HeldBack,
    PhaseBLog,
    PublicChange,
)
from didaskaleio.enrolment.operations import claims, plain_claims
from didaskaleio.enrolment.queries.allowed import may_take
from didaskaleio.kernel.models import JournalEntry, Notice
from didaskaleio.people import generator
from didaskaleio.people.enums import CertificateKind
from didaskaleio.people.models import HeldCertificate, Teacher
from didaskaleio.people.queries import allowed_clusters
from didaskaleio.programmes.models import ParameterSet, Programme
from didaskaleio.structures.models import Cluster
from tests.enrolment.stages import DURING, a_group, a_holder, a_stage, actor, an_offer
from tests.factories import enrolment as make
from tests.factories import people, structures

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(db):
    return a_stage()


def an_applicant(programme, person=None, **facts):
    facts.setdefault("state", ApplicationState.RUNNER_UP)
    facts.setdefault("cluster", programme.cluster)
    return make.an_application(period=programme.period, person=person, **facts)


def plainly(programme, application):
    """What the plain way says; undone at once."""
    with transaction.atomic():
        found = plain_claims.decide(
            programme.period.code, programme.code, actor=actor(application), at=DURING
        )
        transaction.set_rollback(True)
    return found.outcome if found else None


def traces(application):
    """What a decision leaves behind, without what counts up."""
    application.refresh_from_db()
    rows = (
        *PhaseBLog.objects.filter(application=application),
        *JournalEntry.objects.filter(
            subject="enrolment.participationapplication", subject_id=application.pk
        ),
        *PublicChange.objects.filter(number=application.number),
        *Notice.objects.filter(person=application.person),
    )
    own = {"id", "sequence", "application", "number", "dedupe", "subject_id", "actor", "text"}
    own |= {"actor_name", "person"}
    left = [
        {k: v for k, v in model_to_dict(row).items() if k not in own} | {"of": type(row).__name__}
        for row in rows
    ]
    return left, application.state, application.programme_id


def test_both_ways_leave_the_same_traces(stage):
    programme = a_group(stage, minimum=10, capacity=12)
    one, other = an_applicant(programme), an_applicant(programme)
    fast = plain_claims.decide(programme.period.code, programme.code, actor=actor(one), at=DURING)
    slow = claims.weigh(programme.period.code, programme.code, actor=actor(other), at=DURING)
    assert fast is not None
    assert (fast.outcome, slow.outcome) == ("placed", "placed")
    assert traces(one) == traces(other)
    assert one.place_sequence == fast.sequence < other.place_sequence == slow.sequence
    text = f"Πρόγραμμα {programme}. Ο αριθμός σας είναι {one.number}."
    assert Notice.objects.get(person=one.person).text == text
    assert Notice.objects.get(person=one.person).dedupe == f"claim-{one.pk}-{fast.sequence}"


def test_a_plain_request_that_fills_a_programme_makes_it_viable_as_the_rules_do(stage):
    found = []
    for decide in (plain_claims.decide, claims.weigh):
        programme = a_group(stage, minimum=2, capacity=3)
        holder, application = a_holder(programme), an_applicant(programme)
        names = programme.period.code, programme.code
        assert decide(*names, actor=actor(application), at=DURING).outcome == "placed"
        programme.refresh_from_db()
        steps = JournalEntry.objects.filter(
            subject="programmes.programme", subject_id=programme.pk
        ).values_list("step", "source", "target", "actor_name")
        told = Notice.objects.filter(person__in=[holder.person, application.person])
        kinds = sorted(told.values_list("person_id", "kind"))
        numbers = {holder.person_id: "holder", application.person_id: "applicant"}
        found.append(
            (programme.state, list(steps), sorted((numbers[pk], kind) for pk, kind in kinds))
        )
    assert found[0] == found[1]
    assert found[0][0] == "viable"


def test_both_ways_refuse_the_same_when_the_programme_is_full(stage):
    programme = a_group(stage, "viable", placed=3, capacity=3, opened=True)
    one, other = an_applicant(programme), an_applicant(programme)
    fast = claims.claim(programme.period.code, programme.code, actor=actor(one), at=DURING)
    slow = claims.weigh(programme.period.code, programme.code, actor=actor(other), at=DURING)
    assert (fast.outcome, fast.sentence) == (slow.outcome, slow.sentence)
    assert fast.outcome == "full"
    assert traces(one) == traces(other)


def test_the_plain_way_is_the_one_that_is_taken(stage):
    programme = a_group(stage, minimum=10, capacity=12)
    application = an_applicant(programme)
    assert plainly(programme, application) == "placed"
    assert plainly(programme, application) == "placed", "undone, so asked again"


@pytest.mark.parametrize(
    "unlike",
    [
        "holds_a_place",
        "waits_elsewhere",
        "other_cluster",
        "no_certificate",
        "older_training",
        "not_open",
        "phase_over",
        "done_before",
    ],
)
def test_what_is_not_plain_is_left_to_the_rules(stage, unlike):
    programme = a_group(stage, minimum=9, capacity=9)
    application = an_applicant(programme)
    person = application.person
    if unlike == "holds_a_place":
        application.state, application.programme = "placed", a_group(stage)
        application.save()
    elif unlike == "waits_elsewhere":
        an_offer(a_group(stage, "viable"), application)
    elif unlike == "other_cluster":
        application.cluster = Cluster.objects.exclude(pk=programme.cluster_id).first()
        application.save()
    elif unlike == "no_certificate":
        HeldCertificate.objects.filter(person=person, kind=CertificateKind.B1).delete()
    elif unlike == "older_training":
        people.a_certificate(person, CertificateKind.PAKE)
    elif unlike == "not_open":
        programme.waiting_list.delete()
    elif unlike == "phase_over":
        stage.phase_b_closes = DURING - timedelta(hours=1)
        stage.phase_b_opens = DURING - timedelta(hours=9)
        stage.save()
    else:
        people.a_certificate(person, CertificateKind.B2_TRAINING)
    assert plainly(programme, application) is None
    assert PhaseBLog.objects.filter(application=application).count() == 0


def test_a_parameter_lets_those_who_completed_come_again(stage):
    programme = a_group(stage, minimum=9, capacity=9)
    application = an_applicant(programme)
    people.a_certificate(application.person, CertificateKind.B2_TRAINING)
    assert plainly(programme, application) is None
    ParameterSet.objects.create(
        action=stage.action,
        version=1,
        values={"completed_once_refused": False},
        valid_from=stage.announced_at,
        reason="Δοκιμή",
    )
    assert plainly(programme, application) == "placed"


def test_places_offered_or_held_back_are_not_given(stage):
    programme = a_group(stage, "viable", placed=1, capacity=3, opened=True)
    an_offer(programme)
    HeldBack.objects.create(programme=programme, freed_at=DURING)
    assert plainly(programme, an_applicant(programme)) == "full"


@pytest.fixture
def nation(db):
    """A small nation with a programme of each cluster and category in five prefectures."""
    generator.populate(400, 3)
    period = a_stage()
    codes = Cluster.objects.filter(scheme=period.action.scheme_id).values_list("code", flat=True)
    centres = [structures.a_centre(prefecture) for prefecture in ("KOZ", "ATK", "THS")]
    for code in codes:
        for centre in centres:
            for category in ("IIa", "IIb"):
                a_group(
                    period,
                    minimum=99,
                    capacity=99,
                    cluster=code,
                    centre=centre,
                    category=category,
                    slots=False,
                )
    return period


def test_the_plain_way_never_gives_what_the_rules_refuse(nation):
    rows = Programme.objects.filter(period=nation).select_related(*claims.SHEET)
    offered = list(rows)
    given = allowed = 0
    for teacher in Teacher.objects.select_related("person", "specialty").order_by("pk"):
        own = {found.code for found in allowed_clusters(teacher, nation.action.scheme)}
        near = [p for p in offered if p.cluster.code in own] or offered[:2]
        application = make.a_draft(
            period=nation, person=teacher.person, number=f"{10_000_000 + teacher.pk}"
        )
        for programme in near[:6]:
            application.cluster = programme.cluster
            application.save()
            may = may_take(application, programme, DURING) is None
            plain = plainly(programme, application)
            assert plain is None or may, (teacher.pk, programme.code)
            allowed += may
            given += plain is not None
    assert given > 0.8 * allowed > 100
