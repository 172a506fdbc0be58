"""Words (διατυπώσεις) about a session that pages and printed forms share."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

from didaskaleio.kernel import clock, greek
from didaskaleio.programmes.enums import SlotKind


class Meeting(Protocol):
    """What is read of a session (συνάντηση): its programme, slot and moments."""

    programme: Any
    slot: Any
    kind: Any
    starts_at: datetime
    ends_at: datetime


def when(session: Meeting) -> str:
    """«Δευτέρα 6 Μαρτίου 2023, 17:30–19:00»."""
    end = session.ends_at.astimezone(clock.ATHENS)
    return f"{greek.long_moment(session.starts_at)}–{end:%H:%M}"


def where(session: Meeting) -> str:
    """The centre and its room, or that it is held at a distance."""
    programme = session.programme
    if session.kind != SlotKind.FACE_TO_FACE:
        return "εξ αποστάσεως"
    room = (session.slot and session.slot.room) or programme.room
    return f"{programme.centre.name}, {room}" if room else programme.centre.name
