"""What the tests of finance share: an officer of accounts."""

from __future__ import annotations

import pytest

from didaskaleio.people import queries
from tests.factories import finance


@pytest.fixture
def desk(at):
    """An officer of accounts of the body of the fixtures, as an actor."""
    return queries.actor_of(finance.a_desk(), at=at)


@pytest.fixture
def as_person(client):
    """``as_person(person)``: the browser of whoever signed in last."""

    def enter(person):
        client.force_login(person)
        return client

    return enter
