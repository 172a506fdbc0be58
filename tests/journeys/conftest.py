"""Journeys: the whole platform, served from a copy of the demonstration, in a real browser.

Debian's chromium is needed; without it the journeys are skipped by name.
"""

from __future__ import annotations

import shutil
import threading
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test import override_settings

from tests.journeys.places import DESK, SHOTS, Visitor
from tests.story import QUICK, apart, places, walked

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


@pytest.fixture
def drain_jobs(drain_jobs):
    """``drain_jobs()``: the worker's part, run to the end beside the browser."""
    return lambda: apart(drain_jobs)


@pytest.fixture
def platform(story, django_db_blocker, private_places, tmp_path):
    """The address of a served copy of the story; the test's own queries go there too."""
    with standing(story, django_db_blocker, tmp_path / "platform") as address:
        yield address


@contextmanager
def standing(story, blocker, here):
    """A copy of the story under ``here``, served by this process; its address."""
    ours = override_settings(DEMO=True, PASSWORD_HASHERS=QUICK, ALLOWED_HOSTS=["*"], **places(here))
    walk = walked(story, SimpleNamespace(), here, "platform")
    with ours, blocker.unblock(), walk, served() as address:
        # a journey runs its own jobs only, not those that the story left to the worker
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE procrastinate_jobs SET status = 'cancelled' WHERE status = 'todo'"
            )
        yield address


@contextmanager
def served():
    """The platform on a free port of this machine."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.daemon_threads = True
    server.set_app(get_wsgi_application())
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


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
        who.page.on("console", who.hears)
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


@pytest.fixture
def clock(visitor):
    """``clock("2023-01-22T12:00")``: somebody moves the demonstration's clock there."""

    def move(moment):
        who = visitor()
        who.goto("/demo/clock/")
        who.page.locator("#to").fill(moment)
        who.page.locator("form:has(#to) button").click()
        who.reads("Τώρα είναι")

    return move


@pytest.fixture
def paper(tmp_path):
    """A document that lies on the visitor's disk."""
    found = tmp_path / "vevaiosi.pdf"
    found.write_bytes(b"%PDF-1.7 dokimi")
    return found
