"""Acts of room enrolment (πράξεις): applying, the ceremony, the draw."""

from __future__ import annotations

from didaskaleio.enrolment.operations.applying import (
    add_preference,
    remove_preference,
    resubmit,
    save_draft,
    send,
    start,
    submit,
    withdraw,
)
from didaskaleio.enrolment.operations.ceremony import (
    BeaconRule,
    announce,
    default_rule,
    demo_beacon,
    extend,
    reopen,
)
from didaskaleio.enrolment.operations.claims import Decision, claim
from didaskaleio.enrolment.operations.drawing import (
    confirm_and_draw,
    draw_without_secret,
    enter_beacon,
)
from didaskaleio.enrolment.operations.enrolling import confirm, decline, leave
from didaskaleio.enrolment.operations.filling import (
    cancel_before_start,
    cancel_below,
    run_as_exception,
)
from didaskaleio.enrolment.operations.freezing import freeze
from didaskaleio.enrolment.operations.lists import join
from didaskaleio.enrolment.operations.merge_plans import (
    ask_merges,
    compute_merges,
    decide_merges,
    discard_merges,
    find_merges,
    publish_merges,
)
from didaskaleio.enrolment.operations.merging import answer_merge, merge, propose_merge
from didaskaleio.enrolment.operations.moving import move_by_decision
from didaskaleio.enrolment.operations.offers import accept_offer, refuse_offer
from didaskaleio.enrolment.operations.phases import (
    move_phase_b,
    open_enrolment,
    skip_phase_b,
)
from didaskaleio.enrolment.operations.publishing import carry_out, compute_again
from didaskaleio.enrolment.operations.secret import restore_secret

__all__ = [
    "BeaconRule",
    "Decision",
    "accept_offer",
    "add_preference",
    "announce",
    "answer_merge",
    "ask_merges",
    "cancel_before_start",
    "cancel_below",
    "carry_out",
    "claim",
    "compute_again",
    "compute_merges",
    "confirm",
    "confirm_and_draw",
    "decide_merges",
    "decline",
    "default_rule",
    "demo_beacon",
    "discard_merges",
    "draw_without_secret",
    "enter_beacon",
    "extend",
    "find_merges",
    "freeze",
    "join",
    "leave",
    "merge",
    "move_by_decision",
    "move_phase_b",
    "open_enrolment",
    "propose_merge",
    "publish_merges",
    "refuse_offer",
    "remove_preference",
    "reopen",
    "restore_secret",
    "resubmit",
    "run_as_exception",
    "save_draft",
    "send",
    "skip_phase_b",
    "start",
    "submit",
    "withdraw",
]
