"""Lists of a call with 20,000 candidacies by 30 criteria: `make bench NAME=lists`.

Both publications as an officer asks for them: guard, ranking, act, files, rows, journal; then the
notices, which a job sends, and the preview before. The baseline of the same run is the pure core
alone on the same answers: what counts, ranking, the two files. Then the board of an assessment of
a tenth of the candidacies by 60 assessors.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.factories import people as someone

from benchmarks import calls, house
from benchmarks import period as scene
from benchmarks.figures import Bench, seconds
from didaskaleio.kernel.access import Actor
from didaskaleio.people.enums import Role, Scope
from didaskaleio.registers import assessments, operations, ranking, standings, tasks
from didaskaleio.registers.enums import ListStage
from didaskaleio.registers.models import AssessmentPlan, Call, RankingList, RankingRow

CANDIDACIES, ASSESSORS, SHARE = 20_000, 60, 10
TEACHERS = 20_000
LATER = timedelta(days=40)


def took(act: Callable[[], object]) -> float:
    """The seconds of one act."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def core(call: Call) -> float:
    """Seconds of the pure core on the answers of the call, read beforehand."""
    found = standings.rank(call, ListStage.PROVISIONAL, "b")
    read = found.rules.form
    rows = call.candidacies.select_related("submission").order_by("pk")
    given = [(r.code, r.submission.values, standings.ceilings(r.rulings)) for r in rows]

    def whole() -> int:
        made = [ranking.entry(read, c, values, ceilings=most) for c, values, most in given]
        order = ranking.rank(found.rules, made)
        table = "".join(ranking.write_table(found.rules, order))
        return len(table) + len(ranking.write_rules(found.rules))

    return seconds(whole, 1)


def published(bench: Bench, call: Call, actor: Actor, many: int) -> None:
    """Both publications in their order, and what a job says of the first."""
    base, at = core(call), timezone.now()
    bench.told(f"{many}: the pure core", "s", base)
    preview = took(lambda: standings.rank(call, ListStage.PROVISIONAL, call.number))
    bench.most(f"{many}: preview", "s", preview, 2, base)
    first = took(lambda: operations.publish_provisional(call, actor=actor, at=at))
    bench.most(f"{many}: publish the provisional list", "s", first, 3, base)
    listed = RankingList.objects.get(call=call)
    bench.told(f"{many}: notices", "s", took(lambda: tasks.tell_list(listed.pk)))
    last = took(lambda: operations.publish_final(call, actor=actor, at=at + LATER))
    bench.most(f"{many}: publish the final list", "s", last, 4, base)
    if RankingRow.objects.filter(list__call=call).count() != 2 * many:
        raise RuntimeError("a line is missing")


def page(bench: Bench, name: str, path: str, key: str, goal: float) -> None:
    """Seconds and queries of one page, asked for inside this process."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.cookies["sessionid"] = key
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path)
    asked = len(queries)  # the next request forgets them
    if answer.status_code != 200:
        raise RuntimeError(f"{path}: {answer.status_code}")
    bench.most(name, "s", seconds(lambda: client.get(path)), goal)
    bench.told(f"{name}: queries", "queries", asked)


def board(bench: Bench, many: int, actor: Actor, key: str) -> None:
    """The board before anything is assigned, and after the proposal was decided."""
    call = calls.a_call(many, "expired", candidacies="complete")
    now = timezone.now()
    AssessmentPlan.objects.create(call=call, each=2, due_at=now + LATER)
    for _ in range(ASSESSORS):
        someone.a_post(someone.a_person(), Role.ASSESSOR, Scope.CALL, call)
    path = reverse("registers:assessment-board", args=[call.pk])
    name = f"board of {many} and {ASSESSORS}"
    page(bench, f"{name}, nothing assigned", path, key, 0.5)
    later = now + timedelta(minutes=1)
    found = assessments.proposed(call, later)
    if found is None or found.gaps:
        raise RuntimeError("the proposal has gaps")
    spent = took(lambda: operations.assign(call, seen=found.seal, actor=actor, at=later))
    bench.told(f"{name}, assign", "s", spent)
    page(bench, f"{name}, assigned", path, key, 0.5)


def main(many: int = CANDIDACIES) -> list[str]:
    bench = Bench("lists")
    house.nation(max(many, TEACHERS))
    actor = calls.officer()
    key = scene.sign_in([actor.user_id or 0])[actor.user_id or 0]
    published(bench, calls.a_call(many, "assessing", candidacies="assessed"), actor, many)
    board(bench, max(many // SHARE, ASSESSORS), actor, key)
    return bench.missed
