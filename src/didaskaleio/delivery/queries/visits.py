"""On-site visits: what may be visited, what is known of it, what a sheet shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from didaskaleio.delivery import risk, rules
from didaskaleio.delivery.enums import Mark, SessionState, VisitState
from didaskaleio.delivery.lifecycle import BEFORE, SETTLED
from didaskaleio.delivery.models import (
    AttendanceSheet,
    Dispute,
    RiskWeights,
    SiteVisit,
    TrainingSession,
)
from didaskaleio.delivery.queries.absences import rules_for
from didaskaleio.delivery.queries.answers import in_words
from didaskaleio.delivery.queries.sessions import latest_sheet, with_tally
from didaskaleio.kernel.calendar import local
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.models import Person
from didaskaleio.people.queries import open_posts
from didaskaleio.programmes.enums import ProgrammeState, SlotKind
from didaskaleio.programmes.models import Programme
from didaskaleio.structures.models import ImplementingBody

LATE = timedelta(hours=24)
A_YEAR = timedelta(days=365)
THERE = (Mark.PRESENT, Mark.LATE)
DONE = (VisitState.REPORTED, VisitState.ANSWERED, VisitState.FOLLOW_UP, VisitState.CLOSED)
OVER = (ProgrammeState.COMPLETED, ProgrammeState.DOCUMENTED)


def weights_of(body: ImplementingBody) -> tuple[dict[str, int], int]:
    """The weights of the risk in force and their version; 0 stands for the shipped ones."""
    row = RiskWeights.objects.filter(body=body).order_by("-version").first()
    return (dict(risk.DEFAULTS) | row.values, row.version) if row else (dict(risk.DEFAULTS), 0)


def to_visit(body: ImplementingBody, first: date, last: date) -> QuerySet[TrainingSession]:
    """Face-to-face sessions of those days that nobody visits yet."""
    rows = TrainingSession.objects.filter(
        kind=SlotKind.FACE_TO_FACE,
        state__in=BEFORE,
        programme__state=ProgrammeState.RUNNING,
        programme__period__action__body=body,
        starts_at__gte=local(first, time()),
        starts_at__lt=local(last + timedelta(days=1), time()),
    )
    taken = SiteVisit.objects.exclude(state__in=[VisitState.DROPPED, VisitState.NOT_DONE])
    rows = rows.exclude(pk__in=taken.values("session_id"))
    return rows.select_related("programme__period", "programme__centre").order_by("starts_at", "pk")


def unit_of(session: TrainingSession) -> str:
    """A session's name in the list of the draw."""
    programme = session.programme
    return f"{programme.period.code}.{programme.code}.{session.sequence}"


def facts_of(sessions: Iterable[TrainingSession], at: datetime) -> dict[int, risk.Facts]:
    """What is known of the programmes of ``sessions`` and their centres, by id of programme."""
    centres = {session.programme_id: session.programme.centre_id for session in sessions}
    counted = _habits(list(centres), at)
    disputes = dict(
        Dispute.objects.filter(attendance__session__programme__in=list(centres))
        .values_list("attendance__session__programme_id")
        .annotate(n=Count("pk"))
    )
    experienced = set(
        Programme.objects.filter(centre__in=centres.values(), state__in=OVER).values_list(
            "centre_id", flat=True
        )
    )
    visited = _visited(centres.values(), at)
    return {
        programme: risk.Facts(
            **counted[programme],
            disputes=disputes.get(programme, 0),
            new_centre=int(centre not in experienced),
            not_visited=int(centre not in visited),
        )
        for programme, centre in centres.items()
    }


def _visited(centres: Iterable[int], at: datetime) -> set[int]:
    rows = SiteVisit.objects.filter(state__in=DONE, reported_at__gte=at - A_YEAR)
    found = rows.filter(session__programme__centre__in=list(centres))
    return set(found.values_list("session__programme__centre_id", flat=True))


def _habits(programmes: list[int], at: datetime) -> dict[int, Counter[str]]:
    """Late sheets, sessions with few people, sessions not held, corrections."""
    first = AttendanceSheet.objects.filter(session=OuterRef("pk"), version=1)
    rows = with_tally(TrainingSession.objects.filter(programme__in=programmes, ends_at__lt=at))
    found = {programme: Counter[str]() for programme in programmes}
    for row in rows.annotate(
        signed_at=Subquery(first.values("signed_at")[:1]),
        versions=Count("sheets", distinct=True),
    ).values("programme_id", "state", "ends_at", "signed_at", "there", "trainees", "versions"):
        habits = found[row["programme_id"]]
        held = row["state"] not in {SessionState.NOT_HELD, SessionState.CANCELLED}
        habits["late_sheets"] += held and (row["signed_at"] or at) > row["ends_at"] + LATE
        habits["few_present"] += row["state"] in SETTLED and 3 * row["there"] < 2 * row["trainees"]
        habits["not_held"] += row["state"] == SessionState.NOT_HELD
        habits["corrections"] += row["versions"] > 1
    return found


def scores_of(
    sessions: Iterable[TrainingSession], weights: Mapping[str, int], at: datetime
) -> dict[str, dict[str, Any]]:
    """Session, points and lines by unit."""
    listed = list(sessions)
    facts = facts_of(listed, at)
    found = {}
    for session in listed:
        score = risk.score(facts[session.programme_id], weights)
        found[unit_of(session)] = {
            "session": session.pk,
            "points": score.points,
            "lines": score.stored(),
        }
    return found


@dataclass(frozen=True)
class Shown:
    """What one version of a sheet shows: people there, and the hours that are paid from it."""

    version: int
    there: int
    hours: Decimal


def shown_by(sheet: AttendanceSheet, hour_minutes: int) -> Shown:
    """Count of the people there and their teaching hours on one version of a sheet."""
    counted = rules.tally(sheet.rows)
    minutes = sum(row["minutes"] for row in sheet.rows if row["attendee"] == "trainee")
    hours = (Decimal(minutes) / hour_minutes).quantize(Decimal("0.1"))
    return Shown(sheet.version, sum(counted[mark] for mark in THERE), hours)


def versions_shown(session: TrainingSession, at: datetime) -> list[Shown]:
    """Every version of a session's sheet, the newest first."""
    hour = rules_for(session.programme.period.action, at).hour_minutes
    return [shown_by(sheet, hour) for sheet in session.sheets.order_by("-version")]


def recorded_of(session: TrainingSession, at: datetime) -> Shown | None:
    """What the sheet in force shows; None while it is not signed."""
    sheet = latest_sheet(session)
    hour = rules_for(session.programme.period.action, at).hour_minutes
    return shown_by(sheet, hour) if sheet else None


def with_visit_relations(visits: QuerySet[SiteVisit]) -> QuerySet[SiteVisit]:
    """Everything that a line about a visit shows, without a query for each."""
    return visits.select_related(
        "session__programme__period__action__body",
        "session__programme__centre__region",
        "session__programme__cluster",
        "session__programme__category",
        "session__trainer",
        "session__programme__room",
        "session__slot__room",
        "inspector",
        "round",
        "answered_by",
        "report__file",
        "sheet__version",
    )


def with_open_findings(visits: QuerySet[SiteVisit]) -> QuerySet[Any]:
    """Visits with ``found`` (findings) and ``unsettled`` (those that wait)."""
    waits = Q(findings__settled_at=None) & ~Q(findings__severity="remark")
    return visits.annotate(
        found=Count("findings", distinct=True),
        unsettled=Count("findings", filter=waits & Q(findings__isnull=False), distinct=True),
    )


def expected(session: TrainingSession) -> int:
    """How many trainees belong to a session."""
    return session.roll.filter(attendee="trainee").count()


def checklist_lines(visit: SiteVisit) -> list[list[str]]:
    """The answers of the checklist in words."""
    return in_words(visit.checklist.parsed(), visit.sheet.values if visit.sheet else {})


def inspectors_for(visit: SiteVisit, at: datetime) -> QuerySet[Person]:
    """Who may be given a visit: inspectors of the centre's region, of the body, of the country."""
    programme = visit.session.programme
    over = (
        Q(scope=Scope.COUNTRY)
        | Q(scope=Scope.REGION, scope_id=programme.centre.region_id)
        | Q(scope=Scope.BODY, scope_id=programme.period.action.body_id)
    )
    posts = open_posts(at).filter(over, role=Role.INSPECTOR)
    people = Person.objects.filter(pk__in=posts.values("person_id"), is_active=True)
    return people.exclude(pk=visit.session.trainer_id or 0).order_by("sort_key", "pk")


def may_add(session: TrainingSession, at: datetime) -> bool:
    """Whether an officer may still decide a visit of this session."""
    open_to = session.kind == SlotKind.FACE_TO_FACE and session.state in BEFORE
    taken = SiteVisit.objects.filter(session=session)
    return (
        open_to
        and session.starts_at > at
        and not taken.exclude(state__in=[VisitState.DROPPED, VisitState.NOT_DONE]).exists()
    )
