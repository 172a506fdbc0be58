"""The manifest of a pack (κατάλογος πακέτου): as JSON, and as a numbered, sealed document."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse

from didaskaleio.completion.documents.attendance import SPECIMEN, authority_lines
from didaskaleio.completion.models import Pack
from didaskaleio.completion.queries import dossiers as found_in
from didaskaleio.kernel import files, greek, sampling
from didaskaleio.kernel.documents import Kind, declare
from didaskaleio.kernel.files import Kind as FileKind
from didaskaleio.structures.queries import project_text

FORMAT = "didaskaleio-pack-1"


def manifest_of(pack: Pack) -> dict[str, Any]:
    """What the manifest says: whose, why, by which sample, every file with its digest."""
    units = pack.units.select_related("programme__period")
    return {
        "format": FORMAT,
        "code": pack.code,
        "number": pack.number,
        "kind": pack.kind,
        "body": pack.body.name,
        "project": pack.project.code if pack.project else "",
        "reason": pack.reason,
        "parts": pack.parts,
        "sealed_at": pack.sealed_at.isoformat() if pack.sealed_at else "",
        "sample": _sample(pack),
        "programmes": [
            {"key": found_in.key_of(unit.programme), "missing": unit.missing} for unit in units
        ],
        "files": [
            {
                "path": item.path,
                "title": item.title,
                "sha256": item.file.sha256,
                "size": item.file.size,
            }
            for item in pack.items.select_related("file")
        ],
    }


def _sample(pack: Pack) -> dict[str, Any] | None:
    if not pack.seed:
        return None
    told = {"seed": pack.seed, "size": pack.size, "population": pack.population}
    return told | {"rule": sampling.RULE}


def pack_data(pack: Pack) -> dict[str, Any]:
    """The manifest as people read it; ``issue`` adds number, day and seal."""
    funded = project_text(pack.project_id, pack.sealed_at or pack.at)
    items = pack.items.select_related("file")
    units = pack.units.select_related("programme__period")
    return {
        "document": {
            "title": "Κατάλογος πακέτου τεκμηρίων",
            "authority": authority_lines(pack.body),
            "place": "Αθήνα",
            "date": SPECIMEN,
            "number_label": "Αριθμός:",
            "number": SPECIMEN,
        },
        "body": pack.body.name,
        "sealed_at": "",
        "fields": _fields(pack),
        "digest": _groups(pack.digest),
        "lines": [[item.path, item.title, _groups(item.file.sha256)] for item in items],
        "missing": [
            [found_in.key_of(unit.programme), each["title"], each["waits_for"] or "–"]
            for unit in units
            for each in unit.missing
        ],
        "cofunding": {"text": funded, "logos": []} if funded else None,
    }


def _groups(digest: str) -> str:
    """A digest in groups of eight, as people compare it."""
    return " ".join(digest[start : start + 8] for start in range(0, len(digest), 8))


def _fields(pack: Pack) -> list[list[str]]:
    rows = [["Είδος", str(pack.get_kind_display())], ["Λόγος", pack.reason]]
    if pack.project:
        rows.append(["Πράξη", f"{pack.project.code} {pack.project.title}"])
    if pack.programme:
        rows.append(["Πρόγραμμα", f"{pack.programme.code}, {pack.programme.centre.name}"])
    if pack.seed:
        chosen = f"{pack.units.count()} από {pack.population} προγράμματα"
        rows += [["Δείγμα", chosen], ["Σπόρος", pack.seed], ["Κανόνας", sampling.RULE]]
    asked = f"{pack.by}, {greek.long_moment(pack.at)}"
    address = f"{settings.BASE_URL}{reverse('completion:pack-verify')}"
    checked = f"{pack.code}, {address}"
    return [*rows, ["Ζητήθηκε από", asked], ["Έλεγχος του πακέτου", checked]]


PACK_PDF = declare(
    Kind(
        name="completion.pack",
        title="Κατάλογος πακέτου τεκμηρίων",
        template=Path(__file__).parents[1] / "typst" / "pack.typ",
        permission="pack.read",
        series="completion.pack",
        data=pack_data,
    )
)
MANIFEST = files.declare(
    FileKind("completion.manifest", "Κατάλογος πακέτου (JSON)", "pack.read", ("text/plain",))
)
PACK_PAGE = files.declare(
    FileKind("completion.pack_page", "Έντυπο πακέτου τεκμηρίων", "pack.read", (files.PDF,))
)
MEASURE_PAPER = files.declare(
    FileKind(
        "completion.measure",
        "Τεκμήριο ενέργειας Πράξης",
        "measure.keep",
        (files.PDF, *files.IMAGES),
    )
)
