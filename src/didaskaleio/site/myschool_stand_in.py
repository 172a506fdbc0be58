"""MySchool της επίδειξης (stand-in): a real HTTP service that speaks the published agreement.

Its teachers are lines of ``teachers.tsv`` in a folder (day, ΑΦΜ, JSON), each a change; what it
is told stands in ``records.jsonl``. The demonstration and the tests start it; nothing of it runs
in production.
"""

from __future__ import annotations

import base64
import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

TOKEN = "token-of-the-demonstration"  # noqa: S105 - public by purpose, on the loopback only
TEACHERS, RECORDS = "teachers.tsv", "records.jsonl"
LARGEST, MOST = 1 << 20, 1_000
Answer = tuple[int, dict[str, Any]]


@dataclass
class Fault:
    """One answer that goes wrong (βλάβη): of the next request, once."""

    status: int = HTTPStatus.OK
    content: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    hangs: float = 0.0
    cut: bool = False


class StandIn:
    """Υπηρεσία MySchool on the loopback, in threads; ``address`` is known once entered.

    ``faults`` are answered first; ``first_kept`` is the first change that it still remembers.
    """

    def __init__(self, folder: Path, port: int = 0, token: str = TOKEN) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.token = folder, token
        self.faults: list[Fault] = []
        self.first_kept = 0
        self.asked: list[str] = []
        self._port, self._lock = port, threading.Lock()
        self._register = _Register(folder / TEACHERS)

    def __enter__(self) -> Self:
        self._server = _Server(("127.0.0.1", self._port), _Handler)
        self._server.owner = self
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def change(self, *teachers: Mapping[str, Any], as_of: date) -> None:
        """Teachers as they are from now on, at the end of what is known."""
        with self._lock, (self.folder / TEACHERS).open("a", encoding="utf-8") as out:
            for teacher in teachers:
                out.write(_line(as_of, teacher["afm"], json.dumps(teacher, ensure_ascii=False)))

    def forget(self) -> None:
        """Nobody is known any more."""
        with self._lock:
            (self.folder / TEACHERS).unlink(missing_ok=True)
            self._register = _Register(self.folder / TEACHERS)

    def records(self) -> list[dict[str, Any]]:
        """What it was told, in order, each with its ``key``."""
        path = self.folder / RECORDS
        lines = path.read_text("utf-8").splitlines() if path.exists() else []
        return [json.loads(line) for line in lines]

    def page(self, since: str, limit: int) -> Answer:
        """Answer of ``GET /v1/teachers``."""
        with self._lock:
            known = self._register
            known.read_on()
            start = _opened(since)
            if start is None or start > known.length or (since and start < self.first_kept):
                return _problem(HTTPStatus.GONE, "Οι αλλαγές δεν κρατιούνται πια.")
            waiting = [n for n in known.latest.values() if n >= start]
            waiting.sort()
            shown = waiting[:limit]
            end = shown[-1] + 1 if len(shown) < len(waiting) else known.length
            return HTTPStatus.OK, {
                "as_of": known.as_of,
                "teachers": [json.loads(known.teachers[n]) for n in shown],
                "next": base64.urlsafe_b64encode(f"change:{end}".encode()).decode(),
                "remaining": len(waiting) - len(shown),
            }

    def keep(self, key: str, record: Mapping[str, Any]) -> Answer:
        """Answer of ``POST /v1/records``."""
        with self._lock:
            self._register.read_on()
            if any(line["key"] == key for line in self.records()):
                return HTTPStatus.OK, {"number": record["number"]}
            if record["afm"] not in self._register.latest:
                told = f"Δεν υπάρχει εκπαιδευτικός με Α.Φ.Μ. {record['afm'] or '(κενό)'}."
                return _problem(HTTPStatus.UNPROCESSABLE_ENTITY, told)
            with (self.folder / RECORDS).open("a", encoding="utf-8") as out:
                out.write(json.dumps({"key": key, **record}, ensure_ascii=False) + "\n")
        return HTTPStatus.CREATED, {"number": record["number"]}


class _Register:
    """The changes of a file as far as it was read; ``latest`` is ΑΦΜ → place of the last one."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._forget()

    def _forget(self) -> None:
        self.teachers: list[str] = []
        self.latest: dict[str, int] = {}
        self.as_of, self._read = date.min.isoformat(), 0

    @property
    def length(self) -> int:
        return len(self.teachers)

    def read_on(self) -> None:
        """Read what was written since; a file that was begun anew is read anew."""
        size = self.path.stat().st_size if self.path.exists() else 0
        if size < self._read:
            self._forget()
        if size == self._read:
            return
        with self.path.open("rb") as content:
            content.seek(self._read)
            for line in content:
                day, afm, teacher = line.decode().rstrip("\n").split("\t", 2)
                self.latest[afm] = len(self.teachers)
                self.teachers.append(teacher)
                self.as_of = day
            self._read = content.tell()


def _line(as_of: date, afm: str, teacher: str) -> str:
    return f"{as_of.isoformat()}\t{afm}\t{teacher}\n"


def _opened(cursor: str) -> int | None:
    """The place behind a cursor; 0 without one, None for one that is not ours."""
    if not cursor:
        return 0
    try:
        word, _, place = base64.urlsafe_b64decode(cursor.encode()).decode().partition(":")
        return int(place) if word == "change" else None
    except ValueError:
        return None


def _problem(status: int, detail: str) -> Answer:
    return status, {"title": HTTPStatus(status).phrase, "detail": detail}


class _Server(ThreadingHTTPServer):
    """Whose answers the threads give."""

    daemon_threads = True
    owner: StandIn


class _Handler(BaseHTTPRequestHandler):
    """One request: a fault that waits, else the token, else the answer."""

    protocol_version = "HTTP/1.1"
    timeout = 60
    server: _Server

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        given = {name: values[-1] for name, values in parse_qs(url.query).items()}
        limit = given.get("limit", "")
        most = min(int(limit), MOST) if limit.isdecimal() and int(limit) else MOST
        self._answer("/v1/teachers", lambda: self.server.owner.page(given.get("since", ""), most))

    def do_POST(self) -> None:
        size = self.headers.get("Content-Length", "")
        body = self.rfile.read(min(int(size), LARGEST) if size.isdecimal() else 0)
        key = self.headers.get("Idempotency-Key", "")
        self._answer("/v1/records", lambda: self.server.owner.keep(key, json.loads(body)))

    def _answer(self, known: str, act: Callable[[], Answer]) -> None:
        owner = self.server.owner
        owner.asked.append(f"{self.command} {self.path}")
        if owner.faults:
            self._fail(owner.faults.pop(0))
            return
        if self.headers.get("Authorization") != f"Bearer {owner.token}":
            status, found = _problem(HTTPStatus.UNAUTHORIZED, "Άγνωστο κλειδί.")
        elif urlsplit(self.path).path != known:
            status, found = _problem(HTTPStatus.NOT_FOUND, "Δεν υπάρχει.")
        else:
            status, found = act()
        self._write(status, json.dumps(found, ensure_ascii=False).encode(), {})

    def _fail(self, fault: Fault) -> None:
        time.sleep(fault.hangs)
        self._write(fault.status, fault.content, fault.headers, more=100 * fault.cut)
        self.close_connection = fault.cut

    def _write(
        self, status: int, content: bytes, headers: Mapping[str, str], more: int = 0
    ) -> None:
        good = status < HTTPStatus.BAD_REQUEST
        self.send_response(status)
        self.send_header("Content-Type", f"application/{'json' if good else 'problem+json'}")
        self.send_header("Content-Length", str(len(content) + more))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        """Nothing: ``asked`` tells."""
