"""Backup and restore: the whole story, put back into a second database and compared.

Shows: R-164.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from didaskaleio.credentials.models import Credential
from didaskaleio.kernel.models import StoredFile
from tests import database
from tests.story import apart, places, walked

pytestmark = pytest.mark.race
OBJECTS = """
SELECT 'function', proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
UNION ALL SELECT 'trigger', tgname FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT 'index', indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT 'constraint', conrelid::regclass || pg_get_constraintdef(oid)
  FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL SELECT 'sequence', sequencename || ' ' || coalesce(last_value, 0)
  FROM pg_sequences WHERE schemaname = 'public'
ORDER BY 1, 2
"""


def run(name, *words):
    """What a command says."""
    out = io.StringIO()
    apart(lambda: call_command(name, *words, stdout=out))
    return out.getvalue()


def contents():
    """Every table with its number of rows and a sum over all that stands in them."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        found = {}
        for name in names:
            cursor.execute(
                f"SELECT count(*), md5(string_agg(md5(t::text), '' ORDER BY t::text)) "
                f'FROM "{name}" t'
            )
            found[name] = cursor.fetchone()
        cursor.execute(OBJECTS)
        return found, cursor.fetchall()


def files_of(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture(scope="module")
def elsewhere(django_db_setup, django_db_blocker):
    """The name of an empty database."""
    name = f"{connection.settings_dict['TEST']['NAME']}_restored"
    with django_db_blocker.unblock():
        database.copy("template0", name)
        yield name
        database.administer(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def test_the_whole_story_comes_back_equal_and_works(
    story, elsewhere, django_db_blocker, settings, tmp_path
):
    settings.DEMO, settings.ALLOWED_HOSTS = True, ["*"]
    backup, second = tmp_path / "backup", tmp_path / "second"
    with (
        django_db_blocker.unblock(),
        walked(story, settings, tmp_path / "first", "backup"),
    ):
        said = run("backup", str(backup))
        told, files = contents(), files_of(tmp_path / "first" / "files")
        named = set(StoredFile.objects.values_list("path", flat=True))
    # what no row names any more waits for the sweep and is not taken along
    files = {path: content for path, content in files.items() if path in named}
    rows = sum(number for number, _ in told[0].values())
    assert rows > 10_000
    assert len(files) > 20
    assert f"{rows} γραμμές σε {len(told[0])} πίνακες" in said
    assert f"Αντιγράφηκαν {len(files)} αρχεία" in said
    assert "Δεν περιέχονται" in said
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=backup, check=True)

    for key, value in places(second).items():
        setattr(settings, key, value)
    shutil.copytree(story.folder / "authority", second / "authority")  # keys travel apart
    with django_db_blocker.unblock(), database.entered(elsewhere):
        said = run("restore", str(backup))
        assert contents() == told
        assert files_of(second / "files") == files
        assert f"{rows} γραμμές, αρχεία: {len(files)}, λάθη: 0" in said
        assert "λάθη: 0" in run("verify_files")
        it_works()


def it_works():
    """The catalogue opens, an attestation is found genuine, the journal still refuses changes."""
    visitor = Client()
    assert visitor.get("/").status_code == 200
    code = Credential.objects.earliest("pk").code
    page = visitor.get(reverse("credentials:check", args=[code]))
    assert page.status_code == 200
    assert "γνήσι" in page.content.decode().lower()
    with pytest.raises(Exception, match="append-only"), connection.cursor() as cursor:
        cursor.execute("UPDATE kernel_journalentry SET act = 'x'")


@pytest.fixture
def stored(committed_db, settings, actor_for, at):
    """One stored file in a database of its own."""
    from didaskaleio.kernel import files
    from tests.factories import people

    person = people.a_person()
    kind = files.Kind("site.sample", "Δείγμα", "own.pages", ())
    return files.store(kind, b"content", "a.txt", person, actor=actor_for(person), at=at)


def test_a_backup_never_overwrites(stored, tmp_path):
    (tmp_path / "there").mkdir()
    with pytest.raises(CommandError, match="Υπάρχει ήδη"):
        run("backup", str(tmp_path / "there"))
    assert list((tmp_path / "there").iterdir()) == []


def test_a_damaged_file_is_named_and_leaves_no_half_backup(stored, settings, tmp_path):
    assert "αρχεία: 1, λάθη: 0" in run("verify_files")
    (settings.MEDIA_ROOT / stored.path).chmod(0o600)
    (settings.MEDIA_ROOT / stored.path).write_bytes(b"altered")
    with pytest.raises(CommandError, match=f"{stored.path}: άλλαξε το περιεχόμενό του"):
        run("verify_files")
    with pytest.raises(CommandError, match="Το αντίγραφο δεν λήφθηκε"):
        run("backup", str(tmp_path / "backup"))
    (settings.MEDIA_ROOT / stored.path).unlink()
    with pytest.raises(CommandError, match=f"{stored.path}: λείπει"):
        run("verify_files")
    assert [p.name for p in tmp_path.iterdir() if "backup" in p.name] == []


def test_a_restore_goes_only_into_an_empty_database_and_an_empty_folder(
    stored, elsewhere, settings, tmp_path
):
    run("backup", str(tmp_path / "backup"))
    with pytest.raises(CommandError, match="δεν είναι κενή"):
        run("restore", str(tmp_path / "backup"))
    name = f"{elsewhere}_empty"
    database.copy("template0", name)
    with (
        database.entered(name),
        pytest.raises(CommandError, match="Η αποθήκη αρχείων δεν είναι κενή"),
    ):
        run("restore", str(tmp_path / "backup"))
    database.administer(f'DROP DATABASE "{name}" WITH (FORCE)')
    assert StoredFile.objects.get().sha256 == stored.sha256


@pytest.mark.parametrize("harm", ["altered", "missing", "added"])
def test_a_backup_that_was_altered_is_refused_before_anything_is_written(
    stored, elsewhere, settings, tmp_path, harm
):
    backup = tmp_path / "backup"
    run("backup", str(backup))
    copied = backup / "files" / stored.path
    if harm == "altered":
        copied.write_bytes(b"altered")
    elif harm == "missing":
        copied.unlink()
    else:
        copied.with_name("added").write_bytes(b"added")
    settings.MEDIA_ROOT = tmp_path / "second"
    name = f"{elsewhere}_{harm}"
    database.copy("template0", name)
    with database.entered(name):
        with pytest.raises(CommandError, match="ελλιπές ή αλλοιωμένο σε 1 αρχεία"):
            run("restore", str(backup))
        assert connection.introspection.table_names() == []
    database.administer(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_a_pg_dump_older_than_the_server_is_passed_over(stored, tmp_path, monkeypatch):
    old = tmp_path / "bin" / "pg_dump"
    old.parent.mkdir()
    old.write_text("#!/bin/sh\n[ $1 = --version ] || exit 1\necho 'pg_dump (PostgreSQL) 17.9'\n")
    old.chmod(0o755)
    monkeypatch.setenv("PATH", f"{old.parent}:{os.environ['PATH']}")
    assert shutil.which("pg_dump") == str(old)
    assert "Έτοιμο" in run("backup", str(tmp_path / "backup"))
