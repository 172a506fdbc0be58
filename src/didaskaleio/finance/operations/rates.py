"""Terms of payment (όροι αμοιβής): a new version follows the last, nothing is overwritten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from didaskaleio.finance.enums import TermKind
from didaskaleio.finance.errors import TermRefusedError
from didaskaleio.finance.models import PayTerm
from didaskaleio.finance.queries.rates import term_key
from didaskaleio.kernel import access, greek, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.taken import unless_taken
from didaskaleio.programmes.models import TrainingAction

PERCENT, MOST = 100, 1_000_000
TWICE = TermRefusedError(
    "Άλλο πρόσωπο όρισε τον ίδιο όρο την ίδια στιγμή. Ανανεώστε τη σελίδα και ελέγξτε τον."
)


@dataclass(frozen=True)
class TermFacts:
    """What a new version of a term says (στοιχεία όρου)."""

    kind: str
    value: Decimal
    valid_from: date
    reason: str
    unit: str = ""
    role: str = ""
    tax_status: str = ""
    title: str = ""

    @property
    def key(self) -> str:
        return term_key(self.kind, self.unit, self.role, self.tax_status, self.title)


def set_term(action: TrainingAction, facts: TermFacts, *, actor: Actor, at: datetime) -> PayTerm:
    """Put a term in force from a day on (θέση σε ισχύ); the version before ends the day before.

    Work already accepted keeps its rate; a rate of a day in the past makes differences at the
    next calculation.
    """
    access.require(actor, "pay_action.keep", action)
    _check(facts)
    with unless_taken(TWICE):
        rows = PayTerm.objects.select_for_update(of=("self",)).filter(action=action, key=facts.key)
        last = rows.order_by("-version").first()
        if last is not None:
            _end(last, facts.valid_from)
        term = PayTerm.objects.create(
            action=action,
            key=facts.key,
            version=last.version + 1 if last else 1,
            by_id=actor.person_id,
            at=at,
            **_columns(facts),
        )
    journal.write(
        action, f"Όρος αμοιβής: {term}", actor=actor, at=at, reason=facts.reason, term=term.pk
    )
    return term


def _columns(facts: TermFacts) -> dict[str, object]:
    return {
        "kind": facts.kind,
        "unit": facts.unit,
        "role": facts.role,
        "tax_status": facts.tax_status,
        "title": greek.clean(facts.title).strip(),
        "value": facts.value,
        "valid_from": facts.valid_from,
        "reason": facts.reason,
    }


def _check(facts: TermFacts) -> None:
    if facts.value >= MOST:
        raise TermRefusedError("Η τιμή είναι πολύ μεγάλη: γράψτε μικρότερη από 1.000.000.")
    if facts.kind == TermKind.RATE and not (facts.unit and facts.role):
        raise TermRefusedError("Η αποζημίωση ορίζεται για μία μονάδα και έναν ρόλο: επιλέξτε τα.")
    if facts.kind != TermKind.RATE and facts.unit:
        raise TermRefusedError("Μονάδα έχει μόνο η αποζημίωση: αφήστε το πεδίο κενό.")
    if facts.kind == TermKind.DEDUCTION and not facts.title.strip():
        raise TermRefusedError("Γράψτε πώς λέγεται η κράτηση, όπως «Παρακράτηση φόρου».")
    if facts.kind == TermKind.DEDUCTION and facts.value > PERCENT:
        raise TermRefusedError("Η κράτηση είναι ποσοστό: γράψτε έως 100.")


def _end(last: PayTerm, day: date) -> None:
    if day <= last.valid_from:
        raise TermRefusedError(
            f"Η έκδοση {last.version} ισχύει από {greek.short_date(last.valid_from)}: "
            "η νέα πρέπει να αρχίζει αργότερα."
        )
    last.valid_until = day - timedelta(days=1)
    last.save(update_fields=["valid_until"])
