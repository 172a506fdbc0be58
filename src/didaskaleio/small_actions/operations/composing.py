"""Writing a small action (σύνταξη): one short form, checked as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from didaskaleio.courses.models import Material, SyllabusUnit
from didaskaleio.directory.models import Structure
from didaskaleio.kernel import access, journal, numbering
from didaskaleio.kernel.access import Actor
from didaskaleio.small_actions import notices, rules
from didaskaleio.small_actions.enums import TAKING, WRITTEN, SeatState, SmallActionState
from didaskaleio.small_actions.errors import SmallActionRefusedError
from didaskaleio.small_actions.models import Seat, SmallAction
from didaskaleio.small_actions.operations.seating import fill
from didaskaleio.structures.models import (
    Cluster,
    ImplementingBody,
    Prefecture,
    School,
    TrainingCentre,
)

SERIES = "small_action"
# what may still change once people have seats: not what they were promised
SETTLED = ("kind", "title", "hours", "counts", "attested")
TOLD = ("starts_at", "ends_at", "venue", "meeting_url")


@dataclass(frozen=True, kw_only=True)
class Content:
    """What the form of a small action says."""

    kind: str
    title: str
    host: Structure | TrainingCentre
    starts_at: datetime
    ends_at: datetime
    places: int
    hours: int
    about: str = ""
    speakers: str = ""
    venue: str = ""
    meeting_url: str = ""
    counts: bool = False
    attested: bool = False
    unit: SyllabusUnit | None = None
    material: Material | None = None
    clusters: Sequence[Cluster] = ()
    for_prefecture: Prefecture | None = None
    schools: Sequence[School] = ()

    @property
    def body(self) -> ImplementingBody | None:
        """Who answers for it: the body of the host, else that of the course reused."""
        reused = self.unit or self.material
        return self.host.body or (reused.version.course.body if reused else None)


PLAIN = (
    *("kind", "title", "about", "speakers", "starts_at", "ends_at", "venue", "meeting_url"),
    *("places", "hours", "counts", "attested", "unit", "material", "for_prefecture"),
)


def compose(content: Content, *, actor: Actor, at: datetime) -> SmallAction:
    """Write a new action, numbered in the series of its year: ``ΜΔ-2023-0017``."""
    _check(content, actor, at)
    with transaction.atomic():
        row = SmallAction(created_by_id=actor.person_id, created_at=at)
        row.code = f"ΜΔ-{at:%Y}-{numbering.take(SERIES, at=at)[0]:04}"
        _write(row, content)
        journal.write(row, "Σύνταξη", actor=actor, at=at)
    return row


def revise(action: SmallAction, content: Content, *, actor: Actor, at: datetime) -> SmallAction:
    """Change an action: all of it while it is written; time, place and places once it is open.

    Whoever has a seat is told of another time or place; more places are given to who waits.
    """
    with transaction.atomic():
        held = SmallAction.objects.select_for_update().get(pk=action.pk)
        access.require(actor, "small_action.keep", held)
        _check(content, actor, at)
        _check_open(held, content)
        before = [getattr(held, name) for name in TOLD]
        moved = before != [getattr(content, name) for name in TOLD]
        held.revision += moved
        held.reminded_at = None if moved else held.reminded_at
        _write(held, content)
        journal.write(held, "Αλλαγή στοιχείων", actor=actor, at=at)
        if held.state == SmallActionState.OPEN:
            _tell(held, moved=moved, at=at)
    return held


def _tell(action: SmallAction, *, moved: bool, at: datetime) -> None:
    if moved:
        seats = Seat.objects.filter(
            action=action, state__in=(SeatState.REGISTERED, SeatState.WAITING)
        )
        notices.moved(action, seats.values_list("person_id", flat=True), at=at)
    fill(action, at=at)


def _write(row: SmallAction, content: Content) -> None:
    for name in PLAIN:
        setattr(row, name, getattr(content, name))
    structure = isinstance(content.host, Structure)
    row.structure = content.host if isinstance(content.host, Structure) else None
    row.centre = None if structure else content.host  # type: ignore[assignment]
    row.prefecture, row.body = content.host.prefecture, content.body
    row.save()
    row.clusters.set(content.clusters)
    row.schools.set(content.schools)


def _check(content: Content, actor: Actor, at: datetime) -> None:
    needs = "structure.organise" if isinstance(content.host, Structure) else "centre.organise"
    access.require(actor, needs, content.host)
    field, sentence = rules.problem_of_time(content.starts_at, content.ends_at, content.hours, at)
    if sentence:
        raise SmallActionRefusedError(sentence, code=field)
    if not content.venue and not content.meeting_url:
        raise SmallActionRefusedError(
            "Γράψτε τον χώρο ή τον σύνδεσμο της τηλεδιάσκεψης.", code="venue"
        )
    _check_reuse(content)


def _check_reuse(content: Content) -> None:
    unit, material = content.unit, content.material
    if unit and material and unit.version_id != material.version_id:
        raise SmallActionRefusedError(
            "Η ενότητα και το υλικό είναι από άλλο αντικείμενο. Διαλέξτε από το ίδιο.",
            code="material",
        )
    if content.attested and not content.counts:
        raise SmallActionRefusedError(
            "Βεβαίωση δίνεται για ώρες που μετρούν. Σημειώστε και ότι οι ώρες μετρούν.",
            code="counts",
        )
    if content.attested and content.body is None:
        raise SmallActionRefusedError(
            "Η δομή δεν ανήκει σε φορέα που σφραγίζει βεβαιώσεις. Διαλέξτε την ενότητα του "
            "αντικειμένου που αξιοποιείτε, για να τη σφραγίσει ο φορέας του.",
            code="unit",
        )


def _check_open(held: SmallAction, content: Content) -> None:
    if held.state in WRITTEN:
        return
    if held.state != SmallActionState.OPEN:
        raise SmallActionRefusedError(
            f"Η δράση δεν αλλάζει πια: «{held.get_state_display()}». Για αλλαγή μετά την υποβολή "
            "ζητήστε την επιστροφή της."
        )
    host = held.structure_id, held.centre_id
    given = (None, content.host.pk) if held.centre_id else (content.host.pk, None)
    if host != given or any(getattr(held, n) != getattr(content, n) for n in SETTLED):
        raise SmallActionRefusedError(
            "Μετά τη δημοσίευση αλλάζουν ο χρόνος, ο χώρος, οι θέσεις και η περιγραφή. Για άλλη "
            "δράση ματαιώστε αυτή και γράψτε νέα."
        )
    taken = held.seats.filter(state__in=TAKING).count()
    if content.places < taken:
        raise SmallActionRefusedError(
            f"Έχουν ήδη θέση {taken} πρόσωπα. Οι θέσεις δεν γίνονται λιγότερες.", code="places"
        )
