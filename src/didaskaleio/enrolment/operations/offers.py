"""Waiting lists and offers (λίστες επιλαχόντων, προσφορές θέσης): SPEC-draw §8."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from didaskaleio.enrolment import notices, places
from didaskaleio.enrolment.enums import ApplicationState, ChangeKind, EntryState
from didaskaleio.enrolment.errors import NotEligibleError, NotOpenError
from didaskaleio.enrolment.lifecycle import APPLICATION, WAITING
from didaskaleio.enrolment.models import (
    HeldBack,
    ParticipationApplication,
    PublicChange,
    WaitingEntry,
    WaitingList,
)
from didaskaleio.enrolment.queries.allowed import may_take
from didaskaleio.kernel import access, greek, jobs
from didaskaleio.kernel import notices as sending
from didaskaleio.kernel.access import SYSTEM, Actor
from didaskaleio.kernel.lifecycle import chore
from didaskaleio.programmes import parameters
from didaskaleio.programmes.enums import PeriodState, ProgrammeState
from didaskaleio.programmes.models import Programme

WAITING.model = WaitingEntry
WITHOUT_PLACE = (ApplicationState.RUNNER_UP, ApplicationState.CANCELLED)
OPEN = (EntryState.WAITING, EntryState.OFFERED)


def release(application: ParticipationApplication, programme: Programme, at: datetime) -> None:
    """Free the place held and let the list have it; the programme's row is locked.

    For the body of a step of the application: the step saves what is assigned here.
    """
    minutes = parameters.of(programme.period.action, at).reopen_minutes
    places.free(programme, at, minutes=minutes)
    application.programme = application.place_sequence = application.confirm_by = None
    call_list(programme)


def call_list(programme: Programme) -> None:
    """Enqueue the offers of a programme's freed places; nothing is offered for what rolls back."""
    if programme.state in places.VIABLE_STATES:
        jobs.enqueue("enrolment.offer_places", programme_id=programme.pk)


def offer_places(programme_id: int, *, at: datetime) -> int:
    """Offer every freed place of a viable programme to its list; returns the offers made."""
    made = 0
    with transaction.atomic():
        programme = places.lock([programme_id])[programme_id]
        ends = places.offers_end(programme)
        if programme.state not in places.VIABLE_STATES or ends is None or at >= ends:
            return 0
        for place in _owed_to_list(programme):
            if not _offer_next(programme, at, ends):
                break
            place.used_at = at
            place.save(update_fields=["used_at"])
            made += 1
    return made


def _owed_to_list(programme: Programme) -> list[HeldBack]:
    rows = HeldBack.objects.filter(programme=programme, used_at=None, opens_at=None)
    return list(rows.order_by("pk"))


def _offer_next(programme: Programme, at: datetime, ends: datetime) -> bool:
    """Offer one place to the next of the list: draw order, then order of joining."""
    entry = _from_draw(programme, at) or _from_joined(programme)
    if entry is None:
        return False
    chosen = parameters.of(programme.period.action, at)
    in_phase_b = programme.period.state == PeriodState.PHASE_B
    hours = chosen.offer_hours_in_phase_b if in_phase_b else chosen.offer_hours
    expires = min(at + places.offer_length(hours), ends)
    offer(entry, actor=SYSTEM, at=at, expires_at=expires)
    return True


def _from_draw(programme: Programme, at: datetime) -> WaitingEntry | None:
    waiting = WaitingList.objects.select_for_update().filter(programme=programme).first()
    while waiting and waiting.next_index < len(waiting.numbers):
        number = waiting.numbers[waiting.next_index]
        waiting.next_index += 1
        waiting.save(update_fields=["next_index"])
        application = _entitled(programme, number)
        if application:
            entry, _ = WaitingEntry.objects.get_or_create(
                programme=programme,
                application=application,
                state=EntryState.WAITING,
                defaults={"from_draw": True, "joined_at": at},
            )
            return entry
    return None


def _entitled(programme: Programme, number: str) -> ParticipationApplication | None:
    """The person behind a number, unless placed for good, withdrawn or already offered this."""
    row = (
        ParticipationApplication.objects.select_related("programme")
        .filter(period_id=programme.period_id, number=number)
        .exclude(
            entries__in=WaitingEntry.objects.filter(programme=programme, state=EntryState.OFFERED)
        )
        .first()
    )
    return row if row and may_wait(row) else None


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
        if may_wait(entry.application):
            return entry
    return None


@WAITING.performs("offer", locks=("programme",))
def offer(entry: WaitingEntry, *, actor: Actor, at: datetime, expires_at: datetime) -> None:
    """Offer a place; its length is fixed now, with a reminder at half time."""
    entry.offered_at, entry.expires_at = at, expires_at
    entry.remind_at = at + (expires_at - at) / 2
    _tell(entry, notices.OFFER, "Σας προσφέρεται θέση", at)


@WAITING.performs("expire", locks=("programme",))
def expire(entry: WaitingEntry, *, actor: Actor, at: datetime) -> None:
    """The offer's time passed: the place goes to the next of the list."""
    _pass_on(entry, at)
    _tell(entry, notices.OFFER_EXPIRED, "Η προσφορά θέσης έληξε", at)


@WAITING.performs("decline", locks=("programme",))
def refuse_offer(entry: WaitingEntry, *, actor: Actor, at: datetime) -> None:
    """The person declines: the place goes to the next of the list."""
    _pass_on(entry, at)


@WAITING.performs("settle", locks=("programme",))
def settle(entry: WaitingEntry, *, actor: Actor, at: datetime) -> None:
    """Waiting has no object any more; an offered place goes to the next of the list."""
    if entry.state == EntryState.OFFERED:
        _pass_on(entry, at)


def _pass_on(entry: WaitingEntry, at: datetime) -> None:
    HeldBack.objects.create(programme=entry.programme, freed_at=at)
    call_list(entry.programme)


def end_waiting(
    application: ParticipationApplication, *, at: datetime, but: int | None = None
) -> None:
    """A place in a viable programme ends all own entries and offers (but the one accepted)."""
    rows = WaitingEntry.objects.filter(application=application, state__in=OPEN)
    for entry in rows.exclude(pk=but).order_by("programme_id", "pk"):
        settle(entry, actor=SYSTEM, at=at)


@transaction.atomic
def join(programme: Programme, *, actor: Actor, at: datetime) -> WaitingEntry:
    """Join the list of a viable programme, behind its runners-up (SPEC-draw §8, Lists)."""
    application = (
        ParticipationApplication.objects.select_for_update(of=("self",))
        .filter(period_id=programme.period_id, person_id=actor.user_id)
        .first()
    )
    if application is None or not may_wait(application):
        raise NotOpenError("Λίστα μπορείτε να δηλώσετε μόνο χωρίς θέση σε βιώσιμο πρόγραμμα.")
    access.require(actor, "application.write", application)
    programme = places.lock([programme.pk])[programme.pk]
    ends = places.offers_end(programme)
    if programme.state not in places.VIABLE_STATES or (ends and at >= ends):
        raise NotOpenError("Το πρόγραμμα δεν δέχεται πια επιλαχόντες.")
    finding = may_take(application, programme, at)
    if finding:
        raise NotEligibleError(finding.sentence, rule=finding.article, code=str(finding.code))
    if _stands(programme, application):
        raise NotOpenError("Είστε ήδη στη λίστα αυτού του προγράμματος.")
    entry = WaitingEntry.objects.create(
        programme=programme,
        application=application,
        from_draw=False,
        joined_at=at,
        joined_sequence=places.next_sequence(),
    )
    call_list(programme)
    return entry


def _stands(programme: Programme, application: ParticipationApplication) -> bool:
    if WaitingEntry.objects.filter(
        programme=programme, application=application, state__in=OPEN
    ).exists():
        return True
    waiting = WaitingList.objects.filter(programme=programme).first()
    return bool(waiting and application.number in waiting.numbers[waiting.next_index :])


def accept_offer(entry: WaitingEntry, *, actor: Actor, at: datetime) -> None:
    """Take the offered place; a place held in a filling programme is freed in the same act."""
    application = entry.application
    take_offered(application, actor=actor, at=at, entry=entry)


@APPLICATION.performs("accept_offer")
def take_offered(
    application: ParticipationApplication, *, actor: Actor, at: datetime, entry: WaitingEntry
) -> None:
    """Lock the person, then the programmes in order of id, then the offer; all or nothing."""
    old_id = application.programme_id
    locked = places.lock([entry.programme_id, *([old_id] if old_id else [])])
    programme = locked[entry.programme_id]
    if old_id and locked[old_id].state in places.VIABLE_STATES:
        raise NotOpenError("Έχετε ήδη θέση σε βιώσιμο πρόγραμμα.")
    accept(entry, actor=actor, at=at)
    if old_id:
        release(application, locked[old_id], at)
    application.programme = programme
    application.place_sequence = places.next_sequence()
    application.confirm_by = confirm_by(programme, at)
    end_waiting(application, at=at, but=entry.pk)
    PublicChange.objects.create(
        period_id=application.period_id,
        kind=ChangeKind.OFFER_ACCEPTED,
        number=application.number,
        from_programme=locked.get(old_id) if old_id else None,
        to_programme=programme,
        at=at,
    )


@WAITING.performs("accept")
def accept(entry: WaitingEntry, *, actor: Actor, at: datetime) -> None:
    """The offer itself, under the programme's lock; refused at the moment it expires."""
    if entry.expires_at is None or at >= entry.expires_at:
        raise NotOpenError("Η προσφορά έληξε και η θέση δόθηκε στον επόμενο της λίστας.")


def confirm_by(programme: Programme, at: datetime) -> datetime | None:
    """Until when a place must be confirmed: the enrolment deadline, or days after a late offer."""
    period = programme.period
    if programme.state in {ProgrammeState.ENROLLING, ProgrammeState.RUNNING}:
        days = parameters.of(period.action, at).confirm_days
        return max(period.enrolment_closes, at + places.offer_length(24 * days))
    return None


@chore("enrolment.remind_offers")
def remind_offers(at: datetime) -> int:
    """At half time, remind once whoever has not answered."""
    due = WaitingEntry.objects.filter(
        state=EntryState.OFFERED, remind_at__lte=at, reminded_at=None, expires_at__gt=at
    )
    rows = list(due.select_related("application", "programme__centre", "programme__cluster"))
    for entry in rows:
        _tell(entry, notices.OFFER_REMINDER, "Υπενθύμιση: σας προσφέρεται θέση", at)
    WaitingEntry.objects.filter(pk__in=[entry.pk for entry in rows]).update(reminded_at=at)
    return len(rows)


def _tell(entry: WaitingEntry, kind: sending.Kind, title: str, at: datetime) -> None:
    until = f" Απαντήστε έως {greek.long_moment(entry.expires_at)}." if entry.expires_at else ""
    if kind is notices.OFFER_EXPIRED:
        until = " Η θέση δόθηκε στον επόμενο της λίστας."
    message = sending.Message(
        entry.application.person_id,
        title,
        f"Πρόγραμμα {entry.programme}.{until}",
        f"{kind.name}-{entry.pk}",
        reverse("enrolment:application"),
    )
    sending.send(kind, [message], at=at)
