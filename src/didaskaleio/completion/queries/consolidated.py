"""Consolidated attendance (συγκεντρωτικό παρουσιολόγιο): the figures, and what is still missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from didaskaleio.completion.enums import AttestationState
from didaskaleio.completion.models import Attestation, ConsolidatedAttendance
from didaskaleio.completion.queries.standing import FINISHED, Standing, standings
from didaskaleio.completion.queries.tallies import KINDS, is_settled
from didaskaleio.kernel import dossiers, journal
from didaskaleio.programmes.models import Programme


@dataclass(frozen=True)
class Condition:
    """One precondition of accepting the documents: met or not, with what to do."""

    title: str
    met: bool
    sentence: str


def consolidated_rows(programme: Programme, at: datetime) -> list[dict[str, Any]]:
    """One row a trainee, as it is printed and stored; hours as text to a tenth."""
    return [_row(number, s) for number, s in enumerate(standings(programme, at), start=1)]


def _row(number: int, standing: Standing) -> dict[str, Any]:
    application, tally = standing.application, standing.tally
    return {
        "n": number,
        "name": str(application.person),
        "father": application.person.father_name,
        "number": application.number,
        **{kind: _text(tally.attended[kind]) for kind in KINDS},
        "attended": _text(sum(tally.attended.values(), Decimal(0))),
        "absent": _text(tally.facts.absent_hours),
        "outcome": "Ολοκλήρωσε" if standing.fulfilled else "Δεν ολοκλήρωσε",
    }


def _text(hours: Decimal) -> str:
    return str(hours.quantize(Decimal("0.1")))


def latest(programme: Programme) -> ConsolidatedAttendance | None:
    """The consolidated attendance that is in force."""
    rows = ConsolidatedAttendance.objects.filter(programme=programme)
    return rows.select_related("document__file").order_by("-version").first()


def conditions(programme: Programme, at: datetime) -> list[Condition]:
    """What accepting the documents of a programme needs, each met or not."""
    finished = programme.state in FINISHED
    settled = is_settled(programme)
    owed = Attestation.objects.filter(programme=programme, state=AttestationState.OWED).count()
    sheet = latest(programme)
    current = sheet is not None and sheet.rows == consolidated_rows(programme, at)
    return [
        Condition(
            "Ολοκλήρωση του προγράμματος",
            finished,
            "Έγινε η τελευταία συνεδρία." if finished else "Το πρόγραμμα συνεχίζεται.",
        ),
        Condition(
            "Παρουσιολόγια",
            settled,
            "Υπογράφηκαν όλα." if settled else "Δεν έχουν υπογραφεί όλα.",
        ),
        Condition("Συγκεντρωτικό παρουσιολόγιο", current, _of_sheet(sheet, current=current)),
        Condition(
            "Βεβαιώσεις",
            settled and finished and not owed,
            f"Οφείλονται {owed}: εκδώστε τες." if owed else "Δεν οφείλεται καμία.",
        ),
        *_of_other_rooms(programme, at),
    ]


def _of_other_rooms(programme: Programme, at: datetime) -> Iterator[Condition]:
    """The parts of the dossier that must be whole, as the rooms above declare them."""
    needed = [part.name for part in dossiers.of(journal.label(programme)) if part.needed]
    for each in dossiers.listed(programme, at, needed):
        waited = ", ".join(dict.fromkeys(entry.waits_for for entry in each.missing))
        yield Condition(
            each.part.title,
            not each.missing,
            f"Λείπουν {len(each.missing)}. Αναμένονται από: {waited}."
            if each.missing
            else f"Υπάρχουν όλα τα οφειλόμενα ({len(each.entries)}).",
        )


def _of_sheet(sheet: ConsolidatedAttendance | None, *, current: bool) -> str:
    if sheet is None:
        return "Δεν έχει εκδοθεί."
    if current:
        return f"Ισχύει η έκδοση {sheet.version}."
    return f"Άλλαξαν στοιχεία μετά την έκδοση {sheet.version}: εκδώστε νέα."
