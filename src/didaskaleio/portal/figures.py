"""Figures of the personal home (μεγέθη): what matters to each role, each linking to its page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from didaskaleio.courses.lifecycle import COURSE
from didaskaleio.courses.models import Course
from didaskaleio.enrolment.enums import HOLDING_STATES, ApplicationState
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.kernel.access import Actor, visible
from didaskaleio.kernel.models import Notice
from didaskaleio.people.enums import Role
from didaskaleio.people.models import Person
from didaskaleio.people.queries import open_posts
from didaskaleio.programmes.access import PUBLIC_STATES
from didaskaleio.programmes.enums import PeriodState, ProgrammeState
from didaskaleio.programmes.models import Programme, TrainingPeriod

OVER = (PeriodState.DRAFT, PeriodState.CLOSED, PeriodState.CANCELLED)
SHOWN_PERIODS = 6
SHOWN_COURSES = 12
BODY = (Role.BODY_OFFICER, Role.BODY_HEAD, Role.PLANNER)
SUPERVISORS = (Role.REGIONAL_OFFICER, Role.MINISTRY_OFFICER)


@dataclass(frozen=True)
class Figure:
    """One figure with its words; with ``url`` it leads to what it counts."""

    value: int
    label: str
    url: str = ""


@dataclass(frozen=True)
class Block:
    """A row of figures under a title, which may be a tag of state too."""

    title: str
    figures: tuple[Figure, ...]
    url: str = ""
    state: str = ""


@dataclass(frozen=True)
class Section:
    """What one role sees besides its tasks: rows of figures."""

    key: str
    title: str
    blocks: list[Block] = field(default_factory=list)


def sections(actor: Actor, at: datetime) -> list[Section]:
    """The sections of every role that ``actor`` holds."""
    found: list[Section] = []
    if actor.holds(*BODY):
        found.append(Section("periods", "Οι περίοδοι με αριθμούς", list(_periods(actor))))
    if actor.holds(Role.CENTRE_MANAGER, Role.CENTRE_STAFF):
        found.append(Section("centre", "Το κέντρο με αριθμούς", [_centre(actor)]))
    if actor.holds(Role.TRAINER):
        found.append(Section("trainer", "Η διδασκαλία μου", [_trainer(actor)]))
    if actor.holds(Role.OPERATOR):
        found.append(Section("platform", "Η πλατφόρμα με αριθμούς", [_platform(at)]))
    return [section for section in found if section.blocks]


def _periods(actor: Actor) -> Iterator[Block]:
    periods = visible(actor, "period.read", TrainingPeriod.objects.exclude(state__in=OVER))
    rows = list(periods.order_by("-phase_a_opens")[:SHOWN_PERIODS])
    programmes = _counts(Programme.objects.filter(period__in=rows))
    applications = _counts(ParticipationApplication.objects.filter(period__in=rows))
    for period in rows:
        by_state, applied = programmes[period.pk], applications[period.pk]
        desk = f"{reverse('programmes:desk')}?period={period.pk}"
        sent = sum(n for state, n in applied.items() if state != ApplicationState.DRAFT)
        placed = sum(applied[state] for state in HOLDING_STATES)
        live = sum(n for state, n in by_state.items() if state in PUBLIC_STATES)
        waiting = by_state[ProgrammeState.CHECKED] + by_state[ProgrammeState.SUBMITTED]
        running = by_state[ProgrammeState.RUNNING] + by_state[ProgrammeState.ENROLLING]
        viable, filling = by_state[ProgrammeState.VIABLE], by_state[ProgrammeState.FILLING]
        numbers = (
            Figure(waiting, "προς έγκριση", f"{desk}&view=check"),
            _figure(live, "πρόγραμμα", "προγράμματα", desk),
            _figure(sent, "αίτηση", "αιτήσεις"),
            Figure(placed, "με θέση"),
            _figure(viable, "βιώσιμο", "βιώσιμα", f"{desk}&view=open"),
            _figure(filling, "συμπληρώνεται", "συμπληρώνονται", f"{desk}&view=open"),
            Figure(running, "σε εξέλιξη", f"{desk}&view=running"),
        )
        yield Block(
            period.title,
            tuple(number for number in numbers if number.value) or numbers[1:2],
            reverse("programmes:period", args=[period.pk]),
            period.state,
        )


def _figure(amount: int, one: str, many: str, url: str = "") -> Figure:
    return Figure(amount, one if amount == 1 else many, url)


def _counts(rows: QuerySet[Any]) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    counted = rows.order_by().values_list("period_id", "state")
    for period, state, amount in counted.annotate(Count("pk")):
        found[period][state] = amount
    return found


def _centre(actor: Actor) -> Block:
    rows = visible(actor, "programme.centre", Programme.objects.all())
    mine = reverse("programmes:centre")
    numbers = rows.aggregate(
        proposals=Count("pk", filter=Q(state__in=("draft", "returned", "submitted", "checked"))),
        open=Count("pk", filter=Q(state__in=("open", "drawn", "viable", "filling", "enrolling"))),
        running=Count("pk", filter=Q(state__in=("running", "suspended"))),
        ended=Count("pk", filter=Q(state__in=("completed", "documented"))),
    )
    return Block("", (
        _figure(numbers["proposals"], "πρόταση", "προτάσεις", mine),
        Figure(numbers["open"], "σε αιτήσεις και εγγραφές", mine),
        Figure(numbers["running"], "σε εξέλιξη", mine),
        _figure(numbers["ended"], "ολοκληρωμένο", "ολοκληρωμένα", mine),
    ))  # fmt: skip


def _trainer(actor: Actor) -> Block:
    rows = Programme.objects.filter(trainer_id=actor.user_id)
    mine = reverse("programmes:trainer")
    numbers = rows.aggregate(
        agree=Count("pk", filter=Q(state__in=("draft", "returned"))),
        coming=Count("pk", filter=Q(state__in=("approved", "open", "drawn", "viable", "filling"))),
        running=Count("pk", filter=Q(state__in=("enrolling", "running", "suspended"))),
        ended=Count("pk", filter=Q(state__in=("completed", "documented"))),
    )
    return Block("", (
        _figure(numbers["agree"], "πρόταση για εμένα", "προτάσεις για εμένα", mine),
        Figure(numbers["coming"], "σε αιτήσεις και κλήρωση", mine),
        Figure(numbers["running"], "σε εξέλιξη", mine),
        _figure(numbers["ended"], "ολοκληρωμένο", "ολοκληρωμένα", mine),
    ))  # fmt: skip


def _platform(at: datetime) -> Block:
    posts = open_posts(at).count()
    people = Person.objects.filter(is_active=True).count()
    jobs = ProcrastinateJob.objects.aggregate(
        waiting=Count("id", filter=Q(status__in=("todo", "doing"))),
        failed=Count("id", filter=Q(status="failed")),
    )
    letters = Notice.objects.aggregate(
        waiting=Count("pk", filter=Q(mail=Notice.Mail.WAITING)),
        failed=Count("pk", filter=Q(mail=Notice.Mail.FAILED)),
    )
    return Block("", (
        _figure(people, "ενεργός λογαριασμός", "ενεργοί λογαριασμοί", reverse("people:rights")),
        _figure(posts, "ενεργό δικαίωμα", "ενεργά δικαιώματα", reverse("people:rights")),
        Figure(jobs["waiting"], "εργασίες σε αναμονή"),
        Figure(jobs["failed"], "εργασίες που απέτυχαν"),
        Figure(letters["waiting"], "μηνύματα προς αποστολή"),
        Figure(letters["failed"], "μηνύματα που δεν παραδόθηκαν"),
    ))  # fmt: skip


def by_unit(actor: Actor) -> dict[str, int]:
    """Programmes of periods that are not over, by regional unit; empty for other roles."""
    if not actor.holds(*SUPERVISORS):
        return {}
    rows = visible(actor, "programme.supervise", Programme.objects.all())
    live = rows.filter(state__in=PUBLIC_STATES).exclude(period__state__in=OVER)
    units = live.exclude(state=ProgrammeState.CANCELLED).order_by()
    return dict(units.values_list("centre__regional_unit__code").annotate(Count("pk")))


def courses(actor: Actor) -> list[tuple[Course, str, str]]:
    """The courses that an author or approver works on: course, state in words, its colour."""
    if not actor.holds(Role.AUTHOR, Role.APPROVER):
        return []
    rows = visible(actor, "course.read", Course.objects.order_by("sort_key", "pk"))
    return [
        (row, str(COURSE.states(row.state).label), COURSE.kind(row.state))
        for row in rows[:SHOWN_COURSES]
    ]
