"""Quotas of a period (όρια προγραμμάτων): what each key stands for."""

from __future__ import annotations

from didaskaleio.kernel.errors import Refusal
from didaskaleio.programmes.enums import QuotaKind
from didaskaleio.programmes.models import TrainingPeriod
from didaskaleio.structures.models import Prefecture, TrainingCentre


def named_by(period: TrainingPeriod, kind: str, key: str) -> str:
    """What ``key`` stands for: cluster, prefecture or centre; an unknown one is refused."""
    found: str | None
    if kind == QuotaKind.CLUSTER:
        rows = period.action.scheme.clusters.filter(code=key)
        found = rows.values_list("title", flat=True).first()
    elif kind == QuotaKind.PREFECTURE:
        found = Prefecture.objects.filter(code=key).values_list("name", flat=True).first()
    else:
        centres = TrainingCentre.objects.filter(code=key, body=period.action.body_id)
        found = centres.values_list("name", flat=True).first()
    if found is None:
        raise Refusal(
            f"Δεν υπάρχει {QuotaKind(kind).label} με κωδικό «{key}». Ελέγξτε τον κωδικό.",
            code="key",
        )
    return found
