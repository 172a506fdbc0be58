"""Races on PostgreSQL: approval within a quota, one trainer in two places."""

from __future__ import annotations

from datetime import datetime, time
from functools import partial

import pytest
from django.db import IntegrityError, transaction

from didaskaleio.kernel.calendar import ATHENS
from didaskaleio.kernel.errors import StepRefusedError
from didaskaleio.people import queries as people_queries
from didaskaleio.programmes import operations
from didaskaleio.programmes.errors import ClashError, LoadExceededError, QuotaFullError
from didaskaleio.programmes.models import Arrangement, ParameterSet, Programme, Slot
from tests.factories import people, structures
from tests.factories import programmes as make
from tests.races.together import at_once, refusals

NOW = datetime(2022, 12, 12, 10, tzinfo=ATHENS)
pytestmark = pytest.mark.race


def actor(person):
    return people_queries.actor_of(person, at=NOW)


def test_two_officers_at_once_never_pass_the_quota(committed_db):
    period = make.a_period("proposing")
    make.a_quota(period, "cluster", "B2.3", 1)
    rows = [make.a_programme("checked", period=period) for _ in range(4)]
    officers = [actor(people.officer()) for _ in rows]
    pairs = zip(rows, officers, strict=True)
    outcomes = at_once([partial(operations.approve, a, actor=b, at=NOW) for a, b in pairs])
    assert Programme.objects.filter(state="approved").count() == 1
    refused = refusals(outcomes)
    assert [type(outcome) for outcome in refused] == [QuotaFullError] * 3
    assert "1 από 1" in str(refused[0])


def test_bulk_and_single_approval_at_once_never_pass_the_quota(committed_db):
    period = make.a_period("proposing")
    make.a_quota(period, "prefecture", "KOZ", 2)
    rows = [make.a_programme("checked", period=period) for _ in range(4)]
    one, two = actor(people.officer()), actor(people.officer())
    at_once(
        [
            lambda: operations.approve_many(period, [r.pk for r in rows[:3]], actor=one, at=NOW),
            lambda: operations.approve(rows[3], actor=two, at=NOW),
        ]
    )
    assert Programme.objects.filter(state="approved").count() == 2


def test_two_programmes_of_one_trainer_submitted_at_once_one_is_refused(committed_db):
    period = make.a_period("proposing")
    trainer = people.a_trainer()
    regulation = period.action.regulations.get()
    make.an_acceptance(regulation, trainer, "trainer")
    acts = []
    for start in (time(17, 30), time(18, 0)):
        centre = structures.a_centre()
        manager = people.a_centre_manager(centre)
        make.an_acceptance(regulation, manager, "centre", centre=centre)
        row = make.a_programme(
            "draft", period=period, centre=centre, trainer=trainer, start=start, agreed_revision=1
        )
        acts.append(partial(operations.submit, row, actor=actor(manager), at=NOW))
    outcomes = at_once(acts)
    assert sorted(Programme.objects.values_list("state", flat=True)) == ["checked", "draft"]
    refused = refusals(outcomes)
    assert [type(outcome) for outcome in refused] == [ClashError]
    assert refused[0].code == "TRAINER_CLASH"
    assert Slot.objects.filter(live=True).count() == 20


def test_the_database_itself_refuses_a_trainer_in_two_places(committed_db):
    period = make.a_period("proposing")
    trainer = people.a_trainer()
    make.a_programme("checked", period=period, trainer=trainer)
    with pytest.raises(IntegrityError, match="trainer_is_in_one_place"), transaction.atomic():
        make.a_programme("checked", period=period, trainer=trainer, start=time(18, 0))


def test_two_programmes_submitted_at_once_never_pass_the_hours_of_a_trainer(committed_db):
    period = make.a_period("proposing")
    values = {"trainer_hours_per_period": 60}
    ParameterSet.objects.create(
        action=period.action, version=1, values=values, valid_from=NOW, reason="Όριο φόρτου."
    )
    trainer = people.a_trainer()
    regulation = period.action.regulations.get()
    make.an_acceptance(regulation, trainer, "trainer")
    acts = []
    for start in (time(15, 0), time(17, 30), time(19, 45)):
        centre = structures.a_centre()
        manager = people.a_centre_manager(centre)
        make.an_acceptance(regulation, manager, "centre", centre=centre)
        row = make.a_programme(
            "draft", period=period, centre=centre, trainer=trainer, start=start, agreed_revision=1
        )
        acts.append(partial(operations.submit, row, actor=actor(manager), at=NOW))
    outcomes = at_once(acts)
    states = sorted(Programme.objects.values_list("state", flat=True))
    assert states == ["checked", "draft", "draft"]
    refused = refusals(outcomes)
    assert [type(outcome) for outcome in refused] == [LoadExceededError] * 2
    assert "θα είχε 120 ώρες στην περίοδο (όριο: 60)" in str(refused[0])


def test_two_officers_at_once_apply_an_arrangement_once(committed_db):
    period = make.a_period("proposing")
    centre = structures.a_centre()
    manager = people.a_centre_manager(centre)
    row = make.a_programme("draft", period=period, centre=centre, slots=False)
    made = operations.arrange_centre(period, centre, actor=actor(manager), at=NOW, seconds=6)
    who = [actor(manager), actor(people.officer())]
    acts = [
        partial(
            operations.apply, Arrangement.objects.get(pk=made.pk), actor=one, at=NOW, reason="Ναι."
        )
        for one in who
    ]
    refused = refusals(at_once(acts))
    assert [type(outcome) for outcome in refused] == [StepRefusedError]
    row.refresh_from_db()
    assert (row.revision, row.slots.count()) == (2, 20)
