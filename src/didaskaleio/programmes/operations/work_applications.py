"""Applications for work (αιτήσεις για έργο; R-029): draft, submit, submit again, withdraw."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from didaskaleio.kernel import access, jobs, journal, numbering
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.greek import count
from didaskaleio.people.models import Person
from didaskaleio.programmes.enums import WorkApplicationState
from didaskaleio.programmes.lifecycle import WORK_APPLICATION
from didaskaleio.programmes.models import WorkApplication, WorkCall, WorkSubmission
from didaskaleio.programmes.queries import work_calls
from didaskaleio.structures.models import TrainingCentre

WORK_APPLICATION.model = WorkApplication
SERIES = "programmes.work_receipt"
MOST_HOURS, MOST_PROGRAMMES, LONGEST = 500, 50, 1_000
WRITABLE = (
    WorkApplicationState.DRAFT,
    WorkApplicationState.SUBMITTED,
    WorkApplicationState.WITHDRAWN,
)


def start_application(
    call: WorkCall, *, actor: Actor, at: datetime, centre: TrainingCentre | None = None
) -> WorkApplication:
    """Πρόχειρη αίτηση: one of the person, or of the centre, in a call; made at the first touch.

    Refused: the window, or a term of the call that does not hold.
    """
    access.require(actor, "work_call.apply", call)
    with transaction.atomic():
        held = WorkCall.objects.select_for_update(of=("self",), no_key=True)
        row = held.select_related("period__action").get(pk=call.pk)
        _require_open(row, at)
        own = _owner(row, actor, centre)
        if found := row.applications.filter(**own).first():
            return found
        _require_terms(row, centre or Person.objects.get(pk=actor.person_id), at)
        made = WorkApplication.objects.create(call=row, code=_code(row), draft_saved_at=at, **own)
        journal.write(made, "Άρχισε η αίτηση για έργο", actor=actor, at=at)
    return made


def _owner(call: WorkCall, actor: Actor, centre: TrainingCentre | None) -> dict[str, Any]:
    if call.for_trainers:
        return {"person_id": actor.person_id, "centre": None}
    if centre is None:
        raise Refusal("Η πρόσκληση αφορά Κ.Σ.Ε. Επιλέξτε το κέντρο για το οποίο υποβάλλετε.")
    access.require(actor, "centre.propose", centre)
    return {"person": None, "centre": centre}


def _code(call: WorkCall) -> str:
    while True:
        code = str(10_000_000 + secrets.randbelow(90_000_000))
        if not call.applications.filter(code=code).exists():
            return code


def _require_open(call: WorkCall, at: datetime) -> None:
    if why := work_calls.why_closed(call, at):
        raise Refusal(f"{why} Δείτε τις ανοιχτές προσκλήσεις.", code="closed")


def _require_terms(call: WorkCall, who: work_calls.Applicant, at: datetime) -> None:
    if why := work_calls.unmet(work_calls.terms(call, who, at)):
        raise Refusal(f"Δεν πληρούνται οι όροι της πρόσκλησης. {why}", code="terms")


@transaction.atomic
def save_application(
    application: WorkApplication,
    *,
    actor: Actor,
    at: datetime,
    lines: Sequence[int],
    wanted: int | None,
    note: str = "",
) -> WorkApplication:
    """Αποθήκευση προχείρου (autosave): lines that are not of the call or the person are left out.

    Nothing is submitted by it.
    """
    row = _locked(application)
    access.require(actor, "work_application.write", row)
    if row.state not in WRITABLE:
        raise Refusal("Η αίτηση έχει κριθεί και δεν αλλάζει. Δείτε το αποτέλεσμά της.")
    _require_open(row.call, at)
    allowed = set(work_calls.lines_of(row.call, _who(row)).values_list("pk", flat=True))
    kept = [pk for pk in dict.fromkeys(lines) if pk in allowed]
    row.draft = {"lines": kept, "wanted": wanted, "note": note.strip()[:LONGEST]}
    row.draft_saved_at = at
    row.save(update_fields=["draft", "draft_saved_at"])
    return row


def _locked(application: WorkApplication) -> WorkApplication:
    rows = WorkApplication.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("call__period__action", "person", "centre").get(pk=application.pk)


def _who(row: WorkApplication) -> work_calls.Applicant:
    who = row.person or row.centre
    assert who is not None  # noqa: S101 - a constraint of the table
    return who


def send_application(
    application: WorkApplication, *, actor: Actor, at: datetime, version: int
) -> WorkSubmission:
    """Υποβολή, the first or a new version; ``version`` is the last one that was on the screen."""
    sent = application.state == WorkApplicationState.SUBMITTED
    act = resubmit_application if sent else submit_application
    act(application, actor=actor, at=at, version=version)
    assert application.submission is not None  # noqa: S101 - just recorded
    return application.submission


@WORK_APPLICATION.performs("submit", locks=("call",))
def submit_application(
    application: WorkApplication, *, actor: Actor, at: datetime, version: int
) -> None:
    """Πρώτη υποβολή, or one after a withdrawal."""
    _record(application, at, version)


@WORK_APPLICATION.performs("resubmit", locks=("call",))
def resubmit_application(
    application: WorkApplication, *, actor: Actor, at: datetime, version: int
) -> None:
    """Νέα έκδοση: until this moment the one before it counts."""
    _record(application, at, version)


@WORK_APPLICATION.performs("withdraw", locks=("call",))
def withdraw_application(application: WorkApplication, *, actor: Actor, at: datetime) -> None:
    """Απόσυρση until the deadline; it can be submitted anew while the call is open."""


def _record(application: WorkApplication, at: datetime, version: int) -> None:
    call, draft = application.call, application.draft
    _require_open(call, at)
    _require_terms(call, _who(application), at)
    last = application.submissions.first()
    if (last.version if last else 0) != version:
        raise Refusal("Η αίτηση υποβλήθηκε ήδη από άλλη καρτέλα. Δείτε την απόδειξή της.")
    _require_whole(application, at)
    application.submission = WorkSubmission.objects.create(
        application=application,
        version=version + 1,
        lines=draft["lines"],
        wanted=draft["wanted"],
        note=draft.get("note", ""),
        receipt_number=numbering.protocol(SERIES, at=at),
        at=at,
    )
    jobs.enqueue("programmes.work_receipt", submission_id=application.submission.pk)


def _require_whole(application: WorkApplication, at: datetime) -> None:
    """Refuse a draft without a line or an amount, or beyond what the limits of load leave."""
    draft, call = application.draft, application.call
    if not draft.get("lines"):
        raise Refusal("Επιλέξτε μία τουλάχιστον θέση έργου με τη σειρά που τις προτιμάτε.")
    wanted, most = draft.get("wanted"), MOST_HOURS if call.for_trainers else MOST_PROGRAMMES
    if not isinstance(wanted, int) or not 1 <= wanted <= most:
        words = "πόσες ώρες" if call.for_trainers else "πόσα προγράμματα"
        raise Refusal(f"Δηλώστε {words} ζητάτε, από 1 έως {most}.")
    if application.person is None:
        return
    left = work_calls.load_of(call, application.person, at).left
    if left is not None and wanted > left:
        raise Refusal(
            f"Ζητάτε {count(wanted, 'ώρα', 'ώρες')}, ενώ τα όρια φόρτου της δράσης αφήνουν "
            f"{left}. Μειώστε τις ώρες."
        )
