"""Phase B over HTTP: `make bench NAME=phase_b`.

1,000 programmes of 15 places, 20,000 requests of as many people from 200 clients, against the
real server and a durable PostgreSQL. The baseline is pgbench on the same database in the same
run: take a place of a programme and write a row of a log, as two prepared statements in one
transaction (-c 8 -j 2), on two bare tables; the mean of a run before and one after. What the same
two statements cost on the tables of the platform, with their keys and indexes, is told beside it.
"""

from __future__ import annotations

import random
import re
import subprocess
import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection, connections
from django.db.models import Max, Min

from benchmarks import house, load
from benchmarks import period as scene
from benchmarks.figures import Bench, cpu_of, percentile
from didaskaleio.enrolment.models import ParticipationApplication, PhaseBLog

TEACHERS, PROGRAMMES, REQUESTS, CLIENTS = 60_000, 1_000, 20_000, 200
SCRIPT = """
\\set one random(1, {programmes})
BEGIN;
UPDATE bench_place SET taken = taken + 1 WHERE id = :one;
INSERT INTO bench_log (place, number) VALUES (:one, 12345678);
COMMIT;
"""
OWN_TABLES = """
\\set one random({programmes})
\\set who random({applications})
BEGIN;
UPDATE enrolment_participationapplication SET state = 'placed', programme_id = :one,
    place_sequence = nextval('enrolment_place_sequence') WHERE id = :who;
INSERT INTO enrolment_phaseblog
    (sequence, period_id, programme_id, application_id, number, outcome, reason, at)
VALUES (nextval('enrolment_place_sequence'), {period}, :one, :who, '12345678', 'placed', '', now());
COMMIT;
"""


def pgbench(sql: str, seconds: int = 8) -> float:
    """Transactions per second of the two statements."""
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(sql)
        script.flush()
        Path(script.name).chmod(0o644)
        words = ["-n", "-c", "8", "-j", "2", "-M", "prepared", "-T", str(seconds)]
        ran = subprocess.run(
            [house.pgbench(), *words, "-f", script.name, house.dsn()],
            check=True,
            capture_output=True,
            text=True,
        )
    found = re.search(r"tps = ([\d.]+)", ran.stdout)
    if not found:
        raise RuntimeError(ran.stdout + ran.stderr)
    return float(found[1])


def prepare_pgbench() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_place (id int PRIMARY KEY, taken int NOT NULL)")
        cursor.execute(
            "CREATE TABLE bench_log (id bigserial PRIMARY KEY, place int, number text,"
            " at timestamptz DEFAULT now())"
        )
        cursor.execute(
            "INSERT INTO bench_place SELECT n, 0 FROM generate_series(1, %s) n", [PROGRAMMES]
        )


def requests(period: Any, people: dict[int, str], *, hot: bool) -> list[load.Ask]:
    """One request a person, for a programme of the person's cluster; ``hot``: always the same."""
    chance = random.Random(11)
    keys = scene.sign_in(list(people))
    by_cluster: dict[str, list[str]] = defaultdict(list)
    rows = period.programmes.order_by("pk").values_list("cluster__code", "code")
    for cluster, code in rows:
        by_cluster[cluster].append(code)
    asks = []
    for person, cluster in people.items():
        codes = by_cluster[cluster]
        code = codes[0] if hot else chance.choice(codes)
        cookies = f"sessionid={keys[person]}; csrftoken={scene.CSRF}"
        path = f"/phase-b/{period.code}/claim/{code}/"
        body = f"csrfmiddlewaretoken={scene.CSRF}"
        asks.append(load.post(person, path, cookies, body, house.PORT))
    chance.shuffle(asks)
    return asks


def check(bench: Bench, period: Any, asks: list[load.Ask], answers: list[load.Answer]) -> None:
    """No overbooking, the order of acceptance is that of the log, no request lost."""
    statuses = Counter(a.status for a in answers)
    bench.most("requests without a redirect", "requests", len(asks) - statuses[302], 0)
    logged = PhaseBLog.objects.filter(period=period)
    bench.most("requests missing in the log", "requests", len(asks) - logged.count(), 0)
    held: Counter[int] = Counter(
        ParticipationApplication.objects.filter(period=period, state="placed").values_list(
            "programme_id", flat=True
        )
    )
    bench.most("places of the fullest programme", "places", max(held.values()), 15)
    placed = logged.filter(outcome="placed").order_by("sequence")
    bench.most("places without a line of the log", "places", sum(held.values()) - placed.count(), 0)
    order: dict[int, list[str]] = defaultdict(list)
    for programme, outcome in logged.order_by("sequence").values_list("programme_id", "outcome"):
        order[programme].append(outcome)
    late = sum("full" in row and "placed" in row[row.index("full") :] for row in order.values())
    bench.most("programmes with a place after «full»", "programmes", late, 0)


@dataclass(frozen=True)
class Walk:
    """Requests a second; transactions of pgbench around them, on bare and on our own tables.

    ``cpu`` is what a request costs server and database, in ms.
    """

    rate: float
    bare: float
    own: float
    cpu: float


def walk(
    bench: Bench, name: str, amount: int, *, hot: bool = False, workers: int = 2, threads: int = 2
) -> Walk:
    """One opening of phase B in a fresh copy of the nation; requests decided per second."""
    house.nation(TEACHERS)
    period = scene.a_period("phase_b")
    scene.programmes(period, PROGRAMMES, "filling")
    people = scene.eligible(REQUESTS)
    if hot:
        people = of_one_cluster(people)
    people = dict(list(people.items())[:amount])
    scene.applications(period, people)
    asks = requests(period, people, hot=hot)
    prepare_pgbench()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    connections.close_all()
    bare = SCRIPT.format(programmes=PROGRAMMES)
    before = pgbench(bare)
    with house.server(workers, threads) as pids:
        web, data = cpu_of(pids), cpu_of(house.postgres_processes())
        answers, took = load.run(asks, CLIENTS, house.PORT)
        web, data = cpu_of(pids) - web, cpu_of(house.postgres_processes()) - data
    after = pgbench(bare)
    check(bench, period, asks, answers)
    rate = len(answers) / took
    times = [answer.took * 1000 for answer in answers]
    bench.told(f"{name}: server", "ms CPU a request", web / len(answers) * 1000)
    bench.told(f"{name}: database", "ms CPU a request", data / len(answers) * 1000)
    bench.told(f"{name}: answer, half", "ms", percentile(times, 0.5))
    bench.told(f"{name}: answer, 95 of 100", "ms", percentile(times, 0.95))
    own = pgbench(own_tables(period))
    return Walk(rate, (before + after) / 2, own, (web + data) / len(answers) * 1000)


def own_tables(period: Any) -> str:
    """The two statements on the tables of the platform, over the rows of this period."""
    spans = {
        name: f"{ids['least']}, {ids['most']}"
        for name, ids in (
            ("programmes", period.programmes.aggregate(least=Min("pk"), most=Max("pk"))),
            ("applications", period.applications.aggregate(least=Min("pk"), most=Max("pk"))),
        )
    }
    return OWN_TABLES.format(period=period.pk, **spans)


def of_one_cluster(people: dict[int, str]) -> dict[int, str]:
    """Those of the largest cluster, who may all ask for the same programme."""
    largest, _ = Counter(people.values()).most_common(1)[0]
    return {person: cluster for person, cluster in people.items() if cluster == largest}


def main(amount: int = REQUESTS) -> list[str]:
    bench = Bench("phase_b")
    spread = walk(bench, "spread", amount)
    bench.least("decided", "requests/s", spread.rate, 0.08, spread.bare)
    bench.told("decided, own tables", "requests/s", spread.rate, spread.own)
    hot = walk(bench, "hot", amount, hot=True)
    bench.least("decided, one hot programme", "requests/s", hot.rate, 0.5, spread.rate)
    bench.most("refusal against place", "ms CPU", hot.cpu, 1, spread.cpu)
    few = walk(bench, "8 connections", amount, workers=2, threads=4)
    many = walk(bench, "64 connections", amount, workers=4, threads=16)
    bench.least("decided by 8 connections", "requests/s", few.rate, 1, many.rate)
    return bench.missed
