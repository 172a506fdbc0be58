"""Κατάλογος αντιγράφου (manifest): what a backup holds, with the sum of every file in it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from django.db import connection

from didaskaleio.kernel.errors import Refusal

FORMAT = 1
MANIFEST, SUMS, DATABASE, FILES = "manifest.json", "SHA256SUMS", "database", "files"
TABLES = """
SELECT quote_ident(relname) FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1
"""


class DamagedError(Refusal):
    """A backup that is incomplete or was altered; ``str`` is Greek."""


@dataclass(frozen=True)
class Manifest:
    """Rows of each table and files, as of the moment of the backup."""

    made_at: str
    migrations: list[str]
    rows: dict[str, int]
    files: int
    bytes: int
    format: int = field(default=FORMAT)


def write(manifest: Manifest, folder: Path) -> None:
    """Write the manifest, and then the sums, which ``sha256sum -c`` reads too."""
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1, sort_keys=True)
    (folder / MANIFEST).write_text(f"{text}\n", encoding="utf-8")
    with (folder / SUMS).open("w", encoding="utf-8") as sums:
        sums.writelines(f"{sum_of(p)}  {p.relative_to(folder)}\n" for p in _parts(folder))


def read(folder: Path) -> Manifest:
    """The manifest of a backup, all of whose files have been found unaltered.

    Raises :class:`DamagedError`.
    """
    if not (folder / SUMS).is_file() or not (folder / MANIFEST).is_file():
        raise DamagedError(f"Ο φάκελος {folder} δεν είναι πλήρες αντίγραφο ασφαλείας.")
    lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    told = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    found = {str(path.relative_to(folder)): path for path in _parts(folder)}
    wrong = sorted(told.keys() ^ found.keys())
    wrong += [n for n, path in found.items() if n in told and sum_of(path) != told[n]]
    if wrong:
        raise DamagedError(
            f"Το αντίγραφο {folder} είναι ελλιπές ή αλλοιωμένο σε {len(wrong)} αρχεία, πρώτο το "
            f"{wrong[0]}. Χρησιμοποιήστε άλλο αντίγραφο."
        )
    facts = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    if facts["format"] != FORMAT:
        raise DamagedError(f"Το αντίγραφο {folder} είναι άλλης μορφής ({facts['format']}).")
    return Manifest(**facts)


def count_rows() -> dict[str, int]:
    """Rows of every table, in the present transaction's view."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        names = [name for (name,) in cursor.fetchall()]
        counted = {}
        for name in names:
            cursor.execute(f"SELECT count(*) FROM public.{name}")  # noqa: S608 - from the catalogue
            counted[name] = cursor.fetchone()[0]
    return counted


def sum_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _parts(folder: Path) -> Iterator[Path]:
    return (p for p in sorted(folder.rglob("*")) if p.is_file() and p.name != SUMS)
