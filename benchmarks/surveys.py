"""Counting 170,000 answers and comparing 1,500 surveys: `make bench NAME=surveys`.

The baseline of the count is one bare GROUP BY for each question and line, kept nowhere; that of
the comparison is a bare sum over the same cells.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import connection, transaction

from benchmarks import house
from benchmarks.figures import Bench, seconds
from didaskaleio.kernel import clock
from didaskaleio.kernel.forms import exchange
from didaskaleio.kernel.forms.models import Form, FormVersion
from didaskaleio.structures.models import ImplementingBody, Region
from didaskaleio.surveys import operations, queries, shipped
from didaskaleio.surveys.enums import Audience
from didaskaleio.surveys.models import Cell, OpenAnswer, Questionnaire, Survey

ANSWERS, SURVEYS, MILLI = 170_000, 1_500, 1_000
FILL = """
INSERT INTO surveys_answer (key, survey_id, "values")
SELECT gen_random_uuid(), %s, jsonb_build_object(
    'satisfied', (1 + n %% 5)::text, 'expected', (1 + n %% 4)::text,
    'content', jsonb_build_object('sufficient', 'd' || 1 + n %% 5, 'understood', 'd' || 1 + n %% 3,
        'applicable', 'd' || 2 + n %% 4, 'balance', 'd' || 1 + n %% 5),
    'support', jsonb_build_object('trainer', 'd' || 3 + n %% 3, 'meetings', 'd' || 1 + n %% 5,
        'help', 'd' || 1 + n %% 5, 'platform', 'd' || 2 + n %% 4),
    'helped', jsonb_build_array('live', 'tools'), 'recommend', 'yes')
    || CASE WHEN n %% 5 = 0 THEN jsonb_build_object('better', 'Περισσότερος χρόνος') ELSE '{}' END
FROM generate_series(1, %s) AS n
"""
BARE = 'SELECT "values" #>> %s, count(*) FROM surveys_answer GROUP BY 1'
SPREAD = """
INSERT INTO surveys_cell (survey_id, question, line, option, count)
SELECT s.id, c.question, c.line, c.option, 1 + (c.count + s.id) %% 15
FROM surveys_survey s CROSS JOIN surveys_cell c WHERE c.survey_id = %s AND s.id <> %s
"""


def form() -> Questionnaire:
    definition = shipped.definition(Audience.TRAINEE)
    body = ImplementingBody.objects.order_by("pk")[0]
    made = Form.objects.create(code="bench", title=definition.title, scope="body", scope_id=body.pk)
    FormVersion.objects.create(
        form=made, number=1, state="published", definition=exchange.write(definition)
    )
    return Questionnaire.objects.create(body=body, form=made, audience=Audience.TRAINEE)


def surveys(questionnaire: Questionnaire, many: int) -> list[Survey]:
    at, version = clock.now(), questionnaire.form.versions.get()
    regions = list(Region.objects.order_by("pk"))
    return Survey.objects.bulk_create(
        Survey(
            questionnaire=questionnaire, version=version, subject="bench.bench", subject_id=n,
            title=f"Πρόγραμμα {n}", group=f"Δράση {n % 12}", region=regions[n % len(regions)],
            year=2018 + n % 5, opens_at=at, closes_at=at + timedelta(days=14), invited=ANSWERS,
            state="closed", answered=15,
        )
        for n in range(many)
    )  # fmt: skip


def run(sql: str, given: list[Any] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)


def one_by_one() -> None:
    for item in queries.items_of(shipped.definition(Audience.TRAINEE)):
        run(BARE, [[part for part in (item.question, item.line) if part]])
    for question in ("helped", "recommend", "good", "better"):
        run(BARE, [[question]])


def main(many: int = ANSWERS) -> list[str]:
    """Everything happens in one transaction that is undone."""
    bench = Bench("surveys")
    house.nation(0)
    with transaction.atomic():
        questionnaire = form()
        made = surveys(questionnaire, SURVEYS)
        whole = made[0]
        run(FILL, [whole.pk, many])
        run("ANALYZE surveys_answer")
        bare = seconds(one_by_one, 1)
        counted = seconds(lambda: operations.count_up(whole), 1)
        bench.most(f"counting {many} answers", "s", counted, 4, bare)
        cells = Cell.objects.filter(survey=whole).count()
        words = OpenAnswer.objects.filter(survey=whole).count()
        bench.least("cells of the count", "", cells, 30)
        bench.least("answers in words", "", words, many // 5)
        run(SPREAD, [whole.pk, whole.pk])
        run("ANALYZE surveys_cell")
        asked, ids = shipped.definition(Audience.TRAINEE), [one.pk for one in made]
        base = seconds(
            lambda: run("SELECT question, line, sum(count) FROM surveys_cell GROUP BY 1, 2")
        )
        compared = seconds(lambda: queries.compared(asked, ids, "region"))
        bench.most(f"comparing {SURVEYS} surveys", "ms", compared * MILLI, 8, base * MILLI)
        transaction.set_rollback(True)
    return bench.missed
