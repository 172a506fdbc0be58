from __future__ import annotations

import gc
import json
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from didaskaleio.enrolment.draw import (
    Malformed,
    Mismatch,
    Programme,
    assemble_bundle,
    canonical,
    draw,
    freeze_hash,
    read_bundle,
    result_bytes,
)

from .model import COMMITMENT, SECRET, VECTORS, bundle_of, dump, freeze, result_of, vector
from .strategies import bundles


def drawn(bundle: dict[str, Any]) -> dict[str, Any]:
    return json.loads(result_bytes(draw(read_bundle(dump(bundle)))))


@pytest.mark.parametrize("number", [1, 2])
def test_the_published_vectors_are_drawn_to_the_byte(number: int) -> None:
    bundle = read_bundle((VECTORS / f"vector{number}.bundle.json").read_bytes())
    expected = (VECTORS / f"vector{number}.result.json").read_bytes().rstrip() + b"\n"
    assert result_bytes(draw(bundle)) == expected


@pytest.mark.parametrize("number", [1, 2])
def test_the_naive_model_itself_agrees_with_the_vectors(number: int) -> None:
    bundle = vector(number, "bundle")
    assert freeze(bundle) == bundle["freeze"]
    assert result_of(bundle) == vector(number, "result")


@given(bundles())
def test_any_draw_is_that_of_the_naive_model_and_written_with_sorted_members(
    bundle: dict[str, Any],
) -> None:
    expected = result_of(bundle)
    assert result_bytes(draw(read_bundle(dump(bundle)))) == dump(expected) + b"\n"


@given(bundles(), st.randoms(use_true_random=False))
def test_the_order_of_programmes_applications_and_members_in_the_file_has_no_influence(
    bundle: dict[str, Any], chance: random.Random
) -> None:
    shuffled = {name: bundle[name] for name in chance.sample(sorted(bundle), len(bundle))}
    for name in ("programmes", "applications"):
        shuffled[name] = chance.sample(bundle[name], len(bundle[name]))
    spelled = json.dumps(shuffled, indent=2).encode()
    assert read_bundle(spelled) == read_bundle(dump(bundle))


@given(bundles())
def test_nobody_is_placed_beyond_capacity_or_while_a_preferred_programme_has_room(
    bundle: dict[str, Any],
) -> None:
    result = drawn(bundle)
    taken = list(result["placements"].values())
    room = {one["id"]: one["capacity"] - taken.count(one["id"]) for one in bundle["programmes"]}
    assert min(room.values(), default=0) >= 0
    for one in bundle["applications"]:
        place = result["placements"][one["id"]]
        wishes = one["preferences"]
        better = wishes if place is None else wishes[: wishes.index(place)]
        assert all(room[programme] == 0 for programme in better)


@given(bundles())
def test_the_platform_freezes_and_assembles_the_very_draw_that_the_command_reads(
    bundle: dict[str, Any],
) -> None:
    frozen = canonical(
        bundle["period"],
        bundle["category_order"],
        [Programme(**one) for one in bundle["programmes"]],
        ((one["id"], one["preferences"]) for one in bundle["applications"]),
    )
    assert freeze_hash(frozen) == bundle["freeze"]
    revealed = ("commitment", "secret", "beacon", "beacon_pattern")
    assembled = assemble_bundle(frozen, **{name: bundle[name] for name in revealed})
    assert assembled.startswith(frozen[:-1])
    assert read_bundle(assembled) == read_bundle(dump(bundle))


def test_a_lost_secret_is_replaced_by_the_commitment() -> None:
    frozen = canonical("T", ["IIa"], [Programme("P", "IIa", 1, 1)], [("1", ["P"]), ("2", ["P"])])
    raw = assemble_bundle(
        frozen, commitment=COMMITMENT, secret=None, beacon="7", beacon_pattern="[0-9]"
    )
    assert json.loads(raw)["secret"] is None
    assert json.loads(result_bytes(draw(read_bundle(raw)))) == result_of(json.loads(raw))


def test_a_secret_that_was_not_committed_is_not_assembled() -> None:
    with pytest.raises(Mismatch, match="commitment"):
        assemble_bundle(
            canonical("T", [], [], []),
            commitment="0" * 64,
            secret=SECRET,
            beacon="7",
            beacon_pattern="[0-9]",
        )


def test_a_beacon_of_another_form_than_announced_is_not_assembled() -> None:
    with pytest.raises(Malformed, match="not matched"):
        assemble_bundle(
            canonical("T", [], [], []),
            commitment=COMMITMENT,
            secret=SECRET,
            beacon="7 8",
            beacon_pattern="[0-9]+",
        )


def test_a_preference_for_no_programme_is_not_frozen() -> None:
    with pytest.raises(Malformed, match="application 1: a preference names no programme"):
        canonical("T", ["IIa"], [Programme("P", "IIa", 1, 1)], [("1", ["Q"])])


def test_the_garbage_collector_is_left_as_it_was_found() -> None:
    raw = dump(bundle_of([], []))
    assert gc.isenabled()
    draw(read_bundle(raw))
    assert gc.isenabled()
    gc.disable()
    try:
        draw(read_bundle(raw))
        assert not gc.isenabled()
    finally:
        gc.enable()
