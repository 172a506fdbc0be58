"""Who is told what about periods and proposals."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from didaskaleio.kernel import lifecycle
from didaskaleio.kernel.models import Notice
from didaskaleio.programmes import notices, operations
from tests.factories import people, structures
from tests.factories import programmes as make

pytestmark = pytest.mark.django_db
OPENS = make.DATES["proposals_open"]


def told(**which):
    return set(Notice.objects.filter(**which).values_list("person_id", flat=True))


def test_when_proposals_open_the_managers_of_active_centres_of_the_body_are_told_once(
    drain_jobs,
):
    period = make.a_period("announced")
    managers = [people.a_centre_manager(structures.a_centre()) for _ in range(2)]
    both = structures.a_centre()
    people.a_post(managers[0], "centre_manager", "centre", both)
    people.a_centre_manager(structures.a_centre(approved_until=date(2022, 10, 1)))
    people.a_centre_manager(structures.a_centre(body=structures.a_body("iep")))
    left = people.a_person()
    people.a_post(left, "centre_manager", "centre", both, until=OPENS - timedelta(days=1))
    lifecycle.fire_due(OPENS)
    drain_jobs()
    opening = {"title": "Άνοιξαν οι προτάσεις"}
    assert told(**opening) == {person.pk for person in managers}
    notices.proposals_open(period, at=OPENS)
    assert Notice.objects.filter(**opening).count() == 2
    assert "έως Παρασκευή 23 Δεκεμβρίου 2022, 15:00" in Notice.objects.filter(**opening)[0].text


def test_telling_many_centres_asks_as_much_as_telling_one(drain_jobs):
    period = make.a_period("proposing")

    def asked():
        with CaptureQueriesContext(connection) as captured:
            notices.proposals_open(period, at=OPENS)
        return len(captured)

    people.a_centre_manager(structures.a_centre())
    asked()
    once = asked()
    for _ in range(3):
        people.a_centre_manager(structures.a_centre())
    assert asked() == once


def test_the_trainer_is_told_of_the_request_the_return_and_the_approval(actor_for, at):
    period = make.a_period("proposing")
    officer = actor_for(people.officer())
    draft = make.a_programme("draft", period=period)
    notices.ask_agreement(draft, at=at)
    assert told(title=f"Ζητείται η συμφωνία σας για το {draft.code}") == {draft.trainer_id}
    back = make.a_programme("checked", period=period)
    operations.return_with_remarks(back, actor=officer, at=at, reason="Αίθουσα;")
    assert told(title=f"Επιστράφηκε το {back.code}") == {back.trainer_id}
    good = make.a_programme("checked", period=period)
    operations.approve(good, actor=officer, at=at)
    assert told(title=f"Εγκρίθηκε το {good.code}") == {good.trainer_id}
