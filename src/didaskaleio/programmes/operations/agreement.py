"""Agreement of the trainer (συμφωνία επιμορφωτή/τριας) and the changes that a trainer proposes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from django.db import transaction

from didaskaleio.kernel import access, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.errors import Refusal, StepRefusedError
from didaskaleio.programmes import queries
from didaskaleio.programmes.errors import RegulationNotAcceptedError
from didaskaleio.programmes.lifecycle import PROGRAMME
from didaskaleio.programmes.models import Programme, TimetableProposal
from didaskaleio.programmes.operations import drafts

PROGRAMME.model = Programme
ACCEPTED, DECLINED = "accepted", "declined"


@PROGRAMME.performs("agree")
def agree(programme: Programme, *, actor: Actor, at: datetime, revision: int | None = None) -> None:
    """The trainer agrees to exactly the revision on the screen."""
    _agree(programme, actor=actor, at=at, revision=revision)


@PROGRAMME.performs("agree_again")
def agree_again(
    programme: Programme, *, actor: Actor, at: datetime, revision: int | None = None
) -> None:
    """The same for a proposal that came back and was corrected."""
    _agree(programme, actor=actor, at=at, revision=revision)


def _agree(programme: Programme, *, actor: Actor, at: datetime, revision: int | None) -> None:
    if revision is not None and revision != programme.revision:
        raise StepRefusedError(
            "Η πρόταση άλλαξε όσο τη διαβάζατε. Δείτε τη νέα μορφή και συμφωνήστε ξανά."
        )
    regulation = queries.current_regulation(programme.period.action, at)
    if not queries.accepted(regulation, actor.user_id, "trainer"):
        raise RegulationNotAcceptedError(
            "Πριν συμφωνήσετε, αποδεχτείτε το Κανονιστικό Πλαίσιο ως επιμορφωτής/τρια.",
            rule=queries.citation(None),
        )
    programme.agreed_revision = programme.revision
    programme.save(update_fields=["agreed_revision"])


@transaction.atomic
def suggest(
    programme: Programme,
    *,
    actor: Actor,
    at: datetime,
    message: str,
    slots: Sequence[dict[str, Any]] = (),
) -> TimetableProposal:
    """The trainer proposes changes: a message and, where wished, another timetable."""
    row = drafts.locked(programme, actor=actor, permission="programme.suggest")
    if not message.strip():
        raise Refusal("Γράψτε τι προτείνετε να αλλάξει.")
    data = list(slots)
    drafts.from_data(row, data, at)
    made = TimetableProposal.objects.create(
        programme=row,
        trainer_id=cast("int", row.trainer_id),
        slots=data,
        message=message.strip(),
        at=at,
    )
    journal.write(row, "Πρόταση αλλαγών από επιμορφωτή/τρια", actor=actor, at=at, reason=message)
    return made


@transaction.atomic
def answer(
    proposal: TimetableProposal, *, actor: Actor, at: datetime, take: bool
) -> TimetableProposal:
    """The centre takes or declines a trainer's proposal; taking it replaces the timetable."""
    row = TimetableProposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    access.require(actor, "programme.edit", row.programme)
    if row.answer:
        raise Refusal("Η πρόταση έχει ήδη απαντηθεί. Ανανεώστε τη σελίδα.")
    row.answer, row.answered_at = (ACCEPTED if take else DECLINED), at
    row.save(update_fields=["answer", "answered_at"])
    if take and row.slots:
        slots = drafts.from_data(row.programme, row.slots, at)
        words = "Έγινε δεκτή η πρόταση επιμορφωτή/τριας"
        drafts.replace_slots(row.programme, slots, actor=actor, at=at, words=words)
    else:
        words = "Δεκτή η πρόταση αλλαγών" if take else "Δεν έγινε δεκτή η πρόταση αλλαγών"
        journal.write(row.programme, words, actor=actor, at=at)
    return row
