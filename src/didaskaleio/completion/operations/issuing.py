"""Issue of attestations (έκδοση βεβαιώσεων), one by one or many in the background."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from didaskaleio.completion import notices as kinds
from didaskaleio.completion.documents import draft_of
from didaskaleio.completion.enums import AttestationState
from didaskaleio.completion.errors import NotFulfilledError, TooManyError
from didaskaleio.completion.lifecycle import ATTESTATION
from didaskaleio.completion.models import Attestation
from didaskaleio.credentials import operations as credentials
from didaskaleio.credentials.models import Credential
from didaskaleio.kernel import access, jobs, notices
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.models import Work
from didaskaleio.structures.models import ImplementingBody

BATCH_LIMIT = 2_000
ATTESTATION.model = Attestation


@ATTESTATION.performs("issue")
def issue(
    attestation: Attestation, *, actor: Actor, at: datetime, replaces: Credential | None = None
) -> Credential:
    """Number, sign, seal and store the attestation (έκδοση), and tell the person.

    Refuses when a correction has changed what it rests on, when the body has no seal and when
    the name cannot be printed.
    """
    failed = [finding["title"] for finding in attestation.findings if not finding["fulfilled"]]
    if failed:
        raise NotFulfilledError(
            f"{attestation.application.person}: δεν πληρούνται πια οι κανόνες "
            f"({', '.join(failed)}). Ελέγξτε τη σελίδα ολοκλήρωσης του προγράμματος.",
            code="not_fulfilled",
        )
    draft = draft_of(attestation, at, replaces=replaces)
    credential = credentials.issue(draft, actor=actor, at=at)
    attestation.credential = credential
    attestation.save(update_fields=["credential"])
    notices.send(kinds.ISSUED, [_news(attestation, credential)], at=at)
    return credential


def _news(attestation: Attestation, credential: Credential) -> notices.Message:
    programme = attestation.programme
    return notices.Message(
        person_id=attestation.application.person_id,
        title="Εκδόθηκε η βεβαίωσή σας",
        text=f"Η βεβαίωση παρακολούθησης {credential.number} για το πρόγραμμα {programme.code} "
        f"εκδόθηκε και σφραγίστηκε ψηφιακά. Κωδικός επαλήθευσης: {credential.code}.",
        dedupe=credential.number,
        url="/my/credentials/",
    )


def begin_batch(rows: QuerySet[Attestation], *, actor: Actor, at: datetime) -> Work:
    """Enqueue the issue of every owed attestation among ``rows`` that the actor may issue."""
    open_rows = access.visible(actor, "attestation.issue", rows)
    ids = _owed_ids(open_rows)
    if not ids:
        raise Refusal("Καμία από τις επιλεγμένες βεβαιώσεις δεν οφείλεται. Ανανεώστε τη σελίδα.")
    if len(ids) > BATCH_LIMIT:
        raise TooManyError(
            f"Επιλέχθηκαν {len(ids)} βεβαιώσεις· εκδίδονται έως {BATCH_LIMIT} κάθε φορά. "
            "Περιορίστε τα φίλτρα, π.χ. σε μία περίοδο."
        )
    for body in _bodies(ids):
        credentials.keys_of(body)
    with transaction.atomic():
        work = jobs.begin(
            "completion.issue",
            f"Έκδοση {len(ids)} βεβαιώσεων",
            actor=actor,
            at=at,
            total=len(ids),
            url="/attestations/",
        )
        jobs.enqueue("completion.issue_batch", work=work.pk, ids=ids, failed=[])
    return work


def _owed_ids(rows: QuerySet[Attestation]) -> list[int]:
    owed = rows.filter(state=AttestationState.OWED)
    ordered = owed.order_by("programme__code", "application__person__sort_key", "pk")
    return list(ordered.values_list("pk", flat=True)[: BATCH_LIMIT + 1])


def _bodies(ids: Iterable[int]) -> QuerySet[ImplementingBody]:
    rows = Attestation.objects.filter(pk__in=list(ids))
    return ImplementingBody.objects.filter(
        pk__in=rows.values("programme__period__action__body_id")
    ).order_by("pk")
