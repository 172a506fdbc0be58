"""Where a line of work comes from (από πού προκύπτει): its source as it stood at that version.

Of a signed sheet only the payee's own row is told; the others' marks are none of the accounts'.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from didaskaleio.courses.models import Assignment
from didaskaleio.delivery.enums import Attendee, Mark
from didaskaleio.delivery.models import AttendanceSheet, TrainingSession
from didaskaleio.finance.enums import Source, Unit
from didaskaleio.finance.models import WorkLine
from didaskaleio.kernel import greek
from didaskaleio.kernel.models import StoredFile
from didaskaleio.programmes.models import Programme

Facts = tuple[tuple[str, str], ...]
ATTENDS = {Unit.STAFF_HOUR: Attendee.STAFF}


@dataclass(frozen=True)
class Version:
    """One version of a signed sheet (έκδοση παρουσιολογίου): who signed it, when, why it came."""

    number: int
    signed: str
    reason: str
    digest: str
    counted: bool


@dataclass(frozen=True)
class Origin:
    """The source of a line (πηγή γραμμής): facts, the versions that it had, where to open it."""

    facts: Facts
    versions: tuple[Version, ...] = ()
    session: TrainingSession | None = None
    programme: Programme | None = None
    file: StoredFile | None = None


def origin(line: WorkLine) -> Origin:
    """The source of ``line`` in the version that was counted."""
    return READERS[Source(line.source)](line)


def _of_sheet(line: WorkLine) -> Origin:
    rows = AttendanceSheet.objects.filter(session=line.source_id).order_by("-version")
    sheets = list(
        rows.select_related("signed_by", "countersigned_by", "session__programme__centre")
    )
    counted = next(each for each in sheets if each.version == line.source_version)
    return Origin(
        facts=_facts_of(counted, line),
        versions=tuple(_version(each, line) for each in sheets),
        session=counted.session,
    )


def _facts_of(sheet: AttendanceSheet, line: WorkLine) -> Facts:
    session = sheet.session
    facts = [
        ("Πρόγραμμα", f"{session.programme.code}, {session.programme.centre}"),
        ("Συνάντηση", f"{session}, {greek.long_moment(session.starts_at)}"),
        ("Θέμα", sheet.topic or "–"),
        ("Έκδοση", f"{sheet.version}, {_signed(sheet)}"),
        ("Σημείωση", _mark(sheet, line)),
    ]
    if line.source == Source.ASYNC:
        confirmed = session.async_confirmed_at
        facts.append(("Ασύγχρονες ώρες", greek.count(session.async_hours, "ώρα", "ώρες")))
        facts.append(("Βεβαίωση", greek.long_moment(confirmed) if confirmed else "–"))
    else:
        facts.append(("Διάρκεια", greek.count(session.hours, "ώρα", "ώρες")))
    return tuple(facts)


def _mark(sheet: AttendanceSheet, line: WorkLine) -> str:
    """The payee's own mark in the sheet, with the minutes of a late arrival."""
    wanted = ATTENDS.get(Unit(line.unit), Attendee.TRAINER)
    for row in sheet.rows:
        if row["attendee"] == wanted and row["person"] == line.payee.person_id:
            mark = str(Mark(row["mark"]).label)
            return f"{mark}, {row['minutes']} λεπτά" if row["mark"] == Mark.LATE else mark
    return "Δεν περιλαμβάνεται"


def _signed(sheet: AttendanceSheet) -> str:
    told = f"υπογραφή {sheet.signed_by}, {greek.short_moment(sheet.signed_at)}"
    if sheet.countersigned_by and sheet.countersigned_at:
        second = greek.short_moment(sheet.countersigned_at)
        return f"{told}· δεύτερη υπογραφή {sheet.countersigned_by}, {second}"
    return told


def _version(sheet: AttendanceSheet, line: WorkLine) -> Version:
    counted = sheet.version == line.source_version
    told = _signed(sheet)
    return Version(
        sheet.version, told[:1].upper() + told[1:], sheet.reason, sheet.digest_groups, counted
    )


def _of_assignment(line: WorkLine) -> Origin:
    found = Assignment.objects.select_related("version__course", "by").get(pk=line.source_id)
    done = greek.long_moment(found.done_at) if found.done_at else "–"
    return Origin(
        facts=(
            ("Παραδοτέο", found.get_component_display()),
            ("Έκδοση μαθήματος", str(found.version)),
            ("Ζητήθηκε", found.task),
            ("Ανατέθηκε από", str(found.by)),
            ("Παραδόθηκε", done),
        )
    )


def _of_programme(line: WorkLine) -> Origin:
    found = Programme.objects.select_related("centre", "period").get(pk=line.source_id)
    return Origin(
        facts=(
            ("Πρόγραμμα", f"{found.code}, {found.centre}"),
            ("Περίοδος", found.period.title),
            ("Έγγραφα", "Έγινε δεκτός όλος ο φάκελος ολοκλήρωσης του προγράμματος."),
            ("Ημέρα", greek.long_date(line.worked_on)),
        ),
        programme=found,
    )


def _of_document(line: WorkLine) -> Origin:
    facts = (
        ("Περιγραφή", line.source_title),
        ("Ημέρα", greek.long_date(line.worked_on)),
        ("Καταχωρίστηκε", greek.long_moment(line.at)),
    )
    return Origin(facts=facts, file=line.file)


READERS: dict[Source, Callable[[WorkLine], Origin]] = {
    Source.SHEET: _of_sheet,
    Source.ASYNC: _of_sheet,
    Source.ASSIGNMENT: _of_assignment,
    Source.PROGRAMME: _of_programme,
    Source.DOCUMENT: _of_document,
}
