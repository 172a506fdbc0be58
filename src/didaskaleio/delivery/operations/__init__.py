"""Acts of room delivery: the only way in which sessions, sheets and absences change."""

from __future__ import annotations

from didaskaleio.delivery.operations.disputes import decide_dispute, dispute
from didaskaleio.delivery.operations.ending import finish, settle
from didaskaleio.delivery.operations.excuses import deadline, decide_excuse, excuse
from didaskaleio.delivery.operations.own_work import guide, hand_in, set_task, vouch
from didaskaleio.delivery.operations.papers import Line, apply_file, keep_scan, read_file
from didaskaleio.delivery.operations.programmes import (
    abort,
    remove_for_absences,
    resume,
    start,
    suspend,
)
from didaskaleio.delivery.operations.rolls import complete
from didaskaleio.delivery.operations.sessions import (
    confirm,
    decline,
    end,
    mark_not_held,
    replace,
    reschedule,
)
from didaskaleio.delivery.operations.sessions import start as start_session
from didaskaleio.delivery.operations.sheets import (
    close,
    confirm_async,
    correct_sheet,
    countersign,
    save_draft,
    sign,
)
from didaskaleio.delivery.operations.signs import DeviceMark, check_in, merge, rule
from didaskaleio.delivery.operations.stays import conclude, enter, observe
from didaskaleio.delivery.operations.visit_reports import add_photo, report
from didaskaleio.delivery.operations.visit_rounds import (
    Wish,
    draw,
    open_round,
    reveal,
    set_weights,
)
from didaskaleio.delivery.operations.visits import (
    add_finding,
    add_visit,
    answer,
    assign,
    begin,
    close_visit,
    decide,
    drop,
    drop_finding,
    follow,
    not_done,
    record,
    settle_finding,
)
from didaskaleio.delivery.operations.warnings import warn

__all__ = [
    "DeviceMark",
    "Line",
    "Wish",
    "abort",
    "add_finding",
    "add_photo",
    "add_visit",
    "answer",
    "apply_file",
    "assign",
    "begin",
    "check_in",
    "close",
    "close_visit",
    "complete",
    "conclude",
    "confirm",
    "confirm_async",
    "correct_sheet",
    "countersign",
    "deadline",
    "decide",
    "decide_dispute",
    "decide_excuse",
    "decline",
    "dispute",
    "draw",
    "drop",
    "drop_finding",
    "end",
    "enter",
    "excuse",
    "finish",
    "follow",
    "guide",
    "hand_in",
    "keep_scan",
    "mark_not_held",
    "merge",
    "not_done",
    "open_round",
    "observe",
    "read_file",
    "record",
    "remove_for_absences",
    "replace",
    "report",
    "reschedule",
    "resume",
    "reveal",
    "rule",
    "save_draft",
    "set_weights",
    "set_task",
    "settle",
    "settle_finding",
    "sign",
    "start",
    "start_session",
    "suspend",
    "vouch",
    "warn",
]
