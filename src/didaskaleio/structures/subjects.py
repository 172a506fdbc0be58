"""Subjects (θέματα αναφορών) of room structures: schools, which are public as places."""

from __future__ import annotations

from didaskaleio.kernel.subjects import Field, Subject, declare
from didaskaleio.structures.models import School, SchoolType

SCHOOLS = declare(
    Subject(
        name="structures.schools",
        title="Σχολικές μονάδες",
        model=School,
        permission="school.list",
        fields=(
            Field("code", "Κωδικός"),
            Field("name", "Σχολείο"),
            Field("type", "Τύπος", "type__name"),
            Field(
                "level",
                "Βαθμίδα",
                "type__level",
                kind="choice",
                choices=tuple(SchoolType.Level.choices),
            ),
            Field("sector", "Τομέας", kind="choice", choices=tuple(School.Sector.choices)),
            Field("evening", "Εσπερινό", kind="yes"),
            Field("town", "Πόλη ή κοινότητα"),
            Field("unit", "Περιφερειακή ενότητα", "regional_unit__label"),
            Field("prefecture", "Νομός", "prefecture__name"),
            Field("region", "Περιφέρεια", "region__name"),
            Field("directorate", "Διεύθυνση", "directorate__abbreviation"),
            Field("country", "Χώρα"),
        ),
        order=("sort_key", "pk"),
    )
)
