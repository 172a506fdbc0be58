"""Κανόνες προγράμματος: people, rooms, group, quotas and overlaps inside the plan (R2c, R2d)."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from didaskaleio.programmes.timetable import wording
from didaskaleio.programmes.timetable.composition import SlotKind
from didaskaleio.programmes.timetable.rules import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from didaskaleio.programmes.timetable.case import Case
    from didaskaleio.programmes.timetable.context import Quota
    from didaskaleio.programmes.timetable.plan import Trainer


def programme_findings(case: Case) -> Iterator[Finding]:
    yield from overlap_findings(case)
    yield from _people(case)
    yield from _outsiders(case)
    yield from _rooms(case)
    yield from _group(case)
    yield from _quotas(case)


def overlap_findings(case: Case) -> Iterator[Finding]:
    for held in case.weeks.values():
        for one, two in combinations(held, 2):
            if not one.overlaps(two.begins, two.ends):
                continue
            yield Finding(
                Rule.SELF_OVERLAP,
                f"Η {wording.named(one)}, συμπίπτει με {wording.accusative(two)}: "
                "μετακινήστε μία από τις δύο.",
                subject=" ".join(sorted((one.id, two.id))),
                slots=(one.id, two.id),
            )


def _people(case: Case) -> Iterator[Finding]:
    trainer = case.plan.trainer
    if trainer is None:
        yield Finding(
            Rule.STAFF_MISSING,
            "Το σχέδιο δεν έχει επιμορφωτή ή επιμορφώτρια: επιλέξτε από το μητρώο.",
            subject="trainer",
        )
    else:
        yield from _trainer(case, trainer)
    missing = case.parameters.minimum_staff - len(case.plan.staff)
    if missing > 0:
        yield Finding(
            Rule.STAFF_MISSING,
            f"Προσωπικό του κέντρου: {len(case.plan.staff)}· χρειάζεται "
            f"τουλάχιστον {case.parameters.minimum_staff}: ορίστε {wording.neuter(missing)} ακόμη.",
            subject="staff",
            weight=missing,
        )


def _trainer(case: Case, trainer: Trainer) -> Iterator[Finding]:
    centre = case.context.centre_prefecture
    local = centre.code in {place.code for place in trainer.prefectures}
    if case.plan.composition.locality and not local:
        yield Finding(
            Rule.TRAINER_LOCALITY,
            f"Η κατηγορία {case.composition_label} ζητά επιμορφωτή του νομού του κέντρου "
            f"({centre.name})· {trainer.name}: {wording.names(trainer.prefectures)}. "
            "Επιλέξτε επιμορφωτή του νομού ή κατηγορία χωρίς εντοπιότητα.",
        )
    if case.plan.cluster.code not in {cluster.code for cluster in trainer.clusters}:
        yield Finding(
            Rule.TRAINER_CLUSTER,
            f"Το πρόγραμμα είναι της συστάδας {case.plan.cluster.name}· {trainer.name}, μητρώο: "
            f"{wording.names(trainer.clusters)}. Επιλέξτε επιμορφωτή της συστάδας.",
        )


def _outsiders(case: Case) -> Iterator[Finding]:
    for one in case.plan.outsiders:
        yield Finding(
            Rule.REGISTER_MEMBER,
            f"{one.role}: {one.name} δεν είναι ενεργό μέλος του μητρώου «{one.register}» την "
            "πρώτη ημέρα μαθημάτων. Επιλέξτε μέλος του ή ζητήστε από τον φορέα την ένταξη.",
            subject=f"{one.role} {one.id}",
        )


def _rooms(case: Case) -> Iterator[Finding]:
    used: dict[str, list[str]] = {}
    for slot in case.plan.of_kind(SlotKind.FACE_TO_FACE):
        if slot.room_id in case.context.rooms:
            used.setdefault(slot.room_id or "", []).append(slot.id)
            continue
        yield Finding(
            Rule.ROOM_MISSING,
            f"Η {wording.named(slot)}, δεν έχει αίθουσα του κέντρου: επιλέξτε αίθουσα.",
            subject=slot.id,
            slots=(slot.id,),
        )
    for room_id, slots in used.items():
        room, wanted = case.context.rooms[room_id], case.plan.capacity
        if room.seats < wanted:
            yield Finding(
                Rule.ROOM_CAPACITY,
                f"Η αίθουσα {room.label} έχει {room.seats} θέσεις· το πρόγραμμα ζητά {wanted}: "
                "επιλέξτε μεγαλύτερη αίθουσα ή μειώστε τις θέσεις του προγράμματος.",
                subject=room_id,
                slots=tuple(slots),
            )


def _group(case: Case) -> Iterator[Finding]:
    plan, least = case.plan, case.parameters.minimum_group
    if plan.minimum < least:
        yield Finding(
            Rule.GROUP_SIZE,
            f"Ζητάτε έναρξη με {plan.minimum} άτομα· το ελάχιστο της δράσης είναι {least}: "
            f"ορίστε ελάχιστο {least} ή περισσότερα.",
            subject="minimum",
        )
    elif plan.capacity < plan.minimum:
        yield Finding(
            Rule.GROUP_SIZE,
            f"Οι θέσεις ({plan.capacity}) είναι λιγότερες από το ελάχιστο της ομάδας "
            f"({plan.minimum}): αυξήστε τις θέσεις.",
            subject="capacity",
        )
    most = max(case.parameters.maximum_group, plan.capacity_granted or 0)
    if plan.capacity > most:
        yield Finding(
            Rule.CAPACITY,
            f"Ζητάτε {plan.capacity} θέσεις· επιτρέπονται έως {most}: "
            "μειώστε τις ή ζητήστε εξαίρεση από τον φορέα υλοποίησης.",
        )


def _quotas(case: Case) -> Iterator[Finding]:
    context, parameters = case.context, case.parameters
    yield from _quota(
        Rule.QUOTA_CLUSTER,
        context.quota_cluster,
        parameters.quota_cluster,
        (f"στη συστάδα {case.plan.cluster.name}", "επιλέξτε άλλη συστάδα"),
    )
    yield from _quota(
        Rule.QUOTA_PREFECTURE,
        context.quota_prefecture,
        parameters.quota_prefecture,
        (f"στον νομό ({context.centre_prefecture.name})", "αποσύρετε άλλο πρόγραμμα του νομού"),
    )
    yield from _quota(
        Rule.QUOTA_CENTRE,
        context.quota_centre,
        parameters.quota_centre,
        ("στο κέντρο σας", "αποσύρετε άλλο πρόγραμμα"),
    )


def _quota(
    rule: Rule, quota: Quota, default: int | None, wordings: tuple[str, str]
) -> Iterator[Finding]:
    allowed = default if quota.allowed is None else quota.allowed
    if allowed is None or quota.used < allowed:
        return
    place, advice = wordings
    yield Finding(
        rule,
        f"Το όριο προγραμμάτων {place} έχει συμπληρωθεί ({quota.used} από {allowed}): "
        f"{advice} ή ζητήστε αύξηση του ορίου από τον φορέα υλοποίησης.",
        weight=quota.used + 1 - allowed,
    )
