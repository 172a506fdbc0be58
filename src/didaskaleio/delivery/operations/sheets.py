"""Sheets (παρουσιολόγια): draft, signature, second signature, corrections, own work."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from didaskaleio.delivery import notices, queries
from didaskaleio.delivery.enums import Attendee, Mark, SessionState
from didaskaleio.delivery.errors import (
    NotApplicableError,
    SheetChangedError,
    SheetIncompleteError,
    SheetSignedError,
)
from didaskaleio.delivery.lifecycle import BEFORE, SESSION, SETTLED
from didaskaleio.delivery.models import AttendanceSheet, TrainingSession
from didaskaleio.delivery.operations import ending, own_work, rolls, sessions, signs
from didaskaleio.delivery.operations.marks import Markings, check_complete, hold, mark, new_version
from didaskaleio.delivery.operations.warnings import warn
from didaskaleio.kernel import access, greek, journal
from didaskaleio.kernel.access import Actor

TOPIC = 300


def save_draft(
    session: TrainingSession, markings: Markings, *, topic: str, actor: Actor, at: datetime
) -> None:
    """Keep the trainer's marks (πρόχειρο); ``markings`` by id of the row of the roll."""
    with transaction.atomic():
        held = hold(session)
        access.require(actor, "session.teach", held)
        if held.state in SETTLED:
            raise SheetSignedError(
                "Το παρουσιολόγιο υπογράφηκε στο μεταξύ και δεν αλλάζει. Ανανεώστε τη σελίδα."
            )
        if not queries.may_mark(held, at):
            raise NotApplicableError(
                "Οι παρουσίες σημειώνονται από μισή ώρα πριν από την έναρξη και μετά."
            )
        rolls.complete(held.programme)
        signs.note_list(held, mark(held, markings, at), actor=actor, at=at)
        held.topic, held.draft_saved_at = greek.clean(topic).strip()[:TOPIC], at
        held.save(update_fields=["topic", "draft_saved_at"])


def sign(session: TrainingSession, *, actor: Actor, at: datetime, seen: str) -> AttendanceSheet:
    """Sign what the trainer has seen (υπογραφή): start and end follow if they were not pressed.

    ``seen`` is the digest of the tally that was confirmed. The same signature sent twice gives
    the one sheet; anything else after the signature is refused.
    """
    with transaction.atomic():
        held = hold(session)
        access.require(actor, "session.teach", held)
        if held.state in SETTLED:
            return _already(held, actor, seen)
        if held.state in BEFORE:
            sessions.start(held, actor=actor, at=at)
        if held.state == SessionState.IN_PROGRESS:
            sessions.end(held, actor=actor, at=at)
        return sign_sheet(held, actor=actor, at=at, seen=seen)


def _already(session: TrainingSession, actor: Actor, seen: str) -> AttendanceSheet:
    first = session.sheets.filter(version=1).get()
    if first.digest == seen and first.signed_by_id == actor.user_id:
        return first
    raise SheetSignedError(
        f"Το παρουσιολόγιο υπογράφηκε ήδη, {greek.long_moment(first.signed_at)}. "
        "Αν κάτι πρέπει να αλλάξει, ζητήστε διόρθωση από τον φορέα υλοποίησης."
    )


@SESSION.performs("sign_sheet", locks=("programme",))
def sign_sheet(
    session: TrainingSession, *, actor: Actor, at: datetime, seen: str
) -> AttendanceSheet:
    """Make the first version of the sheet; from here on only a correction changes it."""
    if not queries.may_sign(session, at):
        raise SheetIncompleteError(
            "Το παρουσιολόγιο υπογράφεται το νωρίτερο 15 λεπτά πριν από τη λήξη της συνάντησης. "
            "Το πρόχειρο έχει αποθηκευτεί."
        )
    rolls.complete(session.programme)
    check_complete(session, at)
    return new_version(session, actor=actor, at=at, seen=seen)


def countersign(session: TrainingSession, *, actor: Actor, at: datetime) -> AttendanceSheet:
    """The centre's signature (δεύτερη υπογραφή) on the sheet in force, by another person."""
    with transaction.atomic():
        held = hold(session)
        access.require(actor, "session.manage", held)
        sheet = queries.latest_sheet(held)
        if sheet is None:
            raise NotApplicableError("Δεν υπάρχει ακόμη υπογεγραμμένο παρουσιολόγιο.")
        if sheet.countersigned_at is not None:
            raise SheetSignedError("Η δεύτερη υπογραφή υπάρχει ήδη.")
        if sheet.signed_by_id == actor.user_id:
            raise NotApplicableError("Η δεύτερη υπογραφή μπαίνει από άλλο πρόσωπο.")
        sheet.countersigned_by_id, sheet.countersigned_at = actor.user_id, at
        sheet.save(update_fields=["countersigned_by", "countersigned_at"])
        journal.write(held, "Δεύτερη υπογραφή", actor=actor, at=at, version=sheet.version)
    return sheet


@SESSION.performs("correct", locks=("programme",))
def correct(
    session: TrainingSession, *, actor: Actor, at: datetime, reason: str, markings: Markings
) -> AttendanceSheet:
    """The first correction (διόρθωση): a new version, the old one is kept."""
    return _corrected(session, markings, actor=actor, at=at, reason=reason)


@SESSION.performs("correct_again", locks=("programme",))
def correct_again(
    session: TrainingSession, *, actor: Actor, at: datetime, reason: str, markings: Markings
) -> AttendanceSheet:
    """A further correction, again as a new version."""
    return _corrected(session, markings, actor=actor, at=at, reason=reason)


def correct_sheet(
    session: TrainingSession, markings: Markings, *, actor: Actor, at: datetime, reason: str
) -> AttendanceSheet:
    """Correct a signed sheet, for the first time or again."""
    session.refresh_from_db(fields=["state"])
    again = session.state == SessionState.CORRECTED
    step = correct_again if again else correct
    return step(session, actor=actor, at=at, reason=reason, markings=markings)


def _corrected(
    session: TrainingSession, markings: Markings, *, actor: Actor, at: datetime, reason: str
) -> AttendanceSheet:
    changed = mark(session, markings, at)
    if not changed:
        raise NotApplicableError("Δεν άλλαξε καμία σημείωση: διορθώστε τουλάχιστον μία.")
    if any(row.mark == Mark.UNKNOWN for row in changed):
        raise SheetIncompleteError("Σε διόρθωση κάθε πρόσωπο έχει σημείωση.")
    sheet = new_version(session, actor=actor, at=at, reason=reason)
    trainees = [row for row in changed if row.attendee == Attendee.TRAINEE]
    notices.sheet_corrected(trainees, sheet.version, reason=reason, at=at)
    return sheet


@SESSION.performs("close")
def close(session: TrainingSession, *, actor: Actor, at: datetime) -> None:
    """Close the sheet (κλείσιμο): no further correction."""


def confirm_async(
    session: TrainingSession, done: Collection[int], *, actor: Actor, at: datetime
) -> None:
    """Confirm the asynchronous hours (ασύγχρονες ώρες): ``done`` are rows of who did the work.

    Everybody else's hour counts as an absence. Once, before the sheet closes; afterwards only a
    correction changes it.
    """
    with transaction.atomic():
        held = hold(session)
        access.require(actor, "session.teach", held)
        _check_async(held)
        own_work.check_evidence(held, set(done))
        rows = held.roll.filter(attendee=Attendee.TRAINEE)
        if rows.filter(pk__in=done).count() < len(set(done)):
            raise SheetChangedError("Κάποιο πρόσωπο δεν είναι πια εδώ. Ανανεώστε τη σελίδα.")
        rows.filter(pk__in=done).update(async_done=True)
        missing = rows.exclude(pk__in=done).update(async_done=False)
        held.async_confirmed_at = at
        held.save(update_fields=["async_confirmed_at"])
        act = "Επιβεβαιώθηκαν οι ασύγχρονες ώρες"
        journal.write(held, act, actor=actor, at=at, done=sorted(done), missing=missing)
        warn(held.programme, at=at)
        ending.settle(held.programme, at=at)


def _check_async(session: TrainingSession) -> None:
    if not session.async_hours:
        raise NotApplicableError("Η συνάντηση δεν έχει ασύγχρονες ώρες.")
    if session.state not in SETTLED or session.state == SessionState.CLOSED:
        raise NotApplicableError("Υπογράψτε πρώτα το παρουσιολόγιο της συνάντησης.")
    if session.async_confirmed_at is not None:
        raise NotApplicableError("Οι ασύγχρονες ώρες επιβεβαιώθηκαν ήδη.")
