"""The demonstration told once a session; each test that asks for it walks in its own copy."""

from __future__ import annotations

import pytest
from django.db import connection, connections
from django.test import override_settings

from didaskaleio.kernel import clock
from didaskaleio.people.models import Person
from didaskaleio.people.queries import actor_of
from didaskaleio.site.story import told
from didaskaleio.site.story.moments import NOW
from tests.conftest import _administer


@pytest.fixture(scope="session")
def story(django_db_setup, django_db_blocker, tmp_path_factory):
    """The name of a database in which the whole story has been told."""
    original = connection.settings_dict["NAME"]
    name = f"{original}_told"
    var = tmp_path_factory.mktemp("story")
    places = {
        "VAR_DIR": var,
        "MEDIA_ROOT": var / "files",
        "MAIL_DIR": var / "mail",
        "AUTHORITY_DIR": var / "authority",
    }
    with django_db_blocker.unblock():
        _copy(original, name)
        connection.settings_dict["NAME"] = name
        try:
            with override_settings(DEMO=True, **places):
                clock.set_demo(NOW)
                assert len(list(told.story())) >= 5
        finally:
            connections.close_all()
            connection.settings_dict["NAME"] = original
        yield name, places
        connections.close_all()
        _administer(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def demo(story, django_db_blocker, settings):
    """The demonstration's database, the test's own; its clock stands at the beginning."""
    template, places = story
    original = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        _copy(template, f"{original}_copy")
        connection.settings_dict["NAME"] = f"{original}_copy"
        settings.DEMO = True
        settings.ROOT_URLCONF = "tests.journeys.urls"
        for key, value in places.items():
            setattr(settings, key, value)
        clock.set_demo(NOW)
        try:
            yield connection
        finally:
            connections.close_all()
            connection.settings_dict["NAME"] = original
            _administer(f'DROP DATABASE "{original}_copy" WITH (FORCE)')


@pytest.fixture
def account():
    """``account(username, at)``: an account of the demonstration as an actor."""
    return lambda username, at=NOW: actor_of(Person.objects.get(username=username), at=at)


def _copy(template, name):
    connections.close_all()
    _administer(
        f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)',
        f'CREATE DATABASE "{name}" TEMPLATE "{template}"',
    )
