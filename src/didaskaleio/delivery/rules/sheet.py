"""Παρουσιολόγιο (attendance sheet) as content: canonical form, digest, the tally in words. Pure."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from didaskaleio.delivery.enums import Attendee, Mark

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Marking:
    """What somebody says of one person in one session (σημείωση παρουσίας).

    ``late`` are the minutes missed of a delay; ``async_done`` tells of the hours of own work,
    None leaves them as they are.
    """

    mark: str
    late: int = 0
    async_done: bool | None = None


NAMES_SHOWN = 6
WORDS = (
    (Mark.PRESENT, "παρουσία", "παρουσίες"),
    (Mark.ABSENT, "απουσία", "απουσίες"),
    (Mark.LATE, "καθυστέρηση", "καθυστερήσεις"),
    (Mark.EXCUSED, "δικαιολογημένη απουσία", "δικαιολογημένες απουσίες"),
)


def canonical(session: int, version: int, topic: str, rows: Sequence[Row]) -> bytes:
    """The content of a sheet as bytes that are always the same: JSON, sorted keys, UTF-8."""
    content = {"rows": list(rows), "session": session, "topic": topic, "version": version}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def digest(session: int, version: int, topic: str, rows: Sequence[Row]) -> str:
    """Αποτύπωμα: SHA-256 of the canonical form, 64 hexadecimal digits."""
    return hashlib.sha256(canonical(session, version, topic, rows)).hexdigest()


def tally(rows: Sequence[Row]) -> dict[str, int]:
    """How many trainees have each mark."""
    counted = Counter(str(row["mark"]) for row in rows if row["attendee"] == Attendee.TRAINEE)
    return {str(mark): counted[str(mark)] for mark in Mark}


def in_words(rows: Sequence[Row]) -> str:
    """The tally for whoever signs: «10 παρουσίες, 1 απουσία (Επώνυμο Όνομα)»."""
    counted = tally(rows)
    parts = [
        f"{counted[mark]} {one if counted[mark] == 1 else many}{_names(rows, mark)}"
        for mark, one, many in WORDS
        if counted[mark]
    ]
    return ", ".join(parts) or "κανένα πρόσωπο"


def _names(rows: Sequence[Row], mark: Mark) -> str:
    if mark == Mark.PRESENT:
        return ""
    names = [r["name"] for r in rows if r["attendee"] == Attendee.TRAINEE and r["mark"] == mark]
    more = f" και άλλα {len(names) - NAMES_SHOWN}" if len(names) > NAMES_SHOWN else ""
    return f" ({', '.join(names[:NAMES_SHOWN])}{more})"


def changes(old: Sequence[Row], new: Sequence[Row]) -> list[str]:
    """What a correction changed, one line a person."""
    before = {(row["attendee"], row["person"]): row for row in old}
    lines = []
    for row in new:
        was = before.get((row["attendee"], row["person"]))
        if was is not None and _said(was) != _said(row):
            lines.append(f"{row['name']}: {_said(was)} → {_said(row)}")
    return lines


def _said(row: Row) -> str:
    text = str(Mark(row["mark"]).label).lower()
    if row["mark"] == Mark.LATE:
        text += f", {row['minutes']} λεπτά παρακολούθησης"
    if row.get("async") is not None:
        text += ", ασύγχρονη ώρα" if row["async"] else ", χωρίς ασύγχρονη ώρα"
    return text
