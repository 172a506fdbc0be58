"""Rows of accepted lines (εγγραφή φόρτωσης): only teachers whose digest is new or other.

A teacher's digest covers the own line and every accepted line of the other files, in any order
(twins are refused, so none cancels another), so that an unchanged teacher costs one comparison.
"""

from __future__ import annotations

from typing import Any

PLAN = """
CREATE TEMP TABLE plan ON COMMIT DROP AS
WITH lines AS (
    SELECT teacher, digest FROM checked_services WHERE refusal IS NULL
    UNION ALL SELECT teacher, digest FROM checked_leaves WHERE refusal IS NULL
    UNION ALL SELECT teacher, digest FROM checked_certificates WHERE refusal IS NULL
), more AS (
    SELECT teacher AS line, bit_xor(digest) AS digest FROM lines GROUP BY teacher
), whole AS (
    SELECT c.*, to_hex(c.digest # coalesce(more.digest, 0)) AS sum
    FROM checked_teachers c LEFT JOIN more USING (line) WHERE c.refusal IS NULL
)
SELECT line, w.afm, nullif(s.am, '') AS am, s.surname, s.given_name, s.father_name, s.email,
    w.specialty, w.special_post, s.employment, s.seconded_abroad = 'ναι' AS seconded_abroad,
    w.appointed_on, w.checked_on, w.sum, w.known, w.person IS NULL AS new_person,
    coalesce(w.person, nextval((SELECT pg_get_serial_sequence('people_person', 'id')::regclass)))
        AS person,
    coalesce(w.known, nextval((SELECT pg_get_serial_sequence('people_teacher', 'id')::regclass)))
        AS teacher
FROM whole w JOIN stage_teachers s USING (line)
WHERE w.known IS NULL OR w.known_digest <> w.sum
"""
# One load at a time; readers and other writers go on. Autovacuum stays away too: it would count
# none of the rows that are not committed yet, and each foreign key would then be looked up by a
# scan of everything. Keys are checked step by step, while their rows are at hand: a third cheaper
# than all of them at the commit.
ALONE = """
LOCK TABLE people_person, people_identifier, people_post, people_teacher, people_schoolservice,
    people_leave, people_heldcertificate IN SHARE UPDATE EXCLUSIVE MODE;
SET CONSTRAINTS ALL IMMEDIATE
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
        "ANALYZE people_person (id)",
    ),
    "αναγνωριστικά": (
        """
        INSERT INTO people_identifier (person_id, kind, value)
        SELECT person, 'afm', afm FROM plan WHERE new_person ORDER BY line
        """,
        """
        INSERT INTO people_identifier (person_id, kind, value)
        SELECT person, 'am', am FROM plan WHERE am IS NOT NULL AND (new_person OR NOT EXISTS (
            SELECT FROM people_identifier i WHERE i.person_id = plan.person AND i.kind = 'am'
        )) ORDER BY line
        """,
        """
        UPDATE people_identifier i SET value = x.am
        FROM plan x WHERE i.person_id = x.person AND i.kind = 'am' AND i.value <> x.am
            AND NOT x.new_person
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
            seconded_abroad, appointed_on, source, checked_on, digest)
        SELECT teacher, person, specialty, special_post, employment, seconded_abroad, appointed_on,
            'MySchool', checked_on, sum FROM plan WHERE known IS NULL ORDER BY line
        """,
        """
        UPDATE people_teacher t SET specialty_id = x.specialty, special_post = x.special_post,
            employment = x.employment, seconded_abroad = x.seconded_abroad,
            appointed_on = x.appointed_on, source = 'MySchool',
            checked_on = x.checked_on, digest = x.sum
        FROM plan x WHERE t.id = x.known
        """,
        "ANALYZE people_teacher (id)",
    ),
    "υπηρετήσεις": (
        "DELETE FROM people_schoolservice s USING plan x WHERE s.teacher_id = x.known",
        """
        INSERT INTO people_schoolservice
            (teacher_id, school_id, organic, hours, valid_from, valid_until)
        SELECT x.teacher, c.school, c.organic, c.hours, c.valid_from, c.valid_until
        FROM checked_services c JOIN plan x ON x.line = c.teacher WHERE c.refusal IS NULL
        """,
    ),
    "άδειες": (
        "DELETE FROM people_leave l USING plan x WHERE l.teacher_id = x.known",
        """
        INSERT INTO people_leave (teacher_id, valid_from, valid_until, kind)
        SELECT x.teacher, c.valid_from, c.valid_until, c.kind
        FROM checked_leaves c JOIN plan x ON x.line = c.teacher WHERE c.refusal IS NULL
        """,
    ),
    "πιστοποιητικά": (
        """
        INSERT INTO people_heldcertificate (person_id, kind, number, issued_on, source)
        SELECT x.person, s.kind, s.number, c.issued_on, s.source
        FROM checked_certificates c JOIN plan x ON x.line = c.teacher
            JOIN stage_certificates s ON s.line = c.line
        WHERE c.refusal IS NULL AND c.held IS NULL
        """,
        """
        UPDATE people_heldcertificate h SET issued_on = c.issued_on, source = s.source
        FROM checked_certificates c JOIN plan x ON x.line = c.teacher
            JOIN stage_certificates s ON s.line = c.line
        WHERE h.id = c.held AND c.refusal IS NULL
            AND (h.issued_on, h.source) <> (c.issued_on, s.source)
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
    cursor.execute("ANALYZE plan (line, person, known)")
