"""The demand that the catalogue shows: exact at every moment, kept in parts, folded by the clock.

Shows: R-036.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from didaskaleio.enrolment import operations
from didaskaleio.enrolment.models import ListedDemand
from didaskaleio.enrolment.operations import demanding
from didaskaleio.enrolment.queries.demand import demand
from tests.factories import people, programmes

pytestmark = pytest.mark.django_db
CODES = ["P00001", "P00002", "P00003", "P00004"]
LISTS = st.lists(st.sampled_from(CODES), unique=True)


def counted(period):
    return {code: tuple(found) for code, found in demand(period.pk, CODES).items()}


def test_the_demand_follows_submission_new_version_and_withdrawal(
    period, in_period, teacher, submitted, actor_for, at
):
    one, two, three = (in_period(code=code) for code in CODES[:3])
    submitted(people.a_teacher(), [one, two])
    application = submitted(teacher, [one, two])
    assert counted(period) == {
        "P00001": (2, 2), "P00002": (2, 0), "P00003": (0, 0), "P00004": (0, 0),
    }  # fmt: skip
    submitted(teacher, [two, three])
    assert counted(period) == {
        "P00001": (1, 1), "P00002": (2, 1), "P00003": (1, 0), "P00004": (0, 0),
    }  # fmt: skip
    operations.withdraw(application, actor=actor_for(teacher), at=at)
    assert counted(period) == {
        "P00001": (1, 1), "P00002": (1, 0), "P00003": (0, 0), "P00004": (0, 0),
    }  # fmt: skip


@given(st.lists(st.lists(LISTS, min_size=1, max_size=4), max_size=6))
def test_parts_add_up_to_what_stands_whatever_came_before(people_lists):
    period = programmes.a_period("phase_a", regulation=False)
    for versions in people_lists:
        before: list[str] = []
        for version in versions:
            demanding.change(period.pk, before, version)
            before = version
    last = [versions[-1] for versions in people_lists]
    wanted = {
        code: (sum(code in row for row in last), sum(row[:1] == [code] for row in last))
        for code in CODES
    }
    assert counted(period) == wanted
    demanding.fold(most=0)
    assert counted(period) == wanted
    assert ListedDemand.objects.filter(period=period).count() <= len(CODES)


def test_few_parts_are_left_alone_and_many_are_folded(period):
    for _ in range(6):
        demanding.change(period.pk, [], CODES)
    assert demanding.fold(most=24) == 0
    assert ListedDemand.objects.count() == 24
    assert demanding.fold(most=23) == 1
    assert ListedDemand.objects.count() == 4
    assert counted(period)["P00001"] == (6, 6)
