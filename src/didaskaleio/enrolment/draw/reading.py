"""JSON read strictly, and the small forms that bundle and result share (names, hex)."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import NoReturn

from .errors import Malformed

_NAME = re.compile(r"[A-Za-z0-9._-]{1,64}")
_NAME_CHARACTERS = re.compile(r"[A-Za-z0-9._-]*")
_NAME_LENGTH = 64
_HEX = re.compile(r"[0-9a-f]{64}")
_LONGEST_NUMBER = 20  # digits; Python refuses beyond 4,300, no form here has more than five


def parse(raw: bytes) -> object:
    """Αυστηρή ανάγνωση JSON: RFC 8259, UTF-8 without mark; objects become dicts.

    Refused here: other encodings, repeated members, negative zero, fractions, exponents, NaN and
    Infinity, text after the value. Lone surrogates and nesting beyond 20 pass this reader (or
    exhaust it) and fall at the forms: no name, hex or beacon holds a surrogate, and the deepest
    well-formed value stands four levels down. Raises Malformed. Source: SPEC-draw section 2.
    """
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"not UTF-8 at byte {error.start}"
        raise Malformed(message) from None
    if text.startswith("\ufeff"):
        raise Malformed("starts with a byte-order mark")
    try:
        return _DECODER.decode(text)
    except json.JSONDecodeError as error:
        message = f"not JSON: {error.msg} (line {error.lineno}, column {error.colno})"
        raise Malformed(message) from None
    except RecursionError:
        raise Malformed("nested too deeply") from None


def _members(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) != len(pairs):
        repeated, _ = Counter(member for member, _ in pairs).most_common(1)[0]
        message = f"member {shown(repeated)} is repeated"
        raise Malformed(message)
    return members


def _integer(digits: str) -> int:
    if digits == "-0":
        raise Malformed("negative zero")
    if len(digits) > _LONGEST_NUMBER:
        raise Malformed("a number is too long")
    return int(digits)


def _refused_number(text: str) -> NoReturn:
    message = f"{shown(text)} is not an integer"
    raise Malformed(message)


_DECODER = json.JSONDecoder(
    object_pairs_hook=_members,
    parse_int=_integer,
    parse_float=_refused_number,
    parse_constant=_refused_number,
)


def shown(value: object) -> str:
    """Σύντομη εμφάνιση τιμής: one line of ASCII, at most about 80 characters."""
    text = ascii(value)
    return text if len(text) <= 80 else text[:77] + "..."  # noqa: PLR2004


def exactly(value: object, required: frozenset[str], what: str) -> dict[str, object]:
    """Ακριβώς αυτά τα μέλη: the object, or Malformed naming a missing or unknown member."""
    if type(value) is not dict:
        message = f"{what} is not an object"
        raise Malformed(message)
    if value.keys() != required:
        missing, unknown = sorted(required - value.keys()), sorted(value.keys() - required)
        trouble = f"lacks {shown(missing[0])}" if missing else f"has unknown {shown(unknown[0])}"
        message = f"{what} {trouble}"
        raise Malformed(message)
    return value


def array(value: object, what: str) -> list[object]:
    """Πίνακας: the list, or Malformed."""
    if type(value) is not list:
        message = f"{what} is not an array"
        raise Malformed(message)
    return value


def name(value: object, what: str) -> str:
    """Όνομα (κωδικός, αριθμός): 1 to 64 characters of A-Z a-z 0-9 . _ -, or Malformed."""
    if type(value) is str and _NAME.fullmatch(value):
        return value
    message = f"{what} {shown(value)} is not 1 to 64 characters of A-Z a-z 0-9 . _ -"
    raise Malformed(message)


def names(value: object, what: str) -> list[str]:
    """Πίνακας ονομάτων: checked in one pass, as waiting lists hold millions; or Malformed."""
    listed = array(value, what)
    try:
        joined = "".join(listed)  # type: ignore[arg-type]
        longest = max(map(len, listed), default=1)  # type: ignore[arg-type]
    except TypeError:
        longest, joined = 0, ""
    if not (1 <= longest <= _NAME_LENGTH and all(listed) and _NAME_CHARACTERS.fullmatch(joined)):
        for item in listed:
            name(item, f"{what}: entry")
    return listed  # type: ignore[return-value]


def hex64(value: object, what: str) -> str:
    """Δεκαεξαδική τιμή 32 bytes: 64 lower-case digits, or Malformed."""
    if type(value) is str and _HEX.fullmatch(value):
        return value
    message = f"{what} is not 64 lower-case hex digits"
    raise Malformed(message)
