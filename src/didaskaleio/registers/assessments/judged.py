"""What is judged (κρίσεις): claims, on which ones assessors differ, the history."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from didaskaleio.kernel import journal
from didaskaleio.kernel.forms.definition import Definition
from didaskaleio.kernel.models import FormVersion, JournalEntry
from didaskaleio.registers.enums import AssessmentState
from didaskaleio.registers.judging import Claim, claims, differing
from didaskaleio.registers.models import Assessment, Call, Candidacy, Conflict, Reconciliation


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
