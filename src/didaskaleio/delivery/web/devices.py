"""What a device sends of marks that it kept: read strictly, with the device's clock put right."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from typing import Any

from django.http import QueryDict
from django.utils.dateparse import parse_datetime

from didaskaleio.delivery.errors import NotApplicableError
from didaskaleio.delivery.operations import DeviceMark
from didaskaleio.delivery.rules import Marking
from didaskaleio.delivery.web.forms import SAID
from didaskaleio.kernel import greek

MOST, LARGEST = 500, 2**31 - 1
CLIENT = re.compile(r"[0-9a-f]{32}")
TOPIC = 300
UNREADABLE = "Οι σημειώσεις της συσκευής δεν διαβάζονται. Ανανεώστε τη σελίδα και δοκιμάστε ξανά."


def read(post: QueryDict, at: datetime) -> list[DeviceMark]:
    """The marks that were sent; a device whose clock is wrong is wrong by the same everywhere."""
    try:
        told = json.loads(post.get("marks", ""))
    except ValueError as error:
        raise NotApplicableError(UNREADABLE) from error
    now = _moment(post.get("now", ""))
    if not isinstance(told, list) or len(told) > MOST or now is None:
        raise NotApplicableError(UNREADABLE)
    return [_mark(one, at - now) for one in told]


def _mark(told: Any, behind: timedelta) -> DeviceMark:
    fields = told if isinstance(told, dict) else {}
    client, seen = fields.get("client"), _moment(fields.get("at"))
    numbers = [fields.get(name) for name in ("counter", "row", "late")]
    whole = all(type(number) is int and 0 <= number <= LARGEST for number in numbers)
    known = isinstance(client, str) and CLIENT.fullmatch(client) and fields.get("mark") in SAID
    if not (whole and known) or seen is None:
        raise NotApplicableError(UNREADABLE)
    counter, row, late = numbers
    return DeviceMark(str(client), counter, row, Marking(fields["mark"], late), seen + behind)  # type: ignore[arg-type]


def _moment(text: Any) -> datetime | None:
    try:
        found = parse_datetime(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return found if found and found.tzinfo and 2000 <= found.year <= 2200 else None  # noqa: PLR2004


def topic(post: QueryDict) -> str | None:
    """The topic as it was written, None when it was not."""
    said = post.get("topic")
    return None if said is None else greek.clean(said).strip()[:TOPIC]
