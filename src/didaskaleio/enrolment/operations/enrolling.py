"""Enrolling (εγγραφές): confirmation, decline, withdrawal, lapse by the clock (SPEC-draw §8)."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from didaskaleio.enrolment import notices, places
from didaskaleio.enrolment.enums import ChangeKind
from didaskaleio.enrolment.errors import NotEligibleError, NotOpenError, UndeclaredError
from didaskaleio.enrolment.lifecycle import APPLICATION
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.enrolment.operations import changes, lists, offers
from didaskaleio.enrolment.queries.allowed import will_teach
from didaskaleio.kernel import notices as sending
from didaskaleio.kernel.access import Actor
from didaskaleio.programmes import operations as programme_operations
from didaskaleio.programmes import queries as programme_queries
from didaskaleio.programmes.enums import ProgrammeState
from didaskaleio.programmes.models import Programme

CONFIRMING = (ProgrammeState.ENROLLING, ProgrammeState.RUNNING)


@APPLICATION.performs("confirm", locks=("programme",))
def confirm(
    application: ParticipationApplication,
    *,
    actor: Actor,
    at: datetime,
    will_teach_declared: bool,
    regulation_accepted: bool,
) -> None:
    """Enrol: the person will teach in the period and accepts the regulation."""
    programme = _confirmable(application, at)
    if not (will_teach_declared and regulation_accepted):
        raise UndeclaredError(
            "Δηλώστε ότι θα διδάσκετε στη διάρκεια της επιμόρφωσης "
            "και αποδεχθείτε το Κανονιστικό Πλαίσιο."
        )
    finding = will_teach(application, at)
    if finding:
        raise NotEligibleError(finding.sentence, rule=finding.article, code=str(finding.code))
    regulation = programme_queries.current_regulation(programme.period.action, at)
    if regulation is not None:
        programme_operations.accept_regulation(regulation, actor=actor, at=at, capacity="applicant")
    application.confirm_by = None


def _confirmable(application: ParticipationApplication, at: datetime) -> Programme:
    programme = application.programme
    if programme is None or programme.state not in CONFIRMING:
        raise NotOpenError("Οι εγγραφές δεν έχουν ανοίξει ακόμη για το πρόγραμμά σας.")
    if application.confirm_by and at >= application.confirm_by:
        raise NotOpenError("Η προθεσμία επιβεβαίωσης πέρασε και η θέση δόθηκε στη λίστα.")
    return programme


@APPLICATION.performs("decline", locks=("programme",))
def decline(application: ParticipationApplication, *, actor: Actor, at: datetime) -> None:
    """The person does not take the place; it goes to the list (or opens again)."""
    _free_place(application, ChangeKind.DECLINE, at)


@APPLICATION.performs("leave", locks=("programme",))
def leave(
    application: ParticipationApplication, *, actor: Actor, at: datetime, reason: str
) -> None:
    """An enrolled person withdraws; the place is offered until the end of the second session."""
    _free_place(application, ChangeKind.WITHDRAWAL, at)


@APPLICATION.performs("no_confirmation", locks=("programme",))
def lapse(application: ParticipationApplication, *, actor: Actor, at: datetime) -> None:
    """The deadline of confirmation passed: the place goes to the list."""
    _free_place(application, ChangeKind.LAPSE, at)
    words = "Δεν επιβεβαιώσατε τη θέση σας ως την προθεσμία και δόθηκε στη λίστα επιλαχόντων."
    message = sending.Message(
        application.person_id,
        "Η θέση σας δόθηκε στη λίστα",
        words,
        f"lapse-{application.pk}",
        reverse("enrolment:application"),
    )
    sending.send(notices.LAPSED, [message], at=at)


def _free_place(application: ParticipationApplication, kind: ChangeKind, at: datetime) -> None:
    programme = next(iter(places.lock([application.programme_id or 0]).values()))
    offers.release(application, programme, at)  # the step's lock is held: this reads around it
    lists.end_waiting([application.pk], at=at)
    changes.of_person(application, kind, at=at, old=programme)
