"""Checks of staged lines (έλεγχοι φόρτωσης): in SQL, one pass a file; the first fault is told.

Each file becomes a table ``checked_<name>`` of what the text does not say itself: ids, typed
values, a 64-bit ``digest`` of the line, and ``refusal``: NULL for a line that is loaded. A
teacher's line that is refused takes that person's other lines along; they know it as ``teacher``.
"""

from __future__ import annotations

from typing import Any

from didaskaleio.people.enums import CertificateKind, Employment

HOURS = 40
# arithmetic on the number: cutting the text digit by digit costs more than the rest of the check
_WEIGHTED = " + ".join(f"s.afm::int / {10**n} %% 10 * {1 << n}" for n in range(8, 0, -1))
AFM = f"""CASE WHEN s.afm !~ '^[0-9]{{9}}$' OR s.afm = '000000000' THEN false
    ELSE ({_WEIGHTED}) %% 11 %% 10 = s.afm::int %% 10 END"""
TEACHERS = f"""
CREATE TEMP TABLE checked_teachers ON COMMIT DROP AS
SELECT s.line, s.afm, p.id AS specialty,
    s.specialty LIKE '%%.50' AND whole.id IS NULL AS special_post,
    CASE WHEN pg_input_is_valid(s.checked_on, 'date') THEN s.checked_on::date END AS checked_on,
    CASE WHEN pg_input_is_valid(s.appointed_on, 'date') THEN s.appointed_on::date END
        AS appointed_on,
    owner.person_id AS person, teacher.id AS known, teacher.digest AS known_digest,
    hash_record_extended((s.am, s.surname, s.given_name, s.father_name, s.email, s.specialty,
        s.employment, s.seconded_abroad, s.appointed_on, s.checked_on), 0) AS digest,
    CASE
    WHEN NOT {AFM} THEN 'Ο Α.Φ.Μ. δεν είναι έγκυρος: εννέα ψηφία με σωστό ψηφίο ελέγχου.'
    WHEN twin.line < s.line THEN 'Ο Α.Φ.Μ. υπάρχει ήδη στη γραμμή ' || twin.line || '.'
    WHEN s.am !~ '^([0-9]{{6}})?$' OR s.am = '000000'
        THEN 'Ο αριθμός μητρώου έχει έξι ψηφία, ή μένει κενός.'
    WHEN namesake.line < s.line
        THEN 'Ο αριθμός μητρώου υπάρχει ήδη στη γραμμή ' || namesake.line || '.'
    WHEN holder.person_id <> coalesce(owner.person_id, 0)
        THEN 'Ο αριθμός μητρώου ανήκει σε άλλο πρόσωπο. Ελέγξτε Α.Φ.Μ. και αριθμό μητρώου.'
    WHEN btrim(s.surname) = '' OR btrim(s.given_name) = '' THEN 'Λείπει το επώνυμο ή το όνομα.'
    WHEN length(s.surname) > 80 OR length(s.given_name) > 80 OR length(s.father_name) > 80
        THEN 'Επώνυμο, όνομα και πατρώνυμο έχουν έως 80 χαρακτήρες.'
    WHEN length(s.email) > 254 OR s.email !~ '^([^@[:space:]]+@[^@[:space:]]+[.][^@[:space:]]+)?$'
        THEN 'Η ηλεκτρονική διεύθυνση δεν είναι έγκυρη· γράψτε τη σωστή ή αφήστε την κενή.'
    WHEN p.id IS NULL THEN 'Άγνωστος κλάδος «' || left(s.specialty, 20) || '».'
    WHEN s.employment <> ALL (%(employment)s)
        THEN 'Άγνωστη σχέση εργασίας «' || left(s.employment, 20) || '».'
    WHEN s.seconded_abroad NOT IN ('ναι', 'όχι')
        THEN 'Στη στήλη seconded_abroad γράφεται «ναι» ή «όχι».'
    WHEN s.appointed_on <> '' AND NOT pg_input_is_valid(s.appointed_on, 'date')
        THEN 'Η ημερομηνία διορισμού δεν είναι της μορφής 2021-08-27.'
    WHEN s.checked_on <> '' AND NOT pg_input_is_valid(s.checked_on, 'date')
        THEN 'Η ημερομηνία ελέγχου δεν είναι της μορφής 2022-12-15.'
    END AS refusal
FROM stage_teachers s
LEFT JOIN (
    SELECT afm, min(line) AS line FROM stage_teachers GROUP BY afm HAVING count(*) > 1
) twin ON twin.afm = s.afm
LEFT JOIN (
    SELECT am, min(line) AS line FROM stage_teachers GROUP BY am HAVING count(*) > 1
) namesake ON namesake.am = s.am AND s.am <> ''
LEFT JOIN structures_specialty whole ON whole.code = s.specialty
LEFT JOIN structures_specialty p
    ON p.code = CASE WHEN whole.id IS NULL THEN regexp_replace(s.specialty, '[.]50$', '')
        ELSE s.specialty END
LEFT JOIN people_identifier owner ON owner.kind = 'afm' AND owner.value = s.afm
LEFT JOIN people_identifier holder ON holder.kind = 'am' AND holder.value = nullif(s.am, '')
LEFT JOIN people_teacher teacher ON teacher.person_id = owner.person_id
"""
DAYS = """
    WHEN NOT pg_input_is_valid(s.valid_from, 'date')
        THEN 'Η ημερομηνία έναρξης δεν είναι της μορφής 2022-09-01.'
    WHEN s.valid_until <> '' AND NOT pg_input_is_valid(s.valid_until, 'date')
        THEN 'Η ημερομηνία λήξης δεν είναι της μορφής 2022-09-01· κενή σημαίνει χωρίς λήξη.'
    WHEN s.valid_until <> '' AND s.valid_until::date < s.valid_from::date
        THEN 'Η λήξη είναι πριν από την έναρξη.'
"""
SPAN = """
    CASE WHEN pg_input_is_valid(s.valid_from, 'date') THEN s.valid_from::date END AS valid_from,
    CASE WHEN s.valid_until <> '' AND pg_input_is_valid(s.valid_until, 'date')
        THEN s.valid_until::date END AS valid_until,
"""
STRANGER = """
    WHEN t.afm IS NULL
        THEN 'Ο Α.Φ.Μ. δεν υπάρχει στο teachers.csv, ή η γραμμή του εκεί δεν έγινε δεκτή.'
"""
TEACHER = "LEFT JOIN checked_teachers t ON t.afm = s.afm AND t.refusal IS NULL"
SERVICES = f"""
CREATE TEMP TABLE checked_services ON COMMIT DROP AS
SELECT s.line, t.line AS teacher, school.id AS school, s.organic = 'ναι' AS organic,
    CASE WHEN s.hours = ANY (%(hours)s) THEN s.hours::smallint END AS hours, {SPAN}
    hash_record_extended((s.school, s.organic, s.hours, s.valid_from, s.valid_until), 1) AS digest,
    CASE {STRANGER}
    WHEN school.id IS NULL THEN 'Άγνωστος κωδικός σχολείου «' || left(s.school, 20) || '».'
    WHEN s.organic NOT IN ('ναι', 'όχι') THEN 'Στη στήλη organic γράφεται «ναι» ή «όχι».'
    WHEN s.hours <> ALL (%(hours)s)
        THEN 'Οι ώρες διδασκαλίας είναι ακέραιος από 0 έως {HOURS}.'
    {DAYS}
    WHEN twin.line < s.line THEN 'Ίδια υπηρέτηση υπάρχει ήδη στη γραμμή ' || twin.line || '.'
    END AS refusal
FROM stage_services s
LEFT JOIN (
    SELECT afm, school, valid_from, min(line) AS line FROM stage_services
    GROUP BY afm, school, valid_from HAVING count(*) > 1
) twin USING (afm, school, valid_from)
{TEACHER}
LEFT JOIN structures_school school ON school.code = s.school
"""
LEAVES = f"""
CREATE TEMP TABLE checked_leaves ON COMMIT DROP AS
SELECT s.line, t.line AS teacher, s.kind, {SPAN}
    hash_record_extended((s.kind, s.valid_from, s.valid_until), 2) AS digest,
    CASE {STRANGER}
    WHEN btrim(s.kind) = '' OR length(s.kind) > 60
        THEN 'Το είδος της άδειας έχει έως 60 χαρακτήρες και δεν μένει κενό.'
    {DAYS}
    WHEN twin.line < s.line THEN 'Ίδια άδεια υπάρχει ήδη στη γραμμή ' || twin.line || '.'
    END AS refusal
FROM stage_leaves s
LEFT JOIN (
    SELECT afm, kind, valid_from, min(line) AS line FROM stage_leaves
    GROUP BY afm, kind, valid_from HAVING count(*) > 1
) twin USING (afm, kind, valid_from)
{TEACHER}
"""
CERTIFICATES = f"""
CREATE TEMP TABLE checked_certificates ON COMMIT DROP AS
SELECT s.line, t.line AS teacher, held.id AS held,
    CASE WHEN pg_input_is_valid(s.issued_on, 'date') THEN s.issued_on::date END AS issued_on,
    hash_record_extended((s.kind, s.number, s.issued_on, s.source), 3) AS digest,
    CASE {STRANGER}
    WHEN s.kind <> ALL (%(certificates)s)
        THEN 'Άγνωστο είδος πιστοποιητικού «' || left(s.kind, 20) || '».'
    WHEN btrim(s.number) = '' OR length(s.number) > 40
        THEN 'Ο αριθμός του πιστοποιητικού έχει έως 40 χαρακτήρες και δεν μένει κενός.'
    WHEN NOT pg_input_is_valid(s.issued_on, 'date')
        THEN 'Η ημερομηνία έκδοσης δεν είναι της μορφής 2019-06-14.'
    WHEN length(s.source) > 60 THEN 'Η πηγή έχει έως 60 χαρακτήρες.'
    WHEN twin.line < s.line
        THEN 'Το πιστοποιητικό υπάρχει ήδη στη γραμμή ' || twin.line || '.'
    WHEN held.person_id <> coalesce(t.person, 0)
        THEN 'Το πιστοποιητικό ανήκει σε άλλο πρόσωπο. Ελέγξτε είδος και αριθμό.'
    END AS refusal
FROM stage_certificates s
LEFT JOIN (
    SELECT kind, number, min(line) AS line FROM stage_certificates
    GROUP BY kind, number HAVING count(*) > 1
) twin USING (kind, number)
{TEACHER}
LEFT JOIN people_heldcertificate held ON held.kind = s.kind AND held.number = s.number
"""
KNOWN = {
    "employment": list(Employment.values),
    "certificates": list(CertificateKind.values),
    "hours": sorted({f"{hours:{form}}" for hours in range(HOURS + 1) for form in ("", "02")}),
}


def check(cursor: Any) -> None:
    """Check every staged line."""
    cursor.execute(TEACHERS, KNOWN)
    cursor.execute("ANALYZE checked_teachers (afm, refusal)")
    for statement in (SERVICES, LEAVES, CERTIFICATES):
        cursor.execute(statement, KNOWN)
    for name in ("services", "leaves", "certificates"):
        cursor.execute(f"ANALYZE checked_{name} (teacher, refusal)")
