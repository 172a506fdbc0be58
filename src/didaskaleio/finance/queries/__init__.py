"""Questions of room finance."""

from __future__ import annotations

from didaskaleio.finance.queries.checklists import (
    Line,
    asked,
    asked_of,
    checklist,
    holding,
    missing,
    papers,
    permit_holds,
)
from didaskaleio.finance.queries.contracts import (
    OF_PROGRAMMES,
    SETTLED,
    Work,
    contracts,
    in_use,
    periods,
    programmes,
    works,
)
from didaskaleio.finance.queries.payees import (
    AFM,
    OWED,
    bodies,
    desk_of,
    differs_from_record,
    found,
    heads_of,
    lacking,
    payees,
    people_of,
)

__all__ = [
    "AFM",
    "OF_PROGRAMMES",
    "OWED",
    "SETTLED",
    "Line",
    "Work",
    "asked",
    "asked_of",
    "bodies",
    "checklist",
    "contracts",
    "desk_of",
    "differs_from_record",
    "found",
    "heads_of",
    "holding",
    "in_use",
    "lacking",
    "missing",
    "papers",
    "payees",
    "people_of",
    "periods",
    "permit_holds",
    "programmes",
    "works",
]
