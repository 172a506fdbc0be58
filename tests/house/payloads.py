"""What hostile or broken clients send instead of what a form asks for."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from urllib.parse import quote_plus
from zlib import crc32

from tests.hostile_files import EVERYWHERE

URLENCODED = "application/x-www-form-urlencoded"
BROKEN = "multipart/form-data; boundary=x"
MARKUP = '<script>alert("x9")</script>'
LONG = "Ω" * 50_000  # 100 kB
EACH = 2
BIG = 10 * 1024 * 1024
NUMBERS = ("-1", "99999999999999999999", "²", "1e9", "٣", "0x10", "NaN", "9" * 5_000)
DAYS = ("0000-00-00", "9999-12-31", "2023-02-30", "0001-01-01")
TIMES = ("25:61", "٠٩:٠٠")
BYTES = (b"%00", b"%ED%A0%80%ED%B0%80", b"%FF%FE", b"%EF%BF%BF")  # NUL, lone surrogates, no UTF-8


@dataclass(frozen=True)
class Payload:
    """One post: its name, its body and whether a door may ever do what it says."""

    name: str
    body: Any
    content_type: str | None = None
    refused: bool = False
    headers: dict[str, str] = field(default_factory=dict)


def encoded(values):
    """A body as browsers encode it; values of bytes are taken as already encoded."""
    pairs = [(name, one) for name, many in values.items() for one in many]
    return b"&".join(
        quote_plus(name).encode() + b"=" + (one if isinstance(one, bytes) else _quoted(one))
        for name, one in pairs
    )


def _quoted(text):
    return quote_plus(text).encode()


def whole(form):
    """Posts that are wrong as a whole."""
    sent = form.filled()
    needed = any(f.required for f in form.fields)
    yield Payload("nothing at all", b"", URLENCODED, refused=needed)
    yield Payload("JSON", b'{"a": [1, "\\ud800"]}', "application/json", refused=needed)
    yield Payload("text", b"\xff\x00<x>", "text/plain", refused=needed)
    yield Payload("broken multipart", b"--x\r\n\x00", BROKEN, refused=needed)
    yield Payload("10 MB", b"q=" + b"x" * BIG, URLENCODED, refused=bool(sent))
    yield Payload("2,000 fields", b"&".join([b"q=1"] * 2_000), URLENCODED, refused=bool(sent))
    twice = {name: [*values, *values] for name, values in sent.items()}
    yield Payload("every field twice", encoded(twice), URLENCODED)
    for bad in ("\0", MARKUP, LONG):
        every = {key: [bad] for key in sent}
        yield Payload(f"{bad[:8]!r} everywhere", encoded(every), URLENCODED)


def of_fields(form, most):
    """Posts in which one field is wrong, the others as the page shows them."""
    sent = form.filled()
    seen = set()
    for one in form.fields:
        kind = "".join(c for c in one.name if not c.isdigit()), one.kind
        if one.kind == "file" or kind in seen or len(seen) >= most:
            continue
        seen.add(kind)
        for bad in some(wrong(one), f"{form.address} {one.name}"):
            shown = bad if isinstance(bad, bytes) else bad[:20]
            body = encoded(sent | {one.name: [bad]})
            yield Payload(f"{one.name} = {shown!r}", body, URLENCODED)


def some(values, about):
    """Two of the values, others for each field: all of them are tried over the whole site."""
    first = crc32(about.encode())
    return {values[(first + step) % len(values)] for step in range(EACH)}


def wrong(one):
    """Wrong values for a field of this kind."""
    if one.kind in {"date", "datetime-local"}:
        return (*DAYS, *(f"{day}T10:00" for day in DAYS), BYTES[0])
    if one.kind == "time":
        return (*TIMES, BYTES[0])
    if one.kind == "number" or one.value.isdigit():
        return (*NUMBERS, BYTES[0])
    if one.kind in {"hidden", "select", "radio", "checkbox", "button"}:
        return (*NUMBERS[:3], MARKUP, *BYTES[:2])
    return (*BYTES, LONG, MARKUP, NUMBERS[2])


def of_files(form):
    """Uploads that are not what they say, for a form that takes a file."""
    for one in form.fields:
        if one.kind == "file":
            for name in EVERYWHERE:
                body = form.filled() | {one.name: upload(name)}
                yield Payload(f"{one.name}: {name}", body, refused=True)


def upload(name):
    made = BytesIO(EVERYWHERE[name])
    made.name = name if name == "empty" else f"../../{name}\u202e"
    return made
