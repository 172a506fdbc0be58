"""My completion (η ολοκλήρωσή μου): each rule with its numbers, and what is still possible."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpResponse
from django.shortcuts import render

from didaskaleio.completion import queries
from didaskaleio.completion.queries.standing import FINISHED, ROSTER
from didaskaleio.completion.rules import Finding, absence_limit
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.kernel import greek
from didaskaleio.kernel.web.guard import guarded
from didaskaleio.kernel.web.http import Request
from didaskaleio.programmes import parameters
from didaskaleio.programmes.models import Programme


@dataclass(frozen=True)
class Rule:
    """A rule as the trainee sees it: ``mark`` is ok, no or wait (still open)."""

    title: str
    sentence: str
    mark: str


@dataclass(frozen=True)
class Mine:
    """One programme of mine."""

    programme: Programme
    standing: queries.Standing
    rules: tuple[Rule, ...]
    finished: bool
    left: str


@guarded("own.pages", about_object=False)
def mine(request: Request) -> HttpResponse:
    """Every programme that I attend or attended, the latest first."""
    rows = ParticipationApplication.objects.filter(
        person_id=request.actor.user_id or 0, state__in=ROSTER, programme__isnull=False
    ).select_related("programme__period__action", "programme__category", "programme__centre")
    found = [_mine(row, request) for row in rows.order_by("-period__starts_at")[:10]]
    return render(request, "completion/mine.html", {"found": found})


def _mine(application: ParticipationApplication, request: Request) -> Mine:
    programme = application.programme
    assert programme is not None  # noqa: S101 - the query says so
    standing = queries.findings_of(application, request.at)
    finished = programme.state in FINISHED and queries.is_settled(programme)
    rules = tuple(Rule(f.title, f.sentence, _mark(f, finished=finished)) for f in standing.findings)
    return Mine(programme, standing, rules, finished, _left(standing, request))


def _mark(finding: Finding, *, finished: bool) -> str:
    if finding.fulfilled:
        return "ok"
    lost = finding.code == "ABSENCES" or finished
    return "no" if lost else "wait"


def _left(standing: queries.Standing, request: Request) -> str:
    programme = standing.application.programme
    assert programme is not None  # noqa: S101
    found = parameters.of(programme.period.action, queries.decided_at(programme, request.at))
    facts = standing.tally.facts
    left = absence_limit(facts, queries.limits_of(programme, found)) - facts.absent_hours
    if left < Decimal(0):
        return "Ξεπεράσατε το όριο απουσιών. Αν κάποια σημείωση είναι λάθος, υποβάλετε αντίρρηση."
    return f"Μπορείτε να λείψετε ακόμη {greek.number(left, 1)} ώρες χωρίς να χάσετε τη βεβαίωση."
