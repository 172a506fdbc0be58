"""The adapter (προσαρμογέας) to the JSON service of MySchool, over HTTP.

Every request carries the token, ends within a time, and is tried again with growing waits, or
after as many seconds as the service asks for. No redirect is followed.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from urllib3 import BaseHTTPResponse, PoolManager, Retry, Timeout
from urllib3.exceptions import HTTPError

from didaskaleio.connectors.myschool.answers import AGREEMENT, read_object, read_page
from didaskaleio.connectors.myschool.port import (
    AwayError,
    CursorExpiredError,
    KeyRefusedError,
    Page,
    RecordRefusedError,
    ServiceError,
    UnreadableAnswerError,
)

PASSING = frozenset({429, 500, 502, 503, 504})
ATTEMPTS, LONGEST_WAIT, LARGEST = 3, 30, 32 * 1024 * 1024
PART = 1 << 16
PAGE = 1_000
DONE = frozenset({HTTPStatus.OK, HTTPStatus.CREATED})


@dataclass(frozen=True)
class JsonService:
    """MySchool over HTTP: ``address`` without a slash at its end, ``timeout`` in seconds.

    ``growth`` is the first wait between two attempts, in seconds; each is twice the last.
    """

    address: str
    token: str
    timeout: float = 30.0
    growth: float = 1.0
    pool: PoolManager = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        retries = Retry(
            total=ATTEMPTS,
            redirect=False,
            backoff_factor=self.growth,
            backoff_max=LONGEST_WAIT,
            status_forcelist=PASSING,
            allowed_methods=None,  # a record has its key: twice is once
            raise_on_status=False,
            retry_after_max=LONGEST_WAIT,
        )
        pool = PoolManager(retries=retries, timeout=Timeout(self.timeout), maxsize=2)
        object.__setattr__(self, "pool", pool)

    def changed_since(self, cursor: str) -> Page:
        """The next page after ``cursor``."""
        query = urlencode({"since": cursor, "limit": PAGE} if cursor else {"limit": PAGE})
        return read_page(self._ask("GET", f"/v1/teachers?{query}"))

    def record(self, body: Mapping[str, object], key: str) -> None:
        """Tell of a training or certification once, however often it is sent."""
        content = json.dumps(body, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json", "Idempotency-Key": key}
        self._ask("POST", "/v1/records", headers, content)

    def _ask(
        self, method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes = b""
    ) -> bytes:
        """The content of an answer; an answer that breaks off is asked for again."""
        own = {"Authorization": f"Bearer {self.token}", "Accept": "application/json"}
        for left in range(ATTEMPTS, -1, -1):
            try:
                response = self.pool.request(
                    method,
                    self.address + path,
                    headers={**own, **(headers or {})},
                    body=body or None,
                    preload_content=False,
                    redirect=False,
                )
                content = self._content(response)
            except HTTPError as error:
                if left == 0 or not _broke_off(error):
                    raise AwayError(
                        "Το MySchool δεν απαντά. Δοκιμάστε ξανά σε λίγα λεπτά· αν επιμένει, "
                        "ειδοποιήστε την υπηρεσία λειτουργίας."
                    ) from error
            else:
                if response.status not in DONE:
                    raise _refusal(response, content)
                return content
        raise AssertionError("unreachable")

    def _content(self, response: BaseHTTPResponse) -> bytes:
        """The whole content, never more than ``LARGEST`` and not drop by drop for ever."""
        parts, size, ends = [], 0, time.monotonic() + 4 * self.timeout
        try:
            for part in response.stream(PART):
                parts.append(part)
                size += len(part)
                if size > LARGEST:
                    raise UnreadableAnswerError(
                        f"Το MySchool απάντησε με υπερβολικά μεγάλο μήνυμα. {AGREEMENT}"
                    )
                if time.monotonic() > ends:
                    raise AwayError("Το MySchool απαντά υπερβολικά αργά. Δοκιμάστε ξανά αργότερα.")
        except ServiceError:
            response.close()
            raise
        response.release_conn()
        return b"".join(parts)


def _broke_off(error: HTTPError) -> bool:
    """Whether the answer had begun: what did not begin was tried again already."""
    from urllib3.exceptions import IncompleteRead, ProtocolError

    return isinstance(error, (IncompleteRead, ProtocolError))


def _refusal(response: BaseHTTPResponse, content: bytes) -> ServiceError:
    """What an answer other than success means for whoever asked."""
    status = response.status
    if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        return KeyRefusedError(
            "Το MySchool δεν δέχεται το κλειδί μας. Ζητήστε από την υπηρεσία λειτουργίας να το "
            "ανανεώσει."
        )
    if status == HTTPStatus.GONE:
        return CursorExpiredError(
            "Το MySchool δεν κρατά πια τις αλλαγές από την προηγούμενη λήψη. Ζητήστε πλήρη λήψη."
        )
    if status in PASSING:
        wait = _seconds(response.headers.get("Retry-After", ""))
        again = f" Ζητά να περιμένουμε {wait} δευτερόλεπτα." if wait else ""
        return AwayError(
            f"Το MySchool δεν μπορεί να απαντήσει τώρα (κωδικός {status}).{again} "
            "Δοκιμάστε ξανά αργότερα.",
            wait,
        )
    if status in {HTTPStatus.BAD_REQUEST, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY}:
        return RecordRefusedError(f"Το MySchool δεν το δέχτηκε: {_detail(content)}")
    return UnreadableAnswerError(f"Το MySchool απάντησε με τον κωδικό {status}. {AGREEMENT}")


def _seconds(text: str) -> int:
    return min(int(text), 86_400) if text.isascii() and text.isdecimal() else 0


def _detail(content: bytes) -> str:
    """What the service says of its refusal, in its own words."""
    try:
        found: Any = read_object(content).get("detail")
    except UnreadableAnswerError:
        found = None
    told = " ".join(found.split())[:200] if isinstance(found, str) else ""
    return told or "δεν είπε γιατί. Δείτε το στο MySchool και στείλτε το ξανά."
