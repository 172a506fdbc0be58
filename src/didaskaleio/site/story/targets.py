"""Targets, an in-school action and plans of merges in the story (στόχοι, ενδοσχολική, σχέδια)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from didaskaleio.courses.models import Course
from didaskaleio.enrolment import operations as enrolment
from didaskaleio.enrolment.enums import LineDecision, Verdict
from didaskaleio.enrolment.models import MergePlan
from didaskaleio.enrolment.tasks import merging
from didaskaleio.kernel import lifecycle
from didaskaleio.programmes import operations as programmes
from didaskaleio.programmes.models import TrainingAction, TrainingPeriod
from didaskaleio.registers.models import Register
from didaskaleio.site.story import offer, opening
from didaskaleio.site.story.cast import Cast
from didaskaleio.site.story.moments import NOW
from didaskaleio.structures.models import Region, School

WANTED = {"DMA": 90, "KMA": 60, "THE": 60, "KRI": 45}
SHARES = {"B2.1": 3, "B2.3": 2, "B2.5": 1}


def targeted(cast: Cast, action: TrainingAction) -> None:
    """Targets by region and cluster, and one of a category for the whole country."""
    by: dict[str, Any] = {"actor": cast.actor("officer"), "at": NOW - timedelta(days=4)}
    clusters = {row.code: row for row in action.scheme.clusters.filter(code__in=SHARES)}
    for region in Region.objects.filter(code__in=WANTED).order_by("code"):
        for code, part in SHARES.items():
            many = WANTED[region.code] * part // sum(SHARES.values())
            programmes.set_target(action, people=many, region=region, cluster=clusters[code], **by)
    remote = action.categories.get(code="IIb")
    programmes.set_target(action, people=60, category=remote, **by)


def in_schools(cast: Cast, course: Course, register: Register) -> None:
    """An action of five schools, four of them one cluster; its period is not announced yet."""
    action = offer.action(
        cast,
        course,
        "endosxoliki-2023",
        "Ενδοσχολική επιμόρφωση: ψηφιακά σενάρια στα σχολεία μας",
        (offer.DISTANT,),
        target=60,
    )
    opening.named(cast, action, register)
    opening.of_action(cast, action)
    rows = School.objects.filter(prefecture__code="KOZ").order_by("code")
    codes = list(rows.values_list("code", flat=True)[:5])
    by: dict[str, Any] = {"actor": cast.actor("officer"), "at": NOW - timedelta(days=2)}
    programmes.name_schools(action, codes[:4], group="Όμιλος σχολείων Κοζάνης", **by)
    programmes.name_schools(action, codes[4:], **by)


def merged(cast: Cast, code: str) -> None:
    """What fills in the supplementary period: plans discarded, under decision, not computed yet."""
    period = TrainingPeriod.objects.get(code=code)
    officer, at = cast.actor("officer"), NOW - timedelta(hours=3)
    early = _planned(cast, period, at)
    enrolment.discard_merges(early, actor=officer, at=at + timedelta(minutes=20))
    plan = _planned(cast, period, at + timedelta(hours=2))
    line = plan.lines.exclude(verdict=Verdict.RUNS).order_by("programme__code").first()
    if line is not None:
        enrolment.decide_merges(
            plan,
            LineDecision.ACCEPTED,
            reason="Δεν συμπληρώνεται χωρίς συγχώνευση.",
            actor=officer,
            at=at + timedelta(hours=2, minutes=30),
            line=line.pk,
        )
    enrolment.ask_merges(period, actor=officer, at=NOW - timedelta(minutes=2))


def carried_out(cast: Cast, period: TrainingPeriod) -> None:
    """A plan that was published after phase B: the few of one programme went to another."""
    lifecycle.fire_due(period.phase_b_closes)
    at = period.phase_b_closes + timedelta(hours=1)
    plan = _planned(cast, period, at)
    by: dict[str, Any] = {"actor": cast.actor("officer"), "at": at + timedelta(minutes=40)}
    reason = "Δύο αιτήσεις δεν φτάνουν για ομάδα· το άλλο πρόγραμμα της συστάδας έχει θέσεις."
    enrolment.decide_merges(plan, LineDecision.ACCEPTED, reason=reason, **by)
    enrolment.publish_merges(plan, **by)


def _planned(cast: Cast, period: TrainingPeriod, at: datetime) -> MergePlan:
    """A plan with its job done."""
    plan = enrolment.ask_merges(period, actor=cast.actor("officer"), at=at)
    merging.plan_merges(plan.pk, plan.at.isoformat())
    plan.refresh_from_db()
    return plan
