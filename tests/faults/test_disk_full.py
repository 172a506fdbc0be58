"""The disk is full while a file is stored: said in Greek, nothing half kept, done later.

The limit is the operating system's own on the size of files (``RLIMIT_FSIZE``): a write beyond
it fails in the middle, as on a full disk, and no other process feels it.

Shows: R-163.
"""

from __future__ import annotations

import os
import resource
import shutil
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.utils import utcnow

from didaskaleio.completion import operations
from didaskaleio.completion.models import Attestation
from didaskaleio.credentials.models import Credential
from didaskaleio.delivery.models import Excuse
from didaskaleio.kernel import files, outage
from didaskaleio.kernel.access import SYSTEM
from didaskaleio.kernel.models import StoredDocument, StoredFile, Work
from didaskaleio.people.queries import actor_of
from tests.completion.conftest import END
from tests.factories import completion, delivery, people
from tests.faults import ground

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
LARGE = PDF + b"%" * 100_000
ROOM = 20_000  # bytes; the smallest attestation is larger


@contextmanager
def a_full_disk(size=ROOM):
    """No file of this process grows beyond ``size`` bytes."""
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, usual[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)


def on_disk(folder):
    return sorted(path.name for path in Path(folder).rglob("*") if path.is_file())


@pytest.fixture
def absent(db):
    """The row of a trainee absent from a signed session."""
    people.officer()
    programme = delivery.a_running_programme(2)
    session = delivery.sessions_of(programme)[0]
    delivery.a_signed_session(session, absent=(0,))
    return delivery.trainees_of(session)[0]


def test_an_upload_that_does_not_fit_is_refused_in_greek_and_leaves_nothing(
    absent, client, login, set_clock, settings
):
    set_clock(absent.session.ends_at)
    login(client, absent.person)
    address = reverse("delivery:excuse-new", args=[absent.pk])

    def send():
        upload = BytesIO(LARGE)
        upload.name = "βεβαίωση.pdf"
        return client.post(address, {"text": "Ασθένεια", "file": upload}, follow=True)

    with a_full_disk():
        page = send().content.decode()
    assert "Ο χώρος αποθήκευσης γέμισε: το αρχείο δεν αποθηκεύτηκε" in page
    assert "Δοκιμάστε ξανά σε λίγη ώρα." in page
    assert (Excuse.objects.count(), StoredFile.objects.count()) == (0, 0)
    assert on_disk(settings.MEDIA_ROOT) == []
    send()
    stored = StoredFile.objects.get()
    assert files.read(stored) == LARGE
    assert on_disk(settings.MEDIA_ROOT) == [stored.key.hex]


@pytest.mark.race
def test_a_bulk_issue_waits_for_room_and_then_goes_on_without_gap_or_double(
    committed_db, authority, authority_folder, tmp_path
):
    shutil.copytree(authority_folder, tmp_path / "authority")
    settle_and_begin()
    work = Work.objects.get()
    ground.stand_at(END)
    with ground.a_worker(tmp_path) as worker:
        resource.prlimit(worker.pid, resource.RLIMIT_FSIZE, (ROOM, resource.RLIM_INFINITY))
        job = ProcrastinateJob.objects.filter(task_name="completion.issue_batch")
        ground.wait_for(lambda: job.filter(status="todo", attempts=1).exists())
        assert Credential.objects.count() == StoredDocument.objects.count() == 0
        assert on_disk(tmp_path / "files") == []
        assert Attestation.objects.filter(state="owed").count() == 3
        unlimited = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
        resource.prlimit(worker.pid, resource.RLIMIT_FSIZE, unlimited)
        a_minute_later()
        ground.wait_for(lambda: Work.objects.get(pk=work.pk).state == "done")
    numbers = Credential.objects.order_by("number").values_list("number", flat=True)
    assert [number[-6:] for number in numbers] == ["000001", "000002", "000003"]
    keys = StoredFile.objects.values_list("key", flat=True)
    assert on_disk(tmp_path / "files") == sorted(key.hex for key in keys)
    assert Work.objects.get(pk=work.pk).message == "Εκδόθηκαν 3 βεβαιώσεις."


def settle_and_begin():
    programme = completion.a_class(3)
    operations.settle(programme, at=END)
    officer = actor_of(people.officer(), at=END)
    operations.begin_batch(Attestation.objects.all(), actor=officer, at=END)


@pytest.fixture
def at():
    return END


def a_minute_later():
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'")


@pytest.fixture
def kind(monkeypatch):
    made = files.Kind("tests.sweep", "Δοκιμή", "x", (files.PDF,))
    monkeypatch.setitem(files.kinds, made.name, made)
    return made


def stored_and_left(kind, subject, ages):
    """A stored file and files of acts that never were, of these ages, in its folder."""
    kept = files.store(kind, PDF, "α.pdf", subject, actor=SYSTEM, at=END)
    folder = kept.path.rpartition("/")[0]
    for number, age in enumerate(ages):
        left = default_storage.save(f"{folder}/{number:032x}", BytesIO(PDF))
        backdate(left, age)
    backdate(kept.path, timedelta(days=400))
    return kept, folder


def backdate(path, age):
    moment = (utcnow() - age).timestamp()
    os.utime(default_storage.path(path), (moment, moment))


def test_what_rolled_back_acts_left_is_swept_and_nothing_else(db, kind):
    young, old = timedelta(hours=5), timedelta(hours=7)
    kept, folder = stored_and_left(kind, people.a_person(), [young, old, old])
    default_storage.save(f"{folder}/readme.txt", BytesIO(b"by hand"))
    part = int(folder.rpartition("/")[2], 16)
    assert files.sweep(utcnow(), (part + 1) % 256) == 0
    assert files.sweep(utcnow(), part) == 2
    assert files.sweep(utcnow(), part) == 0
    _, names = default_storage.listdir(folder)
    assert sorted(names) == sorted([f"{0:032x}", kept.key.hex, "readme.txt"])


def test_another_fault_of_the_disk_is_not_taken_for_a_full_one(db, kind, settings):
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True)
    (folder / kind.name).write_text("a file where a folder should be")
    with pytest.raises(OSError) as fault:
        files.store(kind, PDF, "α.pdf", people.a_person(), actor=SYSTEM, at=END)
    assert not outage.passes(fault.value)
    assert StoredFile.objects.count() == 0
