from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest

from didaskaleio.site import demo, places, postgres
from didaskaleio.site.demo_accounts import ACCOUNTS
from tests.ports import free_port

# A stand-in for the platform: the demonstration around it is the real one.
PLATFORM = """
import os, sys, time, psycopg
def application(environ, start_response):
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        rows = connection.execute("SELECT count(*) FROM loads").fetchone()[0]
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [f"{rows} {os.environ['DIDASKALEIO_DEMO']} {os.environ['DIDASKALEIO_SMTP']}".encode()]
def main(command, *words):
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        if command == "migrate":
            connection.execute("CREATE TABLE loads (words text)")
        if command == "load_demo":
            connection.execute("INSERT INTO loads VALUES (%s)", [" ".join(words)])
            print("φορτώθηκαν 7 σχολεία")
            if os.path.exists("cut"): sys.exit("OSError: [Errno 28] No space left on device")
    while command == "worker":
        if os.path.exists("fail"): sys.exit("ο εργάτης χάλασε")
        time.sleep(0.1)
if __name__ == "__main__": main(*sys.argv[1:])
"""
STARTER = (
    "import sys; from didaskaleio.site import demo\n"
    "programs = demo.Programs((sys.executable, 'platform_stand_in.py'),"
    " 'platform_stand_in:application')\n"
    "sys.exit(demo.main(sys.argv[1:], programs))"
)


@pytest.fixture
def folder():
    made = Path(tempfile.mkdtemp(prefix="didaskaleio-test-"))
    made.chmod(0o755)
    (made / "platform_stand_in.py").write_text(PLATFORM)
    yield made
    postgres.remove(made / "var")
    shutil.rmtree(made)


@pytest.fixture
def port():
    return free_port()


def begin(folder: Path, *words: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "DIDASKALEIO_VAR": str(folder / "var"), "PYTHONPATH": str(folder)}
    for name in ("DATABASE_URL", "SCALE", "PORT"):
        environment.pop(name, None)
    return subprocess.Popen(
        [sys.executable, "-c", STARTER, *words],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def until_ready(running: subprocess.Popen[str]) -> str:
    lines = []
    for line in running.stdout:
        lines.append(line)
        if "Ctrl-C" in line:
            return "".join(lines)
    pytest.fail("".join(lines) + running.stderr.read())


def end(running: subprocess.Popen[str], number: signal.Signals) -> tuple[int, str, str]:
    running.send_signal(number)
    out, err = running.communicate(timeout=30)
    return running.returncode, out, err


def page(port: int) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as answer:
        return answer.read().decode()


def finished(folder: Path, *words: str) -> tuple[int, str, str]:
    running = begin(folder, *words)
    out, err = running.communicate(timeout=60)
    return running.returncode, out, err


def test_the_demonstration_starts_ends_and_resumes_with_the_same_data(folder, port):
    running = begin(folder, "--port", str(port))
    said = until_ready(running)
    assert "Φορτώνονται τα δεδομένα της επίδειξης (κλίμακα small) …" in said
    assert "  φορτώθηκαν 7 σχολεία" in said
    assert f"Η επίδειξη είναι έτοιμη: http://127.0.0.1:{port}/" in said
    assert all(f"  {name}" in said and role in said for name, role in ACCOUNTS)
    assert page(port).startswith("1 1 127.0.0.1:")

    code, _, err = finished(folder, "--port", str(port))
    assert code == 1
    assert err.startswith(f"Η θύρα {port} δεν είναι διαθέσιμη")
    assert f"make demo PORT={port + 1}" in err
    code, _, err = finished(folder, "--port", str(free_port()))
    assert (code, "Η επίδειξη τρέχει ήδη" in err) == (1, True)

    code, out, err = end(running, signal.SIGINT)
    assert (code, err) == (0, "")
    assert "Τα δεδομένα μένουν" in out
    assert postgres.status(folder / "var") is None
    with pytest.raises(OSError, match="refused"):
        page(port)

    running = begin(folder, "--port", str(port))
    said = until_ready(running)
    assert "Φορτώνονται" not in said
    assert page(port).startswith("1 ")
    assert end(running, signal.SIGTERM)[0] == 0

    code, _, err = finished(folder, "--port", str(port), "--scale", "national")
    assert code == 1
    assert "έχουν κλίμακα small και ζητήθηκε national" in err
    assert "make demo-reset" in err

    assert finished(folder, "--reset")[0] == 0
    assert not (folder / "var/postgres").exists()


def test_a_child_that_dies_ends_the_demonstration_with_its_last_words(folder, port):
    running = begin(folder, "--port", str(port))
    until_ready(running)
    (folder / "fail").touch()
    _, err = running.communicate(timeout=30)
    assert running.returncode == 1
    assert "Η διεργασία «worker» τερματίστηκε" in err
    assert "ο εργάτης χάλασε" in err
    assert postgres.status(folder / "var") is None


def test_a_load_that_was_cut_short_says_why_and_begins_anew(folder, port):
    (folder / "cut").touch()
    code, _, err = finished(folder, "--port", str(port))
    assert code == 1
    assert err.startswith("Ο δίσκος είναι γεμάτος.")
    (folder / "cut").unlink()
    running = begin(folder, "--port", str(port), "--scale", "national")
    assert "διακόπηκε: ξεκινά από την αρχή" in until_ready(running)
    assert page(port).startswith("1 ")
    assert end(running, signal.SIGINT)[0] == 0


def test_children_do_not_outlive_a_killed_demonstration(folder, port):
    running = begin(folder, "--port", str(port))
    until_ready(running)
    running.kill()
    running.communicate()
    deadline = time.monotonic() + 15
    with suppress(OSError):
        while time.monotonic() < deadline:
            page(port)
            time.sleep(0.1)
    assert time.monotonic() < deadline
    running = begin(folder, "--port", str(port))
    until_ready(running)
    assert end(running, signal.SIGINT)[0] == 0


def test_the_project_is_found_from_a_folder_inside_it(monkeypatch, tmp_path):
    root = tmp_path / "project"
    (root / "docs/deep").mkdir(parents=True)
    (root / "pyproject.toml").write_text('[project]\nname = "didaskaleio"\n')
    monkeypatch.chdir(root / "docs/deep")
    monkeypatch.delenv("DIDASKALEIO_VAR", raising=False)
    assert places.var_dir() == root / "var"
    monkeypatch.setenv("DIDASKALEIO_VAR", str(tmp_path / "elsewhere"))
    assert places.var_dir() == tmp_path / "elsewhere"


def test_an_unknown_scale_is_refused(capsys):
    with pytest.raises(SystemExit):
        demo.main(["--scale", "galactic"])
    assert "galactic" in capsys.readouterr().err
