"""Applying and undoing (εφαρμογή, αναίρεση): from one image of each teacher to the other.

Both hold what stands now against the image from which they come. A teacher whom somebody
changed meanwhile is left alone, with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Model

from didaskaleio.connectors.enums import ImportState
from didaskaleio.connectors.errors import EarlierError
from didaskaleio.connectors.lifecycle import IMPORT
from didaskaleio.connectors.models import TeacherImport
from didaskaleio.connectors.operations.images import HELD
from didaskaleio.connectors.operations.receiving import begin
from didaskaleio.kernel.access import Actor
from didaskaleio.people.loader import SETTINGS, writes
from didaskaleio.people.models import Identifier, Person, Post, SchoolService, Teacher

Tell = Callable[[int], None]
TEMPORARY = "who, held, target, plan, checked_services, removed"
WHO = """
CREATE TEMP TABLE who ON COMMIT DROP AS
SELECT id, line, afm, kind, {source} AS source, {goal} AS goal, held_on, digest
FROM connectors_change
WHERE batch_id = %(batch)s AND kind IN ('new', 'changed', 'gone') AND overtaken = ''
"""
MOVED = """
UPDATE connectors_change c SET {column} = found.reason FROM (
    SELECT who.id, CASE
        WHEN held.person IS NULL AND who.source IS NOT NULL
            THEN 'Δεν υπάρχει πια πρόσωπο με αυτόν τον Α.Φ.Μ.'
        WHEN held.person IS NOT NULL AND who.source IS NULL
            THEN 'Ο Α.Φ.Μ. καταχωρίστηκε στο μεταξύ. Ξαναστείλτε το αρχείο για σύγκριση.'
        WHEN held.teacher IS NULL AND who.source->>'specialty' IS NOT NULL
            THEN 'Δεν υπάρχει πια καρτέλα εκπαιδευτικού.'
        ELSE 'Τα στοιχεία άλλαξαν στο μεταξύ.' END AS reason
    FROM who LEFT JOIN held ON held.afm = who.afm
    WHERE held.image IS DISTINCT FROM who.source - 'email'
) found WHERE c.id = found.id
"""
TARGET = """
CREATE TEMP TABLE target ON COMMIT DROP AS
SELECT row_number() OVER (ORDER BY who.line, who.id) AS line, who.id, who.afm, who.kind, who.goal,
    who.held_on, who.digest, held.person, held.teacher, held.checked_on
FROM who LEFT JOIN held ON held.afm = who.afm
JOIN connectors_change c ON c.id = who.id AND c.{column} = ''
"""
PLAN = """
CREATE TEMP TABLE plan ON COMMIT DROP AS
SELECT t.line, t.afm, nullif(g.am, '') AS am, g.surname, g.given_name, g.father_name,
    coalesce(g.email, '') AS email, s.id AS specialty,
    g.specialty LIKE '%%.50' AND whole.id IS NULL AS special_post,
    g.employment, g.abroad AS seconded_abroad, g.appointed_on, {checked_on} AS checked_on,
    {digest} AS sum,
    t.teacher AS known, t.person IS NULL AS new_person,
    coalesce(t.person, nextval((SELECT pg_get_serial_sequence('people_person', 'id')::regclass)))
        AS person,
    coalesce(t.teacher, nextval((SELECT pg_get_serial_sequence('people_teacher', 'id')::regclass)))
        AS teacher
FROM target t, jsonb_to_record(t.goal) AS g(am text, surname text, given_name text,
    father_name text, email text, specialty text, employment text, abroad boolean,
    appointed_on date)
LEFT JOIN structures_specialty whole ON whole.code = g.specialty
JOIN structures_specialty s
    ON s.code = coalesce(whole.code, regexp_replace(g.specialty, '[.]50$', ''))
"""
SERVICES = """
CREATE TEMP TABLE checked_services ON COMMIT DROP AS
SELECT t.line AS teacher, school.id AS school, (s->1)::boolean AS organic,
    (s->2)::smallint AS hours, (s->>3)::date AS valid_from, (s->>4)::date AS valid_until,
    NULL::text AS refusal
FROM target t, jsonb_array_elements(t.goal->'services') s
JOIN structures_school school ON school.code = s->>0
"""
WRITTEN = ("πρόσωπα", "αναγνωριστικά", "ρόλοι", "εκπαιδευτικοί", "υπηρετήσεις")
NO_NUMBER = """
DELETE FROM people_identifier i USING plan x
WHERE i.person_id = x.person AND i.kind = 'am' AND x.am IS NULL AND NOT x.new_person
"""
SEEN = """
UPDATE people_teacher t SET checked_on = %(as_of)s,
    digest = CASE WHEN c.digest = '' THEN t.digest ELSE c.digest END
FROM connectors_change c
WHERE c.batch_id = %(batch)s AND c.kind = 'same' AND t.id = c.teacher
AND (t.checked_on IS DISTINCT FROM %(as_of)s OR c.digest <> '')
"""
UNSEEN = """
UPDATE people_teacher t SET checked_on = c.held_on FROM connectors_change c
WHERE c.batch_id = %(batch)s AND c.kind = 'same' AND t.id = c.teacher
AND t.checked_on = %(as_of)s AND c.held_on IS DISTINCT FROM %(as_of)s
"""
# teachers whom the import made go again, with the account that nobody used
REMOVED = """
CREATE TEMP TABLE removed ON COMMIT DROP AS
SELECT id, person, teacher, goal FROM target WHERE kind = 'new'
"""
USED = """
UPDATE connectors_change c
SET kept = 'Ο λογαριασμός χρησιμοποιήθηκε ή έχει εγγραφές: το πρόσωπο μένει.'
FROM removed r WHERE c.id = r.id AND ({refers}
    EXISTS (SELECT FROM people_person p WHERE p.id = r.person AND p.last_login IS NOT NULL)
    OR EXISTS (SELECT FROM people_post o WHERE o.person_id = r.person AND o.role <> 'teacher'))
"""
REMOVE = (
    """
    DELETE FROM removed r USING connectors_change c WHERE c.id = r.id AND c.kept <> ''
    """,
    "DELETE FROM people_schoolservice v USING removed r WHERE v.teacher_id = r.teacher",
    "DELETE FROM people_teacher t USING removed r WHERE t.id = r.teacher",
    """
    DELETE FROM people_post o USING removed r
    WHERE o.person_id = r.person AND o.role = 'teacher'
    """,
    """
    DELETE FROM people_identifier i USING removed r
    WHERE i.person_id = r.person AND (r.goal IS NULL OR (i.kind = 'am' AND r.goal->>'am' = ''))
    """,
    """
    UPDATE people_person p SET surname = r.goal->>'surname', given_name = r.goal->>'given_name',
        father_name = r.goal->>'father_name'
    FROM removed r WHERE p.id = r.person AND r.goal IS NOT NULL
    """,
    "DELETE FROM people_person p USING removed r WHERE p.id = r.person AND r.goal IS NULL",
    "DELETE FROM target WHERE kind = 'new'",
)
TALLY = """
SELECT count(*) FROM connectors_change WHERE batch_id = %(batch)s AND {column} <> ''
"""


@IMPORT.performs("apply")
def apply(row: TeacherImport, *, actor: Actor, at: datetime) -> None:
    """Εφαρμογή: begin to write what the comparison found, in the background.

    Refuses facts that are older than those of an import that stands.
    """
    standing = TeacherImport.objects.filter(
        state__in=(ImportState.APPLIED, ImportState.APPLYING), as_of__gt=row.as_of
    )
    if newer := standing.order_by("-as_of").first():
        raise EarlierError(f"Έχει ήδη εφαρμοστεί νεότερη εισαγωγή: {newer}. Απορρίψτε αυτήν.")
    begin(row, "apply", "Εφαρμογή", actor=actor, at=at)


@IMPORT.performs("undo")
def undo(row: TeacherImport, *, actor: Actor, at: datetime, reason: str) -> None:
    """Αναίρεση: begin to give every teacher back what stood before, in the background."""
    begin(row, "undo", "Αναίρεση", actor=actor, at=at)


@IMPORT.performs("applied")
def carry_out(
    row: TeacherImport, *, actor: Actor, at: datetime, tell: Tell = lambda _: None
) -> None:
    """Write every change as one act; teachers changed since the comparison are left alone."""
    facts: dict[str, Any] = {"batch": row.pk, "as_of": row.as_of, "at": at}
    with connection.cursor() as cursor:
        _hold(cursor, "before", "after", "overtaken", facts)
        tell(20)
        _write(cursor, "%(as_of)s::date", "t.digest", facts, tell)
        cursor.execute(SEEN, facts)
        row.overtaken = _tally(cursor, "overtaken", facts)


@IMPORT.performs("undone")
def take_back(
    row: TeacherImport, *, actor: Actor, at: datetime, tell: Tell = lambda _: None
) -> None:
    """Give back what stood before, except where somebody changed it or used the account."""
    facts: dict[str, Any] = {"batch": row.pk, "as_of": row.as_of, "at": at}
    with connection.cursor() as cursor:
        _hold(cursor, "after", "before", "kept", facts)
        tell(20)
        cursor.execute(REMOVED)
        cursor.execute(USED.format(refers="".join(_refers())))
        for statement in REMOVE:
            cursor.execute(statement)
        _write(cursor, "t.held_on", "''", facts, tell)
        cursor.execute(NO_NUMBER)
        cursor.execute(UNSEEN, facts)
        row.kept = _tally(cursor, "kept", facts)


@IMPORT.performs("halt_apply")
def halt_apply(row: TeacherImport, *, actor: Actor, at: datetime) -> None:
    """Διακοπή εφαρμογής: a fault ended it and nothing was written; it may be applied again."""


@IMPORT.performs("halt_undo")
def halt_undo(row: TeacherImport, *, actor: Actor, at: datetime) -> None:
    """Διακοπή αναίρεσης: a fault ended it and nothing was given back; it may be undone again."""


def _hold(cursor: Any, source: str, goal: str, column: str, facts: dict[str, Any]) -> None:
    """Hold the tables still, and put aside who is no longer as ``source`` says."""
    names = [f"pg_temp.{name}" for name in TEMPORARY.split(", ")]
    cursor.execute(f"DROP TABLE IF EXISTS {', '.join(names)}")
    cursor.execute(SETTINGS)
    cursor.execute(writes.ALONE)
    cursor.execute(WHO.format(source=source, goal=goal), facts)
    for statement in ("ANALYZE who", HELD, "ANALYZE held"):
        cursor.execute(statement)
    cursor.execute(MOVED.format(column=column))
    cursor.execute(TARGET.format(column=column))


def _write(cursor: Any, checked_on: str, digest: str, facts: dict[str, Any], tell: Tell) -> None:
    """Give every teacher of ``target`` the image that is the goal, by the steps of a load."""
    cursor.execute(PLAN.format(checked_on=checked_on, digest=digest), facts)
    cursor.execute(SERVICES)
    cursor.execute("ANALYZE plan")
    cursor.execute("ANALYZE checked_services")
    for done, title in enumerate(WRITTEN, 1):
        for statement in writes.STEPS[title]:
            cursor.execute(statement, facts)
        tell(20 + 15 * done)


def _tally(cursor: Any, column: str, facts: dict[str, Any]) -> int:
    cursor.execute(TALLY.format(column=column), facts)
    return int(cursor.fetchone()[0])


def _refers() -> Iterator[str]:
    """SQL: some row elsewhere refers to the person, or to the teacher's record."""
    ours = {Identifier, Post, Teacher, SchoolService}
    for model, column in ((Person, "person"), (Teacher, "teacher")):
        for table, key in references(model, ours):
            yield f"EXISTS (SELECT FROM {table} x WHERE x.{key} = r.{column}) OR "


def references(model: type[Model], ours: set[Any]) -> Iterator[tuple[str, str]]:
    """Table and column of every foreign key to ``model`` outside of what an import writes."""
    for relation in model._meta.get_fields(include_hidden=True):  # noqa: SLF001
        if not relation.auto_created or relation.concrete or relation.related_model in ours:
            continue
        key = getattr(relation, "field", None)
        if key is not None and key.concrete and not key.many_to_many:
            yield key.model._meta.db_table, key.column  # noqa: SLF001
