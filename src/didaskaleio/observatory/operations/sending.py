"""Regular sending (τακτική αποστολή): a sheet with the rights of its reader, and its news.

The sheet stays on the platform behind its reader's door; the letter carries the way to it, so
that no rows of persons travel by mail.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.db import transaction
from django.urls import reverse

from didaskaleio.kernel import access, files, greek, jobs, journal, notices
from didaskaleio.kernel.access import SYSTEM, Actor
from didaskaleio.kernel.clock import ATHENS
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.files import Kind
from didaskaleio.kernel.notices import Message
from didaskaleio.kernel.packages import XLSX
from didaskaleio.kernel.reports import writers
from didaskaleio.observatory import notices as kinds
from didaskaleio.observatory import queries
from didaskaleio.observatory.enums import ReportState, Rhythm
from didaskaleio.observatory.errors import DefinitionError
from didaskaleio.observatory.models import AdHocReport, Dispatch, Subscription
from didaskaleio.people.queries import actor_of

SHEET = files.declare(
    Kind("observatory.sheet", "Αρχείο αναφοράς", "dispatch.open", (XLSX,), 60 * files.MEGABYTE)
)
MORNING = time(7)


def next_due(rhythm: str, at: datetime) -> datetime:
    """The first moment after ``at``: seven in the morning, Mondays or the first of a month."""
    day = at.astimezone(ATHENS).date()
    for ahead in range(33):
        one = day + timedelta(days=ahead)
        moment = datetime.combine(one, MORNING, ATHENS)
        fits = one.weekday() == 0 if rhythm == Rhythm.WEEKLY else one.day == 1
        if fits and moment > at:
            return moment
    raise ValueError(rhythm)


@transaction.atomic
def subscribe(report: AdHocReport, rhythm: str, *, actor: Actor, at: datetime) -> Subscription:
    """Τακτική αποστολή to oneself; asked again, the rhythm changes."""
    access.require(actor, "adhoc.read", report)
    if rhythm not in Rhythm.values or report.state == ReportState.ARCHIVED:
        raise DefinitionError("Διαλέξτε κάθε πότε θα έρχεται μια αναφορά που δεν είναι στο αρχείο.")
    row, _ = Subscription.objects.update_or_create(
        report=report,
        person_id=actor.person_id,
        defaults={"rhythm": rhythm, "next_at": next_due(rhythm, at)},
    )
    words = Rhythm(rhythm).label
    journal.write(report, f"Τακτική αποστολή: {words}", actor=actor, at=at)
    return row


@transaction.atomic
def unsubscribe(row: Subscription, *, actor: Actor, at: datetime) -> None:
    """Τέλος τακτικής αποστολής by the reader."""
    access.require(actor, "subscription.keep", row)
    journal.write(row.report, "Τέλος τακτικής αποστολής", actor=actor, at=at)
    row.delete()


@transaction.atomic
def send_due(at: datetime) -> int:
    """Order what is due; of what was missed only the latest comes. Each is ordered once."""
    due = Subscription.objects.select_for_update(skip_locked=True).filter(next_at__lte=at)
    found = list(due.order_by("next_at", "pk"))
    for row in found:
        jobs.enqueue("observatory.send", subscription=row.pk, due=row.next_at.isoformat())
        row.next_at = next_due(row.rhythm, at)
    Subscription.objects.bulk_update(found, ["next_at"])
    return len(found)


@transaction.atomic
def send_now(row: Subscription, due: datetime, *, at: datetime) -> Dispatch | None:
    """Αποστολή: the sheet with the rights that the reader holds now; once for each ``due``.

    A reader who may open the report no more is told so, and nothing comes again.
    """
    reader = actor_of(row.person, at=at)
    if not access.allowed(reader, "adhoc.read", row.report):
        _stop(row, at, "Δεν έχετε πια πρόσβαση στην αναφορά.")
        return None
    made, new = Dispatch.objects.get_or_create(
        report=row.report, person=row.person, due_at=due, defaults={"number": row.report.number}
    )
    if not new:
        return made
    try:
        found = queries.answered(row.report, reader, at)
    except Refusal as refusal:
        made.delete()
        _stop(row, at, str(refusal))
        return None
    _keep(made, found, at)
    _tell(row, made, at)
    return made


def _keep(made: Dispatch, found: queries.Answer, at: datetime) -> None:
    """The sheet in the store, behind the door of its reader."""
    with writers.xlsx(found.report, found.streamed()) as sheet:
        content = sheet.read()
    stem = greek.slug(made.report.title)[:60] or "anafora"
    name = f"{stem}-{made.due_at.astimezone(ATHENS):%Y-%m-%d}.xlsx"
    made.file = files.store(SHEET, content, name, made, actor=SYSTEM, at=at)
    made.lines = found.count
    made.save(update_fields=["file", "lines"])


def _tell(row: Subscription, made: Dispatch, at: datetime) -> None:
    lines = greek.count(made.lines, "γραμμή", "γραμμές")
    text = f"Η αναφορά «{row.report}» είναι έτοιμη ({lines}). Το αρχείο ανοίγει με σύνδεση."
    url = reverse("observatory:report", args=[row.report_id])
    message = Message(row.person_id, f"Αναφορά: {row.report}", text, f"sent:{made.pk}", url)
    notices.send(kinds.SENT, [message], at=at)


def _stop(row: Subscription, at: datetime, why: str) -> None:
    text = f"Η αναφορά «{row.report}» δεν θα σας στέλνεται πια. {why}"
    url = reverse("observatory:reports")
    message = Message(row.person_id, "Τέλος τακτικής αποστολής", text, f"stopped:{row.pk}", url)
    notices.send(kinds.STOPPED, [message], at=at)
    row.delete()
