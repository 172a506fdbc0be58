"""Επαλήθευση αρχείων (verifying): every stored file is there, with the content that was stored."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.core.files.storage import default_storage

from didaskaleio.kernel.models import JournalEntry, StoredFile
from didaskaleio.kernel.outage import StoreAwayError


@dataclass(frozen=True)
class Report:
    """What was found; ``faults`` are Greek sentences, one for each file that is not as stored."""

    files: int
    entries: int
    faults: tuple[str, ...]

    def __str__(self) -> str:
        return (
            f"αρχεία: {self.files}, λάθη: {len(self.faults)}, εγγραφές ημερολογίου: {self.entries}"
        )


def verify() -> Report:
    """Read every stored file; memory does not grow with their number or size.

    Raises :class:`StoreAwayError` when the store of files does not answer.
    """
    count, faults = 0, []
    for stored in StoredFile.objects.order_by("pk").iterator(chunk_size=1_000):
        count += 1
        if fault := _fault(stored):
            faults.append(f"{stored.path}: {fault}")
    return Report(count, JournalEntry.objects.count(), tuple(faults))


def _fault(stored: StoredFile) -> str:
    try:
        with default_storage.open(stored.path) as content:
            digest = hashlib.file_digest(content, "sha256")
    except StoreAwayError:
        raise  # says nothing about this file
    except OSError:
        return "λείπει ή δεν διαβάζεται"
    return "" if digest.hexdigest() == stored.sha256 else "άλλαξε το περιεχόμενό του"
