"""Phases after the draw (φάσεις μετά την κλήρωση): phase B opens and closes, enrolment opens."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from didaskaleio.enrolment import places
from didaskaleio.enrolment.enums import ApplicationState
from didaskaleio.enrolment.errors import NotOpenError
from didaskaleio.enrolment.models import Draw, ParticipationApplication, WaitingList
from didaskaleio.kernel import access, greek, jobs, numbering
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.errors import ReasonMissingError, StepRefusedError
from didaskaleio.programmes import parameters
from didaskaleio.programmes.enums import ActKind, PeriodState, ProgrammeState
from didaskaleio.programmes.lifecycle import PERIOD, PROGRAMME
from didaskaleio.programmes.models import PeriodAct, Programme, TrainingPeriod


@PERIOD.performs("open_phase_b")
def open_phase_b(period: TrainingPeriod, *, actor: Actor, at: datetime) -> None:
    """Open what is filling at this moment, the same for all (and others, if the action says so)."""
    if late := opens_unannounced(period):
        raise StepRefusedError(late, code="notice")
    states = [ProgrammeState.FILLING]
    if parameters.of(period.action, at).viable_places_open_in_phase_b:
        states.append(ProgrammeState.VIABLE)
    opened = Programme.objects.filter(period=period, state__in=states)
    WaitingList.objects.bulk_create(
        (WaitingList(programme=programme) for programme in opened), ignore_conflicts=True
    )
    WaitingList.objects.filter(programme__in=opened).update(open_in_phase_b=True)
    jobs.enqueue("enrolment.tell_phase_b", period_id=period.pk)


def opens_unannounced(period: TrainingPeriod) -> str:
    """Why phase B does not open by itself: the draw came too late for its notice; else empty."""
    published = Draw.objects.filter(period=period).values_list("published_at", flat=True).first()
    if published is None:
        return ""
    hours = parameters.of(period.action, published).phase_b_notice_hours
    if period.phase_b_opens - published >= timedelta(hours=hours):
        return ""
    return (
        f"Η Β΄ φάση ανακοινώνεται {hours} ώρες πριν και η κλήρωση έγινε "
        f"{greek.long_moment(published)}. Ορίστε νέα στιγμή με ανακοινωμένη πράξη."
    )


@transaction.atomic
def move_phase_b(
    period: TrainingPeriod,
    *,
    actor: Actor,
    at: datetime,
    opens: datetime,
    closes: datetime,
    reason: str,
) -> PeriodAct:
    """Move phase B that has not opened: an announced act, at least the notice hours before it."""
    access.require(actor, "period.manage", period)
    if not reason.strip():
        raise ReasonMissingError("Γράψτε την αιτιολογία: δημοσιεύεται με την πράξη.")
    row = TrainingPeriod.objects.select_for_update(of=("self",)).get(pk=period.pk)
    if row.state not in {PeriodState.FROZEN, PeriodState.DRAWN}:
        raise NotOpenError("Η Β΄ φάση μεταφέρεται μόνο πριν ανοίξει.")
    hours = parameters.of(row.action, at).phase_b_notice_hours
    if opens < places.hours_later(at, hours) or closes <= opens:
        raise NotOpenError(
            f"Η έναρξη απέχει τουλάχιστον {hours} ώρες από τώρα και προηγείται της λήξης."
        )
    if closes >= row.enrolment_closes:
        raise NotOpenError(
            f"Η Β΄ φάση λήγει πριν από τις εγγραφές ({greek.long_moment(row.enrolment_closes)})."
        )
    old = {"phase_b_opens": str(row.phase_b_opens), "phase_b_closes": str(row.phase_b_closes)}
    row.phase_b_opens, row.phase_b_closes = opens, closes
    row.save(update_fields=["phase_b_opens", "phase_b_closes"])
    return PeriodAct.objects.create(
        period=row,
        kind=ActKind.DECISION,
        number=numbering.protocol("period.act", at=at),
        text=f"Η Β΄ φάση ανοίγει {greek.long_moment(opens)} και λήγει {greek.long_moment(closes)}.",
        reason=reason,
        changes={"old": old},
        at=at,
        actor_id=actor.user_id,
    )


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
    if at >= period.enrolment_closes:
        raise NotOpenError("Η προθεσμία των εγγραφών πέρασε: κανείς δεν θα προλάβαινε.")
    viable = Programme.objects.filter(period=period, state=ProgrammeState.VIABLE)
    ids = PROGRAMME.perform_all("open_enrolment", viable, actor=actor, at=at)
    if not ids:
        raise NotOpenError("Κανένα πρόγραμμα δεν θα λειτουργήσει σε αυτή την περίοδο.")
    rows = ParticipationApplication.objects.filter(programme__in=ids, state=ApplicationState.PLACED)
    rows.update(confirm_by=period.enrolment_closes)
    jobs.enqueue("enrolment.tell_enrolment", period_id=period.pk)


@PROGRAMME.performs("open_enrolment", locks=("period",))
def open_enrolment_of(programme: Programme, *, actor: Actor, at: datetime) -> None:
    """One programme that became viable after enrolment opened: its people are asked to confirm."""
    if programme.period.state != PeriodState.ENROLLING:
        raise NotOpenError("Οι εγγραφές ανοίγουν για όλη την περίοδο μαζί.")
    rows = ParticipationApplication.objects.filter(
        programme=programme, state=ApplicationState.PLACED
    )
    rows.update(confirm_by=programme.period.enrolment_closes)
