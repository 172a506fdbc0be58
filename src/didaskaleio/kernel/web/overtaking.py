"""Ταυτόχρονη σύνταξη: a form knows what it was opened on, so that no save is lost in silence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Model
from django.forms import BaseForm

from didaskaleio.kernel import journal
from didaskaleio.kernel.errors import OvertakenError, Refusal
from didaskaleio.kernel.web.http import Request, number

Pairs = Sequence[tuple[str, object]]


def seen(request: Request) -> int | None:
    """The entry of the journal that was the latest when the form was opened; None if unknown."""
    return number(request.POST.get("seen", ""))


def opened(
    request: Request, thing: Model, act: str, refusal: OvertakenError | None, theirs: Pairs = ()
) -> dict[str, Any]:
    """What ``kernel/form.html`` needs: the entry seen; after a refusal, what the others wrote.

    ``theirs`` are pairs of label and value as they are stored now: whoever saves once more has
    seen them. A form that comes back for another reason keeps the entry it was opened on.
    """
    if refusal is not None:
        latest = journal.latest(thing, act)
        return {"seen": latest, "overtaken": str(refusal), "theirs": theirs}
    known = seen(request)
    return {"seen": journal.latest(thing, act) if known is None else known}


def saved(
    request: Request, form: BaseForm, act: Callable[..., object], *, field: str | None = None
) -> tuple[bool, OvertakenError | None]:
    """Whether ``act`` stored what a valid form says; the refusal, if somebody saved meanwhile.

    ``act`` takes actor, at and seen. Any other refusal stands on the form: at the field that its
    code names, else at ``field``, else above all of them.
    """
    if request.method != "POST" or not form.is_valid():
        return False, None
    try:
        act(actor=request.actor, at=request.at, seen=seen(request))
    except OvertakenError as refusal:
        return False, refusal
    except Refusal as refusal:
        form.add_error(refusal.code if refusal.code in form.fields else field, str(refusal))
        return False, None
    return True, None
