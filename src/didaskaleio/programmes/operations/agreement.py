"""Agreement of the trainer (συμφωνία επιμορφωτή/τριας) with one revision of a proposal."""

from __future__ import annotations

from datetime import datetime

from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.errors import StepRefusedError
from didaskaleio.programmes import queries
from didaskaleio.programmes.errors import RegulationNotAcceptedError
from didaskaleio.programmes.lifecycle import PROGRAMME
from didaskaleio.programmes.models import Programme

PROGRAMME.model = Programme


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
