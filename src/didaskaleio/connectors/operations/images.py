"""Images of teachers (εικόνες): everything that MySchool says of one, as one JSON value.

The same value stands before and after each change, so that applying and undoing are one act:
hold what stands now against one image, write the other.
"""

from __future__ import annotations

# services are [code of school, organic, hours, from, until], in one order
SERVICE = "jsonb_build_array({school}, {organic}, {hours}, {first}, {last})"
IN_ORDER = "ORDER BY {first}, {school}, {hours}, {last}"


def services(school: str, organic: str, hours: str, first: str, last: str) -> str:
    """SQL of the services of a teacher, an aggregate over rows of these columns."""
    names = {"school": school, "organic": organic, "hours": hours, "first": first, "last": last}
    return f"jsonb_agg({SERVICE.format(**names)} {IN_ORDER.format(**names)})"


HELD_SERVICES = services("school.code", "v.organic", "v.hours", "v.valid_from", "v.valid_until")
# who(afm) is given; nobody's ΑΦΜ leaves no row
HELD = f"""
CREATE TEMP TABLE held ON COMMIT DROP AS
WITH found AS (
    SELECT who.afm, owner.person_id AS person, t.id AS teacher, t.specialty_id, t.special_post,
        t.employment, t.seconded_abroad, t.appointed_on, t.checked_on, t.source
    FROM who JOIN people_identifier owner ON owner.kind = 'afm' AND owner.value = who.afm
    LEFT JOIN people_teacher t ON t.person_id = owner.person_id
), served AS (
    SELECT v.teacher_id, {HELD_SERVICES} AS services
    FROM people_schoolservice v JOIN structures_school school ON school.id = v.school_id
    JOIN found ON found.teacher = v.teacher_id
    GROUP BY v.teacher_id
)
SELECT f.afm, f.person, f.teacher, f.checked_on, f.source, jsonb_build_object(
    'surname', p.surname, 'given_name', p.given_name, 'father_name', p.father_name,
    'am', coalesce(am.value, ''),
    'specialty', s.code || CASE WHEN f.special_post THEN '.50' ELSE '' END,
    'employment', f.employment, 'abroad', f.seconded_abroad,
    'appointed_on', f.appointed_on,
    'services', coalesce(served.services, '[]')) AS image
FROM found f JOIN people_person p ON p.id = f.person
LEFT JOIN people_identifier am ON am.person_id = f.person AND am.kind = 'am'
LEFT JOIN structures_specialty s ON s.id = f.specialty_id
LEFT JOIN served ON served.teacher_id = f.teacher
"""
