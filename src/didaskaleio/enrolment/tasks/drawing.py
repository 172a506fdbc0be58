"""The job of the draw (υπολογισμός της κλήρωσης): one worker at a time, all or nothing.

A worker that is killed leaves nothing behind: its lock ends with its connection, and the job is
taken up by another.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from django.db import connection, connections

from didaskaleio.enrolment.enums import DrawState
from didaskaleio.enrolment.models import Draw
from didaskaleio.enrolment.operations import publishing
from didaskaleio.kernel import clock, jobs, outage
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.models import Work

log = logging.getLogger(__name__)
DONE = "Η κλήρωση έγινε και δημοσιεύθηκε."
FAILED = (
    "Η κλήρωση δεν ολοκληρώθηκε και τίποτα δεν γράφτηκε. Οι δύο καταχωρίσεις ισχύουν: πατήστε "
    "«Νέα προσπάθεια». Αν αποτύχει πάλι, ενημερώστε την υπηρεσία λειτουργίας."
)
NAME = "enrolment.draw"


@jobs.job(NAME, retry=False)
def draw(draw_id: int) -> None:
    """Compute and publish; repeating it, or two at once, publishes once."""
    with _alone(draw_id) as alone:
        row = Draw.objects.select_related("period", "work__owner").get(pk=draw_id)
        if not alone or row.state != DrawState.COMPUTING or row.work is None:
            return
        work = row.work.pk
        Work.objects.filter(pk=work).update(done=0, state=Work.State.RUNNING)
        try:
            publishing.carry_out(row, at=clock.now(), progress=lambda: _apart(work))
        except outage.NoRoomError:
            raise  # the job comes again
        except Refusal as refusal:
            jobs.finish(work, f"{refusal} {FAILED}", failed=True)
        except Exception as error:
            if outage.passes(error):
                raise  # the job comes again
            log.exception("draw %s was not published", draw_id)
            jobs.finish(work, FAILED, failed=True)
        else:
            Work.objects.filter(pk=work).update(done=publishing.PARTS)
            jobs.finish(work, DONE)


@contextmanager
def _alone(draw_id: int) -> Iterator[bool]:
    """A lock of the connection, not of a transaction: a killed process gives it back."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s), %s)", [NAME, draw_id])
        held = bool(cursor.fetchone()[0])
        try:
            yield held
        finally:
            if held:
                cursor.execute("SELECT pg_advisory_unlock(hashtext(%s), %s)", [NAME, draw_id])


def _apart(work: int) -> None:
    """Move the bar on a connection of its own, so that it is seen before the result is."""

    def advance() -> None:
        try:
            jobs.advance(work)
        finally:
            connections.close_all()

    thread = Thread(target=advance)
    thread.start()
    thread.join()
