"""Δεδομένα της επίδειξης (demo data): what a start still has to do to the database.

What was done is written as the comment of the database itself, so that the record cannot
outlive the data or fall behind them.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
from psycopg import sql

from didaskaleio.site.postgres_home import DATABASE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from didaskaleio.site.supervisor import Supervisor

SCALES = ("small", "national")
PACKAGE = Path(__file__).resolve().parent.parent
PREPARING = (
    ("migrate", "Ετοιμάζονται οι πίνακες …"),
    ("load_reference", "Φορτώνονται τα δεδομένα αναφοράς …"),
)


class ScaleError(Exception):
    """Another scale is asked for than the data have; ``str`` says in Greek how to start anew."""


@dataclass(frozen=True, slots=True)
class Done:
    """What the database already has: ``code`` of its tables and reference data, scale, demo."""

    code: str = ""
    scale: str = ""
    loaded: bool = False


def prepare(
    dsn: str,
    scale: str | None,
    children: Supervisor,
    manage: Sequence[str],
    say: Callable[[str], None],
) -> None:
    """Bring the database up to the present code and load the demonstration, if need be.

    ``manage`` is the command that the names of management commands are appended to. A load that
    was cut short begins anew. Raises :class:`ScaleError`, ``ChildEndedError``.
    """
    done = _read(dsn)
    if done.loaded and scale not in {None, done.scale}:
        raise ScaleError(
            f"Τα δεδομένα της επίδειξης έχουν κλίμακα {done.scale} και ζητήθηκε {scale}. "
            f"Για να ξεκινήσετε από την αρχή: make demo-reset και μετά make demo SCALE={scale}"
        )
    if done.scale and not done.loaded:
        say("Η προηγούμενη φόρτωση διακόπηκε: ξεκινά από την αρχή …")
        _recreate(dsn)
        done = Done()
    if done.code != fingerprint():
        for command, sentence in PREPARING:
            say(sentence)
            children.run("prepare", [*manage, command], lambda line: say(f"  {line}"))
        done = Done(fingerprint(), done.scale, done.loaded)
        _write(dsn, done)
    if not done.loaded:
        _load(dsn, scale or SCALES[0], children, manage, say)


def _load(
    dsn: str,
    scale: str,
    children: Supervisor,
    manage: Sequence[str],
    say: Callable[[str], None],
) -> None:
    say(f"Φορτώνονται τα δεδομένα της επίδειξης (κλίμακα {scale}) …")
    _write(dsn, Done(fingerprint(), scale, loaded=False))
    command = [*manage, "load_demo", "--scale", scale]
    children.run("prepare", command, lambda line: say(f"  {line}"))
    _write(dsn, Done(fingerprint(), scale, loaded=True))


def fingerprint() -> str:
    """Αποτύπωμα of all that tables and reference data come from; a change means work to do."""
    digest = hashlib.sha256()
    for name in ("Django", "procrastinate"):
        digest.update(f"{name} {version(name)}\n".encode())
    for pattern in ("*/migrations/*.py", "structures/data/**/*.*"):
        for path in sorted(PACKAGE.glob(pattern)):
            digest.update(f"{path.relative_to(PACKAGE)}\n".encode() + path.read_bytes())
    return digest.hexdigest()


def _read(dsn: str) -> Done:
    query = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
    with psycopg.connect(dsn) as connection:
        row = connection.execute(query, [DATABASE]).fetchone()
    return Done(**json.loads(row[0])) if row and row[0] else Done()


def _write(dsn: str, done: Done) -> None:
    comment = sql.SQL("COMMENT ON DATABASE {} IS {}").format(
        sql.Identifier(DATABASE), sql.Literal(json.dumps(asdict(done)))
    )
    with psycopg.connect(dsn) as connection:
        connection.execute(comment)


def _recreate(dsn: str) -> None:
    server = dsn.replace(f"/{DATABASE}?", "/postgres?")
    with psycopg.connect(server, autocommit=True) as connection:
        name = sql.Identifier(DATABASE)
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(name))
