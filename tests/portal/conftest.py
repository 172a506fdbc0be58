"""A copy of the demonstration for each test that asks for it."""

from __future__ import annotations

import pytest

from didaskaleio.people.models import Person
from didaskaleio.people.queries import actor_of
from didaskaleio.site.story.moments import NOW
from tests.story import walked


@pytest.fixture
def demo(story, django_db_blocker, private_places, settings, tmp_path):
    """The demonstration's database, the test's own; its clock stands at the beginning."""
    settings.DEMO = True
    with django_db_blocker.unblock(), walked(story, settings, tmp_path / "demo", "copy") as entered:
        yield entered


@pytest.fixture
def account():
    """``account(username, at)``: an account of the demonstration as an actor."""
    return lambda username, at=NOW: actor_of(Person.objects.get(username=username), at=at)
