"""Manual move (μετακίνηση με απόφαση): an officer's act, with a reason, listed by number."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from didaskaleio.enrolment import events, notices, places
from didaskaleio.enrolment.enums import ApplicationState, ChangeKind, MoveReason
from didaskaleio.enrolment.errors import NotOpenError, UndeclaredError
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.enrolment.operations import applicant, changes, filling, lists, offers
from didaskaleio.kernel import access, journal
from didaskaleio.kernel import events as kernel_events
from didaskaleio.kernel import notices as sending
from didaskaleio.kernel.access import Actor
from didaskaleio.programmes.enums import ProgrammeState
from didaskaleio.programmes.models import Programme

MOVABLE = (ApplicationState.PLACED, ApplicationState.ENROLLED)
RECEIVING = (ProgrammeState.FILLING, *places.VIABLE_STATES)


@transaction.atomic
def move_by_decision(
    application: ParticipationApplication,
    to: Programme,
    *,
    actor: Actor,
    at: datetime,
    code: str,
    reason: str,
) -> None:
    """Move a person who holds a place; the code is published with the number, the words are kept.

    ``reason`` stays in the journal: it may speak of the person.
    """
    if code not in MoveReason.values or not reason.strip():
        raise UndeclaredError("Διαλέξτε κωδικό και γράψτε την αιτιολογία της μετακίνησης.")
    row = ParticipationApplication.objects.get(pk=application.pk)
    access.require(actor, "application.manage", row)
    locked = applicant.lock(row, [to.pk])
    _may_move(row)
    old, new = locked[row.programme_id or 0], locked[to.pk]
    _may_receive(old, new)
    _use_place(new, at)
    offers.release(row, old, at)
    row.programme, row.place_sequence = new, places.next_sequence()
    row.confirm_by = offers.confirm_by(new, at) if row.state == ApplicationState.PLACED else None
    row.save(update_fields=["programme", "place_sequence", "confirm_by"])
    act = f"Μετακίνηση με απόφαση από {old.code} σε {new.code}"
    journal.write(row, act, actor=actor, at=at, reason=reason, code=code)
    label = str(MoveReason(code).label)
    changes.of_person(row, ChangeKind.MANUAL_MOVE, at=at, old=old, new=new, reason=label)
    if not filling.settle_viability(new, at=at) and new.state in places.VIABLE_STATES:
        lists.end_waiting([row.pk], at=at)
    _tell(row, old, new, label, at)
    kernel_events.publish(events.PersonMoved(row.pk, old.pk, new.pk, at))


def _may_move(row: ParticipationApplication) -> None:
    if row.state not in MOVABLE or row.programme_id is None:
        raise NotOpenError("Μετακινείται μόνο όποιος έχει θέση ή εγγραφή.")


def _may_receive(old: Programme, new: Programme) -> None:
    here = (old.period_id, old.cluster_id) == (new.period_id, new.cluster_id)
    if old.pk == new.pk or not here or new.state not in RECEIVING:
        raise NotOpenError("Διαλέξτε άλλο πρόγραμμα της ίδιας περιόδου και συστάδας.")


def _use_place(new: Programme, at: datetime) -> None:
    """A free place, or one owed to a list on which nobody waits; nobody is passed over."""
    if places.free_to_claim(new, at):
        return
    owed = places.owed_to_list(new)
    if not owed:
        raise NotOpenError(f"Το {new.code} δεν έχει κενή θέση.")
    if lists.anybody_waits(new):
        raise NotOpenError(f"Η κενή θέση του {new.code} ανήκει στη λίστα επιλαχόντων του.")
    owed[0].used_at = at
    owed[0].save(update_fields=["used_at"])


def _tell(
    row: ParticipationApplication, old: Programme, new: Programme, label: str, at: datetime
) -> None:
    message = sending.Message(
        row.person_id,
        "Μετακίνηση με απόφαση",
        f"Μετακινηθήκατε από το {old} στο {new}. Αιτιολογία: {label}.",
        f"move-{row.pk}-{row.place_sequence}",
        reverse("enrolment:application"),
    )
    sending.send(notices.MOVED, [message], at=at)
