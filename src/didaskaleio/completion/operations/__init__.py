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
from didaskaleio.completion.operations.measures import (
    MeasureFacts,
    complete_measure,
    drop_measure,
    plan_measure,
)
from didaskaleio.completion.operations.packing import (
    LARGEST,
    Sample,
    fill,
    handed_over,
    lapse_pack,
    pack_programme,
    pack_project,
    retry,
    seal,
)
from didaskaleio.completion.operations.revising import reissue, replace, revoke
from didaskaleio.completion.operations.settling import complete, settle

__all__ = [
    "BATCH_LIMIT",
    "LARGEST",
    "MeasureFacts",
    "Sample",
    "accept_documents",
    "ask_employment",
    "begin_batch",
    "complete",
    "complete_measure",
    "consolidate",
    "drop_measure",
    "fill",
    "handed_over",
    "issue",
    "issue_employment",
    "issue_many",
    "lapse_pack",
    "pack_programme",
    "pack_project",
    "plan_measure",
    "refuse_employment",
    "reissue",
    "replace",
    "retry",
    "revoke",
    "revoke_employment",
    "seal",
    "settle",
    "withdraw_employment",
]
