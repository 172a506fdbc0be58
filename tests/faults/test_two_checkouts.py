"""Two checkouts of the demonstration side by side: nothing of the one reaches the other.

Shows: R-163.
"""

from __future__ import annotations

import signal

import pytest

from didaskaleio.site import postgres
from tests.factories import people
from tests.faults import ground
from tests.ports import free_port
from tests.site import test_demo as demo

ONE, TWO = "Δειγματίδου", "Υποδειγματίδης"
folder = demo.folder
other = pytest.fixture(demo.folder.__wrapped__, name="other")


def test_two_demonstrations_run_at_once_each_with_its_own_server_data_and_mail(folder, other):
    ports = [free_port(), free_port()]
    running = [
        demo.begin(place, "--port", str(port))
        for place, port in zip((folder, other), ports, strict=True)
    ]
    for one, port in zip(running, ports, strict=True):
        assert f"http://127.0.0.1:{port}/" in demo.until_ready(one)
    pages = [demo.page(port).split() for port in ports]
    assert [page[0] for page in pages] == ["1", "1"]  # each has loaded its own data
    assert pages[0][2] != pages[1][2]  # and mails to its own sink
    assert postgres.status(folder / "var") != postgres.status(other / "var")
    assert demo.end(running[0], signal.SIGINT)[0] == 0
    assert demo.finished(folder, "--reset")[0] == 0
    assert demo.page(ports[1]) == " ".join(pages[1])
    assert demo.end(running[1], signal.SIGINT)[0] == 0


def names_on(browser):
    page = browser.get("/profile/")
    return page.status, {name for name in (ONE, TWO) if name in page.text}


@pytest.mark.race
def test_one_browser_is_signed_in_at_both_as_different_people(committed_db, tmp_path):
    """Cookies know no ports: the same jar goes to both."""
    ground.stand_at()
    ports = [free_port(), free_port()]
    one, two = people.a_teacher(surname=ONE), people.a_teacher(surname=TWO)
    jar = {}
    with ground.a_web(tmp_path, ports[0]), ground.a_web(tmp_path, ports[1]):
        here = ground.signed_in(one, ports[0], jar)
        there = ground.signed_in(two, ports[1], jar)
        for _ in range(2):
            assert names_on(here) == (200, {ONE})
            assert names_on(there) == (200, {TWO})
        saved = here.post("/notices/preferences/")
        assert saved.status == 302
        assert f"messages-{ports[0]}" in jar
        words = "Οι προτιμήσεις σας αποθηκεύτηκαν."
        assert words not in there.get("/notices/preferences/").text
        assert words in here.get("/notices/preferences/").text
        assert here.post("/logout/").status == 302
        assert names_on(there) == (200, {TWO})
        assert here.get("/profile/").status == 302
    assert {name.rpartition("-")[2] for name in jar} == {str(port) for port in ports}
