"""Decisions of the body on checked proposals, one by one and in bulk, within the quotas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from didaskaleio.kernel import access
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.errors import ReasonMissingError
from didaskaleio.programmes import parameters, queries
from didaskaleio.programmes.enums import ProgrammeState, QuotaKind
from didaskaleio.programmes.errors import QuotaFullError, RulesBrokenError
from didaskaleio.programmes.lifecycle import PROGRAMME
from didaskaleio.programmes.models import Programme, TrainingPeriod
from didaskaleio.programmes.queries.programmes import keys_of, with_relations
from didaskaleio.programmes.timetable import Rule

QUOTAS = {Rule.QUOTA_CLUSTER, Rule.QUOTA_PREFECTURE, Rule.QUOTA_CENTRE}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a bulk decision does, or would do, with one programme; ``refusal`` says why not."""

    programme: Programme
    refusal: str = ""

    @property
    def passes(self) -> bool:
        return not self.refusal


@PROGRAMME.performs("approve", locks=("period",))
def approve(programme: Programme, *, actor: Actor, at: datetime) -> None:
    """Approve within the quotas; the period is locked, so two officers cannot pass the limit."""
    errors = queries.errors_of(programme, at)
    if full := [finding for finding in errors if finding.rule in QUOTAS]:
        raise QuotaFullError(full[0].sentence, code=full[0].code)
    if errors:
        raise RulesBrokenError(errors, lead="Το πρόγραμμα δεν εγκρίνεται.")


@PROGRAMME.performs("reject")
def reject(programme: Programme, *, actor: Actor, at: datetime, reason: str = "") -> None:
    """Reject with a reason; trainer and room are free again."""
    _remark(programme, reason)


@PROGRAMME.performs("return_with_remarks")
def return_with_remarks(
    programme: Programme, *, actor: Actor, at: datetime, reason: str = ""
) -> None:
    """Return to the centre with remarks."""
    _remark(programme, reason)


def _remark(programme: Programme, reason: str) -> None:
    programme.remarks = reason.strip()
    programme.save(update_fields=["remarks"])


@PROGRAMME.performs("open_applications")
def open_applications(programme: Programme, *, actor: Actor, at: datetime) -> None:
    """Open one programme that was approved after phase A began."""


def preview(
    period: TrainingPeriod, rows: QuerySet[Programme], *, actor: Actor, at: datetime
) -> list[Outcome]:
    """What a bulk approval would do now: in the order of submission, each with the why not."""
    entitled = access.visible(actor, "programme.approve", rows.filter(period=period))
    chosen = with_relations(entitled).prefetch_related("slots", "staff").order_by("protocol", "pk")
    tally = _Tally(period, at)
    return [Outcome(programme, tally.refusal(programme)) for programme in chosen]


class _Tally:
    """The quotas of a period while programmes are counted into them one after another."""

    def __init__(self, period: TrainingPeriod, at: datetime) -> None:
        numbers = parameters.of(period.action, at)
        self.at = at
        self.used = dict(queries.quota_uses(period))
        self.limits = {(row.kind, row.key): row.limit for row in period.quotas.all()}
        self.defaults = {
            str(QuotaKind.CLUSTER): numbers.quota_cluster,
            str(QuotaKind.PREFECTURE): numbers.quota_prefecture,
            str(QuotaKind.CENTRE): numbers.quota_centre,
        }

    def refusal(self, programme: Programme) -> str:
        """Why the programme cannot be approved, or nothing after counting it in."""
        if programme.state != ProgrammeState.CHECKED:
            return f"Η κατάσταση είναι «{ProgrammeState(programme.state).label}»."
        for kind, key in keys_of(programme).items():
            limit = self.limits.get((kind, key), self.defaults[kind] or None)
            used = self.used.get((kind, key), 0)
            if limit is not None and used >= limit:
                return f"Όριο ({QuotaKind(kind).label} {key}): {used} από {limit} προγράμματα."
        errors = [f for f in queries.errors_of(programme, self.at) if f.rule not in QUOTAS]
        if errors:
            return errors[0].sentence
        for pair in keys_of(programme).items():
            self.used[pair] = self.used.get(pair, 0) + 1
        return ""


@transaction.atomic
def approve_many(
    period: TrainingPeriod, ids: Sequence[int], *, actor: Actor, at: datetime
) -> list[Outcome]:
    """Approve those of ``ids`` that may be, under the period's lock; the rest say why not."""
    held = TrainingPeriod.objects.select_for_update(of=("self",)).get(pk=period.pk)
    rows = Programme.objects.filter(pk__in=ids)
    list(rows.order_by("pk").select_for_update(of=("self",)).values_list("pk"))
    outcomes = preview(held, rows, actor=actor, at=at)
    passing = [outcome.programme.pk for outcome in outcomes if outcome.passes]
    PROGRAMME.perform_all("approve", rows.filter(pk__in=passing), actor=actor, at=at)
    return outcomes


@transaction.atomic
def return_many(ids: Sequence[int], *, actor: Actor, at: datetime, reason: str) -> tuple[int, ...]:
    """Return those of ``ids`` that are checked, all with the same remarks."""
    if not reason.strip():
        raise ReasonMissingError("Επιστροφή: γράψτε τις παρατηρήσεις.")
    rows = Programme.objects.filter(pk__in=ids)
    return PROGRAMME.perform_all(
        "return_with_remarks", rows, actor=actor, at=at, reason=reason, remarks=reason.strip()
    )
