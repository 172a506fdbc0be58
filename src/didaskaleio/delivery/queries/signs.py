"""Signs of presence: who may check in now, who was seen how, what disagrees with the roll."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.crypto import salted_hmac

from didaskaleio.delivery.enums import Attendee, Mark, Source
from didaskaleio.delivery.lifecycle import EARLY, UNMARKED
from didaskaleio.delivery.models import Attendance, Ruling, Sign, TrainingSession
from didaskaleio.delivery.queries.absences import rules_for
from didaskaleio.delivery.queries.sessions import roll
from didaskaleio.delivery.rules import codes, signs
from didaskaleio.kernel.access import Actor
from didaskaleio.programmes.enums import ProgrammeState, SlotKind


def secret() -> bytes:
    """The key of the codes, derived from the platform's own."""
    return salted_hmac("delivery.code", "room", secret=settings.SECRET_KEY).digest()


def code_of(session: TrainingSession, at: datetime) -> str:
    """The code that the trainer's screen shows at a moment."""
    return codes.code(secret(), session.pk, codes.window(at))


def checking_in(actor: Actor, at: datetime) -> QuerySet[TrainingSession]:
    """The meetings of a trainee that take place now: from half an hour before to the end."""
    return TrainingSession.objects.filter(
        roll__person_id=actor.user_id or 0,
        roll__attendee=Attendee.TRAINEE,
        starts_at__lte=at + EARLY,
        ends_at__gte=at,
        programme__state=ProgrammeState.RUNNING,
    ).exclude(state__in=UNMARKED)


def checked_in(session: TrainingSession) -> QuerySet[Sign]:
    """Who checked in with the code of the room, the latest first."""
    rows = Sign.objects.filter(session=session, source=Source.CODE)
    return rows.select_related("row__person").order_by("-received_at", "-pk")


def full_minutes(session: TrainingSession, at: datetime) -> int:
    """The minutes of a session's own hours."""
    return session.hours * rules_for(session.programme.period.action, at).hour_minutes


@dataclass(frozen=True)
class Disagreement:
    """A person of whom sources say different things (ασυμφωνία)."""

    row: Attendance
    late: int
    signs: list[signs.Seen]


def disagreements(session: TrainingSession, at: datetime) -> list[Disagreement]:
    """What the trainer decides before the signature, in the order of the roll."""
    full, seen, ruled = full_minutes(session, at), _seen(session), _ruled(session)
    found = []
    for row in roll(session):
        late = full - row.minutes if row.mark == Mark.LATE else 0
        waiting = signs.disagreeing(row.mark, late, seen.get(row.pk, ()), ruled.get(row.pk))
        if waiting:
            found.append(Disagreement(row, late, waiting))
    return found


def _seen(session: TrainingSession) -> dict[int, list[signs.Seen]]:
    found: dict[int, list[signs.Seen]] = defaultdict(list)
    for one in Sign.objects.filter(session=session):
        found[one.row_id].append(
            signs.Seen(one.source, one.mark, one.late, one.seen_at, one.received_at, one.overtaken)
        )
    return found


def _ruled(session: TrainingSession) -> dict[int, signs.Ruled]:
    rows = Ruling.objects.filter(row__session=session).order_by("at", "pk")
    return {one.row_id: signs.Ruled(one.mark, one.late, one.at) for one in rows}


def sources(session: TrainingSession) -> dict[int, list[Sign]]:
    """By row of the roll: the signs that came from elsewhere than the trainer's list."""
    found: dict[int, list[Sign]] = defaultdict(list)
    for one in Sign.objects.filter(session=session).exclude(source=Source.LIST):
        found[one.row_id].append(one)
    return found


def too_late(session: TrainingSession) -> list[Sign]:
    """Marks made without a line that reached the platform after the signature."""
    rows = Sign.objects.filter(session=session, source=Source.LIST, overtaken=True)
    signed = session.sheets.order_by("version").values_list("signed_at", flat=True).first()
    found = rows.filter(received_at__gte=signed) if signed else rows.none()
    return list(found.select_related("row__person"))


def classroom_open(session: TrainingSession, at: datetime) -> bool:
    """Whether a meeting at a distance takes place about now."""
    remote = session.kind != SlotKind.FACE_TO_FACE and session.state not in UNMARKED
    running = session.programme.state == ProgrammeState.RUNNING
    return remote and running and session.starts_at - EARLY <= at <= session.ends_at


def in_classrooms(at: datetime) -> QuerySet[TrainingSession]:
    """Meetings at a distance that take place now or ended within the last hour."""
    return TrainingSession.objects.filter(
        starts_at__lte=at + EARLY,
        ends_at__gte=at - timedelta(hours=1),
        programme__state=ProgrammeState.RUNNING,
    ).exclude(Q(kind=SlotKind.FACE_TO_FACE) | Q(state__in=UNMARKED))
