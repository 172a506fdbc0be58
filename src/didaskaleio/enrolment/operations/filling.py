"""Filling programmes (προγράμματα που συμπληρώνονται): viability and the officer's decisions."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F
from django.urls import reverse

from didaskaleio.enrolment import notices, places
from didaskaleio.enrolment.enums import HOLDING_STATES, ApplicationState, ChangeKind
from didaskaleio.enrolment.errors import NotOpenError
from didaskaleio.enrolment.lifecycle import APPLICATION
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.enrolment.operations import changes, lists
from didaskaleio.kernel import jobs
from didaskaleio.kernel import notices as sending
from didaskaleio.kernel.access import SYSTEM, Actor
from didaskaleio.programmes import parameters
from didaskaleio.programmes.enums import PeriodState, ProgrammeState
from didaskaleio.programmes.lifecycle import PROGRAMME
from didaskaleio.programmes.models import Programme

RELEASED = (ApplicationState.PLACED, ApplicationState.ENROLLED)


@PROGRAMME.performs("reach_minimum")
def reach_minimum(programme: Programme, *, actor: Actor, at: datetime) -> None:
    """The programme becomes viable and stays so; freed places now belong to its list."""
    _will_run(programme, at)


@PROGRAMME.performs("below_minimum")
def below_minimum(programme: Programme, *, actor: Actor, at: datetime) -> None:
    """The draw left the programme below its minimum: it fills in phase B."""


def settle_viability(programme: Programme, *, at: datetime) -> bool:
    """Make a filling programme viable at the moment it reaches its minimum (and at least one)."""
    if programme.state != ProgrammeState.FILLING or programme.minimum > programme.capacity:
        return False
    if places.taken(programme) < max(programme.minimum, 1):
        return False
    reach_minimum(programme, actor=SYSTEM, at=at)
    return True


def holders(programme: Programme) -> list[ParticipationApplication]:
    """Who holds a place, in draw order, then in the order of phase B."""
    rows = ParticipationApplication.objects.filter(programme=programme, state__in=HOLDING_STATES)
    return list(rows.order_by(F("rank").asc(nulls_last=True), "place_sequence"))


def _will_run(programme: Programme, at: datetime) -> None:
    """Its people wait nowhere else, its freed places go to its list, everybody is told."""
    if places.give_to_list(programme, at):
        lists.call_list(programme.pk)
    # locked, so that nobody is offered a place elsewhere meanwhile
    held = places.applications().filter(programme=programme, state__in=HOLDING_STATES)
    lists.end_waiting(held.values_list("pk", flat=True), at=at)
    jobs.enqueue("enrolment.tell_viable", programme_id=programme.pk)


def tell_viable(programme: Programme) -> None:
    """Tell the people of a programme that it will run, if it still will; nobody is told twice."""
    if programme.state in places.VIABLE_STATES and programme.state_since:
        title = "Το πρόγραμμά σας θα λειτουργήσει"
        tell_all(programme, notices.VIABLE, title, programme.state_since)


@PROGRAMME.performs("except_below")
def run_as_exception(programme: Programme, *, actor: Actor, at: datetime, reason: str) -> None:
    """Run below the minimum as an exception, by a reasoned decision listed publicly."""
    after_phase_b(programme)
    if not holders(programme):
        raise NotOpenError("Το πρόγραμμα δεν έχει κανέναν με θέση. Ακυρώστε το.")
    changes.of_programme(programme, ChangeKind.EXCEPTION, at=at, reason=reason)
    _will_run(programme, at)


@PROGRAMME.performs("cancel_below")
def cancel_below(programme: Programme, *, actor: Actor, at: datetime, reason: str) -> None:
    """Cancel; the people keep their number and may accept offers."""
    after_phase_b(programme)
    dismiss(programme, at, reason)


@PROGRAMME.performs("cancel_before_start")
def cancel_before_start(programme: Programme, *, actor: Actor, at: datetime, reason: str) -> None:
    """Cancel a programme that was to start; placed and enrolled people are released."""
    dismiss(programme, at, reason)


def after_phase_b(programme: Programme) -> None:
    """Refuse a decision before phase B has closed."""
    if programme.period.state != PeriodState.PHASE_B_CLOSED:
        raise NotOpenError("Η απόφαση παίρνεται όταν κλείσει η Β΄ φάση.")


def dismiss(programme: Programme, at: datetime, reason: str) -> None:
    """Release everybody of a cancelled programme and end its list; IIb may be offered to them."""
    tell_all(programme, notices.CANCELLED, "Το πρόγραμμα δεν θα λειτουργήσει", at, reason)
    _release(programme, at, reason)
    if parameters.of(programme.period.action, at).offer_iib_to_cancelled:
        jobs.enqueue("enrolment.offer_iib", period_id=programme.period_id)


APPLICATION.bulk_operations["programme_cancelled"] = dismiss


def release_stopped(programme: Programme, *, at: datetime, reason: str) -> None:
    """A running programme stopped for good: its people are free to apply again (διακοπή).

    What they attended stays on the signed sheets; nobody is offered another programme, because
    those of the period run already.
    """
    more = (
        f"{reason} Η συμμετοχή σας έληξε χωρίς να μετρά σε βάρος σας: οι παρουσίες σας μένουν "
        "στο ιστορικό σας και μπορείτε να υποβάλετε αίτηση σε επόμενη περίοδο."
    )
    tell_all(programme, notices.CANCELLED, "Το πρόγραμμά σας διακόπηκε", at, more)
    _release(programme, at, reason)


def _release(programme: Programme, at: datetime, reason: str) -> None:
    rows = ParticipationApplication.objects.filter(programme=programme, state__in=RELEASED)
    APPLICATION.perform_all(
        "programme_cancelled",
        rows,
        actor=SYSTEM,
        at=at,
        reason=reason,
        programme=None,
        place_sequence=None,
        confirm_by=None,
    )
    lists.end_list(programme, at=at)
    changes.of_programme(programme, ChangeKind.CANCELLATION, at=at, reason=reason)


def tell_all(
    programme: Programme, kind: sending.Kind, title: str, at: datetime, reason: str = ""
) -> None:
    """The same news to everybody who holds a place in the programme."""
    more = f" Αιτιολογία: {reason}" if reason else ""
    messages = [
        sending.Message(
            application.person_id,
            title,
            f"Πρόγραμμα {programme}.{more}",
            f"{kind.name}-{programme.pk}",
            reverse("enrolment:application"),
        )
        for application in holders(programme)
    ]
    sending.send(kind, messages, at=at)
