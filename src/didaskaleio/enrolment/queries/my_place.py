"""My place (η θέση μου): what I hold, what I am offered, the lists where I stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Subquery

from didaskaleio.enrolment.eligibility import forbidding
from didaskaleio.enrolment.enums import ApplicationState, EntryState
from didaskaleio.enrolment.models import (
    MergeConsent,
    ParticipationApplication,
    WaitingEntry,
    WaitingList,
)
from didaskaleio.enrolment.places import VIABLE_STATES
from didaskaleio.enrolment.queries.standing import Standing, judged
from didaskaleio.programmes.enums import PeriodState, ProgrammeState
from didaskaleio.programmes.models import Programme, Slot, TrainingPeriod

SHEET = ("category", "cluster", "centre__prefecture", "period__action")
NEW = (ApplicationState.DRAFT, ApplicationState.SUBMITTED)
JOINABLE = (
    PeriodState.PHASE_B,
    PeriodState.PHASE_B_CLOSED,
    PeriodState.ENROLLING,
    PeriodState.RUNNING,
)
WITHOUT_PLACE = (ApplicationState.RUNNER_UP, ApplicationState.CANCELLED)


@dataclass(frozen=True)
class Stand:
    """A list where the person stands: the position counts only those who still wait."""

    programme: Programme
    position: int
    from_draw: bool


def waits(application: ParticipationApplication) -> bool:
    """Whether a place in a viable programme, or a withdrawal, has ended all waiting."""
    held = application.programme
    if application.state in WITHOUT_PLACE:
        return True
    return bool(
        application.state == ApplicationState.PLACED
        and held
        and held.state == ProgrammeState.FILLING
    )


def offers_of(application: ParticipationApplication) -> list[WaitingEntry]:
    """Open offers, the first to expire first."""
    rows = WaitingEntry.objects.filter(application=application, state=EntryState.OFFERED)
    return list(
        rows.select_related("programme__cluster", "programme__centre").order_by("expires_at")
    )


def stands_of(application: ParticipationApplication) -> list[Stand]:
    """Every list of a viable programme where the person stands, with the position on it."""
    if not waits(application):
        return []
    found = {stand.programme.pk: stand for stand in _joined(application)}
    for stand in _drawn(application):
        found.setdefault(stand.programme.pk, stand)
    return sorted(found.values(), key=lambda stand: stand.programme.code)


def _drawn(application: ParticipationApplication) -> list[Stand]:
    submission = application.submission
    if submission is None or application.rank is None:
        return []
    rows = WaitingList.objects.filter(
        programme__period_id=application.period_id,
        programme__code__in=submission.preferences,
        programme__state__in=VIABLE_STATES,
        numbers__contains=[application.number],
    ).select_related("programme__cluster", "programme__centre")
    ahead = {row.programme_id: _left(row, application.number) for row in rows}
    waiting = _waiting({number for numbers in ahead.values() for number in numbers}, application)
    return [
        Stand(row.programme, 1 + sum(n in waiting for n in ahead[row.programme_id]), True)
        for row in rows
        if application.number in row.numbers[row.next_index :]
    ]


def _left(row: WaitingList, number: str) -> list[str]:
    left = row.numbers[row.next_index :]
    return left[: left.index(number)] if number in left else []


def _waiting(numbers: set[str], application: ParticipationApplication) -> set[str]:
    rows = ParticipationApplication.objects.filter(
        period_id=application.period_id, number__in=numbers
    ).select_related("programme")
    return {row.number for row in rows if waits(row)}


def _joined(application: ParticipationApplication) -> list[Stand]:
    own = WaitingEntry.objects.filter(application=application, state=EntryState.WAITING)
    entries = list(own.select_related("programme__cluster", "programme__centre"))
    lists = WaitingList.objects.filter(programme__in=[entry.programme_id for entry in entries])
    left = {row.programme_id: row.numbers[row.next_index :] for row in lists}
    waiting = _waiting({number for numbers in left.values() for number in numbers}, application)
    others = WaitingEntry.objects.filter(
        programme__in=[entry.programme_id for entry in entries], state=EntryState.WAITING
    ).values_list("programme_id", "joined_sequence")
    before: dict[int, list[int]] = {}
    for programme_id, sequence in others:
        before.setdefault(programme_id, []).append(sequence or 0)
    return [
        Stand(
            entry.programme,
            1
            + sum(number in waiting for number in left.get(entry.programme_id, []))
            + sum(s < (entry.joined_sequence or 0) for s in before[entry.programme_id]),
            entry.from_draw,
        )
        for entry in entries
    ]


def joinable(
    period: TrainingPeriod,
    application: ParticipationApplication | None,
    standing: Standing,
    at: datetime,
) -> list[Programme]:
    """Viable programmes whose list the person may join, and does not stand on."""
    mine = standing.person.chosen
    if period.state not in JOINABLE or mine is None or not _may_join(application):
        return []
    rows = Programme.objects.filter(
        period=period, cluster__code=mine.code, state__in=VIABLE_STATES
    ).annotate(offered_until=_second_session())
    if application is not None:
        stood = [stand.programme.pk for stand in stands_of(application)]
        offered = [entry.programme_id for entry in offers_of(application)]
        rows = rows.exclude(pk__in=[*stood, *offered])
    ranked = judged(
        rows.filter(offered_until__gt=at).select_related(*SHEET).order_by("code"), standing
    )
    return [one.programme for one in ranked if not forbidding(one.findings)]


def _second_session() -> Subquery:
    slots = Slot.objects.filter(programme=OuterRef("pk")).order_by("date", "start")
    return Subquery(slots.values("span__endswith")[1:2])


def _may_join(application: ParticipationApplication | None) -> bool:
    return application is None or application.state in NEW or waits(application)


def consents_of(application: ParticipationApplication) -> list[MergeConsent]:
    """Merges that the person is asked about and that are not decided."""
    rows = MergeConsent.objects.filter(
        application=application,
        source=application.programme_id,
        source__state=ProgrammeState.FILLING,
    )
    return list(
        rows.select_related(
            "source__cluster", "source__centre", "target__cluster", "target__centre"
        ).order_by("pk")
    )
