"""Conflicts of interest (συγκρούσεις συμφερόντων): declared, registered, or known; R-018."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from didaskaleio.people.models import SchoolService
from didaskaleio.registers.enums import CandidacyState
from didaskaleio.registers.models import Call, Candidacy, Conflict

Pair = tuple[int, int]  # a person and a candidacy
COMPETING = (
    CandidacyState.SUBMITTED,
    CandidacyState.RETURNED,
    CandidacyState.COMPLETE,
    CandidacyState.ASSESSED,
)
OWN_CALL = "Είναι υποψήφιο πρόσωπο στην ίδια πρόσκληση."
SAME_SCHOOL = "Υπηρετεί στο ίδιο σχολείο."


def barred(
    call: Call, candidacies: Collection[Candidacy], people: Collection[int], at: datetime
) -> dict[Pair, str]:
    """Who may not judge which candidacy, and why: declared, registered, or known.

    Known are two: whoever competes in the call judges none of it, and whoever serves at the same
    school as the candidate, on the day asked, does not judge that candidacy.
    """
    found = dict(_of_competitors(call, candidacies, people))
    found |= dict(_of_schools(candidacies, people, localdate(at)))
    kept = Conflict.objects.filter(candidacy__call=call, person__in=people)
    asked = {one.pk for one in candidacies}
    for one in kept:
        if one.candidacy_id in asked:
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
    served = _serving(SchoolService.objects.filter(teacher__person__in=people), day)
    judges: dict[int, set[int]] = defaultdict(set)
    for person, school in served:
        judges[school].add(person)
    mates = SchoolService.objects.filter(school__in=judges)
    known = {one.person_id: one.pk for one in candidacies}
    for candidate, school in _serving(mates.filter(teacher__person__in=known), day):
        yield from (((person, known[candidate]), SAME_SCHOOL) for person in judges[school])


def _serving(rows: QuerySet[SchoolService], day: date) -> QuerySet[Any, tuple[int, int]]:
    """Person and school of those in service on ``day``."""
    rows = rows.filter(Q(valid_until=None) | Q(valid_until__gte=day), valid_from__lte=day)
    return rows.values_list("teacher__person_id", "school_id")
