"""Acts of room programmes: the only way in which its facts change."""

from __future__ import annotations

from didaskaleio.programmes.operations.actions import (
    cancel_action,
    close_action,
    close_applications,
    close_documentation,
    end_programmes,
    open_applications_of_action,
    open_planning,
    set_parameters,
    start_action,
)
from didaskaleio.programmes.operations.addressing import (
    address_to,
    drop_schools,
    name_schools,
    read_codes,
    read_schools,
)
from didaskaleio.programmes.operations.agreement import agree, agree_again
from didaskaleio.programmes.operations.arrangements import (
    apply,
    discard_arrangement,
    find,
    give_up,
    undo,
)
from didaskaleio.programmes.operations.arranging import arrange_centre, arrange_period, compute
from didaskaleio.programmes.operations.assigning import add_tender, drop_tender
from didaskaleio.programmes.operations.availability import Declared, declare
from didaskaleio.programmes.operations.changes import Wanted, answer, as_slots, suggest
from didaskaleio.programmes.operations.decisions import (
    Outcome,
    approve,
    approve_many,
    open_applications,
    preview,
    reject,
    return_many,
    return_with_remarks,
)
from didaskaleio.programmes.operations.drafts import (
    CHANGED,
    Content,
    change,
    discard,
    start_proposal,
)
from didaskaleio.programmes.operations.offering import (
    ActionFacts,
    CategoryFacts,
    begin_action,
    begin_period,
    change_action,
)
from didaskaleio.programmes.operations.periods import (
    cancel_period,
    change_dates,
    close_period,
    open_phase_a,
    open_proposals,
    set_quota,
    start_period,
)
from didaskaleio.programmes.operations.regulations import (
    accept_regulation,
    change_parameters,
    draft_regulation,
    publish_regulation,
)
from didaskaleio.programmes.operations.shifting import shift_week
from didaskaleio.programmes.operations.slots import hold, release
from didaskaleio.programmes.operations.sourcing import call_members, name_register, naming
from didaskaleio.programmes.operations.submission import (
    check,
    fail_checks,
    pass_checks,
    resubmit,
    submit,
)
from didaskaleio.programmes.operations.targeting import set_target
from didaskaleio.programmes.operations.timetables import (
    add_slot,
    apply_repair,
    move_slot,
    propose_timetable,
    remove_slot,
    replace_slots,
)

__all__ = [
    "CHANGED",
    "ActionFacts",
    "CategoryFacts",
    "Content",
    "Declared",
    "Outcome",
    "Wanted",
    "accept_regulation",
    "add_slot",
    "add_tender",
    "address_to",
    "agree",
    "agree_again",
    "answer",
    "apply",
    "apply_repair",
    "approve",
    "approve_many",
    "arrange_centre",
    "arrange_period",
    "as_slots",
    "begin_action",
    "begin_period",
    "call_members",
    "cancel_action",
    "cancel_period",
    "change",
    "change_action",
    "change_dates",
    "change_parameters",
    "check",
    "close_action",
    "close_applications",
    "close_documentation",
    "close_period",
    "compute",
    "declare",
    "discard",
    "discard_arrangement",
    "draft_regulation",
    "drop_schools",
    "drop_tender",
    "end_programmes",
    "fail_checks",
    "find",
    "give_up",
    "hold",
    "move_slot",
    "name_register",
    "name_schools",
    "naming",
    "open_applications",
    "open_applications_of_action",
    "open_phase_a",
    "open_planning",
    "open_proposals",
    "pass_checks",
    "preview",
    "propose_timetable",
    "publish_regulation",
    "read_codes",
    "read_schools",
    "reject",
    "release",
    "remove_slot",
    "replace_slots",
    "resubmit",
    "return_many",
    "return_with_remarks",
    "set_parameters",
    "set_quota",
    "set_target",
    "shift_week",
    "start_action",
    "start_period",
    "start_proposal",
    "submit",
    "suggest",
    "undo",
]
