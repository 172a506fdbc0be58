"""Comparison (σύγκριση) of closed surveys: by programme, action, region, school year.

What is added up is only what stands shown by itself: a question of a survey that five people or
more answered. So no difference between two cuts ever leaves fewer, whatever is subtracted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from didaskaleio.kernel.forms.definition import Definition, Kind
from didaskaleio.surveys.enums import SurveyState
from didaskaleio.surveys.models import Questionnaire, Survey
from didaskaleio.surveys.queries.results import HUNDREDTH, MEASURED, weights_of
from didaskaleio.surveys.suppression import SMALLEST

BY = {
    "survey": ("s.title", "s.id"),
    "group": ('s."group"', 's."group"'),
    "region": ("coalesce(r.name, 'Χωρίς περιφέρεια')", "r.id"),
    "year": ("s.year::text", "s.year"),
    "all": ("''::text", "''::text"),
}
QUERY = """
WITH atoms AS (
    SELECT c.survey_id, c.question, c.line, sum(c.count) AS people, sum(c.count * w.weight) AS total
    FROM surveys_cell c
    JOIN unnest(%(questions)s::text[], %(options)s::text[], %(weights)s::int[])
        AS w(question, option, weight) ON w.question = c.question AND w.option = c.option
    WHERE c.survey_id = ANY(%(surveys)s)
    GROUP BY c.survey_id, c.question, c.line
    HAVING sum(c.count) >= %(smallest)s
)
SELECT {name}, a.question, a.line, count(*), sum(a.people), sum(a.total)
FROM atoms a JOIN surveys_survey s ON s.id = a.survey_id
LEFT JOIN structures_region r ON r.id = s.region_id
GROUP BY {name}, {key}, a.question, a.line
ORDER BY {name}, {key}, array_position(%(questions)s::text[], a.question), a.line
"""


@dataclass(frozen=True)
class Item:
    """What is compared: a scale, or a line of a matrix, of the last published version."""

    question: str
    line: str
    title: str
    top: int

    @property
    def key(self) -> str:
        return f"{self.question}.{self.line}"

    def fits(self, line: Line) -> bool:
        """Whether the line is about this item."""
        return (self.question, self.line) == (line.question, line.line)


@dataclass(frozen=True)
class Line:
    """One row of a comparison: its name, surveys, people, mean."""

    name: str
    question: str
    line: str
    surveys: int
    people: int
    mean: Decimal

    def named(self, name: str) -> Line:
        """The same line under another name."""
        return replace(self, name=name)


def items_of(definition: Definition) -> list[Item]:
    """Everything in a questionnaire that has a mean."""
    found = []
    for asked in definition.questions():
        if asked.kind not in MEASURED:
            continue
        top = max(weights_of(asked).values())
        if asked.kind == Kind.SCALE:
            found.append(Item(asked.key, "", asked.label, top))
        else:
            found += [Item(asked.key, row.key, row.label, top) for row in asked.lines]
    return found


def compared(definition: Definition, surveys: Iterable[int], by: str) -> list[Line]:
    """Means by one of the cuts of ``BY``, of all items at once: one query."""
    pairs = [
        (asked.key, option, weight)
        for asked in definition.questions()
        if asked.kind in MEASURED
        for option, weight in weights_of(asked).items()
    ]
    name, key = BY[by]
    with connection.cursor() as cursor:
        cursor.execute(QUERY.format(name=name, key=key), _given(pairs, list(surveys)))
        rows = cursor.fetchall()
    return [
        Line(title, question, line, many, int(people), _mean(total, people))
        for title, question, line, many, people, total in rows
    ]


def _given(pairs: Sequence[tuple[str, str, int]], surveys: list[int]) -> dict[str, Any]:
    return {
        "questions": [question for question, _, _ in pairs],
        "options": [option for _, option, _ in pairs],
        "weights": [weight for _, _, weight in pairs],
        "surveys": surveys,
        "smallest": SMALLEST,
    }


def _mean(total: Decimal, people: Decimal) -> Decimal:
    return (Decimal(total) / Decimal(people)).quantize(HUNDREDTH)


def closed_of(questionnaire: Questionnaire, year: int | None = None) -> QuerySet[Survey]:
    """The closed surveys of a questionnaire that five people or more answered."""
    rows = Survey.objects.filter(
        questionnaire=questionnaire, state=SurveyState.CLOSED, answered__gte=SMALLEST
    )
    return rows if year is None else rows.filter(year=year)


def left_out(questionnaire: Questionnaire, year: int | None = None) -> int:
    """How many closed surveys are in no figure, because fewer than five people answered."""
    rows = Survey.objects.filter(
        questionnaire=questionnaire, state=SurveyState.CLOSED, answered__lt=SMALLEST
    )
    return (rows if year is None else rows.filter(year=year)).count()
