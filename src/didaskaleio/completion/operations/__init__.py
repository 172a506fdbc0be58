"""Acts of room completion (πράξεις): settling, attestations, consolidated attendance."""

from __future__ import annotations

from didaskaleio.completion.operations.consolidating import accept_documents, consolidate
from didaskaleio.completion.operations.issuing import BATCH_LIMIT, begin_batch, issue, issue_many
from didaskaleio.completion.operations.revising import reissue, replace, revoke
from didaskaleio.completion.operations.settling import complete, settle

__all__ = [
    "BATCH_LIMIT",
    "accept_documents",
    "begin_batch",
    "complete",
    "consolidate",
    "issue",
    "issue_many",
    "reissue",
    "replace",
    "revoke",
    "settle",
]
