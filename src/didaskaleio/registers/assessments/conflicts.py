"""Conflicts of interest (συγκρούσεις συμφερόντων): declared, registered, or known; R-018."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date, datetime

from django.db.models import Q
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
