"""What finance hears (αντιδράσεις): how the signing case of a contract ended."""

from __future__ import annotations

from didaskaleio.credentials.events import CaseCompleted, CaseDeclined
from didaskaleio.credentials.lifecycle import SIGNING
from didaskaleio.finance import operations
from didaskaleio.kernel.access import SYSTEM
from didaskaleio.kernel.events import StepsTaken, subscribe


@subscribe(CaseCompleted)
def signed_by_all(event: CaseCompleted) -> None:
    """The contract comes into force."""
    for contract in operations.waiting_for((event.case_id,)):
        operations.sign(contract, actor=SYSTEM, at=event.at)


@subscribe(CaseDeclined)
def refused_by_one(event: CaseDeclined) -> None:
    """The contract is not accepted."""
    for contract in operations.waiting_for((event.case_id,)):
        operations.decline(contract, actor=SYSTEM, at=event.at, reason=event.reason)


@subscribe(StepsTaken)
def withdrawn_by_the_body(event: StepsTaken) -> None:
    """A case that its body withdrew by itself takes the contract with it."""
    if (event.lifecycle, event.step) != (SIGNING.name, "withdraw") or event.actor_id is None:
        return
    for contract in operations.waiting_for(event.ids):
        operations.withdraw(contract, actor=SYSTEM, at=event.at, reason=event.reason)
