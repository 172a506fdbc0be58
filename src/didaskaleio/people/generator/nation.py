"""The nation's frame (πλαίσιο): how many teachers a prefecture has, what the tables call things."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.db.models import Max

from didaskaleio.structures.models import (
    Cluster,
    ClusterMember,
    Directorate,
    ImplementingBody,
    Prefecture,
    RegionalUnit,
    SchoolType,
    Specialty,
)

TABLE = Path(__file__).parent / "data" / "teachers_per_prefecture.csv"
# the regional units of Attica and the areas of its directorates have different names
AREAS = {
    "ATK-KA": "ATH-A",
    "ATK-BA": "ATH-B",
    "ATK-DA": "ATH-C",
    "ATK-NA": "ATH-D",
    "ATK-AN": "ATT-E",
    "ATK-DY": "ATT-W",
    "ATK-PE": "PIR",
    "ATK-NI": "PIR",
}


@cache
def table() -> dict[str, int]:
    """Teachers per prefecture at the scale of the nation (170,000)."""
    with TABLE.open(encoding="utf-8-sig", newline="") as lines:
        return {
            row["prefecture"]: int(row["teachers"]) for row in csv.DictReader(lines, delimiter=";")
        }


def apportion(total: int) -> dict[str, int]:
    """``total`` teachers over the prefectures as the table says, by largest remainder; each ≥ 1."""
    shares = table()
    whole = sum(shares.values())
    parts = {code: max(1, total * share // whole) for code, share in shares.items()}
    by_remainder = sorted(shares, key=lambda code: (-(total * shares[code] % whole), code))
    for code in by_remainder[: max(0, total - sum(parts.values()))]:
        parts[code] += 1
    return parts


@dataclass(frozen=True)
class Place:
    """A prefecture with its units, and per level the directorate of each unit."""

    code: str
    pk: int
    region: int
    genitive: str
    seat: str
    units: tuple[int, ...]
    directorates: dict[str, tuple[int, ...]]


@dataclass(frozen=True)
class Frame:
    """What the generator needs of the reference data, read once."""

    places: tuple[Place, ...]
    types: dict[str, int]
    specialties: dict[str, int]
    b2_clusters: dict[str, int]
    special_cluster: int
    bodies: dict[str, int]


def read_frame() -> Frame:
    """The frame from the loaded reference data."""
    members = ClusterMember.objects.filter(cluster__scheme__level="B2")
    special = Cluster.objects.get(scheme__level="B2", code="B2.13")
    types = SchoolType.objects.values_list("code", "pk")
    return Frame(
        places=tuple(_place(row) for row in Prefecture.objects.order_by("code")),
        types=dict(types),
        specialties=dict(Specialty.objects.order_by("code").values_list("code", "pk")),
        b2_clusters=dict(
            members.order_by("specialty__code").values_list("specialty__code", "cluster_id")
        ),
        special_cluster=special.pk,
        bodies=dict(ImplementingBody.objects.values_list("code", "pk")),
    )


def _place(row: Prefecture) -> Place:
    units = list(RegionalUnit.objects.filter(prefecture=row).order_by("code"))
    return Place(
        row.code,
        row.pk,
        row.region_id,
        row.genitive,
        row.seat,
        tuple(unit.pk for unit in units),
        {level: _directorates(row, level, units) for level in Directorate.Level.values},
    )


def _directorates(row: Prefecture, level: str, units: list[RegionalUnit]) -> tuple[int, ...]:
    found = list(Directorate.objects.filter(prefecture=row, level=level).order_by("code"))
    by_area = {directorate.area: directorate.pk for directorate in found}
    if len(units) == 1:
        return tuple(directorate.pk for directorate in found)
    return tuple(by_area.get(AREAS.get(unit.code, unit.code), found[0].pk) for unit in units)


def next_ids(*models: type) -> dict[str, int]:
    """The first free id of each table."""
    return {
        model._meta.db_table: (model._base_manager.aggregate(top=Max("pk"))["top"] or 0) + 1  # type: ignore[attr-defined]  # noqa: SLF001
        for model in models
    }
