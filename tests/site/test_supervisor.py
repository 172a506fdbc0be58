from __future__ import annotations

import os
import sys
import time

import pytest

from didaskaleio.site.supervisor import ChildEndedError, Supervisor


@pytest.fixture
def children(tmp_path):
    supervisor = Supervisor(tmp_path / "log", dict(os.environ))
    yield supervisor
    supervisor.stop()


def test_what_a_child_says_is_shown_and_logged(children):
    shown = []
    children.run("prepare", [sys.executable, "-c", "print('έτοιμο'); print('τέλος')"], shown.append)
    assert shown == ["έτοιμο", "τέλος"]
    assert (children.logs / "prepare.log").read_text() == "έτοιμο\nτέλος\n"
    assert children.children == {}


def test_a_failed_child_ends_with_its_last_lines_and_its_code(children):
    code = "[print('γραμμή', n) for n in range(40)]; raise SystemExit(3)"
    with pytest.raises(ChildEndedError) as ended:
        children.run("prepare", [sys.executable, "-c", code], lambda _: None)
    text = str(ended.value)
    assert "«prepare» τερματίστηκε (κωδικός 3)" in text
    assert text.endswith("γραμμή 38\nγραμμή 39")
    assert "γραμμή 24" not in text


def test_a_child_that_does_not_listen_is_ended_by_force(children, monkeypatch):
    monkeypatch.setattr("didaskaleio.site.supervisor.GRACE", 0.3)
    deaf = "import signal, time; signal.signal(15, 1); print('άκου', flush=True); time.sleep(60)"
    children.start("deaf", [sys.executable, "-c", deaf])
    while not (children.logs / "deaf.log").read_text():
        time.sleep(0.02)
    (child,) = children.children.values()
    children.check()
    children.stop()
    assert child.returncode == -9
