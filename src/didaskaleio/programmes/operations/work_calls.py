"""Calls for work (προσκλήσεις για έργο; R-029): written, announced, closed, settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from didaskaleio.kernel import access, jobs, journal, numbering
from didaskaleio.kernel.access import SYSTEM, Actor
from didaskaleio.kernel.errors import Refusal, StepRefusedError
from didaskaleio.kernel.greek import long_moment
from didaskaleio.programmes import ranking
from didaskaleio.programmes.enums import (
    PeriodState,
    QuotaKind,
    WorkApplicationState,
    WorkCallState,
    WorkFor,
)
from didaskaleio.programmes.lifecycle import WORK_APPLICATION, WORK_CALL
from didaskaleio.programmes.models import (
    Quota,
    TrainingPeriod,
    WorkApplication,
    WorkCall,
    WorkCallLine,
    WorkStanding,
)
from didaskaleio.programmes.queries import work_ranking

WORK_CALL.model = WorkCall
WRITTEN = "Γράφτηκε η πρόσκληση για έργο"
MOVED = "Ρυθμίστηκε με απόφαση"
FIELDS = ("title", "text", "opens_at", "closes_at", "answer_hours")
OVER = (PeriodState.RUNNING, PeriodState.CLOSED, PeriodState.CANCELLED)
UNDECIDED = (WorkApplicationState.DRAFT, WorkApplicationState.SUBMITTED)


@dataclass(frozen=True)
class LineFacts:
    """One line of a call (θέση έργου): cluster and prefecture, or region; ids and places."""

    places: int
    cluster: int | None = None
    prefecture: int | None = None
    region: int | None = None


@dataclass(frozen=True)
class WorkContent:
    """What a call for work says (περιεχόμενο της πρόσκλησης για έργο)."""

    title: str
    opens_at: datetime
    closes_at: datetime
    lines: Sequence[LineFacts]
    text: str = ""
    answer_hours: int = 72


@transaction.atomic
def begin_work_call(
    period: TrainingPeriod, audience: WorkFor, content: WorkContent, *, actor: Actor, at: datetime
) -> WorkCall:
    """Νέα πρόσκληση για έργο: a draft for a period of an action of the actor's own body."""
    made = WorkCall(period=period, audience=audience)
    access.require(actor, "work_call.manage", made)
    if period.state in OVER:
        raise Refusal("Η περίοδος έχει αρχίσει ή τελειώσει. Επιλέξτε περίοδο που έρχεται.")
    return _write(made, content, actor=actor, at=at)


@transaction.atomic
def change_work_call(
    call: WorkCall, content: WorkContent, *, actor: Actor, at: datetime, seen: int | None = None
) -> WorkCall:
    """Σύνταξη: only of a draft; refused when another officer saved meanwhile."""
    row = _held(call, actor)
    if row.state != WorkCallState.DRAFT:
        raise StepRefusedError(
            "Η πρόσκληση έχει ανακοινωθεί και δεν αλλάζει. Δώστε παράταση ή ματαιώστε την."
        )
    journal.require_latest(row, WRITTEN, seen)
    return _write(row, content, actor=actor, at=at)


def _held(call: WorkCall, actor: Actor) -> WorkCall:
    rows = WorkCall.objects.select_for_update(of=("self",), no_key=True)
    row = rows.select_related("period__action").get(pk=call.pk)
    access.require(actor, "work_call.manage", row)
    return row


def _write(call: WorkCall, content: WorkContent, *, actor: Actor, at: datetime) -> WorkCall:
    if content.closes_at <= content.opens_at:
        raise Refusal("Η λήξη είναι μετά την έναρξη: δώστε μεταγενέστερη.", code="closes_at")
    if content.closes_at >= call.period.starts_at:
        raise Refusal(
            "Οι αιτήσεις λήγουν πριν αρχίσουν τα μαθήματα "
            f"({long_moment(call.period.starts_at)}): δώστε προγενέστερη λήξη.",
            code="closes_at",
        )
    if not content.lines:
        raise Refusal("Ορίστε μία τουλάχιστον θέση έργου.")
    for name in FIELDS:
        setattr(call, name, getattr(content, name))
    call.save()
    call.lines.all().delete()
    WorkCallLine.objects.bulk_create(
        WorkCallLine(
            call=call,
            cluster_id=line.cluster,
            prefecture_id=line.prefecture,
            region_id=line.region,
            places=line.places,
        )
        for line in content.lines
    )
    journal.write(call, WRITTEN, actor=actor, at=at)
    return call


@WORK_CALL.performs("announce")
def announce_work(call: WorkCall, *, actor: Actor, at: datetime) -> None:
    """Ανακοίνωση: from now on those concerned see it; it takes its number and opens by the clock.

    Refused when its end has passed.
    """
    if at >= call.closes_at:
        raise StepRefusedError("Η λήξη έχει ήδη περάσει. Αλλάξτε την και ανακοινώστε τότε.")
    call.number = numbering.protocol("programmes.work", at=at)
    call.opens_at = max(call.opens_at, at)
    jobs.enqueue("programmes.tell_work", call_id=call.pk, at=at.isoformat())


@WORK_CALL.performs("open")
def open_work(call: WorkCall, *, actor: Actor, at: datetime) -> None:
    """The window of applications opens by the clock."""


@WORK_CALL.performs("extend")
def extend_work(
    call: WorkCall, *, actor: Actor, at: datetime, until: datetime, reason: str
) -> None:
    """Παράταση with a reason: only later, and before the lessons; whom it concerns are told."""
    if until <= call.closes_at or until >= call.period.starts_at:
        raise Refusal(
            f"Η νέα λήξη είναι μετά την παλιά ({long_moment(call.closes_at)}) και πριν αρχίσουν "
            f"τα μαθήματα ({long_moment(call.period.starts_at)}).",
            code="until",
        )
    call.closes_at = until
    jobs.enqueue("programmes.tell_work", call_id=call.pk, at=at.isoformat())


@WORK_CALL.performs("close")
def close_work(call: WorkCall, *, actor: Actor, at: datetime) -> None:
    """At the deadline: the facts that rank are frozen, line by line; drafts are not counted."""
    order = ranking.ranked(work_ranking.claims(call))
    WorkStanding.objects.bulk_create(
        WorkStanding(
            application_id=claim.applicant,
            line_id=claim.line,
            preference=claim.preference,
            points=claim.points,
            load=claim.load,
            local=claim.local,
            lot=claim.lot,
            rank=rank,
        )
        for line in order.values()
        for rank, claim in enumerate(line, start=1)
    )


@transaction.atomic
def move_work(
    application: WorkApplication,
    line: WorkCallLine | None,
    *,
    actor: Actor,
    at: datetime,
    reason: str,
) -> WorkApplication:
    """Ρύθμιση με απόφαση: one application to a line of its own, or to none, with the reason.

    The rest of the proposal is worked out anew around it. Refused once it was confirmed.
    """
    call = _held(application.call, actor)
    row = WorkApplication.objects.select_for_update(of=("self",), no_key=True).get(
        pk=application.pk
    )
    if call.state != WorkCallState.CLOSED or row.state != WorkApplicationState.SUBMITTED:
        raise StepRefusedError("Η επιλογή δεν αλλάζει σε αυτή την κατάσταση. Ανανεώστε τη σελίδα.")
    if not reason.strip():
        raise Refusal("Γράψτε την αιτιολογία της απόφασης.", code="reason")
    if line is not None and not row.standings.filter(line=line).exists():
        raise Refusal("Η αίτηση δεν ζητά αυτή τη θέση. Επιλέξτε μία από τις δικές της.")
    if line is not None and not call.for_trainers:
        raise Refusal("Τα προγράμματα των Κ.Σ.Ε. μοιράζονται με τη σειρά. Εξαιρέστε ή επαναφέρετε.")
    row.moved, row.moved_to, row.moved_why = True, line, reason.strip()
    row.save(update_fields=["moved", "moved_to", "moved_why"])
    where = f"Θέση: {line}." if line else "Χωρίς θέση."
    journal.write(row, MOVED, actor=actor, at=at, reason=f"{where} {reason.strip()}")
    return row


@transaction.atomic
def restore_work(
    application: WorkApplication, *, actor: Actor, at: datetime, reason: str = ""
) -> None:
    """Επαναφορά: the application follows the rules again."""
    call = _held(application.call, actor)
    if call.state != WorkCallState.CLOSED:
        raise StepRefusedError("Η επιλογή δεν αλλάζει σε αυτή την κατάσταση. Ανανεώστε τη σελίδα.")
    call.applications.filter(pk=application.pk).update(moved=False, moved_to=None, moved_why="")
    journal.write(application, "Ακολουθεί πάλι την κατάταξη", actor=actor, at=at, reason=reason)


@WORK_CALL.performs("select")
def select_work(call: WorkCall, *, actor: Actor, at: datetime, reason: str) -> None:
    """Επικύρωση: every application gets its outcome; centres get that many programmes as limit."""
    chosen = work_ranking.outcome(call)
    rows = call.applications.all()
    WORK_APPLICATION.perform_all(
        "select",
        rows.filter(pk__in=chosen),
        actor=SYSTEM,
        at=at,
        reason=reason,
        each={
            "line_id": {who: line for who, (line, _) in chosen.items()},
            "granted": {who: number for who, (_, number) in chosen.items()},
        },
    )
    WORK_APPLICATION.perform_all("reserve", rows, actor=SYSTEM, at=at, reason=reason)
    if not call.for_trainers:
        _limit(call, {who: number for who, (_, number) in chosen.items()})
    jobs.enqueue("programmes.tell_settled", call_id=call.pk, at=at.isoformat())


def _limit(call: WorkCall, granted: dict[int, int]) -> None:
    """What a centre was given is how many programmes it may have approved in the period."""
    rows = call.applications.filter(pk__in=granted).select_related("centre")
    Quota.objects.bulk_create(
        (
            Quota(
                period=call.period,
                kind=QuotaKind.CENTRE,
                key=row.centre.code,  # type: ignore[union-attr]
                limit=granted[row.pk],
            )
            for row in rows
        ),
        update_conflicts=True,
        unique_fields=["period", "kind", "key"],
        update_fields=["limit"],
    )


@WORK_CALL.performs("cancel")
def cancel_work(call: WorkCall, *, actor: Actor, at: datetime, reason: str) -> None:
    """Ματαίωση with a reason: applications end with it and their people are told."""
    rows = call.applications.filter(state__in=UNDECIDED)
    WORK_APPLICATION.perform_all("end", rows, actor=SYSTEM, at=at, reason=reason)
    if call.number:
        jobs.enqueue("programmes.tell_settled", call_id=call.pk, at=at.isoformat())


WORK_APPLICATION.bulk_operations["select"] = select_work
WORK_APPLICATION.bulk_operations["reserve"] = select_work
WORK_APPLICATION.bulk_operations["end"] = cancel_work
