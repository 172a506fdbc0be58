"""Acts of room courses: opening and team, writing, approval and revision."""

from __future__ import annotations

from didaskaleio.courses.operations.approving import (
    approve,
    link_to_action,
    reopen_design,
    retire,
    return_with_remarks,
    start_revision,
    submit_design,
    submit_material,
    submit_revision,
)
from didaskaleio.courses.operations.opening import TEAM, amend, assign, begin, release
from didaskaleio.courses.operations.reviewing import answer, remark, resolve
from didaskaleio.courses.operations.writing import (
    WRITABLE,
    act_of,
    drop_material,
    mark_ready,
    plan_material,
    upload_material,
    write,
    write_objectives,
    write_profile,
    write_units,
)

__all__ = [
    "TEAM",
    "WRITABLE",
    "act_of",
    "amend",
    "answer",
    "approve",
    "assign",
    "begin",
    "drop_material",
    "link_to_action",
    "mark_ready",
    "plan_material",
    "release",
    "remark",
    "reopen_design",
    "resolve",
    "retire",
    "return_with_remarks",
    "start_revision",
    "submit_design",
    "submit_material",
    "submit_revision",
    "upload_material",
    "write",
    "write_objectives",
    "write_profile",
    "write_units",
]
