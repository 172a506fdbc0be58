"""What faults are tried on: a real web server, a real worker, a PostgreSQL of one's own."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection, connections

from didaskaleio.kernel.models import DemoClock
from didaskaleio.people.web.session_store import SessionStore
from didaskaleio.site import postgres, postgres_home
from didaskaleio.site.settings import database as entry
from tests.enrolment.stages import DURING

PATIENCE = 60
CSRF = "c" * 32


def wait_for(what, patience=PATIENCE, pause=0.1):
    """Look again and again until it is true, or fail; what it gave."""
    until = time.monotonic() + patience
    while not (found := what()):
        assert time.monotonic() < until, "it did not come so far"
        time.sleep(pause)
    return found


def stand_at(moment=DURING):
    """The clock of the served platform (a demonstration) shows ``moment`` from now on."""
    offset = moment - datetime.now(UTC)
    DemoClock.objects.update_or_create(pk=1, defaults={"offset": offset})


def present_address():
    """The address of the database that the test is in."""
    facts = connection.settings_dict
    return f"postgresql://{facts['USER']}@/{facts['NAME']}?host={facts['HOST']}"


def alone():
    """Whether nobody else is connected to the database of the test."""
    query = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    with connection.cursor() as cursor:
        cursor.execute(f"{query} AND pid <> pg_backend_pid()")
        return cursor.fetchone()[0] == 0


def surroundings(folder, address=None, **more):
    """The environment of a process of the platform."""
    return os.environ | {
        "DATABASE_URL": address or present_address(),
        "DIDASKALEIO_VAR": str(folder),
        "DIDASKALEIO_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "didaskaleio.site.settings",
        **more,
    }


@contextmanager
def a_process(words, environment, log):
    """A process with children of its own; all of them are gone at the end."""
    with (
        log.open("ab") as written,
        subprocess.Popen(
            [sys.executable, "-m", *words],
            env=environment,
            stdout=written,
            stderr=written,
            start_new_session=True,
        ) as process,
    ):
        try:
            yield process
        finally:
            kill(process)


def kill(process):
    """-9, the process and its children."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@contextmanager
def a_web(folder, port, address=None):
    """The web server as the demonstration starts it, once it answers."""
    environment = surroundings(folder, address, DIDASKALEIO_BASE_URL=f"http://127.0.0.1:{port}")
    words = ("granian", "--interface", "wsgi", "--no-ws", "--host", "127.0.0.1")
    sizes = ("--port", str(port), "--workers", "1", "--blocking-threads", "8")
    application = "didaskaleio.site.wsgi:application"
    (folder / "static").mkdir(exist_ok=True)
    with a_process([*words, *sizes, application], environment, folder / "web.log") as process:
        wait_for(lambda: answers(process, port))
        yield process


def answers(process, port):
    assert process.poll() is None, "the web server ended"
    try:
        return Browser(port).get("/login/").status == 200
    except OSError:
        return False


@contextmanager
def a_worker(folder, address=None, **more):
    words = ("django", "worker", "--concurrency", "1", "--tick", "0.5")
    environment = surroundings(folder, address, **more)
    with a_process(words, environment, folder / "worker.log") as process:
        yield process


@dataclass
class Answer:
    status: int
    location: str
    text: str


class Browser:
    """One connection a request; cookies as given, and those that the server sets."""

    def __init__(self, port, cookies=None):
        self.port, self.cookies = port, {} if cookies is None else cookies

    def get(self, path):
        return self._ask("GET", path)

    def post(self, path, **fields):
        token = self.cookies.setdefault(f"csrftoken-{self.port}", CSRF)
        return self._ask("POST", path, urlencode({"csrfmiddlewaretoken": token} | fields))

    def _ask(self, method, path, body=None):
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as line:
            line.request(method, path, body, headers)
            answer = line.getresponse()
            text = answer.read().decode()
            for one in answer.headers.get_all("Set-Cookie") or ():
                name, _, value = one.partition(";")[0].partition("=")
                self.cookies[name] = value
            return Answer(answer.status, answer.headers.get("Location", ""), text)


def session_of(person):
    """The key of a new session in which the person is signed in."""
    store = SessionStore()
    store.update(
        {
            SESSION_KEY: str(person.pk),
            BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend",
            HASH_SESSION_KEY: person.get_session_auth_hash(),
        }
    )
    store.create()
    return store.session_key


def signed_in(person, port, cookies=None):
    """A browser in which the person is signed in at the server of ``port``."""
    browser = Browser(port, cookies)
    browser.cookies[f"sessionid-{port}"] = session_of(person)
    return browser


@contextmanager
def own_server(var):
    """A durable PostgreSQL of one's own with a copy of the present database; its address."""
    address = postgres.start(var)
    place = postgres_home.find_place(var)
    try:
        _copy_to(place, address)
        yield address
    finally:
        connections.close_all()
        postgres.remove(var)


def _copy_to(place, address):
    programs = postgres_home.binaries(place)
    dump = [programs / "pg_dump", "-Fc", "-Z0", present_address()]
    with subprocess.Popen(dump, stdout=subprocess.PIPE) as source:
        subprocess.run(
            [programs / "pg_restore", "--no-owner", "-d", address], stdin=source.stdout, check=True
        )
    assert source.returncode == 0


def stop_at_once(var):
    """Immediate shutdown: nothing is finished, nothing is written back."""
    place = postgres_home.find_place(var)
    done = postgres._run(place, "pg_ctl", "-D", place.data, "-m", "immediate", "-w", "stop")
    assert done.returncode == 0


@contextmanager
def queried_at(address):
    """Every query of the test goes to the database of ``address``."""
    original = dict(connection.settings_dict)
    connections.close_all()
    connection.settings_dict.update({k: entry(address)[k] for k in ("NAME", "HOST", "USER")})
    try:
        yield
    finally:
        connections.close_all()
        connection.settings_dict.update(original)
