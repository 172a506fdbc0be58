"""Regulation of an action (Κανονιστικό Πλαίσιο) and its parameters, both with history (R-178)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from django.db import transaction

from didaskaleio.kernel import access, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.errors import ReasonMissingError, Refusal
from didaskaleio.people.enums import Role
from didaskaleio.people.models import Person
from didaskaleio.programmes import parameters
from didaskaleio.programmes.models import (
    ParameterSet,
    Regulation,
    RegulationAcceptance,
    TrainingAction,
)
from didaskaleio.structures.models import TrainingCentre

ROLES = {"applicant": Role.TEACHER, "trainer": Role.TRAINER}  # whose a capacity is
CAPACITIES = {
    "applicant": "ως επιμορφούμενος/η",
    "trainer": "ως επιμορφωτής/τρια",
    "centre": "για το Κ.Σ.Ε.",
}


@transaction.atomic
def accept_regulation(
    regulation: Regulation,
    *,
    actor: Actor,
    at: datetime,
    capacity: str,
    centre: TrainingCentre | None = None,
) -> RegulationAcceptance:
    """Accept a published regulation in one capacity; repeating it is harmless."""
    access.require(actor, "regulation.accept", regulation)
    person = Person.objects.get(pk=cast("int", actor.user_id))
    if capacity not in CAPACITIES or (capacity == "centre") != (centre is not None):
        raise Refusal("Δηλώστε με ποια ιδιότητα αποδέχεστε το Κανονιστικό Πλαίσιο.")
    if capacity in ROLES and not actor.holds(ROLES[capacity]):
        raise Refusal("Η ιδιότητα αυτή δεν είναι δική σας. Αποδεχτείτε με όσες δείχνει η σελίδα.")
    if centre is not None:
        access.require(actor, "centre.propose", centre)
    if regulation.published_at is None or regulation.published_at > at:
        raise Refusal("Η έκδοση αυτή του Κανονιστικού Πλαισίου δεν έχει δημοσιευτεί.")
    row, created = RegulationAcceptance.objects.get_or_create(
        regulation=regulation,
        person=person,
        capacity=capacity,
        centre=centre,
        defaults={"at": at},
    )
    if created:
        journal.write(regulation, f"Αποδοχή {CAPACITIES[capacity]}", actor=actor, at=at)
    return row


@transaction.atomic
def draft_regulation(
    action: TrainingAction, *, actor: Actor, at: datetime, title: str, articles: Sequence[Any]
) -> Regulation:
    """Write the next version, or the one not yet published; articles are number, title, text."""
    access.require(actor, "action.manage", action)
    clean = _articles(articles)
    TrainingAction.objects.select_for_update().get(pk=action.pk)
    newest = action.regulations.order_by("-version").first()
    if newest is not None and newest.published_at is None:
        newest.title, newest.articles = title, clean
        newest.save(update_fields=["title", "articles"])
        return newest
    version = newest.version + 1 if newest else 1
    row = Regulation.objects.create(action=action, version=version, title=title, articles=clean)
    journal.write(row, "Νέα έκδοση σε σύνταξη", actor=actor, at=at)
    return row


def _articles(articles: Sequence[Any]) -> list[dict[str, Any]]:
    kept = [row for row in articles if row["title"].strip() and row["text"].strip()]
    if not kept:
        raise Refusal("Το Κανονιστικό Πλαίσιο θέλει τουλάχιστον ένα άρθρο με τίτλο και κείμενο.")
    return [
        {"number": number, "title": row["title"].strip(), "text": row["text"].strip()}
        for number, row in enumerate(kept, start=1)
    ]


@transaction.atomic
def publish_regulation(regulation: Regulation, *, actor: Actor, at: datetime) -> Regulation:
    """Publish a version; from then on it is in force and does not change."""
    row = Regulation.objects.select_for_update().get(pk=regulation.pk)
    access.require(actor, "action.manage", row.action)
    if row.published_at is not None:
        raise Refusal("Η έκδοση έχει ήδη δημοσιευτεί. Για αλλαγές συντάξτε νέα έκδοση.")
    row.published_at = at
    row.save(update_fields=["published_at"])
    journal.write(row, "Δημοσιεύτηκε", actor=actor, at=at)
    return row


@transaction.atomic
def change_parameters(
    action: TrainingAction,
    *,
    actor: Actor,
    at: datetime,
    values: dict[str, Any],
    reason: str,
    valid_from: datetime | None = None,
) -> ParameterSet:
    """A new set of parameters from a moment on, with its reason; the past keeps its own."""
    access.require(actor, "action.manage", action)
    if not reason.strip():
        raise ReasonMissingError("Αλλαγή παραμέτρων: γράψτε την αιτιολογία.")
    if valid_from is not None and valid_from < at:
        raise Refusal("Οι παράμετροι ισχύουν από τώρα και μετά. Διορθώστε την έναρξη ισχύος.")
    kept = parameters.read(values)
    TrainingAction.objects.select_for_update().get(pk=action.pk)
    newest = action.parameter_sets.order_by("-version").first()
    row = ParameterSet.objects.create(
        action=action,
        version=newest.version + 1 if newest else 1,
        values=kept,
        valid_from=valid_from or at,
        reason=reason.strip(),
    )
    old = newest.values if newest else {}
    journal.write(
        action, "Άλλαξαν οι παράμετροι", actor=actor, at=at, reason=reason, old=old, new=kept
    )
    return row
