"""Planners read, by prefecture and cluster, how many trainers stand beside the programmes.

Shows: R-023.
"""

from __future__ import annotations

import pytest

from didaskaleio.kernel import reports
from didaskaleio.kernel.reports import Query
from tests.factories import people, programmes
from tests.factories.structures import a_centre, a_school

pytestmark = pytest.mark.django_db


def test_programmes_and_trainers_stand_side_by_side(actor_for, at):
    centre = a_centre("KOZ")
    period = programmes.a_period()
    for _ in range(2):
        programmes.a_programme(centre=centre, period=period, slots=False)
    people.a_trainer(("B2.3",), a_school("KOZ"))
    people.a_trainer(("B2.3",), a_school("LAR"))
    report = reports.known["programmes.staffing"]
    rows = report.selected(actor_for(people.officer()), at, Query({}))
    lines = {(line[0], line[1][:4]): line[2:] for line in report.lines(rows)}
    assert lines[("Κοζάνη", "B2.3")][0] == 2
    assert lines[("Κοζάνη", "B2.3")][2] >= 1
