"""Reports and printed forms of completion: what is due, from whom, and who took what.

Shows: R-172.
"""

from __future__ import annotations

import subprocess

import pytest

from didaskaleio.kernel import printouts
from didaskaleio.kernel.reports import Query, known
from didaskaleio.people.queries import actor_of
from tests.factories import delivery, people

pytestmark = pytest.mark.django_db


def rows(name, person, at):
    report = known[name]
    found = report.selected(actor_of(person, at=at), at, Query())
    names = [column.name for column in report.columns]
    return [dict(zip(names, line, strict=True)) for line in report.lines(found)]


@pytest.fixture
def programme():
    return delivery.a_running_programme(2, signed=1)


def test_a_programme_says_what_is_due_and_whose_turn_it_is(programme, at):
    manager = people.a_centre_manager(programme.centre)
    (row,) = rows("completion.programmes", manager, at)
    assert (row["people"], row["unsigned"], row["owed"], row["issued"]) == (2, 19, 0, 0)
    assert row["waits"] == "Επιμορφωτής/τρια: παρουσιολόγια"
    programme.sessions.update(state="signed")
    programme.state = "completed"
    programme.save(update_fields=["state"])
    (row,) = rows("completion.programmes", manager, at)
    assert row["waits"] == "Κ.Σ.Ε.: συγκεντρωτικό"


def test_each_role_reads_its_own_programmes(programme, at):
    found = {
        name: len(rows("completion.programmes", who, at))
        for name, who in {
            "trainer": programme.trainer,
            "officer": people.officer(),
            "other officer": people.officer("minedu"),
            "other trainer": people.a_trainer(),
        }.items()
    }
    assert found == {"trainer": 1, "officer": 1, "other officer": 0, "other trainer": 0}


def test_the_paper_of_outcomes_says_of_each_what_is_missing(programme, at, tmp_path):
    path = tmp_path / "paper.pdf"
    path.write_bytes(printouts.render(printouts.known["completion.outcomes"], programme, at=at))
    ran = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
    text = ran.stdout.decode()
    for application in programme.places.all():
        assert str(application.person) in text
    assert "Σε εξέλιξη" in text
    assert "Υπογράφηκαν 1 από 20" in text
