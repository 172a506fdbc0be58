"""Γραμμές των σελίδων αξιολόγησης: claims with what was judged of them, ways back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from didaskaleio.kernel.forms.answers import shown
from didaskaleio.kernel.forms.definition import Problem
from didaskaleio.kernel.forms.totals import Tally, tally
from didaskaleio.registers import assessments, judging
from didaskaleio.registers.judging import Claim, Verdict, Verdicts
from didaskaleio.registers.models import Assessment, Call, Candidacy
from didaskaleio.registers.web.rows import crumbs_of


@dataclass(frozen=True)
class Judged:
    """A claim on the screen: the choice, the points that stay, the reason, what is wrong."""

    claim: Claim
    choice: str
    points: str
    reason: str
    problem: str


@dataclass(frozen=True)
class Opinion:
    """What one assessor says of a claim (γνώμη): the points that stay, and why."""

    person: str
    points: str
    reason: str


def kept(claims: Sequence[Claim], verdicts: Verdicts) -> list[Judged]:
    """The claims as the kept draft, or the submitted assessment, judges them."""
    return [_kept(claim, verdicts.get(claim.key)) for claim in claims]


def _kept(claim: Claim, verdict: Verdict | None) -> Judged:
    if verdict is None:
        return Judged(claim, "", "", "", "")
    choice = "reduce" if verdict["allowed"] else "accept"
    return Judged(claim, choice, points(verdict), verdict["reason"], "")


def posted(
    claims: Sequence[Claim], data: Mapping[str, str], wrong: Sequence[Problem]
) -> list[Judged]:
    """The claims as they were typed, each with what is wrong with it."""
    said = {problem.place: problem.text for problem in wrong}
    return [
        Judged(
            claim,
            data.get(f"v-{claim.key}", ""),
            data.get(f"p-{claim.key}", ""),
            data.get(f"r-{claim.key}", ""),
            said.get(claim.key, ""),
        )
        for claim in claims
    ]


def points(verdict: Verdict) -> str:
    """The points that a verdict leaves, as people write them; empty for all."""
    ceiling = judging.ceilings({"": verdict}).get("")
    return "" if ceiling is None else shown(ceiling)


def tally_of(candidacy: Candidacy, verdicts: Verdicts) -> Tally | None:
    """The points of a candidacy under these verdicts, rule by rule."""
    values = candidacy.submission.values if candidacy.submission else {}
    definition = assessments.definition_of(candidacy.call)
    return tally(definition, values, judging.ceilings(verdicts))


@dataclass(frozen=True)
class Disputed:
    """A claim on which assessors differ, with what each of them says, and the field for it."""

    judged: Judged
    opinions: list[Opinion]


def disputed(rows: Sequence[Judged], judged: Sequence[Assessment]) -> list[Disputed]:
    """Those claims with the opinions side by side."""
    return [Disputed(row, [_opinion(row.claim, one) for one in judged]) for row in rows]


def _opinion(claim: Claim, one: Assessment) -> Opinion:
    verdict = one.verdicts.get(claim.key) or judging.WHOLE
    return Opinion(str(one.person), points(verdict) or claim.shown_points, verdict["reason"])


def reductions(claims: Sequence[Claim], verdicts: Verdicts) -> list[tuple[Claim, str, str]]:
    """What verdicts reduced: the claim, the points that stay and why."""
    by_key = {claim.key: claim for claim in claims}
    return [
        (by_key[key], points(one), one["reason"])
        for key, one in judging.rulings(verdicts).items()
        if key in by_key
    ]


def board_crumbs(call: Call, here: str = "") -> list[dict[str, str]]:
    """The call, its assessment, and the page below it when it has a name."""
    found: list[dict[str, Any]] = crumbs_of(call, "Αξιολόγηση")
    if not here:
        return found
    found[-1]["url"] = reverse("registers:assessment-board", args=[call.pk])
    return [*found, {"label": here}]


def desk_crumbs(here: str) -> list[dict[str, str]]:
    """The assessor's list and one page of it."""
    mine = {"label": "Αξιολογήσεις", "url": reverse("registers:assessments")}
    return [mine, {"label": here}]
