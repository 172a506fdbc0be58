"""The synthetic nation as files (αρχεία), of the teachers in the database: ``load_people``."""

from __future__ import annotations

from pathlib import Path

from django.db import connection

AFM = "JOIN people_identifier afm ON afm.person_id = {person} AND afm.kind = 'afm'"
FILES = {
    "teachers": f"""
        SELECT afm.value AS afm, coalesce(am.value, '') AS am, p.surname, p.given_name,
            p.father_name, p.email,
            s.code || CASE WHEN t.special_post THEN '.50' ELSE '' END AS specialty, t.employment,
            CASE WHEN t.seconded_abroad THEN 'ναι' ELSE 'όχι' END AS seconded_abroad,
            t.appointed_on, t.checked_on
        FROM people_teacher t JOIN people_person p ON p.id = t.person_id
        JOIN structures_specialty s ON s.id = t.specialty_id {AFM.format(person="p.id")}
        LEFT JOIN people_identifier am ON am.person_id = p.id AND am.kind = 'am' ORDER BY t.id
        """,
    "services": f"""
        SELECT afm.value AS afm, school.code AS school,
            CASE WHEN v.organic THEN 'ναι' ELSE 'όχι' END AS organic, v.hours, v.valid_from,
            v.valid_until
        FROM people_schoolservice v JOIN people_teacher t ON t.id = v.teacher_id
        JOIN structures_school school ON school.id = v.school_id
        {AFM.format(person="t.person_id")} ORDER BY v.id
        """,
    "leaves": f"""
        SELECT afm.value AS afm, l.kind, l.valid_from, l.valid_until
        FROM people_leave l JOIN people_teacher t ON t.id = l.teacher_id
        {AFM.format(person="t.person_id")} ORDER BY l.id
        """,
    "certificates": f"""
        SELECT afm.value AS afm, c.kind, c.number, c.issued_on, c.source
        FROM people_heldcertificate c {AFM.format(person="c.person_id")} ORDER BY c.id
        """,
}


def write_files(folder: Path) -> None:
    """Write the four files into ``folder``, which is made if it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    with connection.cursor() as cursor:
        for name, query in FILES.items():
            words = f"COPY ({query}) TO STDOUT (FORMAT csv, DELIMITER ';', HEADER)"
            with (folder / f"{name}.csv").open("wb") as lines, cursor.copy(words) as copy:
                for part in copy:
                    lines.write(part)
