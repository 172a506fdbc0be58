"""Journal, numbers, files, notices and jobs."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from didaskaleio.kernel import files, jobs, journal, notices, numbering
from didaskaleio.kernel.access import SYSTEM
from didaskaleio.kernel.files import FileRefusedError
from didaskaleio.kernel.models import JournalEntry, Notice, NoticePreference, StoredFile
from didaskaleio.structures.models import Region

AT = datetime(2023, 1, 18, 8, 0, tzinfo=UTC)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"
KIND = files.Kind("tests.paper", "Χαρτί", "own.pages", (files.PDF,), limit=100)


@pytest.fixture
def region(db):
    return Region.objects.first()


def test_the_database_refuses_to_change_or_delete_a_journal_line(region):
    entry = journal.write(region, "Δοκιμή", actor=SYSTEM, at=AT, reason="επειδή", figure=3)
    assert entry.data == {"figure": 3}
    for change in (
        lambda: JournalEntry.objects.filter(pk=entry.pk).update(act="Άλλο"),
        lambda: JournalEntry.objects.filter(pk=entry.pk).delete(),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()
    assert journal.of(region).get().act == "Δοκιμή"


def test_numbers_follow_without_gaps_and_begin_anew_each_athens_year(db):
    assert [numbering.protocol("s", at=AT) for _ in range(2)] == ["2023/000001", "2023/000002"]
    assert list(numbering.take("s", at=AT, count=3)) == [3, 4, 5]
    new_year_in_athens = datetime(2023, 12, 31, 22, 30, tzinfo=UTC)
    assert numbering.protocol("s", at=new_year_in_athens) == "2024/000001"


def test_a_number_of_a_rolled_back_act_is_given_again(db):
    with pytest.raises(RuntimeError, match="undo"), transaction.atomic():
        numbering.protocol("s", at=AT)
        raise RuntimeError("undo")
    assert numbering.protocol("s", at=AT) == "2023/000001"


def test_a_file_is_known_by_its_content_not_its_name(region):
    stored = files.accept(KIND, io.BytesIO(PDF), "../../άδεια.exe", region, actor=SYSTEM, at=AT)
    assert (stored.name, stored.content_type, stored.size) == (
        "άδεια.exe",
        "application/pdf",
        len(PDF),
    )
    assert files.read(stored) == PDF


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Το αρχείο είναι κενό"),
        (PDF + b"x" * 100, "ξεπερνά"),
        (b"<script>alert(1)</script>", "Δεκτά είναι μόνο αρχεία PDF"),
        (b"MZ\x90\x00", "Δεκτά είναι μόνο αρχεία PDF"),
    ],
)
def test_a_file_that_is_not_as_declared_is_refused_and_not_kept(region, content, sentence):
    with pytest.raises(FileRefusedError, match=sentence):
        files.accept(KIND, io.BytesIO(content), "a.pdf", region, actor=SYSTEM, at=AT)
    assert StoredFile.objects.count() == 0


def test_an_infected_file_is_refused(region, monkeypatch):
    monkeypatch.setattr(files, "scanners", [lambda content: b"endobj" in content])
    with pytest.raises(FileRefusedError, match="μολυσμένο"):
        files.accept(KIND, io.BytesIO(PDF), "a.pdf", region, actor=SYSTEM, at=AT)


def test_a_file_that_changed_on_disk_is_not_served_as_if_it_were_whole(region, settings):
    stored = files.store(KIND, PDF, "a.pdf", region, actor=SYSTEM, at=AT)
    (settings.MEDIA_ROOT / stored.path).write_bytes(b"other")
    with pytest.raises(OSError, match="does not match its hash"):
        files.read(stored)


@pytest.fixture
def news():
    return notices.Kind("tests.news", "Νέα")


def test_the_same_news_is_told_once_and_mailed_by_the_job(db, news, drain_jobs, mailoutbox):
    from tests.factories.people import a_person

    person = a_person(email="deigma@example.org")
    message = notices.Message(person.pk, "Νέο", "Κείμενο", "news-1", "/home/")
    notices.send(news, [message], at=AT)
    notices.send(news, [message], at=AT)
    drain_jobs()
    assert [m.subject for m in mailoutbox] == ["Νέο"]
    assert "/home/" in mailoutbox[0].body
    assert Notice.objects.get().mail == "sent"


def test_who_switched_a_kind_off_gets_it_in_the_application_only(db, news, drain_jobs, mailoutbox):
    from tests.factories.people import a_person

    person = a_person(email="deigma@example.org")
    NoticePreference.objects.create(person=person, kind="tests.news", by_mail=False)
    notices.send(news, [notices.Message(person.pk, "Νέο", "Κείμενο", "1")], at=AT)
    drain_jobs()
    assert mailoutbox == []
    assert notices.unread(person.pk) == 1


def test_a_job_enqueued_in_an_act_that_rolls_back_was_never_there(db):
    with pytest.raises(RuntimeError, match="undo"), transaction.atomic():
        jobs.enqueue("kernel.mail_notices")
        raise RuntimeError("undo")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        assert cursor.fetchone()[0] == 0


def test_a_long_act_shows_how_far_it_is(db):
    from tests.factories.people import a_person

    work = jobs.begin(
        "x", "Έκδοση", actor=type("A", (), {"user_id": a_person().pk})(), at=AT, total=3
    )
    jobs.advance(work.pk, 2)
    jobs.advance(work.pk)
    jobs.finish(work.pk, "Έγιναν 3.")
    work.refresh_from_db()
    assert (work.done, work.total, work.state, work.message) == (3, 3, "done", "Έγιναν 3.")
