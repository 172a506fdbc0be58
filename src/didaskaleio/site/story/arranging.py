"""Availability of the trainers and arrangements of the 3rd period (διαθεσιμότητα, σχέδια)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from didaskaleio.programmes import operations as programmes
from didaskaleio.programmes.enums import StaffRole
from didaskaleio.programmes.models import Arrangement, TrainingAction, TrainingPeriod
from didaskaleio.programmes.queries.arranging import drafts
from didaskaleio.site.story.cast import Cast, actor
from didaskaleio.site.story.moments import NOW

WISHES = {(0, 3): "cannot", (0, 4): "cannot", (2, 3): "wants", (4, 4): "rather_not"}
OFF = (date(2023, 11, 10), date(2023, 11, 13))


def declared(cast: Cast) -> None:
    """The demonstration's trainer and one of Larissa say when they can teach."""
    at = NOW - timedelta(days=3)
    own = programmes.Declared(
        WISHES,
        [OFF],
        hours_per_week=12,
        note="Τον Νοέμβριο λείπω ένα τετραήμερο σε εκπαιδευτική εκδρομή.",
    )
    programmes.declare(own, actor=cast.actor("trainer"), at=at)
    other = programmes.Declared({(1, 3): "likes", (5, 0): "cannot"})
    programmes.declare(other, actor=actor(cast.trainers["LAR", "B2.5"]), at=at)


def limited(cast: Cast, action: TrainingAction) -> None:
    """The action sets how much one person may teach."""
    programmes.change_parameters(
        action,
        actor=cast.actor("officer"),
        at=NOW - timedelta(days=2),
        values={
            "sessions_recorded": True,
            "trainer_hours_per_week": 18,
            "trainer_hours_per_period": 240,
        },
        reason="Όρια φόρτου για όλες τις επόμενες προτάσεις.",
    )


def arranged(cast: Cast, period: TrainingPeriod) -> None:
    """Arrangements of one centre: discarded, undone, impossible, applied, one to decide on."""
    by = actor(cast.managers["KOZ"])
    at = NOW - timedelta(hours=8)
    programmes.discard_arrangement(_asked(cast, period, at), actor=by, at=at)
    at += timedelta(hours=1)
    tried = _asked(cast, period, at)
    programmes.apply(tried, actor=by, at=at, reason="Δοκιμή με όσα δηλώθηκαν.")
    later = at + timedelta(minutes=20)
    programmes.undo(tried, actor=by, at=later, reason="Θέλουμε και τα πρωινά του Σαββάτου.")
    _impossible(cast, period, at + timedelta(hours=1))
    at += timedelta(hours=2)
    reason = "Όλα μένουν όπως τα είχαμε."
    programmes.apply(_asked(cast, period, at, all_=True), actor=by, at=at, reason=reason)
    _asked(cast, period, at + timedelta(hours=3))


def _asked(cast: Cast, period: TrainingPeriod, at: datetime, *, all_: bool = False) -> Arrangement:
    """An arrangement of the drafts of Kozani; ``all_``: with everything pinned."""
    by, centre = actor(cast.managers["KOZ"]), cast.centres["KOZ"]
    rows = drafts(period, centre=centre) if all_ else ()
    pins = {
        row.pk: ["trainer", *(f"{s.date} {s.start:%H:%M}" for s in row.slots.all())] for row in rows
    }
    return programmes.arrange_centre(period, centre, actor=by, at=at, pins=pins)


def _impossible(cast: Cast, period: TrainingPeriod, at: datetime) -> None:
    """A draft of a cluster for which nobody of the prefecture is in the register."""
    by, centre = actor(cast.managers["KOZ"]), cast.centres["KOZ"]
    content = programmes.Content(
        category=period.action.categories.get(code="IIa"),
        cluster=period.action.scheme.clusters.get(code="B2.4"),
        trainer=cast.trainers["LAR", "B2.1"],
        room=centre.rooms.order_by("pk").first(),
        staff=((cast.staff["KOZ"].pk, StaffRole.TECHNICAL),),
    )
    draft = programmes.start_proposal(period, centre, content, actor=by, at=at)
    _asked(cast, period, at)
    programmes.discard(draft, actor=by, at=at + timedelta(minutes=30))
