"""Plans of merges (σχέδια συγχωνεύσεων): asked for, computed, decided line by line, published.

Nothing moves before the plan is published: until then every decision can be taken back.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from didaskaleio.enrolment import merges, notices, places
from didaskaleio.enrolment.enums import LineDecision, MergePlanState, Verdict
from didaskaleio.enrolment.errors import ChangedMeanwhileError, NotOpenError
from didaskaleio.enrolment.lifecycle import MERGE_PLAN
from didaskaleio.enrolment.models import (
    MergeLine,
    MergeMove,
    MergePlan,
    ParticipationApplication,
)
from didaskaleio.enrolment.operations.filling import holders
from didaskaleio.enrolment.operations.merging import merge_below
from didaskaleio.enrolment.queries.merges import Read, read_case
from didaskaleio.kernel import access, jobs, journal
from didaskaleio.kernel import notices as sending
from didaskaleio.kernel.access import SYSTEM, Actor
from didaskaleio.kernel.errors import ReasonMissingError, StepRefusedError
from didaskaleio.programmes.enums import PeriodState, ProgrammeState
from didaskaleio.programmes.models import Programme, TrainingPeriod

MERGE_PLAN.model = MergePlan
SECONDS = 110.0
LOOKED_AT = (PeriodState.PHASE_B, PeriodState.PHASE_B_CLOSED)
DECIDED = (Verdict.MERGES, Verdict.CLOSES)


@transaction.atomic
def ask_merges(period: TrainingPeriod, *, actor: Actor, at: datetime) -> MergePlan:
    """A plan for what is filling now; a job computes it, with a bar."""
    access.require(actor, "period.manage", period)
    if period.state not in LOOKED_AT:
        raise NotOpenError("Σχέδιο συγχωνεύσεων γίνεται από το άνοιγμα της Β΄ φάσης.")
    rows = period.programmes.filter(state__in=(ProgrammeState.FILLING, ProgrammeState.VIABLE))
    total = rows.count()
    if not rows.filter(state=ProgrammeState.FILLING).exists():
        raise NotOpenError("Κανένα πρόγραμμα δεν συμπληρώνεται: δεν χρειάζεται συγχώνευση.")
    plan = MergePlan.objects.create(period=period, asked_by_id=actor.person_id, at=at)
    plan.work = jobs.begin(
        "enrolment.plan_merges",
        str(plan)[:200],
        actor=actor,
        at=at,
        total=total,
        url=reverse("enrolment:merge-plan", args=[plan.pk]),
    )
    plan.save(update_fields=["work"])
    journal.write(plan, "Ζητήθηκε σχέδιο συγχωνεύσεων", actor=actor, at=at)
    jobs.enqueue("enrolment.plan_merges", plan=plan.pk, at=at.isoformat())
    return plan


def compute_merges(
    plan: MergePlan,
    *,
    at: datetime,
    seconds: float = SECONDS,
    advance: Callable[[int], None] | None = None,
) -> None:
    """Search outside any lock, then write what was found."""
    began = time.monotonic()
    read = read_case(plan.period, at)
    solved = merges.solve(read.case, seconds, advance=advance)
    spent = round(time.monotonic() - began, 1)
    find_merges(plan, actor=SYSTEM, at=at, read=read, solved=solved, spent=spent)


@MERGE_PLAN.performs("find")
def find_merges(
    plan: MergePlan, *, actor: Actor, at: datetime, read: Read, solved: merges.Solved, spent: float
) -> None:
    """The lines, the moves and the figures of the plan."""
    sizes = _sizes(read, solved)
    leaving: dict[int, list[int]] = defaultdict(list)
    for person in read.case.people:
        if person.source not in solved.running:
            leaving[person.source].append(person.id)
    lines = [
        MergeLine(
            plan=plan,
            programme_id=group.id,
            verdict=_verdict(group.id, solved, leaving[group.id]),
            before=group.held,
            after=sizes.get(group.id, 0),
        )
        for group in read.case.groups
        if group.fills
    ]
    for line in MergeLine.objects.bulk_create(lines):
        MergeMove.objects.bulk_create(_moves(line, leaving[line.programme_id], read, solved))
    plan.figures = _figures(read, solved, spent)


def _sizes(read: Read, solved: merges.Solved) -> dict[int, int]:
    """How many sit in each group that runs by the plan."""
    coming = Counter(solved.moves.values())
    return {
        g.id: g.held + coming[g.id]
        for g in read.case.groups
        if not g.fills or g.id in solved.running
    }


def _verdict(pk: int, solved: merges.Solved, leaving: Iterable[int]) -> Verdict:
    if pk in solved.running:
        return Verdict.RUNS
    return Verdict.MERGES if any(one in solved.moves for one in leaving) else Verdict.CLOSES


def _moves(
    line: MergeLine, leaving: Iterable[int], read: Read, solved: merges.Solved
) -> Iterable[MergeMove]:
    for pk in leaving:
        target = solved.moves.get(pk)
        wish = read.wishes.get((pk, target)) if target else None
        yield MergeMove(line=line, application_id=pk, target_id=target, wish=wish)


def _figures(read: Read, solved: merges.Solved, spent: float) -> dict[str, Any]:
    filling = [g for g in read.case.groups if g.fills]
    today = sum(g.held for g in read.case.groups if not g.fills)
    return {
        "today": today,
        "waiting": sum(g.held for g in filling),
        "seated": solved.seated,
        "bound": solved.bound,
        "moved": len(solved.moves),
        "wished": sum(1 for pair in solved.moves.items() if pair in read.wishes),
        "left": len(solved.left),
        "filling": len(filling),
        "running": len(solved.running),
        "seconds": spent,
    }


# --- decisions ---


@transaction.atomic
def decide_merges(
    plan: MergePlan,
    decision: LineDecision,
    *,
    reason: str,
    actor: Actor,
    at: datetime,
    line: int | None = None,
) -> int:
    """Accept or refuse one line, or all that wait; OPEN takes a decision back. How many changed.

    Every decision has a reason; nobody is moved before the plan is published.
    """
    row = MergePlan.objects.select_for_update(of=("self",), no_key=True).get(pk=plan.pk)
    access.require(actor, "merge_plan.decide", row)
    if row.state != MergePlanState.READY:
        raise StepRefusedError("Το σχέδιο δεν δέχεται πια αποφάσεις. Ζητήστε νέο σχέδιο.")
    if not reason.strip():
        raise ReasonMissingError("Γράψτε την αιτιολογία της απόφασης.")
    rows = row.lines.filter(verdict__in=DECIDED)
    rows = rows.filter(pk=line) if line else rows.filter(decision=LineDecision.OPEN)
    codes = list(rows.values_list("programme__code", flat=True))
    if not codes:
        raise NotOpenError("Δεν υπάρχει γραμμή που να περιμένει απόφαση.")
    open_again = decision == LineDecision.OPEN
    rows.update(
        decision=decision,
        reason="" if open_again else reason.strip(),
        decided_by=None if open_again else actor.user_id,
        decided_at=None if open_again else at,
    )
    act = "Αναιρέθηκε η απόφαση" if open_again else LineDecision(decision).label
    journal.write(row, f"{act}: {', '.join(codes)}"[:200], actor=actor, at=at, reason=reason)
    return len(codes)


@MERGE_PLAN.performs("discard")
def discard_merges(plan: MergePlan, *, actor: Actor, at: datetime) -> None:
    """Nothing of it is used."""


@MERGE_PLAN.performs("publish", locks=("period",))
def publish_merges(plan: MergePlan, *, actor: Actor, at: datetime) -> None:
    """Carry out what was accepted, all of it or nothing; whoever moved is told.

    Refused where a decision is missing, or where people or places are not as the plan read them.
    """
    waiting = plan.lines.filter(verdict__in=DECIDED, decision=LineDecision.OPEN)
    if many := waiting.count():
        raise StepRefusedError(f"Αποφασίστε πρώτα για όλες τις γραμμές: εκκρεμούν {many}.")
    lines = list(
        plan.lines.filter(decision=LineDecision.ACCEPTED)
        .prefetch_related("moves")
        .order_by("programme_id")
    )
    ids = {move.target_id for line in lines for move in line.moves.all() if move.target_id}
    held = places.lock({line.programme_id for line in lines} | ids)
    applications = places.applications().filter(programme__in=held)
    people = {row.pk: row for row in applications.select_related("person")}
    allowed = _allowed(plan.period, at)
    for line in lines:
        _carry_out(line, held, people, allowed, actor, at)


def _allowed(period: TrainingPeriod, at: datetime) -> set[tuple[int, int]]:
    """Which person may sit where now, by the rules that the plan read."""
    case = read_case(period, at).case
    return {(person.id, option.group) for person in case.people for option in person.options}


def _carry_out(
    line: MergeLine,
    held: Mapping[int, Programme],
    people: Mapping[int, ParticipationApplication],
    allowed: set[tuple[int, int]],
    actor: Actor,
    at: datetime,
) -> None:
    source = held[line.programme_id]
    known = {move.application_id: move.target_id for move in line.moves.all()}
    present = [row.pk for row in holders(source)]
    if source.state != ProgrammeState.FILLING or not known.keys() >= set(present):
        raise _changed(source)
    going = [(people[pk], held[target]) for pk in present if (target := known[pk])]
    wanted = Counter(target.pk for _, target in going)
    for pk, many in wanted.items():
        if places.free_to_claim(held[pk], at) < many:
            raise _changed(held[pk])
    if any((row.pk, target.pk) not in allowed for row, target in going):
        raise _changed(source)
    merge_below(source, actor=actor, at=at, reason=line.reason, moving=going)
    _tell(source, going, line, at)


def _changed(programme: Programme) -> ChangedMeanwhileError:
    return ChangedMeanwhileError(
        f"Το {programme.code} άλλαξε μετά τον υπολογισμό. Ζητήστε νέο σχέδιο για να το λάβει υπόψη."
    )


def _tell(
    source: Programme,
    going: Iterable[tuple[ParticipationApplication, Programme]],
    line: MergeLine,
    at: datetime,
) -> None:
    words = "Η θέση σας κρατιέται: στις εγγραφές την επιβεβαιώνετε ή δηλώνετε ότι δεν τη δέχεστε."
    messages = [
        sending.Message(
            row.person_id,
            "Το πρόγραμμά σας συγχωνεύτηκε με άλλο",
            f"Από το {source} μετακινηθήκατε στο {target}. Αιτιολογία: {line.reason} {words}",
            f"merged-{line.pk}-{row.pk}",
            reverse("enrolment:application"),
        )
        for row, target in going
    ]
    sending.send(notices.MERGED, messages, at=at)
