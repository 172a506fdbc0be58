"""A survey ends: answers are counted and taken apart, so that nobody's stand together."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection

from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.forms.definition import Kind
from didaskaleio.surveys.lifecycle import SURVEY
from didaskaleio.surveys.models import Answer, Survey, Token

WORDS = frozenset({Kind.TEXT, Kind.LONG_TEXT})
COUNT = """
INSERT INTO surveys_cell (survey_id, question, line, option, count)
SELECT %(survey)s, said.key, part.line, part.option, count(*)
FROM surveys_answer a
CROSS JOIN LATERAL jsonb_each(a."values") AS said
CROSS JOIN LATERAL (
    SELECT '' AS line, said.value #>> '{}' AS option WHERE jsonb_typeof(said.value) = 'string'
    UNION ALL
    SELECT lines.key, lines.value
    FROM jsonb_each_text(CASE jsonb_typeof(said.value) WHEN 'object' THEN said.value END) AS lines
    UNION ALL
    SELECT '', options.value FROM jsonb_array_elements_text(
        CASE jsonb_typeof(said.value) WHEN 'array' THEN said.value END) AS options
    UNION ALL
    SELECT '', '' WHERE jsonb_typeof(said.value) = 'array'
) AS part
WHERE a.survey_id = %(survey)s AND said.key = ANY(%(closed)s)
GROUP BY said.key, part.line, part.option
"""
SCATTER = """
INSERT INTO surveys_openanswer (key, survey_id, question, text)
SELECT gen_random_uuid(), %(survey)s, said.key, said.value
FROM surveys_answer a CROSS JOIN LATERAL jsonb_each_text(a."values") AS said
WHERE a.survey_id = %(survey)s AND said.key = ANY(%(words)s)
ORDER BY random()
"""


@SURVEY.performs("lapse")
def lapse(survey: Survey, *, actor: Actor, at: datetime) -> None:
    """Close it: count, scatter the words, forget who had not answered."""
    survey.answered = count_up(survey)
    _forget(survey)


def count_up(survey: Survey) -> int:
    """Count the answers by question and option, set-based; how many people answered."""
    definition = survey.version.parsed()
    words = [one.key for one in definition.questions() if one.kind in WORDS]
    closed = [one.key for one in definition.questions() if one.kind not in WORDS]
    given: dict[str, Any] = {"survey": survey.pk, "closed": closed, "words": words}
    with connection.cursor() as cursor:
        cursor.execute(COUNT, given)
        cursor.execute(SCATTER, given)
    return Answer.objects.filter(survey=survey).count()


@SURVEY.performs("cancel")
def cancel(survey: Survey, *, actor: Actor, at: datetime, reason: str) -> None:
    """Take it back: what was answered is deleted, nothing is counted."""
    _forget(survey)


def _forget(survey: Survey) -> None:
    Answer.objects.filter(survey=survey).delete()
    Token.objects.filter(invitation__survey=survey).delete()
