"""A worker killed in the middle of a bulk issue: another takes it up, nothing twice or left out.

Shows: R-065
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest
from django.db import connection

from didaskaleio.completion import operations
from didaskaleio.completion.models import Attestation
from didaskaleio.credentials.models import Credential
from didaskaleio.kernel import jobs
from didaskaleio.kernel.models import Notice, StoredDocument, Work
from tests.factories import completion, people

pytestmark = pytest.mark.race
SIZE = 30
PATIENCE = 90


@contextmanager
def a_worker(folder):
    """A real worker process on the test's database; killed at the end if it still lives."""
    facts = connection.settings_dict
    address = f"postgresql://{facts['USER']}@/{facts['NAME']}?host={facts['HOST']}"
    environment = os.environ | {
        "DATABASE_URL": address,
        "DIDASKALEIO_VAR": str(folder),
        "DJANGO_SETTINGS_MODULE": "didaskaleio.site.settings",
    }
    program = [sys.executable, "-m", "django", "worker", "--concurrency", "1", "--tick", "0.5"]
    with subprocess.Popen(program, env=environment, stderr=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.kill()


def wait_for(what):
    """Look every tenth of a second until it is true, or fail."""
    until = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < until, "the worker did not come so far"
        time.sleep(0.1)


def nobody_is_heard():
    """The dead worker's last sign was a minute ago."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = NOW() - INTERVAL '1 minute'"
        )


def test_a_worker_killed_in_the_middle_leaves_neither_gap_nor_double(
    committed_db, at, actor_for, authority, authority_folder, tmp_path
):
    shutil.copytree(authority_folder, tmp_path / "authority")
    programme = completion.a_class(SIZE)
    operations.settle(programme, at=at)
    work = operations.begin_batch(
        Attestation.objects.all(), actor=actor_for(people.officer()), at=at
    )
    with a_worker(tmp_path) as first:
        wait_for(lambda: Work.objects.get(pk=work.pk).done >= 3)
        first.send_signal(signal.SIGKILL)
    begun = Credential.objects.count()
    assert 3 <= begun < SIZE
    assert Work.objects.get(pk=work.pk).done == begun
    assert jobs.revive() == 0  # perhaps it only breathes slowly
    nobody_is_heard()
    with a_worker(tmp_path):
        wait_for(lambda: Work.objects.get(pk=work.pk).state == "done")
    work.refresh_from_db()
    assert (work.done, work.message) == (SIZE, f"Εκδόθηκαν {SIZE} βεβαιώσεις.")
    numbers = Credential.objects.order_by("number").values_list("number", flat=True)
    assert [number[-6:] for number in numbers] == [f"{n:06d}" for n in range(1, SIZE + 1)]
    assert not Attestation.objects.exclude(state="issued").exists()
    assert StoredDocument.objects.count() == SIZE
    assert Notice.objects.filter(kind="completion.issued").count() == SIZE
