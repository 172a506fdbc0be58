"""Contracts (συμβάσεις): drawn up, issued, amended, withdrawn, ended; signatures stand apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db import transaction
from django.urls import reverse

from didaskaleio.credentials import operations as credentials
from didaskaleio.finance import notices as kinds
from didaskaleio.finance import queries
from didaskaleio.finance.documents import CONTRACT_PDF, contract_data
from didaskaleio.finance.enums import STANDING, ContractKind, ContractState, PayeeState
from didaskaleio.finance.errors import ContractError
from didaskaleio.finance.lifecycle import CONTRACT
from didaskaleio.finance.models import Contract, ContractTemplate, Payee
from didaskaleio.finance.operations.payees import open_payee, tell
from didaskaleio.kernel import access, documents, greek, journal
from didaskaleio.kernel.access import SYSTEM, Actor
from didaskaleio.kernel.clock import ATHENS
from didaskaleio.kernel.taken import unless_taken
from didaskaleio.kernel.typesetting import TypesettingError
from didaskaleio.programmes.models import Programme, TrainingAction

CONTRACT.model = Contract
SERIES, MARK = "finance.contract", "ΣΥΜ"


@dataclass(frozen=True)
class Terms:
    """Όροι: what is to be done, for how many hours, for how much at most, until when."""

    duties: str
    starts_on: date
    ends_on: date
    hours: int | None = None
    ceiling: Decimal | None = None


@transaction.atomic
def draw_up(
    action: TrainingAction,
    kind: ContractKind,
    payee: Payee,
    terms: Terms,
    *,
    programme: Programme | None = None,
    actor: Actor,
    at: datetime,
) -> Contract:
    """Κατάρτιση from the template in use; the payee is told what is still to be given.

    Refused: no template in use, days in the wrong order or all past, one that stands already
    for the same work.
    """
    template = _template(action, kind)
    made = Contract(
        body=action.body,
        kind=kind,
        template=template,
        payee=payee,
        action=action,
        programme=programme,
        at=at,
    )
    access.require(actor, "contract.keep", made)
    Payee.objects.select_for_update(of=("self",), no_key=True).get(pk=payee.pk)
    _refuse_second(made)
    _agree(made, terms, at)
    _save_new(made)
    journal.write(made, "Καταρτίστηκε", actor=actor, at=at)
    _tell_drawn(made, at)
    return made


def _template(action: TrainingAction, kind: ContractKind) -> ContractTemplate:
    found = queries.in_use(action.body_id).get(kind)
    if found is None:
        raise ContractError(
            f"Δεν υπάρχει υπόδειγμα σε χρήση για «{kind.label}». Γράψτε και θέστε σε χρήση ένα "
            "από τα Υποδείγματα.",
            code="kind",
        )
    return found


def _refuse_second(made: Contract) -> None:
    standing = Contract.objects.filter(
        payee=made.payee,
        kind=made.kind,
        action=made.action,
        programme=made.programme,
        state__in=STANDING,
    )
    if standing.exists():
        raise _second()


def _second() -> ContractError:
    return ContractError(
        "Υπάρχει ήδη σύμβαση για το ίδιο έργο. Ανοίξτε εκείνη· αν ισχύει, τροποποιήστε την."
    )


def _agree(contract: Contract, terms: Terms, at: datetime) -> None:
    if terms.ends_on < terms.starts_on:
        raise ContractError("Η λήξη είναι πριν από την έναρξη. Διορθώστε τη.", code="ends_on")
    contract.ends_at = datetime.combine(terms.ends_on + timedelta(days=1), time(), ATHENS)
    if contract.ends_at <= at:
        raise ContractError("Η σύμβαση θα είχε ήδη λήξει. Γράψτε νεότερη λήξη.", code="ends_on")
    contract.starts_on = terms.starts_on
    contract.duties = terms.duties.strip()[:300]
    contract.hours, contract.ceiling = terms.hours, terms.ceiling


def _save_new(contract: Contract) -> None:
    with unless_taken(_second()):
        contract.save(force_insert=True)


def _tell_drawn(contract: Contract, at: datetime) -> None:
    payee, asks = contract.payee, queries.missing(contract, at)
    parts = [f"Ετοιμάζεται σύμβαση: {contract.duties}."]
    if payee.state != PayeeState.CONFIRMED:
        parts.append("Συμπληρώστε και υποβάλετε τα στοιχεία πληρωμής σας.")
    if asks:
        parts.append(f"Ανεβάστε: {', '.join(str(kind.label) for kind in asks)}.")
    tell(payee, kinds.CONTRACT, "Ετοιμάζεται σύμβασή σας", " ".join(parts), at)


@transaction.atomic
def set_terms(contract: Contract, terms: Terms, *, actor: Actor, at: datetime) -> None:
    """Όροι of a contract in preparation; what was issued is never written again."""
    row = Contract.objects.select_for_update(of=("self",), no_key=True).get(pk=contract.pk)
    access.require(actor, "contract.keep", row)
    if row.state != ContractState.DRAFT:
        raise ContractError("Η σύμβαση εκδόθηκε. Αποσύρετέ την και καταρτίστε νέα.")
    _agree(row, terms, at)
    row.save(update_fields=["duties", "hours", "ceiling", "starts_on", "ends_at"])
    journal.write(row, "Ορίστηκαν οι όροι", actor=actor, at=at)


def draw_up_work(work: queries.Work, *, actor: Actor, at: datetime) -> Contract | None:
    """Σύμβαση έργου of a programme; None where one stands already."""
    period = work.programme.period
    terms = Terms(work.duties, period.first_day, period.last_day, work.hours)
    with transaction.atomic():
        payee = open_payee(
            period.action.body, person=work.person, centre=work.centre, actor=actor, at=at
        )
        standing = payee.contracts.filter(
            kind=work.kind, programme=work.programme, state__in=STANDING
        )
        if standing.exists():
            return None
        return draw_up(
            period.action,
            work.kind,
            payee,
            terms,
            programme=work.programme,
            actor=actor,
            at=at,
        )


@CONTRACT.performs("issue", locks=("payee",))
def issue(contract: Contract, *, actor: Actor, at: datetime) -> None:
    """Έκδοση: number and PDF, once the payee is confirmed and every document holds.

    Refused for one's own contract, and where a letter of a name has no shape.
    """
    refuse_own(contract, actor, at)
    refuse_unready(contract, at)
    contract.number = credentials.body_number(SERIES, contract.body, at=at, mark=MARK)
    day = greek.long_date(at.astimezone(ATHENS).date(), weekday=False)
    head = contract_data(contract)["document"] | {"date": day}
    try:
        contract.document = documents.issue(
            CONTRACT_PDF, contract, actor=actor, at=at, number=contract.number, document=head
        )
    except TypesettingError as error:
        raise credentials.unprintable("Η σύμβαση", error) from error


def refuse_own(contract: Contract, actor: Actor, at: datetime) -> None:
    """Nobody acts for the body on a contract of one's own."""
    if actor.user_id in queries.people_of(contract.payee, at):
        raise ContractError("Τη δική σας σύμβαση τη χειρίζεται άλλο πρόσωπο της υπηρεσίας.")


def refuse_unready(contract: Contract, at: datetime) -> None:
    """Refuse while the payee is not confirmed or a document is missing or has expired."""
    payee = contract.payee
    if payee.state != PayeeState.CONFIRMED:
        raise ContractError(
            "Τα στοιχεία πληρωμής του δικαιούχου δεν έχουν επιβεβαιωθεί "
            f"({payee.get_state_display().lower()}). Περιμένετε την υποβολή τους ή ελέγξτε τα."
        )
    if lacking := queries.missing(contract, at):
        names = ", ".join(str(kind.label) for kind in lacking)
        raise ContractError(
            f"Λείπουν ή έληξαν δικαιολογητικά: {names}. Ζητήστε τα από τον δικαιούχο."
        )


@transaction.atomic
def amend(contract: Contract, terms: Terms, *, actor: Actor, at: datetime, reason: str) -> Contract:
    """Τροποποίηση: a new contract for signature; this one holds until the new one is signed."""
    row = queries.contracts().select_for_update(of=("self",), no_key=True).get(pk=contract.pk)
    access.require(actor, "contract.keep", row)
    if row.state != ContractState.IN_FORCE:
        raise ContractError("Τροποποιείται μόνο σύμβαση σε ισχύ. Ανανεώστε τη σελίδα.")
    if not reason.strip():
        raise ContractError("Γράψτε γιατί τροποποιείται.", code="reason")
    made = Contract(
        body=row.body,
        kind=row.kind,
        template=_template(row.action, ContractKind(row.kind)),
        payee=row.payee,
        action=row.action,
        programme=row.programme,
        amends=row,
        at=at,
    )
    _agree(made, terms, at)
    with unless_taken(ContractError("Ετοιμάζεται ήδη τροποποίηση. Ανοίξτε εκείνη.")):
        made.save(force_insert=True)
    journal.write(made, "Καταρτίστηκε ως τροποποίηση", actor=actor, at=at, reason=reason)
    journal.write(row, "Ετοιμάζεται τροποποίηση", actor=actor, at=at, reason=reason)
    _tell_drawn(made, at)
    return made


@CONTRACT.performs("supersede")
def supersede(contract: Contract, *, actor: Actor, at: datetime) -> None:
    """Τροποποίηση signed: the former text no longer holds."""


@CONTRACT.performs("terminate", locks=("payee",))
def terminate(contract: Contract, *, actor: Actor, at: datetime, reason: str) -> None:
    """Λύση before the agreed end, by the desk."""
    refuse_own(contract, actor, at)
    contract.ends_at = max(at, datetime.combine(contract.starts_on, time(1), ATHENS))
    tell_about(contract, "Η σύμβασή σας λύθηκε", reason, at)


@CONTRACT.performs("lapse")
def lapse(contract: Contract, *, actor: Actor, at: datetime) -> None:
    """Λήξη by the clock, at the agreed end."""
    tell_about(contract, "Η σύμβασή σας έληξε", "Όσα οφείλονται πληρώνονται κανονικά.", at)


def tell_about(contract: Contract, title: str, text: str, at: datetime) -> None:
    """Tell the payee news of a contract, with the way to its page."""
    page = reverse("finance:contract", args=[contract.pk])
    what = f"{contract.number or contract.duties}. {text}"
    tell(contract.payee, kinds.CONTRACT, title, what, at, page)


def supersede_former(contract: Contract, at: datetime) -> None:
    """End the text that this one amends, before this one comes into force."""
    former = contract.amends
    if former is not None and former.state == ContractState.IN_FORCE:
        supersede(former, actor=SYSTEM, at=at)
