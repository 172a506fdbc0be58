"""Steps of a training action (επιμορφωτική δράση; 000 §3)."""

from __future__ import annotations

from datetime import datetime

from didaskaleio.courses.errors import ProgrammeHoursError
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.errors import StepRefusedError
from didaskaleio.kernel.spaces import queries as spaces
from didaskaleio.kernel.standards import operations as standards
from didaskaleio.programmes import queries
from didaskaleio.programmes.enums import ProgrammeState
from didaskaleio.programmes.lifecycle import ACTION
from didaskaleio.programmes.models import Programme, TrainingAction
from didaskaleio.programmes.queries import APPROVED_STATES

ACTION.model = TrainingAction
ENDED = (ProgrammeState.DOCUMENTED, ProgrammeState.CANCELLED, ProgrammeState.REJECTED)
VIABLE = (ProgrammeState.VIABLE, ProgrammeState.ENROLLING, ProgrammeState.RUNNING)


def _programmes(action: TrainingAction) -> int:
    return Programme.objects.filter(period__action=action, state__in=APPROVED_STATES).count()


def require_spaces(action: TrainingAction) -> None:
    """Refuse while the operator owes a space that the action needs (000 §7 step 5)."""
    if missing := spaces.owed(action):
        raise StepRefusedError(
            f"Η δράση δεν είναι έτοιμη. Χώροι που δεν έχουν ανοίξει: {', '.join(missing)}. "
            "Ζητήστε τους από την υπηρεσία λειτουργίας.",
            code="spaces",
        )


@ACTION.performs("set_parameters")
def set_parameters(action: TrainingAction, *, actor: Actor, at: datetime) -> None:
    """Settle the parameters: an approved course, a target, categories and a regulation."""
    standards.require("action.design", action.body_id, actor)
    if missing := queries.missing_of(action):
        raise StepRefusedError(f"Λείπουν: {', '.join(missing)}. Συμπληρώστε τα και δοκιμάστε ξανά.")
    if gaps := queries.hours_gaps(action):
        raise ProgrammeHoursError(" ".join(gaps))


@ACTION.performs("open_planning")
def open_planning(action: TrainingAction, *, actor: Actor, at: datetime) -> None:
    """Invite the centres to propose: a period must be there."""
    if not action.periods.exists():
        raise StepRefusedError("Η δράση δεν έχει περίοδο επιμόρφωσης. Ορίστε πρώτα μία.")


@ACTION.performs("open_applications")
def open_applications_of_action(action: TrainingAction, *, actor: Actor, at: datetime) -> None:
    """Open to applications: its spaces are decided, one programme at least has been approved."""
    require_spaces(action)
    if not _programmes(action):
        raise StepRefusedError("Δεν έχει εγκριθεί πρόγραμμα. Εγκρίνετε πρώτα ένα τουλάχιστον.")


@ACTION.performs("close_applications")
def close_applications(action: TrainingAction, *, actor: Actor, at: datetime) -> None:
    """Applications have ended with the freeze of the period."""


@ACTION.performs("start")
def start_action(action: TrainingAction, *, actor: Actor, at: datetime) -> None:
    """Start: one viable programme at least."""
    if not Programme.objects.filter(period__action=action, state__in=VIABLE).exists():
        raise StepRefusedError("Κανένα πρόγραμμα δεν είναι βιώσιμο ακόμη.")


@ACTION.performs("last_programme_ends")
def end_programmes(action: TrainingAction, *, actor: Actor, at: datetime) -> None:
    """The last programme of the action has ended."""


@ACTION.performs("close_documentation")
def close_documentation(action: TrainingAction, *, actor: Actor, at: datetime) -> None:
    """Close the documentation: every programme is documented, cancelled or rejected."""
    open_ones = Programme.objects.filter(period__action=action).exclude(
        state__in=[*ENDED, ProgrammeState.DRAFT, ProgrammeState.RETURNED]
    )
    if count := open_ones.count():
        raise StepRefusedError(
            f"Εκκρεμούν {count} προγράμματα. Ολοκληρώστε πρώτα την τεκμηρίωσή τους."
        )


@ACTION.performs("close")
def close_action(action: TrainingAction, *, actor: Actor, at: datetime) -> None:
    """Close the action."""


@ACTION.performs("cancel")
def cancel_action(action: TrainingAction, *, actor: Actor, at: datetime, reason: str = "") -> None:
    """Cancel the action, with a reason that is announced."""
