"""Jobs of connectors: compare, apply and undo an import with a bar; pull from MySchool, push."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from didaskaleio.connectors import connection as myschool
from didaskaleio.connectors import operations
from didaskaleio.connectors.enums import ImportState, PullState
from didaskaleio.connectors.errors import NotConnectedError
from didaskaleio.connectors.models import Pull, TeacherImport
from didaskaleio.connectors.myschool.port import AwayError
from didaskaleio.delivery import operations as delivery
from didaskaleio.delivery import queries as delivery_queries
from didaskaleio.delivery.enums import RecordingState
from didaskaleio.delivery.minutes import AwayError as ClassroomAwayError
from didaskaleio.delivery.minutes import Classroom
from didaskaleio.delivery.models import SessionRecording
from didaskaleio.kernel import clock, greek, jobs, lifecycle, outage
from didaskaleio.kernel.access import SYSTEM
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.models import Work

log = logging.getLogger(__name__)
Tell = Callable[[int], None]
AGAIN = timedelta(minutes=30)
RECORDINGS, FAILURES = 200, 3  # asked about in one go; unanswered one after the other
FAULT = (
    "Η εργασία σταμάτησε από σφάλμα της πλατφόρμας και δεν άλλαξε τίποτε. Δοκιμάστε ξανά· αν "
    "σταματήσει πάλι, ειδοποιήστε την υπηρεσία λειτουργίας."
)
BAR = "UPDATE kernel_work SET state = 'running', done = %s WHERE id = %s AND done <= %s"


@jobs.job("connectors.compare", retry=False)
def compare(pk: int, work: int) -> None:
    """Compare an import; a file that breaks off says so, and its columns may be named anew."""
    row = _waiting(pk, ImportState.COMPARING)
    if row and _performed(row, work, operations.compare, operations.stop):
        told = greek.count(row.refused, "γραμμή δεν έγινε δεκτή", "γραμμές δεν έγιναν δεκτές")
        _finish(work, f"Διαβάστηκαν {greek.count(row.lines, 'γραμμή', 'γραμμές')}· {told}.")


@jobs.job("connectors.apply", retry=False)
def apply(pk: int, work: int) -> None:
    """Apply an import that was looked at."""
    row = _waiting(pk, ImportState.APPLYING)
    if row and _performed(row, work, operations.carry_out, operations.halt_apply):
        apart = f" Δεν εφαρμόστηκαν {row.overtaken}: άλλαξαν στο μεταξύ." if row.overtaken else ""
        _finish(work, f"Τα στοιχεία εφαρμόστηκαν.{apart}")


@jobs.job("connectors.undo", retry=False)
def undo(pk: int, work: int) -> None:
    """Undo an import that was applied."""
    row = _waiting(pk, ImportState.UNDOING)
    if row and _performed(row, work, operations.take_back, operations.halt_undo):
        apart = f" Δεν αναιρέθηκαν {row.kept}: δείτε γιατί στη σελίδα." if row.kept else ""
        _finish(work, f"Επανήλθαν όσα ίσχυαν πριν.{apart}")


def _performed(
    row: TeacherImport, work: int, act: Callable[..., None], halt: Callable[..., None]
) -> bool:
    """Whether the act was done; else the import is back where an officer can go on.

    A refusal says itself what to do, a fault is logged with its trace; an outage goes on to the
    job, which does the act later.
    """
    try:
        act(row, actor=SYSTEM, at=clock.now(), tell=_bar(work))
    except Exception as error:
        if outage.passes(error):
            raise
        if not isinstance(error, Refusal):
            log.exception("import %s ended by a fault", row.pk)
        halt(row, actor=SYSTEM, at=clock.now())
        jobs.finish(work, str(error) if isinstance(error, Refusal) else FAULT, failed=True)
        return False
    return True


@jobs.job("connectors.pull", retry=False)
def pull(pk: int, work: int) -> None:
    """Pull what changed; whatever goes wrong is told on the page, and nothing was written."""
    row = Pull.objects.filter(pk=pk, state=PullState.RUNNING).select_related("after").first()
    if row is None:
        return
    try:
        service = myschool.service()
        if service is None:
            raise NotConnectedError("Δεν ορίζεται πια υπηρεσία του MySchool.")
        operations.fetch(row, service, actor=SYSTEM, at=clock.now(), tell=_bar(work))
    except Exception as error:
        if outage.passes(error):
            raise
        if not isinstance(error, Refusal):
            log.exception("pull %s ended by a fault", pk)
        sentence = str(error) if isinstance(error, Refusal) else FAULT
        operations.fail(row, sentence, _again_in(error), actor=SYSTEM, at=clock.now())
        jobs.finish(work, sentence, failed=True)
    else:
        _finish(work, f"{greek.count(row.teachers, 'καρτέλα', 'καρτέλες')} με αλλαγές.")


def _again_in(error: Exception) -> timedelta | None:
    """How long a pull waits that met an outage of the service; others wait for a person."""
    return max(AGAIN, timedelta(seconds=error.again_in)) if isinstance(error, AwayError) else None


@lifecycle.chore("connectors.pull")
def pull_on_time(at: datetime) -> int:
    """Begin the pull of the timetable."""
    return operations.pull_if_due(myschool.service(), at=at)


@jobs.job("connectors.push", retry=False)
def push() -> None:
    """Send what is owed to MySchool, one after the other, until it is away."""
    service, last = myschool.service(), 0
    while service and (row := operations.due(clock.now()).filter(pk__gt=last).first()):
        last = row.pk
        if not operations.push(last, service, actor=SYSTEM, at=clock.now()):
            break


@lifecycle.chore("connectors.push")
def push_what_is_owed(at: datetime) -> int:
    """Order the sending of what is due, unless somebody is at it."""
    waits = myschool.service() and operations.due(at).exists()
    if waits and not jobs.waits("connectors.push", or_runs=True):
        jobs.enqueue("connectors.push")
    return 0


@jobs.job("connectors.classrooms", retry=False)
def attend_classrooms() -> None:
    """Note who is in the virtual classrooms now, and sum up the meetings that are over."""
    room, at = myschool.classroom(), clock.now()
    if room is None:
        return
    inside = room.present()
    for session in delivery_queries.in_classrooms(at).order_by("pk"):
        if session.ends_at >= at:
            delivery.observe(session, inside.get(session.pk, ()), actor=SYSTEM, at=at)
        else:
            delivery.conclude(session, actor=SYSTEM, at=at)


@lifecycle.chore("connectors.classrooms")
def look_into_classrooms(at: datetime) -> int:
    """Every minute while meetings at a distance take place."""
    waits = myschool.classroom() and delivery_queries.in_classrooms(at).exists()
    if waits and not jobs.waits("connectors.classrooms", or_runs=True):
        jobs.enqueue("connectors.classrooms")
    return 0


@jobs.job("connectors.recordings", retry=False)
def ask_for_recordings() -> None:
    """Ask about recordings that are due, one after the other, until the classroom is away.

    One about which it fails alone does not hold up the others.
    """
    room, at, failed = myschool.classroom(), clock.now(), 0
    if room is None:
        return
    for recording in delivery_queries.recordings.to_ask(at)[:RECORDINGS]:
        try:
            _ask_for(recording, room)
            failed = 0
        except ClassroomAwayError:
            delivery.note_away(recording, at=at)
            failed += 1
        if failed == FAILURES:
            return


def _ask_for(recording: SessionRecording, room: Classroom) -> None:
    if recording.state in {RecordingState.ENDING, RecordingState.DELETED}:
        room.delete(recording.session_id)
        delivery.purge(recording, actor=SYSTEM, at=clock.now())
        return
    found = room.recordings(recording.session_id)
    delivery.take_recordings(recording, found, actor=SYSTEM, at=clock.now())


@lifecycle.chore("connectors.recordings")
def look_for_recordings(at: datetime) -> int:
    """When the classroom is to be asked what it recorded, or to delete it."""
    waits = myschool.classroom() and delivery_queries.recordings.to_ask(at).exists()
    if waits and not jobs.waits("connectors.recordings", or_runs=True):
        jobs.enqueue("connectors.recordings")
    return 0


def _waiting(pk: int, state: str) -> TeacherImport | None:
    """The import while it waits for this very job; a job that comes twice does nothing."""
    return TeacherImport.objects.filter(pk=pk, state=state).select_related("file").first()


def _finish(work: int, message: str) -> None:
    if not work:
        return
    jobs.advance(work, 100 - Work.objects.values_list("done", flat=True).get(pk=work))
    jobs.finish(work, message)


def _bar(work: int) -> Tell:
    """Moves the bar on a connection of its own: the act itself is one transaction."""

    def tell(done: int) -> None:
        if not work:
            return
        beside: Any = connection.copy()
        try:
            with beside.cursor() as cursor:
                cursor.execute(BAR, [done, work, done])
        finally:
            beside.close()

    return tell
