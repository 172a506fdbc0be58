"""Circulation of contracts (διακίνηση): sealed by the body, signed by the payee, in that order."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from didaskaleio.credentials import operations as credentials
from didaskaleio.credentials.enums import SigningState
from didaskaleio.credentials.operations import By
from didaskaleio.finance import queries
from didaskaleio.finance.enums import BodySigns, ContractState
from didaskaleio.finance.errors import ContractError
from didaskaleio.finance.lifecycle import CONTRACT
from didaskaleio.finance.models import Contract
from didaskaleio.finance.operations.contracts import (
    issue,
    refuse_own,
    refuse_unready,
    supersede_former,
    tell_about,
)
from didaskaleio.kernel.access import SYSTEM, Actor
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.models import Person


@CONTRACT.performs("send", locks=("payee",))
def send(contract: Contract, *, actor: Actor, at: datetime) -> None:
    """Αποστολή για υπογραφή: the body's seal or its head first, then the payee's turn.

    Refused for one's own contract, while a document is missing or has expired, for a centre
    without a manager, and for a body without a head who may sign.
    """
    refuse_own(contract, actor, at)
    refuse_unready(contract, at)
    assert contract.document is not None  # noqa: S101 - an issued contract has one
    contract.case = credentials.open_case(
        contract.document,
        subject=contract,
        signers=[
            _for_body(contract, at),
            _for_payee(contract, at),
        ],
        body=contract.body,
        actor=actor,
        at=at,
        title=f"Σύμβαση {contract.number}, {contract.payee}",
    )
    if contract.template.signs == BodySigns.SEAL:
        credentials.sign_by_seal(contract.case, actor=SYSTEM, at=at)
        tell_about(contract, "Υπογράψτε τη σύμβασή σας", "Διαβάστε την και υπογράψτε τη.", at)
    else:
        told = "Υπογράφει πρώτα ο φορέας. Μόλις έρθει η σειρά σας, θα ειδοποιηθείτε."
        tell_about(contract, "Η σύμβασή σας στάλθηκε για υπογραφή", told, at)


def _for_body(contract: Contract, at: datetime) -> By:
    """What stands for the body (υπογραφή του φορέα): its seal, or its head in person."""
    if contract.template.signs == BodySigns.SEAL:
        return By(body=contract.body, capacity="Σφραγίδα του φορέα")
    payees = queries.people_of(contract.payee, at)
    head = queries.heads_of(contract.body_id, at).exclude(pk__in=payees).first()
    if head is None:
        raise ContractError(
            "Κανένα πρόσωπο δεν διοικεί τον φορέα για να υπογράψει, ή είναι το ίδιο δικαιούχος. "
            "Ζητήστε να οριστεί από τα Δικαιώματα, ή θέστε σε χρήση υπόδειγμα με τη σφραγίδα."
        )
    return By(head, None, "Για τον φορέα", Role.BODY_HEAD, Scope.BODY, contract.body_id)


def _for_payee(contract: Contract, at: datetime) -> By:
    """A person signs in their own name; for a centre whoever runs it."""
    person, centre = _signer(contract, at), contract.payee.centre_id
    if centre is None:
        return By(person=person, capacity="Δικαιούχος")
    return By(person, None, "Δικαιούχος", Role.CENTRE_MANAGER, Scope.CENTRE, centre)


def _signer(contract: Contract, at: datetime) -> Person:
    people = queries.people_of(contract.payee, at)
    if not people:
        raise ContractError(
            "Κανένα πρόσωπο δεν είναι υπεύθυνο του κέντρου για να υπογράψει. "
            "Ζητήστε να οριστεί από τα Δικαιώματα."
        )
    return Person.objects.get(pk=people[0])


@transaction.atomic
def issue_and_send(contract: Contract, *, actor: Actor, at: datetime) -> None:
    """Έκδοση και αποστολή in one: number, PDF, the body's seal, the payee's turn."""
    issue(contract, actor=actor, at=at)
    send(contract, actor=actor, at=at)


@CONTRACT.performs("sign", locks=("case", "payee"))
def sign(contract: Contract, *, actor: Actor, at: datetime) -> None:
    """Σε ισχύ, when the last signature has come; what it amends ends at the same moment."""
    supersede_former(contract, at)
    contract.signed_at = at
    tell_about(contract, "Η σύμβασή σας ισχύει", "Υπογράφηκε από όλους.", at)


@CONTRACT.performs("decline", locks=("case",))
def decline(contract: Contract, *, actor: Actor, at: datetime, reason: str) -> None:
    """Άρνηση by the payee: the desk may draw up another."""


@CONTRACT.performs("withdraw", locks=("case", "payee"))
def withdraw(contract: Contract, *, actor: Actor, at: datetime, reason: str) -> None:
    """Απόσυρση by the desk, with the case where signatures are awaited.

    The case is locked before the contract, as whoever signs does.
    """
    if contract.case is not None and contract.case.state == SigningState.OPEN:
        credentials.withdraw(contract.case, actor=SYSTEM, at=at, reason=reason)
    tell_about(contract, "Η σύμβαση αποσύρθηκε", reason, at)


def waiting_for(case_ids: tuple[int, ...]) -> list[Contract]:
    """The contracts whose signatures those cases gather, while they are awaited."""
    rows = Contract.objects.filter(case__in=case_ids, state=ContractState.SIGNING)
    return list(rows.order_by("pk"))
