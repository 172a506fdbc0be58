"""A centre's proposal while it is being written (πρόταση προγράμματος)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from didaskaleio.kernel import access, greek, journal, numbering
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.greek import long_moment
from didaskaleio.people.models import Person
from didaskaleio.programmes import locality
from didaskaleio.programmes.enums import PeriodState, ProgrammeState
from didaskaleio.programmes.errors import ChangedMeanwhileError, WindowClosedError
from didaskaleio.programmes.models import (
    Programme,
    ProgrammeCategory,
    ProgrammeStaff,
    TrainingPeriod,
)
from didaskaleio.programmes.operations.assigning import require_assignment
from didaskaleio.structures.models import Cluster, Room, TrainingCentre


@dataclass(frozen=True)
class Content:
    """What a centre decides about its programme (περιεχόμενο της πρότασης), besides the slots."""

    category: ProgrammeCategory
    cluster: Cluster
    trainer: Person | None = None
    room: Room | None = None
    capacity: int = 15
    minimum: int = 10
    note: str = ""
    staff: tuple[tuple[int, str], ...] = ()
    locality_rules: list[dict[str, Any]] = field(default_factory=list)


CHANGED = "Άλλαξαν τα στοιχεία της πρότασης"
SECOND_CLICK = timedelta(seconds=10)
FIELDS = ("category", "cluster", "trainer", "room", "capacity", "minimum", "note", "locality_rules")


def require_window(period: TrainingPeriod, at: datetime) -> None:
    """Refuse unless new proposals are taken now."""
    if period.state != PeriodState.PROPOSING:
        opens = long_moment(period.proposals_open)
        raise WindowClosedError(
            f"Η περίοδος δεν δέχεται προτάσεις τώρα (άνοιγμα: {opens}). Δείτε τις φάσεις της.",
            code="window",
        )
    if at >= period.proposals_close:
        raise WindowClosedError(
            f"Η προθεσμία των προτάσεων έληξε: {long_moment(period.proposals_close)}. "
            "Απευθυνθείτε στον φορέα υλοποίησης.",
            code="window",
        )


def require_approved(centre: TrainingCentre, at: datetime) -> None:
    """Refuse a centre whose approval does not hold on the day of the act (001 §4)."""
    day, until = localdate(at), centre.approved_until
    if centre.approved_on(day):
        return
    state = "δεν έχει αρχίσει να ισχύει"
    if until is not None and until < day:
        state = f"έληξε στις {greek.short_date(until)}"
    raise Refusal(
        f"Η έγκριση του Κ.Σ.Ε. {state}. Ζητήστε από τον φορέα υλοποίησης να καταχωρίσει νέα "
        "πράξη έγκρισης και υποβάλετε τότε."
    )


@transaction.atomic
def start_proposal(
    period: TrainingPeriod, centre: TrainingCentre, content: Content, *, actor: Actor, at: datetime
) -> Programme:
    """Begin a proposal of ``centre``; it gets its code at once and keeps it.

    A second click finds the proposal of the first.
    """
    access.require(actor, "centre.propose", centre)
    require_window(period, at)
    require_approved(centre, at)
    require_assignment(period.action, centre)
    _fits(period, centre, content)
    if twin := _twin(period, centre, content, at):
        return twin
    number = numbering.take(f"programmes.{period.pk}", at=period.proposals_open)[0]
    programme = Programme.objects.create(
        period=period,
        centre=centre,
        code=f"P{number:05}",
        state_since=at,
        **{name: getattr(content, name) for name in FIELDS},
    )
    _staff(programme, content)
    journal.write(programme, "Νέα πρόταση", actor=actor, at=at)
    return programme


def _twin(
    period: TrainingPeriod, centre: TrainingCentre, content: Content, at: datetime
) -> Programme | None:
    """The draft with the same content that the centre began a moment ago, if any."""
    TrainingCentre.objects.select_for_update(no_key=True).get(pk=centre.pk)
    same = {name: getattr(content, name) for name in FIELDS}
    recent = Programme.objects.filter(
        period=period, centre=centre, state=ProgrammeState.DRAFT, state_since__gt=at - SECOND_CLICK
    )
    return recent.filter(**same).first()


def _fits(period: TrainingPeriod, centre: TrainingCentre, content: Content) -> None:
    if centre.body_id != period.action.body_id:
        raise Refusal("Το κέντρο συνεργάζεται με άλλον φορέα υλοποίησης. Επιλέξτε άλλη περίοδο.")
    if content.category.action_id != period.action_id:
        raise Refusal("Η κατηγορία δεν ανήκει στη δράση της περιόδου. Επιλέξτε άλλη.")
    if content.cluster.scheme_id != period.action.scheme_id:
        raise Refusal("Η συστάδα δεν ανήκει στο σχήμα συστάδων της δράσης. Επιλέξτε άλλη.")
    if content.room is not None and content.room.centre_id != centre.pk:
        raise Refusal("Η αίθουσα δεν ανήκει στο κέντρο σας. Επιλέξτε άλλη.")
    locality.parse(content.locality_rules)


def _staff(programme: Programme, content: Content) -> None:
    programme.staff.all().delete()
    ProgrammeStaff.objects.bulk_create(
        ProgrammeStaff(programme=programme, person_id=person, role=role)
        for person, role in content.staff
    )


def locked(programme: Programme, *, actor: Actor, permission: str = "programme.edit") -> Programme:
    """The programme locked and read afresh, open to changes by ``actor``."""
    own = Programme.objects.select_for_update(of=("self",)).select_related(
        "period__action", "category", "cluster", "centre__prefecture", "centre__school__type"
    )
    row = own.get(pk=programme.pk)
    if row.state not in {ProgrammeState.DRAFT, ProgrammeState.RETURNED}:
        raise ChangedMeanwhileError(
            f"Το πρόγραμμα είναι σε κατάσταση «{ProgrammeState(row.state).label}» και δεν αλλάζει. "
            "Ανανεώστε τη σελίδα."
        )
    access.require(actor, permission, row)
    return row


def touch(programme: Programme, words: str, *, actor: Actor, at: datetime, **data: Any) -> None:
    """A change makes a new revision, which the trainer has not agreed to."""
    programme.revision += 1
    programme.save(update_fields=["revision"])
    journal.write(programme, words, actor=actor, at=at, revision=programme.revision, **data)


@transaction.atomic
def change(
    programme: Programme, content: Content, *, actor: Actor, at: datetime, seen: int | None = None
) -> Programme:
    """Change what the proposal says; any real change voids the trainer's agreement.

    ``seen``: the entry of the journal on which the form was opened; a later one refuses.
    """
    row = locked(programme, actor=actor)
    journal.require_latest(row, CHANGED, seen)
    _fits(row.period, row.centre, content)
    new = {name: getattr(content, name) for name in FIELDS}
    changed = [name for name, value in new.items() if getattr(row, name) != value]
    staff = {(one.person_id, one.role) for one in row.staff.all()}
    if set(content.staff) != staff:
        _staff(row, content)
        changed.append("staff")
    if not changed:
        return row
    for name in changed:
        if name != "staff":
            setattr(row, name, new[name])
    row.save(update_fields=[name for name in changed if name != "staff"])
    if "room" in changed:
        row.slots.filter(room__isnull=False).update(room=None)
    touch(row, CHANGED, actor=actor, at=at, fields=changed)
    return row


@transaction.atomic
def discard(programme: Programme, *, actor: Actor, at: datetime) -> None:
    """Delete a draft that was never submitted; its code is not used again."""
    row = locked(programme, actor=actor)
    if row.state != ProgrammeState.DRAFT or row.protocol:
        raise Refusal("Η πρόταση έχει υποβληθεί και μένει στο αρχείο. Δεν διαγράφεται.")
    journal.write(row, "Η πρόχειρη πρόταση διαγράφηκε", actor=actor, at=at, code=row.code)
    row.delete()
