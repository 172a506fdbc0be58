"""Own work of a session: who handed in what, and who has nothing that was accepted."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from didaskaleio.delivery.enums import Attendee, WorkState
from didaskaleio.delivery.models import Attendance, OwnWork, TrainingSession
from didaskaleio.delivery.queries.sessions import roll


def works(session: TrainingSession) -> list[tuple[Attendance, list[OwnWork]]]:
    """The trainees of a session, each with what shows their work, the latest last."""
    found: dict[int, list[OwnWork]] = defaultdict(list)
    for one in OwnWork.objects.filter(row__session=session).order_by("at", "pk"):
        found[one.row_id].append(one)
    return [(row, found[row.pk]) for row in roll(session).filter(attendee=Attendee.TRAINEE)]


def without_work(session: TrainingSession) -> QuerySet[Any]:
    """Trainees without evidence that was accepted."""
    accepted = OwnWork.objects.filter(row=OuterRef("pk"), state=WorkState.ACCEPTED)
    return roll(session).filter(~Exists(accepted), attendee=Attendee.TRAINEE)
