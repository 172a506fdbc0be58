"""The PostgreSQL of the tests: that of ``DATABASE_URL``, or an embedded one of our own."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from didaskaleio.site import demo_data, postgres
from didaskaleio.site.settings import database
from didaskaleio.structures import operations

HERE = Path("var/test").resolve()
PREFIX = os.environ.get("DIDASKALEIO_TEST_DB", "test_didaskaleio")
MADE = "made"
LOADS = Path(operations.__file__).parent


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


@contextmanager
def once(kind, fingerprint):
    """``(name, whether it is made)`` of the template of these sources, alone at a file lock.

    Who finds it missing makes it inside; the mark on it comes after, so that one cut short is
    made anew. Templates of other sources go.
    """
    prefix = f"{PREFIX}_{kind}_"
    name = prefix + fingerprint
    HERE.mkdir(parents=True, exist_ok=True)
    with (HERE / f"{prefix}lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        found = _marks(prefix)
        is_made = found.get(name) == MADE
        if not is_made:
            for old in found:
                administer(f'DROP DATABASE "{old}" WITH (FORCE)')
                shutil.rmtree(HERE / old, ignore_errors=True)
        yield name, is_made
        administer(f"COMMENT ON DATABASE \"{name}\" IS '{MADE}'")


def migrated():
    """The template with tables and reference data; making it takes half a minute."""
    with once("base", _fingerprint()) as (name, is_made):
        if not is_made:
            administer(f'CREATE DATABASE "{name}" TEMPLATE template0')
            with entered(name):
                call_command("migrate", verbosity=0)
                call_command("load_reference", verbosity=0)
    return name


def _fingerprint():
    """What the demonstration goes by, and the code that loads the reference data."""
    digest = hashlib.sha256(demo_data.fingerprint().encode())
    for path in sorted(LOADS.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _marks(prefix):
    """The templates of this kind, each with its mark."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(
            "SELECT datname, shobj_description(oid, 'pg_database') FROM pg_database "
            "WHERE starts_with(datname, %s)",
            [prefix],
        )
        return dict(cursor.fetchall())
