"""Whether a process lives and may serve, as proxies and orchestrators ask it."""

from __future__ import annotations

import io
import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from didaskaleio.kernel import clock
from didaskaleio.kernel.models import Notice
from didaskaleio.site.settings import SECURE_REDIRECT_EXEMPT
from tests.factories import people


@pytest.fixture
def behind_a_proxy(settings):
    """Production: https alone, one name alone; probes come plain and by the address."""
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_REDIRECT_EXEMPT = SECURE_REDIRECT_EXEMPT
    settings.ALLOWED_HOSTS = ["didaskaleio.foreas.gr"]


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_a_probe_is_answered_plain_by_address_and_never_kept(client, db, behind_a_proxy, address):
    answer = client.get(address, headers={"host": "10.0.0.7:8000"})
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert "no-store" in answer["Cache-Control"]


def test_everything_else_is_led_to_https(client, behind_a_proxy):
    answer = client.get("/healthz/x", headers={"host": "didaskaleio.foreas.gr"})
    assert (answer.status_code, answer["Location"][:8]) == (301, "https://")


def test_life_is_shown_without_a_query(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/healthz").status_code == 200


def test_readiness_costs_one_query(client, db, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert client.get("/readyz").status_code == 200


def test_without_its_database_a_process_lives_but_is_not_ready(client, db):
    def away(execute, sql, params, many, context):
        raise OperationalError("the server closed the connection")

    with connection.execute_wrapper(away):
        assert client.get("/healthz").status_code == 200
        refused = client.get("/readyz")
    assert (refused.status_code, refused.content) == (503, b"database\n")


def figures():
    out = io.StringIO()
    try:
        call_command("health", stdout=out)
    except CommandError as beyond:
        return json.loads(out.getvalue()), str(beyond)
    return json.loads(out.getvalue()), ""


def a_job(age, status="todo"):
    """A job ordered ``age`` ago."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status)"
            " VALUES ('mail', 'x', %s) RETURNING id",
            [status],
        )
        pk = cursor.fetchone()[0]
        cursor.execute(
            "UPDATE procrastinate_events SET at = now() - %s WHERE job_id = %s", [age, pk]
        )


def a_worker(age):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s)", [age]
        )


def test_an_idle_installation_with_a_worker_is_within_its_limits(db):
    a_worker(timedelta(seconds=5))
    a_job(timedelta(seconds=100))
    found, beyond = figures()
    assert beyond == ""
    assert (found["workers"], found["waiting_jobs"], found["oldest_job_seconds"]) == (1, 1, 100)


def test_a_silent_worker_and_an_old_job_are_named(db):
    a_worker(timedelta(seconds=40))
    a_job(timedelta(seconds=301))
    a_job(timedelta(days=3), status="failed")
    found, beyond = figures()
    assert (found["workers"], found["oldest_job_seconds"], found["failed_jobs"]) == (0, 301, 1)
    assert "workers 0, oldest_job_seconds 301, failed_jobs 1." in beyond


def test_mail_that_waits_longer_than_an_hour_is_named(db):
    a_worker(timedelta())
    person = people.a_person()
    Notice.objects.create(
        person=person, kind="x", dedupe="1", title="x", text="x", mail="waiting",
        at=clock.now() - timedelta(minutes=61),
    )  # fmt: skip
    found, beyond = figures()
    assert (found["unmailed_notices"], found["oldest_unmailed_seconds"] // 60) == (1, 61)
    assert "oldest_unmailed_seconds" in beyond
