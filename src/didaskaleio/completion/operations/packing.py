"""Packs of documents (πακέτα τεκμηρίων): asked for, filled programme by programme, sealed."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.urls import reverse

from didaskaleio.completion.documents import operation
from didaskaleio.completion.documents.packs import MANIFEST, PACK_PAGE, PACK_PDF, manifest_of
from didaskaleio.completion.enums import PackKind, PackState
from didaskaleio.completion.errors import PackError
from didaskaleio.completion.lifecycle import PACK
from didaskaleio.completion.models import Pack, PackItem, PackUnit
from didaskaleio.completion.notices import PACK as PACK_READY
from didaskaleio.completion.queries import dossiers as found_in
from didaskaleio.credentials import operations as credentials
from didaskaleio.kernel import (
    access,
    dossiers,
    files,
    greek,
    jobs,
    journal,
    notices,
    sampling,
)
from didaskaleio.kernel.access import SYSTEM, Actor
from didaskaleio.kernel.dossiers import Entry
from didaskaleio.kernel.models import StoredDocument, StoredFile, Work
from didaskaleio.kernel.typesetting import TypesettingError
from didaskaleio.programmes.models import Programme
from didaskaleio.structures.models import FundedProject

PACK.model = Pack
MARK = "ΤΕ"
KEPT_FOR = timedelta(days=180)
LARGEST = 200  # programmes of a sample
REASON = 300


@dataclass(frozen=True)
class Sample:
    """Which programmes of a project are packed (δείγμα): how many, by which seed."""

    size: int
    seed: str = ""


def pack_programme(programme: Programme, *, reason: str, actor: Actor, at: datetime) -> Pack:
    """Ask for the dossier of a programme as one pack (ο φάκελος ως πακέτο)."""
    access.require(actor, "dossier.pack", programme)
    names = [part.name for part in found_in.parts()]
    pack = Pack(
        kind=PackKind.DOSSIER,
        body=programme.period.action.body,
        project=programme.period.action.project,
        programme=programme,
        parts=names,
    )
    return _begin(pack, [programme.pk], reason, actor, at)


def pack_project(
    project: FundedProject,
    sample: Sample,
    parts: Sequence[str],
    *,
    reason: str,
    actor: Actor,
    at: datetime,
) -> Pack:
    """Ask for an audit pack (πακέτο ελέγχου) of a sample of the programmes that are over."""
    access.require(actor, "project.pack", project)
    known = [part.name for part in found_in.parts() if part.name in parts]
    population = {found_in.key_of(row): row.pk for row in found_in.auditable(project)}
    _require_sample(sample, known, len(population))
    seed = greek.clean(sample.seed).strip()[:64] or secrets.token_hex(16)
    keys = sampling.drawn(population, seed, sample.size)
    pack = Pack(
        kind=PackKind.AUDIT,
        body=project.body,
        project=project,
        parts=known,
        seed=seed,
        size=sample.size,
        population=len(population),
    )
    return _begin(pack, [population[key] for key in keys], reason, actor, at)


def _require_sample(sample: Sample, known: Sequence[str], population: int) -> None:
    if not known:
        raise PackError("Επιλέξτε τουλάχιστον μία ενότητα του φακέλου.", code="parts")
    if not 0 < sample.size <= LARGEST:
        raise PackError(f"Το δείγμα έχει από 1 έως {LARGEST} προγράμματα.", code="size")
    if not population:
        raise PackError(
            "Η Πράξη δεν έχει ακόμη προγράμματα που ολοκληρώθηκαν. "
            "Ζητήστε το πακέτο όταν ολοκληρωθεί το πρώτο.",
            code="size",
        )


def _begin(pack: Pack, programmes: Sequence[int], reason: str, actor: Actor, at: datetime) -> Pack:
    pack.reason = greek.clean(reason).strip()[:REASON]
    if not pack.reason:
        raise PackError("Γράψτε για ποιον λόγο ζητείται το πακέτο.", code="reason")
    credentials.keys_of(pack.body)
    with transaction.atomic():
        pack.by_id, pack.at, pack.code = actor.person_id, at, credentials.new_code()
        pack.work = jobs.begin(
            "completion.pack",
            str(pack.get_kind_display()),
            actor=actor,
            at=at,
            total=len(programmes) + 1,
        )
        pack.save(force_insert=True)
        address = reverse("completion:pack", args=[pack.pk])
        Work.objects.filter(pk=pack.work_id).update(url=address)
        PackUnit.objects.bulk_create(
            PackUnit(pack=pack, programme_id=programme) for programme in programmes
        )
        journal.write(pack, "Ζητήθηκε", actor=actor, at=at, reason=pack.reason)
        jobs.enqueue("completion.pack", pack=pack.pk)
    return pack


def retry(pack: Pack, *, actor: Actor, at: datetime) -> None:
    """Go on with a pack that stopped at a refusal (συνέχιση), after its cause was mended."""
    access.require(actor, "pack.read", pack)
    failed = Work.objects.filter(pk=pack.work_id, state=Work.State.FAILED)
    with transaction.atomic():
        if not failed.update(state=Work.State.WAITING, message=""):
            raise PackError("Το πακέτο ετοιμάζεται ή είναι έτοιμο. Ανανεώστε τη σελίδα.")
        journal.write(pack, "Συνεχίζεται", actor=actor, at=at)
        jobs.enqueue("completion.pack", pack=pack.pk)


def fill(unit_id: int, *, at: datetime) -> bool:
    """List the documents of one programme of a pack; False where somebody did or does it."""
    with transaction.atomic():
        rows = PackUnit.objects.select_for_update(of=("self",), skip_locked=True)
        unit = rows.select_related("pack__by").filter(pk=unit_id, done_at=None).first()
        if unit is None:
            return False
        programme = found_in.programmes().get(pk=unit.programme_id)
        for place, each in enumerate(dossiers.listed(programme, at, unit.pack.parts), start=1):
            folder = f"{found_in.key_of(programme)}/{place:02d}-{each.part.name.replace('.', '-')}"
            there = [entry for entry in each.entries if entry.here]
            _keep(unit.pack, folder, there, at)
            unit.missing += [_lacking(each.part.title, entry) for entry in each.missing]
        unit.done_at = at
        unit.save(update_fields=["missing", "done_at"])
        jobs.advance(unit.pack.work_id)
    return True


def _keep(pack: Pack, folder: str, entries: Sequence[Entry], at: datetime) -> None:
    """The files of one part; what is no file yet is printed and kept with the pack."""
    for number, entry in enumerate(entries, start=1):
        file = entry.file or _printed(pack, entry, at)
        if file is not None:
            files.read(file)  # what does not match its hash is never vouched for
            suffix = file.name.rpartition(".")[2].lower()[:5] or "bin"
            path = f"{folder}/{number:03d}.{suffix}"
            PackItem.objects.create(pack=pack, path=path, title=entry.title[:300], file=file)


def _of_project(pack: Pack, at: datetime) -> list[Entry]:
    """What an audit pack says of the project itself; nothing in the dossier of a programme."""
    project = pack.project
    if pack.kind != PackKind.AUDIT or project is None:
        return []
    said = (operation.identity, operation.publicity, operation.measures)
    extracts = [make(project, at) for make in said]
    done = project.measures.filter(file__isnull=False).select_related("file")
    known = [each for listed in dossiers.listed(project, at) for each in listed.entries]
    return [
        *(
            Entry(each.title, here=True, printed=partial(dossiers.printed, each))
            for each in extracts
        ),
        *known,
        *(Entry(f"Τεκμήριο: {row.title}", here=True, file=row.file) for row in done),
    ]


def _printed(pack: Pack, entry: Entry, at: datetime) -> StoredFile | None:
    if entry.printed is None:
        return None
    try:
        content = entry.printed()
    except TypesettingError as error:
        raise credentials.unprintable(f"«{entry.title}»", error) from error
    return files.store(PACK_PAGE, content, f"{entry.title}.pdf", pack, actor=SYSTEM, at=at)


def _lacking(part: str, entry: Entry) -> dict[str, str]:
    since = entry.since.isoformat() if entry.since else ""
    return {"part": part, "title": entry.title, "waits_for": entry.waits_for, "since": since}


@PACK.performs("seal")
def seal(pack: Pack, *, actor: Actor, at: datetime) -> None:
    """Seal the pack (σφράγιση): the manifest, its digest, and the same as a sealed document."""
    if pack.units.filter(done_at=None).exists():
        raise PackError("Δεν έχουν συγκεντρωθεί ακόμη όλα τα έγγραφα.")
    pack.number = credentials.body_number(PACK_PDF.series, pack.body, at=at, mark=MARK)
    pack.sealed_at, pack.ends_at = at, at + KEPT_FOR
    _keep(pack, operation.FOLDER, _of_project(pack, at), at)
    told = json.dumps(manifest_of(pack), ensure_ascii=False, indent=1, sort_keys=True).encode()
    pack.manifest = files.store(MANIFEST, told, "manifest.json", pack, actor=actor, at=at)
    pack.digest = pack.manifest.sha256
    pack.document = _document(pack, at)
    jobs.advance(pack.work_id)
    many = greek.count(pack.items.count(), "αρχείο", "αρχεία")
    said = f"{pack}: {many}, κωδικός ελέγχου {pack.code}."
    jobs.finish(pack.work_id, said)
    address = reverse("completion:pack", args=[pack.pk])
    ready = notices.Message(pack.by_id, "Το πακέτο είναι έτοιμο", said, f"{pack.pk}", address)
    notices.send(PACK_READY, [ready], at=at)


def _document(pack: Pack, at: datetime) -> StoredDocument:
    return credentials.issue_sealed(
        PACK_PDF,
        pack,
        body=pack.body,
        number=pack.number,
        what="Ο κατάλογος του πακέτου",
        actor=SYSTEM,
        at=at,
    )


@PACK.performs("lapse")
def lapse_pack(pack: Pack, *, actor: Actor, at: datetime) -> None:
    """Let the files of a pack go (λήξη): the manifest stays and still verifies what was given."""
    made = list(pack.items.filter(file__kind=PACK_PAGE.name).values_list("file_id", flat=True))
    pack.items.all().delete()
    StoredFile.objects.filter(pk__in=made).delete()


def handed_over(pack: Pack, *, actor: Actor, at: datetime) -> None:
    """Write down who took the files of a pack (παράδοση), and refuse one that is not sealed."""
    access.require(actor, "pack.read", pack)
    if pack.state != PackState.SEALED:
        state = pack.get_state_display().lower()
        raise PackError(f"Τα αρχεία του πακέτου δεν δίνονται τώρα: {state}. Ζητήστε νέο πακέτο.")
    journal.write(pack, "Δόθηκαν τα αρχεία", actor=actor, at=at)
