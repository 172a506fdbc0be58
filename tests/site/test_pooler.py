"""Pages behind PgBouncer in transaction mode: eight people at once on two connections.

Shows: R-163.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from threading import Barrier

import pytest
from django.db import connection

from didaskaleio.enrolment.models import ParticipationApplication, PhaseBLog
from didaskaleio.site import postgres_home
from tests.enrolment.stages import DURING, a_group, a_stage
from tests.factories import enrolment as make
from tests.factories import people, programmes
from tests.faults import ground
from tests.ports import free_port

POOLER = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")
pytestmark = [
    pytest.mark.race,
    pytest.mark.skipif(
        POOLER is None,
        reason="pooler skipped: PgBouncer is not installed (apt-get install pgbouncer)",
    ),
]
CROWD, BACKENDS, PLACES = 8, 2, 3
PASSWORD = "eight people, two lines"
SETTINGS = """
[databases]
* = host={run} user={user}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = {backends}
"""


@contextmanager
def a_pooler(var):
    """PgBouncer before the PostgreSQL of ``var``, under that server's account; its address."""
    place, port = postgres_home.find_place(var), free_port()
    facts = {"run": place.run, "user": postgres_home.USER, "port": port, "backends": BACKENDS}
    written = place.base / "pgbouncer.ini"
    written.write_text(SETTINGS.format(**facts))
    written.chmod(0o644)
    if place.account:
        _let_in(place)
    with (
        (var / "pooler.log").open("wb") as log,
        subprocess.Popen(
            [POOLER, written], cwd="/", stdout=log, stderr=log, **place.identity
        ) as process,
    ):
        try:
            ground.wait_for(lambda: _listens(process, port))
            yield f"postgresql://{postgres_home.USER}@127.0.0.1:{port}/{postgres_home.DATABASE}"
        finally:
            process.kill()


def _let_in(place):
    with (place.data / "pg_ident.conf").open("a") as idents:
        idents.write(f"demo {place.account.pw_name} {postgres_home.USER}\n")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_reload_conf()")


def _listens(process, port):
    assert process.poll() is None, "the pooler ended"
    with closing(socket.socket()) as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def backends():
    """How many processes of PostgreSQL serve others than this test."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"
            " AND datname = current_database() AND pid <> pg_backend_pid()"
        )
        return cursor.fetchone()[0]


@pytest.fixture
def served(committed_db, tmp_path, monkeypatch):
    """The port of pages that reach their database through the pooler."""
    var, port = tmp_path / "own", free_port()
    monkeypatch.setenv("DIDASKALEIO_POOLER", "1")
    with (
        ground.own_server(var) as address,
        ground.queried_at(address),
        a_pooler(var) as pooled,
        ground.a_web(tmp_path, port, pooled),
    ):
        yield port


def together(act, crowd):
    """What each answered; all began at the same moment."""
    barrier = Barrier(len(crowd))

    def begin(one):
        barrier.wait()
        try:
            return act(one)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(crowd)) as pool:
        return list(pool.map(begin, crowd))


def apply(browser, person, period, wanted):
    """Sign in by password and walk the wizard; the statuses, and the page of the receipt."""
    signed = browser.post("/login/", username=person.username, password=PASSWORD)
    home = browser.get("/home/")
    here = f"/application/{period.code}"
    acts = [browser.post(f"{here}/begin/")]
    acts += [browser.post(f"{here}/preferences/add/", code=one.code) for one in wanted]
    acts.append(browser.post(f"{here}/facts/", will_teach="on"))
    shown = browser.get(f"{here}/submit/")
    reviewed = re.search(r'name="reviewed" value="([^"]*)"', shown.text)[1]
    sent = browser.post(f"{here}/submit/", reviewed=reviewed, version="0", accepts="on")
    receipt = browser.get(sent.location)
    statuses = [one.status for one in (signed, home, *acts, shown, sent, receipt)]
    return statuses, person.surname in home.text, receipt.text


def test_pages_applications_and_requests_of_phase_b_through_a_pooler(served, at):
    period, later = programmes.a_period("phase_a"), a_stage()
    make.a_draw(period)
    wanted = [programmes.a_programme("open", period=period, category="IIb") for _ in range(2)]
    group = a_group(later, capacity=PLACES, minimum=2)
    crowd = [people.a_teacher(password=PASSWORD, surname=f"Δοκιμή{n}") for n in range(CROWD)]
    browsers = {person: ground.Browser(served) for person in crowd}

    ground.stand_at(at)
    answers = together(lambda one: apply(browsers[one], one, period, wanted), crowd)
    assert [statuses for statuses, _, _ in answers] == [
        [302, 200, 302, 302, 302, 302, 200, 302, 200]
    ] * CROWD
    assert all(own for _, own, _ in answers)
    applications = ParticipationApplication.objects.filter(period=period)
    assert sorted(applications.values_list("person_id", "state")) == sorted(
        (person.pk, "submitted") for person in crowd
    )
    codes = [one.code for one in wanted]
    assert all(one.submission.preferences == codes for one in applications)

    ground.stand_at(DURING)
    path = f"/phase-b/{later.code}/claim/{group.code}/"
    claims = together(lambda one: browsers[one].post(path), crowd)
    assert {claim.status for claim in claims} == {302}
    log = list(PhaseBLog.objects.order_by("sequence"))
    assert [row.outcome for row in log[:PLACES]] == ["placed"] * PLACES
    assert {row.outcome for row in log[PLACES:]}.isdisjoint({"placed"})
    numbers = sorted(int(claim.location.rstrip("/").rpartition("/")[2]) for claim in claims)
    assert numbers == [row.sequence for row in log]

    officer = people.officer(period.action.body.code)
    desks = [ground.signed_in(officer, served) for _ in range(CROWD)]
    report = f"/reports/enrolment.applications/export.csv?period={period.pk}"
    tables = together(lambda desk: desk.get(report), desks)
    assert {table.status for table in tables} == {200}
    rows = [line for line in tables[0].text.splitlines() if "Δοκιμή" in line]
    assert len(rows) == CROWD
    assert {table.text for table in tables} == {tables[0].text}
    assert 1 <= backends() <= BACKENDS
