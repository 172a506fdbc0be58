"""Saved reports (αποθηκευμένες αναφορές): what a version says, and to whom a report may go."""

from __future__ import annotations

from datetime import datetime

from didaskaleio.kernel.access import Actor
from didaskaleio.observatory.access import OF_BODY, OF_CENTRE, OF_COUNTRY, audiences
from didaskaleio.observatory.definition import Definition, parse
from didaskaleio.observatory.models import AdHocReport, ReportVersion
from didaskaleio.observatory.queries.answers import Answer, answer
from didaskaleio.people.enums import Role
from didaskaleio.structures.models import ImplementingBody


def version_of(report: AdHocReport, number: int | None = None) -> ReportVersion | None:
    """One version of a report, the one in force where no number is given."""
    return report.versions.filter(number=number or report.number).first()


def definition_of(report: AdHocReport) -> Definition:
    """What the version in force asks; refused where a column of it is gone."""
    return parse(report.versions.get(number=report.number).definition)


def answered(report: AdHocReport, actor: Actor, at: datetime) -> Answer:
    """What the report says to ``actor``."""
    return answer(definition_of(report), actor, at, report.title)


def shareable(actor: Actor) -> list[tuple[str, str]]:
    """With whom the person may share: a role of a body that the person acts for, or a country's."""
    held = set(audiences(actor))
    bodies = {body for role, body in held if body is not None and role in OF_BODY}
    named = ImplementingBody.objects.filter(pk__in=bodies).order_by("short_name")
    found = [
        (f"{role}:{body.pk}", f"{Role(role).label}, {body}")
        for body in named
        for role in (*OF_BODY, *OF_CENTRE)
    ]
    if any(body is None and role != Role.REGIONAL_OFFICER for role, body in held):
        found += [(f"{role}:", f"{Role(role).label}, όλη η χώρα") for role in OF_COUNTRY]
    return found
