"""What BigBlueButton answers about recordings (μαγνητοσκοπήσεις), read with suspicion. Pure.

Only recordings of the meeting that was asked about count, and only addresses of hosts that are
known; whatever cannot be read is left out.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from didaskaleio.delivery.minutes import Playback, Recorded

NAME = re.compile(r"[A-Za-z0-9-]{1,120}")
NUMBER = re.compile(r"\d{1,15}")
UNSEEN = re.compile(r"[\x00-\x20\x7f\\]")
MOST = 50  # recordings of one meeting, and formats of one of them
LONGEST = 1_000
FAR = 4_102_444_800_000  # the year 2100 in milliseconds
KINDS = {
    "presentation": "Παρουσίαση",
    "video": "Βίντεο",
    "screenshare": "Οθόνη",
    "podcast": "Ήχος",
    "notes": "Σημειώσεις",
}


def read(answer: ET.Element, meeting: str, hosts: frozenset[str]) -> tuple[Recorded, ...]:
    """The recordings of ``meeting`` in an answer; those still being made have no ways yet."""
    found = (_one(row, hosts) for row in _rows(answer, meeting))
    return tuple(one for one in found if one is not None)


def names(answer: ET.Element, meeting: str) -> list[str]:
    """What the recordings of ``meeting`` that are still there are called, readable or not."""
    return [_text(row, "recordID") for row in _rows(answer, meeting)]


def _rows(answer: ET.Element, meeting: str) -> list[ET.Element]:
    """The recordings of this meeting alone that were not deleted."""
    rows = [row for row in answer.iterfind("recordings/recording") if _ours(row, meeting)]
    return rows[:MOST]


def _ours(row: ET.Element, meeting: str) -> bool:
    named = NAME.fullmatch(_text(row, "recordID")) is not None
    return named and _text(row, "meetingID") == meeting and _text(row, "state") != "deleted"


def _one(row: ET.Element, hosts: frozenset[str]) -> Recorded | None:
    name, state = _text(row, "recordID"), _text(row, "state")
    begins, ends = _moment(row, "startTime"), _moment(row, "endTime")
    if begins is None or ends is None:
        return None
    formats = list(row.iterfind("playback/format"))[:MOST] if state == "published" else []
    ways = tuple(way for one in formats if (way := _way(one, hosts)) is not None)
    return Recorded(name, begins, max(begins, ends), _number(row, "size"), ways)


def _way(row: ET.Element, hosts: frozenset[str]) -> Playback | None:
    url = safe(_text(row, "url"), hosts)
    kind = KINDS.get(_text(row, "type"), "Άλλη μορφή")
    return Playback(kind, url, _number(row, "length"), _number(row, "size")) if url else None


def safe(url: str, hosts: frozenset[str]) -> str:
    """An address that a browser may be sent to: http(s), a known host, nothing hidden; else ''."""
    if len(url) > LONGEST or UNSEEN.search(url):
        return ""
    try:
        parts = urlsplit(url)
        known = parts.hostname in hosts and parts.port != 0
    except ValueError:
        return ""
    plain = parts.scheme in {"http", "https"} and parts.username is None
    return url if known and plain else ""


def _text(row: ET.Element, name: str) -> str:
    return row.findtext(name, "").strip()


def _number(row: ET.Element, name: str) -> int:
    text = _text(row, name)
    return int(text) if text.isascii() and NUMBER.fullmatch(text) else 0


def _moment(row: ET.Element, name: str) -> datetime | None:
    told = _number(row, name)
    return datetime.fromtimestamp(told / 1000, UTC) if 0 < told < FAR else None
