"""The jobs of an import: they do the whole way, or stop where they began.

Shows: R-020.
"""

from __future__ import annotations

import pytest
from django.db import connection
from tests.connectors.conftest import FIRST, SECOND, line, sheet
from tests.connectors.stored import facts, journalled

from didaskaleio.connectors import operations
from didaskaleio.connectors.enums import ImportState
from didaskaleio.kernel import journal
from didaskaleio.kernel.models import Work

pytestmark = pytest.mark.django_db


def test_the_jobs_do_the_whole_way_and_the_journal_tells_it(
    receive, officer, at, school, drain_jobs
):
    row = receive(sheet(line(FIRST, school)))
    operations.map_columns(row, columns=row.columns, actor=officer, at=at)
    drain_jobs()
    row.refresh_from_db()
    operations.apply(row, actor=officer, at=at)
    drain_jobs()
    row.refresh_from_db()
    operations.undo(row, actor=officer, at=at, reason="Λάθος αρχείο.")
    drain_jobs()
    row.refresh_from_db()
    assert row.state == ImportState.UNDONE
    assert [entry.act for entry in reversed(journal.of(row))] == [
        "Παραλήφθηκε το αρχείο",
        "Ορίστηκαν οι στήλες και άρχισε η σύγκριση",
        "Συγκρίθηκε με όσα έχουμε",
        "Άρχισε η εφαρμογή",
        "Εφαρμόστηκε",
        "Άρχισε η αναίρεση",
        "Αναιρέθηκε",
    ]
    assert {work.state for work in Work.objects.all()} == {"done"}


def test_a_file_without_lines_stops_with_a_sentence(receive, officer, at, drain_jobs):
    row = receive(sheet())
    operations.map_columns(row, columns=row.columns, actor=officer, at=at)
    drain_jobs()
    row.refresh_from_db()
    assert row.state == ImportState.UPLOADED
    assert row.work.message == "Κάτω από τις επικεφαλίδες δεν υπάρχει καμία γραμμή."


def test_a_file_that_is_lost_ends_the_comparison_where_it_began(
    receive, officer, at, school, drain_jobs, settings
):
    row = receive(sheet(line(FIRST, school)))
    operations.map_columns(row, columns=row.columns, actor=officer, at=at)
    kept = settings.MEDIA_ROOT / row.file.path
    content = kept.read_bytes()
    kept.unlink()
    drain_jobs()
    row.refresh_from_db()
    assert (row.state, row.work.state) == (ImportState.UPLOADED, "failed")
    assert row.work.message.startswith("Το αρχείο της εξαγωγής δεν βρίσκεται πια ακέραιο")
    assert row.changes.count() == 0
    assert journalled(row)[-1] == "Η σύγκριση σταμάτησε και δεν έγραψε τίποτε"
    kept.write_bytes(content)
    operations.map_columns(row, columns=row.columns, actor=officer, at=at)
    drain_jobs()
    row.refresh_from_db()
    assert (row.state, row.new) == (ImportState.COMPARED, 1)


def test_a_file_whose_bytes_changed_is_not_read(receive, officer, at, school, drain_jobs, settings):
    row = receive(sheet(line(FIRST, school)))
    (settings.MEDIA_ROOT / row.file.path).write_bytes(sheet(line(SECOND, school)))
    operations.map_columns(row, columns=row.columns, actor=officer, at=at)
    drain_jobs()
    row.refresh_from_db()
    assert (row.state, row.changes.count()) == (ImportState.UPLOADED, 0)


def test_a_fault_while_applying_or_undoing_changes_nothing_and_may_be_tried_again(
    compare, officer, at, school, drain_jobs
):
    refusing = """CREATE FUNCTION pg_temp.refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$BEGIN RAISE check_violation USING MESSAGE = 'a fault'; END$$"""
    trigger = """CREATE TRIGGER refusing BEFORE INSERT OR UPDATE OR DELETE ON people_teacher
        FOR EACH ROW EXECUTE FUNCTION pg_temp.refuse()"""
    row = compare(sheet(line(FIRST, school)))
    before = facts()
    with connection.cursor() as cursor:
        cursor.execute(refusing)
        cursor.execute(trigger)
    operations.apply(row, actor=officer, at=at)
    drain_jobs()
    row.refresh_from_db()
    assert (row.state, row.work.state, facts()) == (ImportState.COMPARED, "failed", before)
    assert "δεν άλλαξε τίποτε. Δοκιμάστε ξανά" in row.work.message
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER refusing ON people_teacher")
    operations.apply(row, actor=officer, at=at)
    drain_jobs()
    applied = facts()
    with connection.cursor() as cursor:
        cursor.execute(trigger)
    operations.undo(row, actor=officer, at=at, reason="Λάθος αρχείο.")
    drain_jobs()
    row.refresh_from_db()
    assert (row.state, facts()) == (ImportState.APPLIED, applied)
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER refusing ON people_teacher")
    operations.undo(row, actor=officer, at=at, reason="Λάθος αρχείο.")
    drain_jobs()
    row.refresh_from_db()
    assert (row.state, facts()) == (ImportState.UNDONE, before)
