"""Contracts in bulk: `make bench NAME=contracts`.

10,000 contracts in preparation are issued as the job does it, each in a transaction of its own:
checks, number without gaps, Typst, the stored PDF, the signing case, the seal of the body with
RSA-3072, journal, notices, progress. The baseline of the same run is Typst and the seal alone.
"""

from __future__ import annotations

import os
import time
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from tests.factories import completion, finance, programmes, structures

from benchmarks import house
from benchmarks.figures import Bench, cpu_of
from didaskaleio.credentials import operations as credentials
from didaskaleio.credentials.signing import adding
from didaskaleio.finance import operations, queries, tasks
from didaskaleio.finance.documents import CONTRACT_PDF, contract_data
from didaskaleio.finance.models import Contract, Payee
from didaskaleio.kernel.models import Work
from didaskaleio.kernel.sealed import blind_index
from didaskaleio.kernel.typesetting import render
from didaskaleio.people.models import Person, Teacher
from didaskaleio.people.queries import actor_of

CONTRACTS, BARE, TEACHERS, BATCH = 10_000, 100, 20_000, 1_000


def prepared(amount: int) -> None:
    """As many payees with confirmed facts, each with a contract in preparation."""
    body = structures.a_body()
    template, action, now = finance.a_template(), programmes.an_action(body=body), timezone.now()
    ids = Teacher.objects.order_by("pk").values_list("person_id", flat=True)[:amount]
    made = (_payee(body, person) for person in ids)
    payees = Payee.objects.bulk_create(made, batch_size=BATCH)
    contracts = (
        Contract(
            body=body,
            kind="trainer",
            template=template,
            payee=payee,
            action=action,
            duties="Διδασκαλία 60 ωρών",
            hours=60,
            starts_on=now.date(),
            ends_at=now + timedelta(days=100),
            at=now,
        )
        for payee in payees
    )
    Contract.objects.bulk_create(contracts, batch_size=BATCH)


def _payee(body: object, person: int) -> Payee:
    facts = finance.facts()
    mark = blind_index(facts["afm"], queries.AFM)
    return Payee(body=body, person_id=person, state="confirmed", version=1, afm_index=mark, **facts)


def bare(amount: int) -> float:
    """CPU seconds of one contract typeset and sealed, and nothing else."""
    contract = queries.contracts()[0]
    sealer, at = credentials.keys_of(contract.body).sealer, timezone.now()
    pages = [contract_data(contract) | {"number": f"B-{n:06}"} for n in range(amount + 1)]
    start = 0.0
    for number, page in enumerate(pages):
        if number == 1:  # the first opens the fonts and the key
            start = time.process_time()
        pdf = render(CONTRACT_PDF.template, page, at=at)
        adding.seal_turn(pdf, sealer, field="Signature1", reason="Σφραγίδα", at=at)
    return (time.process_time() - start) / amount


def issued(desk: Person) -> tuple[int, float, float]:
    """Issue all that is prepared: contracts, seconds, CPU seconds of all processes."""
    actor = actor_of(desk, at=timezone.now() + timedelta(seconds=1))
    work = operations.begin_issuing(queries.contracts(), actor=actor, at=timezone.now())
    ids = list(Contract.objects.order_by("pk").values_list("pk", flat=True))
    pids = [*house.children(os.getpid()), *house.postgres_processes()]
    spent, start = cpu_of(pids), time.perf_counter()
    for first in range(0, len(ids), tasks.CHUNK):
        Work.objects.filter(pk=work.pk).update(state="running")
        tasks.issue(work.pk, ids[first : first + tasks.CHUNK], [])
    took = time.perf_counter() - start
    pids = [*house.children(os.getpid()), *house.postgres_processes()]
    return Contract.objects.filter(state="signing").count(), took, cpu_of(pids) - spent


def main(amount: int = CONTRACTS) -> list[str]:
    bench = Bench("contracts")
    house.nation(TEACHERS)
    settings.AUTHORITY_DIR.mkdir(parents=True, exist_ok=True)
    completion.an_authority(settings.AUTHORITY_DIR)
    prepared(amount)
    alone = bare(BARE)
    done, took, cpu = issued(finance.a_desk())
    numbers = Contract.objects.exclude(number="").values("number").distinct().count()
    bench.told("contracts sealed, one process", "contracts/s", done / took)
    bench.most("not issued", "contracts", amount - done, 0)
    bench.most("numbers given twice", "numbers", done - numbers, 0)
    bench.most("CPU of a contract", "ms", cpu / done * 1000, 4, alone * 1000)
    return bench.missed
