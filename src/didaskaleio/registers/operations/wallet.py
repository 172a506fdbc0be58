"""The wallet of a person (φάκελος δικαιολογητικών): uploaded once, reused until it expires."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from didaskaleio.kernel import access, files, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.files import Kind as FileKind
from didaskaleio.kernel.models import StoredFile
from didaskaleio.people.models import Person
from didaskaleio.registers.errors import EvidenceError
from didaskaleio.registers.models import Evidence

PAPER = files.declare(
    FileKind("registers.evidence", "Δικαιολογητικό", "evidence.read", (files.PDF, *files.IMAGES))
)
MOST = 200


@transaction.atomic
def keep(
    upload: Any, *, title: str, until: date | None = None, actor: Actor, at: datetime
) -> Evidence:
    """Νέο δικαιολογητικό in the actor's own wallet.

    Refused: a wrong type or size of file (see ``kernel.files``), a wallet that is full.
    """
    access.require(actor, "candidacy.mine")
    Person.objects.select_for_update(no_key=True).get(pk=actor.person_id)
    mine = Evidence.objects.filter(person_id=actor.person_id, dropped_at=None)
    if mine.count() >= MOST:
        raise EvidenceError(f"Ο φάκελος έχει ήδη {MOST} έγγραφα. Αφαιρέστε όσα δεν χρειάζονται.")
    made = Evidence(person_id=actor.person_id, title=title[:200], valid_until=until, added_at=at)
    # the file names its subject: first the row's number is taken, then the file, then the row
    made.pk = _next_number()
    made.file = files.accept(PAPER, upload, upload.name, made, actor=actor, at=at)
    made.save(force_insert=True)
    journal.write(made, "Μπήκε στον φάκελο", actor=actor, at=at)
    return made


def _next_number() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('registers_evidence', 'id'))")
        number: int = cursor.fetchone()[0]
    return number


@transaction.atomic
def describe(
    evidence: Evidence, *, title: str, until: date | None, actor: Actor, at: datetime
) -> None:
    """Τίτλος και λήξη: what was submitted keeps what it said then."""
    row = _held(evidence, actor)
    row.title, row.valid_until = title[:200], until
    row.save(update_fields=["title", "valid_until"])
    journal.write(row, "Άλλαξαν τα στοιχεία του εγγράφου", actor=actor, at=at)


@transaction.atomic
def drop(evidence: Evidence, *, actor: Actor, at: datetime) -> None:
    """Αφαίρεση: deleted if nothing was submitted with it, else only not offered any more."""
    row = _held(evidence, actor)
    if row.uses.exists() or row.objected.exists():
        row.dropped_at = at
        row.save(update_fields=["dropped_at"])
        journal.write(row, "Βγήκε από τον φάκελο", actor=actor, at=at)
        return
    file = row.file
    row.delete()
    StoredFile.objects.filter(pk=file.pk).delete()


def _held(evidence: Evidence, actor: Actor) -> Evidence:
    row = Evidence.objects.select_for_update(of=("self",)).get(pk=evidence.pk)
    access.require(actor, "evidence.own", row)
    return row
