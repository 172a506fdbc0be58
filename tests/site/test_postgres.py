from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import namedtuple
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from didaskaleio.site import postgres, postgres_home
from didaskaleio.site.postgres_home import PostgresError

AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root can play this")


@pytest.fixture
def folder(monkeypatch):
    """A folder that everybody may enter (pytest's own is closed to others)."""
    made = Path(tempfile.mkdtemp(prefix="didaskaleio-test-"))
    made.chmod(0o755)
    monkeypatch.setattr(postgres_home, "ELSEWHERE", made / "elsewhere")
    yield made
    for lock in made.rglob("postgres.lock"):
        postgres.remove(lock.parent)
    shutil.rmtree(made)


def ask(dsn: str, question: str) -> object:
    with psycopg.connect(dsn, autocommit=True) as connection:
        row = connection.execute(question).fetchone()  # type: ignore[arg-type]
    return row and row[0]


def kill(var: Path) -> int:
    pid = int((postgres_home.find_place(var).data / "postmaster.pid").read_text().split()[0])
    os.kill(pid, signal.SIGKILL)
    while Path("/proc", str(pid), "cmdline").exists() and ask_state(pid) != "Z":
        time.sleep(0.02)
    return pid


def ask_state(pid: int) -> str:
    return Path("/proc", str(pid), "stat").read_text().rsplit(")", 1)[1].split()[0]


def test_several_starters_at_once_share_one_server_that_keeps_its_data(folder):
    var = folder / "var"
    assert postgres.status(var) is None
    with ThreadPoolExecutor(4) as pool:
        answers = set(pool.map(postgres.start, [var] * 4))
    (dsn,) = answers
    assert postgres.status(var) == dsn
    assert ask(dsn, "SELECT current_database() || ' ' || current_user") == "didaskaleio didaskaleio"
    assert ask(dsn, "SHOW listen_addresses") == ""
    assert ask(dsn, "SELECT lower('ΆΔΗΛΟΣ')") == "άδηλος"
    with psycopg.connect(dsn) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    postgres.stop(var)
    assert postgres.status(var) is None
    assert ask(postgres.start(var, durable=False), "SELECT number FROM kept") == 7
    assert ask(dsn, "SHOW fsync") == "off"


def test_a_killed_server_starts_again_although_its_pid_file_stays(folder):
    var = folder / "var"
    dsn = postgres.start(var)
    kill(var)
    assert postgres.status(var) is None
    assert postgres.start(var) == dsn
    assert ask(dsn, "SELECT 1") == 1


def test_a_pid_file_that_names_a_stranger_is_not_believed(folder):
    var = folder / "var"
    dsn = postgres.start(var)
    postgres.stop(var)
    pid_file = postgres_home.find_place(var).data / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n{pid_file.parent}\n")
    assert postgres.status(var) is None
    postgres.stop(var)  # must not end the stranger, who is this test
    assert ask(postgres.start(var), "SELECT 1") == 1
    assert postgres.status(var) == dsn


def test_an_over_long_path_with_spaces_and_greek_letters_works_beside_another(folder):
    one = folder / ("διδασκαλείο με κενά " * 4) / "var"
    two = folder / "var"
    first, second = postgres.start(one), postgres.start(two)
    assert first != second
    assert ask(first, "SELECT 1") == ask(second, "SELECT 1") == 1
    assert "host=/tmp/didaskaleio-" in first
    socket_folder = postgres_home.find_place(one).run
    postgres.remove(one)
    assert not socket_folder.exists()
    assert ask(second, "SELECT 1") == 1


def test_an_interrupted_first_start_leaves_nothing_in_the_way(folder):
    draft = folder / "var/postgres/data.new"
    draft.mkdir(parents=True)
    (folder / "var/postgres").chmod(0o755)
    (draft / "PG_VERSION").write_text("18\n")
    if os.geteuid() == 0:
        shutil.chown(draft, postgres_home.server_account().pw_name)
    assert ask(postgres.start(folder / "var"), "SELECT 1") == 1
    assert not draft.exists()


def test_a_socket_folder_of_somebody_else_is_refused(folder):
    (folder / "var/postgres").mkdir(parents=True)
    (folder / "var/postgres/run").symlink_to(folder)
    with pytest.raises(PostgresError, match="ανήκει σε άλλον"):
        postgres.start(folder / "var")


def test_a_full_disk_is_said_before_anything_is_written(folder, monkeypatch):
    usage = namedtuple("usage", "total used free")  # noqa: PYI024 - what shutil returns
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10, 9, 1))
    with pytest.raises(PostgresError, match=r"είναι γεμάτος\. Ελευθερώστε τουλάχιστον 400 MB"):
        postgres.start(folder / "var")
    assert not (folder / "var/postgres").exists()


@AS_ROOT
def test_a_disk_that_fills_up_during_the_first_start_is_named(folder, monkeypatch):
    mounted = folder / "small"
    mounted.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m,mode=755", "tmpfs", str(mounted)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("this machine does not let root mount")
    monkeypatch.setattr(postgres, "ROOM_FIRST", 0)
    try:
        with pytest.raises(PostgresError, match="είναι γεμάτος"):
            postgres.start(mounted / "var")
    finally:
        subprocess.run(["umount", str(mounted)], check=True)


@AS_ROOT
def test_under_a_closed_folder_root_keeps_the_data_elsewhere_and_says_where(folder, capsys):
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    dsn = postgres.start(closed / "var")
    place = (closed / "var/postgres.path").read_text().strip()
    assert place.startswith(str(folder / "elsewhere"))
    assert f"φυλάσσονται στο {place}" in capsys.readouterr().err
    assert ask(dsn, "SELECT 1") == 1
    assert postgres.start(closed / "var") == dsn
    postgres.remove(closed / "var")
    assert not Path(place).exists()


@AS_ROOT
def test_an_ordinary_user_runs_a_server_that_even_root_must_not_enter_by_accident(folder):
    somebody = pwd.getpwnam("nobody")
    mine = folder / "mine"
    mine.mkdir()
    os.chown(mine, somebody.pw_uid, somebody.pw_gid)
    source = str(Path(postgres.__file__).parents[2])
    code = (
        f"import sys; sys.path[:0] = {[source, *sys.path]!r}\n"
        "from pathlib import Path; from didaskaleio.site import postgres\n"
        "import psycopg; var = Path('var'); dsn = postgres.start(var)\n"
        "print(psycopg.connect(dsn).execute('SELECT session_user').fetchone()[0])\n"
        "postgres.stop(var); print(postgres.status(var))"
    )
    done = subprocess.run(
        [shutil.which("python3", path="/usr/bin:/usr/local/bin"), "-c", code],
        cwd=mine,
        user=somebody.pw_uid,
        group=somebody.pw_gid,
        extra_groups=[],
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("didaskaleio\nNone\n", "")
    assert (mine / "var/postgres/data").stat().st_uid == somebody.pw_uid
