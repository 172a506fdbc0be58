"""A person answers once, and nothing that is stored ties the person to the answers.

Shows: R-067.
"""

from __future__ import annotations

import json
from datetime import timedelta
from itertools import pairwise

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from didaskaleio.kernel.access import SYSTEM
from didaskaleio.kernel.forms import editing
from didaskaleio.kernel.forms import operations as forms
from didaskaleio.kernel.forms import queries as versions
from didaskaleio.kernel.forms.definition import Kind, Question
from didaskaleio.kernel.forms.operations import AnswersRefusedError
from didaskaleio.kernel.models import JournalEntry, Notice
from didaskaleio.surveys import operations, queries
from didaskaleio.surveys.enums import Audience, SurveyState
from didaskaleio.surveys.errors import AnswerRefusedError, LaunchRefusedError
from didaskaleio.surveys.models import Answer, Cell, OpenAnswer, Survey, Token
from didaskaleio.surveys.operations.launching import Span
from tests.surveys.asking import (
    a_closed,
    a_questionnaire,
    a_survey,
    about,
    answers,
    closed,
    some_people,
    values,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked():
    return some_people(7)


@pytest.fixture
def survey(questionnaire, officer, at, asked):
    return a_survey(questionnaire, officer, at, asked)


def test_whoever_is_asked_is_told_once_with_the_moment_of_the_end(survey, asked):
    told = Notice.objects.filter(kind="surveys.invited")
    assert set(told.values_list("person_id", flat=True)) == {one.pk for one in asked}
    assert "Τετάρτη 1 Φεβρουαρίου 2023" in told[0].text
    assert survey.state == SurveyState.OPEN


def test_each_answers_once(survey, asked, at):
    answers(survey, asked[0], at)
    with pytest.raises(AnswerRefusedError, match="Έχετε ήδη απαντήσει"):
        answers(survey, asked[0], at)
    assert Answer.objects.count() == 1
    assert queries.progress([survey]) == {survey.pk: 1}


def test_whoever_was_not_asked_cannot_answer(survey, at):
    with pytest.raises(PermissionDenied):
        answers(survey, some_people(1)[0], at)


def test_answers_with_a_gap_are_refused_and_the_right_to_answer_stays(survey, asked, at, actor_for):
    with pytest.raises(AnswersRefusedError, match="Πόσο ικανοποιητική"):
        operations.answer(survey, {"good": "Όλα"}, actor=actor_for(asked[0]), at=at)
    assert Token.objects.filter(invitation__person=asked[0]).exists()


def test_after_the_end_nobody_answers(survey, asked, at):
    with pytest.raises(AnswerRefusedError, match="έκλεισε"):
        answers(survey, asked[0], survey.closes_at)


def test_the_reminder_reaches_those_who_have_not_answered(survey, asked, at):
    answers(survey, asked[0], at)
    operations.remind(survey, actor=SYSTEM, at=survey.remind_at)
    reminded = Notice.objects.filter(kind="surveys.reminded").values_list("person_id", flat=True)
    assert set(reminded) == {one.pk for one in asked[1:]}


def _raw(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT to_jsonb(t) FROM {table} t ORDER BY ctid")
        return [json.loads(row) for (row,) in cursor.fetchall()]


def test_no_raw_table_ties_a_person_to_an_answer(survey, asked, at):
    """``tests/races/test_surveys.py`` looks at the transactions that wrote the rows too."""
    before = JournalEntry.objects.count(), Notice.objects.count()
    for place, person in enumerate(asked):
        answers(survey, person, at, good=f"κείμενο {place}")
    stored = _raw("surveys_answer")
    assert {name for row in stored for name in row} == {"key", "survey_id", "values"}
    people = {str(one.pk) for one in asked} | {one.username for one in asked}
    assert not any(people & set(map(str, row["values"].values())) for row in stored)
    assert (JournalEntry.objects.count(), Notice.objects.count()) == before
    assert Token.objects.count() == 0
    assert {tuple(row) for row in _raw("surveys_invitation")} == {("id", "person_id", "survey_id")}


def test_answers_that_lie_there_move_with_each_newcomer(survey, asked, at):
    """So neither key nor place tells which came first."""
    seen = []
    for place, person in enumerate(asked):
        answers(survey, person, at, good=str(place))
        seen.append({row["values"].get("good"): row["key"] for row in _raw("surveys_answer")})
    for earlier, later in pairwise(seen):
        assert all(earlier[text] != later[text] for text in earlier)
    assert set(seen[-1]) == {str(place) for place in range(7)}


def test_at_the_end_the_answers_of_a_person_are_no_longer_together(survey, asked, at):
    for place, person in enumerate(asked):
        answers(survey, person, at, satisfied=4 + place % 2, good=f"κείμενο {place}")
    ended = closed(survey)
    assert (ended.state, ended.answered) == (SurveyState.CLOSED, 7)
    assert Answer.objects.count() == Token.objects.count() == 0
    told = Cell.objects.filter(question="satisfied").order_by("option")
    assert list(told.values_list("option", "count")) == [("4", 4), ("5", 3)]
    assert set(OpenAnswer.objects.values_list("text", flat=True)) == {
        f"κείμενο {place}" for place in range(7)
    }
    lines = Cell.objects.filter(question="content", line="sufficient").order_by("option")
    assert list(lines.values_list("option", "count")) == [("d4", 4), ("d5", 3)]
    helped = Cell.objects.filter(question="helped").order_by("option")
    assert list(helped.values_list("option", "count")) == [("", 7), ("live", 7)]


def test_what_was_counted_the_database_keeps(questionnaire, officer, at):
    a_closed(questionnaire, officer, at, [4, 4, 5, 5, 5])
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Cell.objects.update(count=1)


def test_a_survey_taken_back_keeps_no_answer(survey, asked, at, officer):
    answers(survey, asked[0], at)
    operations.cancel(survey, actor=officer, at=at, reason="Λάθος τμήμα.")
    assert Answer.objects.count() == Token.objects.count() == Cell.objects.count() == 0
    with pytest.raises(AnswerRefusedError):
        answers(survey, asked[1], at)


def test_the_same_object_is_asked_about_once(questionnaire, officer, at, asked):
    of = about()
    a_survey(questionnaire, officer, at, asked, of=of)
    with pytest.raises(LaunchRefusedError, match="έχει ήδη σταλεί"):
        a_survey(questionnaire, officer, at, asked, of=of)
    assert Survey.objects.count() == 1


def test_without_a_published_version_nothing_goes_out(officer, at, asked):
    draft = a_questionnaire(officer, at, Audience.STAFF, published=False)
    with pytest.raises(LaunchRefusedError, match="δημοσιευμένη έκδοση"):
        a_survey(draft, officer, at, asked)


def test_a_survey_may_open_later(questionnaire, officer, at, asked):
    later = at + timedelta(days=3)
    made = operations.launch(
        questionnaire,
        about(),
        [one.pk for one in asked],
        span=Span(later, 7, 0),
        actor=officer,
        at=at,
    )
    assert made.state == SurveyState.PLANNED
    assert made.remind_at is None
    with pytest.raises(AnswerRefusedError):
        operations.answer(made, values(), actor=SYSTEM, at=at)


def test_a_question_that_tells_who_answers_keeps_the_questionnaire_in(officer, at, asked):
    made = a_questionnaire(officer, at, published=False)
    draft = versions.draft(made.form)
    born = Question("born", Kind.DATE, "Ημερομηνία γέννησης")
    forms.edit(
        draft,
        lambda d: editing.put_question(d, born, "part4"),
        what="Νέα ερώτηση",
        actor=officer,
        at=at,
    )
    forms.publish(draft, actor=officer, at=at)
    with pytest.raises(LaunchRefusedError, match="Ημερομηνία γέννησης"):
        a_survey(made, officer, at, asked)
