"""The choice of visits (επιλογή επισκέψεων): weights, commitment, draw, revelation.

SPEC-draw through the public door of room enrolment: the same bundle, computation and check. The
sessions stand for the applications, the visits of the month for one programme's places.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from didaskaleio.delivery import queries, risk
from didaskaleio.delivery.enums import VisitWay
from didaskaleio.delivery.errors import VisitRefusedError
from didaskaleio.delivery.lifecycle import ROUND
from didaskaleio.delivery.models import RiskWeights, SiteVisit, VisitRound
from didaskaleio.delivery.operations.checklist import checklist_of
from didaskaleio.enrolment import draw as draws
from didaskaleio.enrolment import rules as ceremony
from didaskaleio.enrolment import seal
from didaskaleio.kernel import access, greek, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.calendar import local
from didaskaleio.kernel.errors import ReasonMissingError
from didaskaleio.kernel.taken import unless_taken
from didaskaleio.structures.models import ImplementingBody

ROUND.model = VisitRound
Randomness = Callable[[int], bytes]
VISITS, CATEGORY = "VISITS", "V"
BEACON_AFTER = timedelta(hours=1)
MOST_DAYS = 92
HEX = "[0-9a-f]{64}"


@dataclass(frozen=True)
class Wish:
    """What is asked of a round: its days, how many visits by risk, how many by lot."""

    first_day: date
    last_day: date
    by_risk: int
    by_lot: int


def set_weights(
    body: ImplementingBody,
    values: Mapping[str, int],
    *,
    reason: str,
    actor: Actor,
    at: datetime,
) -> RiskWeights:
    """Weights of the risk (βάρη) as a new version; the rounds that are open keep their own."""
    if not reason.strip():
        raise ReasonMissingError("Γράψτε γιατί αλλάζουν τα βάρη.")
    if any(not 0 <= values.get(code, -1) <= risk.LARGEST for code in risk.DEFAULTS):
        raise VisitRefusedError(f"Κάθε βάρος είναι ακέραιος από 0 έως {risk.LARGEST}.")
    with transaction.atomic():
        held = ImplementingBody.objects.select_for_update(no_key=True).get(pk=body.pk)
        row = RiskWeights(body=held, values=dict(values), reason=greek.clean(reason), at=at)
        access.require(actor, "visit_round.manage", row)
        before, version = queries.visits.weights_of(held)
        if before == row.values:
            raise VisitRefusedError("Δεν άλλαξε κανένα βάρος.")
        row.version, row.by_id = version + 1, actor.person_id
        row.save()
        journal.write(
            row, "Νέα βάρη κινδύνου", actor=actor, at=at, reason=row.reason, values=row.values
        )
    return row


def open_round(
    body: ImplementingBody,
    wish: Wish,
    *,
    actor: Actor,
    at: datetime,
    randomness: Randomness = secrets.token_bytes,
) -> VisitRound:
    """Begin a round (δέσμευση): the list is frozen and a secret committed, before any chance."""
    _check(wish, at)
    code = f"{body.code}-{wish.first_day:%Y-%m-%d}"
    weights, version = queries.visits.weights_of(body)
    row = VisitRound(body=body, code=code, first_day=wish.first_day, last_day=wish.last_day)
    access.require(actor, "visit_round.manage", row)
    taken = VisitRefusedError("Υπάρχει ήδη επιλογή επισκέψεων που αρχίζει την ίδια ημέρα.")
    sessions = queries.visits.to_visit(body, max(wish.first_day, _tomorrow(at)), wish.last_day)
    scores = queries.visits.scores_of(sessions, weights, at)
    if not scores:
        raise VisitRefusedError(
            "Καμία διά ζώσης συνάντηση δεν γίνεται αυτές τις ημέρες. Διαλέξτε άλλες."
        )
    with transaction.atomic():
        row.weights, row.weights_version, row.scores = weights, version, scores
        row.by_risk, row.by_lot = wish.by_risk, min(wish.by_lot, len(scores))
        row.checklist = checklist_of(body, at=at)
        _commit(row, randomness(32), at)
        with unless_taken(taken):
            row.save()
        facts = {"commitment": row.commitment, "freeze": row.freeze_hash}
        journal.write(row, "Πάγωμα της λίστας και δέσμευση", actor=actor, at=at, **facts)
    return row


def _tomorrow(at: datetime) -> date:
    return at.date() + timedelta(days=1)


def _check(wish: Wish, at: datetime) -> None:
    if not wish.first_day <= wish.last_day <= wish.first_day + timedelta(days=MOST_DAYS):
        raise VisitRefusedError("Διαλέξτε διάστημα έως τριών μηνών, με τη λήξη μετά την έναρξη.")
    if wish.last_day < _tomorrow(at):
        raise VisitRefusedError("Το διάστημα πέρασε. Διαλέξτε ημέρες από αύριο και μετά.")
    if wish.by_lot < 1:
        raise VisitRefusedError("Τουλάχιστον μία επίσκεψη ορίζεται με κλήρωση.")


def _commit(row: VisitRound, secret: bytes, at: datetime) -> None:
    frozen = draws.canonical(
        row.code,
        [CATEGORY],
        [draws.Programme(VISITS, CATEGORY, row.by_lot, 0)],
        [(unit, [VISITS]) for unit in row.scores],
    )
    number, moment = ceremony.drand_round(at + BEACON_AFTER)
    row.frozen, row.freeze_hash = frozen.decode(), draws.freeze_hash(frozen)
    row.commitment = hashlib.sha256(secret).hexdigest()
    row.secret_sealed = seal.seal(secret, settings.SECRET_KEY, row.code)
    row.committed_at, row.beacon_at, row.beacon_pattern = at, moment, HEX
    row.beacon_source = f"drand, αλυσίδα {ceremony.DRAND_CHAIN}, γύρος {number}: randomness"
    row.reveals_at = local(row.last_day + timedelta(days=1), time())


@ROUND.performs("draw")
def draw(round_: VisitRound, *, actor: Actor, at: datetime, beacon: str) -> None:
    """Κλήρωση: the lot by SPEC-draw, then the riskiest of the others; all are proposals.

    Nothing of it is public before the revelation.
    """
    value = beacon.strip().lower()
    if not (draws.valid_beacon(value) and draws.beacon_matches(round_.beacon_pattern, value)):
        raise VisitRefusedError("Η τιμή δεν έχει τη μορφή του κανόνα: 64 δεκαεξαδικά ψηφία.")
    bundle = draws.assemble_bundle(
        round_.frozen.encode(),
        commitment=round_.commitment,
        secret=_secret(round_),
        beacon=value,
        beacon_pattern=round_.beacon_pattern,
    )
    result = draws.draw(draws.read_bundle(bundle))
    round_.bundle, round_.result = bundle.decode(), draws.result_bytes(result).decode()
    round_.beacon, round_.drawn_at, round_.drawn_by_id = value, at, actor.user_id
    lot = [unit for unit in result.order if result.placements[unit]]
    rest = {u: s["points"] for u, s in round_.scores.items() if u not in set(lot)}
    _propose(round_, lot, VisitWay.RANDOM)
    _propose(round_, risk.riskiest(rest, round_.by_risk), VisitWay.RISK)


def _secret(round_: VisitRound) -> str:
    try:
        return seal.unseal(bytes(round_.secret_sealed), settings.SECRET_KEY, round_.code).hex()
    except seal.SealBrokenError as error:
        raise VisitRefusedError(
            "Το μυστικό της δέσμευσης δεν ανοίγει. Ζητήστε βοήθεια από την υπηρεσία λειτουργίας."
        ) from error


def _propose(round_: VisitRound, units: list[str], way: VisitWay) -> None:
    """One proposal a unit; a session that somebody visits meanwhile is left alone."""
    for unit in units:
        said: dict[str, Any] = round_.scores[unit]
        taken = SiteVisit.objects.filter(session_id=said["session"])
        if not taken.exclude(state__in=["dropped", "not_done"]).exists():
            SiteVisit.objects.create(
                session_id=said["session"],
                round=round_,
                way=way,
                checklist_id=round_.checklist_id,
                points=said["points"],
                lines=said["lines"],
            )


@ROUND.performs("reveal")
def reveal(round_: VisitRound, *, actor: Actor, at: datetime) -> None:
    """Αποκάλυψη: the days are over, anybody may recompute the draw from the published files."""
