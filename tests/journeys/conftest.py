"""Journeys: the whole platform, served from a copy of the demonstration, in a real browser.

The story is told once a session into a template database; each journey walks in a clone of it.
Debian's chromium is needed; without it the journeys are skipped by name.
"""

from __future__ import annotations

import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.db import connection, connections
from django.test import override_settings

from didaskaleio.kernel import clock
from didaskaleio.site.story import moments, told
from tests.journeys.places import DESK, SHOTS, Visitor

CHROMIUM = shutil.which("chromium")


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    missing = pytest.mark.skip(
        reason="journey skipped: chromium is not installed (apt-get install chromium)"
    )
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.journey)
            if CHROMIUM is None:
                item.add_marker(missing)


@pytest.fixture(scope="session")
def demonstration():
    """The settings of a demonstration, with a quick hash of passwords."""
    with override_settings(
        DEMO=True,
        ROOT_URLCONF="tests.journeys.urls",
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        ALLOWED_HOSTS=["*"],
    ):
        yield


@pytest.fixture(scope="session")
def story(django_db_modify_db_settings, django_db_blocker, demonstration, tmp_path_factory):
    """(name of the database, folder of its files) in which the story has been told."""
    original = connection.settings_dict["NAME"]
    name = f"{connection.settings_dict['TEST']['NAME']}_story"
    folder = tmp_path_factory.mktemp("story")
    with django_db_blocker.unblock(), override_settings(**places(folder)):
        renew(name, "template0")
        connection.settings_dict["NAME"] = name
        try:
            apart(tell)
        finally:
            connections.close_all()
            connection.settings_dict["NAME"] = original
    yield name, folder
    with django_db_blocker.unblock():
        administer(f'DROP DATABASE "{name}" WITH (FORCE)')


def tell():
    call_command("migrate", verbosity=0)
    call_command("load_reference", verbosity=0)
    clock.set_demo(moments.NOW)
    for _ in told.story():
        pass


def apart(act):
    """Do it in a thread of its own: documents are sealed in an event loop, and in this thread
    Playwright's is running."""

    def done():
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(done).result()


@pytest.fixture
def drain_jobs(drain_jobs):
    """``drain_jobs()``: the worker's part, run to the end beside the browser."""
    return lambda: apart(drain_jobs)


def places(folder):
    return {
        "VAR_DIR": folder,
        "MEDIA_ROOT": folder / "files",
        "MAIL_DIR": folder / "mail",
        "AUTHORITY_DIR": folder / "authority",
    }


def administer(*statements):
    with connection._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def renew(copy, original):
    connections.close_all()
    administer(
        f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)',
        f'CREATE DATABASE "{copy}" TEMPLATE "{original}"',
    )


@pytest.fixture
def platform(story, django_db_blocker, private_places, settings, tmp_path):
    """The address of a served clone of the story; the test's own queries go there too."""
    name, folder = story
    here = tmp_path / "platform"
    shutil.copytree(folder, here)
    for key, value in places(here).items():
        setattr(settings, key, value)
    original = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        renew(f"{name}_clone", name)
        connection.settings_dict["NAME"] = f"{name}_clone"
        server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
        server.daemon_threads = True
        server.set_app(get_wsgi_application())
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            clock.set_demo(moments.NOW)
            # a journey runs its own jobs only, not those that the story left to the worker
            with connection.cursor() as cursor:
                cursor.execute(
                    "UPDATE procrastinate_jobs SET status = 'cancelled' WHERE status = 'todo'"
                )
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
            connections.close_all()
            connection.settings_dict["NAME"] = original
            administer(f'DROP DATABASE "{name}_clone" WITH (FORCE)')


class Quiet(WSGIRequestHandler):
    """Says nothing of each request."""

    def log_message(self, *args):
        pass


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


FAILED = pytest.StashKey[bool]()


@pytest.fixture
def visitor(browser, platform, request):
    """``visitor(username, screen=…, scripts=…)``: somebody new before an empty browser."""
    everyone = []

    def arrive(username=None, *, screen=DESK, scripts=True):
        context = browser.new_context(
            viewport=screen,
            locale="el-GR",
            timezone_id="Europe/Athens",
            java_script_enabled=scripts,
            reduced_motion="reduce",
        )
        context.set_default_timeout(10_000)
        who = Visitor(context.new_page(), platform)
        who.page.on(
            "console",
            lambda line: line.type == "error" and who.complaints.append(line.text),
        )
        who.page.on("pageerror", lambda error: who.complaints.append(str(error)))
        everyone.append(who)
        if username:
            who.sign_in(username)
        return who

    yield arrive
    for n, who in enumerate(everyone):
        if request.node.stash.get(FAILED, False):
            SHOTS.mkdir(parents=True, exist_ok=True)
            who.page.screenshot(path=SHOTS / f"{request.node.name}-{n}.png", full_page=True)
        who.page.context.close()
    assert [line for who in everyone for line in who.complaints] == []
