"""What officers must do about corrections (εκκρεμότητες)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from didaskaleio.connectors.lifecycle import CORRECTION
from didaskaleio.connectors.models import Correction
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.agenda import Todo, open_rows, shortened, todos
from didaskaleio.people.enums import Role


@todos("connectors.corrections")
def corrections(actor: Actor, at: datetime) -> Iterator[Todo]:
    """Requests that wait for an answer, the oldest first."""
    del at
    if not actor.holds(Role.MINISTRY_OFFICER):
        return
    rows = open_rows(CORRECTION, "accept", actor).select_related("person").order_by("at", "pk")
    yield from shortened(
        rows, _one, rest="αιτήματα διόρθωσης", url=reverse("connectors:corrections")
    )


def _one(row: Correction) -> Todo:
    return Todo(
        "Απάντηση σε αίτημα διόρθωσης",
        reverse("connectors:correction", args=[row.pk]),
        detail=f"{row.get_fact_display()}, {row.person}",
    )
