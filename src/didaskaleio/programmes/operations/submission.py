"""Submission of a proposal and the system's check (υποβολή, έλεγχος κανόνων; R-032, R-034)."""

from __future__ import annotations

from datetime import datetime

from didaskaleio.courses.errors import ProgrammeHoursError
from didaskaleio.kernel import numbering
from didaskaleio.kernel.access import SYSTEM, Actor
from didaskaleio.kernel.errors import StepRefusedError
from didaskaleio.kernel.standards import operations as standards
from didaskaleio.programmes import queries
from didaskaleio.programmes.enums import PeriodState
from didaskaleio.programmes.errors import (
    AgreementMissingError,
    ClashError,
    LoadExceededError,
    RegulationNotAcceptedError,
    RulesBrokenError,
    WindowClosedError,
)
from didaskaleio.programmes.lifecycle import PROGRAMME
from didaskaleio.programmes.models import Programme
from didaskaleio.programmes.operations import slots
from didaskaleio.programmes.operations.assigning import require_assignment
from didaskaleio.programmes.operations.drafts import require_approved, require_window
from didaskaleio.programmes.timetable import Rule

# what a proposal must have to be one at all; the other rules are the check's business
COMPLETE = {
    Rule.COMP_F2F,
    Rule.COMP_SYNC,
    Rule.COMP_SUPPORT,
    Rule.COMP_ASYNC,
    Rule.HOURS_TOTAL,
    Rule.SLOTS_TOTAL,
    Rule.STAFF_MISSING,
    Rule.ROOM_MISSING,
}


@PROGRAMME.performs("submit", locks=("trainer", "room"))
def submit(programme: Programme, *, actor: Actor, at: datetime) -> None:
    """Submit a complete proposal inside the window; trainer and room are held from now on."""
    standards.require("programme.proposal", programme.period.action.body_id, actor)
    require_window(programme.period, at)
    _send(programme, at=at)


@PROGRAMME.performs("resubmit", locks=("trainer", "room"))
def resubmit(programme: Programme, *, actor: Actor, at: datetime) -> None:
    """Submit again what was returned; open until phase A begins."""
    standards.require("programme.proposal", programme.period.action.body_id, actor)
    if programme.period.state != PeriodState.PROPOSING:
        raise WindowClosedError(
            "Διορθώσεις γίνονται δεκτές ώς το άνοιγμα της Α΄ φάσης. "
            "Απευθυνθείτε στον φορέα υλοποίησης.",
            code="window",
        )
    _send(programme, at=at)


def _send(programme: Programme, *, at: datetime) -> None:
    require_approved(programme.centre, at)
    require_assignment(programme.period.action, programme.centre)
    _require_consent(programme, at)
    version = programme.period.action.course_version
    if gaps := queries.course_gaps(programme.category, version):
        raise ProgrammeHoursError(f"Η κατηγορία δεν ακολουθεί το αντικείμενο. {' '.join(gaps)}")
    broken = queries.errors_of(programme, at)
    if missing := [finding for finding in broken if finding.rule in COMPLETE]:
        raise RulesBrokenError(missing, lead="Η πρόταση δεν είναι πλήρης.")
    if taken := [finding for finding in broken if finding.rule in slots.CLASHES]:
        raise ClashError(taken, lead="Η πρόταση δεν υποβλήθηκε.")
    if heavy := [finding for finding in broken if finding.rule in slots.LOADS]:
        raise LoadExceededError(heavy, lead="Η πρόταση δεν υποβλήθηκε.")
    slots.hold(programme, at=at)
    if not programme.protocol:
        programme.protocol = numbering.protocol("programmes", at=at)
    programme.remarks = ""
    programme.save(update_fields=["protocol", "remarks"])


def _require_consent(programme: Programme, at: datetime) -> None:
    """The trainer agreed to this very revision; trainer and centre accepted the regulation."""
    regulation = queries.current_regulation(programme.period.action, at)
    centre = programme.centre_id
    if not queries.accepted(regulation, None, "centre", centre_id=centre):
        raise RegulationNotAcceptedError(
            "Το κέντρο δεν έχει αποδεχτεί το Κανονιστικό Πλαίσιο της δράσης. "
            "Διαβάστε το και δηλώστε την αποδοχή.",
            rule=queries.citation(None),
        )
    if programme.trainer_id is None:
        raise AgreementMissingError("Ορίστε επιμορφωτή/τρια και ζητήστε τη συμφωνία του/της.")
    if not programme.agreed:
        raise AgreementMissingError(
            "Δεν υπάρχει συμφωνία του/της επιμορφωτή/τριας για αυτή τη μορφή της πρότασης. "
            "Περιμένετε τη συμφωνία και υποβάλετε ξανά.",
            code="agreement",
        )
    if not queries.accepted(regulation, programme.trainer_id, "trainer"):
        raise RegulationNotAcceptedError(
            "Ο/Η επιμορφωτής/τρια δεν έχει αποδεχτεί την ισχύουσα έκδοση του Κανονιστικού "
            "Πλαισίου. Ζητήστε την αποδοχή.",
            rule=queries.citation(None),
        )


def check(programme: Programme, *, at: datetime) -> str:
    """The system's check of a submitted proposal: passed on, or returned with what fails."""
    errors = queries.errors_of(programme, at)
    if not errors:
        pass_checks(programme, actor=SYSTEM, at=at)
    else:
        remarks = "\n".join(f"{finding.code}: {finding.sentence}" for finding in errors)
        fail_checks(programme, actor=SYSTEM, at=at, reason=remarks)
    return programme.state


@PROGRAMME.performs("pass_checks")
def pass_checks(programme: Programme, *, actor: Actor, at: datetime) -> None:
    """Every hard rule holds."""
    if errors := queries.errors_of(programme, at):
        raise StepRefusedError(errors[0].sentence, code=errors[0].code)


@PROGRAMME.performs("fail_checks")
def fail_checks(programme: Programme, *, actor: Actor, at: datetime, reason: str = "") -> None:
    """Return a proposal with the list of the checks that fail as remarks."""
    programme.remarks = reason.strip()
    programme.save(update_fields=["remarks"])
