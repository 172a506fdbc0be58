"""What all tests share: a real PostgreSQL, the reference data, people of every role."""

from __future__ import annotations

import os
import shutil

import hypothesis
import pytest
from django.db import connection, connections
from xdist.scheduler import LoadScopeScheduling

from tests import database

database.ready()
pytest_plugins = ["tests.factories.fixtures", "tests.story"]
BROWSER_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# modules whose tests share a world that takes a minute to make
WORLDS = {"tests/house/test_hostile_input.py"}
# a busy machine is not a failure, and a failure must come again
hypothesis.settings.register_profile("house", deadline=None, derandomize=True)
hypothesis.settings.load_profile("house")


class OneByOne(LoadScopeScheduling):
    """Each test by itself to whichever worker is free, the tests of one world to one worker.

    ``xdist_group`` would say the same; since pytest 9.2 xdist's names for the groups are lost.
    """

    def _split_scope(self, nodeid):
        module = nodeid.partition("::")[0]
        return module if module in WORLDS else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    return OneByOne(config, log) if config.getvalue("dist") == "loadgroup" else None


@pytest.fixture(scope="session")
def migrated(django_db_modify_db_settings, django_db_blocker):
    """The template of every database of the tests: migrated, with the reference data."""
    with django_db_blocker.unblock():
        return database.migrated()


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, migrated, django_db_blocker):
    """The test database of this worker, in place of the one that pytest-django would migrate."""
    with django_db_blocker.unblock():
        own = connection.settings_dict["TEST"]["NAME"]
        database.copy(migrated, own)
        connection.settings_dict["NAME"] = own
    yield
    with django_db_blocker.unblock():
        connections.close_all()
        database.administer(f'DROP DATABASE IF EXISTS "{own}" WITH (FORCE)')


@pytest.fixture(scope="session")
def browser():
    """Debian's Chromium, one for the whole session; without it a test is skipped by name."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("chromium is not installed (apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread; Django would refuse to query beside it
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=BROWSER_FLAGS)
        yield opened
        opened.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(autouse=True)
def private_places(settings, tmp_path):
    """Files, mail and keys of a test stay in its own folder."""
    settings.VAR_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.MAIL_DIR = tmp_path / "mail"


@pytest.fixture
def committed_db(django_db_setup, django_db_blocker, request):
    """A throw-away copy of the test database in which everything is really committed.

    For races, real servers and real workers: any number of threads may connect.
    """
    with (
        django_db_blocker.unblock(),
        database.throw_away(connection.settings_dict["NAME"]) as copied,
    ):
        yield copied
