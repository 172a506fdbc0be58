"""Application in class (εφαρμογή στην τάξη): plan, evidence, the trainer's feedback (001 §2)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from didaskaleio.delivery import notices
from didaskaleio.delivery.errors import ApplicationRefusedError
from didaskaleio.delivery.lifecycle import CLASS_APPLICATION, EDITABLE, PROVING
from didaskaleio.delivery.models import ClassApplication, ClassEvidence
from didaskaleio.delivery.operations.excuses import written
from didaskaleio.enrolment.enums import ApplicationState
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.kernel import access, files, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.clock import ATHENS

CLASS_APPLICATION.model = ClassApplication
MOST_FILES = 10
EVIDENCE = files.declare(
    files.Kind(
        "delivery.class_evidence",
        "Τεκμήριο εφαρμογής στην τάξη",
        "class_application.read",
        (files.PDF, *files.IMAGES, *files.PRESENTATIONS),
    )
)


@dataclass(frozen=True)
class Plan:
    """Σχέδιο μαθήματος: what will be taught, to whom, how, with what, on which day."""

    title: str
    grade: str
    aims: str
    course: str
    tools: str
    planned_on: date | None


def save_plan(
    application: ParticipationApplication, plan: Plan, *, actor: Actor, at: datetime
) -> ClassApplication:
    """Keep the plan of the trainee (σχέδιο), the first time or again, until it is submitted."""
    with transaction.atomic():
        rows = ParticipationApplication.objects.select_for_update(of=("self",), no_key=True)
        held = rows.get(pk=application.pk)
        access.require(actor, "attendance.apply", held)
        if held.state not in {ApplicationState.ENROLLED, ApplicationState.ATTENDED}:
            raise ApplicationRefusedError("Δεν παρακολουθείτε τώρα αυτό το πρόγραμμα.")
        found = ClassApplication.objects.filter(application=held).first()
        work = found or ClassApplication(application=held)
        if work.state not in EDITABLE:
            raise ApplicationRefusedError("Το σχέδιο έχει υποβληθεί και δεν αλλάζει τώρα.")
        for name, value in asdict(plan).items():
            setattr(work, name, value)
        work.saved_at = at
        work.save()
        if found is None:
            journal.write(work, "Άρχισε το σχέδιο μαθήματος", actor=actor, at=at)
    return work


@CLASS_APPLICATION.performs("submit_plan")
def submit_plan(work: ClassApplication, *, actor: Actor, at: datetime) -> None:
    """Send the plan to the trainer (υποβολή)."""
    if not all((work.title, work.grade, work.aims, work.course, work.planned_on)):
        raise ApplicationRefusedError(
            "Συμπληρώστε τίτλο, τάξη, στόχους, πορεία και ημέρα πριν υποβάλετε το σχέδιο."
        )
    notices.work_submitted(work, "Σχέδιο μαθήματος", at=at)


@CLASS_APPLICATION.performs("approve_plan")
def approve_plan(work: ClassApplication, *, actor: Actor, at: datetime, reason: str) -> None:
    """The trainer agrees with the plan (έγκριση), with feedback."""
    notices.work_judged(work, "Εγκρίθηκε το σχέδιό σας", reason=reason, at=at)


@CLASS_APPLICATION.performs("return_plan")
def return_plan(work: ClassApplication, *, actor: Actor, at: datetime, reason: str) -> None:
    """The trainer asks for another plan (επιστροφή), and says what."""
    notices.work_judged(work, "Διορθώστε το σχέδιό σας", reason=reason, at=at)


def hold_work(work: ClassApplication, actor: Actor) -> ClassApplication:
    """The row, read again and locked, while evidence may be added."""
    held = ClassApplication.objects.select_for_update(of=("self",), no_key=True).get(pk=work.pk)
    access.require(actor, "class_application.own", held)
    if held.state not in PROVING:
        raise ApplicationRefusedError(
            "Τεκμήρια προστίθενται αφού εγκριθεί το σχέδιο και πριν υποβληθούν."
        )
    return held


def add_evidence(
    work: ClassApplication, upload: Any, *, title: str, actor: Actor, at: datetime
) -> ClassEvidence:
    """Keep a file from the class (τεκμήριο)."""
    words = written(title, "Γράψτε τι είναι το τεκμήριο.")[:200]
    if upload is None:
        raise ApplicationRefusedError("Διαλέξτε αρχείο: PDF, εικόνα ή παρουσίαση.")
    with transaction.atomic():
        held = hold_work(work, actor)
        if held.evidence.count() >= MOST_FILES:
            raise ApplicationRefusedError(f"Έως {MOST_FILES} τεκμήρια.")
        made = ClassEvidence.objects.create(work=held, title=words, at=at)
        made.file = files.accept(EVIDENCE, upload, upload.name, held, actor=actor, at=at)
        made.save(update_fields=["file"])
        journal.write(held, "Προστέθηκε τεκμήριο", actor=actor, at=at, evidence=made.pk)
    return made


@CLASS_APPLICATION.performs("hand_in")
def hand_in_evidence(
    work: ClassApplication,
    *,
    actor: Actor,
    at: datetime,
    applied_on: date,
    reflection: str,
    no_pupils: bool,
) -> None:
    """Hand in the evidence (υποβολή τεκμηρίων), with the declaration about pupils' data."""
    if not no_pupils:
        raise ApplicationRefusedError(
            "Βεβαιώστε ότι τα τεκμήρια δεν δείχνουν πρόσωπα και στοιχεία μαθητών."
        )
    if applied_on > at.astimezone(ATHENS).date():
        raise ApplicationRefusedError("Η ημέρα της εφαρμογής δεν έχει έρθει ακόμη.")
    if not work.evidence.exists():
        raise ApplicationRefusedError("Προσθέστε τουλάχιστον ένα τεκμήριο.")
    work.reflection = written(reflection, "Γράψτε τι έγινε στην τάξη και τι θα αλλάζατε.")
    work.applied_on = applied_on
    notices.work_submitted(work, "Τεκμήρια από την τάξη", at=at)


@CLASS_APPLICATION.performs("ask_more")
def ask_more(work: ClassApplication, *, actor: Actor, at: datetime, reason: str) -> None:
    """Something is missing from the evidence."""
    notices.work_judged(work, "Χρειάζονται κι άλλα τεκμήρια", reason=reason, at=at)


@CLASS_APPLICATION.performs("accept_evidence")
def accept_evidence(work: ClassApplication, *, actor: Actor, at: datetime, reason: str) -> None:
    """The application in class is complete (αποδοχή), with feedback."""
    notices.work_judged(work, "Ολοκληρώθηκε η εφαρμογή στην τάξη", reason=reason, at=at)
