"""Questions of room structures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, Q, QuerySet, Value

from didaskaleio.kernel import greek
from didaskaleio.kernel.clock import ATHENS
from didaskaleio.kernel.fields import GreekKeyOf
from didaskaleio.structures.models import (
    Cluster,
    ClusterMember,
    ClusterScheme,
    FundedProjectText,
    LegacySpecialty,
    Prefecture,
    Region,
    TrainingCentre,
)


def centres(
    *, day: date, q: str = "", region: Region | None = None, prefecture: Prefecture | None = None
) -> QuerySet[TrainingCentre]:
    """The training centres approved on ``day``, by region, prefecture and words of the name."""
    found = TrainingCentre.objects.filter(approved_from__lte=day).filter(
        Q(approved_until=None) | Q(approved_until__gte=day)
    )
    if region:
        found = found.filter(region=region)
    if prefecture:
        found = found.filter(prefecture=prefecture)
    found = found.alias(town_key=GreekKeyOf("town"))
    for word in q.split():
        key = GreekKeyOf(Value(word))
        found = found.filter(Q(sort_key__contains=key) | Q(town_key__contains=key))
    order = ("prefecture__sort_key", "sort_key", "pk")
    return found.select_related("prefecture", "region", "body").order_by(*order)


@dataclass(frozen=True)
class ClusterGroup:
    """A cluster with the specialties of it that were asked for."""

    cluster: Cluster
    members: tuple[ClusterMember, ...]


def cluster_groups(scheme: ClusterScheme, q: str = "") -> Iterator[ClusterGroup]:
    """The clusters of ``scheme`` with their specialties; ``q`` narrows by code or name."""
    members = ClusterMember.objects.select_related("specialty").order_by("specialty__code")
    if q.strip():
        members = members.filter(_named(q))
    clusters = scheme.clusters.prefetch_related(Prefetch("specialties", queryset=members))
    for cluster in clusters.order_by("order"):
        found = tuple(cluster.specialties.all())
        if found or not q.strip():
            yield ClusterGroup(cluster, found)


def _named(q: str) -> Q:
    """Members whose specialty bears that code, had it before 2018, or contains those words."""
    try:
        code = greek.specialty_code(q)
    except greek.CodeError:
        wanted = greek.search_key(q)
        names = ClusterMember.objects.alias(key=GreekKeyOf("specialty__label"))
        return Q(pk__in=names.filter(key__contains=wanted).values("pk"))
    code = code.removesuffix(".50")
    successors = LegacySpecialty.objects.filter(code=code).values("specialty_id")
    return Q(specialty__code__startswith=code) | Q(specialty_id__in=successors)


def project_text(project_id: int | None, at: datetime) -> str:
    """The sentence of a funded project in force at ``at``; empty without a project."""
    rows = FundedProjectText.objects.filter(
        project_id=project_id, valid_from__lte=at.astimezone(ATHENS).date()
    )
    return rows.order_by("-valid_from").values_list("statement", flat=True).first() or ""
