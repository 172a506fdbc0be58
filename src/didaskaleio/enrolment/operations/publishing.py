"""The publication of a draw (δημοσίευση): computed apart, then written in one transaction.

SPEC-draw §1.4. Ordered by the second officer, carried out by a job. Until the transaction ends
nothing of the result stands anywhere; whoever comes second finds it published.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from didaskaleio.enrolment import draw as draws
from didaskaleio.enrolment import events
from didaskaleio.enrolment.enums import DrawState
from didaskaleio.enrolment.lifecycle import DRAW
from didaskaleio.enrolment.models import Draw
from didaskaleio.enrolment.operations import secret
from didaskaleio.enrolment.operations.placing import PARTS as WRITTEN_PARTS
from didaskaleio.enrolment.operations.placing import figures, write_result
from didaskaleio.kernel import events as kernel_events
from didaskaleio.kernel import jobs, journal
from didaskaleio.kernel.access import SYSTEM, Actor
from didaskaleio.people.queries import actor_of

WITHOUT_SECRET = "without_secret"  # noqa: S105 - a key of the published figures
PARTS = 3 + WRITTEN_PARTS
Progress = Callable[[], None]


@dataclass(frozen=True)
class Computed:
    """What the frozen bytes, the secret and the beacon give (SPEC-draw §2 to §4)."""

    raw: bytes
    bundle: draws.Bundle
    result: draws.Result
    secret: str | None


def order(draw: Draw, *, actor: Actor, at: datetime) -> None:
    """Εντολή υπολογισμού, in the body of the deciding step: a job with a progress bar."""
    period = draw.period
    draw.work = jobs.begin(
        "enrolment.draw",
        f"Υπολογισμός της κλήρωσης: {period.title}"[:200],
        actor=actor,
        at=at,
        total=PARTS,
        url=reverse("enrolment:ceremony", args=[period.code]),
    )
    jobs.enqueue("enrolment.draw", draw_id=draw.pk)


@DRAW.performs("compute_again")
def compute_again(draw: Draw, *, actor: Actor, at: datetime) -> None:
    """Νέα προσπάθεια: the computation failed; nothing had been written, it is ordered anew."""
    order(draw, actor=actor, at=at)


def carry_out(draw: Draw, *, at: datetime, progress: Progress = lambda: None) -> bool:
    """Υπολογισμός και δημοσίευση; False when the draw does not wait for its computation."""
    draw.refresh_from_db()
    if draw.state != DrawState.COMPUTING:
        return False
    publish(draw, actor=SYSTEM, at=at, computed=_compute(draw, progress), progress=progress)
    return True


def _compute(draw: Draw, progress: Progress) -> Computed:
    revealed = None if WITHOUT_SECRET in draw.figures else secret.revealed(draw)
    raw = draws.assemble_bundle(
        bytes(draw.frozen or b""),
        commitment=draw.commitment,
        secret=revealed,
        beacon=draw.beacon,
        beacon_pattern=draw.beacon_pattern,
    )
    progress()
    bundle = draws.read_bundle(raw)
    progress()
    result = draws.draw(bundle)
    progress()
    return Computed(raw, bundle, result, revealed)


@DRAW.performs("publish", locks=("period",))
def publish(
    draw: Draw, *, actor: Actor, at: datetime, computed: Computed, progress: Progress
) -> None:
    """Δημοσίευση δεδομένων και αποτελέσματος: everything that follows, set-based; once only."""
    draw.bundle, draw.result = computed.raw, draws.result_bytes(computed.result)
    draw.published_at = at
    draw.figures = draw.figures | figures(computed.bundle, computed.result)
    write_result(
        draw.period,
        actor=actor,
        at=at,
        bundle=computed.bundle,
        result=computed.result,
        progress=progress,
    )
    _journal(draw, computed, at)
    jobs.enqueue("enrolment.tell_drawn", draw_id=draw.pk)
    kernel_events.publish(events.DrawPublished(draw.pk, draw.period_id, at))


def _journal(draw: Draw, computed: Computed, at: datetime) -> None:
    """In the name of whoever decided: the second officer, or the ministry without the secret."""
    decided = actor_of(draw.work.owner, at=at) if draw.work else SYSTEM
    journal.write(
        draw,
        "Δημοσιεύθηκαν δεδομένα και αποτέλεσμα",
        actor=decided,
        at=at,
        seed=computed.result.seed,
        secret=computed.secret,
        beacon=draw.beacon,
        bundle=hashlib.sha256(computed.raw).hexdigest(),
        result=hashlib.sha256(bytes(draw.result or b"")).hexdigest(),
    )
