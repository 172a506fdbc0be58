"""A copy of the demonstration for each module that asks for it; its tests leave it as it was."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from django.conf import settings as django_settings

from didaskaleio.enrolment.operations import counting
from didaskaleio.people.models import Person
from didaskaleio.people.queries import actor_of
from didaskaleio.programmes.models import TrainingPeriod
from didaskaleio.site.story.moments import NOW
from tests.house import walking
from tests.portal.reports import reader
from tests.story import places


@pytest.fixture(scope="module")
def standing(story, django_db_blocker):
    """The settings that lead to the module's copy; its clock stands at the beginning."""
    with walking.entered(story, django_db_blocker, "demo"):
        yield {key: getattr(django_settings, key) for key in places(Path())}


@pytest.fixture
def demo(standing, private_places, settings):
    """The copy of the story; whatever a test writes is taken back."""
    for key, value in standing.items():
        setattr(settings, key, value)
    with walking.undone():
        yield


@pytest.fixture
def account():
    """``account(username, at)``: an account of the demonstration as an actor."""
    return lambda username, at=NOW: actor_of(Person.objects.get(username=username), at=at)


@pytest.fixture(scope="module")
def counted(standing):
    """The demonstration with its participation counted."""
    for period in TrainingPeriod.objects.exclude(state__in=("draft", "proposing")):
        counting.count_participation(period, at=NOW)


@pytest.fixture
def officer(counted, demo, account):
    return account("officer")


@pytest.fixture
def reading(counted, demo, account):
    """The actor who reads a report."""
    known = cache(account)
    return lambda report: known(reader(report))


@pytest.fixture
def browse(counted, demo, client):
    def enter(username="officer"):
        client.force_login(Person.objects.get(username=username))
        return client

    return enter
