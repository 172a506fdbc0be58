"""Reports of work (εκθέσεις πεπραγμένων): written, submitted, sent back or accepted, sealed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from didaskaleio.credentials import operations as credentials
from didaskaleio.finance.documents.work_reports import WORK_REPORT_PDF
from didaskaleio.finance.enums import ContractKind, ContractState
from didaskaleio.finance.errors import WorkReportError
from didaskaleio.finance.lifecycle import WORK_REPORT
from didaskaleio.finance.lifecycle.work_reports import WRITABLE
from didaskaleio.finance.models import Contract, WorkReport
from didaskaleio.finance.notices import work_reports as notices
from didaskaleio.finance.queries import work_reports as queries
from didaskaleio.kernel import access, greek, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.models import StoredDocument

WORK_REPORT.model = WorkReport
WRITTEN = "Γράφτηκε"
LONGEST = 4_000
MARK = "ΕΠ"
AT_CENTRE = (ContractKind.TRAINER, ContractKind.STAFF)


def write(
    contract: Contract,
    texts: Mapping[str, str],
    summary: str,
    *,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> WorkReport:
    """Write the words of one's own report (σύνταξη έκθεσης); the first save opens it."""
    with transaction.atomic():
        held = Contract.objects.select_for_update(of=("self",), no_key=True).get(pk=contract.pk)
        access.require(actor, "contract.own", held)
        _require_report(held)
        report = WorkReport.objects.filter(contract=held).first() or _opened(held, at)
        if report.state not in WRITABLE:
            raise WorkReportError("Η έκθεση έχει υποβληθεί και δεν αλλάζει. Ανανεώστε τη σελίδα.")
        journal.require_latest(report, WRITTEN, seen)
        report.texts = {key: _said(text) for key, text in texts.items()}
        report.summary = _said(summary)
        report.save(update_fields=["texts", "summary"])
        journal.write(report, WRITTEN, actor=actor, at=at)
    return report


def _require_report(contract: Contract) -> None:
    if contract.kind == ContractKind.CENTRE or contract.state not in queries.SIGNED:
        raise WorkReportError(
            "Έκθεση πεπραγμένων γράφεται για σύμβαση προσώπου που έχει υπογραφεί."
        )


def _opened(contract: Contract, at: datetime) -> WorkReport:
    programme = contract.programme
    at_centre = programme is not None and contract.kind in AT_CENTRE
    centre = programme.centre if programme is not None and at_centre else None
    return WorkReport.objects.create(contract=contract, centre=centre, at=at)


def _said(text: str) -> str:
    return greek.clean(text).strip()[:LONGEST]


@WORK_REPORT.performs("submit", locks=("contract",))
def submit(report: WorkReport, *, actor: Actor, at: datetime) -> None:
    """Submit the report (υποβολή): its figures are kept as the signed sheets show them now."""
    contract = report.contract
    _require_over(contract)
    found = queries.activities(contract, at)
    if not found:
        raise WorkReportError(
            "Δεν υπάρχει έργο σε υπογεγραμμένα παρουσιολόγια ή σε παραδοτέα που εγκρίθηκαν. "
            "Αν λείπει υπογραφή, υπογράψτε πρώτα το παρουσιολόγιο."
        )
    if silent := [each.title for each in found if not report.texts.get(each.key, "").strip()]:
        raise WorkReportError(
            f"Περιγράψτε τι κάνατε και αποθηκεύστε πριν από την υποβολή: {', '.join(silent)}."
        )
    report.activities = [each.as_kept() for each in found]
    report.submitted_at = at
    notices.submitted(report, at=at)


def _require_over(contract: Contract) -> None:
    programme = contract.programme
    over = contract.state == ContractState.ENDED or programme is None
    if programme is not None and not over and programme.state not in queries.FINISHED:
        raise WorkReportError(
            f"Το πρόγραμμα {programme.code} συνεχίζεται. "
            "Αποθηκεύστε το πρόχειρο και υποβάλετε την έκθεση όταν ολοκληρωθεί."
        )


@WORK_REPORT.performs("send_back")
def send_back(report: WorkReport, *, actor: Actor, at: datetime, reason: str) -> None:
    """Send the report back with remarks (επιστροφή); the contributor writes and submits again."""
    _refuse_own(report, actor)
    notices.returned(report, reason, at=at)


@WORK_REPORT.performs("accept")
def accept(report: WorkReport, *, actor: Actor, at: datetime) -> None:
    """Accept the report (αποδοχή): numbered and sealed by the body, never one's own."""
    _refuse_own(report, actor)
    if queries.contradicted(report, at):
        raise WorkReportError(
            "Παρουσιολόγιο ή παραδοτέο άλλαξε μετά την υποβολή. "
            "Επιστρέψτε την έκθεση, ώστε να υποβληθεί ξανά με τα σημερινά στοιχεία."
        )
    body = report.contract.body
    series = WORK_REPORT_PDF.series
    report.number = credentials.body_number(series, body, at=at, mark=MARK)
    report.document = _sealed(report, actor, at)
    notices.accepted(report, at=at)


def _refuse_own(report: WorkReport, actor: Actor) -> None:
    if actor.user_id == report.contract.payee.person_id:
        raise WorkReportError("Τη δική σας έκθεση την κρίνει άλλο πρόσωπο.")


def _sealed(report: WorkReport, actor: Actor, at: datetime) -> StoredDocument:
    return credentials.issue_sealed(
        WORK_REPORT_PDF,
        report,
        body=report.contract.body,
        number=report.number,
        what="Η έκθεση",
        actor=actor,
        at=at,
    )
