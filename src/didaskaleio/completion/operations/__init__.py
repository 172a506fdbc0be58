"""Acts of room completion (πράξεις): settling, attestations, consolidated attendance."""

from __future__ import annotations

from didaskaleio.completion.operations.consolidating import accept_documents, consolidate
from didaskaleio.completion.operations.employing import (
    ask_employment,
    issue_employment,
    refuse_employment,
    revoke_employment,
    withdraw_employment,
)
from didaskaleio.completion.operations.issuing import BATCH_LIMIT, begin_batch, issue, issue_many
from didaskaleio.completion.operations.revising import reissue, replace, revoke
from didaskaleio.completion.operations.settling import complete, settle

__all__ = [
    "BATCH_LIMIT",
    "accept_documents",
    "ask_employment",
    "begin_batch",
    "complete",
    "consolidate",
    "issue",
    "issue_employment",
    "issue_many",
    "refuse_employment",
    "reissue",
    "replace",
    "revoke",
    "revoke_employment",
    "settle",
    "withdraw_employment",
]
