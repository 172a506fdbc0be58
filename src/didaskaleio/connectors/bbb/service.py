"""The adapter (προσαρμογέας) to BigBlueButton over HTTP: create, join, who is inside, recordings.

Every call carries the SHA-256 of its name, its query and the shared secret. The join is a link
for the browser; the others are asked by us and answered in XML.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit
from xml.etree import ElementTree as ET

from urllib3 import PoolManager, Timeout
from urllib3.exceptions import HTTPError

from didaskaleio.connectors.bbb import recordings
from didaskaleio.delivery.minutes import PREFIX, AwayError, Meeting, Recorded

AWAY = (
    "Η εικονική αίθουσα δεν απαντά. Δοκιμάστε ξανά σε λίγα λεπτά· αν επιμένει, ειδοποιήστε την "
    "υπηρεσία λειτουργίας."
)
OURS = re.compile(rf"{PREFIX}(\d{{1,18}})")
NUMBER = re.compile(r"\d{1,18}")
LARGEST = 16 * 1024 * 1024


@dataclass(frozen=True)
class BigBlueButton:
    """A server of BigBlueButton: ``address`` ends in ``/api``, ``secret`` is the shared one.

    ``callback`` is where it posts the record of a meeting once it is over, ``ready`` where it says
    that a recording is ready; ``hosts`` may play recordings besides the server itself.
    """

    address: str
    secret: str
    timeout: float = 10.0
    callback: str = ""
    ready: str = ""
    hosts: frozenset[str] = frozenset()
    pool: PoolManager = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        pool = PoolManager(timeout=Timeout(self.timeout), retries=False, maxsize=2)
        object.__setattr__(self, "pool", pool)

    def signed(self, call: str, values: Mapping[str, str]) -> str:
        """The address of a call with its checksum."""
        query = urlencode(values)
        told = hashlib.sha256(f"{call}{query}{self.secret}".encode()).hexdigest()
        return f"{self.address}/{call}?{query}{'&' if query else ''}checksum={told}"

    def door(self, meeting: Meeting, person: int, name: str, *, teaches: bool) -> str:
        """Create the meeting (again is harmless) and give this person's way in."""
        called = f"{PREFIX}{meeting.session}"
        facts = {"meetingID": called, "name": meeting.title}
        if self.callback:
            facts |= {"meetingKeepEvents": "true", "meta_analytics-callback-url": self.callback}
        self._ask("create", facts | self._recording(meeting))
        role = "MODERATOR" if teaches else "VIEWER"
        given = {"meetingID": called, "fullName": name, "userID": str(person), "role": role}
        return self.signed("join", given)

    def _recording(self, meeting: Meeting) -> dict[str, str]:
        """From the first moment on, with a sign on every screen; the trainer may pause it."""
        if not meeting.recorded:
            return {"record": "false"}
        on = ("record", "autoStartRecording", "allowStartStopRecording", "notifyRecordingIsOn")
        told = {"meta_bbb-recording-ready-url": self.ready} if self.ready else {}
        return dict.fromkeys(on, "true") | told

    def present(self) -> dict[int, frozenset[int]]:
        """Who is inside our meetings that run now; others of the same server are passed over."""
        found = {}
        for meeting in self._ask("getMeetings", {}).iterfind("meetings/meeting"):
            ours = OURS.fullmatch(meeting.findtext("meetingID", "").strip())
            people = [one.text or "" for one in meeting.iterfind("attendees/attendee/userID")]
            if ours:
                known = (text.strip() for text in people)
                found[int(ours[1])] = frozenset(int(n) for n in known if NUMBER.fullmatch(n))
        return found

    def recordings(self, session: int) -> Sequence[Recorded]:
        """What it has recorded of a session; what is not ours, or not safe to follow, is left."""
        own = urlsplit(self.address).hostname or ""
        return recordings.read(self._kept(session), f"{PREFIX}{session}", self.hosts | {own})

    def delete(self, session: int) -> None:
        """Ask it to delete what it still has of a session."""
        left = recordings.names(self._kept(session), f"{PREFIX}{session}")
        if left:
            self._ask("deleteRecordings", {"recordID": ",".join(left)})

    def _kept(self, session: int) -> ET.Element:
        return self._ask("getRecordings", {"meetingID": f"{PREFIX}{session}", "state": "any"})

    def _ask(self, call: str, values: Mapping[str, str]) -> ET.Element:
        address = self.signed(call, values)
        try:
            response = self.pool.request("GET", address, redirect=False, preload_content=False)
            content = response.read(LARGEST)
            response.release_conn()
            answer = _read(content)
        except (HTTPError, ET.ParseError, OSError) as error:
            raise AwayError(AWAY) from error
        if response.status != 200 or answer.findtext("returncode") != "SUCCESS":  # noqa: PLR2004
            raise AwayError(AWAY)
        return answer


def _read(content: bytes) -> ET.Element:
    """An answer; one that declares a type of its own is none of BigBlueButton."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise AwayError(AWAY)
    return ET.fromstring(content)  # noqa: S314 - no entity can be declared in it
