"""Whether an archive is what was sealed (έλεγχος πακέτου), and in what it differs."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import IO, Any

from didaskaleio.completion.models import Pack
from didaskaleio.completion.queries.dossiers import packs
from didaskaleio.kernel import archives, files
from didaskaleio.kernel.archives import Differences, Told

MANIFEST, DOCUMENT = "manifest.json", "manifest.pdf"
LARGEST = 20 * files.MEGABYTE


@dataclass(frozen=True)
class Checked:
    """The answer about an archive (ετυμηγορία): of which pack it is, what differs."""

    pack: Pack | None
    title: str
    sentence: str
    differences: Differences = field(default_factory=Differences)

    @property
    def good(self) -> bool:
        return self.pack is not None and not self.differences


def told_of(pack: Pack) -> dict[str, Told]:
    """Every file of the archive with its digest, from the manifest that we keep."""
    assert pack.manifest is not None  # noqa: S101 - only of sealed packs
    assert pack.document is not None  # noqa: S101
    manifest: dict[str, Any] = json.loads(files.read(pack.manifest))
    told = {one["path"]: Told(one["sha256"], one["size"]) for one in manifest["files"]}
    for name, file in ((MANIFEST, pack.manifest), (DOCUMENT, pack.document.file)):
        told[name] = Told(file.sha256, file.size)
    return told


def verified(upload: IO[bytes]) -> Checked:
    """Compare an archive with the manifest that was sealed under its code."""
    try:
        archive = archives.opened(upload)
    except archives.UnreadableArchiveError:
        return Checked(
            None,
            "Το αρχείο δεν διαβάζεται",
            "Δεν είναι αρχείο ZIP ή είναι κατεστραμμένο. Κατεβάστε το ξανά και δοκιμάστε πάλι.",
        )
    with archive:
        pack = _of_code(_code(archives.member(archive, MANIFEST, LARGEST)))
        if pack is None:
            return Checked(
                None,
                "Το πακέτο δεν αναγνωρίζεται",
                "Λείπει ή αλλοιώθηκε ο κατάλογος manifest.json, ή το πακέτο δεν εκδόθηκε από εδώ.",
            )
        return _judged(pack, archives.differences(archive, told_of(pack)))


def _judged(pack: Pack, found: Differences) -> Checked:
    if not found:
        return Checked(
            pack,
            "Το πακέτο είναι ακέραιο",
            "Κάθε αρχείο είναι ακριβώς αυτό που σφραγίστηκε και δεν λείπει κανένα.",
        )
    return Checked(
        pack,
        "Το πακέτο δεν είναι αυτό που σφραγίστηκε",
        "Μην το δεχτείτε: ζητήστε νέο αντίγραφο από τον φορέα. Διαφέρουν όσα γράφονται παρακάτω.",
        found,
    )


def _code(content: bytes | None) -> str:
    try:
        found = json.loads(content or b"")
    except (ValueError, RecursionError):
        return ""
    return str(found.get("code", ""))[:16] if isinstance(found, dict) else ""


def _of_code(code: str) -> Pack | None:
    if not code or "\0" in code:
        return None
    return packs().filter(code=code, manifest__isnull=False).first()
