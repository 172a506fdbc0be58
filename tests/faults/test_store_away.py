"""The store of files on another machine is away while documents are issued: they come later.

Shows: R-163.
"""

from __future__ import annotations

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from didaskaleio.completion import operations
from didaskaleio.completion.models import Attestation
from didaskaleio.credentials.models import Credential
from didaskaleio.kernel.models import StoredFile, Work
from didaskaleio.people.queries import actor_of
from tests.completion.conftest import END
from tests.factories import completion, people
from tests.faults import ground
from tests.site.object_server import KEYS, Server

MANY = 3


def begin():
    operations.settle(completion.a_class(MANY), at=END)
    officer = actor_of(people.officer(), at=END)
    return operations.begin_batch(Attestation.objects.all(), actor=officer, at=END)


def a_minute_later():
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'")


@pytest.mark.race
def test_a_bulk_issue_waits_for_the_store_and_then_goes_on_without_gap_or_double(
    committed_db, tmp_path, settings
):
    settings.AUTHORITY_DIR = tmp_path / "authority"
    completion.an_authority(settings.AUTHORITY_DIR)
    work = begin()
    ground.stand_at(END)
    with (tmp_path / "s3.log").open("wb") as log:
        server = Server(log)
        server.start()
        name, address = server.bucket()
        server.stop()
        with ground.a_worker(tmp_path, DIDASKALEIO_FILES=address, **KEYS) as worker:
            job = ProcrastinateJob.objects.filter(task_name="completion.issue_batch")
            ground.wait_for(lambda: job.filter(status="todo", attempts=1).exists())
            assert Credential.objects.count() == StoredFile.objects.count() == 0
            assert Attestation.objects.filter(state="owed").count() == MANY
            server.start()
            try:
                server.bucket(name)
                a_minute_later()
                ground.wait_for(lambda: Work.objects.get(pk=work.pk).state == "done")
                assert worker.poll() is None
                stand_once(server, name)
            finally:
                server.stop()
    assert Work.objects.get(pk=work.pk).message == f"Εκδόθηκαν {MANY} βεβαιώσεις."


def stand_once(server, bucket):
    """Numbers without a gap, and an object for every row."""
    numbers = Credential.objects.order_by("number").values_list("number", flat=True)
    assert [number[-6:] for number in numbers] == [f"{n:06d}" for n in range(1, MANY + 1)]
    listed = server.client.list_objects_v2(Bucket=bucket)["Contents"]
    paths = StoredFile.objects.values_list("path", flat=True)
    assert sorted(each["Key"] for each in listed) == sorted(paths)
    assert len(paths) >= MANY
