"""Merging (συγχώνευση) of a filling programme into another: people agree, the officer decides.

Draw order first, then the order of phase B (SPEC-draw §8, After phase B).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from didaskaleio.enrolment import notices, places
from didaskaleio.enrolment.enums import ApplicationState, ChangeKind
from didaskaleio.enrolment.errors import NotOpenError
from didaskaleio.enrolment.lifecycle import APPLICATION
from didaskaleio.enrolment.models import MergeConsent, ParticipationApplication
from didaskaleio.enrolment.operations import changes, filling, lists
from didaskaleio.enrolment.queries.allowed import may_take
from didaskaleio.kernel import access
from didaskaleio.kernel import notices as sending
from didaskaleio.kernel.access import Actor
from didaskaleio.programmes.enums import ProgrammeState
from didaskaleio.programmes.lifecycle import PROGRAMME
from didaskaleio.programmes.models import Programme

Moving = Sequence[tuple[ParticipationApplication, Programme]]


@transaction.atomic
def propose_merge(source: Programme, target: Programme, *, actor: Actor, at: datetime) -> int:
    """Ask everybody of ``source`` who may attend ``target`` whether they agree to move."""
    access.require(actor, "programme.manage", source)
    filling.after_phase_b(source)
    _fits(source, target)
    people = [one for one in filling.holders(source) if may_take(one, target, at) is None]
    MergeConsent.objects.bulk_create(
        (
            MergeConsent(application=person, source=source, target=target, asked_at=at)
            for person in people
        ),
        ignore_conflicts=True,
    )
    words = f"Προτείνεται να παρακολουθήσετε το {target}. Απαντήστε στη σελίδα της αίτησής σας."
    once = f"merge-{source.pk}-{target.pk}"
    url = reverse("enrolment:application")
    messages = [
        sending.Message(person.person_id, "Πρόταση συγχώνευσης", words, once, url)
        for person in people
    ]
    sending.send(notices.MERGE, messages, at=at)
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
    with transaction.atomic():
        places.lock([consent.source_id])
        row = MergeConsent.objects.select_for_update(of=("self",)).get(pk=consent.pk)
        if row.source.state != ProgrammeState.FILLING:
            raise NotOpenError("Η απόφαση για το πρόγραμμα έχει ήδη παρθεί.")
        row.agreed, row.answered_at = agreed, at
        row.save(update_fields=["agreed", "answered_at"])


@transaction.atomic
def merge(source: Programme, target: Programme, *, actor: Actor, at: datetime, reason: str) -> int:
    """Merge ``source`` into ``target``: who agreed moves, in draw order, then by sequence."""
    locked = places.lock([source.pk, target.pk])
    list(places.applications().filter(programme=source))
    held, receiving = locked[source.pk], locked[target.pk]
    _fits(held, receiving)
    moving = [(one, receiving) for one in _agreed(held, receiving, at)]
    merge_below(held, actor=actor, at=at, reason=reason, moving=moving)
    return len(moving)


def _agreed(source: Programme, target: Programme, at: datetime) -> list[ParticipationApplication]:
    """Who agreed, as far as the free places of ``target`` go."""
    answers = MergeConsent.objects.filter(source=source, target=target, agreed=True)
    agreed = set(answers.values_list("application_id", flat=True))
    found = [one for one in filling.holders(source) if one.pk in agreed]
    return found[: places.free_to_claim(target, at)]


@PROGRAMME.performs("merge_below")
def merge_below(
    source: Programme, *, actor: Actor, at: datetime, reason: str, moving: Moving
) -> None:
    """Who moves takes a free place of their target; the others are released."""
    filling.after_phase_b(source)
    for application, target in moving:
        merge_person(application, actor=actor, at=at, reason=reason, target=target)
        changes.of_person(application, ChangeKind.MERGE, at=at, old=source, new=target)
    for target in {target.pk: target for _, target in moving}.values():
        came = [application.pk for application, where in moving if where.pk == target.pk]
        if not filling.settle_viability(target, at=at) and target.state == ProgrammeState.VIABLE:
            lists.end_waiting(came, at=at)
    filling.dismiss(source, at, reason)


@APPLICATION.performs("merge")
def merge_person(
    application: ParticipationApplication,
    *,
    actor: Actor,
    at: datetime,
    reason: str,
    target: Programme,
) -> None:
    """One person moves with the merge; enrolled people are not merged, they are moved."""
    if application.state != ApplicationState.PLACED:
        raise NotOpenError("Συγχωνεύονται μόνο θέσεις που δεν έχουν επιβεβαιωθεί.")
    application.programme = target
    application.place_sequence = places.next_sequence()
