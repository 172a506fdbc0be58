"""Questionnaires, really committed: two answers of one person, the end, the traces left.

Shows: R-067.
"""

from __future__ import annotations

import pytest
from django.db import connection

from didaskaleio.kernel.access import SYSTEM
from didaskaleio.people.enums import Role
from didaskaleio.people.queries import actor_of
from didaskaleio.surveys import operations
from didaskaleio.surveys.errors import AnswerRefusedError
from didaskaleio.surveys.models import Answer, Cell, Survey, Token
from tests.factories import people
from tests.races.together import NOW, at_once, refusals
from tests.surveys.asking import a_questionnaire, a_survey, answers, some_people

pytestmark = pytest.mark.race


@pytest.fixture
def asked(committed_db):
    return some_people(6)


@pytest.fixture
def survey(asked):
    officer = actor_of(people.officer(role=Role.BODY_HEAD), at=NOW)
    return a_survey(a_questionnaire(officer, NOW), officer, NOW, asked)


def test_of_four_answers_of_one_person_at_once_one_is_stored(survey, asked):
    outcomes = at_once([lambda: answers(survey, asked[0], NOW) for _ in range(4)])
    assert [type(each) for each in refusals(outcomes)] == [AnswerRefusedError] * 3
    assert (Answer.objects.count(), Token.objects.count()) == (1, 5)


def test_answers_of_many_at_once_are_all_stored(survey, asked):
    outcomes = at_once([lambda one=one: answers(survey, one, NOW) for one in asked])
    assert refusals(outcomes) == []
    assert (Answer.objects.count(), Token.objects.count()) == (6, 0)


def test_an_answer_at_the_moment_of_the_end_is_counted_or_refused(survey, asked):
    held = Survey.objects.get(pk=survey.pk)
    end = lambda: operations.lapse(held, actor=SYSTEM, at=survey.closes_at)  # noqa: E731 - an act
    outcomes = at_once([end, *(lambda one=one: answers(survey, one, NOW) for one in asked)])
    refused = refusals(outcomes)
    ended = Survey.objects.get(pk=survey.pk)
    assert {type(each) for each in refused} <= {AnswerRefusedError}
    assert ended.answered == 6 - len(refused)
    counted = Cell.objects.filter(survey=survey, question="satisfied")
    assert sum(cell.count for cell in counted) == ended.answered
    assert Answer.objects.count() == Token.objects.count() == 0


def _tables():
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        return [name for (name,) in cursor.fetchall()]


def _written_by(transactions):
    """The tables of the whole database that hold a row of one of these transactions."""
    found = set()
    with connection.cursor() as cursor:
        for table in _tables():
            cursor.execute(
                f'SELECT 1 FROM "{table}" WHERE xmin::text = ANY(%s) LIMIT 1', [transactions]
            )
            if cursor.fetchone():
                found.add(table)
    return found


def test_the_transactions_of_answers_leave_rows_in_no_other_table(survey, asked):
    """The number of a transaction stands at each row that it wrote: nothing may share it."""
    for person in asked:
        answers(survey, person, NOW)
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT xmin::text FROM surveys_answer")
        transactions = [number for (number,) in cursor.fetchall()]
    assert _written_by(transactions) == {"surveys_answer"}
    assert len(transactions) == 1  # the last newcomer moved all that lay there
