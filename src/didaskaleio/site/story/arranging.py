"""Availability of the trainers and arrangements of the 3rd period (διαθεσιμότητα, σχέδια)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from didaskaleio.programmes import operations as programmes
from didaskaleio.programmes.enums import StaffRole
from didaskaleio.programmes.models import Arrangement, TrainingAction, TrainingPeriod
from didaskaleio.site.story.cast import Cast, actor
from didaskaleio.site.story.moments import NOW

WISHES = {(0, 3): "cannot", (0, 4): "cannot", (2, 3): "wants", (4, 4): "rather_not"}
OFF = (date(2023, 10, 9), date(2023, 10, 13))


def declared(cast: Cast) -> None:
    """The demonstration's trainer and one of Larissa say when they can teach."""
    at = NOW - timedelta(days=3)
    own = programmes.Declared(
        WISHES,
        [OFF],
        hours_per_week=12,
        note="Τον Οκτώβριο λείπω μία εβδομάδα σε εκπαιδευτική εκδρομή.",
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
        values={"trainer_hours_per_week": 18, "trainer_hours_per_period": 240},
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
    reason = "Σύμφωνα με τη διαθεσιμότητα που δηλώθηκε."
    programmes.apply(_asked(cast, period, at), actor=by, at=at, reason=reason)
    _asked(cast, period, at + timedelta(hours=3))


def _asked(cast: Cast, period: TrainingPeriod, at: datetime) -> Arrangement:
    by = actor(cast.managers["KOZ"])
    return programmes.arrange_centre(period, cast.centres["KOZ"], actor=by, at=at)


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
