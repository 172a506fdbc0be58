"""Επαναφορά (restoring) of a backup into an empty database and an empty folder of files."""

from __future__ import annotations

from pathlib import Path

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import connection

from didaskaleio.kernel.errors import Refusal
from didaskaleio.site.backups import manifest, programs, verifying
from didaskaleio.site.backups.making import Say

AGAIN = "Διαγράψτε τη μισή βάση και τον φάκελο, δημιουργήστε κενά και επαναλάβετε."


class RestoreRefusedError(Refusal):
    """A restore that would overwrite something, or that did not come out equal."""


def restore(folder: Path, *, jobs: int, say: Say) -> None:
    """Put a backup back and compare it with its manifest: rows of each table, hash of each file.

    Raises :class:`RestoreRefusedError`, and the kinds of error of programs and manifests.
    """
    _demand_empty()
    say("Ελέγχεται το αντίγραφο …")
    told = manifest.read(folder)
    say("Επαναφέρεται η βάση …")
    programs.run(
        "pg_restore", f"--jobs={jobs}", "--no-owner", "--no-privileges", "--no-comments",
        "--exit-on-error", str(folder / manifest.DATABASE),
    )  # fmt: skip
    say("Επαναφέρονται τα αρχεία …")
    _put_back(folder / manifest.FILES)
    _compare(told, say)


def _demand_empty() -> None:
    rows = manifest.count_rows()
    if rows:
        name = connection.settings_dict["NAME"]
        raise RestoreRefusedError(
            f"Η βάση «{name}» δεν είναι κενή ({len(rows)} πίνακες). Δημιουργήστε νέα βάση και "
            "δώστε την στο DATABASE_URL."
        )
    if _has_files():
        raise RestoreRefusedError(
            "Η αποθήκη αρχείων δεν είναι κενή. Δώστε άλλο φάκελο στο DIDASKALEIO_VAR, ή άλλον κάδο "
            "στο DIDASKALEIO_FILES."
        )


def _has_files() -> bool:
    try:
        return any(default_storage.listdir(""))
    except FileNotFoundError:
        return False


def _put_back(source: Path) -> None:
    for path in sorted(p for p in source.rglob("*") if p.is_file()):
        name = str(path.relative_to(source))
        with path.open("rb") as content:
            saved = default_storage.save(name, File(content))
        if saved != name:
            raise RestoreRefusedError(f"Το αρχείο {name} υπήρχε ήδη. {AGAIN}")


def _compare(told: manifest.Manifest, say: Say) -> None:
    found = manifest.count_rows()
    if found != told.rows:
        odd = min(set(found.items()) ^ set(told.rows.items()))[0]
        raise RestoreRefusedError(f"Ο πίνακας {odd} δεν επανήλθε ολόκληρος. {AGAIN}")
    report = verifying.verify()
    if report.faults or report.files != told.files:
        raise RestoreRefusedError(f"Τα αρχεία δεν επανήλθαν όλα ({report}). {AGAIN}")
    say(f"Η επαναφορά επαληθεύτηκε: {sum(found.values())} γραμμές, {report}.")
