"""Enrolling (εγγραφές): phases after the draw, confirmation, decline, withdrawal, manual moves."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from didaskaleio.enrolment import notices, places
from didaskaleio.enrolment.enums import ApplicationState, ChangeKind
from didaskaleio.enrolment.errors import NotEligibleError, NotOpenError, UndeclaredError
from didaskaleio.enrolment.lifecycle import APPLICATION
from didaskaleio.enrolment.models import ParticipationApplication, PublicChange, WaitingList
from didaskaleio.enrolment.operations import filling, offers
from didaskaleio.enrolment.queries.allowed import will_teach
from didaskaleio.kernel import access, greek, journal
from didaskaleio.kernel import notices as sending
from didaskaleio.kernel.access import Actor
from didaskaleio.programmes import operations as programme_operations
from didaskaleio.programmes import parameters
from didaskaleio.programmes import queries as programme_queries
from didaskaleio.programmes.enums import ProgrammeState
from didaskaleio.programmes.lifecycle import PERIOD, PROGRAMME
from didaskaleio.programmes.models import Programme, TrainingPeriod

CONFIRMING = (ProgrammeState.ENROLLING, ProgrammeState.RUNNING)


@PERIOD.performs("open_phase_b")
def open_phase_b(period: TrainingPeriod, *, actor: Actor, at: datetime) -> None:
    """Open what is filling at this moment, the same for all (and others, if the action says so)."""
    states = [ProgrammeState.FILLING]
    if parameters.of(period.action, at).viable_places_open_in_phase_b:
        states.append(ProgrammeState.VIABLE)
    opened = Programme.objects.filter(period=period, state__in=states)
    WaitingList.objects.bulk_create(
        (WaitingList(programme=programme) for programme in opened), ignore_conflicts=True
    )
    WaitingList.objects.filter(programme__in=opened).update(open_in_phase_b=True)
    waiting = ParticipationApplication.objects.filter(
        period=period, state__in=(ApplicationState.RUNNER_UP, ApplicationState.CANCELLED)
    )
    until = greek.long_moment(period.phase_b_closes)
    words = f"Έως {until} μπορείτε να ζητήσετε θέση σε προγράμματα που συμπληρώνονται."
    _send(period, waiting, notices.PHASE_B_OPEN, "Άνοιξε η Β΄ φάση", words, at)


@PERIOD.performs("close_phase_b")
def close_phase_b(period: TrainingPeriod, *, actor: Actor, at: datetime) -> None:
    """Phase B ends; each programme still filling now needs an officer's decision."""


@PERIOD.performs("open_enrolment")
def open_enrolment(period: TrainingPeriod, *, actor: Actor, at: datetime) -> None:
    """Every filling programme is decided: whoever holds a place is asked to confirm it."""
    undecided = Programme.objects.filter(period=period, state=ProgrammeState.FILLING)
    codes = list(undecided.values_list("code", flat=True)[:10])
    if codes:
        raise NotOpenError(
            f"Αποφασίστε πρώτα για όσα δεν συμπληρώθηκαν: {', '.join(codes)}.", code="undecided"
        )
    _ask_to_confirm(period, actor, at)


@PERIOD.performs("skip_phase_b")
def skip_phase_b(period: TrainingPeriod, *, actor: Actor, at: datetime) -> None:
    """Nothing would be open in phase B: enrolment opens at once."""
    if Programme.objects.filter(period=period, state=ProgrammeState.FILLING).exists():
        raise NotOpenError("Υπάρχουν προγράμματα που συμπληρώνονται στη Β΄ φάση.")
    _ask_to_confirm(period, actor, at)


def _ask_to_confirm(period: TrainingPeriod, actor: Actor, at: datetime) -> None:
    viable = Programme.objects.filter(period=period, state=ProgrammeState.VIABLE)
    ids = PROGRAMME.perform_all("open_enrolment", viable, actor=actor, at=at, state_since=at)
    if not ids:
        raise NotOpenError("Κανένα πρόγραμμα δεν θα λειτουργήσει σε αυτή την περίοδο.")
    rows = ParticipationApplication.objects.filter(programme__in=ids, state=ApplicationState.PLACED)
    rows.update(confirm_by=period.enrolment_closes)
    until = greek.long_moment(period.enrolment_closes)
    words = f"Επιβεβαιώστε τη θέση σας έως {until}. Διαφορετικά δίνεται στον επόμενο της λίστας."
    _send(period, rows, notices.ENROLMENT_OPEN, "Επιβεβαιώστε τη θέση σας", words, at)


@PROGRAMME.performs("open_enrolment", locks=("period",))
def open_enrolment_of(programme: Programme, *, actor: Actor, at: datetime) -> None:
    """One programme opens late (after a decision): its people are asked to confirm."""
    rows = ParticipationApplication.objects.filter(
        programme=programme, state=ApplicationState.PLACED
    )
    rows.update(confirm_by=programme.period.enrolment_closes)
    programme.state_since = at


@APPLICATION.performs("confirm")
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


@APPLICATION.performs("decline")
def decline(application: ParticipationApplication, *, actor: Actor, at: datetime) -> None:
    """The person does not take the place; it goes to the list (or opens again)."""
    _free_place(application, ChangeKind.DECLINE, at)


@APPLICATION.performs("leave")
def leave(
    application: ParticipationApplication, *, actor: Actor, at: datetime, reason: str
) -> None:
    """An enrolled person withdraws; the place is offered until the end of the second session."""
    _free_place(application, ChangeKind.WITHDRAWAL, at)


@APPLICATION.performs("no_confirmation")
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
    offers.release(application, programme, at)
    offers.end_waiting(application, at=at)
    PublicChange.objects.create(
        period_id=application.period_id,
        kind=kind,
        number=application.number,
        from_programme=programme,
        at=at,
    )


@transaction.atomic
def move_by_decision(
    application: ParticipationApplication, to: Programme, *, actor: Actor, at: datetime, reason: str
) -> None:
    """An officer's manual move (μετακίνηση με απόφαση): only with a reason, listed by number."""
    if not reason.strip():
        raise UndeclaredError("Γράψτε την αιτιολογία της μετακίνησης: δημοσιεύεται με τον αριθμό.")
    row = ParticipationApplication.objects.select_for_update(of=("self",)).get(pk=application.pk)
    access.require(actor, "application.manage", row)
    if (
        row.state not in {ApplicationState.PLACED, ApplicationState.ENROLLED}
        or row.programme_id is None
    ):
        raise NotOpenError("Μετακινείται μόνο όποιος έχει θέση ή εγγραφή.")
    locked = places.lock([row.programme_id, to.pk])
    old, new = locked[row.programme_id], locked[to.pk]
    _may_receive(old, new)
    offers.release(row, old, at)
    row.programme, row.place_sequence = new, places.next_sequence()
    row.confirm_by = offers.confirm_by(new, at) if row.state == ApplicationState.PLACED else None
    row.save(update_fields=["programme", "place_sequence", "confirm_by"])
    journal.write(
        row,
        f"Μετακίνηση με απόφαση από {old.code} σε {new.code}",
        actor=actor,
        at=at,
        reason=reason,
    )
    PublicChange.objects.create(
        period_id=row.period_id,
        kind=ChangeKind.MANUAL_MOVE,
        number=row.number,
        from_programme=old,
        to_programme=new,
        reason=reason,
        at=at,
    )
    filling.settle_viability(new, at=at)
    words = f"Μετακινηθήκατε από το {old} στο {new}. Αιτιολογία: {reason}"
    message = sending.Message(
        row.person_id,
        "Μετακίνηση με απόφαση",
        words,
        f"move-{row.pk}-{row.place_sequence}",
        reverse("enrolment:application"),
    )
    sending.send(notices.MOVED, [message], at=at)


def _may_receive(old: Programme, new: Programme) -> None:
    receiving = (ProgrammeState.FILLING, *places.VIABLE_STATES)
    if old.pk == new.pk or old.period_id != new.period_id or new.state not in receiving:
        raise NotOpenError("Διαλέξτε άλλο πρόγραμμα της ίδιας περιόδου που θα λειτουργήσει.")
    if new.capacity - places.taken(new) - places.offered(new) < 1:
        raise NotOpenError(f"Το {new.code} δεν έχει κενή θέση.")


def _send(
    period: TrainingPeriod, rows: object, kind: sending.Kind, title: str, words: str, at: datetime
) -> None:
    ids = rows.values_list("person_id", flat=True)  # type: ignore[attr-defined]
    url = reverse("enrolment:application")
    messages = (
        sending.Message(person_id, title, words, f"{kind.name}-{period.pk}", url)
        for person_id in ids.iterator()
    )
    sending.send(kind, messages, at=at)
