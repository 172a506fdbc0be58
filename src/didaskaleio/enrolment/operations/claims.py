"""Phase B (Β΄ φάση): a request names one programme and is decided at once (SPEC-draw §8).

Locks: first the person in the period, then the programmes concerned in order of id (the whole
order stands in ``places``); the sequence number is drawn once all are held, and it decides.
What the rules of eligibility say is asked before the programmes are locked: it does not depend
on places.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.urls import reverse

from didaskaleio.enrolment import notices, places
from didaskaleio.enrolment.eligibility import Finding
from didaskaleio.enrolment.enums import ApplicationState, ChangeKind, LogOutcome
from didaskaleio.enrolment.errors import NotOpenError
from didaskaleio.enrolment.lifecycle import APPLICATION
from didaskaleio.enrolment.models import ParticipationApplication, PhaseBLog, WaitingList
from didaskaleio.enrolment.operations import (
    applicant,
    changes,
    filling,
    lists,
    offers,
    plain_claims,
)
from didaskaleio.enrolment.queries.allowed import may_take
from didaskaleio.enrolment.queries.standing import SHEET
from didaskaleio.kernel import access
from didaskaleio.kernel import notices as sending
from didaskaleio.kernel.access import Actor
from didaskaleio.programmes.enums import PeriodState, ProgrammeState
from didaskaleio.programmes.models import Programme, TrainingPeriod

MAY_CLAIM = (
    ApplicationState.DRAFT,
    ApplicationState.SUBMITTED,
    ApplicationState.RUNNER_UP,
    ApplicationState.CANCELLED,
    ApplicationState.PLACED,
)


@dataclass(frozen=True)
class Decision:
    """The answer to a request (απάντηση): outcome, Greek sentence, its place in the order."""

    outcome: LogOutcome
    sentence: str
    sequence: int
    rule: str = ""

    @property
    def placed(self) -> bool:
        return self.outcome in {LogOutcome.PLACED, LogOutcome.MOVED}


@dataclass(frozen=True)
class _Refused:
    outcome: LogOutcome
    code: str
    sentence: str
    rule: str = ""


def claim(period: str, code: str, *, actor: Actor, at: datetime) -> Decision:
    """Decide a request for a programme now: a place, a move, or a refusal with its reason.

    ``period`` and ``code`` name the programme; Programme.DoesNotExist where there is none. Every
    request that reaches the locks is in the log, whatever its outcome; a move succeeds wholly or
    changes nothing.
    """
    access.require(actor, "enrolment.apply")
    # a transaction of its own: what it locked is let go when the request proves not to be plain
    with transaction.atomic():
        plain = plain_claims.decide(period, code, actor=actor, at=at)
    if plain is not None:
        words = _words(code, plain.programme, plain.outcome)
        return Decision(plain.outcome, words, plain.sequence)
    return weigh(period, code, actor=actor, at=at)


@transaction.atomic
def weigh(period_code: str, code: str, *, actor: Actor, at: datetime) -> Decision:
    """Decide a request by all the rules, with the words of the one that stands in the way."""
    programme = Programme.objects.select_related(*SHEET).get(period__code=period_code, code=code)
    applicant.alone(programme.period_id, actor.user_id or 0)
    period = _open_period(programme.period_id, at)
    application = applicant.of(period, actor)
    applicant.choose_cluster(application, programme)
    finding = may_take(application, programme, at)
    locked = applicant.lock(application, [programme.pk])
    wanted, old = locked[programme.pk], locked.get(application.programme_id or 0)
    sequence = places.next_sequence()
    refused = _refusal(application, wanted, old, finding, at)
    if refused is None:
        _place(application, wanted, old, sequence, actor, at)
    return _logged(application, wanted, old, sequence, refused, at)


def _open_period(period_id: int, at: datetime) -> TrainingPeriod:
    """The period, held against the end of phase B but not against other requests."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM programmes_trainingperiod WHERE id = %s FOR SHARE", [period_id]
        )
    period = TrainingPeriod.objects.select_related("action__course_version").get(pk=period_id)
    if period.state != PeriodState.PHASE_B or not (
        period.phase_b_opens <= at < period.phase_b_closes
    ):
        raise NotOpenError("Η Β΄ φάση δεν δέχεται αιτήματα αυτή τη στιγμή.", code="closed")
    return period


def _refusal(
    application: ParticipationApplication,
    wanted: Programme,
    old: Programme | None,
    finding: Finding | None,
    at: datetime,
) -> _Refused | None:
    refused = _of_person(application, wanted, old)
    if refused is not None:
        return refused
    if not is_open(wanted):
        words = f"Το {wanted.code} δεν είναι ανοιχτό στη Β΄ φάση. Δείτε όσα συμπληρώνονται."
        return _Refused(LogOutcome.REFUSED, "not_open", words)
    if finding is not None:
        return _Refused(LogOutcome.REFUSED, str(finding.code), finding.sentence, finding.article)
    if places.free_to_claim(wanted, at) < 1:
        return _Refused(LogOutcome.FULL, "full", _words(wanted.code, "", LogOutcome.FULL))
    return None


def _of_person(
    application: ParticipationApplication, wanted: Programme, old: Programme | None
) -> _Refused | None:
    if application.state not in MAY_CLAIM:
        words = f"Η αίτησή σας είναι «{application.get_state_display()}» και δεν δέχεται νέα θέση."
        return _Refused(LogOutcome.REFUSED, "state", words)
    if old is not None and old.pk == wanted.pk:
        return _Refused(LogOutcome.REFUSED, "same", "Έχετε ήδη θέση σε αυτό το πρόγραμμα.")
    if old is not None and old.state != ProgrammeState.FILLING:
        words = f"Έχετε θέση στο {old.code}, που θα λειτουργήσει. Δεν αλλάζει στη Β΄ φάση."
        return _Refused(LogOutcome.REFUSED, "holds_viable", words)
    return None


def is_open(programme: Programme) -> bool:
    """Whether requests may name the programme: filling at the opening, until it is full."""
    opened = WaitingList.objects.filter(programme=programme, open_in_phase_b=True).exists()
    return opened and programme.state in {ProgrammeState.FILLING, ProgrammeState.VIABLE}


def _place(
    application: ParticipationApplication,
    wanted: Programme,
    old: Programme | None,
    sequence: int,
    actor: Actor,
    at: datetime,
) -> None:
    if old is None:
        take(application, actor=actor, at=at, programme=wanted, sequence=sequence)
    else:
        move(application, actor=actor, at=at, programme=wanted, old=old, sequence=sequence)
    kind = ChangeKind.PHASE_B_MOVE if old else ChangeKind.PHASE_B_PLACE
    changes.of_person(application, kind, at=at, old=old, new=wanted)
    if not filling.settle_viability(wanted, at=at) and wanted.state == ProgrammeState.VIABLE:
        lists.end_waiting([application.pk], at=at)
    _tell(application, wanted, at)


@APPLICATION.performs("claim")
def take(
    application: ParticipationApplication,
    *,
    actor: Actor,
    at: datetime,
    programme: Programme,
    sequence: int,
) -> None:
    """A place for whoever had none; the programme is locked by the request."""
    application.programme, application.place_sequence = programme, sequence


@APPLICATION.performs("move")
def move(
    application: ParticipationApplication,
    *,
    actor: Actor,
    at: datetime,
    programme: Programme,
    old: Programme,
    sequence: int,
) -> None:
    """From a filling programme to another: the old place is freed in the same act."""
    offers.release(application, old, at)
    application.programme, application.place_sequence = programme, sequence


def _logged(
    application: ParticipationApplication,
    wanted: Programme,
    old: Programme | None,
    sequence: int,
    refused: _Refused | None,
    at: datetime,
) -> Decision:
    outcome = refused.outcome if refused else (LogOutcome.MOVED if old else LogOutcome.PLACED)
    PhaseBLog.objects.create(
        sequence=sequence,
        period_id=application.period_id,
        programme=wanted,
        application=application,
        number=application.number,
        outcome=outcome,
        freed_programme=old if outcome == LogOutcome.MOVED else None,
        reason=refused.code if refused else "",
        at=at,
    )
    if refused:
        return Decision(outcome, refused.sentence, sequence, refused.rule)
    return Decision(outcome, _words(wanted.code, str(wanted), outcome), sequence)


def _words(code: str, name: str, outcome: LogOutcome) -> str:
    if outcome == LogOutcome.FULL:
        return f"Το {code} δεν έχει κενή θέση αυτή τη στιγμή. Δοκιμάστε άλλο πρόγραμμα."
    return f"Η θέση στο {name} είναι δική σας."


def _tell(application: ParticipationApplication, programme: Programme, at: datetime) -> None:
    message = sending.Message(
        application.person_id,
        notices.PLACE_TAKEN,
        notices.PLACE_TAKEN_TEXT.format(programme=programme, number=application.number),
        f"claim-{application.pk}-{application.place_sequence}",
        reverse("enrolment:application"),
    )
    sending.send(notices.PLACED, [message], at=at)
