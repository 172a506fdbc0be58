"""Presence (παρουσία): the code of the room, the roll with one tap for each, its closing."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from didaskaleio.credentials.operations import keys_of
from didaskaleio.delivery.rules import codes
from didaskaleio.kernel import greek, jobs
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.taken import unless_taken
from didaskaleio.small_actions import queries
from didaskaleio.small_actions.documents import body_of
from didaskaleio.small_actions.enums import TAKING
from didaskaleio.small_actions.errors import RollRefusedError, SeatRefusedError
from didaskaleio.small_actions.lifecycle import SEAT, SMALL_ACTION
from didaskaleio.small_actions.models import Seat, SmallAction

STALE = "Ο κωδικός δεν ισχύει. Διαβάστε αυτόν που φαίνεται τώρα στην οθόνη και δοκιμάστε ξανά."
OTHERS_DEVICE = (
    "Από αυτή τη συσκευή δήλωσε ήδη παρουσία άλλο πρόσωπο. "
    "Χρησιμοποιήστε τη δική σας ή ζητήστε να σας σημειώσει όποιος οργανώνει."
)


def arrive(seat: Seat, code: str, *, device: str, actor: Actor, at: datetime) -> None:
    """Declare that one is there, by the code that the screen of the room shows."""
    if not queries.code_open(seat.action, at):
        raise SeatRefusedError(
            "Η παρουσία δηλώνεται από μισή ώρα πριν από την έναρξη έως τη λήξη. "
            "Αν ήσασταν εκεί, ζητήστε να σας σημειώσει όποιος οργανώνει."
        )
    if not codes.holds(queries.secret(), seat.action_id, code, at):
        raise SeatRefusedError(STALE)
    with unless_taken(SeatRefusedError(OTHERS_DEVICE)):
        _arrived(seat, actor=actor, at=at, device=device)


@SEAT.performs("arrive", locks=("action",))
def _arrived(seat: Seat, *, actor: Actor, at: datetime, device: str) -> None:
    seat.arrived_at, seat.device = at, device


@SMALL_ACTION.performs("complete")
def complete(action: SmallAction, present: Collection[int], *, actor: Actor, at: datetime) -> None:
    """Close the roll: ``present`` are the seats of who was there, all others were absent.

    Then the attestations that are owed are issued, in the background.
    """
    seats = Seat.objects.filter(action=action, state__in=TAKING)
    known = set(seats.values_list("pk", flat=True))
    there = set(present)
    if there - known:
        raise RollRefusedError("Ο κατάλογος άλλαξε στο μεταξύ. Δείτε τον ξανά και κλείστε τον.")
    if not known:
        raise RollRefusedError(
            "Κανείς δεν έχει θέση σε αυτή τη δράση. Αν δεν έγινε, ματαιώστε την με αιτιολογία."
        )
    SEAT.perform_all("attend", seats.filter(pk__in=there), actor=actor, at=at)
    SEAT.perform_all("miss", seats.exclude(pk__in=there), actor=actor, at=at)
    if action.attested:
        keys_of(body_of(action))
        jobs.enqueue("small_actions.attest", action=action.pk)


SEAT.bulk_operations["attend"] = SEAT.bulk_operations["miss"] = complete


@SMALL_ACTION.performs("reopen")
def reopen(action: SmallAction, *, actor: Actor, at: datetime, reason: str) -> None:
    """Open the roll for a correction; its closing issues what is missing, revokes what is not."""


def counted_words(present: int, absent: int) -> str:
    """«12 παρουσίες, 1 απουσία»."""
    there = greek.count(present, "παρουσία", "παρουσίες")
    return f"{there}, {greek.count(absent, 'απουσία', 'απουσίες')}"
