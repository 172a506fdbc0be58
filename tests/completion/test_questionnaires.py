"""Questionnaires go out when programmes end, to whom they concern, and only once.

Shows: R-067.
"""

from __future__ import annotations

import pytest

from didaskaleio.completion.queries import asked
from didaskaleio.kernel.events import StepsTaken, publish
from didaskaleio.people.enums import Role
from didaskaleio.surveys import operations
from didaskaleio.surveys.enums import Audience, Occasion
from didaskaleio.surveys.models import Survey
from tests.factories import people, programmes
from tests.factories.completion import a_class
from tests.surveys.asking import a_questionnaire

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(actor_for):
    return actor_for(people.officer(role=Role.BODY_HEAD))


@pytest.fixture
def programme():
    return a_class(6)


@pytest.fixture
def ended(programme, at):
    """The programme ends, as delivery says."""
    return lambda: publish(
        StepsTaken("programme", "last_session_held", "completed", (programme.pk,), None, at)
    )


def _ruled(officer, at, audience, occasion=Occasion.PROGRAMME, **days):
    made = a_questionnaire(officer, at, audience)
    rule = {"days": 14, "remind_days": 4} | days
    operations.add_rule(made, occasion, actor=officer, at=at, **rule)
    return made


def test_the_end_of_a_programme_asks_its_trainees_for_two_weeks(officer, at, programme, ended):
    _ruled(officer, at, Audience.TRAINEE)
    ended()
    ended()
    survey = Survey.objects.get()
    assert (survey.invited, survey.region_id) == (6, programme.centre.region_id)
    assert programme.code in survey.title
    assert (survey.year, (survey.closes_at - at).days) == (2022, 14)


def test_without_a_rule_nothing_goes_out(officer, at, ended):
    a_questionnaire(officer, at, Audience.TRAINEE)
    ended()
    assert not Survey.objects.exists()


def test_a_rule_that_finds_nobody_says_so_in_its_history(officer, at, ended):
    """No manager holds a post at the centre of the class."""
    made = _ruled(officer, at, Audience.CENTRE)
    ended()
    assert not Survey.objects.exists()
    from didaskaleio.kernel import journal

    assert "Δεν υπάρχει κανείς" in journal.of(made.rules.get())[0].reason


def test_each_audience_is_who_took_part(programme):
    manager = people.a_centre_manager(programme.centre)
    found = {one: set(asked.OF_PROGRAMME.people(programme.pk, one)) for one in Audience}
    assert len(found[Audience.TRAINEE]) == 6
    assert found[Audience.TRAINER] == {programme.trainer_id}
    assert found[Audience.CENTRE] == {manager.pk}
    assert found[Audience.STAFF] == set(programme.staff.values_list("person_id", flat=True))


def test_a_period_asks_each_trainer_once(at, officer):
    period = programmes.a_period("running")
    first = a_class(1, period=period)
    a_class(1, period=period, trainer=first.trainer, start=first.slots.first().start)
    assert list(asked.OF_PERIOD.people(period.pk, Audience.TRAINER)) == [first.trainer_id]


def test_what_may_be_chosen_is_found_by_code_or_centre(programme):
    body = programme.period.action.body_id
    label = f"{programme.code}, {programme.cluster}, {programme.centre}"
    assert asked.OF_PROGRAMME.offered(body, programme.code) == [(programme.pk, label)]
    assert asked.OF_PROGRAMME.offered(body, "ανύπαρκτο") == []
    assert asked.OF_PROGRAMME.offered(body + 1_000, "") == []
