"""Rows of accepted lines (εγγραφή φόρτωσης): only teachers whose digest is new or other.

A teacher's digest covers the own line and every accepted line of the other files, so that an
unchanged teacher costs one comparison.
"""

from __future__ import annotations

from typing import Any

PLAN = """
CREATE TEMP TABLE plan ON COMMIT DROP AS
WITH lines AS (
    SELECT afm, 1 AS file, digest FROM checked_services WHERE refusal IS NULL
    UNION ALL SELECT afm, 2, digest FROM checked_leaves WHERE refusal IS NULL
    UNION ALL SELECT afm, 3, digest FROM checked_certificates WHERE refusal IS NULL
), more AS (
    SELECT afm, string_agg(digest, ';' ORDER BY file, digest) AS digests FROM lines GROUP BY afm
), whole AS (
    SELECT c.*, md5(c.digest || coalesce(';' || more.digests, '')) AS sum
    FROM checked_teachers c LEFT JOIN more ON more.afm = c.afm WHERE c.refusal IS NULL
)
SELECT w.line, w.afm, w.am, w.surname, w.given_name, w.father_name, w.email, w.specialty,
    w.special_post, w.employment, w.seconded_abroad, w.checked_on, w.sum, w.teacher AS known,
    w.person IS NULL AS new_person,
    coalesce(w.person, nextval(pg_get_serial_sequence('people_person', 'id'))) AS person,
    coalesce(w.teacher, nextval(pg_get_serial_sequence('people_teacher', 'id'))) AS teacher
FROM whole w LEFT JOIN people_teacher t ON t.id = w.teacher
WHERE t.id IS NULL OR t.digest <> w.sum
"""
STEPS = {
    "πρόσωπα": (
        """
        INSERT INTO people_person
            (id, password, username, surname, given_name, father_name, email, mobile, is_active)
        SELECT person, '!', 'u' || person, surname, given_name, father_name, email, '', true
        FROM plan WHERE new_person ORDER BY line
        """,
        """
        UPDATE people_person p SET surname = x.surname, given_name = x.given_name,
            father_name = x.father_name,
            email = CASE WHEN p.email = '' THEN x.email ELSE p.email END
        FROM plan x WHERE p.id = x.person AND NOT x.new_person
        """,
    ),
    "αναγνωριστικά": (
        """
        INSERT INTO people_identifier (person_id, kind, value)
        SELECT person, 'afm', afm FROM plan WHERE new_person ORDER BY line
        """,
        """
        INSERT INTO people_identifier (person_id, kind, value)
        SELECT person, 'am', am FROM plan WHERE am IS NOT NULL ORDER BY line
        ON CONFLICT (person_id, kind) DO UPDATE SET value = EXCLUDED.value
        """,
    ),
    "ρόλοι": (
        """
        INSERT INTO people_post (person_id, role, scope, valid_from)
        SELECT person, 'teacher', 'country', %(at)s FROM plan WHERE known IS NULL AND NOT EXISTS (
            SELECT FROM people_post p WHERE p.person_id = plan.person AND p.role = 'teacher'
            AND p.scope = 'country' AND p.valid_until IS NULL
        ) ORDER BY line
        """,
    ),
    "εκπαιδευτικοί": (
        """
        INSERT INTO people_teacher (id, person_id, specialty_id, special_post, employment,
            seconded_abroad, source, checked_on, digest)
        SELECT teacher, person, specialty, special_post, employment, seconded_abroad, 'MySchool',
            checked_on, sum FROM plan WHERE known IS NULL ORDER BY line
        """,
        """
        UPDATE people_teacher t SET specialty_id = x.specialty, special_post = x.special_post,
            employment = x.employment, seconded_abroad = x.seconded_abroad, source = 'MySchool',
            checked_on = x.checked_on, digest = x.sum
        FROM plan x WHERE t.id = x.known
        """,
    ),
    "υπηρετήσεις": (
        "DELETE FROM people_schoolservice s USING plan x WHERE s.teacher_id = x.known",
        """
        INSERT INTO people_schoolservice
            (teacher_id, school_id, organic, hours, valid_from, valid_until)
        SELECT x.teacher, c.school, c.organic, c.hours, c.valid_from, c.valid_until
        FROM checked_services c JOIN plan x ON x.afm = c.afm WHERE c.refusal IS NULL
        """,
    ),
    "άδειες": (
        "DELETE FROM people_leave l USING plan x WHERE l.teacher_id = x.known",
        """
        INSERT INTO people_leave (teacher_id, valid_from, valid_until, kind)
        SELECT x.teacher, c.valid_from, c.valid_until, c.kind
        FROM checked_leaves c JOIN plan x ON x.afm = c.afm WHERE c.refusal IS NULL
        """,
    ),
    "πιστοποιητικά": (
        """
        INSERT INTO people_heldcertificate (person_id, kind, number, issued_on, source)
        SELECT x.person, c.kind, c.number, c.issued_on, c.source
        FROM checked_certificates c JOIN plan x ON x.afm = c.afm WHERE c.refusal IS NULL
        ON CONFLICT (kind, number) DO UPDATE
            SET issued_on = EXCLUDED.issued_on, source = EXCLUDED.source
        """,
    ),
}
REPORT = """
COPY (
    SELECT 'teachers.csv' AS file, line, CASE WHEN known IS NULL THEN 'νέο' ELSE 'άλλαξε' END
        AS outcome, '' AS reason FROM plan
    UNION ALL SELECT 'teachers.csv', line, 'δεν έγινε δεκτή', refusal
        FROM checked_teachers WHERE refusal IS NOT NULL
    UNION ALL SELECT 'services.csv', line, 'δεν έγινε δεκτή', refusal
        FROM checked_services WHERE refusal IS NOT NULL
    UNION ALL SELECT 'leaves.csv', line, 'δεν έγινε δεκτή', refusal
        FROM checked_leaves WHERE refusal IS NOT NULL
    UNION ALL SELECT 'certificates.csv', line, 'δεν έγινε δεκτή', refusal
        FROM checked_certificates WHERE refusal IS NOT NULL
    ORDER BY 1, 2
) TO STDOUT (FORMAT csv, DELIMITER ';', HEADER)
"""
COUNTS = """
SELECT (SELECT count(*) FILTER (WHERE known IS NULL) FROM plan),
    (SELECT count(*) FILTER (WHERE known IS NOT NULL) FROM plan),
    (SELECT count(*) FILTER (WHERE refusal IS NULL) FROM checked_teachers)
        - (SELECT count(*) FROM plan),
    (SELECT count(*) FROM checked_teachers WHERE refusal IS NOT NULL)
    + (SELECT count(*) FROM checked_services WHERE refusal IS NOT NULL)
    + (SELECT count(*) FROM checked_leaves WHERE refusal IS NOT NULL)
    + (SELECT count(*) FROM checked_certificates WHERE refusal IS NOT NULL)
"""


def plan(cursor: Any) -> None:
    """Who is new or changed, with the ids that they have or will have."""
    cursor.execute(PLAN)
    cursor.execute("ANALYZE plan (afm, known)")
