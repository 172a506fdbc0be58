"""What BigBlueButton tells after a meeting (συμβάντα): who came and left, and that it is theirs.

Its script of analytics posts JSON with a token of its own (JWT, HS512, the shared secret). Pure.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime

from didaskaleio.connectors.bbb import tokens
from didaskaleio.connectors.bbb.service import NUMBER, OURS

BEARER = "Bearer "
Stays = tuple[tuple[datetime, datetime], ...]
MOST = 2_000  # people, and stays of one of them


class UnreadableError(ValueError):
    """What was posted is no record of a meeting."""


@dataclass(frozen=True)
class Record:
    """One meeting as it was recorded; ``session`` None where it is not one of ours."""

    session: int | None
    visits: Mapping[int, Stays]


def trusted(header: str, secret: str, at: datetime) -> bool:
    """Whether a token was signed with our secret by HS512 and still holds."""
    claims = tokens.claims(header.removeprefix(BEARER), secret, "HS512")
    ends = (claims or {}).get("exp")
    holds = isinstance(ends, (int, float)) and at.timestamp() < ends
    return header.startswith(BEARER) and holds


def ready(token: str, secret: str) -> int | None:
    """The session whose recording is ready, as a token signed by HS256 says; None if it does not.

    It only makes us ask: what there is to watch is never taken from it.
    """
    meeting = (tokens.claims(token, secret, "HS256") or {}).get("meeting_id")
    ours = OURS.fullmatch(meeting) if isinstance(meeting, str) else None
    return int(ours[1]) if ours else None


def read(content: bytes) -> Record:
    """The record of a meeting; people whom we did not name are passed over."""
    try:
        told = json.loads(content)
        meeting, data = told["meeting_id"], told["data"]
        ours = OURS.fullmatch(meeting)
        finish, people = _moment(data["finish"]), data["attendees"]
        found = [_person(one, finish) for one in people[:MOST]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableError from error
    visits = {who: stays for who, stays in found if who is not None}
    return Record(int(ours[1]) if ours else None, visits)


def _person(
    told: Any, finish: datetime
) -> tuple[int | None, tuple[tuple[datetime, datetime], ...]]:
    """Their stays: each coming with the leaving of the same rank, the last ones with the end."""
    name = str(told["ext_user_id"]).strip()
    joins = sorted(_moment(text) for text in told["joins"][:MOST])
    leaves = sorted(_moment(text) for text in told["leaves"][:MOST])
    leaves += [finish] * (len(joins) - len(leaves))
    stays = tuple((a, b) for a, b in zip(joins, leaves, strict=False) if a <= b)
    return (int(name) if NUMBER.fullmatch(name) else None), stays


def _moment(text: Any) -> datetime:
    found = parse_datetime(text)
    if found is None or found.tzinfo is None:
        raise UnreadableError
    return found
