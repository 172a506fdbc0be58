"""Acts on spaces: open, by a room or by hand; decide that one is not available; take it back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model

from didaskaleio.kernel import access, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.spaces.declared import Need, kinds, openers
from didaskaleio.kernel.spaces.models import Space, SpaceState

NEEDS_PLACE = "Γράψτε πού άνοιξε ο χώρος: διεύθυνση, όνομα ή αριθμό στο σύστημά του."


@transaction.atomic
def open_space(thing: Model, need: str, *, actor: Actor, at: datetime, place: str = "") -> Space:
    """Άνοιγμα: by the room that provides it, else by hand with ``place``; a repetition is harmless.

    Refused: what nobody provides without a place, or what its room cannot open, with its reason.
    """
    known = _need(thing, need, actor)
    held = _decided(thing, need)
    if held is not None and held.state == SpaceState.OPENED:
        return held
    opener = openers.get(need)
    where = opener(thing, actor, at) if opener else place.strip()
    if not where:
        raise Refusal(NEEDS_PLACE)
    return _decide(thing, known, SpaceState.OPENED, actor, at, place=where[:300])


@transaction.atomic
def decline_space(thing: Model, need: str, *, reason: str, actor: Actor, at: datetime) -> Space:
    """Δεν διατίθεται εδώ, with a reason: the object goes on without it."""
    known = _need(thing, need, actor)
    held = _decided(thing, need)
    if held is not None and held.state == SpaceState.OPENED:
        raise Refusal(f"«{known.title}»: ο χώρος έχει ήδη ανοίξει. Πάρτε πρώτα πίσω το άνοιγμα.")
    if not reason.strip():
        raise Refusal("Γράψτε γιατί δεν διατίθεται και με τι καλύπτεται η ανάγκη.")
    return _decide(thing, known, SpaceState.UNAVAILABLE, actor, at, reason=reason.strip())


@transaction.atomic
def reset_space(thing: Model, need: str, *, reason: str, actor: Actor, at: datetime) -> None:
    """Πίσω στα οφειλόμενα: a decision that was wrong is taken back; the journal keeps it."""
    known = _need(thing, need, actor)
    held = _decided(thing, need)
    if held is None:
        return
    if not reason.strip():
        raise Refusal("Γράψτε γιατί αναιρείται η απόφαση.")
    held.delete()
    journal.write(thing, f"Χώρος: {known.title}, οφείλεται ξανά", actor=actor, at=at, reason=reason)


def move_space(thing: Model, need: str, *, place: str) -> None:
    """Αλλαγή θέσης: a room says where a space that it has opened is now; others stay owed."""
    rows = Space.objects.filter(subject=journal.label(thing), subject_id=thing.pk, need=need)
    rows.filter(state=SpaceState.OPENED).update(place=place[:300])


def _need(thing: Model, name: str, actor: Actor) -> Need:
    """The need called so, the object locked; nobody else decides on it meanwhile."""
    access.require(actor, "space.decide", thing)
    kind = kinds[journal.label(thing)]
    found = next((need for need in kind.needs if need.name == name), None)
    if found is None:
        raise Refusal("Ο χώρος δεν υπάρχει στον κατάλογο. Ανανεώστε τη σελίδα.")
    rows: Any = type(thing)._base_manager  # noqa: SLF001
    rows.select_for_update(of=("self",)).get(pk=thing.pk)
    return found


def _decided(thing: Model, need: str) -> Space | None:
    rows = Space.objects.filter(subject=journal.label(thing), subject_id=thing.pk, need=need)
    return rows.first()


def _decide(
    thing: Model, need: Need, state: SpaceState, actor: Actor, at: datetime, **facts: str
) -> Space:
    facts = {"place": "", "reason": ""} | facts
    row, _ = Space.objects.update_or_create(
        subject=journal.label(thing),
        subject_id=thing.pk,
        need=need.name,
        defaults={"state": state, "by_id": actor.user_id, "at": at, **facts},
    )
    what = f"Χώρος: {need.title}, {state.label.lower()}"
    journal.write(thing, what[:200], actor=actor, at=at, reason=facts["reason"])
    return row
