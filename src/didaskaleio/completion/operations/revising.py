"""Revision of attestations (ανάκληση, αντικατάσταση), with a reason; the public page says so."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from didaskaleio.completion import notices as kinds
from didaskaleio.completion.lifecycle import ATTESTATION
from didaskaleio.completion.models import Attestation
from didaskaleio.completion.operations.issuing import issue
from didaskaleio.credentials import operations as credentials
from didaskaleio.credentials.models import Credential
from didaskaleio.kernel import notices
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.errors import Refusal


@ATTESTATION.performs("revoke")
def revoke(attestation: Attestation, *, actor: Actor, at: datetime, reason: str) -> None:
    """Withdraw an issued attestation (ανάκληση) and tell the person why."""
    credential = _credential(attestation)
    credentials.revoke(credential, actor=actor, at=at, reason=reason)
    _tell(attestation, credential, "ανακλήθηκε", reason, at)


@ATTESTATION.performs("replace")
def replace(attestation: Attestation, *, actor: Actor, at: datetime, reason: str) -> None:
    """End an attestation because another takes its place; ``reissue`` issues that one too."""
    credential = _credential(attestation)
    credentials.supersede(credential, actor=actor, at=at, reason=reason)
    _tell(attestation, credential, "αντικαταστάθηκε", reason, at)


def reissue(attestation: Attestation, *, actor: Actor, at: datetime, reason: str) -> Attestation:
    """Replace an issued attestation by a new one with today's particulars; all or nothing."""
    with transaction.atomic():
        replace(attestation, actor=actor, at=at, reason=reason)
        newer = Attestation.objects.create(
            application_id=attestation.application_id,
            programme_id=attestation.programme_id,
            rules_version=attestation.rules_version,
            findings=attestation.findings,
            hours=attestation.hours,
            at=at,
        )
        issue(newer, actor=actor, at=at, replaces=attestation.credential)
    return newer


def _credential(attestation: Attestation) -> Credential:
    if attestation.credential is None:
        raise Refusal("Η βεβαίωση δεν έχει εκδοθεί ακόμη.", code="not_issued")
    return attestation.credential


def _tell(
    attestation: Attestation, credential: Credential, act: str, reason: str, at: datetime
) -> None:
    message = notices.Message(
        person_id=attestation.application.person_id,
        title=f"Η βεβαίωσή σας {act}",
        text=f"Η βεβαίωση {credential.number} {act} από τον φορέα υλοποίησης. Αιτιολογία: {reason}",
        dedupe=f"{credential.number}:{attestation.pk}",
        url="/my/credentials/",
    )
    notices.send(kinds.REVOKED, [message], at=at)
