"""The ceremony of the draw (τελετή κλήρωσης), up to the freeze: SPEC-draw §1.1 to §1.3.

Announcement with commitment and beacon rule; extension and reopening as announced acts. The
freeze is in ``freezing``, the draw itself in ``drawing``.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from didaskaleio.enrolment import draw as draws
from didaskaleio.enrolment import places, rules, seal
from didaskaleio.enrolment.enums import DrawState
from didaskaleio.enrolment.errors import BeaconRuleError
from didaskaleio.enrolment.lifecycle import DRAW
from didaskaleio.enrolment.models import Draw, ParticipationApplication
from didaskaleio.kernel import greek, jobs, journal, numbering
from didaskaleio.kernel.access import Actor
from didaskaleio.programmes import parameters
from didaskaleio.programmes.enums import ActKind
from didaskaleio.programmes.lifecycle import PERIOD
from didaskaleio.programmes.models import PeriodAct, TrainingPeriod

DRAW.model = Draw
Randomness = Callable[[int], bytes]


@dataclass(frozen=True)
class BeaconRule:
    """Κανόνας δημόσιας τύχης: where from, when, and the byte form as a pattern with an example."""

    source: str
    at: datetime
    pattern: str
    example: str


def default_rule(closes: datetime, hours: int) -> BeaconRule:
    """The proposed rule: the first round of the named drand chain ``hours`` after the deadline."""
    round_number, moment = rules.drand_round(places.hours_later(closes, hours))
    source = (
        f"drand, αλυσίδα {rules.DRAND_CHAIN}, γύρος {round_number}: "
        "το πεδίο randomness, 64 πεζά δεκαεξαδικά ψηφία"
    )
    return BeaconRule(source, moment, "[0-9a-f]{64}", "9f" * 32)


@PERIOD.performs("announce")
def announce(
    period: TrainingPeriod,
    *,
    actor: Actor,
    at: datetime,
    beacon: BeaconRule,
    randomness: Randomness = secrets.token_bytes,
) -> None:
    """Ανακοίνωση περιόδου with the commitment to a secret that nobody has seen.

    32 bytes of the operating system, kept encrypted and sealed to the ministry's key.
    """
    _check_rule(beacon, period.phase_a_closes, _hours(period, at))
    secret = randomness(32)
    draw = Draw.objects.create(
        period=period,
        commitment=hashlib.sha256(secret).hexdigest(),
        secret_sealed=seal.seal(secret, settings.SECRET_KEY, period.code),
        secret_escrow=_escrow(secret, period.code),
        committed_at=at,
        **_columns(beacon),
    )
    TrainingPeriod.objects.filter(pk=period.pk).update(announced_at=at)
    period.announced_at = at
    journal.write(
        draw,
        "Δημοσιεύθηκε η δέσμευση του μυστικού",
        actor=actor,
        at=at,
        commitment=draw.commitment,
        beacon=_words(beacon),
    )


def _escrow(secret: bytes, about: str) -> bytes | None:
    key = escrow_public_key()
    return seal.escrow(secret, key, about) if key else None


def escrow_public_key() -> bytes | None:
    """The ministry's public key: of the setting, else of the demonstration's own pair."""
    if settings.ESCROW_KEY:
        return settings.ESCROW_KEY.encode()
    if not settings.DEMO:
        return None
    folder = settings.AUTHORITY_DIR
    public = folder / "escrow-public.pem"
    if not public.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        private_pem, public_pem = seal.new_escrow_pair()
        (folder / "escrow-private.pem").write_bytes(private_pem)
        (folder / "escrow-private.pem").chmod(0o600)
        public.write_bytes(public_pem)
    content: bytes = public.read_bytes()
    return content


def _hours(period: TrainingPeriod, at: datetime) -> int:
    return parameters.of(period.action, at).beacon_hours


def _columns(beacon: BeaconRule) -> dict[str, Any]:
    return {
        "beacon_source": beacon.source,
        "beacon_at": beacon.at,
        "beacon_pattern": beacon.pattern,
        "beacon_example": beacon.example,
    }


def _words(beacon: BeaconRule) -> dict[str, str]:
    return {
        "source": beacon.source,
        "at": beacon.at.isoformat(),
        "pattern": beacon.pattern,
        "example": beacon.example,
    }


def _check_rule(beacon: BeaconRule, closes: datetime, hours: int) -> None:
    # «23:59» closes at the end of its minute: the rule counts from what people read
    earliest = places.hours_later(closes.replace(second=0, microsecond=0), hours)
    if beacon.at < earliest:
        raise BeaconRuleError(
            f"Η στιγμή της δημόσιας τύχης απέχει από την προθεσμία τουλάχιστον {hours} ώρες: "
            f"δώστε {greek.long_moment(earliest)} ή αργότερα.",
            code="beacon_at",
        )
    if not draws.valid_pattern(beacon.pattern):
        raise BeaconRuleError(
            "Η μορφή γράφεται με γράμματα, ψηφία, κενό / - : και κλάσεις όπως [0-9a-f]{64}.",
            code="beacon_pattern",
        )
    if not (
        draws.valid_beacon(beacon.example) and draws.beacon_matches(beacon.pattern, beacon.example)
    ):
        raise BeaconRuleError(
            "Το παράδειγμα δεν έχει τη μορφή που ανακοινώνετε. Διορθώστε το ένα από τα δύο.",
            code="beacon_example",
        )
    if not beacon.source.strip():
        raise BeaconRuleError("Γράψτε την πηγή της δημόσιας τύχης.", code="beacon_source")


@PERIOD.performs("extend")
def extend(
    period: TrainingPeriod,
    *,
    actor: Actor,
    at: datetime,
    reason: str,
    closes: datetime,
    beacon: BeaconRule,
    phase_b: tuple[datetime, datetime] | None = None,
) -> PeriodAct:
    """Παράταση της Α΄ φάσης: an announced act; voids the beacon rule and gives a new one."""
    if closes <= period.phase_a_closes:
        raise BeaconRuleError("Η νέα προθεσμία είναι μετά την τωρινή.", code="closes")
    return _new_deadline(ActKind.EXTENSION, period, actor, at, reason, closes, beacon, phase_b)


@PERIOD.performs("reopen")
def reopen(
    period: TrainingPeriod,
    *,
    actor: Actor,
    at: datetime,
    reason: str,
    closes: datetime,
    beacon: BeaconRule,
    phase_b: tuple[datetime, datetime] | None = None,
) -> PeriodAct:
    """Επαναλειτουργία μετά το πάγωμα: only before the beacon's moment; the list thaws."""
    draw = Draw.objects.get(period=period)
    if at >= draw.beacon_at:
        raise BeaconRuleError(
            f"Η στιγμή της δημόσιας τύχης πέρασε ({greek.long_moment(draw.beacon_at)}): "
            "η λίστα δεν ξεπαγώνει πια.",
            code="too_late",
        )
    if closes <= at:
        raise BeaconRuleError("Η νέα προθεσμία είναι μετά από τώρα.", code="closes")
    thaw(draw, actor=actor, at=at, reason=reason)
    return _new_deadline(ActKind.REOPENING, period, actor, at, reason, closes, beacon, phase_b)


@DRAW.performs("reopen")
def thaw(draw: Draw, *, actor: Actor, at: datetime, reason: str) -> None:
    """Ξεπάγωμα: what was frozen is kept in the journal and put aside."""
    journal.write(
        draw, "Ακυρώθηκε το πάγωμα", actor=actor, at=at, reason=reason, freeze=draw.freeze_hash
    )
    draw.frozen, draw.freeze_hash, draw.frozen_at = None, "", None
    draw.final_head, draw.final_count = "", None
    draw.save()
    rows = ParticipationApplication.objects.filter(period_id=draw.period_id)
    rows.filter(in_draw=True).update(in_draw=False)
    rows.exclude(excluded_reason="").update(excluded_reason="")


def _new_deadline(
    kind: ActKind,
    period: TrainingPeriod,
    actor: Actor,
    at: datetime,
    reason: str,
    closes: datetime,
    beacon: BeaconRule,
    phase_b: tuple[datetime, datetime] | None,
) -> PeriodAct:
    _check_rule(beacon, closes, _hours(period, at))
    opens, ends = phase_b or (period.phase_b_opens, period.phase_b_closes)
    if not beacon.at < opens < ends:
        raise BeaconRuleError(
            "Η Β΄ φάση ανοίγει μετά τη δημόσια τύχη: μεταθέστε και τη Β΄ φάση.", code="phase_b"
        )
    old = {"phase_a_closes": period.phase_a_closes.isoformat()}
    new = {"phase_a_closes": closes, "phase_b_opens": opens, "phase_b_closes": ends}
    TrainingPeriod.objects.filter(pk=period.pk).update(**new)
    for name, value in new.items():
        setattr(period, name, value)
    draw = Draw.objects.select_for_update().get(period=period)
    draw.beacon_rule_version += 1
    for name, value in _columns(beacon).items():
        setattr(draw, name, value)
    draw.save()
    return _act(
        kind, period, actor, at, reason, {"old": old, "new": _texts(new), "beacon": _words(beacon)}
    )


def _texts(moments: dict[str, datetime]) -> dict[str, str]:
    return {name: moment.isoformat() for name, moment in moments.items()}


def _act(
    kind: ActKind,
    period: TrainingPeriod,
    actor: Actor,
    at: datetime,
    reason: str,
    changes: dict[str, Any],
) -> PeriodAct:
    text = (
        f"{kind.label} της υποβολής αιτήσεων έως {greek.long_moment(period.phase_a_closes)}. "
        "Ο προηγούμενος κανόνας δημόσιας τύχης παύει να ισχύει."
    )
    act = PeriodAct.objects.create(
        period=period,
        kind=kind,
        number=numbering.protocol("period.act", at=at),
        text=text,
        reason=reason,
        changes=changes,
        at=at,
        actor_id=actor.user_id,
    )
    jobs.enqueue("enrolment.tell_extended", act_id=act.pk)
    return act


def demo_beacon(draw: Draw, at: datetime) -> str | None:
    """Δοκιμαστική δημόσια τύχη: what the demonstration shows once the moment has passed."""
    if not settings.DEMO or at < draw.beacon_at or draw.state == DrawState.COMMITTED:
        return None
    value = hashlib.sha256(
        f"demo {draw.period.code} {draw.beacon_rule_version}".encode()
    ).hexdigest()
    return value if draws.beacon_matches(draw.beacon_pattern, value) else draw.beacon_example
