"""Pages at national scale: `make bench NAME=pages`.

170,000 teachers, a period in phase A with 1,500 programmes and 60,000 applications. Each page is
asked for by one client of the real server, one request after another, by many people in turn;
CPU is what the processes of the server and of PostgreSQL used meanwhile.
"""

from __future__ import annotations

import random
from datetime import datetime, time, timedelta
from typing import Any

from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.factories import people as someone
from tests.factories.programmes import a_slot

from benchmarks import house, load
from benchmarks import period as scene
from benchmarks.figures import Bench, cpu_of, percentile
from didaskaleio.enrolment.models import Submission
from didaskaleio.enrolment.operations import demanding
from didaskaleio.kernel.clock import ATHENS
from didaskaleio.programmes.models import Programme, Slot, TrainingPeriod

TEACHERS, PROGRAMMES, APPLICATIONS, VISITORS = 170_000, 1_500, 60_000, 60
REQUESTS, WARM = 240, 80
MOST_QUERIES = 30


def stage(size: int) -> TrainingPeriod:
    """A period in phase A; the sizes are shares of the nation's."""
    house.nation(size)
    share = size / TEACHERS
    period = scene.a_period("phase_a")
    rows = scene.programmes(period, max(26, int(PROGRAMMES * share)), "open")
    timetables(rows)
    apply(period, scene.eligible(int(APPLICATIONS * share)))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return period


def timetables(rows: list[Programme]) -> None:
    """Twenty slots each, in the evenings of one weekday, no two programmes clash."""
    slots = []
    for number, row in enumerate(rows):
        start = (
            datetime.combine(timezone.now(), time(16), ATHENS) + timedelta(minutes=number % 4)
        ).time()
        slots += [a_slot(row, n, n * 5, "sync", start=start) for n in range(1, 21)]
    Slot.objects.bulk_create(slots, batch_size=5_000)


def apply(period: TrainingPeriod, people: dict[int, str]) -> None:
    """Submitted applications with up to twenty preferences of the own cluster."""
    chance = random.Random(5)
    codes: dict[str, list[str]] = {}
    for cluster, code in period.programmes.values_list("cluster__code", "code"):
        codes.setdefault(cluster, []).append(code)
    made = scene.applications(period, people, "submitted")
    now = timezone.now()
    sent = Submission.objects.bulk_create(
        (
            Submission(
                application=row,
                version=1,
                preferences=chance.sample(
                    codes[people[row.person_id]], k=min(20, len(codes[people[row.person_id]]))
                ),
                receipt_number=f"2026/{row.pk:06}",
                head="0" * 64,
                head_count=1,
                at=now,
            )
            for row in made
        ),
        batch_size=5_000,
    )
    for row in sent:
        demanding.change(period.pk, (), row.preferences)
    demanding.fold(most=0)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE enrolment_participationapplication a SET submission_id = s.id, rank = NULL"
            " FROM enrolment_submission s WHERE s.application_id = a.id"
        )
    if len(sent) != len(made):
        raise RuntimeError("a submission is missing")


def asks(period: TrainingPeriod) -> dict[str, tuple[float, list[load.Ask]]]:
    """Page → goal in ms of CPU, and the requests for it."""
    learners = list(scene.eligible(VISITORS * 40))[-VISITORS:]
    officer = someone.officer(period.action.body.code)
    keys = scene.sign_in([*learners, officer.pk])
    codes = list(period.programmes.values_list("pk", flat=True)[:REQUESTS])
    front, login, home = reverse("portal:front"), reverse("people:login"), reverse("portal:home")
    catalogue = reverse("enrolment:catalogue")
    report = reverse("kernel:report", args=["enrolment.applications"])

    def of(paths: list[str], who: list[int] | None = None) -> list[load.Ask]:
        found = []
        for n in range(REQUESTS):
            cookie = f"sessionid={keys[who[n % len(who)]]}" if who else ""
            found.append(load.get(n, paths[n % len(paths)], cookie, house.PORT))
        return found

    sheets = [reverse("programmes:programme", args=[pk]) for pk in codes]
    return {
        "public home": (15, of([front])),
        "login": (8, of([login])),
        "personal home": (30, of([home], learners)),
        "catalogue": (40, of([catalogue], learners)),
        "programme sheet": (30, of(sheets, learners)),
        "applications of an officer": (40, of([report], [officer.pk])),
    }


def measure(bench: Bench, name: str, goal: float, all_asks: list[load.Ask]) -> None:
    """CPU of server and database, half and 95 of 100 answers, for one page."""
    load.run(all_asks[:WARM], 1, house.PORT)
    pids, data_pids = house.children_of_server(), house.postgres_processes()
    web, data = cpu_of(pids), cpu_of(data_pids)
    answers, _ = load.run(all_asks, 1, house.PORT)
    web, data = cpu_of(pids) - web, cpu_of(data_pids) - data
    wrong = [answer.status for answer in answers if answer.status != 200]
    bench.most(f"{name}: answers without the page", "answers", len(wrong), 0)
    times = [answer.took * 1000 for answer in answers]
    many = len(answers)
    bench.most(name, "ms CPU", (web + data) / many * 1000, goal)
    bench.told(f"{name}: server", "ms CPU", web / many * 1000)
    bench.told(f"{name}: database", "ms CPU", data / many * 1000)
    bench.told(f"{name}: half of the answers", "ms", percentile(times, 0.5))
    bench.told(f"{name}: 95 of 100", "ms", percentile(times, 0.95))


def count_queries(bench: Bench, name: str, ask: load.Ask) -> None:
    """Queries of one page, asked for inside this process."""
    head = ask.raw.decode().split("\r\n")
    path, client = head[0].split()[1], Client(SERVER_NAME="127.0.0.1")
    cookie = next((x.partition("=")[2] for x in head if x.startswith("Cookie: sessionid")), "")
    if cookie:
        client.cookies["sessionid"] = cookie
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    bench.most(f"{name}: queries", "queries", len(queries), MOST_QUERIES)


def main(size: int = TEACHERS) -> list[str]:
    bench = Bench("pages")
    period = stage(size)
    pages: dict[str, Any] = asks(period)
    for name, (_, page_asks) in pages.items():
        count_queries(bench, name, page_asks[0])
    connections.close_all()
    with house.server(1, 2):
        for name, (goal, page_asks) in pages.items():
            measure(bench, name, goal, page_asks)
    return bench.missed
