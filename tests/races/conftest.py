"""What races of calls share: an officer and a call that is open, really committed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from didaskaleio.people.queries import actor_of
from didaskaleio.registers import operations
from tests.factories import people
from tests.factories.structures import a_body
from tests.races.together import NOW
from tests.registers.forms import a_form


@pytest.fixture
def officer(committed_db):
    """An officer of «itye», as an actor."""
    return actor_of(people.officer(), at=NOW)


@pytest.fixture
def call(officer):
    """A call of «itye», published at ``NOW`` and open for a day."""
    row = operations.prepare(
        a_body("itye"),
        actor=officer,
        at=NOW,
        title="Μητρώο",
        fills_name="Μητρώο",
        text="Κείμενο.",
        audience="Όλοι.",
        form=a_form("itye", NOW),
        opens_at=NOW,
        closes_at=NOW + timedelta(days=1),
    )
    operations.publish(row, actor=officer, at=NOW)
    return row
