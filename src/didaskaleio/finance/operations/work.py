"""Work done (παραχθέν έργο): calculation of what is due, and work entered from a document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, BinaryIO

from django.db import transaction
from django.db.models import QuerySet

from didaskaleio.finance import amounts
from didaskaleio.finance.documents import WORK_PAPER
from didaskaleio.finance.enums import BY_HAND, Source
from didaskaleio.finance.errors import WorkRefusedError
from didaskaleio.finance.lifecycle import WORK
from didaskaleio.finance.models import Payee, PayTerm, WorkLine
from didaskaleio.finance.notices import payments as notices
from didaskaleio.finance.queries import work as queries
from didaskaleio.finance.queries.rates import Terms
from didaskaleio.kernel import access, files, greek, journal, numbering
from didaskaleio.kernel.access import SYSTEM, Actor
from didaskaleio.programmes.models import TrainingAction

WORK.model = WorkLine
SERIES, YEARLY = "finance.work", 1_000_000
MOST = 10_000
NOTHING_NEW = WorkRefusedError(
    "Δεν υπάρχει νέο έργο για υπολογισμό: όλα τα υπογεγραμμένα παρουσιολόγια και τα παραδοτέα "
    "έχουν τις γραμμές τους."
)


def move(
    step: str, rows: QuerySet[WorkLine], *, actor: Actor, at: datetime, reason: str = ""
) -> tuple[int, ...]:
    """Take a step on every line that may take it (πορεία γραμμών); the journal names the person."""
    return WORK.perform_all(step, rows, actor=SYSTEM, at=at, reason=reason, data={"by": actor.name})


for name in WORK.steps:
    WORK.bulk_operations[name] = move


def move_exactly(
    step: str, ids: Sequence[int], *, actor: Actor, at: datetime, reason: str = ""
) -> None:
    """Take a step on all of these lines, or on none."""
    moved = move(step, WorkLine.objects.filter(pk__in=ids), actor=actor, at=at, reason=reason)
    if len(moved) < len(set(ids)):
        raise WorkRefusedError(
            "Κάποιες γραμμές άλλαξαν κατάσταση στο μεταξύ. Ανανεώστε τη σελίδα και ξαναδοκιμάστε."
        )


def calculate(action: TrainingAction, *, actor: Actor, at: datetime, seen: str) -> int:
    """Write what is due (υπολογισμός) as the preview showed it; returns how many lines.

    The payees are locked in order and everything is read again: of two officers at once the
    second is told that there is nothing new, and no cap is passed.
    """
    access.require(actor, "pay_action.keep", action)
    with transaction.atomic():
        seen_plan = queries.plan(action, at)
        ids = sorted({each.payee.pk for each in seen_plan.lines})
        list(Payee.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk"))
        plan = queries.plan(action, at, ids)
        _check(plan, seen)
        replaced = [old.pk for each in plan.lines for old in each.replaces]
        move_exactly("replace", replaced, actor=actor, at=at)
        written = WorkLine.objects.bulk_create(
            _line(each, action, at) for each in plan.lines if not each.empty
        )
        journal.write_many(WorkLine, [x.pk for x in written], "Υπολογίστηκε", actor=actor, at=at)
        journal.write(action, _told(written), actor=actor, at=at, replaced=replaced)
        notices.work_written(written, at=at)
    return len(written)


def _check(plan: queries.Plan, seen: str) -> None:
    if not plan.lines:
        raise NOTHING_NEW
    if plan.digest != seen:
        raise WorkRefusedError(
            "Στο μεταξύ υπογράφηκε ή διορθώθηκε κάτι και το αποτέλεσμα θα ήταν άλλο. "
            "Δείτε ξανά την προεπισκόπηση."
        )


def _told(written: Sequence[WorkLine]) -> str:
    total = sum((line.amount for line in written), amounts.ZERO)
    lines = greek.count(len(written), "γραμμή έργου", "γραμμές έργου")
    return f"Υπολογισμός: {lines}, {greek.euro(total)}"


def _line(each: queries.Proposed, action: TrainingAction, at: datetime) -> WorkLine:
    found = each.found
    return WorkLine(
        payee=each.payee,
        contract=each.contract,
        action=action,
        programme=found.programme,
        role=found.role,
        unit=found.unit,
        quantity=each.counted if each.adjusts else found.quantity,
        counted=each.counted,
        rate=each.rate,
        price=each.rate.value,
        amount=each.amount,
        source=found.source,
        source_id=found.source_id,
        source_version=found.version,
        source_title=found.title,
        sequence=each.sequence,
        adjusts=each.adjusts,
        worked_on=found.worked_on,
        note=each.note,
        at=at,
    )


@dataclass(frozen=True)
class Entry:
    """Work that an officer enters from a document (καταχώριση έργου)."""

    payee: Payee
    role: str
    unit: str
    quantity: Decimal
    worked_on: date
    title: str


def enter(
    action: TrainingAction, entry: Entry, upload: BinaryIO | Any, *, actor: Actor, at: datetime
) -> WorkLine:
    """Enter scripts, sittings or items (καταχώριση) with the document that shows them."""
    access.require(actor, "pay_action.keep", action)
    access.require(actor, "payee.keep", entry.payee)
    rate = _rate_of(action, entry)
    with transaction.atomic():
        line = _entered(action, entry, rate, at)
        line.file = files.accept(WORK_PAPER, upload, upload.name, line, actor=actor, at=at)
        line.save(update_fields=["file"])
        journal.write(line, "Καταχωρίστηκε από έγγραφο", actor=actor, at=at)
        notices.work_written([line], at=at)
    return line


def _entered(action: TrainingAction, entry: Entry, rate: PayTerm, at: datetime) -> WorkLine:
    return WorkLine.objects.create(
        payee=entry.payee,
        action=action,
        contract=queries.contract_of(action, entry.payee, entry.role),
        role=entry.role,
        unit=entry.unit,
        quantity=entry.quantity,
        counted=entry.quantity,
        rate=rate,
        price=rate.value,
        amount=amounts.line_amount(entry.quantity, rate.value),
        source=Source.DOCUMENT,
        source_id=at.year * YEARLY + numbering.take(SERIES, at=at)[0],
        source_version=1,
        source_title=greek.clean(entry.title).strip(),
        worked_on=entry.worked_on,
        at=at,
    )


def _rate_of(action: TrainingAction, entry: Entry) -> PayTerm:
    if entry.unit not in BY_HAND:
        raise WorkRefusedError(
            "Με έγγραφο καταχωρίζονται γραπτά, επιτηρήσεις και θέματα. Τα υπόλοιπα υπολογίζονται."
        )
    if not 0 < entry.quantity < MOST:
        raise WorkRefusedError("Γράψτε ποσότητα μεγαλύτερη από το μηδέν και κάτω από 10.000.")
    rate = Terms(action).rate(entry.unit, entry.role, entry.worked_on)
    if rate is None:
        raise WorkRefusedError(
            "Δεν έχει οριστεί αποζημίωση για αυτή τη μονάδα και τον ρόλο εκείνη την ημέρα. "
            "Ορίστε την στους όρους αμοιβής."
        )
    return rate
