"""The draw (κλήρωση): the beacon by two officers, then the order to compute: SPEC-draw §1.4.

The computation and the publication are a job (``publishing``): a nation's draw takes longer than
an officer should wait before a page.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from didaskaleio.enrolment import draw as draws
from didaskaleio.enrolment.enums import DrawState
from didaskaleio.enrolment.errors import BeaconRefusedError, SecretUnavailableError
from didaskaleio.enrolment.lifecycle import DRAW
from didaskaleio.enrolment.models import Draw
from didaskaleio.enrolment.operations import publishing, secret
from didaskaleio.kernel import greek, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.programmes import parameters


def enter_beacon(draw: Draw, *, actor: Actor, at: datetime, beacon: str) -> Draw:
    """Καταχώριση δημόσιας τύχης: the first officer's, or the second's, which decides.

    Equal values start the draw; different ones send both back. The state says which it was.
    """
    draw.refresh_from_db()
    if draw.state != DrawState.BEACON_ENTERED:
        enter_first(draw, actor=actor, at=at, beacon=beacon)
    elif draw.beacon == beacon.strip():
        confirm_and_draw(draw, actor=actor, at=at, beacon=beacon)
    else:
        disagree(draw, actor=actor, at=at, beacon=beacon)
    return draw


@DRAW.performs("enter_beacon")
def enter_first(draw: Draw, *, actor: Actor, at: datetime, beacon: str) -> None:
    """Πρώτη καταχώριση: kept hidden until the second officer has entered theirs."""
    draw.beacon = _acceptable(draw, at, beacon)
    draw.first_officer_id = actor.user_id
    draw.save(update_fields=["beacon", "first_officer"])


@DRAW.performs("disagree")
def disagree(draw: Draw, *, actor: Actor, at: datetime, beacon: str) -> None:
    """Διαφορετική καταχώριση: both values go to the journal, both officers try again."""
    second = _acceptable(draw, at, beacon)
    _other_person(draw, actor)
    if second == draw.beacon:
        raise BeaconRefusedError("Οι δύο καταχωρίσεις συμπίπτουν.", code="equal")
    journal.write(
        draw,
        "Οι δύο καταχωρίσεις της δημόσιας τύχης διέφεραν",
        actor=actor,
        at=at,
        first=draw.beacon,
        second=second,
    )
    draw.beacon, draw.first_officer = "", None
    draw.save(update_fields=["beacon", "first_officer"])


@DRAW.performs("confirm_and_draw", locks=("period",))
def confirm_and_draw(draw: Draw, *, actor: Actor, at: datetime, beacon: str) -> None:
    """Δεύτερη καταχώριση και κλήρωση: both entries stand, the secret opens, the job is ordered."""
    value = _acceptable(draw, at, beacon)
    _other_person(draw, actor)
    if value != draw.beacon:
        raise BeaconRefusedError(
            "Η καταχώριση διαφέρει από την πρώτη. Ελέγξτε την πηγή και ξαναπροσπαθήστε και οι δύο.",
            code="differs",
        )
    secret.revealed(draw)
    draw.second_officer_id = actor.user_id
    publishing.order(draw, actor=actor, at=at)


@DRAW.performs("draw_without_secret", locks=("period",))
def draw_without_secret(draw: Draw, *, actor: Actor, at: datetime, reason: str) -> None:
    """Κλήρωση χωρίς το μυστικό: both copies are lost; the ministry's reasoned, published act."""
    known = parameters.of(draw.period.action, at)
    latest = draw.beacon_at + timedelta(hours=known.reveal_hours + known.escrow_hours)
    if at < latest:
        raise SecretUnavailableError(
            f"Το σφραγισμένο αντίγραφο μπορεί να ανοιχτεί έως {greek.long_moment(latest)}. "
            "Χωρίς το μυστικό η κλήρωση γίνεται μόνο μετά.",
            code="too_early",
        )
    if secret.own_copy(draw) is not None:
        raise SecretUnavailableError(
            "Το αντίγραφο της πλατφόρμας ανοίγει: η κλήρωση γίνεται με το μυστικό.", code="not_lost"
        )
    draw.figures = {publishing.WITHOUT_SECRET: reason}
    publishing.order(draw, actor=actor, at=at)


def _acceptable(draw: Draw, at: datetime, beacon: str) -> str:
    value = beacon.strip()
    if at < draw.beacon_at:
        raise BeaconRefusedError(
            f"Η δημόσια τύχη γίνεται γνωστή {greek.long_moment(draw.beacon_at)}. "
            "Καταχωρίστε την μετά.",
            code="too_early",
        )
    if not (draws.valid_beacon(value) and draws.beacon_matches(draw.beacon_pattern, value)):
        raise BeaconRefusedError(
            f"Η τιμή δεν έχει τη μορφή που ανακοινώθηκε ({draw.beacon_pattern}), "
            f"όπως {draw.beacon_example}.",
            code="form",
        )
    return value


def _other_person(draw: Draw, actor: Actor) -> None:
    if actor.user_id == draw.first_officer_id:
        raise BeaconRefusedError(
            "Η δεύτερη καταχώριση γίνεται από άλλο πρόσωπο. Ζητήστε τη από δεύτερο στέλεχος.",
            code="same_person",
        )
