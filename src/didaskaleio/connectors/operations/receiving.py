"""Receiving an export (παραλαβή εξαγωγής): looked into, stored, its columns named."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, BinaryIO

from django.core.files.storage import default_storage
from django.db import transaction
from django.urls import reverse

from didaskaleio.connectors import myschool
from didaskaleio.connectors.errors import (
    EarlierError,
    FileLostError,
    HeadingsError,
    MappingError,
)
from didaskaleio.connectors.lifecycle import IMPORT
from didaskaleio.connectors.models import KnownHeadings, TeacherImport
from didaskaleio.connectors.myschool import Heading, heading_of
from didaskaleio.kernel import access, files, greek, jobs, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.clock import ATHENS
from didaskaleio.kernel.models import Work
from didaskaleio.kernel.sheets.spooling import SHEETS, spooled

IMPORT.model = TeacherImport
TOP = 25
log = logging.getLogger(__name__)
CHUNK = 1 << 20
LABELS = {field.name: field.label for field in myschool.FIELDS}
NEEDED = tuple(field.name for field in myschool.FIELDS if field.required)
OF_SCHOOL = ("hours", "organic", "valid_from", "valid_until")
EXPORT = files.declare(
    files.Kind(
        "connectors.export",
        "Εξαγωγή του MySchool",
        "myschool.import",
        SHEETS,
        limit=64 * files.MEGABYTE,
    )
)


def receive(
    upload: BinaryIO | Any, name: str, *, as_of: date, whole: bool, actor: Actor, at: datetime
) -> TeacherImport:
    """Παραλαβή: store an export whose facts are of day ``as_of``, with the columns that it tells.

    Refuses what is no sheet (:class:`SheetError`), has no headings, or is of a day to come.
    """
    access.require(actor, "myschool.import")
    if as_of > at.astimezone(ATHENS).date():
        raise EarlierError("Η ημερομηνία των στοιχείων δεν έφτασε ακόμη. Διορθώστε την.")
    with spooled(upload, EXPORT) as path:
        heading = _heading(path)
    upload.seek(0)
    known = KnownHeadings.objects.filter(fingerprint=myschool.fingerprint(heading.cells)).first()
    with transaction.atomic():
        row = TeacherImport.objects.create(
            as_of=as_of,
            whole=whole,
            name=greek.clean(Path(name.replace("\\", "/")).name)[:200] or "αρχείο",
            heading=list(heading.cells),
            heading_line=heading.last,
            columns=_places(known.fields, heading.cells) if known else heading.columns,
            at=at,
        )
        row.file = files.accept(EXPORT, upload, name, row, actor=actor, at=at)
        row.save(update_fields=["file"])
        journal.write(row, "Παραλήφθηκε το αρχείο", actor=actor, at=at, name=row.name)
    return row


def _heading(path: Path) -> Heading:
    """The headings: those recognised, else the first line with some cells, to be mapped."""
    top = list(islice(myschool.rows(path), TOP))
    found = myschool.find_heading(top)
    if found:
        return found
    for number, row in enumerate(top, 1):
        if sum(bool(cell.strip()) for cell in row) >= len(NEEDED):
            return heading_of(row, number)
    raise HeadingsError(
        "Δεν βρέθηκαν επικεφαλίδες στις πρώτες γραμμές του αρχείου. Χρειάζονται τουλάχιστον "
        "Α.Φ.Μ., επώνυμο, όνομα, ειδικότητα και σχέση εργασίας."
    )


def _places(fields: Mapping[str, str], cells: tuple[str, ...]) -> dict[str, int]:
    """Field → column, for headings that were mapped before in some order."""
    return {name: cells.index(cell) for name, cell in fields.items() if cell in cells}


@contextmanager
def opened(row: TeacherImport) -> Iterator[Path]:
    """The stored export on the local disk; :class:`FileLostError` when it is no longer whole."""
    assert row.file is not None  # noqa: S101 - an import without its file is never committed
    with NamedTemporaryFile(prefix="export-") as copy:
        if _copied(row.file.path, copy) != row.file.sha256:
            log.error("stored file %s is missing or does not match its hash", row.file.key)
            raise FileLostError(
                "Το αρχείο της εξαγωγής δεν βρίσκεται πια ακέραιο στην αποθήκη. Απορρίψτε αυτή "
                "την εισαγωγή, ανεβάστε το αρχείο ξανά και ειδοποιήστε την υπηρεσία λειτουργίας."
            )
        yield Path(copy.name)


def _copied(path: str, copy: Any) -> str:
    """Copy a stored file; its hash, empty when it is not there."""
    digest = hashlib.sha256()
    try:
        with default_storage.open(path) as content:
            while part := content.read(CHUNK):
                digest.update(part)
                copy.write(part)
    except FileNotFoundError:
        return ""
    copy.flush()
    return digest.hexdigest()


@IMPORT.performs("map")
def map_columns(
    row: TeacherImport, *, columns: Mapping[str, int], actor: Actor, at: datetime
) -> None:
    """Αντιστοίχιση στηλών: field → column; remembered for these headings; the comparison begins."""
    _check_columns(columns, len(row.heading))
    row.columns = dict(columns)
    KnownHeadings.objects.update_or_create(
        fingerprint=myschool.fingerprint(row.heading),
        defaults={"fields": {n: row.heading[c] for n, c in columns.items()}, "at": at},
    )
    row.changes.all().delete()
    begin(row, "compare", "Σύγκριση με όσα έχουμε", actor=actor, at=at)


def _check_columns(columns: Mapping[str, int], width: int) -> None:
    missing = [LABELS[name] for name in NEEDED if name not in columns]
    if missing:
        raise MappingError(f"Διαλέξτε στήλη και για: {', '.join(missing)}.")
    if "school" in columns and "hours" not in columns:
        raise MappingError("Μαζί με το σχολείο χρειάζεται η στήλη με τις ώρες διδασκαλίας.")
    if "school" not in columns and any(name in columns for name in OF_SCHOOL):
        raise MappingError("Ώρες και ημερομηνίες υπηρέτησης χρειάζονται τη στήλη του σχολείου.")
    if len(set(columns.values())) < len(columns):
        raise MappingError("Η ίδια στήλη δόθηκε σε δύο στοιχεία. Διαλέξτε μία για το καθένα.")
    if any(not 0 <= place < width or name not in LABELS for name, place in columns.items()):
        raise MappingError("Η στήλη δεν υπάρχει στο αρχείο. Διαλέξτε από τον κατάλογο.")


def begin(row: TeacherImport, job: str, title: str, *, actor: Actor, at: datetime) -> None:
    """Begin one of the long acts on an import, with a bar for whoever did so."""
    url = reverse("connectors:import", args=[row.pk])
    row.work = bar(f"connectors.{job}", f"{row}: {title}", url, actor=actor, at=at)
    jobs.enqueue(f"connectors.{job}", pk=row.pk, work=row.work.pk if row.work else 0)


def bar(kind: str, title: str, url: str, *, actor: Actor, at: datetime) -> Work | None:
    """The bar of an act (γραμμή προόδου); none for what happens by the clock."""
    if actor.user_id is None:
        return None
    return jobs.begin(kind, title[:200], actor=actor, at=at, total=100, url=url)


@IMPORT.performs("discard")
def discard(row: TeacherImport, *, actor: Actor, at: datetime) -> None:
    """Απόρριψη: nothing of it is applied; the lines go, the file and its history stay."""
    row.changes.all().delete()
