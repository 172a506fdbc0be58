"""Fixtures that every room's tests share."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from didaskaleio.kernel import clock
from didaskaleio.people import queries
from tests.factories import completion


@pytest.fixture
def at():
    """18 January 2023, ten in the morning in Athens: inside phase A of the period of seed 001."""
    return datetime(2023, 1, 18, 10, tzinfo=clock.ATHENS)


@pytest.fixture
def actor_for(at):
    """``actor_for(person)``: the person as an actor, with the posts open at ``at``."""
    return lambda person: queries.actor_of(person, at=at)


@pytest.fixture
def login():
    """``login(client, person)``: sign the person in, without a password; returns the client."""

    def sign_in(client, person):
        client.force_login(person)
        return client

    return sign_in


@pytest.fixture
def set_clock(monkeypatch):
    """``set_clock(moment)``: the clock of the doors stands at ``moment`` (``request.at``)."""
    return lambda moment: monkeypatch.setattr(clock, "now", lambda: moment)


@pytest.fixture(scope="session")
def authority_folder(tmp_path_factory):
    """Where the keys of the bodies stand: read once by each worker, because that is slow."""
    return tmp_path_factory.mktemp("authority") / "keys"


@pytest.fixture
def authority(settings, authority_folder, request):
    """Keys for every body."""
    request.getfixturevalue("db" if "committed_db" not in request.fixturenames else "committed_db")
    settings.AUTHORITY_DIR = authority_folder
    return completion.an_authority(authority_folder)


@pytest.fixture
def drain_jobs():
    """``drain_jobs()``: run every waiting job in this process and connection; how many ran."""

    def drain():
        ran = 0
        while job := _next_job():
            number, name, arguments = job
            app.tasks[name](**arguments)
            with connection.cursor() as cursor:
                cursor.execute(
                    "UPDATE procrastinate_jobs SET status = 'succeeded' WHERE id = %s", [number]
                )
            ran += 1
        return ran

    return drain


def _next_job():
    from procrastinate.contrib.django.models import ProcrastinateJob

    return (
        ProcrastinateJob.objects.filter(status="todo")
        .order_by("-priority", "id")
        .values_list("id", "task_name", "args")
        .first()
    )


@pytest.fixture(scope="session", autouse=True)
def static_root():
    """WhiteNoise warns of a folder that collectstatic has not made yet; warnings are errors."""
    from django.conf import settings

    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
