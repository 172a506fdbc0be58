"""Things to do and dates of room small_actions: rolls to close, approvals, one's own seats."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from didaskaleio.kernel import access
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.agenda import Appointment, Todo, dates, shortened, todos
from didaskaleio.people.enums import Role
from didaskaleio.small_actions.access import WATCHERS
from didaskaleio.small_actions.enums import SeatState, SmallActionState
from didaskaleio.small_actions.models import Seat, SmallAction

OF_CENTRE = (Role.CENTRE_MANAGER, Role.CENTRE_STAFF)
APPROVING = (Role.BODY_OFFICER, Role.BODY_HEAD, Role.REGIONAL_OFFICER)
SHOWN = (SeatState.REGISTERED, SeatState.WAITING, SeatState.ATTENDED)


@todos("small_actions.duties")
def duties(actor: Actor, at: datetime) -> Iterator[Todo]:
    """Rolls of what has taken place, and approvals that wait: one question for both.

    Asked are those nearest to it: the centre for its rolls, body and region for approvals.
    """
    if not actor.holds(*WATCHERS):
        return
    rows = SmallAction.objects.all()
    kept = access.visible(actor, "small_action.keep", rows.filter(ends_at__lte=at))
    if not actor.holds(*OF_CENTRE):
        kept = kept.filter(centre=None)
    found = Q(state=SmallActionState.RUNNING, pk__in=kept.order_by().values("pk"))
    if actor.holds(*APPROVING):
        asked = access.visible(actor, "small_action.approve", rows)
        found |= Q(state=SmallActionState.SUBMITTED, pk__in=asked.order_by().values("pk"))
    yield from shortened(
        rows.filter(found).order_by("starts_at", "pk"),
        _todo,
        rest="μικρές δράσεις",
        url=reverse("small_actions:desk"),
    )


def _todo(action: SmallAction) -> Todo:
    if action.state == SmallActionState.SUBMITTED:
        page = reverse("small_actions:action", args=[action.pk])
        return Todo(f"Έγκριση: {action}", page, action.starts_at, action.get_kind_display())
    page = reverse("small_actions:roll", args=[action.pk])
    return Todo(f"Παρουσίες: {action}", page, detail=action.get_kind_display())


@dates("small_actions.seats")
def my_dates(actor: Actor, at: datetime) -> Iterator[Appointment]:
    """The actions in which one has a seat, or waits; one that was called off says so."""
    if not actor.holds(Role.TEACHER):
        return
    told = Q(state__in=SHOWN) | Q(state=SeatState.CALLED_OFF, action__starts_at__gte=at)
    seats = Seat.objects.filter(told, person_id=actor.person_id).select_related("action")
    for seat in seats.order_by("action__starts_at", "pk"):
        action = seat.action
        waits = "Σε αναμονή: " if seat.state == SeatState.WAITING else ""
        yield Appointment(
            f"small-action-{action.pk}",
            f"{waits}{action}",
            action.starts_at,
            action.ends_at,
            reverse("small_actions:action", args=[action.pk]),
            action.where,
            cancelled=seat.state == SeatState.CALLED_OFF,
            revision=action.revision + (seat.state == SeatState.CALLED_OFF),
        )
