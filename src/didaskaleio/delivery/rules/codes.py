"""Κωδικός αίθουσας (code of the room): six signs that change every twenty seconds. Pure.

A code is a keyed digest of the session and of the window of time. It is read from the screen by a
camera or typed; its letters look the same in Greek and in Latin, so that no keyboard errs.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime, timedelta

import segno

WINDOW = 20
LETTERS = "ABEHKMNPTYX23456789"
LENGTH = 6
EITHER_ALPHABET = str.maketrans("ΑΒΕΗΚΜΝΡΤΥΧ", "ABEHKMNPTYX")


def window(at: datetime) -> int:
    """The number of the window in which a moment falls."""
    return int(at.timestamp()) // WINDOW


def changes_at(at: datetime) -> datetime:
    """When the code of a moment gives way to the next."""
    return datetime.fromtimestamp((window(at) + 1) * WINDOW, UTC)


def seconds_left(at: datetime) -> int:
    """How many whole seconds the code of a moment still stands, from 1 to 20."""
    return -(-(changes_at(at) - at) // timedelta(seconds=1))


def code(secret: bytes, session: int, number: int) -> str:
    """The code of a session in one window."""
    told = hmac.new(secret, f"{session}:{number}".encode(), hashlib.sha256).digest()
    value, signs = int.from_bytes(told, "big"), []
    for _ in range(LENGTH):
        value, place = divmod(value, len(LETTERS))
        signs.append(LETTERS[place])
    return "".join(signs)


def normal(text: str) -> str:
    """What somebody typed, in one alphabet, without spaces or hyphens."""
    return "".join(text.upper().split()).replace("-", "").translate(EITHER_ALPHABET)


def holds(secret: bytes, session: int, given: str, at: datetime) -> bool:
    """Whether a code is the present one or the one just before: whoever types needs a moment."""
    now, told = window(at), normal(given).encode()
    known = (code(secret, session, number).encode() for number in (now, now - 1))
    return any(hmac.compare_digest(told, one) for one in known)


def screen(letters: str, page: str, at: datetime) -> dict[str, object]:
    """What the screen of the room shows of a code: letters, picture, until when it stands.

    ``page`` is where presence is declared; the picture leads there with the code filled in.
    """
    drawn = segno.make(f"{page}?code={letters}", error="m", micro=False)
    return {
        "letters": f"{letters[:3]} {letters[3:]}",
        "qr": drawn.svg_inline(
            omitsize=True, border=2, svgclass="room-code__picture", lineclass="room-code__dots"
        ),
        "seconds": seconds_left(at),
        "address": page,
    }
