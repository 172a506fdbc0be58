"""Attestations (βεβαιώσεις) as the officer's list and the reports read them."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery

from didaskaleio.completion.enums import AttestationState
from didaskaleio.completion.models import Attestation
from didaskaleio.programmes.models import Programme


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


def owed_by_programme(rows: QuerySet[Attestation]) -> QuerySet[Any]:
    """The programmes with owed attestations among ``rows``, with their number as ``owed``."""
    owed = rows.filter(state=AttestationState.OWED).order_by()
    number = owed.filter(programme=OuterRef("pk")).values("programme").annotate(n=Count("pk"))
    found = Programme.objects.filter(pk__in=owed.values("programme"))
    found = found.annotate(owed=Subquery(number.values("n")))
    return found.select_related("period").order_by("period__first_day", "code")
