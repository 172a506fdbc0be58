"""Archives (πακέτα αρχείων): a ZIP written while it is sent, and what differs in one received.

Neither the writer nor the reader ever holds more than one member in memory.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, NamedTuple

MOMENT = (2000, 1, 1, 0, 0, 0)  # equal members give equal bytes
PIECE = 64 * 1024
END = 22  # the last record of a ZIP, before its comment
TAIL = END + 0xFFFF
LIST = 6 * 1024 * 1024
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
)


class Told(NamedTuple):
    """What a manifest says of a file (εγγραφή καταλόγου)."""

    sha256: str
    size: int


@dataclass(frozen=True)
class Differences:
    """In what an archive differs from its manifest (διαφορές), by name of file."""

    changed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    added: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.changed or self.missing or self.added)


class UnreadableArchiveError(Exception):
    """A file that is no ZIP, or has more members than any of ours."""


class _Sink(io.RawIOBase):
    """Takes what the writer says and gives it on."""

    def __init__(self) -> None:
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: object, /) -> int:
        taken = bytes(data)  # type: ignore[call-overload]
        self._held += taken
        return len(taken)

    def taken(self) -> bytes:
        found, self._held = bytes(self._held), bytearray()
        return found


def stream(members: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """The bytes of a ZIP with these members, in pieces; equal members give equal bytes."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in members:
            info = zipfile.ZipInfo(name, MOMENT)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, content)
            yield sink.taken()
    yield sink.taken()


def opened(upload: IO[bytes]) -> zipfile.ZipFile:
    """The archive of an upload; UnreadableArchiveError when it is none, or lists too much."""
    if not _lists_little(upload):
        raise UnreadableArchiveError
    try:
        return zipfile.ZipFile(upload)
    except BROKEN as error:
        raise UnreadableArchiveError from error


def _lists_little(upload: IO[bytes]) -> bool:
    """Whether the list of members, which is read as a whole, is as short as ours ever are."""
    size = upload.seek(0, io.SEEK_END)
    upload.seek(max(0, size - TAIL))
    tail = upload.read(TAIL)
    start = tail.rfind(b"PK\5\6")
    whole = start >= 0 and start + END <= len(tail)
    extended = tail[max(0, start - 20) : max(0, start - 16)] == b"PK\6\7"
    return whole and not extended and int.from_bytes(tail[start + 12 : start + 16], "little") < LIST


def member(archive: zipfile.ZipFile, name: str, limit: int) -> bytes | None:
    """A member of at most ``limit`` bytes; None where it is missing, larger or broken."""
    try:
        with archive.open(name) as handle:
            content = handle.read(limit + 1)
    except (KeyError, *BROKEN):
        return None
    return content if len(content) <= limit else None


def differences(archive: zipfile.ZipFile, told: Mapping[str, Told]) -> Differences:
    """Every file that is not what the manifest says, that is not there, or that is one too many."""
    held = Counter(info.filename for info in archive.infolist())
    return Differences(
        tuple(n for n, said in told.items() if n in held and not _same(archive, n, said)),
        tuple(name for name in told if name not in held),
        tuple(name for name, times in held.items() if name not in told or times > 1),
    )


def _same(archive: zipfile.ZipFile, name: str, told: Told) -> bool:
    digest, size = hashlib.sha256(), 0
    try:
        with archive.open(name) as handle:
            while piece := handle.read(PIECE):
                size += len(piece)
                if size > told.size:
                    return False
                digest.update(piece)
    except BROKEN:
        return False
    return (digest.hexdigest(), size) == told
