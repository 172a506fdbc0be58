"""Questions of assessment: who may judge what, the proposal, progress (αξιολόγηση, R-018)."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from didaskaleio.kernel import access, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.forms.definition import Definition
from didaskaleio.kernel.models import FormVersion, JournalEntry
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.models import Person, SchoolService
from didaskaleio.people.queries import holders
from didaskaleio.registers.assessing import uncovered
from didaskaleio.registers.assignment import Assessor, Proposal, propose
from didaskaleio.registers.enums import (
    LIVE,
    AssessmentState,
    CandidacyState,
    ReconciliationState,
)
from didaskaleio.registers.judging import Claim, claims, differing
from didaskaleio.registers.models import (
    Assessment,
    AssessmentPlan,
    AssessorLimit,
    Call,
    Candidacy,
    Conflict,
    Reconciliation,
)

Pair = tuple[int, int]  # a person and a candidacy
COMPETING = (
    CandidacyState.SUBMITTED,
    CandidacyState.RETURNED,
    CandidacyState.COMPLETE,
    CandidacyState.ASSESSED,
)
OWN_CALL = "Είναι υποψήφιο πρόσωπο στην ίδια πρόσκληση."
SAME_SCHOOL = "Υπηρετεί στο ίδιο σχολείο."


def assessors(call: Call, at: datetime) -> QuerySet[Person]:
    """Who may assess candidacies of a call at ``at``, by name."""
    return holders(Role.ASSESSOR, Scope.CALL, call.pk, at=at).order_by("sort_key", "pk")


def plan_of(call: Call) -> AssessmentPlan | None:
    """How the call is assessed; None while nobody has said."""
    return AssessmentPlan.objects.filter(call=call).first()


def to_assess(call: Call) -> QuerySet[Candidacy]:
    """The candidacies that wait for an assessment, by code."""
    return Candidacy.objects.filter(call=call, state=CandidacyState.COMPLETE).order_by("code")


# Conflicts of interest ----------------------------------------------------------------------------


def barred(
    call: Call, candidacies: Collection[Candidacy], people: Collection[int], at: datetime
) -> dict[Pair, str]:
    """Who may not judge which candidacy, and why: declared, registered, or known.

    Known are two: whoever competes in the call judges none of it, and whoever serves at the same
    school as the candidate, on the day asked, does not judge that candidacy.
    """
    found = dict(_of_competitors(call, candidacies, people))
    found |= dict(_of_schools(candidacies, people, localdate(at)))
    kept = Conflict.objects.filter(candidacy__in=candidacies, person__in=people)
    for one in kept:
        found[one.person_id, one.candidacy_id] = one.reason
    return found


def _of_competitors(
    call: Call, candidacies: Collection[Candidacy], people: Collection[int]
) -> Iterator[tuple[Pair, str]]:
    rows = Candidacy.objects.filter(call=call, state__in=COMPETING, person__in=people)
    for person in rows.values_list("person_id", flat=True):
        yield from (((person, one.pk), OWN_CALL) for one in candidacies)


def _of_schools(
    candidacies: Collection[Candidacy], people: Collection[int], day: date
) -> Iterator[tuple[Pair, str]]:
    schools = _schools([*people, *(one.person_id for one in candidacies)], day)
    for person in people:
        for one in candidacies:
            if schools[person] & schools[one.person_id]:
                yield (person, one.pk), SAME_SCHOOL


def _schools(people: Collection[int], day: date) -> dict[int, set[int]]:
    rows = SchoolService.objects.filter(teacher__person__in=people, valid_from__lte=day)
    rows = rows.filter(Q(valid_until=None) | Q(valid_until__gte=day))
    found: dict[int, set[int]] = defaultdict(set)
    for person, school in rows.values_list("teacher__person_id", "school_id"):
        found[person].add(school)
    return found


# The proposal -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Proposed:
    """A proposal of assessors with the people and candidacies that it speaks of."""

    proposal: Proposal
    people: Mapping[int, Person]
    candidacies: Mapping[int, Candidacy]

    @property
    def pairs(self) -> list[Pair]:
        """The new pairs of person and candidacy, in a fixed order."""
        return [
            (int(person), int(candidacy))
            for candidacy, judges in self.proposal.pairs.items()
            for person in judges
        ]

    @property
    def seal(self) -> str:
        """What tells this proposal from any other: an officer decides on the one that was seen."""
        return hashlib.sha256(json.dumps(sorted(self.pairs)).encode()).hexdigest()[:32]

    @property
    def gaps(self) -> list[tuple[Candidacy, str]]:
        """What could not be assigned, and why."""
        return [(self.candidacies[int(gap.candidacy)], str(gap)) for gap in self.proposal.gaps]


def proposed(call: Call, at: datetime) -> Proposed | None:
    """The balanced assignment of what is not assigned yet; None before the plan is made."""
    plan = plan_of(call)
    if plan is None:
        return None
    people = {one.pk: one for one in assessors(call, at)}
    open_ones = {one.pk: one for one in uncovered(to_assess(call), plan.each)}
    most = limits(call)
    loads = loads_of(call)
    crowd = [Assessor(str(pk), loads.get(pk, 0), most.get(pk)) for pk in people]
    found = propose(
        [str(pk) for pk in open_ones],
        crowd,
        each=plan.each,
        conflicts=_as_text(barred(call, list(open_ones.values()), list(people), at)),
        kept=_kept(open_ones),
    )
    return Proposed(found, people, open_ones)


def _as_text(pairs: Iterable[Pair]) -> list[tuple[str, str]]:
    return [(str(person), str(candidacy)) for person, candidacy in pairs]


def _kept(candidacies: Collection[int]) -> dict[str, list[str]]:
    rows = Assessment.objects.filter(candidacy__in=candidacies, state__in=LIVE)
    found: dict[str, list[str]] = defaultdict(list)
    for candidacy, person in rows.values_list("candidacy_id", "person_id"):
        found[str(candidacy)].append(str(person))
    return found


def limits(call: Call) -> dict[int, int]:
    """The most candidacies by person, of those who have a limit."""
    rows = AssessorLimit.objects.filter(call=call)
    return dict(rows.values_list("person_id", "most"))


def loads_of(call: Call) -> dict[int, int]:
    """How many candidacies of a call each person has, of those that were not withdrawn."""
    rows = standing(Assessment.objects.filter(call=call)).values("person_id")
    return dict(rows.annotate(many=Count("pk")).values_list("person_id", "many"))


def standing(rows: QuerySet[Assessment]) -> QuerySet[Assessment]:
    """Assessments that count, of candidacies that were not withdrawn meanwhile."""
    alive = [CandidacyState.COMPLETE, CandidacyState.ASSESSED]
    return rows.filter(state__in=LIVE, candidacy__state__in=alive)


def candidates_for(candidacy: Candidacy, at: datetime) -> list[tuple[Person, int, str]]:
    """The assessors of the call for one candidacy: person, load, why not (empty: may be given)."""
    call = candidacy.call
    people = list(assessors(call, at))
    why = barred(call, [candidacy], [one.pk for one in people], at)
    live = Assessment.objects.filter(candidacy=candidacy, state__in=LIVE)
    held, loads, most = set(live.values_list("person_id", flat=True)), loads_of(call), limits(call)
    found = []
    for one in people:
        load = loads.get(one.pk, 0)
        no = why.get((one.pk, candidacy.pk), "")
        if one.pk in held:
            no = "Αξιολογεί ήδη την υποψηφιότητα."
        elif not no and one.pk in most and load >= most[one.pk]:
            no = "Έχει φτάσει στο όριό του."
        found.append((one, load, no))
    return found


# Progress -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Progress:
    """An assessor's work in a call (πρόοδος): how much there is, how much is done."""

    person: Person
    most: int | None
    load: int
    done: int
    late: bool
    holds: bool
    after: int

    @property
    def left(self) -> int:
        """What is still owed."""
        return self.load - self.done


def progress(call: Call, at: datetime, proposal: Proposed | None = None) -> list[Progress]:
    """Every assessor of a call with work or the right to it, by name."""
    plan = plan_of(call)
    loads, most = loads_of(call), limits(call)
    done = dict(
        standing(Assessment.objects.filter(call=call, state=AssessmentState.SUBMITTED))
        .values("person_id")
        .annotate(many=Count("pk"))
        .values_list("person_id", "many")
    )
    able = set(assessors(call, at).values_list("pk", flat=True))
    late = bool(plan and at > plan.due_at)
    after = {int(pk): load for pk, load in proposal.proposal.loads.items()} if proposal else {}
    people = Person.objects.filter(pk__in=able | loads.keys()).order_by("sort_key", "pk")
    return [
        Progress(
            person=one,
            most=most.get(one.pk),
            load=loads.get(one.pk, 0),
            done=done.get(one.pk, 0),
            late=late and loads.get(one.pk, 0) > done.get(one.pk, 0),
            holds=one.pk in able,
            after=after.get(one.pk, loads.get(one.pk, 0)),
        )
        for one in people
    ]


def differing_now(call: Call) -> QuerySet[Candidacy]:
    """The candidacies on whose assessments there is no agreement yet."""
    rows = Candidacy.objects.filter(call=call, state=CandidacyState.COMPLETE)
    return rows.filter(reconciliation__isnull=False).exclude(
        reconciliation__state=ReconciliationState.SETTLED
    )


def board(call: Call, show: str) -> QuerySet[Candidacy]:
    """The candidacies of a call that are assessed, by code; ``show`` narrows them."""
    alive = [CandidacyState.COMPLETE, CandidacyState.ASSESSED]
    rows = Candidacy.objects.filter(call=call, state__in=alive)
    plan = plan_of(call)
    if show == "bare":
        rows = uncovered(rows, plan.each if plan else 1)
    elif show == "differ":
        rows = rows.filter(pk__in=differing_now(call))
    elif show in alive:
        rows = rows.filter(state=show)
    return rows.order_by("code")


def mine(actor: Actor) -> QuerySet[Assessment]:
    """The actor's assessments in calls that are being assessed: open ones first, then by code."""
    rows = access.visible(actor, "assessment.own", Assessment.objects.all())
    related = standing(rows).select_related("call__body", "call__assessment_plan")
    related = related.select_related("candidacy__person", "candidacy__submission")
    return related.order_by("call__closes_at", "call", "state", "candidacy__code")


def disputed(actor: Actor) -> QuerySet[Reconciliation]:
    """The reconciliations that wait for the actor: the oldest first."""
    rows = access.visible(actor, "reconciliation.settle", Reconciliation.objects.all())
    rows = rows.exclude(state=ReconciliationState.SETTLED)
    open_to_me = Q(arbiter=None) | Q(arbiter=actor.user_id)
    open_to_me &= ~Q(state=ReconciliationState.PROPOSED, arbiter=None, proposer=actor.user_id)
    rows = rows.filter(open_to_me, candidacy__state=CandidacyState.COMPLETE)
    return rows.select_related("call", "candidacy").order_by("opened_at", "pk")


def to_start(calls: QuerySet[Call]) -> QuerySet[Call]:
    """Those of the calls whose check of completeness is over, with something to assess."""
    rows = Candidacy.objects.filter(call=OuterRef("pk"))
    unchecked = rows.filter(state__in=[CandidacyState.SUBMITTED, CandidacyState.RETURNED])
    complete = rows.filter(state=CandidacyState.COMPLETE)
    return calls.filter(Exists(complete), ~Exists(unchecked))


def with_gaps(calls: QuerySet[Call]) -> QuerySet[Call]:
    """Those of the calls that are assessed with a candidacy that lacks an assessor."""
    live = Count("assessments", filter=Q(assessments__state__in=LIVE))
    rows = Candidacy.objects.filter(call=OuterRef("pk"), state=CandidacyState.COMPLETE)
    bare = rows.annotate(many=live).filter(many__lt=F("call__assessment_plan__each"))
    return calls.filter(Exists(bare))


# What is judged -----------------------------------------------------------------------------------


def claims_of(candidacy: Candidacy) -> list[Claim]:
    """What the version that counts claims."""
    values = candidacy.submission.values if candidacy.submission else {}
    return claims(definition_of(candidacy.call), values)


def definition_of(call: Call) -> Definition:
    """The form that the candidacies of a call answer."""
    return FormVersion.objects.get(pk=call.form_id or 0).parsed()


def submitted(candidacy: Candidacy) -> QuerySet[Assessment]:
    """The assessments of a candidacy that were submitted and stand, in order."""
    rows = Assessment.objects.filter(candidacy=candidacy, state=AssessmentState.SUBMITTED)
    return rows.select_related("person").order_by("pk")


def disputed_claims(candidacy: Candidacy) -> list[Claim]:
    """The claims on which the assessments differ."""
    keys = differing([one.verdicts for one in submitted(candidacy)])
    return [claim for claim in claims_of(candidacy) if claim.key in keys]


def trail(candidacy: Candidacy) -> list[tuple[JournalEntry, str]]:
    """The history of a candidacy's assessment, newest first, each with the person concerned.

    It names assessors: for the body alone; the candidate reads the history of the candidacy.
    """
    held = {row.pk: str(row.person) for row in candidacy.assessments.select_related("person")}
    barred_ones = {row.pk: str(row.person) for row in candidacy.conflicts.select_related("person")}
    disputes = {row.pk: "" for row in Reconciliation.objects.filter(candidacy=candidacy)}
    people = {Assessment: held, Conflict: barred_ones, Reconciliation: disputes}
    named = {journal.label(model): rows for model, rows in people.items()}
    wanted = Q(pk__in=[])
    for label, rows in named.items():
        wanted |= Q(subject=label, subject_id__in=list(rows))
    found = JournalEntry.objects.filter(wanted).order_by("-pk")
    return [(one, named[one.subject][one.subject_id]) for one in found]
