"""How presence is recorded in the story: codes, a phone without a line, a file, paper."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile

from didaskaleio.delivery import operations, queries
from didaskaleio.delivery.enums import Attendee, Mark
from didaskaleio.delivery.lifecycle import SETTLED
from didaskaleio.delivery.models import Attendance, TrainingSession
from didaskaleio.delivery.operations import DeviceMark
from didaskaleio.delivery.rules import Marking
from didaskaleio.kernel import typesetting
from didaskaleio.kernel.access import Actor
from didaskaleio.programmes.models import Programme, TrainingPeriod
from didaskaleio.site.story.cast import Cast, actor
from didaskaleio.site.story.moments import NOW, local
from didaskaleio.site.story.offer import TEMPLATE

PHONE = "d" * 32
ARRIVALS = (-6, -4, -3, 1, 2, 18)  # minutes after the beginning


def marked(cast: Cast, period: TrainingPeriod) -> None:
    """The last meeting of the trainer's programme: held and recorded in many ways, not signed."""
    trainer = cast.accounts["trainer"]
    programme = Programme.objects.get(period=period, trainer=trainer)
    sessions = TrainingSession.objects.filter(programme=programme).order_by("starts_at")
    _scanned(sessions.filter(state__in=SETTLED).last(), actor(trainer))
    last = sessions.exclude(state__in=SETTLED).filter(ends_at__lt=NOW).first()
    assert last is not None  # noqa: S101 - one past meeting of a running programme is left open
    rows = [row for row in queries.roll(last) if row.attendee == Attendee.TRAINEE]
    _arrived(last, rows)
    _without_line(last, rows, actor(trainer))
    _from_file(last, rows, actor(trainer))
    _decided(last, rows[1], actor(trainer))
    _worked(last, rows, actor(trainer))


def _arrived(session: TrainingSession, rows: list[Attendance]) -> None:
    for number, (row, minutes) in enumerate(zip(rows, ARRIVALS, strict=False)):
        at = session.starts_at + timedelta(minutes=minutes)
        code, device = queries.code_of(session, at), f"{number:032x}"
        operations.check_in(code, device=device, actor=actor(row.person), at=at)


def _without_line(session: TrainingSession, rows: list[Attendance], trainer: Actor) -> None:
    """The trainer's phone has no line: three marks wait on it, two against the code."""
    made = session.starts_at + timedelta(minutes=25)
    marks = [
        _mark(1, rows[0], Mark.ABSENT, made),
        _mark(2, rows[1], Mark.ABSENT, made),
        _mark(3, rows[6], Mark.PRESENT, made),
    ]
    later = session.ends_at - timedelta(minutes=20)
    topic = "Συνεργατικά περιβάλλοντα"
    operations.merge(session, marks, topic=topic, actor=trainer, at=later)


def _mark(counter: int, row: Attendance, mark: Mark, made: datetime) -> DeviceMark:
    return DeviceMark(PHONE, counter, row.pk, Marking(mark), made)


def _from_file(session: TrainingSession, rows: list[Attendance], trainer: Actor) -> None:
    lines = "\n".join(
        f"{row.person};{minutes}" for row, minutes in zip(rows[7:9], (90, 60), strict=False)
    )
    upload = io.BytesIO(f"Ονοματεπώνυμο;Λεπτά παρακολούθησης\n{lines}\n".encode())
    at = session.ends_at
    read = operations.read_file(session, upload, actor=trainer, at=at)
    operations.apply_file(session, read, actor=trainer, at=at)


def _decided(session: TrainingSession, row: Attendance, trainer: Actor) -> None:
    at, reason = session.ends_at + timedelta(minutes=3), "Ήρθε πριν από την έναρξη, βγήκε για λίγο."
    operations.rule(row, Marking(Mark.PRESENT), reason=reason, actor=trainer, at=at)


def _scanned(session: TrainingSession | None, trainer: Actor) -> None:
    """The sheet that was signed on paper as well."""
    if session is None:
        return
    at = session.ends_at + timedelta(hours=2)
    title = f"Παρουσιολόγιο, {session}"
    page = ContentFile(typesetting.render(TEMPLATE, {"title": title}, at=at))
    name = "parousiologio.pdf"
    operations.keep_scan(session, upload=page, name=name, note="", actor=trainer, at=at)


def _worked(session: TrainingSession, rows: list[Attendance], trainer: Actor) -> None:
    """Own work: one is accepted, one returned, one waits, one was seen on the telephone."""
    operations.set_task(
        session,
        title="Ένα σενάριο σε δύο σελίδες",
        text="Περιγράψτε μια δραστηριότητα της τάξης σας με ψηφιακό εργαλείο και τι θα αλλάζατε.",
        due_at=local(2023, 1, 25, 22),
        actor=trainer,
        at=session.ends_at,
    )
    others = [row for row in rows if row.person.username != "teacher2"]
    at = local(2023, 1, 16, 20)
    made = [
        operations.hand_in(
            row, text="https://ergasia.example/senario", upload=None, name="",
            actor=actor(row.person), at=at + timedelta(minutes=9 * number),
        )
        for number, row in enumerate(others[:3])
    ]  # fmt: skip
    by: dict[str, Any] = {"actor": trainer, "at": local(2023, 1, 17, 18)}
    operations.guide(made[0], accepted=True, guidance="Πολύ καλό, με σαφή στόχο.", **by)
    missing = "Λείπει η αξιολόγηση των μαθητών. Συμπληρώστε δύο γραμμές."
    operations.guide(made[1], accepted=False, guidance=missing, **by)
    operations.vouch(others[3], kind="guidance", text="Τη συζητήσαμε στο τηλέφωνο.", **by)
