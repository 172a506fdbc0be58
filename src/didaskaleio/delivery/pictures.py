"""Φωτογραφίες (pictures): a JPEG without what a phone writes into it (place, time, owner). Pure."""

from __future__ import annotations

START, END = b"\xff\xd8", b"\xff\xd9"
SCAN, LAST = 0xDA, 0xD9
COMMENT = 0xFE
NOTES = frozenset({*range(0xE1, 0xF0), COMMENT}) - {0xEE}  # 0xEE tells of colours, not of people
ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
ESCAPED = frozenset({0x00, *range(0xD0, 0xD8)})
MARK = 0xFF


class BrokenPictureError(ValueError):
    """Bytes that are not a whole JPEG."""


def stripped(content: bytes) -> bytes:
    """The same picture without EXIF, XMP, comments and other notes of the camera.

    What is appended after the end falls away too. Raises :class:`BrokenPictureError`.
    """
    if not content.startswith(START):
        raise BrokenPictureError("no start")
    kept, at, scanned = [START], 2, False
    while True:
        marker, at = _marker(content, at)
        if marker == LAST:
            if not scanned:
                raise BrokenPictureError("no picture")
            return b"".join([*kept, END])
        if marker in ALONE:
            continue
        end = _segment_end(content, at)
        if marker == SCAN:
            scanned, end = True, _scan_end(content, end)
        if marker not in NOTES:
            kept.append(bytes([MARK, marker]) + content[at:end])
        at = end


def _marker(content: bytes, at: int) -> tuple[int, int]:
    """The marker at ``at``, fill bytes skipped, and where it ends."""
    if content[at : at + 1] != bytes([MARK]):
        raise BrokenPictureError("no marker")
    while content[at : at + 1] == bytes([MARK]):
        at += 1
    if at >= len(content):
        raise BrokenPictureError("cut short")
    return content[at], at + 1


def _segment_end(content: bytes, at: int) -> int:
    size = int.from_bytes(content[at : at + 2], "big")
    if size < 2 or at + size > len(content):  # noqa: PLR2004 - the length counts its own two bytes
        raise BrokenPictureError("cut short")
    return at + size


def _scan_end(content: bytes, at: int) -> int:
    """Where the coded picture ends: at the first marker that is not escaped."""
    while True:
        at = content.find(MARK, at)
        if at < 0 or at + 1 >= len(content):
            raise BrokenPictureError("no end")
        if content[at + 1] not in ESCAPED:
            return at
        at += 2
