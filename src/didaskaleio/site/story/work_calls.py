"""Work in the programmes of the 3rd period (έργο): calls in each state, and who applied."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from didaskaleio.kernel.access import SYSTEM, Actor
from didaskaleio.programmes import operations as programmes
from didaskaleio.programmes.enums import ActionRole, WorkFor
from didaskaleio.programmes.models import (
    Programme,
    TrainingPeriod,
    WorkApplication,
    WorkCall,
)
from didaskaleio.programmes.operations import LineFacts
from didaskaleio.site.story.cast import Cast, actor
from didaskaleio.site.story.moments import NOW, local
from didaskaleio.structures.models import Cluster, Prefecture, TrainingCentre

BEGAN, ENDED = local(2023, 1, 12, 12), local(2023, 1, 15, 15)
TEXT = (
    "Ζητούνται επιμορφωτές και επιμορφώτριες για τα προγράμματα του φθινοπώρου. Όποιος επιλεγεί "
    "συνεννοείται με το Κ.Σ.Ε. για το ωρολόγιο και διδάσκει ως την ολοκλήρωση του προγράμματος."
)
Place = tuple[str, str, int]  # prefecture, cluster, how many


def called(cast: Cast, period: TrainingPeriod) -> None:
    """One call in each state; applications in each of theirs."""
    _selected(cast, period)
    _assigned(cast, period)
    _exhausted(cast, period)
    _waiting(cast, period)
    _of_centres(cast, period)
    _open(cast, period)
    soon = _call(cast, period, "Επιμορφωτές για τη συστάδα Πρωτοβάθμιας", (("KOZ", "B2.5", 2),),
                 opens=local(2023, 1, 23), closes=local(2023, 1, 30, 15))  # fmt: skip
    programmes.announce_work(soon, actor=cast.actor("officer"), at=NOW - timedelta(hours=2))
    _call(cast, period, "Επιμορφωτές για τα νησιά", (("HER", "B2.1", 1),),
          opens=local(2023, 2, 1), closes=local(2023, 2, 8, 15))  # fmt: skip
    _cancelled(cast, period)


def _call(
    cast: Cast,
    period: TrainingPeriod,
    title: str,
    places: Sequence[Place],
    *,
    opens: datetime = BEGAN,
    closes: datetime = ENDED,
) -> WorkCall:
    scheme = period.action.scheme_id
    lines = [
        LineFacts(
            many,
            cluster=Cluster.objects.get(scheme=scheme, code=cluster).pk,
            prefecture=Prefecture.objects.get(code=prefecture).pk,
        )
        for prefecture, cluster, many in places
    ]
    content = programmes.WorkContent(title, opens, closes, lines, text=TEXT, answer_hours=96)
    by = cast.actor("officer")
    at = min(opens, NOW) - timedelta(hours=3)
    return programmes.begin_work_call(period, WorkFor.TRAINERS, content, actor=by, at=at)


def _opened(cast: Cast, call: WorkCall) -> WorkCall:
    programmes.announce_work(
        call, actor=cast.actor("officer"), at=call.opens_at - timedelta(hours=1)
    )
    programmes.open_work(call, actor=SYSTEM, at=call.opens_at)
    return call


def _apply(
    call: WorkCall,
    by: Actor,
    at: datetime,
    wanted: int,
    centre: TrainingCentre | None = None,
    note: str = "",
) -> WorkApplication:
    """A submitted application for every line that the applicant may choose."""
    mine = programmes.start_application(call, actor=by, at=at, centre=centre)
    lines = list(call.lines.values_list("pk", flat=True))
    programmes.save_application(mine, actor=by, at=at, lines=lines, wanted=wanted, note=note)
    mine.refresh_from_db()
    later = at + timedelta(minutes=12)
    programmes.send_application(mine, actor=by, at=later, version=0)
    return mine


def _selected(cast: Cast, period: TrainingPeriod) -> None:
    """Five apply, one withdraws; the ranking is confirmed with one decision by hand."""
    places = (("KOZ", "B2.3", 1), ("LAR", "B2.5", 1))
    call = _opened(cast, _call(cast, period, "Επιμορφωτές για το φθινόπωρο του 2023", places))
    who = (("KOZ", "B2.3"), ("THS", "B2.3"), ("LAR", "B2.5"), ("HER", "B2.5"), ("THS", "B2.5"))
    made = {}
    for hours, key in enumerate(who, start=2):
        by, at = actor(cast.trainers[key]), BEGAN + timedelta(hours=hours)
        made[key] = _apply(call, by, at, 120)
    last = who[-1]
    later = BEGAN + timedelta(days=1)
    programmes.withdraw_application(made[last], actor=actor(cast.trainers[last]), at=later)
    programmes.close_work(call, actor=SYSTEM, at=ENDED)
    officer = cast.actor("officer")
    own = made["KOZ", "B2.3"]
    own.refresh_from_db()
    reason = "Έχει συμφωνήσει το ωρολόγιο με το Κ.Σ.Ε. πριν από την πρόσκληση."
    line = own.standings.get().line
    at = ENDED + timedelta(hours=20)
    programmes.move_work(own, line, actor=officer, at=at, reason=reason)
    programmes.select_work(call, actor=officer, at=at, reason="Απόφαση 12/2023 του φορέα.")


def _waiting(cast: Cast, period: TrainingPeriod) -> None:
    """The deadline passed: the officer has the ranking to confirm."""
    ends = local(2023, 1, 17, 15)
    call = _call(cast, period, "Επιμορφωτές Θετικών Επιστημών στην Κρήτη", (("HER", "B2.3", 1),),
                 closes=ends)  # fmt: skip
    _opened(cast, call)
    for key in (("HER", "B2.3"), ("LAR", "B2.3")):
        _apply(call, actor(cast.trainers[key]), BEGAN + timedelta(days=3), 120)
    programmes.extend_work(
        call,
        until=ends + timedelta(hours=2),
        reason="Δύο αιτήσεις για μία θέση δεν αρκούν.",
        actor=cast.actor("officer"),
        at=ends - timedelta(hours=4),
    )
    programmes.close_work(call, actor=SYSTEM, at=ends + timedelta(hours=2))


def _open(cast: Cast, period: TrainingPeriod) -> None:
    """An open call in which the demonstration's trainer has a draft."""
    places = (("THS", "B2.3", 1), ("KOZ", "B2.3", 1))
    call = _call(cast, period, "Επιμορφωτές Μαθηματικών στη Μακεδονία", places,
                 opens=local(2023, 1, 16, 9), closes=local(2023, 1, 26, 15))  # fmt: skip
    _opened(cast, call)
    at = call.opens_at + timedelta(hours=7)
    programmes.start_application(call, actor=cast.actor("trainer"), at=at)


def _of_centres(cast: Cast, period: TrainingPeriod) -> None:
    """An open call for centres: one applied, one has a draft."""
    regions = {cast.centres[place].region_id for place in ("KOZ", "LAR", "THS")}
    content = programmes.WorkContent(
        "Κ.Σ.Ε. για τα προγράμματα του φθινοπώρου",
        local(2023, 1, 16, 9),
        local(2023, 1, 27, 15),
        [LineFacts(4, region=region) for region in sorted(regions)],
        text="Κάθε κέντρο δηλώνει πόσα προγράμματα μπορεί να υλοποιήσει.",
    )
    at = content.opens_at - timedelta(days=1)
    call = programmes.begin_work_call(
        period, WorkFor.CENTRES, content, actor=cast.actor("officer"), at=at
    )
    _opened(cast, call)
    at = content.opens_at + timedelta(hours=5)
    note = "Δύο εργαστήρια, ελεύθερα κάθε απόγευμα."
    larissa = actor(cast.managers["LAR"])
    _apply(call, larissa, at, 3, centre=cast.centres["LAR"], note=note)
    salonica = actor(cast.managers["THS"])
    programmes.start_application(call, actor=salonica, at=at, centre=cast.centres["THS"])


def _cancelled(cast: Cast, period: TrainingPeriod) -> None:
    """A call that was cancelled with an application in it."""
    call = _call(cast, period, "Επιμορφωτές για θερινά προγράμματα", (("THS", "B2.1", 1),),
                 closes=local(2023, 1, 20, 15))  # fmt: skip
    _opened(cast, call)
    at = BEGAN + timedelta(days=2)
    _apply(call, actor(cast.trainers["THS", "B2.1"]), at, 60)
    reason = "Τα θερινά προγράμματα δεν θα γίνουν φέτος."
    later = at + timedelta(days=1)
    programmes.cancel_work(call, actor=cast.actor("officer"), at=later, reason=reason)


def _assigned(cast: Cast, period: TrainingPeriod) -> None:
    """Two drafts look for a trainer: one waits for the answer, the other went to the next."""
    kozani = _draft(cast, period, "KOZ", "B2.3")
    at = NOW - timedelta(hours=20)
    by = actor(cast.managers["KOZ"])
    text = "Τα απογεύματα Τρίτης και Πέμπτης το εργαστήριο είναι ελεύθερο."
    programmes.ask_next(kozani, actor=by, at=at, message=text)
    _staffed(cast, kozani, by)
    larissa = _draft(cast, period, "LAR", "B2.5")
    by = actor(cast.managers["LAR"])
    first = programmes.ask_next(larissa, actor=by, at=at)
    if first is None:
        return
    later = at + timedelta(hours=4)
    reason = "Η μετακίνηση δεν είναι δυνατή τον χειμώνα."
    programmes.decline_assignment(first, actor=actor(first.person), at=later, reason=reason)
    second = programmes.ask_next(larissa, actor=by, at=later)
    if second is not None:
        later += timedelta(hours=3)
        programmes.accept_assignment(second, actor=actor(second.person), at=later)


def _exhausted(cast: Cast, period: TrainingPeriod) -> None:
    """Whoever was ranked in Larissa declined: nobody is left to ask for this draft."""
    draft, at = _draft(cast, period, "LAR", "B2.5"), NOW - timedelta(hours=16)
    by = actor(cast.managers["LAR"])
    while asked := programmes.ask_next(draft, actor=by, at=at):
        at += timedelta(hours=2)
        reason = "Δύο προγράμματα την ίδια περίοδο δεν χωρούν."
        programmes.decline_assignment(asked, actor=actor(asked.person), at=at, reason=reason)


def _draft(cast: Cast, period: TrainingPeriod, place: str, cluster: str) -> Programme:
    centre = cast.centres[place]
    content = programmes.Content(
        category=period.action.categories.get(code="IIa"),
        cluster=period.action.scheme.clusters.get(code=cluster),
        room=centre.rooms.order_by("pk").last(),
    )
    by, at = actor(cast.managers[place]), NOW - timedelta(hours=22)
    return programmes.start_proposal(period, centre, content, actor=by, at=at)


def _staffed(cast: Cast, programme: Programme, by: Actor) -> None:
    """The centre's staff: one did not answer, one accepted, one assignment was recalled."""
    helper, began = cast.staff["KOZ"], NOW - timedelta(days=4)
    missed = programmes.ask_staff(
        programme, helper, ActionRole.ADMINISTRATIVE, hours=8, actor=by, at=began
    )
    programmes.lapse_assignment(missed, actor=SYSTEM, at=missed.answer_by)
    at = NOW - timedelta(hours=19)
    taken = programmes.ask_staff(programme, helper, ActionRole.TECHNICAL, hours=20, actor=by, at=at)
    programmes.accept_assignment(taken, actor=actor(helper), at=at + timedelta(hours=1))
    wrong = programmes.ask_staff(
        programme, cast.managers["KOZ"], ActionRole.ADMINISTRATIVE, hours=80, actor=by, at=at
    )
    reason = "Οι ώρες γράφτηκαν λάθος."
    programmes.recall_assignment(wrong, actor=by, at=at + timedelta(hours=1), reason=reason)
