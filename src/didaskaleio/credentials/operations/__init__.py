"""Acts of room credentials (πράξεις): issuing, revoking, replacing; signing cases; trust."""

from __future__ import annotations

from didaskaleio.credentials.operations.issuing import (
    Draft,
    SomeRefusedError,
    UnprintableError,
    body_number,
    issue,
    issue_many,
    keys_of,
    new_code,
    normal_code,
    revoke,
    supersede,
    unprintable,
    verification_address,
)
from didaskaleio.credentials.operations.signing import (
    By,
    decline,
    open_case,
    remind,
    sign_by_seal,
    sign_by_upload,
    withdraw,
)

__all__ = [
    "By",
    "Draft",
    "SomeRefusedError",
    "UnprintableError",
    "body_number",
    "decline",
    "issue",
    "issue_many",
    "keys_of",
    "new_code",
    "normal_code",
    "open_case",
    "remind",
    "revoke",
    "sign_by_seal",
    "sign_by_upload",
    "supersede",
    "unprintable",
    "verification_address",
    "withdraw",
]
