"""The publication of a nation's draw: `make bench NAME=publish`.

170,000 applications × 20 preferences × 12,000 programmes of 15 places in a nation of as many
teachers. From the frozen bytes to the published result with ranks, places, states, waiting lists,
journal and commit, as the job does it; the baseline of the same run is the COPY of the same rows,
with places and ranks, into their real table. The freeze and the notices before and after are told.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from django.conf import settings
from django.db import connection, connections, transaction
from django.utils import timezone

from benchmarks import draw as demands
from benchmarks import house
from benchmarks import period as scene
from benchmarks.figures import Bench
from didaskaleio.enrolment import draw as draws
from didaskaleio.enrolment import seal
from didaskaleio.enrolment.models import Draw, ParticipationApplication
from didaskaleio.enrolment.operations import freezing, publishing
from didaskaleio.enrolment.queries import facts
from didaskaleio.enrolment.tasks import telling
from didaskaleio.kernel.models import Work
from didaskaleio.people.models import Person
from didaskaleio.programmes.models import Programme, TrainingPeriod
from didaskaleio.structures.models import Cluster, TrainingCentre

APPLICATIONS = 170_000
COPIES = 2
SAMPLE = 10_000
APPLICATION = "enrolment_participationapplication"
SUBMISSION = "enrolment_submission"
CHUNK = 1 << 20
AT = timezone.now()
CARRY = "from benchmarks import house; house.open_house(); from benchmarks import publish; "


def the_period() -> TrainingPeriod:
    period = scene.a_period("phase_b", code="B2-2023-2")
    TrainingPeriod.objects.filter(pk=period.pk).update(state="frozen")
    period.refresh_from_db()
    return period


def the_programmes(period: TrainingPeriod, frozen: draws.Frozen) -> None:
    centres = list(TrainingCentre.objects.order_by("pk"))
    clusters = list(Cluster.objects.filter(scheme_id=period.action.scheme_id).order_by("order"))
    kinds = {kind.code: kind for kind in period.action.categories.all()}
    Programme.objects.bulk_create(
        (
            Programme(
                period=period,
                code=row.id,
                centre=centres[n % len(centres)],
                category=kinds[row.category],
                cluster=clusters[n % len(clusters)],
                capacity=row.capacity,
                minimum=row.minimum,
                state="open",
                state_since=AT,
            )
            for n, row in enumerate(frozen.programmes)
        ),
        batch_size=2_000,
    )


def the_applications(period: TrainingPeriod, frozen: draws.Frozen) -> None:
    """Applications and their submissions by COPY, as they stand before the freeze."""
    people = list(Person.objects.filter(teacher__isnull=False).order_by("pk").values_list("pk"))
    cluster = Cluster.objects.filter(scheme_id=period.action.scheme_id).order_by("order")[0].pk
    codes = [row.id for row in frozen.programmes]
    with transaction.atomic(), connection.cursor() as cursor:
        columns = "id, period_id, person_id, number, cluster_id, state, draft, submission_id"
        words = f"COPY {APPLICATION} ({columns}, in_draw, excluded_reason) FROM STDIN"
        with cursor.copy(words) as copy:
            for n, number in enumerate(frozen.numbers, start=1):
                person = people[n - 1][0]
                known = (n, period.pk, person, number, cluster)
                copy.write_row((*known, "submitted", "{}", n, False, ""))
        columns = "id, application_id, version, preferences, facts, receipt_number, head"
        with cursor.copy(f"COPY {SUBMISSION} ({columns}, head_count, at) FROM STDIN") as copy:
            for n, ranked in enumerate(frozen.preferences, start=1):
                chosen = "{" + ",".join(codes[place] for place in ranked) + "}"
                copy.write_row((n, n, 1, chosen, "{}", f"2023/{n:06}", "0" * 64, n, AT))
        for table in (APPLICATION, SUBMISSION):
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"
            )


def the_draw(period: TrainingPeriod) -> Draw:
    owner = Person.objects.order_by("pk")[0]
    secret = bytes.fromhex(demands.SECRET)
    work = Work.objects.create(kind="enrolment.draw", title="b", owner=owner, at=AT, total=8)
    return Draw.objects.create(
        period=period,
        state="computing",
        commitment=demands.COMMITMENT,
        secret_sealed=seal.seal(secret, settings.SECRET_KEY, period.code),
        beacon_source="b",
        beacon_at=AT,
        beacon_pattern="[0-9a-f]{64}",
        beacon_example="0f" * 32,
        beacon="0f" * 32,
        committed_at=AT,
        work=work,
    )


def carry(draw_id: int) -> None:
    """In a process of its own: publish; print seconds, MiB at the peak, seconds of each part."""
    from didaskaleio.enrolment.tasks import drawing

    draw = Draw.objects.select_related("period", "work__owner").get(pk=draw_id)
    marks = [time.perf_counter()]

    def progress() -> None:
        drawing._apart(draw.work_id or 0)  # noqa: SLF001
        marks.append(time.perf_counter())

    publishing.carry_out(draw, at=AT, progress=progress)
    marks.append(time.perf_counter())
    status = Path("/proc/self/status").read_text()
    peak = int(status.partition("VmHWM:")[2].split()[0]) / 1024
    parts = [round(after - before, 2) for before, after in pairwise(marks)]
    print(json.dumps({"took": marks[-1] - marks[0], "peak": peak, "parts": parts}))


def carried(draw_id: int) -> dict[str, Any]:
    ran = subprocess.run(
        [sys.executable, "-c", f"{CARRY}publish.carry({draw_id})"],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def out(table: str, file: IO[bytes]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} TO STDOUT") as copy:
        for part in copy:
            file.write(part)


def into(table: str, file: IO[bytes], cursor: Any) -> None:
    file.seek(0)
    with cursor.copy(f"COPY {table} FROM STDIN") as copy:
        while part := file.read(CHUNK):
            copy.write(part)


def copied() -> float:
    """Seconds of the COPY of the applications as they now stand into the emptied table."""
    took = []
    with TemporaryFile() as applications, TemporaryFile() as submissions:
        out(APPLICATION, applications)
        out(SUBMISSION, submissions)
        for _ in range(COPIES):
            with connection.cursor() as cursor:
                cursor.execute(f"TRUNCATE {APPLICATION} CASCADE")
                cursor.execute("CHECKPOINT")
                with transaction.atomic():
                    cursor.execute("SET session_replication_role = replica")
                    into(SUBMISSION, submissions, cursor)
                    cursor.execute("SET session_replication_role = origin")
                    start = time.perf_counter()
                    into(APPLICATION, applications, cursor)
                took.append(time.perf_counter() - start)
    return min(took)


def frozen(bench: Bench, period: TrainingPeriod, draw: Draw) -> None:
    """Settle eligibility and keep the bytes; all take part, so that the draw has its size."""
    start = time.perf_counter()
    ids = list(
        ParticipationApplication.objects.order_by("pk").values_list("pk", flat=True)[:SAMPLE]
    )
    about = facts.period_facts(period, AT)
    for first in range(0, len(ids), freezing.BATCH):
        with transaction.atomic():
            freezing._settle_batch(  # noqa: SLF001
                period, about, ids[first : first + freezing.BATCH]
            )
    each = (time.perf_counter() - start) / len(ids)
    bench.told("freeze: eligibility settled", "s a 1,000", each * 1_000)
    ParticipationApplication.objects.update(in_draw=True, excluded_reason="")
    start = time.perf_counter()
    draw.frozen = freezing.frozen_bytes(period)
    bench.told("freeze: bytes", "s", time.perf_counter() - start)
    draw.freeze_hash = draws.freeze_hash(draw.frozen)
    draw.save()


def main(amount: int = APPLICATIONS) -> list[str]:
    bench = Bench("publish")
    house.nation(max(amount, 51))
    listed = draws.read_bundle(demands.demand(amount, 15)).frozen
    period = the_period()
    the_programmes(period, listed)
    the_applications(period, listed)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    draw = the_draw(period)
    frozen(bench, period, draw)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")
    with closing(connections["default"]):
        found = carried(draw.pk)
    print(f"# seconds of each part: {found['parts']}", file=sys.stderr)
    start = time.perf_counter()
    telling.tell_drawn(draw.pk)
    bench.told("notices of the result", "s", time.perf_counter() - start)
    copy = copied()
    bench.most("publish", "s", found["took"], 3.5, copy)
    bench.most("publish: peak", "MiB", found["peak"], 1024)
    return bench.missed
