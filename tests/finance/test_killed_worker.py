"""A worker killed in the middle of many contracts: another takes it up, none twice, no gap.

Shows: R-072
"""

from __future__ import annotations

import shutil
import signal

import pytest

from didaskaleio.credentials.models import SigningCase
from didaskaleio.finance import operations, queries
from didaskaleio.finance.models import Contract
from didaskaleio.kernel import jobs
from didaskaleio.kernel.models import StoredDocument, Work
from tests.completion.test_killed_worker import a_worker, nobody_is_heard, wait_for
from tests.factories import finance

pytestmark = pytest.mark.race
SIZE = 20


def test_contracts_killed_in_the_middle_are_issued_once_each(
    committed_db, at, actor_for, authority, authority_folder, tmp_path
):
    shutil.copytree(authority_folder, tmp_path / "authority")
    for _ in range(SIZE):
        finance.a_contract()
    desk = actor_for(finance.a_desk())
    work = operations.begin_issuing(queries.contracts(), actor=desk, at=at)
    with a_worker(tmp_path) as first:
        wait_for(lambda: Work.objects.get(pk=work.pk).done >= 3)
        first.send_signal(signal.SIGKILL)
    begun = Contract.objects.filter(state="signing").count()
    assert 3 <= begun < SIZE
    assert Work.objects.get(pk=work.pk).done == begun
    nobody_is_heard()
    assert jobs.revive() == 1
    with a_worker(tmp_path):
        wait_for(lambda: Work.objects.get(pk=work.pk).state == "done")
    work.refresh_from_db()
    assert (work.done, work.message) == (SIZE, f"{SIZE} συμβάσεις: εκδόθηκαν και στάλθηκαν.")
    numbers = Contract.objects.order_by("number").values_list("number", flat=True)
    assert [number[-6:] for number in numbers] == [f"{n:06d}" for n in range(1, SIZE + 1)]
    assert StoredDocument.objects.count() == SIZE
    assert SigningCase.objects.count() == SIZE
