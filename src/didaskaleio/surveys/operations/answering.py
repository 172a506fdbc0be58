"""A person answers: the right to it goes, the answers stay, and nothing ties the one to the other.

The row of the token is deleted in the very transaction that stores the answers: no row is left
that bears its number beside them. Each newcomer takes up to ``COMPANIONS`` answers that lie there
along to new keys and places, so that neither order nor transaction tells when one was given.
"""

from __future__ import annotations

import json
import uuid
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.forms import answers
from didaskaleio.kernel.forms.conditions import counted
from didaskaleio.kernel.forms.definition import Values
from didaskaleio.kernel.forms.operations import AnswersRefusedError
from didaskaleio.surveys.enums import RUNNING
from didaskaleio.surveys.errors import AnswerRefusedError
from didaskaleio.surveys.models import Invitation, Survey, Token

COMPANIONS = 40
HOLD = "SELECT state, closes_at FROM surveys_survey WHERE id = %s FOR SHARE"
MIX = """
WITH after AS (
    SELECT key FROM surveys_answer WHERE survey_id = %(survey)s AND key >= %(from)s
    ORDER BY key LIMIT %(many)s FOR UPDATE SKIP LOCKED
), before AS (
    SELECT key FROM surveys_answer WHERE survey_id = %(survey)s AND key < %(from)s
    ORDER BY key LIMIT %(many)s FOR UPDATE SKIP LOCKED
), moved AS (
    DELETE FROM surveys_answer WHERE key IN (SELECT key FROM after UNION SELECT key FROM before)
    RETURNING "values"
)
INSERT INTO surveys_answer (key, survey_id, "values")
SELECT gen_random_uuid(), %(survey)s, "values"
FROM (SELECT "values" FROM moved UNION ALL SELECT %(values)s::jsonb) AS together
ORDER BY random()
"""


def answer(survey: Survey, told: Values, *, actor: Actor, at: datetime) -> None:
    """Store the answers of somebody who was asked and has not answered yet.

    Nothing is journalled: who answered, and when, is written nowhere.
    """
    definition = survey.version.parsed()
    with transaction.atomic():
        _require_open(survey, at)
        if wrong := answers.check(definition, told):
            raise AnswersRefusedError(wrong)
        _spend(survey, actor)
        _store(survey, counted(definition, told))


def _require_open(survey: Survey, at: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(HOLD, [survey.pk])
        state, closes_at = cursor.fetchone()
    if state not in RUNNING or at >= closes_at:
        raise AnswerRefusedError("Το ερωτηματολόγιο έκλεισε και δεν δέχεται άλλες απαντήσεις.")


def _spend(survey: Survey, actor: Actor) -> None:
    mine = Invitation.objects.filter(survey=survey, person_id=actor.person_id)
    if not mine.exists():
        raise PermissionDenied("nobody asked this person")
    spent, _ = Token.objects.filter(invitation__in=mine).delete()
    if not spent:
        raise AnswerRefusedError("Έχετε ήδη απαντήσει. Κάθε πρόσωπο απαντά μία φορά.")


def _store(survey: Survey, values: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            MIX,
            {
                "survey": survey.pk,
                "from": uuid.uuid4(),
                "many": COMPANIONS // 2,
                "values": json.dumps(values, ensure_ascii=False),
            },
        )
