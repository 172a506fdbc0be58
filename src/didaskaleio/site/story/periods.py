"""Periods of the story (περίοδοι): announced, proposed, applied for, drawn, filled, enrolled."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from didaskaleio.enrolment import operations as enrolment
from didaskaleio.enrolment.enums import ApplicationState
from didaskaleio.enrolment.models import Draw, ParticipationApplication
from didaskaleio.enrolment.operations import ceremony
from didaskaleio.enrolment.tasks import publish_heads
from didaskaleio.kernel import lifecycle
from didaskaleio.kernel.errors import Refusal
from didaskaleio.people.models import Person
from didaskaleio.programmes import operations as programmes
from didaskaleio.programmes.enums import ActionState, ProgrammeState, StaffRole
from didaskaleio.programmes.models import Programme, TrainingAction, TrainingPeriod
from didaskaleio.site.story.cast import Cast, actor
from didaskaleio.site.story.moments import NOW, Calendar
from didaskaleio.structures.models import Cluster

EVENINGS = (((0, time(17, 30)), (2, time(17, 30))), ((1, time(18, 0)), (3, time(18, 0))))
MORNINGS = (((5, time(9, 30)), (2, time(19, 30))), ((5, time(12, 0)), (0, time(19, 45))))
WEEKENDS = ((4, time(17, 30)), (5, time(9, 30)))
SPRING = {"B2.3": ((0, time(19, 45)), (2, time(19, 45))), "B2.5": EVENINGS[1], "B2.1": WEEKENDS}
SPECIALTY = {"1": "ΠΕ02", "3": "ΠΕ03", "4": "ΠΕ86", "5": "ΠΕ70"}


@dataclass(frozen=True)
class Wanted:
    """A programme that a centre proposes: where, which cluster, which category, when."""

    prefecture: str
    cluster: str
    category: str
    times: Sequence[tuple[int, time]] = EVENINGS[0]


def announced(
    cast: Cast, action: TrainingAction, code: str, title: str, calendar: Calendar
) -> TrainingPeriod:
    """A period with its dates and the commitment of its draw."""
    period = programmes.begin_period(
        action,
        actor=cast.actor("officer"),
        at=calendar.announced,
        code=code,
        title=title,
        moments=calendar.columns(),
    )
    if action.state == ActionState.CONFIGURED:
        programmes.open_planning(action, actor=cast.actor("officer"), at=calendar.announced)
    beacon = ceremony.default_rule(calendar.phase_a[1], 24)
    enrolment.announce(period, actor=cast.actor("officer"), at=calendar.announced, beacon=beacon)
    lifecycle.fire_due(calendar.proposals[0])
    period.refresh_from_db()
    return period


def propose(cast: Cast, period: TrainingPeriod, wanted: Wanted, at: datetime) -> Programme:
    """A centre's draft with a timetable that keeps every rule."""
    centre, manager = cast.centres[wanted.prefecture], actor(cast.managers[wanted.prefecture])
    trainer = cast.trainers[wanted.prefecture, wanted.cluster]
    scheme = period.action.scheme_id
    content = programmes.Content(
        category=period.action.categories.get(code=wanted.category),
        cluster=Cluster.objects.get(scheme_id=scheme, code=_code(period, wanted.cluster)),
        trainer=trainer,
        room=centre.rooms.order_by("pk").first(),
        staff=((cast.staff[wanted.prefecture].pk, StaffRole.TECHNICAL),),
    )
    regulation = period.action.regulations.get()
    programmes.accept_regulation(regulation, actor=manager, at=at, capacity="centre", centre=centre)
    programmes.accept_regulation(regulation, actor=actor(trainer), at=at, capacity="trainer")
    programme = programmes.start_proposal(period, centre, content, actor=manager, at=at)
    programmes.propose_timetable(
        programme, actor=manager, at=at, first_day=period.first_day, weekdays_times=wanted.times
    )
    programme.refresh_from_db()
    return programme


def _code(period: TrainingPeriod, cluster: str) -> str:
    return cluster.replace("B2", period.action.course_version.course.level)


def submit(cast: Cast, programme: Programme, at: datetime) -> None:
    """The trainer agrees, the centre submits, the system checks."""
    prefecture = programme.centre.prefecture.code
    assert programme.trainer is not None  # noqa: S101 - proposed with a trainer
    programmes.agree(programme, actor=actor(programme.trainer), at=at)
    programmes.submit(programme, actor=actor(cast.managers[prefecture]), at=at)
    programme.refresh_from_db()
    if programme.state == ProgrammeState.SUBMITTED:
        programmes.check(programme, at=at)
        programme.refresh_from_db()
    if programme.state != ProgrammeState.CHECKED:
        raise RuntimeError(f"{programme}: {programme.remarks}")


def planned(cast: Cast, period: TrainingPeriod, all_wanted: Sequence[Wanted]) -> list[Programme]:
    """Every wanted programme, proposed, agreed, submitted and approved within the window."""
    made = []
    for n, wanted in enumerate(all_wanted):
        at = period.proposals_open + timedelta(days=1, hours=n)
        programme = propose(cast, period, wanted, at)
        submit(cast, programme, at + timedelta(hours=2))
        programmes.approve(
            programme, actor=cast.actor("officer"), at=period.proposals_close - timedelta(hours=3)
        )
        made.append(programme)
    lifecycle.fire_due(period.phase_a_opens)
    period.refresh_from_db()
    return made


def apply(
    period: TrainingPeriod,
    people: Sequence[Person],
    offered: Sequence[Programme],
    *,
    until: datetime,
) -> list[ParticipationApplication]:
    """Everybody applies for what they may take, IIa before IIb, spread over the days."""
    chance = random.Random(period.code)  # noqa: S311 - the story repeats itself
    done = []
    span = until - period.phase_a_opens
    for n, person in enumerate(people):
        at = period.phase_a_opens + span * ((n + 1) / (len(people) + 2))
        wishes = _wishes(person, offered, chance)
        if wishes:
            done.append(_apply(period, person, wishes, at))
    return done


def _wishes(person: Person, offered: Sequence[Programme], chance: random.Random) -> list[str]:
    teacher = person.teacher
    specialty, prefectures = (
        teacher.specialty.code,
        {service.school.prefecture_id for service in teacher.services.select_related("school")},
    )
    mine = [p for p in offered if SPECIALTY[p.cluster.code.rpartition(".")[2]] == specialty]
    near = [p for p in mine if p.category.locality and p.centre.prefecture_id in prefectures]
    far = [p for p in mine if not p.category.locality]
    chance.shuffle(near)
    chance.shuffle(far)
    return [p.code for p in (*near, *far[: 1 + chance.randrange(2)])]


def _apply(
    period: TrainingPeriod, person: Person, codes: list[str], at: datetime
) -> ParticipationApplication:
    by = actor(person)
    application = enrolment.start(period, actor=by, at=at)
    application = enrolment.save_draft(
        application, actor=by, at=at, preferences=codes, will_teach=True
    )
    enrolment.submit(application, actor=by, at=at, reviewed=codes, version=0, accepts=True)
    return application


def drawn(cast: Cast, period: TrainingPeriod, calendar: Calendar) -> None:
    """Freeze at the deadline; two officers enter the beacon; the draw is published."""
    publish_heads(period.phase_a_closes)
    lifecycle.fire_due(period.phase_a_closes)
    draw = Draw.objects.get(period=period)
    at = max(calendar.drawn, draw.beacon_at + timedelta(hours=1))
    value = ceremony.demo_beacon(draw, at) or ""
    enrolment.enter_beacon(draw, actor=cast.actor("officer"), at=at, beacon=value)
    draw.refresh_from_db()
    later = at + timedelta(minutes=12)
    enrolment.enter_beacon(draw, actor=cast.actor("officer2"), at=later, beacon=value)
    enrolment.carry_out(draw, at=later)
    period.refresh_from_db()


def in_phase_b(
    period: TrainingPeriod, claims: int, newcomers: Sequence[tuple[Person, str]] = ()
) -> int:
    """Phase B opens; newcomers and a few runners-up ask for places in what is filling."""
    lifecycle.fire_due(period.phase_b_opens)
    period.refresh_from_db()
    for n, (person, code) in enumerate(newcomers):
        at = period.phase_b_opens + timedelta(seconds=40 * n + 7)
        enrolment.claim(period.code, code, actor=actor(person), at=at)
    filling = Programme.objects.filter(period=period, state=ProgrammeState.FILLING)
    waiting = ParticipationApplication.objects.filter(
        period=period, state=ApplicationState.RUNNER_UP
    )
    made = 0
    for n, application in enumerate(waiting.select_related("person").order_by("rank")):
        for programme in filling:
            if made >= claims:
                return made
            at = period.phase_b_opens + timedelta(minutes=3 * n + 1)
            try:
                who = actor(application.person)
                decision = enrolment.claim(period.code, programme.code, actor=who, at=at)
            except Refusal:
                continue
            made += decision.placed
            if decision.placed:
                break
    return made


def enrolled(cast: Cast, period: TrainingPeriod, *, all_but: int = 0) -> None:
    """What stayed below the minimum is decided, enrolment opens, people confirm."""
    officer = cast.actor("officer")
    lifecycle.fire_due(period.phase_b_closes)
    period.refresh_from_db()
    at = period.enrolment_opens
    for programme in Programme.objects.filter(period=period, state=ProgrammeState.FILLING):
        enrolment.cancel_below(
            programme, actor=officer, at=at, reason="Δεν συμπληρώθηκε ο ελάχιστος αριθμός."
        )
    enrolment.open_enrolment(period, actor=officer, at=at)
    placed = ParticipationApplication.objects.filter(
        period=period, state=ApplicationState.PLACED
    ).select_related("person")
    rows = list(placed.order_by("rank", "pk"))
    for n, application in enumerate(rows[: len(rows) - all_but]):
        enrolment.confirm(
            application,
            actor=actor(application.person),
            at=at + timedelta(minutes=7 * n),
            will_teach_declared=True,
            regulation_accepted=True,
        )


def pass_to(moment: datetime) -> None:
    """Let the clock of the story run on."""
    lifecycle.pass_time(min(moment, NOW))
