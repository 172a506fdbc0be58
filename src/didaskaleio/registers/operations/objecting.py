"""Objections of candidates (ενστάσεις; R-019): in the window, with documents, for a receipt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from didaskaleio.kernel import access, jobs, journal, numbering
from didaskaleio.kernel.access import Actor
from didaskaleio.registers import standings
from didaskaleio.registers.errors import EvidenceError, ObjectionRefusedError
from didaskaleio.registers.lifecycle import OBJECTION
from didaskaleio.registers.models import Call, Candidacy, Evidence, Objection, ObjectionPaper

OBJECTION.model = Objection
SERIES = "registers.objection"
MOST_PAPERS = 10


def object_to(
    candidacy: Candidacy, *, text: str, papers: Sequence[Evidence], actor: Actor, at: datetime
) -> Objection:
    """Ένσταση on the own candidacy, with documents of the own wallet; it gets a receipt.

    Refused: out of the window (its last moment is in), a second one, foreign documents.
    """
    with transaction.atomic():
        call = Call.objects.select_for_update(of=("self",), no_key=True).get(pk=candidacy.call_id)
        row = Candidacy.objects.select_for_update(of=("self",), no_key=True).get(pk=candidacy.pk)
        access.require(actor, "candidacy.write", row)
        _require_window(call, row, at)
        _require_own(papers, row)
        made = Objection.objects.create(
            call=call,
            candidacy=row,
            text=text.strip(),
            receipt_number=numbering.protocol(SERIES, at=at),
            at=at,
        )
        ObjectionPaper.objects.bulk_create(
            ObjectionPaper(objection=made, evidence=one) for one in papers
        )
        journal.write(made, "Υποβλήθηκε ένσταση", actor=actor, at=at, number=made.receipt_number)
        jobs.enqueue("registers.objection_receipt", objection_id=made.pk)
        return made


def _require_window(call: Call, candidacy: Candidacy, at: datetime) -> None:
    if why := standings.why_no_objection(call, candidacy, at):
        raise ObjectionRefusedError(why)


def _require_own(papers: Sequence[Evidence], candidacy: Candidacy) -> None:
    if len(papers) > MOST_PAPERS:
        raise EvidenceError(f"Με μια ένσταση δίνονται έως {MOST_PAPERS} έγγραφα. Αφαιρέστε μερικά.")
    if any(one.person_id != candidacy.person_id or one.dropped_at for one in papers):
        raise EvidenceError("Ένα έγγραφο δεν είναι στον φάκελό σας. Διαλέξτε άλλο.")


@OBJECTION.performs("withdraw", locks=("call",))
def withdraw_objection(objection: Objection, *, actor: Actor, at: datetime) -> None:
    """Απόσυρση: what stood in the list stands; another objection may follow in the window."""
    objection.draft = {}
