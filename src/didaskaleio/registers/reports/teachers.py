"""Report of trained and certified teachers (αναφορά επιμορφωμένων)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet, Value

from didaskaleio.kernel import access
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.fields import GreekKeyOf
from didaskaleio.kernel.reports import Choice, Column, Filter, Report, declare
from didaskaleio.people.models import Person
from didaskaleio.registers import teachers


def _teachers(actor: Actor, _at: datetime, _values: dict[str, str]) -> QuerySet[Any]:
    seen = access.visible(actor, "teacher_record.read", Person.objects.all())
    return teachers.with_figures(teachers.trained(seen), actor).order_by("sort_key", "pk")


def _held(actor: Actor, _at: datetime) -> list[Choice]:
    return list(teachers.held_kinds(actor))


def _named_person(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(sort_key__contains=GreekKeyOf(Value(text.strip()[:60])))


declare(
    Report(
        name="registers.teachers",
        title="Μητρώο επιμορφωμένων και πιστοποιημένων εκπαιδευτικών",
        permission="teacher_record.desk",
        columns=(
            Column("person", "Εκπαιδευτικός", str, order="sort_key"),
            Column("specialty", "Ειδικότητα", "teacher.specialty.code", order="teacher__specialty"),
            Column("attested", "Βεβαιώσεις", kind="number", order="attested", total=True),
            Column("latest", "Τελευταία", kind="moment", order="latest"),
            Column("held", "Κατέχει", teachers.held_words),
        ),
        rows=_teachers,
        filters=(Filter("holds", "Κατέχει", _held, teachers.narrowed),),
        search=_named_person,
        note="Ο φορέας βλέπει μόνο τις βεβαιώσεις που εξέδωσε ο ίδιος.",
    )
)
