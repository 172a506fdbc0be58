"""The result (αποτέλεσμα): written in one form of bytes, read strictly, compared as JSON values."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from . import reading
from .collector import paused_collector
from .computation import Result
from .errors import Malformed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_MEMBERS = frozenset({"seed", "order", "placements", "waiting", "viable"})


class Difference(NamedTuple):
    """Πρώτη διαφορά: the member of the result, and where in it and how the two differ."""

    member: str
    detail: str


def result_bytes(result: Result) -> bytes:
    """Αρχείο αποτελέσματος: members sorted by bytes, no spaces, a final newline."""
    with paused_collector():
        placements = ",".join(
            [
                f'"{number}":null' if programme is None else f'"{number}":"{programme}"'
                for number, programme in sorted(result.placements.items())
            ]
        )
        waiting = ",".join(
            f'"{programme}":{_array(entries)}'
            for programme, entries in sorted(result.waiting.items())
        )
        viable = ",".join(
            f'"{programme}":{"true" if holds else "false"}'
            for programme, holds in sorted(result.viable.items())
        )
        return (
            f'{{"order":{_array(result.order)},"placements":{{{placements}}},'
            f'"seed":"{result.seed}","viable":{{{viable}}},"waiting":{{{waiting}}}}}\n'
        ).encode()


def _array(names: Sequence[str]) -> str:
    return '["' + '","'.join(names) + '"]' if names else "[]"


def read_result(raw: bytes) -> Result:
    """Ανάγνωση αποτελέσματος: well-formed in itself, or Malformed. SPEC-draw section 4.

    Unknown, missing or repeated ids in its arrays are no matter of form: they are differences.
    """
    with paused_collector():
        members = reading.exactly(reading.parse(raw), _MEMBERS, "the result")
        return Result(
            seed=reading.hex64(members["seed"], "seed"),
            order=reading.names(members["order"], "order"),
            placements=_placements(members["placements"]),
            waiting={
                programme: reading.names(entries, f"waiting: {programme}")
                for programme, entries in _keyed(members["waiting"], "waiting").items()
            },
            viable=_viable(members["viable"]),
        )


def _keyed(value: object, what: str) -> dict[str, object]:
    if type(value) is not dict:
        message = f"{what} is not an object"
        raise Malformed(message)
    reading.names(list(value), what)
    return value


def _placements(value: object) -> dict[str, str | None]:
    placements = _keyed(value, "placements")
    reading.names([one for one in placements.values() if one is not None], "placements")
    return placements  # type: ignore[return-value]


def _viable(value: object) -> dict[str, bool]:
    viable = _keyed(value, "viable")
    for programme, holds in viable.items():
        if type(holds) is not bool:
            message = f"viable: {programme} is neither true nor false"
            raise Malformed(message)
    return viable  # type: ignore[return-value]


def first_difference(published: Result, computed: Result) -> Difference | None:
    """Πρώτη διαφορά δύο αποτελεσμάτων: in the order seed, order, placements, waiting, viable."""
    if published.seed != computed.seed:
        return Difference("seed", f"published {published.seed}, computed {computed.seed}")
    if published.order != computed.order:
        return Difference("order", _in_arrays(published.order, computed.order))
    if published.placements != computed.placements:
        return Difference("placements", _in_maps(published.placements, computed.placements))
    if published.waiting != computed.waiting:
        return Difference("waiting", _in_waiting(published.waiting, computed.waiting))
    if published.viable != computed.viable:
        return Difference("viable", _in_maps(published.viable, computed.viable))
    return None


def _in_arrays(published: Sequence[str], computed: Sequence[str]) -> str:
    shorter = min(len(published), len(computed))
    place = next((at for at in range(shorter) if published[at] != computed[at]), shorter)
    left, right = published[place : place + 1], computed[place : place + 1]
    return (
        f"position {place + 1}: published {left[0] if left else 'ends'},"
        f" computed {right[0] if right else 'ends'}"
    )


def _first_key(published: Mapping[str, object], computed: Mapping[str, object]) -> str:
    both = sorted(published.keys() | computed.keys())
    absent = object()
    return next(key for key in both if published.get(key, absent) != computed.get(key, absent))


def _in_maps(published: Mapping[str, object], computed: Mapping[str, object]) -> str:
    key = _first_key(published, computed)
    return f"{key}: published {_said(published, key)}, computed {_said(computed, key)}"


def _said(values: Mapping[str, object], key: str) -> str:
    value = values.get(key, "nothing")
    return value if isinstance(value, str) else json.dumps(value)


def _in_waiting(published: Mapping[str, list[str]], computed: Mapping[str, list[str]]) -> str:
    key = _first_key(published, computed)
    if key not in published or key not in computed:
        return f"{key}: {'only computed' if key in computed else 'only published'}"
    return f"{key}, {_in_arrays(published[key], computed[key])}"
