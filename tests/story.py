"""The demonstration's story, told once for all workers and sessions of the same sources.

Telling takes half a minute. The first who needs it tells it into a template database and a
folder, both named after the sources; everybody else waits at a file lock and copies.
"""

from __future__ import annotations

import hashlib
import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from django.db import connection, connections
from django.test import override_settings

from didaskaleio.kernel import clock
from didaskaleio.site.story import moments, told
from tests import database

SOURCES = Path(told.__file__).parents[2]
TELLS = (".py", ".sql", ".typ", ".csv", ".json", ".txt")
QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]


class Story(NamedTuple):
    """Where the story stands: the template database and the folder of its files and keys."""

    database: str
    folder: Path


def places(folder):
    """The settings that lead into ``folder``."""
    return {
        "VAR_DIR": folder,
        "MEDIA_ROOT": folder / "files",
        "MAIL_DIR": folder / "mail",
        "AUTHORITY_DIR": folder / "authority",
    }


def apart(act):
    """Do it in a thread of its own: documents are sealed in an event loop, and in this thread
    Playwright's may be running."""

    def done():
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(done).result()


@pytest.fixture(scope="session")
def story(migrated, django_db_blocker):
    """The story, told now or by an earlier session of the same sources."""
    with django_db_blocker.unblock(), database.once("told", _fingerprint()) as (name, is_made):
        folder = database.HERE / name
        if not is_made or not folder.exists():
            database.copy(migrated, name)
            _tell(name, folder)
    return Story(name, folder)


@contextmanager
def walked(story, settings, here, suffix):
    """A copy of the story that is entered; its files stand under ``here``, its clock at NOW."""
    shutil.copytree(story.folder, here)
    for key, value in places(here).items():
        setattr(settings, key, value)
    with database.throw_away(story.database, suffix):
        clock.set_demo(moments.NOW)
        yield connection


def _tell(name, folder):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    override = override_settings(DEMO=True, PASSWORD_HASHERS=QUICK, **places(folder))
    with override, database.entered(name):
        apart(_told)


def _told():
    clock.set_demo(moments.NOW)
    assert len(list(told.story())) >= 5


def _fingerprint():
    """Changes with every file that may change what is told."""
    digest = hashlib.sha256()
    for path in sorted(p for p in SOURCES.rglob("*") if p.suffix in TELLS):
        digest.update(str(path.relative_to(SOURCES)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]
