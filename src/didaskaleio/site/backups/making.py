"""Λήψη αντιγράφου (making a backup): one snapshot of the database, and the files that it names."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.models import StoredFile
from didaskaleio.site.backups import manifest, programs

Say = Callable[[str], None]
NOT_INSIDE = (
    "Δεν περιέχονται, φυλάξτε τα χωριστά και κρυπτογραφημένα: DIDASKALEIO_SECRET_KEY, ο φάκελος "
    "κλειδιών των φορέων (DIDASKALEIO_AUTHORITY), το ιδιωτικό κλειδί μεσεγγύησης του Υπουργείου, "
    "οι ρυθμίσεις του περιβάλλοντος."
)


class BackupRefusedError(Refusal):
    """A backup that cannot be made where it was asked; ``str`` is Greek."""


def make(folder: Path, *, at: datetime, jobs: int, say: Say) -> manifest.Manifest:
    """Copy the database and every stored file into ``folder``, which must not exist yet.

    Files are written once and never changed, so the files of one snapshot of the database are
    still there after it was dumped: nothing has to stop. Each file is compared with its hash on
    the way. The folder bears its name only when everything in it is complete.

    Raises :class:`BackupRefusedError` and the kinds of error of programs and files.
    """
    if folder.exists():
        raise BackupRefusedError(f"Υπάρχει ήδη: {folder}. Δώστε όνομα που δεν υπάρχει.")
    draft = folder.with_name(f".{folder.name}.{os.getpid()}")
    draft.mkdir(parents=True, mode=0o700)
    try:
        made = _fill(draft, at=at, jobs=jobs, say=say)
        draft.rename(folder)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    say(f"Έτοιμο: {folder}. {NOT_INSIDE}")
    return made


def _fill(draft: Path, *, at: datetime, jobs: int, say: Say) -> manifest.Manifest:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        say("Αντιγράφεται η βάση …")
        target = f"--file={draft / manifest.DATABASE}"
        programs.run(
            "pg_dump", "--format=directory", f"--jobs={jobs}", "--no-owner", "--no-privileges",
            f"--snapshot={snapshot}", target,
        )  # fmt: skip
        rows = manifest.count_rows()
        say(f"Η βάση αντιγράφηκε: {sum(rows.values())} γραμμές σε {len(rows)} πίνακες.")
        count, size = _copy_files(draft / manifest.FILES, say)
        applied = [".".join(key) for key in MigrationRecorder(connection).applied_migrations()]
    say("Υπολογίζονται τα αθροίσματα ελέγχου …")
    made = manifest.Manifest(at.isoformat(), sorted(applied), rows, count, size)
    manifest.write(made, draft)
    return made


def _copy_files(target: Path, say: Say) -> tuple[int, int]:
    target.mkdir()
    count = size = 0
    for stored in StoredFile.objects.order_by("pk").iterator(chunk_size=1_000):
        copied = target / stored.path
        copied.parent.mkdir(parents=True, exist_ok=True)
        with default_storage.open(stored.path) as source, copied.open("xb") as copy:
            shutil.copyfileobj(source, copy)
        if manifest.sum_of(copied) != stored.sha256:
            raise BackupRefusedError(
                f"Το αρχείο {stored.path} δεν έχει το περιεχόμενο με το οποίο αποθηκεύτηκε. "
                "Το αντίγραφο δεν λήφθηκε· δείτε όλα με didaskaleio manage verify_files."
            )
        count, size = count + 1, size + stored.size
    say(f"Αντιγράφηκαν {count} αρχεία ({size} bytes).")
    return count, size
