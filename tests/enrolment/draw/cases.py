"""What is malformed or different, by name: the command's tests and the browser's share it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from .model import sealed, vector

Change = Callable[[dict[str, Any]], Any]


def edit(**members: Any) -> Change:
    return lambda bundle: bundle | members


def without(name: str) -> Change:
    return lambda bundle: {key: value for key, value in bundle.items() if key != name}


def programme(**members: Any) -> Change:
    return lambda bundle: sealed(
        bundle | {"programmes": [bundle["programmes"][0] | members, *bundle["programmes"][1:]]}
    )


def application(**members: Any) -> Change:
    return lambda bundle: sealed(bundle | {"applications": [bundle["applications"][1] | members]})


MALFORMED: dict[str, Change] = {
    "the whole an array": lambda bundle: [bundle],
    "the whole a text": lambda _: "bundle",
    "an unknown member": edit(note="x"),
    "__proto__ as a member": edit(__proto__={}),
    **{f"no {name}": without(name) for name in vector(1, "bundle")},
    "version true": edit(version=True),
    "version as text": edit(version="1"),
    "version 2": edit(version=2),
    "period empty": edit(period=""),
    "period of 65": edit(period="x" * 65),
    "period with a line end": edit(period="x\n"),
    "period in Greek": edit(period="Β2"),
    "period a number": edit(period=1),
    "category_order a text": edit(category_order="IIa"),
    "category_order with a number": edit(category_order=["IIa", 1]),
    "category_order repeating": edit(category_order=["IIa", "IIb", "IIa"]),
    "category_order without one in use": edit(category_order=["IIb"]),
    "programmes an object": edit(programmes={}),
    "programmes null": edit(programmes=None),
    "a programme an array": edit(programmes=[[]]),
    "a programme with a name": programme(name="x"),
    "a programme's id empty": programme(id=""),
    "a programme's id twice": programme(id="P2"),
    "a programme's id a number": programme(id=1),
    "a programme's category a number": programme(category=7),
    "a programme's category unknown": programme(category="III"),
    **{
        f"{name} {value!r}": programme(**{name: value})
        for name in ("capacity", "minimum")
        for value in (True, 1.0, "15", None, -1, 10_001, 10**30, [1])
    },
    "applications null": edit(applications=None),
    "an application a text": edit(applications=["10000017"]),
    "an application with a name": application(name="x"),
    "an application's id with a space": application(id="1 2"),
    "an application's id of 65": application(id="9" * 65),
    "an application's id a number": application(id=10000017),
    "an application's id a lone surrogate": lambda bundle: json.dumps(
        edit(applications=[{"id": "\ud800", "preferences": []}])(bundle)
    ),
    "an application twice": lambda bundle: sealed(
        bundle | {"applications": bundle["applications"] * 2}
    ),
    "preferences null": application(preferences=None),
    "preferences a text": application(preferences="P1"),
    "a preference for no programme": application(preferences=["P5"]),
    "a preference twice": application(preferences=["P1", "P2", "P1"]),
    "a preference a number": application(preferences=[1]),
    "a preference a list": application(preferences=[["P1"]]),
    "preferences stepping backwards": lambda bundle: application(preferences=["P1", "P2"])(
        programme(category="IIb")(bundle)
    ),
    "freeze null": edit(freeze=None),
    "freeze in capitals": edit(freeze=vector(1, "bundle")["freeze"].upper()),
    "freeze too long": edit(freeze=vector(1, "bundle")["freeze"] + "0"),
    "commitment null": edit(commitment=None),
    "commitment with a line end": edit(commitment="0" * 64 + "\n"),
    "secret empty": edit(secret=""),
    "secret false": edit(secret=False),
    "secret in capitals": edit(secret=vector(1, "bundle")["secret"].upper()),
    "beacon null": edit(beacon=None),
    "beacon empty": edit(beacon=""),
    "beacon with a space before": edit(beacon=" 3"),
    "beacon with a space behind": edit(beacon="3 "),
    "beacon too long": edit(beacon="1" * 201),
    "beacon with a line end": edit(beacon="3\n"),
    "beacon of another form": edit(beacon="3a"),
    "pattern null": edit(beacon_pattern=None),
    "pattern empty": edit(beacon_pattern=""),
    "pattern with a star": edit(beacon_pattern="[0-9 /]*"),
    "pattern matching only a part": edit(beacon_pattern="[0-9 ]+"),
}


GOOD = json.dumps(vector(1, "bundle"))
RAW: dict[str, bytes] = {
    "empty": b"",
    "only blanks": b" \n",
    "not JSON": b"draw",
    "cut short": GOOD[:-1].encode(),
    "UTF-16": GOOD.encode("utf-16"),
    "UTF-16 without a mark": GOOD.encode("utf-16-le"),
    "UTF-32": GOOD.encode("utf-32"),
    "a byte-order mark": b"\xef\xbb\xbf" + GOOD.encode(),
    "invalid UTF-8": GOOD.replace("T1", "T1é").encode("latin-1"),
    "a surrogate in UTF-8": GOOD.encode().replace(b'"T1"', b'"\xed\xa0\x80"'),
    "overlong UTF-8": GOOD.encode().replace(b'"T1"', b'"T\xc0\xb1"'),
    "a NUL at the end": GOOD.encode() + b"\0",
    "text after the value": GOOD.encode() + b" {}",
    "a comma after the value": GOOD.encode() + b",",
    "a trailing comma": GOOD[:-1].encode() + b",}",
    "a comment": b"// x\n" + GOOD.encode(),
    "single quotes": GOOD.replace('"', "'").encode(),
    "a raw tab in a text": GOOD.replace("T1", "T\t1").encode(),
    "an unknown escape": GOOD.replace("T1", "T\\x31").encode(),
    "a no-break space between": GOOD.replace(", ", ",\u00a0", 1).encode(),
    "a repeated member": GOOD.replace('"version": 1', '"version": 1, "version": 1').encode(),
    "a member repeated by escapes": GOOD.replace(
        '"version": 1', '"version": 1, "v\\u0065rsion": 1'
    ).encode(),
    "a repeated member within": GOOD.replace('"minimum": 2', '"minimum": 2, "minimum": 2').encode(),
    **{
        f"the number {number}": GOOD.replace('"capacity": 0', f'"capacity": {number}').encode()
        for number in (
            "-0",
            "-0.0",
            "0.0",
            "0e0",
            "1E2",
            "00",
            "+0",
            ".5",
            "1.",
            "0x0",
            "٠",
            "NaN",
            "Infinity",
            "-Infinity",
            "-",
            "1" + "0" * 5000,
        )
    },
    "nesting of 21": b"[" * 21 + b"]" * 21,
    "nesting of 21 within": GOOD.replace('"T1"', "[" * 20 + "]" * 20).encode(),
    "nesting without end": b"[" * 200_000,
    "objects without end": b'{"a":' * 200_000,
}


def result(**members: Any) -> Change:
    return lambda published: published | members


def inside(member: str, **values: Any) -> Change:
    return lambda published: published | {member: published[member] | values}


def lacking(member: str, name: str) -> Change:
    return lambda published: published | {member: without(name)(published[member])}


ORDER = vector(1, "result")["order"]
DIFFERENT: dict[str, tuple[str, Change]] = {
    "seed": ("seed", result(seed="0" * 64)),
    "order reversed": ("order", result(order=ORDER[::-1])),
    "order short": ("order", result(order=ORDER[:-1])),
    "order with a stranger": ("order", result(order=[*ORDER, "12345678"])),
    "order repeating": ("order", result(order=[*ORDER, ORDER[0]])),
    "order empty": ("order", result(order=[])),
    "another place": ("placements", inside("placements", **{"26440704": "P3"})),
    "a place lost": ("placements", inside("placements", **{"26440704": None})),
    "a place in no programme": ("placements", inside("placements", **{"26440704": "P9"})),
    "a stranger placed": ("placements", inside("placements", **{"12345678": "P3"})),
    "an application missing": ("placements", lacking("placements", "90556203")),
    "a waiting entry missing": ("waiting", inside("waiting", P1=[])),
    "a waiting entry repeated": ("waiting", inside("waiting", P1=["90556203"] * 2)),
    "a stranger waiting": ("waiting", inside("waiting", P4=["12345678"])),
    "a list missing": ("waiting", lacking("waiting", "P4")),
    "a list too many": ("waiting", inside("waiting", P5=[])),
    "viable turned": ("viable", inside("viable", P3=True)),
    "viable missing": ("viable", lacking("viable", "P3")),
    "viable too many": ("viable", inside("viable", P5=False)),
    "all but the seed": ("order", result(order=[], placements={}, waiting={}, viable={})),
    "the last three": ("placements", result(placements={}, waiting={}, viable={})),
    "the last two": ("waiting", result(waiting={}, viable={})),
}


MALFORMED_RESULT: dict[str, Change] = {
    "an array": lambda published: [published],
    "an unknown member": result(note=1),
    **{f"no {name}": without(name) for name in vector(1, "result")},
    "seed null": result(seed=None),
    "seed in capitals": result(seed=vector(1, "result")["seed"].upper()),
    "order an object": result(order={}),
    "order with a number": result(order=[10000017]),
    "order with a null": result(order=[*ORDER, None]),
    "order with an empty id": result(order=[*ORDER, ""]),
    "order with a line end": result(order=["10000017\n26440704"]),
    "order with an id of 65": result(order=["1" * 65]),
    "placements an array": result(placements=[]),
    "a place a number": inside("placements", **{"10000017": 1}),
    "a place a list": inside("placements", **{"10000017": ["P1"]}),
    "a place false": inside("placements", **{"10000017": False}),
    "an application in Greek": inside("placements", Α="P1"),
    "waiting an array": result(waiting=[]),
    "a list null": inside("waiting", P1=None),
    "a list of lists": inside("waiting", P1=[["90556203"]]),
    "a list of texts and nulls": inside("waiting", P1=["90556203", None]),
    "viable null": result(viable=None),
    "viable a number": inside("viable", P1=1),
    "viable as text": inside("viable", P1="true"),
    "viable with a space in a name": inside("viable", **{"P 1": True}),
}
