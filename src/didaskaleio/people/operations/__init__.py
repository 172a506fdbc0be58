"""Operations of room people: rights, accounts, identifiers."""

from __future__ import annotations

from didaskaleio.people.operations.accounts import (
    amend_account,
    close_account,
    invite,
    open_account,
    open_guest_account,
    reopen_account,
)
from didaskaleio.people.operations.identifying import VALIDATORS, set_identifier
from didaskaleio.people.operations.rights import grant, withdraw

__all__ = [
    "VALIDATORS",
    "amend_account",
    "close_account",
    "grant",
    "invite",
    "open_account",
    "open_guest_account",
    "reopen_account",
    "set_identifier",
    "withdraw",
]
