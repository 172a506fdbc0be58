"""Every row of the specification is served by a room and shown by a test, or listed as not yet."""

from __future__ import annotations

from pathlib import Path

from django.core.management import call_command

from didaskaleio.site import reference

ROOT = Path(__file__).parents[2]
MAIN_JOB = {
    "R-003", "R-004", "R-025", "R-026", "R-027", "R-032", "R-050", "R-051", "R-054", "R-061",
    "R-063", "R-065", "R-066", "R-073", "R-078", "R-134", "R-165", "R-167", "R-178",
    *(f"R-{n:03d}" for n in range(34, 47)),
}  # fmt: skip


def test_all_rows_are_there_once():
    rows = [row["row"] for row in reference.requirement_rows()]
    assert rows == [f"R-{n:03d}" for n in range(1, 193)]


def test_rooms_claim_only_rows_that_exist():
    known = {row["row"] for row in reference.requirement_rows()}
    assert set(reference.rooms_by_row()) <= known


def test_every_row_of_the_main_job_has_a_room_and_a_test():
    rooms, tests = reference.rooms_by_row(), reference.tests_by_row(ROOT / "tests")
    assert {row for row in MAIN_JOB if not rooms.get(row)} == set()
    assert {row for row in MAIN_JOB if not tests.get(row)} == set()


def test_the_generated_pages_are_up_to_date():
    call_command("make_reference", root=ROOT, check=True)
