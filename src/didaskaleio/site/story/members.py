"""Sheets of members in the story (εισαγωγή μελών): one applied, one in preview with its errors."""

from __future__ import annotations

import csv
import io
from typing import Any

from didaskaleio.people.models import Identifier, Person
from didaskaleio.registers import operations
from didaskaleio.registers.models import Register
from didaskaleio.site.story.cast import Cast
from didaskaleio.site.story.moments import local

HEADING = ("Α/Α", "ΑΦΜ", "Αρ. μητρώου", "Μέλος από", "Διαθέσιμες ημέρες", "Ώρες διδασκαλίας")
AT = local(2023, 1, 13, 12)


def imports(cast: Cast) -> None:
    """The trainers of an older register: the first sheet has been applied, the second waits."""
    register = Register.objects.get(code="epimorfotes-b")
    crowd = cast.crowd["KOZ", "ΠΕ03"]
    _sheet(cast, register, "mitroo-2014.csv", _lines(crowd[-6:]), apply=True)
    lines = _lines(crowd[-13:])
    lines[0][4] = "Δευτέρα, Κυριακή"
    lines[1][1] = "123456789"
    lines[2][3] = "31/2/2014"
    _sheet(cast, register, "mitroo-2016.csv", lines, apply=False)


def _lines(people: list[Person]) -> list[list[str]]:
    known = dict(
        Identifier.objects.filter(kind="afm", person__in=people).values_list("person", "value")
    )
    return [
        [
            str(n),
            known.get(one.pk, ""),
            f"Β-{2014 * 100 + one.pk}",
            f"{n}/3/2021",
            "Δευτέρα; Πέμπτη" if n % 2 else "Σάββατο",
            str(40 * n),
        ]
        for n, one in enumerate(people, 1)
    ]


def _sheet(
    cast: Cast, register: Register, name: str, lines: list[list[str]], *, apply: bool
) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([HEADING, *lines])
    by: dict[str, Any] = {"actor": cast.actor("registrar"), "at": AT}
    upload = io.BytesIO(text.getvalue().encode("cp1253"))
    row = operations.receive_members(register, upload, name, **by)
    operations.map_members(row, columns=row.columns, **by)
    if apply:
        operations.apply_members(row, **by)
