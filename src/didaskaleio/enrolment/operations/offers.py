"""Offers (προσφορές θέσης): acceptance, refusal, expiry, reminder, freed places: SPEC-draw §8."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F

from didaskaleio.enrolment import notices, places
from didaskaleio.enrolment.enums import ApplicationState, ChangeKind, EntryState
from didaskaleio.enrolment.errors import NotOpenError
from didaskaleio.enrolment.lifecycle import APPLICATION, WAITING
from didaskaleio.enrolment.models import ParticipationApplication, WaitingEntry
from didaskaleio.enrolment.operations import applicant, changes, lists
from didaskaleio.enrolment.queries.allowed import may_take
from didaskaleio.kernel.access import SYSTEM, Actor
from didaskaleio.kernel.lifecycle import chore
from didaskaleio.programmes import parameters
from didaskaleio.programmes.enums import ProgrammeState
from didaskaleio.programmes.models import Programme


def release(application: ParticipationApplication, programme: Programme, at: datetime) -> None:
    """Free the place held and let the list have it; the programme's row is locked.

    For the body of a step of the application: the step saves what is assigned here.
    """
    free_place(programme, at)
    application.programme = application.place_sequence = application.confirm_by = None


def free_place(programme: Programme, at: datetime) -> None:
    """One place of a locked programme is free: held back, or called for by the list."""
    places.free(programme, at, minutes=parameters.of(programme.period.action, at).reopen_minutes)
    if programme.state in places.VIABLE_STATES:
        lists.call_list(programme.pk)


@WAITING.performs("expire", locks=("programme",))
def expire(entry: WaitingEntry, *, actor: Actor, at: datetime) -> None:
    """The offer's time passed: the place goes to the next of the list."""
    lists.pass_on(entry, at)
    lists.tell(entry, notices.OFFER_EXPIRED, "Η προσφορά θέσης έληξε", at)


@WAITING.performs("decline", locks=("programme",))
def refuse_offer(entry: WaitingEntry, *, actor: Actor, at: datetime) -> None:
    """The person declines: the place goes to the next of the list."""
    lists.pass_on(entry, at)


@transaction.atomic
def accept_offer(entry: WaitingEntry, *, actor: Actor, at: datetime) -> None:
    """Take the offered place; a place held in a filling programme is freed in the same act."""
    application = entry.application
    applicant.alone(application.period_id, application.person_id)
    locked = applicant.lock(application, [entry.programme_id])
    take_offered(application, actor=actor, at=at, entry=entry, locked=locked)


@APPLICATION.performs("accept_offer")
def take_offered(
    application: ParticipationApplication,
    *,
    actor: Actor,
    at: datetime,
    entry: WaitingEntry,
    locked: Mapping[int, Programme],
) -> None:
    """The place itself, with person and programmes locked; the offer is locked last."""
    programme, old = locked[entry.programme_id], locked.get(application.programme_id or 0)
    if old is not None and old.state != ProgrammeState.FILLING:
        raise NotOpenError(f"Έχετε ήδη θέση στο {old.code}, που θα λειτουργήσει.")
    accept(entry, actor=actor, at=at)
    if old is not None:
        release(application, old, at)
    application.programme = programme
    application.place_sequence = places.next_sequence()
    application.confirm_by = confirm_by(programme, at)
    lists.end_waiting([application.pk], at=at, but=entry.pk)
    changes.of_person(application, ChangeKind.OFFER_ACCEPTED, at=at, old=old, new=programme)


@WAITING.performs("accept")
def accept(entry: WaitingEntry, *, actor: Actor, at: datetime) -> None:
    """The offer itself, under the programme's lock; refused at the moment it expires."""
    if entry.expires_at is None or at >= entry.expires_at:
        raise NotOpenError("Η προσφορά έληξε και η θέση δίνεται στον επόμενο της λίστας.")


def confirm_by(programme: Programme, at: datetime) -> datetime | None:
    """Until when a place must be confirmed: the enrolment deadline, or days after a late offer."""
    period = programme.period
    if programme.state in {ProgrammeState.ENROLLING, ProgrammeState.RUNNING}:
        days = parameters.of(period.action, at).confirm_days
        return max(period.enrolment_closes, places.hours_later(at, 24 * days))
    return None


@chore("enrolment.remind_offers")
def remind_offers(at: datetime) -> int:
    """At half time, remind once whoever has not answered."""
    due = WaitingEntry.objects.filter(
        state=EntryState.OFFERED, remind_at__lte=at, reminded_at=None, expires_at__gt=at
    )
    named = due.select_related("application", "programme__centre", "programme__cluster")
    with transaction.atomic():
        rows = list(named.order_by("pk").select_for_update(of=("self",), no_key=True))
        for entry in rows:
            lists.tell(entry, notices.OFFER_REMINDER, "Υπενθύμιση: σας προσφέρεται θέση", at)
        WaitingEntry.objects.filter(pk__in=[entry.pk for entry in rows]).update(reminded_at=at)
    return len(rows)


def offer_iib(period_id: int, *, at: datetime) -> int:
    """Offer free ΙΙb places to people of cancelled programmes, in draw order (a parameter).

    Each person is offered one place at a time; returns the offers made.
    """
    rows = ParticipationApplication.objects.filter(
        period_id=period_id, state=ApplicationState.CANCELLED
    ).exclude(entries__state=EntryState.OFFERED)
    ordered = rows.select_related("period__action__course_version", "cluster", "programme")
    people = ordered.order_by(F("rank").asc(nulls_last=True), "pk")
    return sum(_offer_iib_to(person, at) for person in people)


def _offer_iib_to(application: ParticipationApplication, at: datetime) -> bool:
    remote = Programme.objects.filter(
        period_id=application.period_id,
        category__face_to_face=0,
        state__in=(ProgrammeState.VIABLE, ProgrammeState.ENROLLING),
    ).exclude(entries__application=application)
    for found in remote.select_related("category", "cluster", "centre__prefecture", "period"):
        if may_take(application, found, at) is None and _offer_free(found.pk, application, at):
            return True
    return False


@transaction.atomic
def _offer_free(pk: int, application: ParticipationApplication, at: datetime) -> bool:
    programme = places.lock([pk])[pk]
    ends = places.offers_end(programme)
    if ends is None or at >= ends or places.free_to_claim(programme, at) < 1:
        return False
    if places.applications().get(pk=application.pk).state != ApplicationState.CANCELLED:
        return False
    entry = WaitingEntry.objects.create(
        programme=programme,
        application=application,
        from_draw=application.rank is not None,
        joined_at=at,
    )
    expires_at = lists.expiry(programme, at, ends)
    lists.offer(entry, actor=SYSTEM, at=at, expires_at=expires_at)
    return True
