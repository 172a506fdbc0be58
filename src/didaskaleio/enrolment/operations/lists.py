"""Waiting lists (λίστες επιλαχόντων): whose turn it is, joining, the end of waiting.

SPEC-draw §8. Rows are locked in the order that ``places`` names; ending somebody's waiting
needs the entries alone, and an offer locks the one person whom it is made to.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from didaskaleio.enrolment import notices, places
from didaskaleio.enrolment.enums import ApplicationState, ChangeKind, EntryState
from didaskaleio.enrolment.errors import NotEligibleError, NotOpenError
from didaskaleio.enrolment.lifecycle import APPLICATION, WAITING
from didaskaleio.enrolment.models import (
    HeldBack,
    ParticipationApplication,
    WaitingEntry,
    WaitingList,
)
from didaskaleio.enrolment.operations import applicant, changes
from didaskaleio.enrolment.queries.allowed import may_take
from didaskaleio.kernel import access, greek, jobs
from didaskaleio.kernel import notices as sending
from didaskaleio.kernel.access import SYSTEM, Actor
from didaskaleio.programmes import parameters
from didaskaleio.programmes.enums import PeriodState, ProgrammeState
from didaskaleio.programmes.models import Programme

WAITING.model = WaitingEntry
WITHOUT_PLACE = (ApplicationState.RUNNER_UP, ApplicationState.CANCELLED)
NEW = (ApplicationState.DRAFT, ApplicationState.SUBMITTED)
OPEN = (EntryState.WAITING, EntryState.OFFERED)
JOINABLE = (
    PeriodState.PHASE_B,
    PeriodState.PHASE_B_CLOSED,
    PeriodState.ENROLLING,
    PeriodState.RUNNING,
)


def call_list(programme_id: int) -> None:
    """Enqueue the offers of a programme's freed places; nothing is offered for what rolls back."""
    jobs.enqueue("enrolment.offer_places", programme_id=programme_id)


def offer_places(programme_id: int, *, at: datetime) -> int:
    """Offer every freed place of a viable programme to its list; returns the offers made."""
    made = 0
    while _offer_place(programme_id, at):
        made += 1
    return made


@transaction.atomic
def _offer_place(programme_id: int, at: datetime) -> bool:
    """One freed place to the next of the list; its own transaction, for it locks one person."""
    programme = places.lock([programme_id])[programme_id]
    ends = places.offers_end(programme)
    if programme.state not in places.VIABLE_STATES or ends is None or at >= ends:
        return False
    owed = places.owed_to_list(programme)
    if not owed:
        return False
    entry = _from_draw(programme, at) or _from_joined(programme)
    if entry is None:
        _leave_open(programme, at)
        return False
    owed[0].used_at = at
    owed[0].save(update_fields=["used_at"])
    offer(entry, actor=SYSTEM, at=at, expires_at=expiry(programme, at, ends))
    return True


def expiry(programme: Programme, at: datetime, ends: datetime) -> datetime:
    """Until when an offer made at ``at`` holds: elapsed hours, never beyond ``ends``."""
    chosen = parameters.of(programme.period.action, at)
    in_phase_b = programme.period.state == PeriodState.PHASE_B
    hours = chosen.offer_hours_in_phase_b if in_phase_b else chosen.offer_hours
    return min(places.hours_later(at, hours), ends)


def _leave_open(programme: Programme, at: datetime) -> None:
    """Nobody waits: in phase B the place is open to requests where the action says so."""
    open_to_requests = parameters.of(programme.period.action, at).viable_places_open_in_phase_b
    if open_to_requests and programme.period.state == PeriodState.PHASE_B:
        HeldBack.objects.filter(programme=programme, used_at=None, opens_at=None).delete()


def _from_draw(programme: Programme, at: datetime) -> WaitingEntry | None:
    waiting = WaitingList.objects.select_for_update().filter(programme=programme).first()
    while waiting and waiting.next_index < len(waiting.numbers):
        number = waiting.numbers[waiting.next_index]
        waiting.next_index += 1
        waiting.save(update_fields=["next_index"])
        application = _entitled(programme, number)
        if application and _still_waits(application.pk):
            return WaitingEntry.objects.get_or_create(
                programme=programme,
                application=application,
                state=EntryState.WAITING,
                defaults={"from_draw": True, "joined_at": at},
            )[0]
    return None


def _entitled(programme: Programme, number: str) -> ParticipationApplication | None:
    """The person behind a number, unless placed for good, withdrawn or already offered this."""
    offered = WaitingEntry.objects.filter(programme=programme, state=EntryState.OFFERED)
    rows = ParticipationApplication.objects.select_related("programme")
    row = (
        rows.filter(period_id=programme.period_id, number=number)
        .exclude(entries__in=offered)
        .first()
    )
    return row if row and may_wait(row) else None


class _TakenMeanwhileError(Exception):
    """The person took a place between the reading and the lock."""


def _still_waits(application_id: int) -> bool:
    """Lock the person whom a place is about to be offered; not kept if they wait no longer."""
    try:
        with transaction.atomic():
            row = places.applications().select_related("programme").get(pk=application_id)
            if not may_wait(row):
                raise _TakenMeanwhileError
    except _TakenMeanwhileError:
        return False
    return True


def may_wait(application: ParticipationApplication) -> bool:
    """Whether the person holds no place in a viable programme and has not withdrawn."""
    if application.state in WITHOUT_PLACE:
        return True
    held = application.programme
    return (
        application.state == ApplicationState.PLACED
        and held is not None
        and held.state == ProgrammeState.FILLING
    )


def _from_joined(programme: Programme) -> WaitingEntry | None:
    rows = WaitingEntry.objects.filter(programme=programme, state=EntryState.WAITING)
    for entry in rows.select_related("application__programme").order_by("joined_sequence", "pk"):
        if may_wait(entry.application) and _still_waits(entry.application_id):
            return entry
    return None


def anybody_waits(programme: Programme) -> bool:
    """Whether somebody stands on the list and could still be offered a place."""
    if _from_joined(programme):
        return True
    waiting = WaitingList.objects.filter(programme=programme).first()
    left = waiting.numbers[waiting.next_index :] if waiting else []
    return any(_entitled(programme, number) for number in left)


@WAITING.performs("offer", locks=("programme",))
def offer(entry: WaitingEntry, *, actor: Actor, at: datetime, expires_at: datetime) -> None:
    """Offer a place; its length is fixed now, with a reminder at half time."""
    entry.offered_at, entry.expires_at = at, expires_at
    entry.remind_at = halfway(at, expires_at)
    changes.of_person(entry.application, ChangeKind.OFFER_MADE, at=at, new=entry.programme)
    tell(entry, notices.OFFER, "Σας προσφέρεται θέση", at)


def halfway(at: datetime, end: datetime) -> datetime:
    """The moment in the middle, in elapsed time."""
    begin = at.astimezone(UTC)
    return begin + (end.astimezone(UTC) - begin) / 2


@transaction.atomic
def join(programme: Programme, *, actor: Actor, at: datetime) -> WaitingEntry:
    """Join the list of a viable programme, behind its runners-up (SPEC-draw §8, Lists)."""
    access.require(actor, "enrolment.apply")
    if programme.period.state not in JOINABLE:
        raise NotOpenError("Στις λίστες μπαίνετε από το άνοιγμα της Β΄ φάσης και μετά.")
    applicant.alone(programme.period_id, actor.user_id or 0)
    application = applicant.of(programme.period, actor)
    applicant.choose_cluster(application, programme)
    finding = may_take(application, programme, at)
    programme = applicant.lock(application, [programme.pk])[programme.pk]
    _takes_waiters(programme, at)
    if application.state not in NEW and not may_wait(application):
        raise NotOpenError(
            "Σε λίστα μπαίνει όποιος δεν έχει θέση σε πρόγραμμα που θα λειτουργήσει."
        )
    if finding:
        raise NotEligibleError(finding.sentence, rule=finding.article, code=str(finding.code))
    if stands(programme, application):
        raise NotOpenError("Είστε ήδη στη λίστα αυτού του προγράμματος.")
    if application.state in NEW:
        enter_list(application, actor=actor, at=at)
    call_list(programme.pk)
    return WaitingEntry.objects.create(
        programme=programme,
        application=application,
        from_draw=False,
        joined_at=at,
        joined_sequence=places.next_sequence(),
    )


def _takes_waiters(programme: Programme, at: datetime) -> None:
    ends = places.offers_end(programme)
    if programme.state not in places.VIABLE_STATES or ends is None or at >= ends:
        raise NotOpenError(
            "Λίστα έχουν μόνο προγράμματα που θα λειτουργήσουν, ως το τέλος της "
            "δεύτερης συνάντησής τους."
        )


@APPLICATION.performs("enter_list")
def enter_list(application: ParticipationApplication, *, actor: Actor, at: datetime) -> None:
    """Whoever was not in the draw stands as a runner-up from the first list joined."""


def stands(programme: Programme, application: ParticipationApplication) -> bool:
    """Whether the person already stands on the list, joined or by the draw."""
    rows = WaitingEntry.objects.filter(programme=programme, application=application)
    if rows.filter(state__in=OPEN).exists():
        return True
    waiting = WaitingList.objects.filter(programme=programme).first()
    return bool(waiting and application.number in waiting.numbers[waiting.next_index :])


def end_waiting(ids: Iterable[int], *, at: datetime, but: int | None = None) -> None:
    """A place in a viable programme ends all own entries and offers (but the one accepted).

    ``ids`` are applications; the places offered to them go to the next of each list.
    """
    rows = WaitingEntry.objects.filter(application__in=list(ids), state__in=OPEN)
    _settle(rows.exclude(pk=but or 0), at, passing_on=True)


def end_list(programme: Programme, *, at: datetime) -> None:
    """The programme is cancelled: nobody waits for it any more."""
    rows = WaitingEntry.objects.filter(programme=programme, state__in=OPEN)
    _settle(rows, at, passing_on=False)


def _settle(rows: QuerySet[WaitingEntry], at: datetime, *, passing_on: bool) -> None:
    queryset = rows.select_related("application", "programme")
    held = list(queryset.order_by("pk").select_for_update(of=("self",), no_key=True))
    if not held:
        return
    WAITING.perform_all(
        "settle",
        WaitingEntry.objects.filter(pk__in=[entry.pk for entry in held]),
        actor=SYSTEM,
        at=at,
    )
    for entry in held:
        if entry.state == EntryState.OFFERED and passing_on:
            pass_on(entry, at)


WAITING.bulk_operations["settle"] = _settle


def pass_on(entry: WaitingEntry, at: datetime) -> None:
    """An offer ended without acceptance: its place goes to the next of the list."""
    changes.of_person(entry.application, ChangeKind.OFFER_ENDED, at=at, new=entry.programme)
    HeldBack.objects.create(programme_id=entry.programme_id, freed_at=at)
    call_list(entry.programme_id)


def tell(entry: WaitingEntry, kind: sending.Kind, title: str, at: datetime) -> None:
    """Tell whoever was offered a place what it is and until when it is held."""
    until = f" Απαντήστε έως {greek.long_moment(entry.expires_at)}." if entry.expires_at else ""
    if kind is notices.OFFER_EXPIRED:
        until = " Η θέση δίνεται στον επόμενο της λίστας."
    message = sending.Message(
        entry.application.person_id,
        title,
        f"Πρόγραμμα {entry.programme}.{until}",
        f"{kind.name}-{entry.pk}",
        reverse("enrolment:application"),
    )
    sending.send(kind, [message], at=at)
