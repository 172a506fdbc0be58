"""Ways (σύνδεσμοι) from the pages of periods and programmes to those of enrolment."""

from __future__ import annotations

from typing import Any

from didaskaleio.kernel import journal
from didaskaleio.kernel.links import Link, ReportLink, declare
from didaskaleio.programmes.enums import PeriodState, ProgrammeState
from didaskaleio.programmes.models import Programme, TrainingAction, TrainingPeriod

PERIOD, PROGRAMME = journal.label(TrainingPeriod), journal.label(Programme)
ACTION = journal.label(TrainingAction)
FILLING = (
    PeriodState.DRAWN,
    PeriodState.PHASE_B,
    PeriodState.PHASE_B_CLOSED,
    PeriodState.ENROLLING,
)
LATER = (PeriodState.RUNNING, PeriodState.CLOSED)
AFTER_DRAW = (
    ProgrammeState.FILLING,
    ProgrammeState.VIABLE,
    ProgrammeState.ENROLLING,
    ProgrammeState.RUNNING,
    ProgrammeState.SUSPENDED,
    ProgrammeState.COMPLETED,
    ProgrammeState.DOCUMENTED,
)


def _draw(period: Any) -> Any:
    return getattr(period, "draw", None)


def _states(*states: str) -> frozenset[str]:
    return frozenset(str(state) for state in states)


declare(
    Link(
        PERIOD,
        "Ανακοίνωση με δέσμευση",
        "enrolment:announce",
        "period.manage",
        key="code",
        states=_states(PeriodState.DRAFT),
    )
)
declare(
    Link(
        PERIOD,
        "Διεξαγωγή κλήρωσης",
        "enrolment:ceremony",
        "draw.follow",
        key="code",
        about=_draw,
    )
)
declare(
    Link(
        PERIOD,
        "Πλήρωση προγραμμάτων",
        "enrolment:filling",
        "period.manage",
        key="code",
        states=_states(*FILLING),
    )
)
declare(
    Link(
        PERIOD,
        "Δημόσια σελίδα κλήρωσης",
        "enrolment:draw",
        "draw.read",
        key="code",
        about=_draw,
    )
)
declare(
    Link(
        PERIOD,
        "Αποτελέσματα ονομαστικά",
        "enrolment:names",
        "draw.follow",
        key="code",
        states=_states(*FILLING, *LATER),
        about=_draw,
    )
)
declare(
    Link(
        PERIOD,
        "Μεταβολές μετά την κλήρωση",
        "enrolment:changes",
        "draw.read",
        key="code",
        states=_states(*FILLING, *LATER),
        about=_draw,
    )
)
declare(
    Link(
        PERIOD,
        "Ημερολόγιο αιτημάτων της Β΄ φάσης",
        "enrolment:phase-b-log",
        "draw.read",
        key="code",
        states=_states(*FILLING[1:], *LATER),
        about=_draw,
    )
)
declare(
    Link(
        PROGRAMME,
        "Θέσεις με ονόματα",
        "enrolment:places",
        "places.read",
        states=_states(*AFTER_DRAW),
    )
)

declare(
    Link(
        PERIOD,
        "Σχέδιο συγχωνεύσεων",
        "enrolment:merges",
        "period.manage",
        key="code",
        states=_states(PeriodState.PHASE_B, PeriodState.PHASE_B_CLOSED),
    )
)
declare(Link(PERIOD, "Στόχοι και ζήτηση", "enrolment:targets", "period.read", key="code"))

BEFORE = _states(PeriodState.DRAFT, PeriodState.ANNOUNCED, PeriodState.PROPOSING)
OPENED = _states(*PeriodState) - BEFORE
for report in (
    "enrolment.applications",
    "enrolment.participation",
    "enrolment.targets",
    "enrolment.demand",
    "enrolment.allocation",
    "enrolment.fill",
    "enrolment.runners_up",
    "enrolment.phase_b",
    "enrolment.draw_protocol",
):
    declare(ReportLink(PERIOD, report, "period", "period.read", states=OPENED))
declare(ReportLink(PERIOD, "programmes.waiting", "period", "period.read"))
declare(
    ReportLink(
        PROGRAMME, "enrolment.people", "programme", "places.read", states=_states(*AFTER_DRAW)
    )
)


def _compulsory(action: Any) -> Any:
    return action if action.compulsory else None


for report, excerpt in (
    ("enrolment.owed_places", ("directorate", "owing", "nothing", "done")),
    ("enrolment.owed", ()),
):
    declare(ReportLink(ACTION, report, "action", "action.read", excerpt=excerpt, about=_compulsory))
