from __future__ import annotations

import pytest

from tests.factories import people, structures
from tests.small_actions.world import actor


@pytest.fixture
def centre(db):
    return structures.a_centre()


@pytest.fixture
def manager(centre):
    """The manager of the centre, as an actor."""
    return actor(people.a_centre_manager(centre))


@pytest.fixture
def officer(db):
    """An officer of the centre's body, as an actor."""
    return actor(people.officer())
