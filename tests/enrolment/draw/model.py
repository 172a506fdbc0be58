"""A second, naive computation of the draw, written from the specification alone."""

from __future__ import annotations

import hashlib
import hmac
import json
from pathlib import Path
from typing import Any

VECTORS = Path(__file__).parent / "vectors"
SECRET = bytes(range(32)).hex()
COMMITMENT = hashlib.sha256(bytes(range(32))).hexdigest()


def dump(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def vector(number: int, kind: str) -> dict[str, Any]:
    return json.loads((VECTORS / f"vector{number}.{kind}.json").read_text())


def freeze(bundle: dict[str, Any]) -> str:
    frozen = {
        "applications": sorted(bundle["applications"], key=lambda one: str(one["id"]).encode()),
        "category_order": bundle["category_order"],
        "period": bundle["period"],
        "programmes": sorted(bundle["programmes"], key=lambda one: str(one["id"]).encode()),
    }
    return hashlib.sha256(dump(frozen)).hexdigest()


def sealed(bundle: dict[str, Any]) -> dict[str, Any]:
    """The bundle with the freeze that belongs to what it now holds."""
    return bundle | {"freeze": freeze(bundle)}


def bundle_of(
    programmes: list[dict[str, Any]], applications: list[dict[str, Any]]
) -> dict[str, Any]:
    return sealed(
        {
            "version": 1,
            "period": "B2-2023-2",
            "category_order": ["IIa", "IIb"],
            "programmes": programmes,
            "applications": applications,
            "commitment": COMMITMENT,
            "secret": SECRET,
            "beacon": "3 17 22 31 45 / 9",
            "beacon_pattern": "[0-9 /]+",
        }
    )


def result_of(bundle: dict[str, Any]) -> dict[str, Any]:
    secret = bytes.fromhex(bundle["secret"] or bundle["commitment"])
    seed = hashlib.sha256(
        secret + bytes.fromhex(bundle["freeze"]) + bundle["beacon"].encode()
    ).digest()
    wishes = {one["id"]: one["preferences"] for one in bundle["applications"]}
    order = sorted(
        wishes, key=lambda one: (hmac.new(seed, one.encode(), "sha256").digest(), one.encode())
    )
    groups: dict[str, list[str]] = {one["id"]: [] for one in bundle["programmes"]}
    capacity = {one["id"]: one["capacity"] for one in bundle["programmes"]}
    placements: dict[str, str | None] = {}
    for number in order:
        open_ones = [one for one in wishes[number] if len(groups[one]) < capacity[one]]
        placements[number] = open_ones[0] if open_ones else None
        if open_ones:
            groups[open_ones[0]].append(number)
    unplaced = [number for number in order if placements[number] is None]
    return {
        "seed": seed.hex(),
        "order": order,
        "placements": placements,
        "waiting": {one: [who for who in unplaced if one in wishes[who]] for one in groups},
        "viable": {
            one["id"]: len(groups[one["id"]]) >= one["minimum"] and bool(groups[one["id"]])
            for one in bundle["programmes"]
        },
    }
