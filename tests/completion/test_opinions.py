"""What the trainees answered, for whoever was judged: their own class, five at least, no words.

Shows: R-068.
"""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from didaskaleio.completion.queries.asked import OF_PROGRAMME
from didaskaleio.people.enums import Role
from didaskaleio.surveys.enums import Audience
from tests.factories import people
from tests.factories.completion import a_class
from tests.markup import markup
from tests.surveys.asking import a_closed, a_questionnaire, a_survey, answers, closed, some_people

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(actor_for):
    return actor_for(people.officer(role=Role.BODY_HEAD))


@pytest.fixture
def programme():
    return a_class(6)


@pytest.fixture
def judged(programme, officer, at):
    """``judged(steps)``: a closed survey of trainees about the class."""

    def make(steps, audience=Audience.TRAINEE):
        made = a_questionnaire(officer, at, audience)
        return a_closed(made, officer, at, steps, of=OF_PROGRAMME.find(programme.pk))

    return make


def url(programme):
    return reverse("completion:opinions", args=[programme.pk])


def test_trainer_centre_and_body_read_the_class_and_strangers_nothing(
    programme, judged, client, login
):
    judged([5, 5, 5, 4, 4, 4])
    opened = {
        name: login(client, who).get(url(programme)).status_code
        for name, who in {
            "trainer": programme.trainer,
            "manager": people.a_centre_manager(programme.centre),
            "officer": people.officer(),
            "other trainer": people.a_trainer(),
            "other officer": people.officer("minedu"),
            "trainee": programme.places.first().person,
        }.items()
    }
    assert opened == {
        "trainer": 200, "manager": 200, "officer": 200,
        "other trainer": 404, "other officer": 404, "trainee": 404,
    }  # fmt: skip
    text = markup(login(client, programme.trainer).get(url(programme)))
    assert "4,50" in text


def test_four_answers_show_nothing(programme, judged, client, login):
    judged([5, 5, 5, 5])
    page = login(client, programme.trainer).get(url(programme))
    assert page.context["results"] == []
    assert "Λίγες απαντήσεις" in markup(page)


def test_what_the_trainer_sees_is_what_the_officer_sees_and_hides_the_same(
    programme, judged, client, login
):
    """Two views of one survey differ in nothing: no cell follows from laying them side by side."""
    survey = judged([5, 5, 5, 5, 5, 1])
    mine = login(client, programme.trainer).get(url(programme)).context["results"]
    head = people.officer(role=Role.BODY_HEAD)
    theirs = login(client, head).get(reverse("surveys:survey", args=[survey.pk]))
    assert mine == theirs.context["results"]
    satisfied = next(one for one in mine if one.question == "satisfied")
    assert all(bar.count is None or bar.count == 0 or bar.count >= 5 for bar in satisfied.bars)
    assert satisfied.hides


def test_words_and_other_audiences_stay_with_the_body(
    programme, judged, officer, at, client, login
):
    made = a_questionnaire(officer, at)
    asked = some_people(5)
    survey = a_survey(made, officer, at, asked, of=OF_PROGRAMME.find(programme.pk))
    for n, person in enumerate(asked):
        answers(survey, person, at, good=f"Μοναδική φράση {n}")
    closed(survey)
    text = markup(login(client, programme.trainer).get(url(programme)))
    assert "Μοναδική φράση" not in text
    assert "4" in text


def test_an_open_survey_is_not_there(programme, officer, at, client, login):
    made = a_questionnaire(officer, at)
    a_survey(made, officer, at, some_people(6), of=OF_PROGRAMME.find(programme.pk))
    assert "Κανένα ερωτηματολόγιο" in markup(login(client, programme.trainer).get(url(programme)))


def test_three_surveys_cost_the_queries_of_one(programme, judged, client, login):
    browse = login(client, programme.trainer)
    counted = []
    for many in (1, 2):
        for _ in range(many):
            judged([4] * 5)
        browse.get(url(programme))
        with CaptureQueriesContext(connection) as found:
            browse.get(url(programme))
        counted.append(len(found))
    assert counted[0] == counted[1]
