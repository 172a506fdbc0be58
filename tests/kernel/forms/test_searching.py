"""Conditions in SQL say of every answer what the pure conditions say.

Shows: R-010, R-023.
"""

from __future__ import annotations

import json

import hypothesis.strategies as st
import pytest
from django.db.models import JSONField, Value
from hypothesis import HealthCheck, given, settings

from didaskaleio.kernel.forms.conditions import holds
from didaskaleio.kernel.forms.definition import Condition, Op, Test
from didaskaleio.kernel.forms.searching import holding
from didaskaleio.structures.models import Region

pytestmark = pytest.mark.django_db
KEYS = ("days", "hours", "level", "o'brien", "a-b")
WORDS = st.sampled_from(["monday", "tuesday", "b2", "12", "12.0", "-3", "0", "", "Ναι", "%s", "'"])
NUMBERS = st.decimals(-999, 999, places=2, allow_nan=False).map(str)
ANSWERS = st.one_of(
    st.none(),
    st.booleans(),
    WORDS,
    NUMBERS,
    st.lists(WORDS, max_size=3),
    st.lists(st.dictionaries(st.sampled_from("xy"), WORDS, max_size=2), max_size=3),
    st.dictionaries(st.sampled_from(["r1", "r2"]), WORDS, max_size=2),
)
VALUES = st.dictionaries(st.sampled_from(KEYS), ANSWERS, max_size=5)
# the tests that a form may ask: the consent and the matrix are only ever answered or not
TESTS = st.builds(Test, st.sampled_from(KEYS), st.sampled_from(list(Op)), st.one_of(WORDS, NUMBERS))
CONDITIONS = st.builds(Condition, st.lists(TESTS, max_size=3).map(tuple), st.booleans())


def askable(condition, values):
    """Comparisons of whole tables and yes-or-no answers as words are asked by no form."""
    plain = (str, type(None))
    return all(
        test.op == Op.ANSWERED
        or isinstance(found, plain)
        or (isinstance(found, list) and all(isinstance(each, str) for each in found))
        for test in condition.tests
        for found in [values.get(test.question)]
    )


@settings(
    max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(CONDITIONS, VALUES)
def test_sql_and_the_pure_conditions_agree(region, condition, values):
    if not askable(condition, values):
        return
    rows = Region.objects.filter(pk=region.pk).annotate(
        answers=Value(values, output_field=JSONField())
    )
    found = rows.filter(holding(condition, "answers")).exists()
    assert found == holds(condition, values), json.dumps(values)


@pytest.fixture
def region():
    return Region.objects.order_by("pk")[0]
