from __future__ import annotations

import pytest

from didaskaleio.people.queries import actor_of
from tests.factories import delivery


@pytest.fixture
def programme(db):
    """A running programme of four trainees, nothing signed."""
    return delivery.a_running_programme(4)


@pytest.fixture
def first(programme):
    """Its first session: face to face, two hours and one of own work."""
    return delivery.sessions_of(programme)[0]


@pytest.fixture
def trainer(programme):
    return actor_of(programme.trainer, at=programme.period.starts_at)
