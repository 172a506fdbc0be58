"""Questions of room small_actions: whom an action is for, who has a place, the code of a room."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.conf import settings
from django.db.models import Count, F, Q, QuerySet
from django.utils.crypto import salted_hmac
from django.utils.timezone import localdate

from didaskaleio.courses.enums import KIT, MaterialKind, MaterialState
from didaskaleio.courses.models import Material, SyllabusUnit
from didaskaleio.delivery.rules import codes
from didaskaleio.directory import queries as directory
from didaskaleio.directory.models import Structure
from didaskaleio.kernel import access
from didaskaleio.kernel.access import Actor
from didaskaleio.people.models import Person, SchoolService, Teacher
from didaskaleio.registers import teachers
from didaskaleio.registers.teachers import Entry
from didaskaleio.small_actions import rules
from didaskaleio.small_actions.enums import STANDING, TAKING, SeatState, SmallActionState
from didaskaleio.small_actions.models import Seat, SmallAction
from didaskaleio.structures.models import ClusterMember, TrainingCentre

REUSED = (*KIT, MaterialKind.TRAINING)
TAKEN = Count("seats", filter=Q(seats__state__in=TAKING))
WAITING = Count("seats", filter=Q(seats__state=SeatState.WAITING))


def listed(rows: QuerySet[SmallAction]) -> QuerySet[SmallAction]:
    """With what a line of a list shows: the host, who has a place (``taken``), who waits."""
    found = rows.select_related("structure", "centre", "prefecture", "body")
    return found.annotate(taken=TAKEN, queue=WAITING, left=F("places") - TAKEN)


def whole(rows: QuerySet[SmallAction]) -> QuerySet[SmallAction]:
    """With everything that the page of one action shows."""
    found = listed(rows).select_related(
        "unit__version__course", "material__version__course", "for_prefecture", "created_by"
    )
    return found.prefetch_related("clusters", "schools")


def coming(at: datetime) -> QuerySet[SmallAction]:
    """The actions in which a seat can be taken, the first to begin first."""
    rows = SmallAction.objects.filter(state=SmallActionState.OPEN, starts_at__gt=at)
    return listed(rows).order_by("starts_at", "pk")


def addressed_to(rows: QuerySet[SmallAction], person: int, day: date) -> QuerySet[SmallAction]:
    """Those whose audience takes the person in, by cluster, place and school of service."""
    serves = SchoolService.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=day),
        teacher__person_id=person,
        valid_from__lte=day,
    )
    specialties = Teacher.objects.filter(person_id=person).values("specialty_id")
    mine = ClusterMember.objects.filter(specialty_id__in=specialties).values("cluster_id")
    of_cluster = Q(clusters=None) | Q(clusters__in=mine)
    of_place = Q(for_prefecture=None) | Q(for_prefecture__in=serves.values("school__prefecture_id"))
    of_school = Q(schools=None) | Q(schools__in=serves.values("school_id"))
    fitting = SmallAction.objects.filter(of_cluster, of_place, of_school)
    return rows.filter(pk__in=fitting.order_by().values("pk"))


def audience_of(action: SmallAction) -> list[str]:
    """Whom the action is for, in words; empty for every teacher."""
    found = [f"Συστάδα {cluster}" for cluster in action.clusters.all()]
    if action.for_prefecture:
        found.append(f"Σχολεία στον νομό {action.for_prefecture.genitive}")
    return found + [school.name for school in action.schools.all()]


def seat_of(action: SmallAction, person: int) -> Seat | None:
    """The last seat of a person in the action."""
    rows = Seat.objects.filter(action=action, person_id=person).select_related("credential")
    return rows.order_by("-number").first()


def seats_of(person: int) -> QuerySet[Seat]:
    """The seats of a person that stand, with their actions, the next first."""
    rows = Seat.objects.filter(person_id=person, state__in=STANDING)
    rows = rows.select_related("action__structure", "action__centre", "credential")
    return rows.order_by("action__starts_at", "pk")


def roll(action: SmallAction) -> QuerySet[Seat]:
    """Whoever has a place, by name."""
    rows = Seat.objects.filter(action=action, state__in=TAKING)
    rows = rows.select_related("person__teacher__specialty", "credential")
    return rows.order_by("person__sort_key", "pk")


def before_me(seat: Seat) -> int:
    """How many wait before this one."""
    rows = Seat.objects.filter(action=seat.action_id, state=SeatState.WAITING)
    return rows.filter(number__lt=seat.number).count()


def hosts_for(actor: Actor, at: datetime) -> list[Structure | TrainingCentre]:
    """Where the actor may organise: structures that work, then centres."""
    structures = directory.working(localdate(at))
    centres = TrainingCentre.objects.select_related("prefecture").order_by("sort_key", "pk")
    return [
        *access.visible(actor, "structure.organise", structures),
        *access.visible(actor, "centre.organise", centres),
    ]


def units() -> QuerySet[SyllabusUnit]:
    """The units of approved courses, that an action may reuse."""
    rows = SyllabusUnit.objects.filter(version__course__current=F("version"))
    return rows.select_related("version__course").order_by("version__course__sort_key", "order")


def materials() -> QuerySet[Material]:
    """The ready material of approved courses, but for that of examinations."""
    rows = Material.objects.filter(
        version__course__current=F("version"), kind__in=REUSED, state=MaterialState.READY
    )
    return rows.select_related("version__course").order_by("version__course__sort_key", "title")


def code_open(action: SmallAction, at: datetime) -> bool:
    """Whether presence is declared now: from half an hour before to the end."""
    told = (SmallActionState.OPEN, SmallActionState.RUNNING)
    return action.state in told and action.starts_at - rules.EARLY <= at <= action.ends_at


def code_of(action: SmallAction, at: datetime) -> str:
    """The code that the screen of the room shows at a moment."""
    return codes.code(secret(), action.pk, codes.window(at))


def secret() -> bytes:
    """The key of the codes, another than that of the meetings of programmes."""
    return salted_hmac("small_actions.code", "room", secret=settings.SECRET_KEY).digest()


@teachers.entries("small_actions")
def counted(person: Person, bodies: frozenset[int] | None) -> Iterator[Entry]:
    """Hours that count without an attestation stand in the teacher's record too."""
    rows = Seat.objects.filter(
        person=person,
        state=SeatState.ATTENDED,
        credential=None,
        action__state=SmallActionState.COMPLETED,
        action__counts=True,
    ).select_related("action__body", "action__structure", "action__centre")
    for seat in rows if bodies is None else rows.filter(action__body__in=bodies):
        action = seat.action
        yield Entry(
            title=f"{action.get_kind_display()}: {action.title}",
            kind="participation",
            number=action.code,
            day=localdate(action.starts_at),
            source=str(action.host),
            hours=action.hours,
            starts=localdate(action.starts_at),
            ends=localdate(action.ends_at),
        )
