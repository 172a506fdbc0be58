"""Marks on the roll (σημειώσεις παρουσίας) and the versions of the sheet made from them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from didaskaleio.delivery import queries, rules
from didaskaleio.delivery.enums import Attendee, Mark
from didaskaleio.delivery.errors import SheetChangedError, SheetIncompleteError
from didaskaleio.delivery.models import Attendance, AttendanceSheet, TrainingSession
from didaskaleio.delivery.rules import Marking
from didaskaleio.kernel.access import Actor
from didaskaleio.programmes.models import Programme

Markings = Mapping[int, Marking]
NAMED = 3


def hold(session: TrainingSession) -> TrainingSession:
    """The session's row, read again and locked after its programme."""
    programme = Programme.objects.select_for_update(of=("self",), no_key=True).get(
        pk=session.programme_id
    )
    held = TrainingSession.objects.select_for_update(of=("self",), no_key=True).get(pk=session.pk)
    held.programme = programme
    return held


def mark(session: TrainingSession, markings: Markings, at: datetime) -> list[Attendance]:
    """Write marks to the roll, by id of its rows; returns the rows that changed."""
    hour = queries.rules_for(session.programme.period.action, at).hour_minutes
    changed = []
    for row in queries.roll(session).select_for_update(of=("self",), no_key=True):
        said = markings.get(row.pk)
        if said is not None and _apply(row, said, session, hour):
            changed.append(row)
    Attendance.objects.bulk_update(changed, ["mark", "minutes", "async_done"])
    return changed


def _apply(row: Attendance, said: Marking, session: TrainingSession, hour: int) -> bool:
    before = (row.mark, row.minutes, row.async_done)
    row.mark = Mark(said.mark)
    row.minutes = _minutes(row, said, session.hours * hour)
    if row.attendee == Attendee.TRAINEE and session.async_hours and said.async_done is not None:
        row.async_done = said.async_done
    return before != (row.mark, row.minutes, row.async_done)


def _minutes(row: Attendance, said: Marking, full: int) -> int:
    if said.mark == Mark.PRESENT:
        return full
    if said.mark != Mark.LATE:
        return 0
    if not 1 <= said.late < full:
        raise SheetIncompleteError(
            f"{row.person}: γράψτε τα λεπτά καθυστέρησης, από 1 έως {full - 1}."
        )
    return full - said.late


def check_complete(session: TrainingSession, at: datetime) -> None:
    """Refuse a sheet with an unmarked person, without its topic, or on which sources disagree."""
    open_rows = [str(row.person) for row in queries.roll(session) if row.mark == Mark.UNKNOWN]
    if open_rows:
        more = f" και άλλα {len(open_rows) - NAMED} πρόσωπα" if len(open_rows) > NAMED else ""
        names = ", ".join(open_rows[:NAMED])
        raise SheetIncompleteError(f"Λείπει η σημείωση για: {names}{more}.")
    if not session.topic.strip():
        raise SheetIncompleteError("Γράψτε το θέμα της συνάντησης πριν από την υπογραφή.")
    waiting = queries.disagreements(session, at)
    if waiting:
        names = ", ".join(str(one.row.person) for one in waiting[:NAMED])
        raise SheetIncompleteError(
            f"Οι πηγές διαφωνούν για: {names}. Αποφασίστε στη σελίδα «Ασυμφωνίες» και υπογράψτε."
        )


def new_version(
    session: TrainingSession, *, actor: Actor, at: datetime, seen: str = "", reason: str = ""
) -> AttendanceSheet:
    """Fix the roll as the next version; ``seen`` is the digest that the signatory confirmed."""
    last = queries.latest_sheet(session)
    version, rows = (last.version + 1 if last else 1), queries.sheet_rows(session)
    digest = rules.digest(session.pk, version, session.topic, rows)
    if seen and seen != digest:
        raise SheetChangedError(
            "Οι σημειώσεις άλλαξαν από άλλη καρτέλα ή συσκευή μετά την προεπισκόπηση. "
            "Δείτε ξανά το σύνολο και υπογράψτε."
        )
    return AttendanceSheet.objects.create(
        session=session,
        version=version,
        rows=rows,
        topic=session.topic,
        digest=digest,
        signed_by_id=actor.user_id or 0,  # the platform itself signs nothing
        signed_at=at,
        reason=reason,
    )
