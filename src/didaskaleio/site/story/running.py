"""What happens in class in the story: sessions held, sheets signed, attestations issued."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from didaskaleio.completion import operations as completion
from didaskaleio.completion.models import Attestation
from didaskaleio.completion.queries import work_of
from didaskaleio.delivery import operations as delivery
from didaskaleio.delivery import queries
from didaskaleio.delivery.enums import Attendee, Mark, SessionState
from didaskaleio.delivery.models import Attendance, TrainingSession
from didaskaleio.delivery.rules import Marking
from didaskaleio.kernel import lifecycle
from didaskaleio.kernel.access import Actor
from didaskaleio.programmes.enums import ProgrammeState
from didaskaleio.programmes.models import Programme, TrainingPeriod
from didaskaleio.site.story.cast import Cast, actor

TOPICS = (
    *("Γνωριμία και ψηφιακή τάξη", "Ψηφιακοί πόροι του αντικειμένου", "Διαδραστικές ασκήσεις"),
    *("Συνεργατικά περιβάλλοντα", "Σχεδιασμός δραστηριότητας", "Από τη δραστηριότητα στο σενάριο"),
    *("Αξιολόγηση με ψηφιακά μέσα", "Εφαρμογή στην τάξη", "Αναστοχασμός στην εφαρμογή"),
)
LATE = 10
OWED, TROUBLE = 7, 9  # every so many sessions
NEXT_WEEK = timedelta(days=7)


def held(
    cast: Cast,
    period: TrainingPeriod,
    *,
    until: datetime,
    late: Mapping[str, datetime] | None = None,
) -> None:
    """Start every programme of the period and hold its sessions up to ``until``.

    ``late`` names by prefecture when a last sheet was signed that had been forgotten.
    """
    started(cast, period)
    taught(cast, period, until=until, late=late)
    lifecycle.fire_due(min(period.starts_at, until))
    period.refresh_from_db()


def started(cast: Cast, period: TrainingPeriod) -> None:
    """Every programme of the period that is due starts, two days before its first session."""
    rows = Programme.objects.filter(period=period, state=ProgrammeState.ENROLLING)
    for programme in rows.select_related("centre__prefecture", "trainer", "period"):
        manager = actor(cast.managers[programme.centre.prefecture.code])
        first = programme.slots.order_by("date", "start")[0].span.lower
        delivery.start(programme, actor=manager, at=first - timedelta(days=2))


def taught(
    cast: Cast,
    period: TrainingPeriod,
    *,
    until: datetime,
    late: Mapping[str, datetime] | None = None,
    all_signed: bool = False,
) -> None:
    """Hold the sessions up to ``until`` that were not held yet.

    The last one before ``until`` waits for its signature, unless the period is over or
    ``all_signed``.
    """
    rows = Programme.objects.filter(period=period, state=ProgrammeState.RUNNING)
    for programme in rows.select_related("centre__prefecture", "trainer", "period"):
        over = all_signed or programme.period.last_day < until.date()
        forgotten = (late or {}).get(programme.centre.prefecture.code)
        _sessions(cast, programme, until, forgotten, all_signed=over)


def _sessions(
    cast: Cast,
    programme: Programme,
    until: datetime,
    late: datetime | None = None,
    *,
    all_signed: bool,
) -> None:
    past = TrainingSession.objects.filter(
        programme=programme, ends_at__lt=until, state=SessionState.PLANNED
    )
    rows = list(past.order_by("starts_at"))
    for session in rows if all_signed else rows[:-1]:
        signed = late if late and session == rows[-1] else session.ends_at
        _hold(session, signed + timedelta(minutes=5))
        manager = actor(cast.managers[programme.centre.prefecture.code])
        delivery.countersign(session, actor=manager, at=signed + timedelta(hours=20))


def _hold(session: TrainingSession, at: datetime) -> None:
    assert session.trainer is not None  # noqa: S101 - a running programme has a trainer
    trainer = actor(session.trainer)
    markings = {row.pk: _marking(row, session) for row in queries.roll(session)}
    topic = TOPICS[session.sequence % len(TOPICS)]
    delivery.save_draft(session, markings, topic=topic, actor=trainer, at=at)
    session.refresh_from_db()
    seen = queries.next_digest(session)
    delivery.sign(session, actor=trainer, at=at + timedelta(minutes=1), seen=seen)
    session.refresh_from_db()
    if session.async_hours:
        done = [row.pk for row in queries.roll(session) if row.attendee == Attendee.TRAINEE]
        later = at + timedelta(days=3)
        delivery.confirm_async(session, done, actor=trainer, at=later)
    _report(session, trainer, at + timedelta(minutes=2))


def _report(session: TrainingSession, trainer: Actor, at: datetime) -> None:
    """The report of most sessions; of every seventh it is still owed."""
    if session.sequence % OWED == 0:
        return
    wrong = session.sequence % TROUBLE == 1
    said = {
        "taught": f"{session.topic}: παρουσίαση, εργασία σε ομάδες, συζήτηση.",
        "pace": "slower" if wrong else "planned",
        "incident": "no",
        "technical": "yes" if wrong else "no",
        "technical_text": "Διακόπηκε η σύνδεση για δέκα λεπτά." if wrong else "",
    }
    first = [unit.pk for unit in queries.units_of(session)[:1]]
    delivery.file_report(session, said, units=first, actor=trainer, at=at)


def _marking(row: Attendance, session: TrainingSession) -> Marking:
    """Nearly everybody is there; a few are absent or late, in a pattern that repeats itself."""
    if row.attendee != Attendee.TRAINEE:
        return Marking(Mark.PRESENT)
    pattern = (row.person_id * 7 + session.sequence * 3) % 23
    often_away = row.person_id % 12 == 0 and session.sequence % 4 == 0
    if pattern == 0 or often_away:
        return Marking(Mark.ABSENT)
    if pattern == 1:
        return Marking(Mark.LATE, late=LATE)
    return Marking(Mark.PRESENT)


def attested(
    cast: Cast, period: TrainingPeriod, prefecture: str, *, at: datetime, accepted: bool
) -> None:
    """Consolidated attendance and attestations of one programme; its documents, if accepted."""
    officer = cast.actor("officer")
    programme = Programme.objects.get(
        period=period, centre=cast.centres[prefecture], state=ProgrammeState.COMPLETED
    )
    manager = actor(cast.managers[prefecture])
    completion.consolidate(programme, actor=manager, at=at - timedelta(days=2))
    owed = Attestation.objects.filter(programme=programme, state="owed")
    for attestation in owed.order_by("pk"):
        completion.issue(attestation, actor=officer, at=at)
    if accepted:
        completion.accept_documents(programme, actor=officer, at=at + timedelta(days=1))


def employed(cast: Cast, period: TrainingPeriod, *, at: datetime) -> None:
    """Trainers and staff of the period ask for attestations of their work, in every state."""
    officer = cast.actor("officer")
    asked = []
    for programme in Programme.objects.filter(period=period).order_by("code"):
        people = [programme.trainer, *(row.person for row in programme.staff.order_by("pk")[:1])]
        asked += [
            completion.ask_employment(programme, actor=actor(person), at=at, purpose="Μοριοδότηση")
            for person in people
            if person is not None and work_of(programme, person.pk, at)
        ]
    later = at + timedelta(days=2)
    for attestation in asked[:2]:
        completion.issue_employment(attestation, actor=officer, at=later)
    completion.refuse_employment(
        asked[2], actor=officer, at=later, reason="Εκκρεμεί διόρθωση παρουσιολογίου."
    )
    reason = "Διορθώθηκε παρουσιολόγιο μετά την έκδοση."
    completion.revoke_employment(asked[1], actor=officer, at=later + NEXT_WEEK, reason=reason)
    completion.withdraw_employment(asked[3], actor=actor(asked[3].person), at=later)
