"""Schools, centres and the places in which they stand; the reference data is loaded already."""

from __future__ import annotations

from datetime import date
from itertools import count

from didaskaleio.structures.models import (
    Cluster,
    Directorate,
    FundedProject,
    ImplementingBody,
    Prefecture,
    RegionalUnit,
    Room,
    School,
    SchoolType,
    Specialty,
    TrainingCentre,
)

_serial = count(1)
PRIMARY = {"NIP", "DIM"}


def a_prefecture(code="KOZ"):
    return Prefecture.objects.select_related("region").get(code=code)


def a_specialty(code="ΠΕ03"):
    return Specialty.objects.get(code=code)


def a_cluster(code="B2.3"):
    """A cluster of the scheme now in force (of Β1: the thirteen)."""
    return Cluster.objects.get(code=code, scheme__valid_until=None)


def a_body(code="itye"):
    return ImplementingBody.objects.get(code=code)


def the_project():
    return FundedProject.objects.get(code="5084974")


def a_school(prefecture="KOZ", type="GYM", *, evening=False, country="GR", town="", **facts):  # noqa: A002
    """A school of ``type`` in a prefecture; with another ``country`` a school abroad."""
    number = next(_serial)
    place = _place(prefecture, "primary" if type in PRIMARY else "secondary")
    if country != "GR":
        place = dict.fromkeys(place)
        type = "EXO"  # noqa: A001
    return School.objects.create(
        **{
            "code": f"{9_000_000 + number}",
            "name": f"{number}ο Δοκιμαστικό Σχολείο",
            "type": SchoolType.objects.get(code=type),
            "evening": evening,
            "country": country,
            "town": town or (place["prefecture"].seat if place["prefecture"] else "Μόναχο"),
            **place,
            **facts,
        }
    )


def a_centre(prefecture="KOZ", rooms=(15,), *, school=None, **facts):
    """An approved centre in a public school; ``rooms`` are the seats of its rooms."""
    number = next(_serial)
    school = school or a_school(prefecture)
    centre = TrainingCentre.objects.create(
        **{
            "code": f"K{number:05}",
            "name": f"Κ.Σ.Ε. {school.name}",
            "kind": "public_school",
            "body": a_body(),
            "school": school,
            "prefecture": school.prefecture,
            "regional_unit": school.regional_unit,
            "region": school.region,
            "directorate": school.directorate,
            "town": school.town,
            "approved_from": date(2022, 9, 1),
            **facts,
        }
    )
    for order, seats in enumerate(rooms, 1):
        Room.objects.create(centre=centre, name=f"Εργαστήριο {order}", seats=seats)
    return centre


def _place(code, level):
    prefecture = a_prefecture(code)
    return {
        "prefecture": prefecture,
        "region": prefecture.region,
        "regional_unit": RegionalUnit.objects.filter(prefecture=prefecture).order_by("pk").first(),
        "directorate": Directorate.objects.filter(prefecture=prefecture, level=level)
        .order_by("pk")
        .first(),
    }
