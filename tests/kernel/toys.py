"""A shelf with boxes: the smallest domain on which the kernel's mechanisms can be seen working."""

from __future__ import annotations

from django.db import models

from didaskaleio.kernel import access
from didaskaleio.kernel.access import BySystem, Holds, Own
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.lifecycle import lifecycle, step


class BoxState(models.TextChoices):
    OPEN = "open", "Ανοιχτό"
    SHUT = "shut", "Κλειστό"
    GONE = "gone", "Έφυγε"


class Shelf(models.Model):
    room = models.BigIntegerField()
    places = models.PositiveSmallIntegerField(default=3)

    class Meta:
        app_label = "toys"


class Box(models.Model):
    shelf = models.ForeignKey(Shelf, models.CASCADE, related_name="boxes")
    owner_id = models.BigIntegerField()
    state = models.CharField(max_length=8, choices=BoxState, default=BoxState.OPEN)
    due = models.DateTimeField(null=True)
    weight = models.PositiveSmallIntegerField(default=1)

    class Meta:
        app_label = "toys"


access.declare("box.shut", Holds("keeper", "room", within="shelf__room") | Own("owner_id"), "")
access.declare("box.rot", BySystem(), "")

BOX = lifecycle(
    "box",
    "Κουτί",
    BoxState,
    step("shut", BoxState.OPEN, BoxState.SHUT, needs="box.shut", label="Κλείσιμο"),
    step(
        "discard",
        BoxState.SHUT,
        BoxState.GONE,
        needs="box.shut",
        label="Απόσυρση",
        reason=True,
        guard=lambda box, _at: "Το κουτί είναι βαρύ." if box.weight > 5 else None,
    ),
    step("rot", BoxState.OPEN, BoxState.GONE, needs="box.rot", label="Φθορά", due="due"),
)
BOX.model = Box


@BOX.performs("shut", locks=("shelf",))
def shut(box, *, actor, at):
    if box.shelf.boxes.filter(state=BoxState.SHUT).count() >= box.shelf.places:
        raise Refusal("Το ράφι γέμισε.")


@BOX.performs("discard")
def discard(box, *, actor, at, reason=""):
    box.weight = 0
    box.save(update_fields=["weight"])


@BOX.performs("rot")
def rot(box, *, actor, at):
    if box.weight == 4:
        raise Refusal("Δεν φθείρεται.")


def forget() -> None:
    """Take the toys out of the platform's registers again."""
    from didaskaleio.kernel import lifecycle as cycles

    cycles.known.pop("box", None)
    for name in ("box.shut", "box.rot"):
        access.register.rules.pop(name, None)
