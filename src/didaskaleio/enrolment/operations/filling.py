"""Filling programmes (προγράμματα που συμπληρώνονται): viability and the officer's decisions."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from didaskaleio.enrolment import notices, places
from didaskaleio.enrolment.enums import HOLDING_STATES, ApplicationState, ChangeKind
from didaskaleio.enrolment.errors import NotOpenError
from didaskaleio.enrolment.lifecycle import APPLICATION
from didaskaleio.enrolment.models import MergeConsent, ParticipationApplication, PublicChange
from didaskaleio.enrolment.operations import offers
from didaskaleio.kernel import access
from didaskaleio.kernel import notices as sending
from didaskaleio.kernel.access import SYSTEM, Actor
from didaskaleio.programmes.enums import PeriodState, ProgrammeState
from didaskaleio.programmes.lifecycle import PROGRAMME
from didaskaleio.programmes.models import Programme


@PROGRAMME.performs("reach_minimum")
def reach_minimum(programme: Programme, *, actor: Actor, at: datetime) -> None:
    """The programme becomes viable and stays so; freed places now belong to its list."""
    places.give_to_list(programme, at)


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
    for application in _holders(programme):
        offers.end_waiting(application, at=at)
    offers.call_list(programme)
    _tell_all(programme, notices.VIABLE, "Το πρόγραμμά σας θα λειτουργήσει", at)
    return True


def _holders(programme: Programme) -> list[ParticipationApplication]:
    rows = ParticipationApplication.objects.filter(programme=programme, state__in=HOLDING_STATES)
    return list(rows.order_by("rank", "place_sequence"))


@PROGRAMME.performs("except_below")
def run_as_exception(programme: Programme, *, actor: Actor, at: datetime, reason: str) -> None:
    """Run below the minimum as an exception, by a reasoned decision listed publicly."""
    _after_phase_b(programme)
    if not _holders(programme):
        raise NotOpenError("Το πρόγραμμα δεν έχει κανέναν με θέση. Ακυρώστε το.")
    _publish(programme, ChangeKind.EXCEPTION, at, reason)
    for application in _holders(programme):
        offers.end_waiting(application, at=at)
    _tell_all(programme, notices.VIABLE, "Το πρόγραμμά σας θα λειτουργήσει", at)


@PROGRAMME.performs("cancel_below")
def cancel_below(programme: Programme, *, actor: Actor, at: datetime, reason: str) -> None:
    """Cancel; the people keep their number and may accept offers."""
    _after_phase_b(programme)
    _dismiss(programme, at, reason)


@PROGRAMME.performs("cancel_before_start")
def cancel_before_start(programme: Programme, *, actor: Actor, at: datetime, reason: str) -> None:
    """Cancel a programme that was to start; placed and enrolled people are released."""
    enrolled = ParticipationApplication.objects.filter(
        programme=programme, state=ApplicationState.ENROLLED
    )
    if enrolled.exists():
        raise NotOpenError(
            "Υπάρχουν εγγεγραμμένοι. Μετακινήστε τους με απόφαση πριν ακυρώσετε το πρόγραμμα."
        )
    _dismiss(programme, at, reason)


def _after_phase_b(programme: Programme) -> None:
    if programme.period.state != PeriodState.PHASE_B_CLOSED:
        raise NotOpenError("Η απόφαση παίρνεται όταν κλείσει η Β΄ φάση.")


def _dismiss(programme: Programme, at: datetime, reason: str) -> None:
    _tell_all(programme, notices.CANCELLED, "Το πρόγραμμα δεν θα λειτουργήσει", at, reason)
    rows = ParticipationApplication.objects.filter(
        programme=programme, state=ApplicationState.PLACED
    )
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
    _publish(programme, ChangeKind.CANCELLATION, at, reason)


@APPLICATION.performs("programme_cancelled")
def programme_cancelled(
    application: ParticipationApplication, *, actor: Actor, at: datetime
) -> None:
    """One person of a cancelled programme: without a place, with the number kept."""
    application.programme = application.place_sequence = application.confirm_by = None


def propose_merge(source: Programme, target: Programme, *, actor: Actor, at: datetime) -> int:
    """Ask everybody of ``source`` whether they agree to move to ``target``."""
    access.require(actor, "programme.manage", source)
    _after_phase_b(source)
    _fits(source, target)
    people = _holders(source)
    MergeConsent.objects.bulk_create(
        (
            MergeConsent(application=person, source=source, target=target, asked_at=at)
            for person in people
        ),
        ignore_conflicts=True,
    )
    words = f"Προτείνεται να παρακολουθήσετε το {target}. Απαντήστε στη σελίδα της αίτησής σας."
    sending.send(
        notices.MERGE,
        [
            sending.Message(
                person.person_id,
                "Πρόταση συγχώνευσης",
                words,
                f"merge-{source.pk}-{target.pk}",
                reverse("enrolment:application"),
            )
            for person in people
        ],
        at=at,
    )
    return len(people)


def _fits(source: Programme, target: Programme) -> None:
    same = (source.period_id, source.cluster_id) == (target.period_id, target.cluster_id)
    if not same or source.pk == target.pk:
        raise NotOpenError("Η συγχώνευση γίνεται με άλλο πρόγραμμα της ίδιας συστάδας.")
    if target.state not in {ProgrammeState.FILLING, ProgrammeState.VIABLE}:
        raise NotOpenError("Το πρόγραμμα υποδοχής δεν δέχεται άτομα.")


def answer_merge(consent: MergeConsent, *, agreed: bool, actor: Actor, at: datetime) -> None:
    """The person's answer, until the officer decides."""
    access.require(actor, "application.write", consent.application)
    if consent.source.state != ProgrammeState.FILLING:
        raise NotOpenError("Η απόφαση για το πρόγραμμα έχει ήδη παρθεί.")
    consent.agreed, consent.answered_at = agreed, at
    consent.save(update_fields=["agreed", "answered_at"])


@transaction.atomic
def merge(source: Programme, target: Programme, *, actor: Actor, at: datetime, reason: str) -> int:
    """Merge ``source`` into ``target``: who agreed moves, in draw order, then by sequence."""
    locked = places.lock([source.pk, target.pk])
    _fits(locked[source.pk], locked[target.pk])
    before = places.taken(locked[target.pk])
    merge_below(locked[source.pk], actor=actor, at=at, reason=reason, target=locked[target.pk])
    settle_viability(locked[target.pk], at=at)
    return places.taken(locked[target.pk]) - before


@PROGRAMME.performs("merge_below")
def merge_below(
    source: Programme, *, actor: Actor, at: datetime, reason: str, target: Programme
) -> None:
    """The places of ``target`` go to those who agreed; the others are released."""
    _after_phase_b(source)
    agreed = set(
        MergeConsent.objects.filter(source=source, target=target, agreed=True).values_list(
            "application_id", flat=True
        )
    )
    room = places.free_to_claim(target, at)
    for application in [a for a in _holders(source) if a.pk in agreed][:room]:
        merge_person(application, actor=actor, at=at, reason=reason, target=target)
        PublicChange.objects.create(
            period_id=source.period_id,
            kind=ChangeKind.MERGE,
            number=application.number,
            from_programme=source,
            to_programme=target,
            reason=reason,
            at=at,
        )
    _dismiss(source, at, reason)


@APPLICATION.performs("merge")
def merge_person(
    application: ParticipationApplication,
    *,
    actor: Actor,
    at: datetime,
    reason: str,
    target: Programme,
) -> None:
    """One person moves with the merge."""
    application.programme = target
    application.place_sequence = places.next_sequence()


def _publish(programme: Programme, kind: ChangeKind, at: datetime, reason: str) -> None:
    PublicChange.objects.create(
        period_id=programme.period_id, kind=kind, from_programme=programme, reason=reason, at=at
    )


def _tell_all(
    programme: Programme, kind: sending.Kind, title: str, at: datetime, reason: str = ""
) -> None:
    more = f" Αιτιολογία: {reason}" if reason else ""
    messages = [
        sending.Message(
            person_id,
            title,
            f"Πρόγραμμα {programme}.{more}",
            f"{kind.name}-{programme.pk}",
            reverse("enrolment:application"),
        )
        for person_id in _holder_ids(programme)
    ]
    sending.send(kind, messages, at=at)


def _holder_ids(programme: Programme) -> list[int]:
    return [application.person_id for application in _holders(programme)]
