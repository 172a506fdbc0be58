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
from didaskaleio.credentials.operations.remote import (
    begin_remote,
    open_try,
    prepare_remote,
    sign_remotely,
)
from didaskaleio.credentials.operations.sealing import issue_sealed
from didaskaleio.credentials.operations.signing import (
    By,
    decline,
    open_case,
    remind,
    sign_by_seal,
    sign_by_upload,
    withdraw,
)
from didaskaleio.credentials.operations.standing_in import replace
from didaskaleio.credentials.operations.trusting import add_root, end

__all__ = [
    "By",
    "Draft",
    "SomeRefusedError",
    "UnprintableError",
    "add_root",
    "begin_remote",
    "body_number",
    "decline",
    "end",
    "issue",
    "issue_many",
    "issue_sealed",
    "keys_of",
    "new_code",
    "normal_code",
    "open_case",
    "open_try",
    "prepare_remote",
    "remind",
    "replace",
    "revoke",
    "sign_by_seal",
    "sign_by_upload",
    "sign_remotely",
    "supersede",
    "unprintable",
    "verification_address",
    "withdraw",
]
