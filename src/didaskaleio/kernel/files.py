"""Files (αρχεία): private, typed by content, measured, hashed, streamed by permission."""

from __future__ import annotations

import hashlib
import logging
import os
import re
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import PurePath
from typing import Any, BinaryIO

import filetype
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import Model

from didaskaleio.kernel import greek, journal, outage, packages
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.models import StoredFile

MEGABYTE = 1024 * 1024
PDF = "application/pdf"
IMAGES = ("image/png", "image/jpeg")
PRESENTATIONS = (packages.PPTX, packages.ODP)
NAMES = {
    PDF: "PDF",
    packages.PPTX: "PPTX",
    packages.ODP: "ODP",
    packages.XLSX: "XLSX",
    packages.ZIP: "ZIP",
    "image/png": "PNG",
    "image/jpeg": "JPEG",
}
SAID = {
    packages.Fault.BROKEN: (
        "Το αρχείο είναι κατεστραμμένο και δεν ανοίγει. Αποθηκεύστε το ξανά και δοκιμάστε πάλι."
    ),
    packages.Fault.LOCKED: (
        "Το αρχείο είναι κλειδωμένο με κωδικό. Αποθηκεύστε το χωρίς κωδικό και δοκιμάστε πάλι."
    ),
    packages.Fault.PATHS: (
        "Το αρχείο έχει μέσα ονόματα που οδηγούν έξω από αυτό. "
        "Φτιάξτε το ξανά από έναν απλό φάκελο."
    ),
    packages.Fault.MACROS: (
        "Το αρχείο έχει μακροεντολές. Αποθηκεύστε το χωρίς αυτές, π.χ. ως PPTX ή PDF."
    ),
    packages.Fault.PROGRAMS: (
        "Το αρχείο έχει μέσα πρόγραμμα ή αντικείμενο άλλης εφαρμογής. "
        "Αφαιρέστε το και δοκιμάστε πάλι."
    ),
    packages.Fault.SWOLLEN: (
        "Το αρχείο μεγαλώνει υπερβολικά όταν ανοίξει και δεν αποθηκεύτηκε. "
        "Μικρύνετε ό,τι περιέχει ή χωρίστε το."
    ),
    packages.Fault.LINKS: (
        "Η παρουσίαση φορτώνει περιεχόμενο από αλλού. "
        "Ενσωματώστε εικόνες και βίντεο στο αρχείο και δοκιμάστε πάλι."
    ),
}
Scan = Callable[[bytes], bool]
ORPHAN = timedelta(hours=6)  # longer than any act may take
KEY = re.compile("[0-9a-f]{32}")
log = logging.getLogger(__name__)


class FileRefusedError(Refusal):
    """A file that is too large, empty, of another type than allowed, or infected."""


@dataclass(frozen=True)
class Kind:
    """What one kind of file may be, and which permission (on its subject) opens it."""

    name: str
    title: str
    permission: str
    types: tuple[str, ...]
    limit: int = 10 * MEGABYTE


kinds: dict[str, Kind] = {}
scanners: list[Scan] = []


def declare(kind: Kind) -> Kind:
    """Declare a kind of file; a repeated name is refused."""
    if kind.name in kinds:
        raise ValueError(f"file kind {kind.name} is declared twice")
    kinds[kind.name] = kind
    return kind


def sniff(content: bytes) -> str:
    """The content type by what the bytes are, whatever the name says."""
    if content.startswith(packages.HEAD):
        return packages.type_of(content)
    guess: Any = filetype.guess(content[:8192])  # type: ignore[no-untyped-call]
    if guess is not None:
        return str(guess.mime)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return "application/octet-stream"
    return "application/octet-stream" if "\0" in text else "text/plain"


def accept(
    kind: Kind, upload: BinaryIO | Any, name: str, subject: Model, *, actor: Actor, at: datetime
) -> StoredFile:
    """Check and store an uploaded file of ``kind`` about ``subject``."""
    content = upload.read(kind.limit + 1)
    if not content:
        raise FileRefusedError("Το αρχείο είναι κενό. Επιλέξτε άλλο αρχείο.")
    if len(content) > kind.limit:
        size = kind.limit // MEGABYTE
        raise FileRefusedError(f"Το αρχείο ξεπερνά τα {size} MB. Επιλέξτε μικρότερο αρχείο.")
    _check_type(kind, content)
    if any(scan(content) for scan in scanners):
        raise FileRefusedError("Το αρχείο φαίνεται μολυσμένο και δεν αποθηκεύτηκε.")
    return store(kind, content, name, subject, actor=actor, at=at)


def _check_type(kind: Kind, content: bytes) -> None:
    if sniff(content) not in kind.types:
        allowed = ", ".join(sorted({named(mime) for mime in kind.types}))
        raise FileRefusedError(
            f"Δεκτά είναι μόνο αρχεία {allowed}. Μετατρέψτε το και δοκιμάστε ξανά."
        )
    fault = packages.fault_of(BytesIO(content)) if content.startswith(packages.HEAD) else None
    if fault is not None:
        raise FileRefusedError(SAID[fault])


def named(mime: str) -> str:
    """A content type as people call it."""
    return NAMES.get(mime) or mime.rpartition("/")[2].upper()


def store(
    kind: Kind, content: bytes, name: str, subject: Model, *, actor: Actor, at: datetime
) -> StoredFile:
    """Store bytes that the platform itself made or has checked.

    First the file, then its row: a row never stands without its file. Raises
    :class:`outage.NoRoomError` when the disk is full or the store of files away; then neither is
    kept. A file whose row is
    rolled back later goes with :func:`sweep`.
    """
    return store_many(kind, [(content, name, subject)], actor=actor, at=at)[0]


def store_many(
    kind: Kind, items: Iterable[tuple[bytes, str, Model]], *, actor: Actor, at: datetime
) -> list[StoredFile]:
    """Store many: content, name and subject of each."""
    return StoredFile.objects.bulk_create(
        [_kept(kind, content, name, thing, actor, at) for content, name, thing in items]
    )


def _kept(
    kind: Kind, content: bytes, name: str, subject: Model, actor: Actor, at: datetime
) -> StoredFile:
    """The bytes in the store; the row that will name them."""
    safe = greek.clean(PurePath(name.replace("\\", "/")).name)[:200] or "αρχείο"
    key = uuid.uuid4()
    path = _written(f"{kind.name}/{key.hex[:2]}/{key.hex}", content)
    return StoredFile(
        key=key,
        kind=kind.name,
        subject=journal.label(subject),
        subject_id=subject.pk,
        name=safe,
        content_type=sniff(content),
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        path=path,
        owner_id=actor.user_id,
        at=at,
    )


def _written(path: str, content: bytes) -> str:
    """Write a file whole or not at all; its name in the store."""
    try:
        return default_storage.save(path, ContentFile(content))
    except OSError as error:
        if outage.store_away(error):  # what it took nevertheless is swept
            raise outage.no_store() from error
        _drop(path)
        if outage.disk_full(error):
            raise outage.no_room() from error
        raise


def _drop(path: str) -> None:
    try:
        default_storage.delete(path)
    except OSError:
        log.exception("a half file stays at %s until it is swept", path)


def sweep(now: datetime, part: int) -> int:
    """Delete files that no row names (ορφανά αρχεία), older than six hours; returns how many.

    They are left by acts that were rolled back or killed. ``part`` 0–255 is the folder of every
    kind that is looked at: the whole store has been seen after 256 calls.
    """
    folders = [f"{kind}/{part:02x}" for kind in kinds]
    return sum(_sweep(folder, now) for folder in folders)


def _sweep(folder: str, now: datetime) -> int:
    try:
        _, names = default_storage.listdir(folder)
    except (
        FileNotFoundError
    ):  # nothing of this kind and part yet; a store of objects has no folders
        return 0
    found = {uuid.UUID(name): f"{folder}/{name}" for name in names if KEY.fullmatch(name)}
    for key in StoredFile.objects.filter(key__in=found).values_list("key", flat=True):
        del found[key]
    old = [path for path in found.values() if _age(path, now) > ORPHAN]
    for path in old:
        log.warning("no row names %s: it is deleted", path)
        default_storage.delete(path)
    return len(old)


def _age(path: str, now: datetime) -> timedelta:
    return now - default_storage.get_modified_time(path)


def read(stored: StoredFile) -> bytes:
    """The bytes of a stored file; raises when they are no longer those that were stored."""
    with default_storage.open(stored.path) as handle:
        content: bytes = handle.read()
    if hashlib.sha256(content).hexdigest() != stored.sha256:
        raise OSError(f"stored file {stored.key} does not match its hash")
    return content


def free_space(folder: str | os.PathLike[str]) -> int:
    """Free bytes of the disk that holds ``folder``."""
    stat = os.statvfs(folder)
    return stat.f_bavail * stat.f_frsize
