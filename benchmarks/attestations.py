"""Bulk issue of attestations: `make bench NAME=attestations`.

1,000 owed attestations of 50 programmes in one act, as the job does it: data, QR, Typst, PAdES
seal with RSA-3072, stored with rows, journal, notices and a progress bar. The baseline of the same
run is Typst alone, with a different QR each, and one bare signature. CPU counts every process, the
database too; documents a second are told for one core and for all.
"""

from __future__ import annotations

import os
import time
from dataclasses import replace
from datetime import timedelta

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from django.conf import settings
from django.utils import timezone
from tests.factories import completion as factory
from tests.factories import people, programmes

from benchmarks import house
from benchmarks.figures import Bench, cpu_of
from didaskaleio.completion import operations, tasks
from didaskaleio.completion.documents import draft_of
from didaskaleio.completion.models import Attestation
from didaskaleio.credentials import operations as credentials
from didaskaleio.credentials import press, sheet, signed_content
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.kernel.models import Work
from didaskaleio.kernel.typesetting import render
from didaskaleio.people.models import Teacher
from didaskaleio.people.queries import actor_of
from didaskaleio.structures.models import TrainingCentre

ATTESTATIONS, A_PROGRAMME, BARE, ONE_CORE = 1_000, 20, 200, 200
TEACHERS = 20_000


def owed(amount: int) -> None:
    """Programmes that are over, each with trainees who are owed an attestation."""
    period = programmes.a_period("running")
    teachers = list(Teacher.objects.order_by("pk").values_list("person_id", flat=True)[:amount])
    centres = list(TrainingCentre.objects.order_by("pk"))
    now = timezone.now()
    for start in range(0, amount, A_PROGRAMME):
        programme = programmes.a_programme(
            "completed", period=period, centre=centres[start % len(centres)]
        )
        factory.the_sessions(programme)
        rows = ParticipationApplication.objects.bulk_create(
            ParticipationApplication(
                period=period,
                person_id=person,
                number=str(10_000_000 + start + n),
                state="enrolled",
                programme=programme,
            )
            for n, person in enumerate(teachers[start : start + A_PROGRAMME])
        )
        Attestation.objects.bulk_create(
            Attestation(
                application=row,
                programme=programme,
                rules_version=1,
                findings=[
                    {"title": "Απουσίες", "sentence": "2,0 ώρες από 60,0.", "fulfilled": True},
                    {"title": "Διάρκεια", "sentence": "60 διδακτικές ώρες.", "fulfilled": True},
                ],
                hours=60,
                at=now,
            )
            for row in rows
        )


def bare(amount: int) -> float:
    """CPU seconds of a bare document: Typst with a QR of its own, and one signature."""
    attestation = Attestation.objects.order_by("pk")[0]
    at = timezone.now()
    draft = draft_of(attestation, at)
    keys = credentials.keys_of(draft.body)
    pages = []
    for n in range(amount):
        claims = replace(draft.claims, number=f"B-{n:06}", code=credentials.new_code())
        content = signed_content.issue(claims, keys.content_key)
        pages.append(sheet.data(claims, content, draft.sheet))
    render(sheet.TEMPLATE, pages[0], at=at)
    start = time.process_time()
    for page in pages:
        render(sheet.TEMPLATE, page, at=at)
        keys.sealer.key.sign(b"content", padding.PKCS1v15(), hashes.SHA256())
    return (time.process_time() - start) / amount


def issued(amount: int) -> tuple[int, float, float]:
    """Issue the next ``amount``: documents, seconds, CPU seconds of all processes."""
    officer = actor_of(people.officer(), at=timezone.now() + timedelta(seconds=1))
    chosen = Attestation.objects.filter(state="owed").order_by("pk").values_list("pk")[:amount]
    rows = Attestation.objects.filter(pk__in=[pk for (pk,) in chosen])
    work = operations.begin_batch(rows, actor=officer, at=timezone.now())
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    pids = [*house.children(os.getpid()), *house.postgres_processes()]
    spent, start = cpu_of(pids), time.perf_counter()
    for first in range(0, len(ids), tasks.CHUNK):
        Work.objects.filter(pk=work.pk).update(state="running")
        tasks.issue_batch(work.pk, ids[first : first + tasks.CHUNK], [])
    took = time.perf_counter() - start
    pids = [*house.children(os.getpid()), *house.postgres_processes()]
    done = rows.filter(state="issued").count()
    return done, took, cpu_of(pids) - spent


def main(amount: int = ATTESTATIONS) -> list[str]:
    bench = Bench("attestations")
    house.nation(TEACHERS)
    settings.AUTHORITY_DIR.mkdir(parents=True, exist_ok=True)
    factory.an_authority(settings.AUTHORITY_DIR)
    one = min(ONE_CORE, amount)
    owed(amount + one + 2 * A_PROGRAMME)
    alone = bare(BARE)
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(cores)})
    issued(A_PROGRAMME)
    done, took, _ = issued(one)
    bench.told("documents, one core", "documents/s", done / took)
    os.sched_setaffinity(0, cores)
    issued(A_PROGRAMME)  # the processes of the press start once
    done, took, cpu = issued(amount)
    bench.told(f"documents, {press.cores()} cores", "documents/s", done / took)
    bench.most("not issued", "documents", amount - done, 0)
    bench.most("CPU of a document", "ms", cpu / done * 1000, 6, alone * 1000)
    return bench.missed
