"""Συνθήκες στη βάση (conditions in SQL): the same answer as ``conditions.holds``, for many rows.

Of answers as forms keep them; a property test sets both sides beside each other.
"""

from __future__ import annotations

import re
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import BooleanField, Expression, F, Func, Q
from django.db.models.fields.json import KeyTransform

from didaskaleio.kernel.forms.conditions import amount
from didaskaleio.kernel.forms.definition import Condition, Op, Test

GIVEN = """({e} NOT IN ('null', '""', '[]', '{}', 'false', '0'))"""
TEXT = "({e} #>> '{}')"
AMOUNT = f"""(CASE jsonb_typeof({{e}})
 WHEN 'array' THEN jsonb_array_length({{e}})::numeric
 WHEN 'string' THEN CASE WHEN {TEXT} ~ '^-?[0-9]+([.][0-9]+)?$' THEN {TEXT}::numeric END END)"""
IS = f"""(CASE jsonb_typeof({{e}}) WHEN 'array' THEN {{e}} @> jsonb_build_array({{text}}::text)
 ELSE {TEXT} = {{text}} OR coalesce({AMOUNT} = {{number}}, false) END)"""
SAYS = {
    Op.ANSWERED: GIVEN,
    Op.IS: f"{GIVEN} AND {IS}",
    Op.IS_NOT: f"{GIVEN} AND NOT {IS}",
    Op.AT_LEAST: f"{GIVEN} AND {AMOUNT} >= {{number}}",
    Op.AT_MOST: f"{GIVEN} AND {AMOUNT} <= {{number}}",
}
PLACES = re.compile(r"(\{e\}|\{text\}|\{number\})")


class Fulfils(Func):
    """Whether the answer in a JSON column fulfils one test (έλεγχος); never NULL."""

    output_field = BooleanField()
    conditional = True

    def __init__(self, answer: Expression, test: Test) -> None:
        super().__init__(answer)
        self.test = test

    def as_sql(  # type: ignore[override]
        self, compiler: Any, _connection: Any
    ) -> tuple[str, list[Any]]:
        """The comparison, with the answer and the values wherever they stand in it."""
        answer, bound = compiler.compile(self.source_expressions[0])
        found = amount(self.test.value)
        filled = {
            "{e}": (f"({answer})", list(bound)),
            "{text}": ("%s", [self.test.value]),
            "{number}": ("%s::numeric", [found]),
        }
        parts = [filled.get(part, (part, [])) for part in PLACES.split(SAYS[self.test.op])]
        sql = "".join(text for text, _values in parts)
        return f"coalesce({sql}, false)", [value for _text, values in parts for value in values]


def holding(condition: Condition, column: str = "values") -> Q:
    """The rows whose answers in ``column`` fulfil the condition."""
    tests = [Q(Fulfils(KeyTransform(each.question, F(column)), each)) for each in condition.tests]
    if not tests:
        return Q()
    return reduce(and_ if condition.every else or_, tests)
