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
from didaskaleio.courses.operations.contributing import (
    assign_work,
    extend_work,
    finish_work,
    remind_work,
    withdraw_work,
)
from didaskaleio.courses.operations.finding import (
    answer_finding,
    dismiss,
    find,
    leave_out,
    take_up,
)
from didaskaleio.courses.operations.opening import TEAM, amend, assign, begin, release
from didaskaleio.courses.operations.reviewing import answer, remark, resolve
from didaskaleio.courses.operations.writing import (
    PARTS,
    TEXTS,
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
    "PARTS",
    "TEAM",
    "TEXTS",
    "WRITABLE",
    "act_of",
    "amend",
    "answer",
    "answer_finding",
    "approve",
    "assign",
    "assign_work",
    "begin",
    "dismiss",
    "drop_material",
    "extend_work",
    "find",
    "finish_work",
    "leave_out",
    "link_to_action",
    "mark_ready",
    "plan_material",
    "release",
    "remark",
    "remind_work",
    "reopen_design",
    "resolve",
    "retire",
    "return_with_remarks",
    "start_revision",
    "submit_design",
    "submit_material",
    "submit_revision",
    "take_up",
    "upload_material",
    "withdraw_work",
    "write",
    "write_objectives",
    "write_profile",
    "write_units",
]
