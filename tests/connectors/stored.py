"""What an import left stored, as plain values."""

from __future__ import annotations

from django.db import connection

from didaskaleio.connectors.enums import ChangeKind
from didaskaleio.kernel import journal
from didaskaleio.people.models import Teacher


def held(afm):
    return Teacher.objects.get(person__identifiers__value=afm)


def served(afm):
    """The services of a teacher as plain values."""
    rows = held(afm).services.order_by("valid_from", "school__code")
    return [(r.school.code, r.hours, r.organic, r.valid_from, r.valid_until) for r in rows]


def kinds(row):
    return {k: getattr(row, k) for k in ChangeKind.values if getattr(row, k)}


def of_kind(row, kind):
    return list(row.changes.filter(kind=kind).order_by("line"))


def facts():
    """Everything that an import may write, without the ids."""
    columns = "surname, given_name, father_name, email, username"
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT {columns}, (SELECT array_agg(kind || value ORDER BY kind)
                FROM people_identifier WHERE person_id = p.id),
            (SELECT array_agg(role) FROM people_post WHERE person_id = p.id),
            t.specialty_id, t.special_post, t.employment, t.seconded_abroad, t.appointed_on,
            t.checked_on,
            (SELECT array_agg((school_id, organic, hours, valid_from, valid_until)::text
                ORDER BY school_id, valid_from) FROM people_schoolservice WHERE teacher_id = t.id)
            FROM people_person p LEFT JOIN people_teacher t ON t.person_id = p.id
            ORDER BY username"""
        )
        return cursor.fetchall()


def journalled(row):
    return [entry.act for entry in reversed(journal.of(row))]
