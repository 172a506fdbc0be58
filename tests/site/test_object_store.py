"""Files in S3, against a server that speaks S3 over the network (moto's).

Shows: R-163, R-164.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from procrastinate.utils import utcnow

from didaskaleio.delivery.models import Excuse
from didaskaleio.kernel import clock, files, jobs, outage
from didaskaleio.kernel.access import SYSTEM
from didaskaleio.kernel.models import StoredFile
from didaskaleio.site import backing, health
from tests import database
from tests.factories import delivery, people
from tests.site.object_server import KEYS, Server

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
LARGE = PDF + b"%" * 9_000_000  # beyond what S3's library sends in one piece
KIND = files.Kind("tests.objects", "Δοκιμή", "own.pages", (files.PDF,))
IMPORTED = """
import sys, django
django.setup()
from django.core.files.storage import default_storage
try:
    default_storage.exists("x")
except OSError:
    pass
print(*(name for name in ("boto3", "botocore", "storages") if name in sys.modules))
"""


@pytest.fixture(scope="module", autouse=True)
def keys():
    """Of the surroundings, as a deployment gives them."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in KEYS.items():
            patch.setenv(name, value)
        patch.delenv("AWS_PROFILE", raising=False)
        yield


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with (tmp_path_factory.mktemp("s3") / "log").open("wb") as log:
        made = Server(log)
        made.start()
        yield made
        made.stop()


@pytest.fixture
def enter(settings, server):
    """``enter()``: from now on files stand in a new bucket; its name."""

    def into():
        name, address = server.bucket()
        settings.STORAGES = settings.STORAGES | {"default": backing.files(address)}
        return name

    return into


@pytest.fixture
def bucket(enter):
    return enter()


@pytest.fixture
def stopped(server, bucket):
    """The server does not answer, as when its machine is away."""
    server.stop()
    yield
    server.start()


@pytest.fixture
def absent(db, set_clock):
    """The row of a trainee absent from a signed session, who may say why."""
    people.officer()
    session = delivery.sessions_of(delivery.a_running_programme(2))[0]
    delivery.a_signed_session(session, absent=(0,))
    set_clock(session.ends_at)
    return delivery.trainees_of(session)[0]


def excuse(client, absent):
    upload = io.BytesIO(PDF)
    upload.name = "βεβαίωση.pdf"
    address = reverse("delivery:excuse-new", args=[absent.pk])
    return client.post(address, {"text": "Ασθένεια", "file": upload}, follow=True)


def objects(server, bucket):
    listed = server.client.list_objects_v2(Bucket=bucket).get("Contents", ())
    return [each["Key"] for each in listed]


def test_an_upload_stands_in_the_bucket_and_is_read_by_its_owner_only(
    bucket, server, absent, client, login
):
    excuse(login(client, absent.person), absent)
    stored = StoredFile.objects.get()
    assert objects(server, bucket) == [stored.path]
    address = reverse("kernel:file", args=[stored.key])
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert (b"".join(answer), answer["Content-Length"]) == (PDF, str(len(PDF)))
    assert login(Client(), people.a_teacher()).get(address).status_code == 404
    assert Client().get(address).status_code == 404


def test_nobody_else_may_read_an_object_and_no_page_can_name_its_address(bucket, server, db):
    stored = files.store(KIND, PDF, "α.pdf", people.a_person(), actor=SYSTEM, at=clock.now())
    grants = server.client.get_object_acl(Bucket=bucket, Key=stored.path)["Grants"]
    assert [(one["Grantee"]["Type"], one["Permission"]) for one in grants] == [
        ("CanonicalUser", "FULL_CONTROL")
    ]
    with pytest.raises(PermissionError):
        default_storage.url(stored.path)


def test_a_large_file_comes_back_whole_and_a_lost_one_is_an_error(bucket, server, db):
    stored = files.store(KIND, LARGE, "α.pdf", people.a_person(), actor=SYSTEM, at=clock.now())
    assert files.read(stored) == LARGE
    server.client.put_object(Bucket=bucket, Key=stored.path, Body=b"other")
    with pytest.raises(OSError, match="does not match its hash"):
        files.read(stored)
    default_storage.delete(stored.path)
    with pytest.raises(FileNotFoundError):
        files.read(stored)


def test_what_stands_is_never_written_over(bucket):
    first = default_storage.save("a/b", ContentFile(b"first"))
    second = default_storage.save("a/b", ContentFile(b"second"))
    assert first != second
    with default_storage.open(first) as read:
        assert read.read() == b"first"


def test_what_rolled_back_acts_left_is_swept_and_nothing_else(bucket, server, db, monkeypatch):
    monkeypatch.setitem(files.kinds, KIND.name, KIND)
    kept = files.store(KIND, PDF, "α.pdf", people.a_person(), actor=SYSTEM, at=clock.now())
    folder = kept.path.rpartition("/")[0]
    left = default_storage.save(f"{folder}/{0:032x}", ContentFile(PDF))
    part = int(folder.rpartition("/")[2], 16)
    later = utcnow() + timedelta(hours=7)
    assert files.sweep(later, (part + 1) % 256) == 0
    assert files.sweep(utcnow(), part) == 0
    assert sorted(objects(server, bucket)) == sorted([kept.path, left])
    assert files.sweep(later, part) == 1
    assert objects(server, bucket) == [kept.path]


def run(name, *words):
    out = io.StringIO()
    call_command(name, *words, stdout=out)
    return out.getvalue()


@pytest.mark.race
def test_a_backup_of_one_bucket_is_restored_into_another(
    committed_db, bucket, enter, server, tmp_path
):
    stored = files.store(KIND, LARGE, "α.pdf", people.a_person(), actor=SYSTEM, at=clock.now())
    backup, name = tmp_path / "backup", f"{connection.settings_dict['NAME']}_restored"
    assert "Αντιγράφηκαν 1 αρχεία" in run("backup", str(backup))
    assert (backup / "files" / stored.path).read_bytes() == LARGE
    database.copy("template0", name)
    try:
        with database.entered(name):
            with pytest.raises(CommandError, match="Η αποθήκη αρχείων δεν είναι κενή"):
                run("restore", str(backup))
            second = enter()
            assert "αρχεία: 1, λάθη: 0" in run("restore", str(backup))
            assert files.read(StoredFile.objects.get()) == LARGE
            assert objects(server, second) == [stored.path]
    finally:
        database.administer(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_while_the_store_is_away_an_upload_is_refused_in_greek_and_kept_nowhere(
    stopped, absent, client, login
):
    page = excuse(login(client, absent.person), absent).content.decode()
    assert "Η αποθήκη αρχείων δεν απαντά: το αρχείο δεν αποθηκεύτηκε" in page
    assert "Δοκιμάστε ξανά σε λίγα λεπτά." in page
    assert (Excuse.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_while_the_store_is_away_reading_says_when_to_come_again(server, bucket, absent, login):
    client = login(Client(raise_request_exception=False), absent.person)
    excuse(client, absent)
    address = reverse("kernel:file", args=[StoredFile.objects.get().key])
    server.stop()
    try:
        answer = client.get(address)
        with pytest.raises(CommandError, match="Η αποθήκη αρχείων δεν απαντά"):
            run("verify_files")
    finally:
        server.start()
    assert (answer.status_code, answer["Retry-After"]) == (503, "15")
    assert "<h1>Η υπηρεσία επανέρχεται</h1>" in answer.content.decode()


def test_a_job_waits_until_the_store_is_back(stopped, db):
    person = people.a_person()
    with pytest.raises(outage.NoRoomError) as writing:
        files.store(KIND, PDF, "α.pdf", person, actor=SYSTEM, at=clock.now())
    with pytest.raises(outage.StoreAwayError) as reading:
        default_storage.open("a/b")
    for fault in (writing.value, reading.value):
        decision = jobs.Patience(0).get_retry_decision(exception=fault, job=None)
        assert decision.retry_at is not None


def test_a_bucket_that_is_not_there_is_a_fault_and_no_outage(bucket, server, db):
    server.client.delete_bucket(Bucket=bucket)
    with pytest.raises(Exception, match="NoSuchBucket") as fault:
        files.store(KIND, PDF, "α.pdf", people.a_person(), actor=SYSTEM, at=clock.now())
    assert not outage.passes(fault.value)
    assert StoredFile.objects.count() == 0


def test_the_free_disk_is_not_watched_where_files_stand_elsewhere(bucket, db):
    found = health.figures(clock.now())
    assert "free_megabytes" not in found
    assert health.beyond(found) == ["workers"]


def test_the_library_of_s3_is_loaded_only_where_the_setting_asks():
    surroundings = os.environ | {"DJANGO_SETTINGS_MODULE": "didaskaleio.site.settings"}
    address = "s3://archeia?endpoint=http://127.0.0.1:9&region=gr-1"
    for files_at, loaded in (("", ""), (address, "boto3 botocore storages")):
        done = subprocess.run(
            [sys.executable, "-c", IMPORTED],
            env=surroundings | {"DIDASKALEIO_FILES": files_at},
            check=True,
            capture_output=True,
            text=True,
        )
        assert done.stdout.strip() == loaded
