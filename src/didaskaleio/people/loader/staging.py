"""Files as they came (αρχεία φόρτωσης): streamed into temporary tables, line by line as text."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from psycopg import DataError

from didaskaleio.kernel.errors import Refusal

CHUNK = 1 << 18
COLUMNS: dict[str, str] = {
    "teachers": "afm am surname given_name father_name email specialty employment "
    "seconded_abroad checked_on",
    "services": "afm school organic hours valid_from valid_until",
    "leaves": "afm kind valid_from valid_until",
    "certificates": "afm kind number issued_on source",
}


class LoadError(Refusal):
    """A folder or a file that cannot be loaded at all; nothing was written."""


def stage(cursor: Any, folder: Path) -> None:
    """Bring every file of ``folder`` into its table ``stage_<name>``; LoadError when amiss."""
    tables = [f"pg_temp.{step}_{name}" for step in ("stage", "checked") for name in COLUMNS]
    cursor.execute(f"DROP TABLE IF EXISTS {', '.join([*tables, 'pg_temp.plan'])}")
    for name, columns in COLUMNS.items():
        path = folder / f"{name}.csv"
        if not path.is_file():
            raise LoadError(
                f"Λείπει το αρχείο {path.name} από τον φάκελο {folder}.", code="missing"
            )
        _check_heading(path, columns.split())
        _copy(cursor, name, path)


def _check_heading(path: Path, columns: list[str]) -> None:
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            found = next(csv.reader(lines, delimiter=";"), [])
    except UnicodeDecodeError as error:
        raise LoadError(f"{path.name}: αποθηκεύστε το αρχείο ως UTF-8.", code="encoding") from error
    if found != columns:
        raise LoadError(
            f"{path.name}: η πρώτη γραμμή πρέπει να είναι «{';'.join(columns)}».", code="heading"
        )


def _copy(cursor: Any, name: str, path: Path) -> None:
    columns = COLUMNS[name].split()
    fields = ", ".join(f"{column} text NOT NULL" for column in columns)
    cursor.execute(
        f"CREATE TEMP TABLE stage_{name} "
        f"(line bigint GENERATED ALWAYS AS IDENTITY (START WITH 2), {fields}) ON COMMIT DROP"
    )
    words = f"COPY stage_{name} ({', '.join(columns)}) FROM STDIN "
    options = "(FORMAT csv, DELIMITER ';', HEADER, FORCE_NOT_NULL *, ENCODING 'UTF8')"
    try:
        with cursor.copy(words + options) as copy, path.open("rb") as lines:
            while part := lines.read(CHUNK):
                copy.write(part)
    except DataError as error:
        raise LoadError(
            f"{path.name}: το αρχείο δεν διαβάζεται ως CSV με «;» σε UTF-8. "
            f"Διορθώστε το και ξαναδώστε την εντολή. Η βάση λέει: {_where(error)}",
            code="malformed",
        ) from error
    cursor.execute(f"ANALYZE stage_{name} (afm)")


def _where(error: DataError) -> str:
    context = (error.diag.context or "").splitlines()[:1]
    return " · ".join([str(error).splitlines()[0], *context])
