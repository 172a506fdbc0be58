"""Attestations (βεβαιώσεις) as the officer's list and the reports read them."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from didaskaleio.completion.enums import AttestationState
from didaskaleio.completion.models import Attestation


def attestations() -> QuerySet[Attestation]:
    """All attestations with what a row of a list shows, by programme and name."""
    rows = Attestation.objects.select_related(
        "application__person",
        "programme__centre",
        "programme__cluster",
        "programme__period__action__body",
        "credential__document__file",
    )
    return rows.order_by("programme__code", "application__person__sort_key", "pk")


def owed_by_programme(rows: QuerySet[Attestation]) -> list[tuple[int, str, int]]:
    """(id, code, how many) of the programmes with owed attestations among ``rows``."""
    owed = rows.filter(state=AttestationState.OWED).order_by()
    counted = owed.values_list("programme_id", "programme__code").annotate(n=Count("pk"))
    return [(pk, code, n) for pk, code, n in counted.order_by("programme__code")]
