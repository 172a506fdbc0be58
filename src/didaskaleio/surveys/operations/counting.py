"""A survey ends: answers are counted and taken apart, so that nobody's stand together."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection

from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.forms.definition import Definition, Kind
from didaskaleio.surveys.lifecycle import SURVEY
from didaskaleio.surveys.models import Answer, Survey, Token

WORDS = frozenset({Kind.TEXT, Kind.LONG_TEXT})
COUNT = """
INSERT INTO surveys_cell (survey_id, question, line, option, count)
SELECT a.survey_id, asked.question, asked.line, said.option, count(*)
FROM surveys_answer a
CROSS JOIN unnest(%(questions)s::text[], %(lines)s::text[]) AS asked(question, line)
CROSS JOIN LATERAL (SELECT CASE WHEN asked.line = '' THEN a."values" ->> asked.question
    ELSE a."values" -> asked.question ->> asked.line END) AS said(option)
WHERE a.survey_id = %(survey)s AND said.option IS NOT NULL
GROUP BY a.survey_id, asked.question, asked.line, said.option
"""
COUNT_SEVERAL = """
INSERT INTO surveys_cell (survey_id, question, line, option, count)
SELECT a.survey_id, asked.question, '', said.option, count(*)
FROM surveys_answer a
CROSS JOIN unnest(%(several)s::text[]) AS asked(question)
CROSS JOIN LATERAL (SELECT '' UNION ALL SELECT jsonb_array_elements_text(
    a."values" -> asked.question)) AS said(option)
WHERE a.survey_id = %(survey)s AND a."values" -> asked.question IS NOT NULL
GROUP BY a.survey_id, asked.question, said.option
"""
SCATTER = """
INSERT INTO surveys_openanswer (key, survey_id, question, text)
SELECT gen_random_uuid(), a.survey_id, asked.question, a."values" ->> asked.question
FROM surveys_answer a CROSS JOIN unnest(%(words)s::text[]) AS asked(question)
WHERE a.survey_id = %(survey)s AND a."values" ->> asked.question IS NOT NULL
ORDER BY random()
"""


@SURVEY.performs("lapse")
def lapse(survey: Survey, *, actor: Actor, at: datetime) -> None:
    """Close it: count, scatter the words, forget who had not answered."""
    survey.answered = count_up(survey)
    _forget(survey)


def count_up(survey: Survey) -> int:
    """Count the answers by question and option, set-based; how many people answered."""
    given = _asked(survey.version.parsed()) | {"survey": survey.pk}
    with connection.cursor() as cursor:
        for sql in (COUNT, COUNT_SEVERAL, SCATTER):
            cursor.execute(sql, given)
    return Answer.objects.filter(survey=survey).count()


def _asked(definition: Definition) -> dict[str, Any]:
    """The questions by the way in which their answers are counted."""
    found = list(definition.questions())
    several = [one.key for one in found if one.kind == Kind.CHOICES]
    words = [one.key for one in found if one.kind in WORDS]
    single = [
        (one.key, line)
        for one in found
        if one.key not in {*several, *words}
        for line in ([row.key for row in one.lines] or [""])
    ]
    questions, lines = [question for question, _ in single], [line for _, line in single]
    return {"questions": questions, "lines": lines, "several": several, "words": words}


@SURVEY.performs("cancel")
def cancel(survey: Survey, *, actor: Actor, at: datetime, reason: str) -> None:
    """Take it back: what was answered is deleted, nothing is counted."""
    _forget(survey)


def _forget(survey: Survey) -> None:
    Answer.objects.filter(survey=survey).delete()
    Token.objects.filter(invitation__survey=survey).delete()
