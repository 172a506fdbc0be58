"""Races of on-site visits: one inspector in two places, two draws of a round, two visits."""

from __future__ import annotations

from datetime import timedelta

import pytest

from didaskaleio.delivery import operations
from didaskaleio.delivery.models import SiteVisit, VisitRound
from tests.factories import delivery, visits
from tests.factories.structures import a_body
from tests.races.together import at_once, refusals

pytestmark = pytest.mark.race


@pytest.mark.usefixtures("committed_db")
def test_an_inspector_is_given_one_of_two_visits_at_the_same_hour():
    programmes = [delivery.a_running_programme(1, manager=False) for _ in range(2)]
    sessions = [delivery.sessions_of(programme)[0] for programme in programmes]
    person, at = visits.an_inspector(), sessions[0].starts_at - timedelta(days=2)
    decided = [visits.a_decided_visit(session, at=at) for session in sessions]
    officer = visits.the_officer(at)

    def give(pk):
        visit = SiteVisit.objects.get(pk=pk)
        return operations.assign(visit, actor=officer, at=at, inspector=person)

    outcomes = at_once([lambda pk=visit.pk: give(pk) for visit in decided])
    assert len(refusals(outcomes)) == 1
    assert SiteVisit.objects.filter(inspector=person, state="assigned").count() == 1


@pytest.mark.usefixtures("committed_db")
def test_two_officers_who_draw_at_once_propose_every_visit_once():
    programme = delivery.a_running_programme(1)
    first = delivery.sessions_of(programme)[0]
    at = first.starts_at - timedelta(days=3)
    day = first.starts_at.date()
    officer = visits.the_officer(at)
    wish = operations.Wish(day, day + timedelta(days=60), 1, 1)
    opened = operations.open_round(a_body(), wish, actor=officer, at=at)

    def draw():
        row = VisitRound.objects.get(pk=opened.pk)
        operations.draw(row, actor=officer, at=opened.beacon_at, beacon=visits.BEACON)

    assert len(refusals(at_once([draw] * 3))) == 2
    assert SiteVisit.objects.count() == 2
    assert SiteVisit.objects.values("session").distinct().count() == 2


@pytest.mark.usefixtures("committed_db")
def test_two_decisions_at_once_leave_one_visit_of_a_session():
    first = delivery.sessions_of(delivery.a_running_programme(1))[0]
    at = first.starts_at - timedelta(days=2)
    officer = visits.the_officer(at)

    def add():
        return operations.add_visit(first, reason="Έλεγχος", actor=officer, at=at)

    assert len(refusals(at_once([add] * 3))) == 2
    assert SiteVisit.objects.count() == 1
