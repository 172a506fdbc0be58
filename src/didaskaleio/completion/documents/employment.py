"""The employment attestation (βεβαίωση απασχόλησης) as it is issued."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from didaskaleio.completion.documents.attendance import (
    SPECIMEN,
    Common,
    common,
    specialty_of,
)
from didaskaleio.completion.models import EmploymentAttestation
from didaskaleio.completion.queries.employment import Line
from didaskaleio.credentials import sheet
from didaskaleio.credentials.claims import Claims
from didaskaleio.credentials.operations import Draft
from didaskaleio.delivery.enums import Attendee
from didaskaleio.kernel.documents import Kind, declare
from didaskaleio.kernel.greek import count
from didaskaleio.programmes.models import Programme, ProgrammeStaff

TITLE = "Βεβαίωση απασχόλησης"
MARK = "ΒΑ"


def employment_draft(attestation: EmploymentAttestation, at: datetime) -> Draft:
    """What is issued for an employment attestation: claims and sheet from its kept hours."""
    programme = attestation.programme
    shared = common(programme, at)
    return Draft(
        kind=EMPLOYMENT_PDF,
        title=TITLE,
        person=attestation.person,
        body=programme.period.action.body,
        claims=_claims(attestation, shared, at),
        sheet=_sheet(attestation, shared),
        about=attestation,
        mark=MARK,
    )


def _claims(attestation: EmploymentAttestation, shared: Common, at: datetime) -> Claims:
    programme, person = attestation.programme, attestation.person
    action = programme.period.action
    return Claims(
        number=SPECIMEN,
        kind="employment",
        surname=person.surname,
        given_name=person.given_name,
        father_name=person.father_name,
        specialty=specialty_of(person),
        role=", ".join(roles_of(programme, attestation)),
        course=f"{action.title}, συστάδα {programme.cluster}",
        programme=programme.code,
        hours=attestation.hours,
        starts=shared.first,
        ends=shared.last,
        rules_version="",
        body=action.body.name,
        issued_at=at,
        code=SPECIMEN,
    )


def roles_of(programme: Programme, attestation: EmploymentAttestation) -> list[str]:
    """In which roles the person worked, in words, without repetition."""
    worked = {line["role"] for line in attestation.work}
    found = [str(Attendee.TRAINER.label)] if Attendee.TRAINER in worked else []
    if Attendee.STAFF in worked:
        of_staff = ProgrammeStaff.objects.filter(programme=programme, person=attestation.person)
        found += [row.get_role_display() for row in of_staff.order_by("role")]
    return found


def _sheet(attestation: EmploymentAttestation, shared: Common) -> sheet.Sheet:
    programme = attestation.programme
    action = programme.period.action
    return sheet.Sheet(
        authority=shared.authority,
        place=programme.centre.town,
        centre=programme.centre.name,
        address=SPECIMEN,
        signatory_office="Για τον φορέα υλοποίησης",
        project=f"{action.project.title} ({action.project.code})" if action.project else "",
        rules=tuple(_in_words(Line(**line)) for line in attestation.work),
        cofunding=shared.cofunding,
        logos=() if shared.cofunding else None,
    )


def _in_words(line: Line) -> tuple[str, str]:
    sessions = count(line.sessions, "συνάντηση", "συναντήσεις")
    return f"{line.role_label}, {line.kind_label}", f"{line.hours} ώρες ({sessions})"


def _specimen(attestation: EmploymentAttestation) -> dict[str, Any]:
    draft = employment_draft(attestation, attestation.at)
    return sheet.data(draft.claims, SPECIMEN, draft.sheet)


EMPLOYMENT_PDF = declare(
    Kind(
        name="completion.employment",
        title=TITLE,
        template=sheet.TEMPLATE,
        permission="employment.read",
        series="completion.employment",
        data=_specimen,
    )
)
