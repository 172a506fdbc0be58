"""The report of a visit (έκθεση ελέγχου) with its photographs: numbered, sealed, unchangeable."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from django.db import transaction

from didaskaleio.credentials import operations as credentials
from didaskaleio.delivery import notices, queries
from didaskaleio.delivery.documents import VISIT_REPORT
from didaskaleio.delivery.enums import Severity
from didaskaleio.delivery.errors import VisitRefusedError
from didaskaleio.delivery.lifecycle import VISIT
from didaskaleio.delivery.models import SiteVisit, VisitPhoto
from didaskaleio.delivery.operations.excuses import written
from didaskaleio.delivery.operations.visits import hold_visit
from didaskaleio.delivery.pictures import BrokenPictureError, stripped
from didaskaleio.kernel import files, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.forms import operations as forms
from didaskaleio.kernel.models import StoredDocument

MARK = "ΕΕ"
ANSWER_DAYS = 10
MOST_PHOTOS = 12
PHOTO = files.declare(
    files.Kind(
        "delivery.visit_photo",
        "Φωτογραφία επιτόπιου ελέγχου",
        "visit.read",
        ("image/jpeg",),
        limit=8 * files.MEGABYTE,
    )
)


def add_photo(
    visit: SiteVisit, upload: Any, *, caption: str, actor: Actor, at: datetime, key: str = ""
) -> VisitPhoto:
    """Keep a photograph (JPEG) without the notes of the camera: no place, no owner.

    One that a device sends again, by the same ``key``, is there already.
    """
    words = written(caption, "Γράψτε τι δείχνει η φωτογραφία.")[:200]
    if upload is None:
        raise VisitRefusedError("Διαλέξτε φωτογραφία (JPEG έως 8 MB).")
    with transaction.atomic():
        held = hold_visit(visit, actor)
        if key and (known := held.photos.filter(key=key).first()) is not None:
            return known
        if held.photos.count() >= MOST_PHOTOS:
            raise VisitRefusedError(f"Έως {MOST_PHOTOS} φωτογραφίες σε κάθε επίσκεψη.")
        clean = BytesIO(_clean(upload.read(PHOTO.limit + 1)))
        made = VisitPhoto.objects.create(visit=held, caption=words, at=at, key=key)
        name = f"photo-{made.pk}.jpg"
        made.file = files.accept(PHOTO, clean, name, held, actor=actor, at=at)
        made.save(update_fields=["file"])
        journal.write(held, "Προστέθηκε φωτογραφία", actor=actor, at=at, photo=made.pk)
    return made


def _clean(content: bytes) -> bytes:
    """What is too large or no picture goes on as it is, for the check of files to refuse."""
    if len(content) > PHOTO.limit or files.sniff(content) not in PHOTO.types:
        return content
    try:
        return stripped(content)
    except BrokenPictureError as error:
        raise VisitRefusedError(
            "Η φωτογραφία είναι κατεστραμμένη. Τραβήξτε την ξανά και δοκιμάστε πάλι."
        ) from error


@VISIT.performs("report")
def report(visit: SiteVisit, *, actor: Actor, at: datetime, summary: str) -> StoredDocument:
    """Sign the report (υπογραφή έκθεσης): the checklist closes, the centre is asked to answer.

    What the sheet in force shows is kept beside what was counted; a later correction of the
    sheet does not change the report.
    """
    visit.summary = written(summary, "Γράψτε το συμπέρασμα της επίσκεψης.")
    if visit.counted is None or visit.sheet is None:
        raise VisitRefusedError("Μετρήστε πρώτα πόσοι ήταν παρόντες.")
    forms.complete(visit.sheet, actor=actor, at=at)
    shown = queries.visits.recorded_of(visit.session, at)
    if shown is not None:
        visit.recorded, visit.sheet_version = shown.there, shown.version
    visit.reported_at = at
    asks = visit.findings.exclude(severity=Severity.REMARK).exists()
    visit.answer_due = at + timedelta(days=ANSWER_DAYS) if asks else None
    document = _issue(visit, actor, at)
    visit.report_id = document.pk
    notices.visit_reported(visit, at=at)
    return document


def _issue(visit: SiteVisit, actor: Actor, at: datetime) -> StoredDocument:
    programme = visit.session.programme
    body = programme.period.action.body
    return credentials.issue_sealed(
        VISIT_REPORT,
        visit,
        body=body,
        number=credentials.body_number(VISIT_REPORT.series, body, at=at, mark=MARK),
        what="Η έκθεση",
        actor=actor,
        at=at,
        place=programme.centre.town,
    )
