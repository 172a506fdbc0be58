"""The attestation of participation (βεβαίωση συμμετοχής) in a small action."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from didaskaleio.credentials import sheet
from didaskaleio.credentials.claims import Claims
from didaskaleio.credentials.operations import Draft
from didaskaleio.kernel import greek
from didaskaleio.kernel.clock import ATHENS
from didaskaleio.kernel.documents import Kind, declare
from didaskaleio.people.models import Person
from didaskaleio.small_actions.models import Seat, SmallAction
from didaskaleio.structures.models import ImplementingBody
from didaskaleio.structures.queries import authority_lines

SPECIMEN = "ΔΕΙΓΜΑ"
TITLE = "Βεβαίωση συμμετοχής"
MARK = "ΒΣ"


def body_of(action: SmallAction) -> ImplementingBody:
    """The body that seals: whoever owes attestations has one."""
    assert action.body is not None  # noqa: S101 - the database keeps it for attested actions
    return action.body


def draft_of(seat: Seat, at: datetime) -> Draft:
    """What is issued to whoever attended: claims and sheet from the action as it stands."""
    return Draft(
        kind=PARTICIPATION_PDF,
        title=TITLE,
        person=seat.person,
        body=body_of(seat.action),
        claims=_claims(seat.action, seat.person, at),
        sheet=_sheet(seat.action),
        about=seat,
        mark=MARK,
    )


def _claims(action: SmallAction, person: Person, at: datetime) -> Claims:
    teacher = getattr(person, "teacher", None)
    return Claims(
        number=SPECIMEN,
        kind="participation",
        surname=person.surname,
        given_name=person.given_name,
        father_name=person.father_name,
        specialty=f"{teacher.specialty_code} {teacher.specialty.label}" if teacher else "",
        course=f"{action.get_kind_display()}: {action.title}",
        programme=action.code,
        hours=action.hours,
        starts=action.starts_at.astimezone(ATHENS).date(),
        ends=action.ends_at.astimezone(ATHENS).date(),
        rules_version="",
        body=body_of(action).name,
        issued_at=at,
        code=SPECIMEN,
    )


def _sheet(action: SmallAction) -> sheet.Sheet:
    starts, ends = (moment.astimezone(ATHENS) for moment in (action.starts_at, action.ends_at))
    lines = [("Ώρες", f"{greek.short_date(starts.date())}, {starts:%H:%M} έως {ends:%H:%M}")]
    lines += [("Εισήγηση", action.speakers)] if action.speakers else []
    lines += [("Ενότητα που αξιοποιήθηκε", action.unit.title)] if action.unit else []
    lines += [("Υλικό που αξιοποιήθηκε", action.material.title)] if action.material else []
    return sheet.Sheet(
        authority=authority_lines(body_of(action)),
        place=action.host.town,
        centre=str(action.host),
        address=SPECIMEN,
        signatory_office="Για τον φορέα υλοποίησης",
        rules=tuple(lines),
    )


def _specimen(seat: Seat) -> dict[str, Any]:
    draft = draft_of(seat, seat.at)
    return sheet.data(draft.claims, SPECIMEN, draft.sheet)


PARTICIPATION_PDF = declare(
    Kind(
        name="small_actions.participation",
        title=TITLE,
        template=sheet.TEMPLATE,
        permission="seat.read",
        series="small_actions.participation",
        data=_specimen,
    )
)
