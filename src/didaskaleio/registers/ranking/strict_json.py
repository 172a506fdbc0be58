"""Αυστηρή ανάγνωση JSON (strict JSON): one reading for everybody, or none.

A repeated member, a fraction, NaN or Infinity, a byte-order mark, deep nesting and any encoding
but UTF-8 are refused: two readers might understand them differently. Fractions travel as text.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final, NoReturn

from didaskaleio.registers.ranking.cells import shown
from didaskaleio.registers.ranking.errors import MalformedError

_LONGEST_NUMBER: Final = 18


def parse(raw: bytes) -> Any:
    """The value in the bytes, or :class:`MalformedError`."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise MalformedError(f"δεν είναι κείμενο UTF-8 (byte {error.start})") from None
    try:
        return json.loads(
            text,
            object_pairs_hook=_members,
            parse_int=_integer,
            parse_float=_refused("δεκαδικός που δεν είναι κείμενο"),
            parse_constant=_refused("τιμή που το JSON δεν έχει"),
        )
    except json.JSONDecodeError as error:
        raise MalformedError(
            f"δεν είναι JSON (γραμμή {error.lineno}, στήλη {error.colno})"
        ) from None
    except RecursionError:
        raise MalformedError("το JSON έχει υπερβολικό βάθος") from None


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members: dict[str, Any] = {}
    for name, value in pairs:
        if name in members:
            raise MalformedError(f"το «{shown(name)}» υπάρχει δύο φορές")
        members[name] = value
    return members


def _integer(digits: str) -> int:
    if digits == "-0" or len(digits) > _LONGEST_NUMBER:
        raise MalformedError(f"{shown(digits)}: ακέραιος που δεν γίνεται δεκτός")
    return int(digits)


def _refused(what: str) -> Callable[[str], NoReturn]:
    def refuse(text: str) -> NoReturn:
        raise MalformedError(f"{shown(text)}: {what}")

    return refuse
