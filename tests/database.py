"""The PostgreSQL of the tests: that of ``DATABASE_URL``, or an embedded one of our own."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection, connections

from didaskaleio.site import postgres
from didaskaleio.site.settings import database

HERE = Path("var/test").resolve()


def ready() -> None:
    """Start the embedded server where none is named, and point the settings at it.

    pytest-django reads the settings before any conftest; nobody has connected yet, so the entry
    is filled in place. Workers of pytest-xdist find the address in their environment.
    """
    if "DATABASE_URL" in os.environ:
        return
    os.environ["DATABASE_URL"] = postgres.start(HERE, durable=False)
    entry = database(os.environ["DATABASE_URL"])
    del entry["TEST"]
    settings.DATABASES["default"].update(entry)


def administer(*statements):
    """Statements that no transaction may hold, from outside the present database."""
    with connection._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def copy(template, name):
    """A new database ``name``, equal to ``template``; one of this name from before goes.

    A session that a finished thread has left behind would hold the copy back, so it ends.
    """
    connections.close_all()
    administer(
        f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{template}'",
        f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)',
        f'CREATE DATABASE "{name}" TEMPLATE "{template}"',
    )


@contextmanager
def entered(name):
    """Every query inside goes to the database ``name``."""
    original = connection.settings_dict["NAME"]
    connections.close_all()
    connection.settings_dict["NAME"] = name
    try:
        yield connection
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = original


@contextmanager
def throw_away(template, suffix="copy"):
    """A copy of ``template`` that is entered, and dropped at the end."""
    own = connection.settings_dict["TEST"]["NAME"]  # each worker of pytest-xdist has its own
    name = f"{own}_{suffix}"
    copy(template, name)
    try:
        with entered(name):
            yield connection
    finally:
        administer(f'DROP DATABASE "{name}" WITH (FORCE)')
