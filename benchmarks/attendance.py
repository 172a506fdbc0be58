"""Presence of the country: `make bench NAME=attendance`.

30,000 sessions of 1,500 programmes in 74 units, 15 trainees each, all signed: 450,000 marks,
summed up by region in one query. The baseline of the same run is a plain count of the marks.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from django.db import connection
from tests.factories import programmes
from tests.factories.structures import a_centre

from benchmarks import house
from benchmarks.figures import Bench
from didaskaleio.observatory.queries import presence
from didaskaleio.programmes.models import Programme
from didaskaleio.structures.models import Prefecture, TrainingCentre

PROGRAMMES, EACH, TRAINEES = 1_500, 20, 15
LIMIT = 0.2
SESSIONS = """
INSERT INTO delivery_trainingsession (programme_id, sequence, kind, starts_at, ends_at, hours,
  async_hours, topic, state, proposal_reason, revision)
SELECT p.id, n, 'sync', TIMESTAMPTZ '2023-01-09 17:00+02' + n * INTERVAL '1 day',
  TIMESTAMPTZ '2023-01-09 19:00+02' + n * INTERVAL '1 day', 2, 1, '', 'signed', '', 0
FROM programmes_programme p, generate_series(1, %s) n
"""
PERSONS = """
INSERT INTO people_person (password, username, surname, given_name, father_name, email, mobile,
  is_active)
SELECT '', 'b' || n, 'Δειγματίδης', 'Δοκιμαστικός', '', '', '', true FROM generate_series(1, %s) n
"""
MARKS = """
INSERT INTO delivery_attendance (session_id, attendee, person_id, mark, minutes, note)
SELECT s.id, 'trainee', p.id, CASE WHEN (s.id + p.id) % 11 = 0 THEN 'absent' ELSE 'present' END,
  90, '' FROM delivery_trainingsession s, people_person p WHERE p.username ~ '^b[0-9]+$'
"""


def took(act: Callable[[], object]) -> float:
    """The seconds of one act."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def filled(many: int) -> None:
    """Programmes in every prefecture, copied from one, with their sessions and marks."""
    one = programmes.a_programme("running")
    for place in Prefecture.objects.exclude(pk=one.centre.prefecture_id):
        a_centre(place.code)
    columns = [
        field.column
        for field in Programme._meta.concrete_fields  # noqa: SLF001
        if not (field.primary_key or field.generated or field.name in {"code", "centre"})
    ]
    names = ", ".join(columns)
    centres = list(TrainingCentre.objects.order_by("pk").values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO programmes_programme (code, centre_id, {names}) "
            f"SELECT 'N' || n, (%s::bigint[])[1 + n %% %s], {names} "
            "FROM programmes_programme, generate_series(2, %s) n WHERE id = %s",
            [centres, len(centres), many, one.pk],
        )
        cursor.execute(SESSIONS, [EACH])
        cursor.execute(PERSONS, [TRAINEES])
        cursor.execute(MARKS)
        cursor.execute("VACUUM ANALYZE")


def main(many: int = PROGRAMMES) -> list[str]:
    bench = Bench("attendance")
    house.nation(0)
    filled(many)
    whole = Programme.objects.all()
    lines = presence.lines(whole, "region")
    assert sum(line.marks for line in lines) == many * EACH * TRAINEES
    best = min(took(lambda: presence.lines(whole, "region")) for _ in range(5))
    alone = min(took(counted) for _ in range(5))
    bench.most(f"{many * EACH:,} sessions by region, one query", "s", best, LIMIT)
    bench.told("the same beside a bare count of the marks", "s", best, alone)
    return bench.missed


def counted() -> None:
    """How many marks there are, asked as plainly as can be."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM delivery_attendance")
        cursor.fetchone()
