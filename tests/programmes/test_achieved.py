"""What a funded project has achieved, beside its targets, with ways to what was counted.

Shows: R-078.
"""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from didaskaleio.completion.models import Attestation
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.kernel.calendar import ATHENS
from didaskaleio.structures.reports import achievements
from tests.factories import completion, people, structures
from tests.factories import programmes as make

pytestmark = pytest.mark.django_db
NOW = datetime(2023, 7, 10, 10, tzinfo=ATHENS)


def an_attested_class(project, state="issued", size=2, hours=58):
    action = make.an_action(project=project)
    programme = completion.a_class(size, period=make.a_period("running", action=action))
    for application in ParticipationApplication.objects.filter(programme=programme):
        Attestation.objects.create(
            application=application,
            programme=programme,
            state=state,
            rules_version=1,
            hours=hours,
            at=NOW,
        )
    return programme


@pytest.fixture
def project():
    return structures.the_project()


@pytest.fixture
def officer():
    return people.officer()


def figures(project, actor):
    return {
        line.indicator.code: [cell.value for cell in line.cells]
        for line in achievements(project, actor)
    }


def test_only_what_was_issued_and_completed_in_the_actions_of_the_project_counts(
    project, officer, actor_for
):
    actor = actor_for(officer)
    assert figures(project, actor) == {"B1": [0, 0, 0], "B2": [0, 0, 0]}
    an_attested_class(project)
    an_attested_class(project, state="owed")
    an_attested_class(None)
    make.a_programme("running", period=make.a_period(action=make.an_action(project=project)))
    # attestations, their hours, completed programmes
    assert figures(project, actor) == {"B1": [0, 0, 0], "B2": [2, 116, 2]}


def test_the_page_sets_the_figures_beside_the_targets_and_leads_to_what_was_counted(
    client, login, project, officer
):
    an_attested_class(project, size=3)
    login(client, officer)
    url = reverse("structures:project", args=[project.code])
    page = client.get(url)
    (line,) = [line for line in page.context["achieved"] if line.indicator.code == "B2"]
    assert (line.indicator.target, line.reached, round(line.share, 2)) == (15_000, 3, 0.02)
    attested, _hours, completed = line.cells
    assert len(client.get(attested.url).context["lines"]) == 3
    assert len(client.get(completed.url).context["lines"]) == 1
    (other,) = [line for line in page.context["achieved"] if line.indicator.code == "B1"]
    assert client.get(other.cells[0].url).context["lines"] == []


def test_the_page_asks_the_same_for_one_programme_and_for_three(client, login, project, officer):
    login(client, officer)
    url = reverse("structures:project", args=[project.code])

    def asked():
        with CaptureQueriesContext(connection) as captured:
            client.get(url)
        return len(captured)

    an_attested_class(project, size=1)
    asked()
    once = asked()
    an_attested_class(project, size=1)
    an_attested_class(project, size=1)
    assert asked() == once


def test_whoever_may_not_open_the_records_reads_the_numbers_without_ways(client, login, project):
    an_attested_class(project)
    login(client, people.an_operator())
    page = client.get(reverse("structures:project", args=[project.code]))
    assert {cell.url for line in page.context["achieved"] for cell in line.cells} == {""}
