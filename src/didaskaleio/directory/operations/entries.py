"""Entries of the directory (καταχωρίσεις): structures and their offices (R-013)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from didaskaleio.directory.enums import STANDING, OfficeKind, TermState
from didaskaleio.directory.errors import OfficeRefusedError, StructureRefusedError
from didaskaleio.directory.models import Office, Structure, Term
from didaskaleio.kernel import access, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.errors import ReasonMissingError
from didaskaleio.kernel.taken import unless_taken

LISTED = "Γράφτηκαν τα στοιχεία της δομής"
CONTENT = (
    *("type", "name", "prefecture", "directorate", "body", "parent"),
    *("address", "town", "phone", "email", "site", "about"),
)
TAKEN = "Υπάρχει ήδη δομή του ίδιου τύπου με αυτό το όνομα στον νομό. Ανοίξτε εκείνη."
HELD = (*STANDING, TermState.NAMED)


def enter(*, actor: Actor, at: datetime, **content: Any) -> Structure:
    """Νέα δομή with the office of its head, vacant.

    Refused: a place or body that is not the actor's own, the same structure twice.
    """
    row = Structure()
    _take(row, content, actor)
    with unless_taken(StructureRefusedError(TAKEN, code="name")):
        row.save()
        _record(row, content, actor, at)
        found(row, kind=OfficeKind.HEAD, actor=actor, at=at)
    return row


@transaction.atomic
def revise(
    structure: Structure, *, actor: Actor, at: datetime, seen: int | None = None, **content: Any
) -> Structure:
    """Στοιχεία δομής: what is public of it; the actor must answer for it before and after."""
    row = _held(structure, actor)
    journal.require_latest(row, LISTED, seen)
    before = {name: _said(getattr(row, name)) for name in CONTENT}
    _take(row, content, actor)
    with unless_taken(StructureRefusedError(TAKEN, code="name")):
        row.save()
    changed = {
        name: row_value for name, row_value in content.items() if _said(row_value) != before[name]
    }
    _record(row, changed, actor, at)
    return row


@transaction.atomic
def close(structure: Structure, *, actor: Actor, at: datetime, reason: str) -> Structure:
    """Κατάργηση δομής from today; its history stays. Refused while somebody holds an office."""
    row = _held(structure, actor)
    if not reason.strip():
        raise ReasonMissingError("Γράψτε την απόφαση με την οποία καταργείται η δομή.")
    if Term.objects.filter(office__structure=row, state__in=HELD).exists():
        raise StructureRefusedError(
            "Υπάρχουν θητείες στη δομή. Λήξτε ή ανακαλέστε πρώτα κάθε μία από τη σελίδα της."
        )
    if row.closed_on is not None:
        raise StructureRefusedError("Η δομή έχει ήδη καταργηθεί. Ανανεώστε τη σελίδα.")
    row.closed_on = localdate(at)
    row.save(update_fields=["closed_on"])
    journal.write(row, "Καταργήθηκε", actor=actor, at=at, reason=reason)
    return row


@transaction.atomic
def found(
    structure: Structure,
    *,
    kind: str,
    actor: Actor,
    at: datetime,
    title: str = "",
    remind_days: int = 90,
) -> Office:
    """Σύσταση θέσης of a structure that works; a second head or deputy is refused."""
    row = _held(structure, actor)
    if row.closed_on is not None:
        raise OfficeRefusedError("Η δομή έχει καταργηθεί και δεν αποκτά νέες θέσεις.")
    office = Office(structure=row, kind=kind, title=title.strip(), remind_days=remind_days)
    with unless_taken(
        OfficeRefusedError(
            "Η δομή έχει ήδη τέτοια θέση. Ορίστε πρόσωπο σε εκείνη ή διαλέξτε «Στέλεχος».",
            code="kind",
        )
    ):
        office.save()
    journal.write(row, f"Συστάθηκε θέση: {office.words}", actor=actor, at=at, office=office.pk)
    return office


@transaction.atomic
def amend(office: Office, *, actor: Actor, at: datetime, title: str, remind_days: int) -> Office:
    """Στοιχεία θέσης: its title, and how early its holders are reminded from the next term on."""
    row = _office(office, actor)
    row.title, row.remind_days = title.strip(), remind_days
    row.save(update_fields=["title", "remind_days"])
    act = f"Άλλαξε θέση: {row.words}"
    journal.write(row.structure, act, actor=actor, at=at, office=row.pk, remind_days=remind_days)
    return row


@transaction.atomic
def abolish(office: Office, *, actor: Actor, at: datetime, reason: str) -> Office:
    """Κατάργηση θέσης; its past terms stay. Refused while somebody holds it or is named for it."""
    row = _office(office, actor)
    if not reason.strip():
        raise ReasonMissingError("Γράψτε την απόφαση με την οποία καταργείται η θέση.")
    if row.terms.filter(state__in=HELD).exists():
        raise OfficeRefusedError("Η θέση έχει θητεία. Λήξτε την ή ανακαλέστε την πρώτα.")
    row.abolished_on = localdate(at)
    row.save(update_fields=["abolished_on"])
    act = f"Καταργήθηκε θέση: {row.words}"
    journal.write(row.structure, act, actor=actor, at=at, reason=reason, office=row.pk)
    return row


def _office(office: Office, actor: Actor) -> Office:
    rows = Office.objects.select_related("structure__prefecture")
    row = rows.select_for_update(of=("self",), no_key=True).get(pk=office.pk)
    access.require(actor, "office.keep", row)
    if row.abolished_on is not None:
        raise OfficeRefusedError("Η θέση έχει καταργηθεί. Ανανεώστε τη σελίδα.")
    return row


def _held(structure: Structure, actor: Actor) -> Structure:
    rows = Structure.objects.select_related("prefecture")
    row = rows.select_for_update(of=("self",), no_key=True).get(pk=structure.pk)
    access.require(actor, "structure.keep", row)
    return row


def _take(row: Structure, content: Mapping[str, Any], actor: Actor) -> None:
    for name, value in content.items():
        setattr(row, name, value)
    if row.directorate and row.directorate.prefecture_id != row.prefecture_id:
        raise StructureRefusedError(
            "Η Διεύθυνση είναι άλλου νομού. Διαλέξτε μία του νομού της δομής.", code="directorate"
        )
    if row.parent and (row.parent.parent_id or row.parent_id == row.pk):
        raise StructureRefusedError(
            "Η δομή εντάσσεται σε άλλη που δεν ανήκει η ίδια κάπου. Διαλέξτε εκείνη.", code="parent"
        )
    if not (actor.is_system or access.allowed(actor, "structure.keep", row)):
        raise StructureRefusedError(
            "Ο νομός ή ο φορέας δεν είναι στη δική σας ευθύνη. Διαλέξτε άλλον.", code="prefecture"
        )


def _record(row: Structure, content: Mapping[str, Any], actor: Actor, at: datetime) -> None:
    facts = {name: _said(value) for name, value in content.items()}
    journal.write(row, LISTED, actor=actor, at=at, **facts)


def _said(value: Any) -> str:
    return "" if value is None else str(value)
