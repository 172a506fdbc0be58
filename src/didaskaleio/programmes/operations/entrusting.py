"""Meetings of a live programme are entrusted to another trainer (ανάθεση σε άλλο πρόσωπο)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from didaskaleio.kernel import journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.taken import unless_taken
from didaskaleio.people.models import Person
from didaskaleio.programmes.errors import TrainerTakenError
from didaskaleio.programmes.models import Programme, Slot


def entrust(slots: Collection[int], to: Person) -> None:
    """Hold the new trainer's hours instead of the old one's; refused where they teach then."""
    taken = TrainerTakenError(
        "Την ώρα αυτή το πρόσωπο μόλις δεσμεύτηκε από άλλο πρόγραμμα. Επιλέξτε άλλο πρόσωπο."
    )
    with unless_taken(taken):
        Slot.objects.filter(pk__in=slots, live=True).update(trainer=to)


def hand_over(programme: Programme, to: Person, *, actor: Actor, at: datetime, reason: str) -> None:
    """The programme has another trainer from now on; the caller holds its row."""
    old = programme.trainer
    programme.trainer = to
    programme.save(update_fields=["trainer"])
    act = f"Ανέλαβε άλλο πρόσωπο: {to}"
    journal.write(programme, act, actor=actor, at=at, reason=reason, replaced=old and old.pk)
