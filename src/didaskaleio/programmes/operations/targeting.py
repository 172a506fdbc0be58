"""Targets of an action (στόχοι δράσης): people of a region, cluster and category (R-024)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from didaskaleio.kernel import access, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.errors import Refusal, StepRefusedError
from didaskaleio.programmes.enums import ActionState
from didaskaleio.programmes.models import ActionTarget, ProgrammeCategory, TrainingAction
from didaskaleio.structures.models import Cluster, Region

ACT = "Άλλαξαν οι στόχοι της δράσης"
ENDED = (ActionState.CLOSED, ActionState.CANCELLED)


@transaction.atomic
def set_target(
    action: TrainingAction,
    *,
    actor: Actor,
    at: datetime,
    people: int,
    region: Region | None = None,
    cluster: Cluster | None = None,
    category: ProgrammeCategory | None = None,
    seen: int | None = None,
) -> ActionTarget | None:
    """How many people of the region, cluster, category the action wants; 0 lifts the target."""
    row = TrainingAction.objects.select_for_update(of=("self",), no_key=True).get(pk=action.pk)
    access.require(actor, "action.manage", row)
    journal.require_latest(row, ACT, seen)
    if row.state in ENDED:
        raise StepRefusedError("Η δράση έχει τελειώσει και οι στόχοι της δεν αλλάζουν.")
    if cluster is not None and cluster.scheme_id != row.scheme_id:
        raise Refusal("Η συστάδα δεν ανήκει στη δράση. Επιλέξτε άλλη.", code="cluster")
    if category is not None and category.action_id != row.pk:
        raise Refusal("Η κατηγορία δεν ανήκει στη δράση. Επιλέξτε άλλη.", code="category")
    key: dict[str, Any] = {"region": region, "cluster": cluster, "category": category}
    told = ", ".join(str(one) for one in key.values() if one is not None) or "όλη η δράση"
    journal.write(row, ACT, actor=actor, at=at, reason=f"{told}: {people}")
    if not people:
        row.targets.filter(**key).delete()
        return None
    return ActionTarget.objects.update_or_create(action=row, **key, defaults={"people": people})[0]
