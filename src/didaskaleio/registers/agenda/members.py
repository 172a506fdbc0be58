"""What waits in the registers: proposed changes, rooms of centres, memberships that end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.agenda import Todo, open_rows, shortened, todos
from didaskaleio.registers.access import KEEPERS
from didaskaleio.registers.enums import (
    MemberState,
)
from didaskaleio.registers.lifecycle import (
    PROPOSAL,
    ROOM_PROPOSAL,
)
from didaskaleio.registers.models import (
    ChangeProposal,
    Membership,
    RoomProposal,
)


@todos("registers.proposals")
def proposals(actor: Actor, at: datetime) -> Iterator[Todo]:
    """Changes of members' fields that wait for the body, the oldest first."""
    if not actor.holds(*KEEPERS):
        return
    found = open_rows(PROPOSAL, "accept", actor).exclude(membership__person=actor.user_id)
    yield from shortened(
        found.select_related("membership__person", "membership__register").order_by("at", "pk"),
        _decide,
        rest="μεταβολές στοιχείων",
        url=reverse("registers:registers"),
    )


def _decide(row: ChangeProposal) -> Todo:
    page = reverse("registers:proposal", args=[row.pk])
    return Todo("Απόφαση για μεταβολή στοιχείων", page, detail=str(row.membership))


@todos("registers.rooms")
def rooms(actor: Actor, at: datetime) -> Iterator[Todo]:
    """Changes of rooms that centres propose and the body has not decided on, the oldest first."""
    if not actor.holds(*KEEPERS):
        return
    found = open_rows(ROOM_PROPOSAL, "accept", actor).exclude(person=actor.user_id)
    yield from shortened(
        found.select_related("centre").order_by("at", "pk"),
        _room,
        rest="μεταβολές αιθουσών",
        url=reverse("registers:centres"),
    )


def _room(row: RoomProposal) -> Todo:
    page = reverse("registers:room-proposal", args=[row.pk])
    return Todo("Απόφαση για μεταβολή αίθουσας", page, detail=str(row))


@todos("registers.expiring")
def expiring(actor: Actor, at: datetime) -> Iterator[Todo]:
    """One's own memberships that end soon."""
    rows = Membership.objects.filter(person=actor.user_id, state=MemberState.EXPIRING)
    for row in rows.select_related("register").order_by("valid_until"):
        page = reverse("registers:member", args=[row.pk])
        yield Todo("Η εγγραφή σας λήγει: ελέγξτε τα στοιχεία", page, detail=str(row.register))
