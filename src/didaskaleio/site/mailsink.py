"""Αλληλογραφία της επίδειξης (mail sink): a real SMTP server that keeps letters and sends none."""

from __future__ import annotations

import asyncio
import email
import email.policy
import os
import secrets
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import TYPE_CHECKING, Any, Self
from weakref import WeakSet

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

LARGEST = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Letter:
    """Μήνυμα as kept: ``date`` is aware, ``text`` plain, ``attachments`` their file names."""

    subject: str
    to: str
    date: datetime
    text: str
    attachments: tuple[str, ...]


class _Keeper:
    """Writes each message whole into the folder: a reader never sees half a letter."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        name = f"{time.time_ns():020}-{secrets.token_hex(4)}"
        draft = self.folder / f".{name}"
        draft.write_bytes(envelope.content)
        os.replace(draft, self.folder / f"{name}.eml")  # noqa: PTH105 - says atomic
        return "250 OK"


class Loopback:
    """Διακομιστής SMTP on the loopback, in a thread; ``address`` is ``host:port`` once entered.

    ``handler`` decides about each letter, as aiosmtpd calls it.
    """

    def __init__(self, handler: object, port: int = 0) -> None:
        self.address = ""
        self._handler, self._port = handler, port
        self._talks: WeakSet[Any] = WeakSet()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        opened = asyncio.run_coroutine_threadsafe(self._open(), self._loop)
        self._server = opened.result(timeout=10)
        self.address = f"127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(timeout=10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=5)
        self._loop.close()

    async def _open(self) -> asyncio.Server:
        return await self._loop.create_server(self._talk, host="127.0.0.1", port=self._port)

    def _talk(self) -> Any:
        from aiosmtpd.smtp import SMTP

        talk = SMTP(self._handler, enable_SMTPUTF8=True, data_size_limit=LARGEST, loop=self._loop)
        self._talks.add(talk)
        return talk

    async def _end(self) -> None:
        """Whoever still talks is cut off, and the loop closes with nothing left open in it.

        The server closes last: asyncio leaves a connection open that it was just accepting.
        """
        while others := asyncio.all_tasks() - {asyncio.current_task()}:
            for talk in self._talks:
                if talk.transport is not None:
                    talk.transport.abort()
            await asyncio.wait(others, return_when=asyncio.FIRST_COMPLETED)
        self._server.close()
        await asyncio.sleep(0)  # the last connection hears that it is lost


class MailSink(Loopback):
    """Αλληλογραφία που κρατιέται: every letter becomes a file of ``folder``."""

    def __init__(self, folder: Path, port: int = 0) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        super().__init__(_Keeper(folder), port)


def read_messages(folder: Path, limit: int) -> list[Letter]:
    """Μηνύματα που κρατήθηκαν: the newest ``limit`` of the folder, newest first."""
    names = sorted(folder.glob("*.eml"), reverse=True)[:limit]
    return [_letter(path) for path in names]


def _letter(path: Path) -> Letter:
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert isinstance(message, EmailMessage)  # noqa: S101 - what this policy makes
    body = message.get_body(("plain", "html"))
    return Letter(
        subject=str(message["Subject"] or ""),
        to=str(message["To"] or ""),
        date=datetime.fromtimestamp(int(path.name[:20]) / 1e9, UTC),
        text=body.get_content().strip() if body else "",
        attachments=tuple(part.get_filename("") for part in message.iter_attachments()),
    )
