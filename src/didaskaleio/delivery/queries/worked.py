"""Hours worked (ώρες απασχόλησης) by trainers and staff, from signed sheets alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Cast, Coalesce

from didaskaleio.delivery.enums import Attendee, Mark
from didaskaleio.delivery.lifecycle import SETTLED
from didaskaleio.delivery.models import Attendance
from didaskaleio.delivery.queries.absences import hours_in_sql, rules_for
from didaskaleio.programmes.models import TrainingAction

STAFF = (Attendee.TRAINER, Attendee.STAFF)
WORKED = (Mark.PRESENT, Mark.LATE)


def with_worked(rows: QuerySet[Attendance], at: datetime) -> QuerySet[Any]:
    """The rows of trainers and staff in signed sheets, with ``taught`` and ``guided`` hours.

    ``taught`` are the hours of the session but those missed by the rules of its action;
    ``guided`` the asynchronous hours that the trainer guided and has confirmed.
    """
    counted = rows.filter(attendee__in=STAFF, session__state__in=SETTLED)
    actions = TrainingAction.objects.filter(
        periods__programmes__sessions__roll__in=counted
    ).distinct()
    length = Cast("session__hours", IntegerField())
    taught = Case(
        *(
            When(
                session__programme__period__action=action,
                mark__in=WORKED,
                then=length - hours_in_sql(rules_for(action, at), ""),
            )
            for action in actions.order_by("pk")
        ),
        default=Value(0),
        output_field=IntegerField(),
    )
    guided = Case(
        When(
            attendee=Attendee.TRAINER,
            mark__in=WORKED,
            session__async_confirmed_at__isnull=False,
            then=Cast("session__async_hours", IntegerField()),
        ),
        default=Value(0),
        output_field=IntegerField(),
    )
    return counted.annotate(taught=taught, guided=guided)


def totals_of(rows: QuerySet[Any]) -> list[dict[str, Any]]:
    """Per programme and capacity: sessions, hours taught, hours guided, the latest first."""
    grouped = rows.order_by().values(
        "session__programme_id",
        "session__programme__code",
        "session__programme__cluster__title",
        "session__programme__period__title",
        "session__programme__centre__name",
        "attendee",
    )
    counted = grouped.annotate(
        sessions=Count("pk", filter=Q(mark__in=WORKED)),
        taught_hours=Coalesce(Sum("taught"), 0),
        guided_hours=Coalesce(Sum("guided"), 0),
    )
    return [
        row
        | {
            "capacity": Attendee(row["attendee"]).label,
            "hours": row["taught_hours"] + row["guided_hours"],
        }
        for row in counted.order_by("-session__programme_id", "attendee")
    ]
