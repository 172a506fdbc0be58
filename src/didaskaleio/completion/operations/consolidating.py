"""Consolidated attendance (συγκεντρωτικό παρουσιολόγιο) and acceptance of the documents."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from didaskaleio.completion.documents import (
    CONSOLIDATED_PDF,
    identity_text,
    printed,
)
from didaskaleio.completion.errors import NotFinishedError, UnchangedError
from didaskaleio.completion.models import ConsolidatedAttendance
from didaskaleio.completion.queries import conditions, consolidated_rows, is_settled, latest
from didaskaleio.credentials import operations as credentials
from didaskaleio.kernel import access, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.errors import StepRefusedError
from didaskaleio.programmes.enums import ProgrammeState
from didaskaleio.programmes.lifecycle import PROGRAMME
from didaskaleio.programmes.models import Programme

MARK = "ΣΠ"
FINISHED = (ProgrammeState.COMPLETED, ProgrammeState.DOCUMENTED)


def consolidate(programme: Programme, *, actor: Actor, at: datetime) -> ConsolidatedAttendance:
    """Issue the next version of the consolidated attendance: numbered, sealed, stored."""
    access.require(actor, "completion.consolidate", programme)
    with transaction.atomic():
        programme = Programme.objects.select_for_update(of=("self",), no_key=True).get(
            pk=programme.pk
        )
        if programme.state not in FINISHED or not is_settled(programme):
            raise NotFinishedError(
                "Το συγκεντρωτικό παρουσιολόγιο εκδίδεται όταν ολοκληρωθεί το πρόγραμμα και "
                "υπογραφούν όλα τα παρουσιολόγια.",
                code="not_finished",
            )
        rows, before = consolidated_rows(programme, at), latest(programme)
        if before is not None and before.rows == rows:
            raise UnchangedError(
                f"Δεν άλλαξε τίποτα από την έκδοση {before.version}. Κατεβάστε εκείνη.",
                code="unchanged",
            )
        version = before.version + 1 if before else 1
        return _keep(programme, rows, version, actor, at)


def _keep(
    programme: Programme, rows: list[dict[str, Any]], version: int, actor: Actor, at: datetime
) -> ConsolidatedAttendance:
    body = programme.period.action.body
    number = credentials.body_number(CONSOLIDATED_PDF.series, body, at=at, mark=MARK)
    document = credentials.issue_sealed(
        CONSOLIDATED_PDF,
        programme,
        body=body,
        number=number,
        what="Το συγκεντρωτικό παρουσιολόγιο",
        actor=actor,
        at=at,
        place=programme.centre.town,
        lines=printed(rows),
        version=version,
        cofunding=_cofunding(programme, at),
    )
    journal.write(programme, f"Συγκεντρωτικό παρουσιολόγιο, έκδοση {version}", actor=actor, at=at)
    return ConsolidatedAttendance.objects.create(
        programme=programme, version=version, rows=rows, document=document, at=at
    )


def _cofunding(programme: Programme, at: datetime) -> dict[str, Any] | None:
    text = identity_text(programme, at)
    return {"text": text, "logos": []} if text else None


@PROGRAMME.performs("accept_documents")
def accept_documents(programme: Programme, *, actor: Actor, at: datetime) -> None:
    """Accept the documents of a programme (αποδοχή παραστατικών); refuses with what is missing."""
    missing = [c for c in conditions(programme, at) if not c.met]
    if missing:
        told = " ".join(f"{c.title}: {c.sentence}" for c in missing)
        raise StepRefusedError(f"Λείπουν παραστατικά. {told}", code="accept_documents")
