"""Acts on standards: begin, write, attach, publish, next version, retire, acknowledge, require."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, BinaryIO

from django.db import transaction

from didaskaleio.kernel import access, files, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.forms.operations import Owner
from didaskaleio.kernel.standards import queries, stages
from didaskaleio.kernel.standards.models import (
    Acknowledgement,
    Standard,
    StandardFile,
    StandardVersion,
)

ZIP = "application/zip"
ATTACHED = files.declare(
    files.Kind(
        "standard.file",
        "Συνημμένο προτύπου",
        "standard.open",
        (files.PDF, ZIP, *files.IMAGES),
        limit=20 * files.MEGABYTE,
    )
)
MOST_FILES = 20


class NotAcknowledgedError(Refusal):
    """An act by somebody who has yet to read a standard that their body demands."""


@transaction.atomic
def begin(
    owner: Owner,
    *,
    title: str,
    stage: str,
    roles: Sequence[str],
    text: str,
    demanded: bool,
    actor: Actor,
    at: datetime,
) -> StandardVersion:
    """Νέο πρότυπο for a stage, with the first draft of its text."""
    if stage not in stages.known:
        raise Refusal("Διαλέξτε το στάδιο στο οποίο εφαρμόζεται.")
    offered = {role for role, _ in stages.known[stage].roles}
    if set(roles) - offered:
        raise Refusal("Διαλέξτε ρόλους αυτού του σταδίου, ή κανέναν για όλα τα πρόσωπα.")
    row = Standard(
        title=title.strip(),
        scope=owner.scope,
        scope_id=owner.scope_id,
        stage=stage,
        roles=sorted(set(roles)),
    )
    access.require(actor, "standard.write", row)
    row.save()
    journal.write(row, "Νέο πρότυπο", actor=actor, at=at, stage=stage)
    return StandardVersion.objects.create(standard=row, number=1, text=text, demanded=demanded)


@transaction.atomic
def write(
    version: StandardVersion, *, text: str, demanded: bool, actor: Actor, at: datetime
) -> None:
    """Το κείμενο of a draft, and whether it must be acknowledged."""
    row = _draft(version, actor)
    row.text, row.demanded = text, demanded
    row.save(update_fields=["text", "demanded"])
    journal.write(row.standard, f"Αλλαγή κειμένου: {row}", actor=actor, at=at)


@transaction.atomic
def attach(
    version: StandardVersion,
    upload: BinaryIO | Any,
    name: str,
    *,
    title: str,
    actor: Actor,
    at: datetime,
) -> StandardFile:
    """Συνημμένο to a draft."""
    row = _draft(version, actor)
    if row.files.count() >= MOST_FILES:
        raise Refusal(f"Ένα πρότυπο έχει έως {MOST_FILES} αρχεία. Ενώστε μερικά σε ZIP.")
    stored = files.accept(ATTACHED, upload, name, row.standard, actor=actor, at=at)
    made = StandardFile.objects.create(version=row, title=title.strip(), file=stored)
    journal.write(row.standard, f"Συνημμένο: {made.title}"[:200], actor=actor, at=at)
    return made


@transaction.atomic
def detach(attached: StandardFile, *, actor: Actor, at: datetime) -> None:
    """Αφαίρεση συνημμένου from a draft."""
    row = _draft(attached.version, actor)
    what = f"Αφαιρέθηκε συνημμένο: {attached.title}"[:200]
    attached.delete()
    journal.write(row.standard, what, actor=actor, at=at)


@transaction.atomic
def publish(version: StandardVersion, *, actor: Actor, at: datetime) -> None:
    """Δημοσίευση: in force from now, in the place of the version before."""
    row = _draft(version, actor)
    if not row.text.strip():
        raise Refusal("Το πρότυπο δεν έχει κείμενο. Γράψτε το πριν το δημοσιεύσετε.")
    before = row.standard.versions.exclude(published_at=None).filter(retired_at=None)
    before.update(retired_at=at)
    row.published_at = at
    row.save(update_fields=["published_at"])
    journal.write(row.standard, f"Δημοσιεύτηκε η {row}", actor=actor, at=at)


@transaction.atomic
def draft_next(standard: Standard, *, actor: Actor, at: datetime) -> StandardVersion:
    """Νέα έκδοση as a draft, with text and files of the newest one; its readers read it anew."""
    row = _locked(standard, actor)
    newest = row.versions.first()
    if newest is None or newest.published_at is None:
        raise Refusal("Συντάσσεται ήδη νέα έκδοση. Συνεχίστε εκείνη.")
    made = StandardVersion.objects.create(
        standard=row, number=newest.number + 1, text=newest.text, demanded=newest.demanded
    )
    for one in newest.files.all():
        StandardFile.objects.create(version=made, title=one.title, file=one.file)
    journal.write(row, f"Νέα {made}", actor=actor, at=at)
    return made


@transaction.atomic
def retire(standard: Standard, *, reason: str, actor: Actor, at: datetime) -> None:
    """Απόσυρση: nothing of it is in force any more."""
    row = _locked(standard, actor)
    if not reason.strip():
        raise Refusal("Γράψτε γιατί αποσύρεται το πρότυπο.")
    row.versions.exclude(published_at=None).filter(retired_at=None).update(retired_at=at)
    journal.write(row, "Αποσύρθηκε", actor=actor, at=at, reason=reason)


@transaction.atomic
def acknowledge(version: StandardVersion, *, actor: Actor, at: datetime) -> None:
    """Έλαβα γνώση of a version in force; once, however often it is said."""
    row = StandardVersion.objects.select_related("standard").get(pk=version.pk)
    if row.published_at is None or row.retired_at is not None:
        raise Refusal("Η έκδοση δεν ισχύει πια. Διαβάστε αυτή που ισχύει.")
    _, fresh = Acknowledgement.objects.get_or_create(
        version=row, person_id=actor.person_id, defaults={"at": at}
    )
    if fresh:
        journal.write(row.standard, f"Έλαβε γνώση: {row}", actor=actor, at=at, version=row.pk)


def require(stage: str, body: int, actor: Actor) -> None:
    """Refuse an act at ``stage`` for ``body`` until all that is demanded is acknowledged."""
    if actor.is_system:
        return
    if found := queries.owed(stage, body, actor):
        names = ", ".join(f"«{row.standard.title}» ({row})" for row in found)
        raise NotAcknowledgedError(
            f"Πρώτα διαβάστε και δηλώστε ότι λάβατε γνώση: {names}. "
            "Θα το βρείτε στα «Πρότυπα και οδηγίες» αυτής της σελίδας."
        )


def _locked(standard: Standard, actor: Actor) -> Standard:
    row = Standard.objects.select_for_update(of=("self",)).get(pk=standard.pk)
    access.require(actor, "standard.write", row)
    return row


def _draft(version: StandardVersion, actor: Actor) -> StandardVersion:
    row = StandardVersion.objects.select_related("standard").get(pk=version.pk)
    _locked(row.standard, actor)
    row = (
        StandardVersion.objects.select_related("standard")
        .select_for_update(of=("self",))
        .get(pk=version.pk)
    )
    if row.published_at is not None:
        raise Refusal("Η έκδοση έχει δημοσιευτεί και δεν αλλάζει. Ανοίξτε νέα έκδοση.")
    return row
