"""The application in class: whose it is, who waits, which support meetings stand beside it."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When

from didaskaleio.delivery.enums import Attendee, ClassApplicationState
from didaskaleio.delivery.models import Attendance, ClassApplication
from didaskaleio.enrolment.enums import ApplicationState
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.programmes.enums import ProgrammeState, SlotKind

WAITS = (ClassApplicationState.SUBMITTED, ClassApplicationState.APPLIED)
FOLLOWS = (ApplicationState.ENROLLED, ApplicationState.ATTENDED)
ALIVE = (ProgrammeState.RUNNING, ProgrammeState.SUSPENDED, ProgrammeState.COMPLETED)


def following() -> QuerySet[ParticipationApplication]:
    """Places in programmes with support meetings: they are what the application belongs to."""
    rows = ParticipationApplication.objects.filter(
        state__in=FOLLOWS, programme__state__in=ALIVE, programme__category__support__gt=0
    )
    return rows.select_related("programme__cluster", "programme__centre", "person")


def of_person(person: int) -> QuerySet[ParticipationApplication]:
    """What one person follows, with the application in class."""
    rows = following().filter(person_id=person).select_related("class_application")
    return rows.order_by("-programme__period__first_day", "pk")


def of_trainer(person: int) -> QuerySet[Any]:
    """Everybody in the classes of a trainer; whoever waits for feedback stands first."""
    waiting = Case(
        When(class_application__state__in=WAITS, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    rows = following().filter(programme__trainer_id=person).annotate(later=waiting)
    ordered = rows.select_related("class_application").order_by(
        "later", "programme__code", "person__sort_key", "pk"
    )
    found: QuerySet[Any] = ordered
    return found


def waiting_for(person: int) -> QuerySet[ClassApplication]:
    """What waits for a trainer's feedback."""
    rows = ClassApplication.objects.filter(
        application__programme__trainer_id=person, state__in=WAITS
    )
    return rows.select_related("application__person", "application__programme").order_by(
        "saved_at", "pk"
    )


def support_meetings(work: ClassApplication) -> QuerySet[Attendance]:
    """The support meetings of the person (six of three hours), in order."""
    rows = Attendance.objects.filter(
        application=work.application,
        attendee=Attendee.TRAINEE,
        session__kind=SlotKind.SUPPORT,
    )
    return rows.select_related("session").order_by("session__starts_at")


def accepted_of(programme_id: int) -> set[int]:
    """The places whose application in class is complete: what a rule of completion counts."""
    rows = ClassApplication.objects.filter(
        application__programme_id=programme_id, state=ClassApplicationState.ACCEPTED
    )
    return set(rows.values_list("application_id", flat=True))
