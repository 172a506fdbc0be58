"""Tables (πίνακες) of the generator: which columns are written, and how they are streamed."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable
from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import IO, Any

from django.db import connection

NULL = r"\N"
CHUNK = 1 << 18
# in the order of their foreign keys
COLUMNS: dict[str, str] = {
    "structures_school": "id code name type_id sector evening directorate_id regional_unit_id "
    "prefecture_id region_id town country",
    "structures_trainingcentre": "id code name kind body_id school_id prefecture_id "
    "regional_unit_id region_id directorate_id address town approved_from approved_until",
    "structures_room": "id centre_id name seats equipment",
    "people_person": "id password last_login username surname given_name father_name email "
    "mobile is_active feed_key",
    "people_identifier": "id person_id kind value",
    "people_post": "id person_id role scope scope_id valid_from valid_until",
    "people_teacher": "id person_id specialty_id special_post employment seconded_abroad source "
    "checked_on appointed_on",
    "people_schoolservice": "id teacher_id school_id organic hours valid_from valid_until",
    "people_leave": "id teacher_id valid_from valid_until kind",
    "people_heldcertificate": "id person_id kind number issued_on cluster_id source",
    "people_trainerprofile": "id person_id valid_from valid_until",
    "people_trainerprofile_clusters": "id trainerprofile_id cluster_id",
}


class Spool:
    """The rows of all tables as CSV in temporary files, so that memory stays small."""

    def __init__(self, stack: ExitStack) -> None:
        self.files: dict[str, IO[str]] = {table: _spool_file(stack) for table in COLUMNS}
        self.writers = {
            table: csv.writer(lines, lineterminator="\n") for table, lines in self.files.items()
        }
        self.counts = dict.fromkeys(COLUMNS, 0)

    def write(self, table: str, row: tuple[Any, ...]) -> None:
        """Add a row; None is NULL, truth is t or f."""
        self.writers[table].writerow([_plain(value) for value in row])
        self.counts[table] += 1

    def digest(self) -> str:
        """SHA-256 of all the bytes, table by table."""
        found = hashlib.sha256()
        for lines in self.files.values():
            lines.seek(0)
            while chunk := lines.read(CHUNK):
                found.update(chunk.encode())
        return found.hexdigest()

    def pour(self, told: Callable[[str], None]) -> None:
        """COPY every table into the database and move its sequence on."""
        for table, lines in self.files.items():
            lines.seek(0)
            with connection.cursor() as cursor:
                columns = ", ".join(COLUMNS[table].split())
                statement = f"COPY {table} ({columns}) FROM STDIN (FORMAT csv, NULL '{NULL}')"
                with cursor.copy(statement) as copy:
                    while chunk := lines.read(CHUNK):
                        copy.write(chunk)
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"
                )
            told(f"{table}: {self.counts[table]:,}".replace(",", "."))


def _spool_file(stack: ExitStack) -> IO[str]:
    lines: IO[str] = TemporaryFile("w+", encoding="utf-8", newline="")  # noqa: SIM115 - the stack closes it
    return stack.enter_context(lines)


def _plain(value: Any) -> Any:
    if value is None:
        return NULL
    if isinstance(value, bool):
        return "t" if value else "f"
    return value
