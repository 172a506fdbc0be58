"""The bundle (δέσμη δεδομένων): everything that a draw was computed from, as one strict JSON file.

Its core, the frozen object of period, category order, programmes and applications, has one
canonical form of bytes; their SHA-256 is the freeze that was published at the deadline.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from . import reading
from .beacon import beacon_matches, valid_beacon, valid_pattern
from .collector import paused_collector
from .errors import Malformed, Mismatch

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_VERSION = 1
_LARGEST_GROUP = 10_000
_FROZEN = frozenset({"period", "category_order", "programmes", "applications"})
_REVEALED = frozenset({"version", "freeze", "commitment", "secret", "beacon", "beacon_pattern"})
_PROGRAMME = frozenset({"id", "category", "capacity", "minimum"})
_APPLICATION = frozenset({"id", "preferences"})


class Programme(NamedTuple):
    """Επιμορφωτικό πρόγραμμα στην κλήρωση: capacity and minimum in persons, 0 to 10,000."""

    id: str
    category: str
    capacity: int
    minimum: int


@dataclass(frozen=True, slots=True)
class Frozen:
    """Παγωμένη λίστα: programmes and applications sorted by id.

    `numbers[i]` is an application's id, `preferences[i]` its list as positions in `programmes`.
    """

    period: str
    category_order: tuple[str, ...]
    programmes: tuple[Programme, ...]
    numbers: list[str]
    preferences: list[list[int]]


@dataclass(frozen=True, slots=True)
class Bundle:
    """Δέσμη της κλήρωσης: the frozen list and what the ceremony revealed; already consistent."""

    frozen: Frozen
    freeze: str
    commitment: str
    secret: str | None
    beacon: str
    beacon_pattern: str


def canonical(
    period: str,
    category_order: Sequence[str],
    programmes: Iterable[Programme],
    applications: Iterable[tuple[str, Sequence[str]]],
) -> bytes:
    """Κανονική μορφή της παγωμένης λίστας: the bytes whose SHA-256 is the freeze.

    `applications` are pairs of number and ranked programme ids. Raises Malformed.
    Source: SPEC-draw section 2.
    """
    with paused_collector():
        return _canonical(
            _frozen(
                {
                    "period": period,
                    "category_order": list(category_order),
                    "programmes": [programme._asdict() for programme in programmes],
                    "applications": [
                        {"id": number, "preferences": list(ranked)}
                        for number, ranked in applications
                    ],
                }
            )
        )


def freeze_hash(frozen: bytes) -> str:
    """Αποτύπωμα της παγωμένης λίστας: SHA-256 of the canonical bytes, 64 hex digits."""
    return hashlib.sha256(frozen).hexdigest()


def assemble_bundle(
    frozen: bytes, *, commitment: str, secret: str | None, beacon: str, beacon_pattern: str
) -> bytes:
    """Σύνθεση της δέσμης: the frozen bytes as they stand, followed by what was revealed.

    `commitment` and `secret` are 64 hex digits; a None secret is the lost one of SPEC-draw
    section 1.4. Raises Malformed, or Mismatch when the secret is not the committed one.
    """
    revealed = {
        "version": _VERSION,
        "freeze": freeze_hash(frozen),
        "commitment": commitment,
        "secret": secret,
        "beacon": beacon,
        "beacon_pattern": beacon_pattern,
    }
    _check_revealed(revealed)
    _check_secret(commitment, secret)
    members = json.dumps(revealed, sort_keys=True, separators=(",", ":"))
    return b"".join((frozen.removesuffix(b"}"), b",", members.encode()[1:]))


def read_bundle(raw: bytes) -> Bundle:
    """Ανάγνωση της δέσμης: raises Malformed, or Mismatch of freeze or commitment."""
    with paused_collector():
        members = reading.exactly(reading.parse(raw), _FROZEN | _REVEALED, "the bundle")
        _check_revealed(members)
        frozen = _frozen(members)
        found = freeze_hash(_canonical(frozen))
    bundle = Bundle(
        frozen,
        *(members[name] for name in ("freeze", "commitment", "secret", "beacon", "beacon_pattern")),  # type: ignore[arg-type]
    )
    if found != bundle.freeze:
        message = f"freeze is {bundle.freeze}, but the SHA-256 of the frozen list is {found}"
        raise Mismatch(message)
    _check_secret(bundle.commitment, bundle.secret)
    return bundle


def _check_revealed(members: dict[str, object]) -> None:
    if type(members["version"]) is not int or members["version"] != _VERSION:
        raise Malformed("version is not the integer 1")
    reading.hex64(members["freeze"], "freeze")
    reading.hex64(members["commitment"], "commitment")
    if members["secret"] is not None:
        reading.hex64(members["secret"], "secret")
    beacon, pattern = members["beacon"], members["beacon_pattern"]
    if type(pattern) is not str or not valid_pattern(pattern):
        raise Malformed("beacon_pattern is not of the announced grammar")
    if type(beacon) is not str or not valid_beacon(beacon):
        raise Malformed("beacon is not 1 to 200 printable ASCII characters without outer spaces")
    if not beacon_matches(pattern, beacon):
        raise Malformed("beacon is not matched by beacon_pattern")


def _check_secret(commitment: str, secret: str | None) -> None:
    if secret is None:
        return
    found = hashlib.sha256(bytes.fromhex(secret)).hexdigest()
    if found != commitment:
        message = f"commitment is {commitment}, but the SHA-256 of the secret is {found}"
        raise Mismatch(message)


def _frozen(members: dict[str, object]) -> Frozen:
    period = reading.name(members["period"], "period")
    categories = reading.names(members["category_order"], "category_order")
    if len(set(categories)) != len(categories):
        raise Malformed("category_order repeats a category")
    listed = reading.array(members["programmes"], "programmes")
    ranks = {category: rank for rank, category in enumerate(categories)}
    programmes = sorted(_programme(value, ranks) for value in listed)
    _refuse_repeats([programme.id for programme in programmes], "programmes")
    applications = _applications(members, programmes, ranks)
    numbers = [number for number, _ in applications]
    _refuse_repeats(numbers, "applications")
    preferences = [ranked for _, ranked in applications]
    return Frozen(period, tuple(categories), tuple(programmes), numbers, preferences)


def _refuse_repeats(ordered: list[str], what: str) -> None:
    if len(set(ordered)) == len(ordered):
        return
    twice = next(one for one, after in pairwise(ordered) if one == after)
    message = f"{what}: id {twice} is repeated"
    raise Malformed(message)


def _programme(value: object, ranks: dict[str, int]) -> Programme:
    members = reading.exactly(value, _PROGRAMME, "a programme")
    name = reading.name(members["id"], "a programme's id")
    category = reading.name(members["category"], f"programme {name}: category")
    if category not in ranks:
        message = f"programme {name}: category {category} is not in category_order"
        raise Malformed(message)
    capacity = _persons(members["capacity"], f"programme {name}: capacity")
    minimum = _persons(members["minimum"], f"programme {name}: minimum")
    return Programme(name, category, capacity, minimum)


def _persons(value: object, what: str) -> int:
    if type(value) is int and 0 <= value <= _LARGEST_GROUP:
        return value
    message = f"{what} is not an integer from 0 to 10000"
    raise Malformed(message)


def _applications(
    members: dict[str, object], programmes: list[Programme], ranks: dict[str, int]
) -> list[tuple[str, list[int]]]:
    values = reading.array(members["applications"], "applications")
    catalogue = _Catalogue(
        {programme.id: place for place, programme in enumerate(programmes)},
        [ranks[programme.category] for programme in programmes],
    )
    applications = [_application(value, catalogue) for value in values]
    applications.sort(key=itemgetter(0))
    return applications


class _Catalogue(NamedTuple):
    place: dict[str, int]  # by programme id
    rank: list[int]  # of the category, by place


def _application(value: object, catalogue: _Catalogue) -> tuple[str, list[int]]:
    members = reading.exactly(value, _APPLICATION, "an application")
    number = reading.name(members["id"], "an application's id")
    listed = reading.array(members["preferences"], f"application {number}: preferences")
    try:
        ranked = [*map(catalogue.place.__getitem__, listed)]  # type: ignore[arg-type]
    except (KeyError, TypeError):
        message = f"application {number}: a preference names no programme"
        raise Malformed(message) from None
    if len(set(ranked)) != len(ranked):
        message = f"application {number}: a preference is repeated"
        raise Malformed(message)
    categories = [*map(catalogue.rank.__getitem__, ranked)]
    if categories != sorted(categories):
        message = f"application {number}: preferences step backwards in category_order"
        raise Malformed(message)
    return number, ranked


def _canonical(frozen: Frozen) -> bytes:
    quoted = [f'"{programme.id}"' for programme in frozen.programmes]
    applications = ",".join(
        [
            f'{{"id":"{number}","preferences":[{",".join([quoted[place] for place in ranked])}]}}'
            for number, ranked in zip(frozen.numbers, frozen.preferences, strict=True)
        ]
    )
    programmes = ",".join(
        f'{{"capacity":{one.capacity},"category":"{one.category}","id":"{one.id}",'
        f'"minimum":{one.minimum}}}'
        for one in frozen.programmes
    )
    order = ",".join(f'"{category}"' for category in frozen.category_order)
    return (
        f'{{"applications":[{applications}],"category_order":[{order}],'
        f'"period":"{frozen.period}","programmes":[{programmes}]}}'
    ).encode()
