"""What waits for the operating service and for whoever asked it (εκκρεμότητες)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from didaskaleio.kernel import access
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.agenda import Todo, open_rows, shortened, todos
from didaskaleio.observatory.lifecycle import REQUEST
from didaskaleio.observatory.models import SpecialRequest
from didaskaleio.people.enums import Role

SERVED = {"take": "Ανάληψη αιτήματος", "deliver": "Παράδοση αιτήματος"}
ASKED = {"answer": "Διευκρίνιση για αίτημα", "accept": "Έλεγχος παράδοσης αιτήματος"}


@todos("observatory.requests")
def requests(actor: Actor, at: datetime) -> Iterator[Todo]:
    """Requests that wait for this person, the oldest first."""
    del at
    if not access.allowed(actor, "request.desk"):
        return
    waiting = SERVED if actor.holds(Role.OPERATOR) else ASKED
    for step, title in waiting.items():
        rows = open_rows(REQUEST, step, actor).order_by("at", "pk")
        yield from shortened(
            rows,
            lambda row, title=title: _todo(row, title),  # type: ignore[misc]
            rest="αιτήματα",
            url=reverse("observatory:requests"),
        )


def _todo(row: SpecialRequest, title: str) -> Todo:
    url = reverse("observatory:request", args=[row.pk])
    return Todo(title, url, detail=str(row))
