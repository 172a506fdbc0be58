"""Rooms of a centre (αίθουσες Κ.Σ.Ε.): the centre proposes, the body decides, or writes itself."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from didaskaleio.kernel import journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.taken import unless_taken
from didaskaleio.registers.enums import RoomAct
from didaskaleio.registers.errors import CentreRefusedError
from didaskaleio.registers.lifecycle import ROOM_PROPOSAL
from didaskaleio.registers.models import RoomProposal
from didaskaleio.registers.operations.centres import held_centre, tell_centre
from didaskaleio.structures.models import Room, TrainingCentre

ROOM_PROPOSAL.model = RoomProposal


@dataclass(frozen=True)
class RoomFacts:
    """What is said of a room (στοιχεία αίθουσας)."""

    name: str
    kind: str
    seats: int
    equipment: str = ""


@transaction.atomic
def propose_room(
    centre: TrainingCentre,
    facts: RoomFacts,
    *,
    room: Room | None = None,
    close: bool = False,
    note: str = "",
    actor: Actor,
    at: datetime,
) -> RoomProposal:
    """Πρόταση μεταβολής: a new room, other facts of one, or that it is used no more.

    Refused: a room of another centre, no difference, a name that is taken, a second proposal
    while one waits.
    """
    row = held_centre(centre, actor, "centre.update")
    act = _act(row, facts, room, close=close)
    with unless_taken(
        CentreRefusedError(
            "Για την αίθουσα περιμένει ήδη μεταβολή. Περιμένετε την απόφαση ή αποσύρετέ την."
        )
    ):
        made = RoomProposal.objects.create(
            centre=row,
            room=room,
            act=act,
            note=note,
            person_id=actor.person_id,
            at=at,
            **asdict(facts),
        )
    journal.write(made, "Υποβλήθηκε η μεταβολή", actor=actor, at=at)
    journal.write(row, "Προτάθηκε μεταβολή αίθουσας", actor=actor, at=at, reason=str(made))
    return made


@transaction.atomic
def keep_room(
    centre: TrainingCentre,
    facts: RoomFacts,
    *,
    room: Room | None = None,
    close: bool = False,
    note: str = "",
    actor: Actor,
    at: datetime,
) -> Room:
    """Μεταβολή αίθουσας by the body itself, at once; the reason stays in the history."""
    row = held_centre(centre, actor)
    if not note.strip():
        raise CentreRefusedError("Γράψτε από πού προκύπτει η μεταβολή.", code="note")
    act = _act(row, facts, room, close=close)
    return _write(row, room, act, facts, actor=actor, at=at, reason=note)


def _act(centre: TrainingCentre, facts: RoomFacts, room: Room | None, *, close: bool) -> RoomAct:
    if room is None:
        _refuse_taken(centre, facts.name)
        return RoomAct.ADD
    if room.centre_id != centre.pk:
        raise CentreRefusedError("Η αίθουσα είναι άλλου κέντρου. Επιλέξτε δική του.")
    if close:
        if not room.in_use:
            raise CentreRefusedError("Η αίθουσα έχει ήδη πάψει να χρησιμοποιείται.")
        return RoomAct.CLOSE
    if room.in_use and facts == facts_of(room):
        raise CentreRefusedError("Δεν αλλάξατε κάτι. Διορθώστε όσα στοιχεία μεταβλήθηκαν.")
    _refuse_taken(centre, facts.name, room)
    return RoomAct.CHANGE


def facts_of(room: Room) -> RoomFacts:
    """What stands of a room now."""
    return RoomFacts(room.name, room.kind, room.seats, room.equipment)


def _refuse_taken(centre: TrainingCentre, name: str, room: Room | None = None) -> None:
    others = centre.rooms.exclude(pk=room.pk) if room else centre.rooms.all()
    if others.filter(name=name).exists():
        raise CentreRefusedError(
            f"Το κέντρο έχει ήδη αίθουσα «{name}». Αλλάξτε εκείνη ή δώστε άλλο όνομα.",
            code="name",
        )


def _write(
    centre: TrainingCentre,
    room: Room | None,
    act: str,
    facts: RoomFacts,
    *,
    actor: Actor,
    at: datetime,
    reason: str,
) -> Room:
    row = room or Room(centre=centre)
    before = facts_of(row) if room else None
    row.in_use = act != RoomAct.CLOSE
    for name, value in asdict(facts).items():
        setattr(row, name, value)
    row.save()
    words = f"{RoomAct(act).label}: {row.name}. {reason}".strip()
    data: dict[str, Any] = {"after": asdict(facts), "before": asdict(before) if before else None}
    journal.write(centre, "Άλλαξαν οι αίθουσες", actor=actor, at=at, reason=words, **data)
    return row


@ROOM_PROPOSAL.performs("accept", locks=("centre",))
def accept_room(proposal: RoomProposal, *, actor: Actor, at: datetime) -> None:
    """Έγκριση: the room becomes what was proposed. Nobody decides on a proposal of one's own."""
    _refuse_oneself(proposal, actor)
    room = proposal.room
    if room is not None:
        room.refresh_from_db()
    facts = RoomFacts(proposal.name, proposal.kind, proposal.seats, proposal.equipment)
    if proposal.act != RoomAct.CLOSE:
        _refuse_taken(proposal.centre, facts.name, room)
    _write(proposal.centre, room, proposal.act, facts, actor=actor, at=at, reason=proposal.note)
    _answer(proposal, "Έγινε δεκτή μεταβολή αίθουσας", "", at)


@ROOM_PROPOSAL.performs("decline")
def decline_room(proposal: RoomProposal, *, actor: Actor, at: datetime, reason: str) -> None:
    """Απόρριψη, with the reason that the centre reads."""
    _refuse_oneself(proposal, actor)
    _answer(proposal, "Δεν έγινε δεκτή μεταβολή αίθουσας", reason, at)


@ROOM_PROPOSAL.performs("withdraw")
def recall_room(proposal: RoomProposal, *, actor: Actor, at: datetime) -> None:
    """Απόσυρση by the centre."""


def _refuse_oneself(proposal: RoomProposal, actor: Actor) -> None:
    if proposal.person_id == actor.user_id:
        raise CentreRefusedError("Για δική σας πρόταση αποφασίζει άλλο πρόσωπο του φορέα.")


def _answer(proposal: RoomProposal, title: str, text: str, at: datetime) -> None:
    words = f"{proposal}. {text}".strip()
    tell_centre(proposal.centre, title, words, f"room-proposal-{proposal.pk}", at=at)
