"""Pulling (λήψη): what changed at MySchool since the last pull becomes an import like any other.

All pages are gathered on the disk first; only when the last one is there does anything stand in
the database. From then on it is compared, looked at, applied and undone as a file is.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from tempfile import TemporaryFile
from typing import IO

from django.db import transaction
from django.urls import reverse

from didaskaleio.connectors import myschool
from didaskaleio.connectors.enums import ImportState
from didaskaleio.connectors.errors import NotConnectedError, PullOpenError
from didaskaleio.connectors.lifecycle import PULL
from didaskaleio.connectors.models import Pull, TeacherImport
from didaskaleio.connectors.myschool.port import MySchool, Page, UnreadableAnswerError
from didaskaleio.connectors.operations.receiving import EXPORT, LABELS, bar, map_columns
from didaskaleio.kernel import access, files, greek, jobs, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.clock import ATHENS
from didaskaleio.kernel.taken import unless_taken
from didaskaleio.people.queries import actor_of

PULL.model = Pull
Tell = Callable[[int], None]
OPEN = (
    *(ImportState.UPLOADED, ImportState.COMPARING, ImportState.COMPARED),
    *(ImportState.APPLYING, ImportState.UNDOING),
)
MOST = 1_000_000
HEADING = [LABELS[name] for name in myschool.COLUMNS]
NOTHING_TO_SEND = "Δεν έχει οριστεί υπηρεσία του MySchool. Ζητήστε από την υπηρεσία λειτουργίας "
NAMED = "να ορίσει τη διεύθυνση και το κλειδί της, ή ανεβάστε εξαγωγή σε αρχείο."


def standing() -> Pull | None:
    """The pull from whose cursor the next goes on (ισχύουσα λήψη), None when all must come.

    It is the last one that was applied and went on from one that stands too: what was undone or
    discarded is pulled again.
    """
    known: dict[int | None, Pull | None] = {None: None}
    last: Pull | None = None
    for row in Pull.objects.filter(batch__state=ImportState.APPLIED).order_by("pk"):
        if row.after_id in known:
            known[row.pk] = last = row
    return last


def unfinished() -> TeacherImport | None:
    """The import of a pull that waits to be applied or discarded (εκκρεμεί), if there is one."""
    return TeacherImport.objects.filter(pull__isnull=False, state__in=OPEN).first()


def pull(service: MySchool | None, *, whole: bool, actor: Actor, at: datetime) -> Pull:
    """Λήψη: begin to fetch in the background; the first one, and a ``whole`` one, everybody.

    Refused while another is under way or its import waits to be applied or discarded.
    """
    access.require(actor, "myschool.connect")
    if service is None:
        raise NotConnectedError(NOTHING_TO_SEND + NAMED)
    if waiting := unfinished():
        raise PullOpenError(
            f"Η προηγούμενη λήψη ({waiting}) περιμένει. Εφαρμόστε την ή απορρίψτε την πρώτα."
        )
    last = None if whole else standing()
    with unless_taken(PullOpenError("Μία λήψη είναι ήδη σε εξέλιξη. Περιμένετε να τελειώσει.")):
        row = Pull.objects.create(whole=last is None, after=last, at=at)
    with transaction.atomic():
        _begin(row, actor, at)
    return row


def _begin(row: Pull, actor: Actor, at: datetime) -> None:
    url = reverse("connectors:connection")
    title = f"{row} από το MySchool"
    row.work = bar("connectors.pull", title, url, actor=actor, at=at)
    row.save(update_fields=["work"])
    journal.write(row, "Άρχισε η λήψη", actor=actor, at=at)
    jobs.enqueue("connectors.pull", pk=row.pk, work=row.work.pk if row.work else 0)


def fetch(
    row: Pull, service: MySchool, *, actor: Actor, at: datetime, tell: Tell = lambda _: None
) -> None:
    """Παραλαβή: every page, then the import and its comparison, or nothing at all.

    Raises :class:`ServiceError` when the service fails on the way: nothing was written.
    """
    with TemporaryFile("w+", encoding="utf-8") as spool:
        last, kept = _gather(spool, _pages(service, row.after.cursor if row.after else ""), tell)
        if last.as_of > at.astimezone(ATHENS).date():
            raise UnreadableAnswerError(
                "Το MySchool έστειλε στοιχεία ημέρας που δεν έφτασε. Ελέγξτε τα ρολόγια."
            )
        if not kept:
            find_nothing(row, last.next, actor=actor, at=at)
            return
        content = _sheet(spool, kept)
    receive_pages(row, last, content, len(kept), actor=actor, at=at)


def _pages(service: MySchool, cursor: str) -> Iterator[Page]:
    """Pages until the last; a service that turns in a circle is stopped."""
    seen = {cursor}
    while True:
        page = service.changed_since(cursor)
        yield page
        if not page.remaining:
            return
        cursor = page.next
        if cursor in seen or not page.teachers:
            raise UnreadableAnswerError(
                "Το MySchool στέλνει ξανά και ξανά την ίδια σελίδα. Δοκιμάστε αργότερα και "
                "ενημερώστε την υπηρεσία λειτουργίας."
            )
        seen.add(cursor)


def _gather(spool: IO[str], pages: Iterator[Page], tell: Tell) -> tuple[Page, dict[str, int]]:
    """The lines of all pages in ``spool``; the last page, and ΑΦΜ → number of its last record.

    A page that comes twice, and a teacher who changes on the way, count once: as told last.
    """
    kept: dict[str, int] = {}
    number, last = 0, None
    for last in pages:
        for teacher in last.teachers:
            number += 1
            kept[teacher.afm or f"-{number}"] = number
            spool.write(json.dumps(list(teacher.lines()), ensure_ascii=False) + "\n")
        if number > MOST:
            raise UnreadableAnswerError("Το MySchool έστειλε περισσότερα από ένα εκατομμύριο.")
        tell(90 * number // max(1, number + last.remaining))
    assert last is not None  # noqa: S101 - there is one page at least
    return last, kept


def _sheet(spool: IO[str], kept: dict[str, int]) -> bytes:
    """The export that the pages are, as CSV: the last record of each teacher, in their order."""
    chosen, sheet = set(kept.values()), io.StringIO()
    out = csv.writer(sheet, delimiter=";", lineterminator="\n")
    out.writerow(HEADING)
    spool.seek(0)
    for number, record in enumerate(spool, 1):
        if number in chosen:
            out.writerows(json.loads(record))
    return sheet.getvalue().encode()


@PULL.performs("find_nothing")
def find_nothing(row: Pull, cursor: str, *, actor: Actor, at: datetime) -> None:
    """Καμία αλλαγή: the pull before goes on counting, with the newer cursor."""
    if row.after:
        Pull.objects.filter(pk=row.after.pk).update(cursor=cursor)


@PULL.performs("receive")
def receive_pages(
    row: Pull, last: Page, content: bytes, teachers: int, *, actor: Actor, at: datetime
) -> None:
    """Παραλήφθηκε: the import stands, and its comparison begins."""
    batch = TeacherImport.objects.create(
        as_of=last.as_of,
        whole=row.whole,
        name=f"{row} {greek.short_date(last.as_of)}",
        heading=HEADING,
        heading_line=1,
        at=at,
    )
    name = f"myschool-{last.as_of.isoformat()}.csv"
    batch.file = files.store(EXPORT, content, name, batch, actor=actor, at=at)
    batch.save(update_fields=["file"])
    journal.write(batch, "Παραλήφθηκε από την υπηρεσία του MySchool", actor=actor, at=at)
    row.batch, row.cursor, row.teachers = batch, last.next, teachers
    columns = {name: place for place, name in enumerate(myschool.COLUMNS)}
    map_columns(batch, columns=columns, actor=_whose(row, at) or actor, at=at)


def _whose(row: Pull, at: datetime) -> Actor | None:
    """Whoever began the pull, while that person still may: the bar of the comparison is theirs."""
    if row.work is None:
        return None
    actor = actor_of(row.work.owner, at=at)
    return actor if access.allowed(actor, "myschool.import") else None


@PULL.performs("fail")
def fail(row: Pull, error: str, again_in: timedelta | None, *, actor: Actor, at: datetime) -> None:
    """Αποτυχία: why, and when it is tried again by itself."""
    row.error = error[:400]
    row.again_at = at + again_in if again_in else None
