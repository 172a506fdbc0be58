"""What tests of imports share: the lines of an export, and its whole way."""

from __future__ import annotations

import io
from datetime import date

import pytest
from tests.factories import people, structures

from didaskaleio.connectors import operations
from didaskaleio.kernel import identifiers
from didaskaleio.kernel.access import SYSTEM
from didaskaleio.site.myschool_stand_in import StandIn

HEADING = (
    *("ΑΦΜ", "ΑΜ", "Επώνυμο", "Όνομα", "Πατρώνυμο", "Ειδικότητα", "Σχέση εργασίας"),
    *("Κωδικός σχολείου", "Ώρες", "Οργανική", "Από"),
)
DAY = date(2023, 1, 12)
FIRST, SECOND, THIRD = (identifiers.synthetic_afm(n) for n in (101, 102, 103))


def line(afm, school, surname="ΔΕΙΓΜΑΤΙΔΟΥ", **facts):
    """A line of an export, in the order of HEADING."""
    row = {
        "ΑΦΜ": afm,
        "ΑΜ": "",
        "Επώνυμο": surname,
        "Όνομα": "ΕΛΕΝΗ",
        "Πατρώνυμο": "ΘΩΜΑΣ",
        "Ειδικότητα": "ΠΕ70",
        "Σχέση εργασίας": "Μόνιμος",
        "Κωδικός σχολείου": getattr(school, "code", school),
        "Ώρες": "20",
        "Οργανική": "Ναι",
        "Από": "1/9/2022",
    }
    return list((row | facts).values())


def sheet(*lines, heading=HEADING, delimiter=";", encoding="utf-8"):
    text = "\n".join(delimiter.join(map(str, row)) for row in (heading, *lines))
    return text.encode(encoding)


@pytest.fixture
def school():
    return structures.a_school()


@pytest.fixture
def officer(actor_for):
    return actor_for(people.ministry_officer())


@pytest.fixture
def receive(officer, at):
    """``receive(content)``: an export as the officer uploads it."""

    def upload(content, name="export.csv", *, as_of=DAY, whole=False):
        return operations.receive(
            io.BytesIO(content), name, as_of=as_of, whole=whole, actor=officer, at=at
        )

    return upload


@pytest.fixture
def compare(receive, officer, at):
    """``compare(content)``: received, its columns as recognised, compared."""

    def run(content, *args, **rest):
        row = receive(content, *args, **rest)
        operations.map_columns(row, columns=row.columns, actor=officer, at=at)
        operations.compare(row, actor=SYSTEM, at=at)
        return row

    return run


@pytest.fixture
def apply(compare, officer, at):
    """``apply(content)``: compared and applied."""

    def run(content, *args, **rest):
        row = compare(content, *args, **rest)
        operations.apply(row, actor=officer, at=at)
        operations.carry_out(row, actor=SYSTEM, at=at)
        return row

    return run


@pytest.fixture
def undo(officer, at):
    """``undo(row)``: an applied import, taken back."""

    def run(row):
        operations.undo(row, actor=officer, at=at, reason="Λάθος αρχείο.")
        operations.take_back(row, actor=SYSTEM, at=at)
        return row

    return run


@pytest.fixture
def service(tmp_path, settings):
    """The stand-in of MySchool over HTTP; the platform is set to ask it."""
    with StandIn(tmp_path / "myschool") as server:
        settings.MYSCHOOL, settings.MYSCHOOL_TOKEN = server.address, server.token
        settings.MYSCHOOL_TIMEOUT = 0.3
        yield server
