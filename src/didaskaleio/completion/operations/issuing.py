"""Issue of attestations (έκδοση βεβαιώσεων), one by one or many in the background."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from didaskaleio.completion import notices as kinds
from didaskaleio.completion.documents import common, draft_of
from didaskaleio.completion.enums import AttestationState
from didaskaleio.completion.errors import NotFulfilledError, TooManyError
from didaskaleio.completion.lifecycle import ATTESTATION
from didaskaleio.completion.models import Attestation
from didaskaleio.credentials import operations as credentials
from didaskaleio.credentials.models import Credential
from didaskaleio.kernel import access, jobs, notices
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.among import among
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.models import Work
from didaskaleio.kernel.outage import NoRoomError
from didaskaleio.structures.models import ImplementingBody

BATCH_LIMIT = 2_000
RELATIONS = (
    "application__person__teacher__specialty",
    "programme__period__action__body",
    "programme__period__action__project",
    "programme__category",
    "programme__centre",
    "programme__cluster",
)
ATTESTATION.model = Attestation


@ATTESTATION.performs("issue")
def issue(
    attestation: Attestation, *, actor: Actor, at: datetime, replaces: Credential | None = None
) -> Credential:
    """Number, sign, seal and store the attestation (έκδοση), and tell the person.

    Refuses when a correction has changed what it rests on, when the body has no seal and when
    the name cannot be printed.
    """
    if refusal := _unfulfilled(attestation):
        raise refusal
    draft = draft_of(attestation, at, replaces=replaces)
    credential = credentials.issue(draft, actor=actor, at=at)
    attestation.credential = credential
    attestation.save(update_fields=["credential"])
    notices.send(kinds.ISSUED, [_news(attestation, credential)], at=at)
    return credential


def _unfulfilled(attestation: Attestation) -> Refusal | None:
    failed = [finding["title"] for finding in attestation.findings if not finding["fulfilled"]]
    if not failed:
        return None
    return NotFulfilledError(
        f"{attestation.application.person}: δεν πληρούνται πια οι κανόνες "
        f"({', '.join(failed)}). Ελέγξτε τη σελίδα ολοκλήρωσης του προγράμματος.",
        code="not_fulfilled",
    )


@dataclass(frozen=True)
class Issued:
    """How many of a batch were issued, and the sentences of those that were refused."""

    count: int
    refused: tuple[str, ...]


def issue_many(ids: Sequence[int], *, actor: Actor, at: datetime) -> Issued:
    """Issue many at once (μαζική έκδοση), on all cores: what ``issue`` does to each of them.

    What is no longer owed or not the actor's is passed over; one that is refused stops itself
    alone, and leaves no gap among the numbers.
    """
    aside: dict[int, str] = {}
    while True:
        left = [pk for pk in ids if pk not in aside]
        try:
            with transaction.atomic():
                return Issued(_issue_all(left, actor, at), tuple(aside.values()))
        except credentials.SomeRefusedError as error:
            if not _put_aside(error, aside):
                raise
        except NoRoomError:
            raise  # the job comes again when there is room
        except Refusal as refusal:  # the body has no seal any more: said once for all of them
            return Issued(0, (*aside.values(), str(refusal)))


class _PutAsideError(credentials.SomeRefusedError):
    """The refusals of a batch by the id of the attestation."""


def _put_aside(error: credentials.SomeRefusedError, aside: dict[int, str]) -> bool:
    named = isinstance(error, _PutAsideError)
    if named:
        people = Attestation.objects.select_related("application__person").in_bulk(error.refusals)
        for pk, refusal in error.refusals.items():
            aside[pk] = f"{people[pk].application.person}: {refusal}"
    return named


def _issue_all(ids: Sequence[int], actor: Actor, at: datetime) -> int:
    rows = _held(ids, actor)
    if broken := {row.pk: refusal for row in rows if (refusal := _unfulfilled(row))}:
        raise _PutAsideError(broken)
    if not rows:
        return 0
    shared = {row.programme_id: common(row.programme, at) for row in rows}
    drafts = [draft_of(row, at, shared=shared[row.programme_id]) for row in rows]
    try:
        made = credentials.issue_many(drafts, actor=actor, at=at)
    except credentials.SomeRefusedError as error:
        raise _PutAsideError({rows[n].pk: why for n, why in error.refusals.items()}) from error
    of = {row.pk: credential for row, credential in zip(rows, made, strict=True)}
    ATTESTATION.perform_all(
        "issue",
        Attestation.objects.filter(among(of)),
        actor=actor,
        at=at,
        each={"credential_id": {pk: credential.pk for pk, credential in of.items()}},
    )
    notices.send(kinds.ISSUED, [_news(row, of[row.pk]) for row in rows], at=at)
    return len(rows)


def _held(ids: Sequence[int], actor: Actor) -> list[Attestation]:
    """Those of ``ids`` that are owed and the actor's, locked, in the order of ``ids``."""
    owed = Attestation.objects.filter(among(ids), state=AttestationState.OWED)
    found = list(access.visible(actor, "attestation.issue", owed).values_list("pk", flat=True))
    locked = Attestation.objects.filter(among(found), state=AttestationState.OWED)
    rows = locked.select_related(*RELATIONS).select_for_update(of=("self",), no_key=True)
    place = {pk: n for n, pk in enumerate(ids)}
    return sorted(rows.order_by("pk"), key=lambda row: place[row.pk])


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
