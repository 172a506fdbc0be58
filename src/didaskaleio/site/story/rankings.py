"""Rankings of the story (κατατάξεις): a provisional list with objections, a call that has ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from didaskaleio.kernel.access import SYSTEM
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.models import Person
from didaskaleio.registers import assessments, operations, tasks
from didaskaleio.registers.enums import Fills
from didaskaleio.registers.models import Assessment, Call, Candidacy, Objection, Register
from didaskaleio.registers.operations import Decision
from didaskaleio.site.story import candidates
from didaskaleio.site.story import cast as people
from didaskaleio.site.story.assessed import ACCEPTED
from didaskaleio.site.story.calls import TRAINERS, published
from didaskaleio.site.story.cast import Cast
from didaskaleio.site.story.moments import local

UNCLEAR = "Δύο βεβαιώσεις δεν γράφουν ώρες. Μετρούν οι υπόλοιπες."
REJECTED = 3  # in the order of the crowd
ALL_HOURS = "Ζητώ να μετρηθούν όλες οι ώρες: γράφονται στη δεύτερη σελίδα της βεβαίωσης."
TAUGHT = "Στη βεβαίωση φαίνεται ότι δίδαξα και δεν παρακολούθησα. Ζητώ να γίνει δεκτή."


@dataclass(frozen=True)
class Course:
    """The moments of one call, from its publication to its provisional list."""

    published: datetime
    closes: datetime
    checked: datetime
    listed: datetime


ENDED = Course(
    local(2022, 10, 3), local(2022, 10, 21, 15), local(2022, 11, 4, 11), local(2022, 11, 14, 12)
)
STANDING = Course(
    local(2022, 11, 21), local(2022, 12, 9, 15), local(2022, 12, 20, 11), local(2023, 1, 16, 12)
)


def lists(cast: Cast) -> None:
    """One call has ended in the register; of the other objections are heard."""
    register = Register.objects.get(code="epimorfotes-b")
    _ended(cast, register)
    _standing(cast, register)


def _ended(cast: Cast, register: Register) -> None:
    crowd = cast.crowd["LAR", "ΠΕ02"][:5]
    call = _listed(cast, "Επιμορφωτές Β΄ επιπέδου: φθινόπωρο 2022", ENDED, crowd, register)
    made = _objected(call, crowd[3], TAUGHT, ENDED.listed + timedelta(days=2))
    at = local(2022, 11, 23, 11)
    reason = "Από το έγγραφο προκύπτει διδασκαλία."
    operations.decide(made, actor=_member(cast, call), at=at, decision=Decision(reason=reason))
    by: dict[str, Any] = {"actor": cast.actor("officer"), "at": local(2022, 11, 25, 12)}
    operations.publish_final(call, **by)
    work = operations.close(call, register=register, **by)
    assert work is not None  # noqa: S101 - the call fills a register
    tasks.enter_selected(work.pk, call.pk, by["at"].isoformat())


def _standing(cast: Cast, register: Register) -> None:
    crowd = [*cast.crowd["LAR", "ΠΕ02"][6:11], cast.accounts["teacher3"]]
    title = "Επιμορφωτές Β΄ επιπέδου: συμπληρωματική πρόσκληση"
    call = _listed(cast, title, STANDING, crowd, register)
    member, at = _member(cast, call), STANDING.listed + timedelta(hours=6)
    first = _objected(call, crowd[0], ALL_HOURS, at)
    _objected(call, crowd[3], TAUGHT, at + timedelta(hours=2))
    reason = "Μετρούν οι ώρες που γράφονται ρητά, και στη δεύτερη σελίδα."
    rulings = {"hours": {"allowed": "12", "reason": "Δεν γράφονται ρητά όλες."}}
    decision = Decision(rulings, reason=reason)
    operations.decide(first, actor=member, at=local(2023, 1, 17, 13), decision=decision)


def _listed(
    cast: Cast, title: str, course: Course, crowd: list[Person], register: Register
) -> Call:
    """A call with its provisional list: the first was reduced, the fourth rejected."""
    content = TRAINERS | {"title": title, "fills": Fills.REGISTER, "register": register}
    content |= {"fills_name": register.title, "places": 4}
    window = (course.published + timedelta(days=1), course.closes)
    call = published(cast, content, course.published, window)
    for n, person in enumerate(crowd):
        at = course.published + timedelta(days=3 + n, hours=9)
        row = candidates.answered(call, person, n, at)
        candidates.sent(row, people.actor(person), at + timedelta(minutes=25))
    operations.expire(call, actor=SYSTEM, at=course.closes)
    _judged(cast, call, crowd, course.checked)
    call.refresh_from_db()
    operations.publish_provisional(call, actor=cast.actor("officer"), at=course.listed)
    return call


def _judged(cast: Cast, call: Call, crowd: list[Person], at: datetime) -> None:
    """Check and assessment, by one person appointed for this call."""
    officer = cast.actor("officer2")
    for n, person in enumerate(crowd):
        row = Candidacy.objects.get(call=call, person=person)
        moment = at + timedelta(minutes=8 * n)
        if n == REJECTED:
            reason = "Η βεβαίωση αφορά επιμόρφωση που παρακολουθήσατε και όχι που διδάξατε."
            operations.reject(row, actor=officer, at=moment, reason=reason)
        else:
            operations.accept(row, actor=officer, at=moment)
    started = at + timedelta(hours=3)
    _assigned(cast, call, started)
    mine = Assessment.objects.filter(call=call).select_related("call", "candidacy__call", "person")
    for one in mine.order_by("candidacy"):
        verdicts = {claim.key: dict(ACCEPTED) for claim in assessments.claims_of(one.candidacy)}
        if one.candidacy.person_id == crowd[0].pk:
            verdicts["hours"] = {"allowed": "5", "reason": UNCLEAR}
        by: dict[str, Any] = {"actor": people.actor(one.person), "at": started + timedelta(days=1)}
        operations.submit_assessment(one, verdicts=verdicts, **by)


def _assigned(cast: Cast, call: Call, at: datetime) -> None:
    by: dict[str, Any] = {"actor": cast.actor("officer"), "at": at}
    operations.plan(call, each=1, due_at=at + timedelta(days=5), **by)
    reason = "Απόφαση ορισμού αξιολογητών."
    operations.appoint(call, cast.crowd["THS", "ΠΕ02"][20], reason=reason, **by)
    found = assessments.proposed(call, at)
    assert found is not None  # noqa: S101 - the plan stands
    operations.assign(call, seen=found.seal, **by)
    call.refresh_from_db()
    operations.start_assessment(call, **by)


def _objected(call: Call, person: Person, text: str, at: datetime) -> Objection:
    row = Candidacy.objects.get(call=call, person=person)
    me = people.actor(person)
    paper = row.submission.uses.select_related("evidence").latest("pk") if row.submission else None
    papers = [paper.evidence] if paper else []
    made = operations.object_to(row, text=text, papers=papers, actor=me, at=at)
    tasks.objection_receipt(made.pk)
    return made


def _member(cast: Cast, call: Call) -> Any:
    """The account of the committee, which the body has appointed for this call."""
    someone = cast.accounts["committee"]
    people.post(someone, Role.OBJECTION_COMMITTEE, Scope.CALL, call.pk)
    return people.actor(someone)
