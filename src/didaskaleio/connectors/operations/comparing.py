"""Comparing (σύγκριση): the lines of an export against what we hold, set by set, in SQL.

The checks of a load of people judge each line; here a line that is refused takes the other lines
of its teacher along, and a teacher with a refused line is neither changed nor gone.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import connection

from didaskaleio.connectors import myschool
from didaskaleio.connectors.lifecycle import IMPORT
from didaskaleio.connectors.models import TeacherImport
from didaskaleio.connectors.myschool import SheetError
from didaskaleio.connectors.operations import lines
from didaskaleio.connectors.operations.images import HELD, services
from didaskaleio.connectors.operations.receiving import opened
from didaskaleio.kernel.access import Actor
from didaskaleio.people.loader import SETTINGS, checks, staging

Tell = Callable[[int], None]
TEMPORARY = "raw_lines, sums, stage_rows, who, held, faulty, wanted, served_by_file"
OLD_CODES = """
UPDATE stage_rows r SET specialty = found.code FROM (
    SELECT l.code AS old, min(s.code) AS code
    FROM structures_legacyspecialty l JOIN structures_specialty s ON s.id = l.specialty_id
    WHERE NOT EXISTS (SELECT FROM structures_specialty x WHERE x.code = l.code)
    GROUP BY l.code HAVING count(*) = 1
) found WHERE r.specialty = found.old
"""
NAMELESS = "UPDATE stage_rows SET fault = 'Λείπει ο Α.Φ.Μ.' WHERE afm = '' AND fault = ''"
# several lines of one person are as many schools; who is said to be two people is asked about
PEOPLE = """
CREATE TEMP TABLE who ON COMMIT DROP AS
SELECT DISTINCT ON (afm) line, afm, am, surname, given_name, father_name, email, specialty,
    employment, abroad, appointed_on
FROM stage_rows WHERE fault = '' AND afm <> '' ORDER BY afm, line
"""
DIFFERING = """
UPDATE stage_rows r SET fault = 'Τα στοιχεία του προσώπου διαφέρουν από τη γραμμή ' || w.line || '.'
FROM who w WHERE w.afm = r.afm AND w.line < r.line AND r.fault = ''
AND (w.surname, w.given_name, w.father_name, w.am, w.specialty, w.employment, w.abroad,
    w.appointed_on) <> (r.surname, r.given_name, r.father_name, r.am, r.specialty, r.employment,
    r.abroad, r.appointed_on)
"""
TEACHERS = """
INSERT INTO stage_teachers (line, afm, am, surname, given_name, father_name, email, specialty,
    employment, seconded_abroad, appointed_on, checked_on)
SELECT line, w.afm, am, surname, given_name, father_name, email, specialty, employment,
    CASE abroad WHEN 'ναι' THEN 'ναι' ELSE 'όχι' END, appointed_on, ''
FROM who w
"""
# a service without a date goes on from the one that we hold at the same school
SERVICES = """
INSERT INTO stage_services (line, afm, school, organic, hours, valid_from, valid_until)
SELECT r.line, r.afm, r.school, CASE r.organic WHEN 'ναι' THEN 'ναι' ELSE 'όχι' END, r.hours,
    coalesce(nullif(r.valid_from, ''), going.first::text, %(as_of)s::text), r.valid_until
FROM stage_rows r LEFT JOIN (
    SELECT held.afm, s.code, min(v.valid_from) AS first FROM held
    JOIN people_schoolservice v ON v.teacher_id = held.teacher
        AND coalesce(v.valid_until, %(as_of)s) >= %(as_of)s
    JOIN structures_school s ON s.id = v.school_id GROUP BY held.afm, s.code
) going ON going.afm = r.afm AND going.code = r.school
WHERE r.fault = '' AND r.school <> '' AND %(schools)s
"""
FAULTY = """
CREATE TEMP TABLE faulty ON COMMIT DROP AS
SELECT line, afm, fault AS reason FROM stage_rows WHERE fault <> ''
UNION ALL SELECT line, afm, refusal FROM checked_teachers WHERE refusal IS NOT NULL
UNION ALL SELECT s.line, s.afm, c.refusal FROM checked_services c JOIN stage_services s USING (line)
    WHERE c.refusal IS NOT NULL AND c.teacher IS NOT NULL
"""
ALONG = """
INSERT INTO faulty (line, afm, reason)
SELECT r.line, r.afm, 'Άλλη γραμμή του ίδιου προσώπου δεν έγινε δεκτή: η ' || bad.line || '.'
FROM stage_rows r JOIN (SELECT afm, min(line) AS line FROM faulty WHERE afm <> '' GROUP BY afm) bad
    ON bad.afm = r.afm
WHERE NOT EXISTS (SELECT FROM faulty f WHERE f.line = r.line)
"""
STAYING = services("school", "organic", "hours", "valid_from", "valid_until")
# what we hold of earlier days stays; what goes on and is not in the file ended the day before
SERVED = """
CREATE TEMP TABLE served_by_file ON COMMIT DROP AS
WITH told AS (
    SELECT s.afm, s.school, c.organic, c.hours, c.valid_from, c.valid_until
    FROM checked_services c JOIN stage_services s USING (line) WHERE c.refusal IS NULL
), kept AS (
    SELECT h.afm, school.code AS school, v.organic, v.hours, v.valid_from,
        CASE WHEN v.valid_until < %(as_of)s THEN v.valid_until ELSE %(as_of)s::date - 1 END
            AS valid_until
    FROM held h JOIN people_schoolservice v ON v.teacher_id = h.teacher
    JOIN structures_school school ON school.id = v.school_id
    WHERE (v.valid_until < %(as_of)s OR v.valid_from < %(as_of)s) AND NOT EXISTS (
        SELECT FROM told WHERE told.afm = h.afm AND told.school = school.code
        AND told.valid_from = v.valid_from)
)
SELECT afm, {staying} AS services
FROM (SELECT * FROM told UNION ALL SELECT * FROM kept) x GROUP BY afm
"""
# capitals without accents are no other name: ours stays as it is written
NAME = """CASE WHEN w.{0} = held.image->>'{0}' OR greek_key(w.{0}) = greek_key(held.image->>'{0}')
        THEN held.image->>'{0}' ELSE w.{0} END"""
NAMES = {name: NAME.format(name) for name in ("surname", "given_name", "father_name")}
# what the file does not tell stays as it is
WANTED = """
CREATE TEMP TABLE wanted ON COMMIT DROP AS
SELECT w.line, w.afm, held.image AS before, held.checked_on, held.teacher, jsonb_build_object(
    'surname', {surname}, 'given_name', {given_name},
    'father_name', CASE WHEN %(father_name)s OR held.image IS NULL THEN {father_name}
        ELSE held.image->>'father_name' END,
    'am', coalesce(nullif(w.am, ''), held.image->>'am', ''),
    'specialty', p.code || CASE WHEN c.special_post THEN '.50' ELSE '' END,
    'employment', w.employment,
    'abroad', CASE WHEN %(abroad)s THEN w.abroad = 'ναι'
        ELSE coalesce((held.image->>'abroad')::boolean, false) END,
    'appointed_on', coalesce(c.appointed_on::text, held.image->>'appointed_on'),
    'services', CASE WHEN %(schools)s THEN coalesce(f.services, '[]')
        ELSE coalesce(held.image->'services', '[]') END
    ) || CASE WHEN held.image IS NULL THEN jsonb_build_object('email', w.email)
    ELSE '{{}}' END AS after
FROM who w JOIN checked_teachers c ON c.line = w.line AND c.refusal IS NULL
JOIN structures_specialty p ON p.id = c.specialty
LEFT JOIN held ON held.afm = w.afm
LEFT JOIN served_by_file f ON f.afm = w.afm
WHERE NOT EXISTS (SELECT FROM faulty WHERE faulty.afm = w.afm)
"""
CHANGES = """
INSERT INTO connectors_change (batch_id, line, afm, kind, before, after, held_on, teacher, digest)
SELECT %(batch)s, wanted.line, afm,
    CASE WHEN before IS NULL OR before->>'specialty' IS NULL THEN 'new'
        WHEN before = after THEN 'same' ELSE 'changed' END,
    CASE WHEN before = after THEN NULL ELSE before END,
    CASE WHEN before = after THEN NULL ELSE after END, checked_on, teacher, sums.digest
FROM wanted JOIN sums USING (afm) ORDER BY wanted.line
"""
REFUSED = """
INSERT INTO connectors_change (batch_id, line, afm, kind, after, reason)
SELECT %(batch)s, f.line, left(f.afm, 20), 'refused',
    jsonb_build_object('surname', left(r.surname, 80), 'given_name', left(r.given_name, 80)),
    left(f.reason, 400)
FROM (SELECT DISTINCT ON (line) line, afm, reason FROM faulty ORDER BY line) f
JOIN stage_rows r ON r.line = f.line ORDER BY f.line
"""
ANEW = "DROP TABLE pg_temp.held, pg_temp.who"
GONE_WHO = """
CREATE TEMP TABLE who ON COMMIT DROP AS
SELECT DISTINCT owner.value AS afm
FROM people_teacher t JOIN people_schoolservice v ON v.teacher_id = t.id
JOIN people_identifier owner ON owner.person_id = t.person_id AND owner.kind = 'afm'
WHERE t.source = 'MySchool' AND coalesce(v.valid_until, %(as_of)s) >= %(as_of)s
AND NOT EXISTS (SELECT FROM sums WHERE sums.afm = owner.value)
"""
GONE_SERVICES = services("x.school", "x.organic", "x.hours", "x.first", "x.last")
GONE = """
INSERT INTO connectors_change (batch_id, line, afm, kind, before, after, held_on)
SELECT %(batch)s, 0, h.afm, 'gone', h.image, h.image || jsonb_build_object('services', coalesce((
    SELECT {services} FROM (
        SELECT s->>0 AS school, (s->1)::boolean AS organic, (s->2)::int AS hours,
            (s->>3)::date AS first,
            CASE WHEN (s->>4)::date < %(as_of)s THEN (s->>4)::date ELSE %(as_of)s::date - 1 END
                AS last
        FROM jsonb_array_elements(h.image->'services') s
        WHERE (s->>4)::date < %(as_of)s OR (s->>3)::date < %(as_of)s
    ) x), '[]')), h.checked_on
FROM held h ORDER BY h.afm
"""
COUNTS = "SELECT kind, count(*) FROM connectors_change WHERE batch_id = %(batch)s GROUP BY kind"


@IMPORT.performs("compared")
def compare(row: TeacherImport, *, actor: Actor, at: datetime, tell: Tell = lambda _: None) -> None:
    """Σύγκριση: every line becomes new, changed, unchanged or refused; nothing else is written.

    Raises :class:`SheetError` when the file breaks off on the way.
    """
    facts: dict[str, Any] = {
        "batch": row.pk,
        "as_of": row.as_of,
        "schools": "school" in row.columns,
    }
    facts |= {name: name in row.columns for name in ("father_name", "abroad")}
    with connection.cursor() as cursor:
        cursor.execute(SETTINGS)
        _stage(cursor, row, facts, tell)
        tell(45)
        _check(cursor, facts)
        tell(65)
        for statement in (SERVED.format(staying=STAYING), WANTED.format(**NAMES), CHANGES, REFUSED):
            cursor.execute(statement, facts)
        tell(90)
        if row.whole:
            cursor.execute(ANEW)
            for statement in (GONE_WHO, HELD, GONE.format(services=GONE_SERVICES)):
                cursor.execute(statement, facts)
        cursor.execute(COUNTS, facts)
        for kind, count in cursor.fetchall():
            setattr(row, kind, count)


@IMPORT.performs("stop")
def stop(row: TeacherImport, *, actor: Actor, at: datetime) -> None:
    """Διακοπή σύγκρισης: nothing was written; the columns may be named anew."""


def _stage(cursor: Any, row: TeacherImport, facts: dict[str, Any], tell: Tell) -> None:
    """The lines of the file in ``stage_rows``, without those that the last import had just so."""
    names = [f"pg_temp.{name}" for name in TEMPORARY.split(", ")]
    cursor.execute(f"DROP TABLE IF EXISTS {', '.join(names)}")
    row.new = row.changed = row.gone = row.same = row.refused = 0
    with opened(row) as path:
        row.lines = lines.pour(cursor, row, myschool.rows(path), tell)
    if not row.lines:
        raise SheetError("Κάτω από τις επικεφαλίδες δεν υπάρχει καμία γραμμή.")
    lines.pass_over(cursor, row, facts)
    lines.read(cursor, row, facts)
    cursor.execute(OLD_CODES)
    cursor.execute("ANALYZE stage_rows")


def _check(cursor: Any, facts: dict[str, Any]) -> None:
    """Judge every line by the checks of a load, and find what we hold of its people."""
    staging.clear(cursor)
    for name in staging.COLUMNS:
        staging.make_table(cursor, name)
    for statement in (NAMELESS, PEOPLE, DIFFERING, "ANALYZE who", HELD, "ANALYZE held"):
        cursor.execute(statement, facts)
    cursor.execute(TEACHERS)
    cursor.execute(SERVICES, facts)
    cursor.execute("ANALYZE stage_teachers (afm)")
    cursor.execute("ANALYZE stage_services (afm)")
    checks.check(cursor)
    cursor.execute(FAULTY)
    cursor.execute(ALONG)
    cursor.execute("ANALYZE faulty")
