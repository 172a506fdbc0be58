"""Acts on training centres (πράξεις σε Κ.Σ.Ε.): entry, approval and its end, visits (R-012)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate

from didaskaleio.kernel import access, greek, journal, notices
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.notices import Message
from didaskaleio.kernel.taken import unless_taken
from didaskaleio.registers import notices as kinds
from didaskaleio.registers import places
from didaskaleio.registers.enums import CentreActKind as Act
from didaskaleio.registers.enums import VisitOutcome
from didaskaleio.registers.errors import CentreRefusedError
from didaskaleio.registers.models import CentreAct, CentreVisit
from didaskaleio.structures.models import ImplementingBody, Prefecture, TrainingCentre

CENTRE_DESCRIBED = "Καταχωρίστηκαν τα στοιχεία του Κ.Σ.Ε."
APPROVAL = "Καταχωρίστηκε πράξη έγκρισης"
REMIND_DAYS = (60, 15)


def open_centre(
    body: ImplementingBody, *, actor: Actor, at: datetime, **content: Any
) -> TrainingCentre:
    """Νέο Κ.Σ.Ε. in the register of the actor's body, without approval yet.

    Refused: another body, a code that is taken, places of two prefectures.
    """
    centre = TrainingCentre(body=body)
    access.require(actor, "centre.keep", centre)
    _take(centre, content)
    with unless_taken(
        CentreRefusedError(
            f"Υπάρχει ήδη Κ.Σ.Ε. με κωδικό «{centre.code}». Δώστε άλλον κωδικό.", code="code"
        )
    ):
        centre.save()
        journal.write(centre, CENTRE_DESCRIBED, actor=actor, at=at)
    return centre


@transaction.atomic
def describe_centre(
    centre: TrainingCentre, *, actor: Actor, at: datetime, seen: int | None = None, **content: Any
) -> TrainingCentre:
    """Στοιχεία Κ.Σ.Ε.: name, kind, place, ways to reach it; the code stays."""
    row = held_centre(centre, actor)
    journal.require_latest(row, CENTRE_DESCRIBED, seen)
    before = {name: getattr(row, name) for name in content}
    _take(row, {name: value for name, value in content.items() if name != "code"})
    row.save()
    changed = [name for name, value in before.items() if value != getattr(row, name)]
    journal.write(row, CENTRE_DESCRIBED, actor=actor, at=at, changed=changed)
    return row


def held_centre(
    centre: TrainingCentre, actor: Actor, permission: str = "centre.keep"
) -> TrainingCentre:
    """The centre locked and read afresh, open to ``actor``."""
    rows = TrainingCentre.objects.select_for_update(of=("self",), no_key=True)
    row = rows.get(pk=centre.pk)
    access.require(actor, permission, row)
    return row


def _take(centre: TrainingCentre, content: dict[str, Any]) -> None:
    for name, value in content.items():
        setattr(centre, name, value)
    unit = centre.regional_unit
    centre.prefecture_id, centre.region_id = unit.prefecture_id, unit.region_id
    _refuse_elsewhere(centre, unit.prefecture)


def _refuse_elsewhere(centre: TrainingCentre, prefecture: Prefecture) -> None:
    for name in ("school", "directorate"):
        place = getattr(centre, name)
        if place and place.prefecture_id != prefecture.pk:
            raise CentreRefusedError(
                f"Δεν βρίσκεται στον ίδιο νομό με την περιφερειακή ενότητα ({prefecture}). "
                "Διορθώστε ένα από τα δύο.",
                code=name,
            )


@transaction.atomic
def decide_approval(
    centre: TrainingCentre,
    *,
    kind: str,
    number: str,
    day: date,
    valid_from: date | None,
    valid_until: date | None,
    reason: str = "",
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> CentreAct:
    """Πράξη έγκρισης, ανανέωσης ή ανάκλησης, by the number and day that the act bears.

    A renewal keeps the first day, a withdrawal names the last one. Refused: an act of a day to
    come, a number given already, dates that do not follow what stands.
    """
    row = held_centre(centre, actor)
    journal.require_latest(row, APPROVAL, seen)
    first = valid_from if kind == Act.GRANT else row.approved_from
    if row.acts.filter(number=number).exists():
        raise CentreRefusedError(
            f"Η πράξη {number} έχει ήδη καταχωριστεί. Δείτε την στην καρτέλα.", code="number"
        )
    if first is None:
        raise _without_a_first_day(kind)
    _refuse_dates(row, kind, first, valid_until, day, localdate(at))
    if kind == Act.WITHDRAWAL and not reason.strip():
        raise CentreRefusedError("Γράψτε τον λόγο της ανάκλησης.", code="reason")
    made = CentreAct.objects.create(
        centre=row,
        kind=kind,
        number=number,
        day=day,
        valid_from=first,
        valid_until=valid_until,
        reason=reason,
        at=at,
        actor_id=actor.user_id,
    )
    row.approved_from, row.approved_until = first, valid_until
    row.save(update_fields=["approved_from", "approved_until"])
    journal.write(row, APPROVAL, actor=actor, at=at, reason=f"{made}. {reason}".strip())
    _tell_act(made)
    return made


def _without_a_first_day(kind: str) -> CentreRefusedError:
    if kind == Act.GRANT:
        return CentreRefusedError("Γράψτε από πότε ισχύει η έγκριση.", code="valid_from")
    return CentreRefusedError(
        "Το κέντρο δεν έχει έγκριση ακόμη. Καταχωρίστε πρώτα έγκριση.", code="kind"
    )


def _refuse_dates(
    row: TrainingCentre, kind: str, first: date, last: date | None, day: date, today: date
) -> None:
    if day > today:
        raise CentreRefusedError(
            "Η πράξη δεν έχει ακόμη εκδοθεί: γράψτε την ημέρα της.", code="day"
        )
    if last is not None and last < first:
        raise CentreRefusedError(
            f"Η λήξη είναι πριν από την έναρξη ({greek.short_date(first)}).", code="valid_until"
        )
    ends = row.approved_until
    if kind == Act.GRANT and row.approved_from and (ends is None or ends >= first):
        raise CentreRefusedError(
            "Το κέντρο έχει έγκριση που ισχύει ακόμη τότε. Καταχωρίστε ανανέωση.", code="kind"
        )
    if kind == Act.RENEWAL and (ends is None or (last is not None and last <= ends)):
        raise CentreRefusedError(
            "Η ανανέωση παρατείνει την έγκριση: γράψτε λήξη μετά τη σημερινή."
            if ends
            else "Η έγκριση δεν έχει λήξη και δεν χρειάζεται ανανέωση.",
            code="valid_until",
        )
    if kind == Act.WITHDRAWAL and (last is None or (ends is not None and last >= ends)):
        raise CentreRefusedError(
            "Γράψτε την τελευταία ημέρα που ισχύει η έγκριση, πριν από τη λήξη της.",
            code="valid_until",
        )


def _tell_act(act: CentreAct) -> None:
    until = greek.long_date(act.valid_until) if act.valid_until else ""
    ends = f"Ισχύει έως και {until}." if until else "Ισχύει χωρίς λήξη."
    text = f"Πράξη {act.number}, {greek.long_date(act.day)}. {ends} {act.reason}".strip()
    title = f"{act.get_kind_display()} Κ.Σ.Ε.: {act.centre}"
    tell_centre(act.centre, title, text, f"centre-act-{act.pk}", at=act.at)


def tell_centre(centre: TrainingCentre, title: str, text: str, key: str, *, at: datetime) -> int:
    """Tell those who answer for a centre, once each."""
    url = reverse("registers:centre", args=[centre.pk])
    people = places.managers_of(centre, at)
    return notices.send(kinds.CENTRE, [Message(pk, title, text, key, url) for pk in people], at=at)


@transaction.atomic
def record_visit(
    centre: TrainingCentre,
    *,
    day: date,
    visitors: str,
    outcome: str,
    findings: str,
    actor: Actor,
    at: datetime,
) -> CentreVisit:
    """Επίσκεψη: who went, when and what they found; remarks are said in words."""
    row = held_centre(centre, actor)
    if day > localdate(at):
        raise CentreRefusedError("Η επίσκεψη δεν έγινε ακόμη. Διορθώστε την ημέρα.", code="day")
    if outcome != VisitOutcome.FIT and not findings.strip():
        raise CentreRefusedError("Γράψτε τι διαπιστώθηκε.", code="findings")
    made = CentreVisit.objects.create(
        centre=row,
        day=day,
        visitors=visitors,
        outcome=outcome,
        findings=findings,
        at=at,
        actor_id=actor.user_id,
    )
    found = made.get_outcome_display()
    journal.write(row, "Καταχωρίστηκε επίσκεψη", actor=actor, at=at, reason=found)
    title = f"Επίσκεψη στο Κ.Σ.Ε.: {found}"
    tell_centre(row, title, findings, f"centre-visit-{made.pk}", at=at)
    return made


def remind_ends(at: datetime) -> int:
    """Υπενθύμιση: whoever answers for a centre hears 60 and 15 days before its approval ends.

    The key of the notice names the end and the distance: no run tells anybody twice.
    """
    today = localdate(at)
    ending = TrainingCentre.objects.filter(
        places.standing_is("ending", today), approved_until__gt=today
    )
    return sum(_remind(row, today, at) for row in ending.order_by("pk"))


def _remind(centre: TrainingCentre, today: date, at: datetime) -> int:
    assert centre.approved_until is not None  # noqa: S101 - what ends has its end
    left = (centre.approved_until - today).days
    step = min(days for days in REMIND_DAYS if left <= days)
    until = greek.long_date(centre.approved_until)
    text = f"Ισχύει έως και {until}. Για την ανανέωση απευθυνθείτε στον φορέα υλοποίησης."
    key = f"centre-end-{centre.pk}-{centre.approved_until.isoformat()}-{step}"
    return tell_centre(centre, f"Λήγει η έγκριση: {centre}", text, key, at=at)
