"""Questions about the regulation of an action (Κανονιστικό Πλαίσιο)."""

from __future__ import annotations

from datetime import datetime

from didaskaleio.programmes.models import Regulation, RegulationAcceptance, TrainingAction

NAME = "Κανονιστικό Πλαίσιο"


def current_regulation(action: TrainingAction, at: datetime) -> Regulation | None:
    """The version of the regulation in force at ``at``, None before the first."""
    published = Regulation.objects.filter(action=action, published_at__lte=at)
    return published.order_by("-version").first()


def accepted(
    regulation: Regulation | None,
    person_id: int | None,
    capacity: str,
    *,
    centre_id: int | None = None,
) -> bool:
    """Whether the regulation has been accepted in this capacity; for a centre by anyone of it."""
    if regulation is None or not (person_id or centre_id):
        return False
    rows = RegulationAcceptance.objects.filter(regulation=regulation, capacity=capacity)
    if centre_id:
        return rows.filter(centre_id=centre_id).exists()
    return person_id is not None and rows.filter(person_id=person_id).exists()


def citation(article: int | None) -> str:
    """How a refusal cites an article: «Κανονιστικό Πλαίσιο, άρθρο 4»."""
    return f"{NAME}, άρθρο {article}" if article else NAME
