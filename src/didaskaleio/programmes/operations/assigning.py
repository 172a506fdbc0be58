"""Assignment by tender (ανάθεση; 001 §4, footnote 1; R-048): for other than public schools."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from didaskaleio.kernel import access, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.taken import unless_taken
from didaskaleio.programmes.errors import NotAssignedError
from didaskaleio.programmes.models import ActionTender, TrainingAction
from didaskaleio.registers.models import Tender
from didaskaleio.registers.queries import contracted_centres
from didaskaleio.structures.models import TrainingCentre


@transaction.atomic
def add_tender(
    action: TrainingAction, tender: Tender, *, actor: Actor, at: datetime
) -> ActionTender:
    """Διαγωνισμός της δράσης: whoever has its contract may propose programmes in its lot.

    Refused: a tender of another body, or one of another action.
    """
    access.require(actor, "action.manage", action)
    if tender.body_id != action.body_id:
        raise Refusal("Ο διαγωνισμός είναι άλλου φορέα. Επιλέξτε διαγωνισμό του φορέα σας.")
    with unless_taken(Refusal("Ο διαγωνισμός ανήκει ήδη σε δράση. Επιλέξτε άλλον.")):
        made = ActionTender.objects.create(action=action, tender=tender)
    journal.write(action, "Διαγωνισμός της δράσης", actor=actor, at=at, reason=f"«{tender}»")
    return made


@transaction.atomic
def drop_tender(action: TrainingAction, pk: int, *, actor: Actor, at: datetime) -> None:
    """Αποσύνδεση: programmes that were submitted stay. Refused: a tender of another action."""
    access.require(actor, "action.manage", action)
    found = action.tenders.select_related("tender").filter(pk=pk).first()
    if found is None:
        raise Refusal("Ο διαγωνισμός δεν συνδέεται με τη δράση. Ανανεώστε τη σελίδα.")
    found.delete()
    act = "Διαγωνισμός εκτός δράσης"
    journal.write(action, act, actor=actor, at=at, reason=f"«{found.tender}»")


def require_assignment(action: TrainingAction, centre: TrainingCentre) -> None:
    """Refuse a centre that is no public school, unless a contract of the action covers its lot."""
    if centre.kind == TrainingCentre.Kind.PUBLIC_SCHOOL:
        return
    tenders = action.tenders.values_list("tender", flat=True)
    lot = Q(tender__prefecture=None) | Q(tender__prefecture=centre.prefecture_id)
    if not contracted_centres(tenders).filter(lot, centre=centre).exists():
        raise NotAssignedError(
            "Η πρόσκληση της δράσης αφορά δημόσια σχολεία. Άλλοι φορείς προτείνουν προγράμματα "
            "μόνο με σύμβαση από διαγωνισμό της δράσης για τον νομό τους. Δείτε τους διαγωνισμούς.",
            code="tender",
        )
