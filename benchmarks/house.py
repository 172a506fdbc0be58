"""What benchmarks stand on: an own PostgreSQL under var/bench, a nation of any size, the server.

``open_house`` is called before anything of Django's models is imported. A nation is generated
once and kept as a template; every run works in a fresh copy of it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var" / "bench"
NAME = "bench"
PORT = 8765


def open_house() -> None:
    """Start the server and set Django up on the database ``bench``."""
    from didaskaleio.site import postgres

    os.environ.pop("DIDASKALEIO_DEMO", None)
    os.environ["DATABASE_URL"] = _dsn(postgres.start(VAR), NAME)
    os.environ["DIDASKALEIO_VAR"] = str(VAR)
    os.environ.setdefault("DIDASKALEIO_SECRET_KEY", "benchmarks-only")
    os.environ["DIDASKALEIO_BASE_URL"] = f"http://127.0.0.1:{PORT}"
    os.environ["DJANGO_SETTINGS_MODULE"] = "didaskaleio.site.settings"
    import django

    django.setup()


def _dsn(address: str, name: str) -> str:
    head, _, query = address.partition("?")
    return f"{head.rpartition('/')[0]}/{name}?{query}"


def dsn(name: str = NAME) -> str:
    """The address of a database of the benchmarks' server."""
    return _dsn(os.environ["DATABASE_URL"], name)


def administer(*statements: str) -> None:
    """Run statements in the server's own database."""
    with psycopg.connect(dsn("postgres"), autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def nation(teachers: int) -> None:
    """Make ``bench`` a fresh copy of a nation of ``teachers``; 0 is the reference data alone."""
    from django.db import connections

    template = _template(teachers)
    connections.close_all()
    administer(
        f'DROP DATABASE IF EXISTS "{NAME}" WITH (FORCE)',
        f'CREATE DATABASE "{NAME}" TEMPLATE "{template}"',
    )


def _template(teachers: int) -> str:
    from didaskaleio.site.demo_data import fingerprint

    name = f"nation_{teachers}_{fingerprint()[:12]}"
    with psycopg.connect(dsn("postgres")) as connection:
        query = "SELECT 1 FROM pg_database WHERE datname = %s"
        if connection.execute(query, [name]).fetchone():
            return name
    print(f"# a nation of {teachers} is being made, once", file=sys.stderr, flush=True)
    making = f"{name}_making"
    administer(f'DROP DATABASE IF EXISTS "{making}" WITH (FORCE)', f'CREATE DATABASE "{making}"')
    acts = [("migrate", "-v0"), ("load_reference", "-v0")]
    if teachers:
        acts.append(("generate_people", "--teachers", str(teachers)))
    for words in acts:
        subprocess.run(
            [sys.executable, "-m", "django", *words],
            check=True,
            env=os.environ | {"DATABASE_URL": dsn(making)},
            stdout=subprocess.DEVNULL,
        )
    administer(f'ALTER DATABASE "{making}" RENAME TO "{name}"')
    return name


@contextmanager
def server(workers: int = 2, threads: int = 4) -> Iterator[list[int]]:
    """The real server, as production starts it; gives the ids of its processes."""
    words = ("--interface", "wsgi", "--no-ws", "--host", "127.0.0.1", "--port", str(PORT))
    sizes = ("--workers", str(workers), "--blocking-threads", str(threads), "--backlog", "2048")
    process = subprocess.Popen(
        [sys.executable, "-m", "granian", *words, *sizes, "didaskaleio.site.wsgi:application"],
        stdout=subprocess.DEVNULL,
        stderr=(VAR / "server.log").open("wb"),
        env=os.environ,
        start_new_session=True,
    )
    try:
        _await_page(process)
        (VAR / "server.pid").write_text(str(process.pid))
        yield children(process.pid)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def _await_page(process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError(f"the server ended: see {VAR / 'server.log'}")
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/login/", timeout=5).read()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server does not answer")


def children(pid: int) -> list[int]:
    """The processes below ``pid``, itself among them."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            found += children(int(child))
    return found


def children_of_server() -> list[int]:
    """The processes of the server that runs."""
    return children(int((VAR / "server.pid").read_text()))


def postgres_processes() -> list[int]:
    """The processes of the benchmarks' PostgreSQL."""
    postmaster = (
        next(VAR.glob("**/postmaster.pid"), None)
        or Path((VAR / "postgres.path").read_text().strip()) / "data" / "postmaster.pid"
    )
    return children(int(postmaster.read_text().split()[0]))


def pgbench() -> Path:
    """The program pgbench of the embedded server."""
    from didaskaleio.site import postgres_home

    return postgres_home.binaries(postgres_home.find_place(VAR)) / "pgbench"
