"""Life cycles of the choice of visits (επιλογή) and of an on-site visit (επιτόπιος έλεγχος)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from didaskaleio.delivery.enums import RoundState as R
from didaskaleio.delivery.enums import VisitState as V
from didaskaleio.delivery.lifecycle.sessions import EARLY
from didaskaleio.kernel import greek
from didaskaleio.kernel.lifecycle import lifecycle, step

REPORTED = (V.REPORTED, V.ANSWERED, V.FOLLOW_UP, V.CLOSED)


def beacon_known(round_: Any, at: datetime) -> str | None:
    """Nobody draws before the public chance is known."""
    if at < round_.beacon_at:
        return f"Η δημόσια τύχη γίνεται γνωστή {greek.long_moment(round_.beacon_at)}."
    return None


def may_begin(visit: Any, at: datetime) -> str | None:
    """A visit begins from half an hour before the session, on the same day."""
    session = visit.session
    if at < session.starts_at - EARLY:
        return "Η επίσκεψη αρχίζει το νωρίτερο μισή ώρα πριν από τη συνάντηση."
    if at > session.ends_at:
        return "Η συνάντηση τελείωσε. Δηλώστε ότι η επίσκεψη δεν έγινε, με την αιτιολογία."
    return None


def answer_over(visit: Any, at: datetime) -> str | None:
    """Until the centre answers or its days pass, nothing else is done with a report."""
    if visit.state == V.REPORTED and visit.answer_due and at <= visit.answer_due:
        return f"Το κέντρο απαντά έως {greek.long_moment(visit.answer_due)}."
    return None


def all_settled(visit: Any, at: datetime) -> str | None:
    """A visit closes when every finding that asks for something is settled."""
    if visit.findings.exclude(severity="remark").filter(settled_at=None).exists():
        return "Υπάρχουν ευρήματα που δεν τακτοποιήθηκαν. Τακτοποιήστε τα πρώτα."
    return answer_over(visit, at)


ROUND = lifecycle(
    "visit_round",
    "Επιλογή επιτόπιων επισκέψεων",
    R,
    step(
        "draw",
        R.COMMITTED,
        R.DRAWN,
        needs="visit_round.manage",
        label="Κλήρωση και πρόταση επισκέψεων",
        done="Έγινε η κλήρωση και προτάθηκαν επισκέψεις",
        button=False,
        guard=beacon_known,
    ),
    step(
        "reveal",
        R.DRAWN,
        R.REVEALED,
        needs="visit_round.reveal",
        label="Αποκάλυψη του μυστικού",
        done="Δημοσιεύθηκαν το μυστικό, η λίστα και το αποτέλεσμα",
        due="reveals_at",
        button=False,
    ),
    kinds={R.COMMITTED: "wait", R.DRAWN: "move", R.REVEALED: "good"},
)

VISIT = lifecycle(
    "visit",
    "Επιτόπιος έλεγχος",
    V,
    step(
        "decide",
        V.PROPOSED,
        V.PLANNED,
        needs="visit.manage",
        label="Να γίνει",
        done="Αποφασίστηκε η επίσκεψη",
        reason=True,
    ),
    step(
        "drop",
        (V.PROPOSED, V.PLANNED),
        V.DROPPED,
        needs="visit.manage",
        label="Να μη γίνει",
        done="Αποφασίστηκε να μη γίνει η επίσκεψη",
        reason=True,
        danger=True,
    ),
    step(
        "assign",
        (V.PLANNED, V.ASSIGNED),
        V.ASSIGNED,
        needs="visit.manage",
        label="Ανάθεση",
        done="Η επίσκεψη ανατέθηκε",
        button=False,
    ),
    step(
        "begin",
        V.ASSIGNED,
        V.IN_PROGRESS,
        needs="visit.inspect",
        label="Έναρξη επίσκεψης",
        done="Η επίσκεψη άρχισε",
        guard=may_begin,
    ),
    step(
        "not_done",
        (V.ASSIGNED, V.IN_PROGRESS),
        V.NOT_DONE,
        needs="visit.inspect",
        label="Δεν έγινε",
        done="Η επίσκεψη δεν έγινε",
        reason=True,
        danger=True,
    ),
    step(
        "report",
        V.IN_PROGRESS,
        V.REPORTED,
        needs="visit.inspect",
        label="Υπογραφή έκθεσης",
        done="Υπογράφηκε η έκθεση",
        button=False,
    ),
    step(
        "answer",
        V.REPORTED,
        V.ANSWERED,
        needs="visit.answer",
        label="Απάντηση του κέντρου",
        done="Το κέντρο απάντησε",
        button=False,
    ),
    step(
        "follow",
        (V.REPORTED, V.ANSWERED),
        V.FOLLOW_UP,
        needs="visit.manage",
        label="Παρακολούθηση των ευρημάτων",
        done="Τα ευρήματα παρακολουθούνται",
        reason=True,
        guard=answer_over,
    ),
    step(
        "close",
        (V.REPORTED, V.ANSWERED, V.FOLLOW_UP),
        V.CLOSED,
        needs="visit.manage",
        label="Κλείσιμο",
        done="Η επίσκεψη έκλεισε",
        reason=True,
        guard=all_settled,
    ),
    kinds={
        V.PROPOSED: "wait",
        V.DROPPED: "",
        V.PLANNED: "info",
        V.ASSIGNED: "info",
        V.IN_PROGRESS: "move",
        V.NOT_DONE: "bad",
        V.REPORTED: "wait",
        V.ANSWERED: "wait",
        V.FOLLOW_UP: "move",
        V.CLOSED: "good",
    },
)
