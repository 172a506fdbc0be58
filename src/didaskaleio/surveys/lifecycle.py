"""Life cycles of a rule, of a survey and of a dispatch (000 §4 I.e)."""

from __future__ import annotations

from didaskaleio.kernel.expiry import lapse, remind
from didaskaleio.kernel.lifecycle import lifecycle, step
from didaskaleio.surveys.enums import RUNNING
from didaskaleio.surveys.enums import DispatchState as D
from didaskaleio.surveys.enums import RuleState as R
from didaskaleio.surveys.enums import SurveyState as S

RULE = lifecycle(
    "launch_rule",
    "Κανόνας έναρξης",
    R,
    step(
        "stop",
        R.ACTIVE,
        R.STOPPED,
        needs="launch_rule.manage",
        label="Διακοπή κανόνα",
        done="Ο κανόνας σταμάτησε",
    ),
    step(
        "resume",
        R.STOPPED,
        R.ACTIVE,
        needs="launch_rule.manage",
        label="Επαναφορά κανόνα",
        done="Ο κανόνας ισχύει ξανά",
    ),
    kinds={R.ACTIVE: "good"},
)
SURVEY = lifecycle(
    "survey",
    "Διεξαγωγή ερωτηματολογίου",
    S,
    step(
        "open",
        S.PLANNED,
        S.OPEN,
        needs="survey.by_clock",
        label="Άνοιγμα",
        done="Άνοιξε στις απαντήσεις",
        due="opens_at",
        button=False,
    ),
    remind(S.OPEN, S.ENDING, needs="survey.by_clock", label="Υπενθύμιση"),
    lapse(
        RUNNING,
        S.CLOSED,
        needs="survey.by_clock",
        label="Λήξη",
        done="Έκλεισε και έγινε η καταμέτρηση",
        due="closes_at",
    ),
    step(
        "cancel",
        (S.PLANNED, *RUNNING),
        S.CANCELLED,
        needs="survey.manage",
        label="Ματαίωση",
        done="Ματαιώθηκε· οι απαντήσεις σβήστηκαν",
        reason=True,
        danger=True,
    ),
    kinds={
        S.PLANNED: "info",
        S.OPEN: "move",
        S.ENDING: "wait",
        S.CLOSED: "good",
        S.CANCELLED: "bad",
    },
)
DISPATCH = lifecycle(
    "dispatch",
    "Διαβίβαση στο Υπουργείο",
    D,
    step(
        "receive",
        D.SENT,
        D.RECEIVED,
        needs="dispatch.receive",
        label="Βεβαίωση παραλαβής",
        done="Βεβαιώθηκε η παραλαβή",
    ),
    kinds={D.SENT: "wait", D.RECEIVED: "good"},
)
