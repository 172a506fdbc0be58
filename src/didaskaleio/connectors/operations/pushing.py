"""Pushing (αποστολή): MySchool learns of each training and certification once.

What is owed is written in the transaction that issues, revokes or replaces; it is sent later, as
often as it takes, always under the same key.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from didaskaleio.connectors.enums import PushState
from didaskaleio.connectors.lifecycle import PUSH
from didaskaleio.connectors.models import Push
from didaskaleio.connectors.myschool.port import (
    AwayError,
    MySchool,
    RecordRefusedError,
    ServiceError,
)
from didaskaleio.credentials.claims import TAUGHT
from didaskaleio.credentials.models import Credential
from didaskaleio.credentials.operations import verification_address
from didaskaleio.credentials.signed_content import claims_in
from didaskaleio.kernel.access import Actor
from didaskaleio.people.models import Identifier

PUSH.model = Push
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=6)


def owe(ids: Iterable[int], act: str, *, at: datetime) -> None:
    """Οφειλόμενη αποστολή: of the credentials among ``ids`` that teachers hold."""
    told = Credential.objects.filter(
        pk__in=list(ids), kind__in=TAUGHT, person__teacher__isnull=False
    )
    rows = [Push(credential=row, act=act, at=at) for row in told.order_by("pk")]
    Push.objects.bulk_create(rows, ignore_conflicts=True)


def due(at: datetime) -> QuerySet[Push]:
    """What may be sent now (προς αποστολή): not before what was owed of the same credential."""
    earlier = Push.objects.filter(credential=OuterRef("credential"), pk__lt=OuterRef("pk")).exclude(
        state=PushState.SENT
    )
    rows = Push.objects.filter(~Exists(earlier), state=PushState.WAITING)
    return rows.filter(Q(next_at=None) | Q(next_at__lte=at)).order_by("pk")


def push(pk: int, service: MySchool, *, actor: Actor, at: datetime) -> bool:
    """Send one of those that are due and mark it in the same transaction; whether to go on.

    While the service is away all of them wait, longer from time to time.
    """
    with transaction.atomic():
        rows = Push.objects.select_related("credential").select_for_update(
            skip_locked=True, of=("self",)
        )
        row = rows.filter(pk=pk, state=PushState.WAITING).first()
        if row is None:
            return True
        try:
            service.record(body(row), str(row.key))
        except RecordRefusedError as refusal:
            refuse(row, str(refusal), actor=actor, at=at)
        except ServiceError as error:
            _postpone(row, error, at)
            return False
        else:
            send(row, actor=actor, at=at)
    return True


def body(row: Push) -> dict[str, Any]:
    """What MySchool is told (περιεχόμενο αποστολής): as it was signed, and what became of it."""
    credential = row.credential
    claims = claims_in(credential.signed_content)
    afm = Identifier.objects.filter(person=credential.person_id, kind="afm").first()
    replaced = credential.replaces.number if credential.replaces else None
    return {
        "afm": afm.value if afm else "",
        "act": row.act,
        "kind": "certification" if claims.kind == "certificate" else "training",
        "number": claims.number,
        "code": claims.code,
        "title": claims.course,
        "programme": claims.programme,
        "hours": claims.hours,
        "starts": claims.starts.isoformat(),
        "ends": claims.ends.isoformat(),
        "body": claims.body,
        "issued_at": claims.issued_at.isoformat(),
        "replaces": replaced,
        "verification": verification_address(claims.code),
    }


def _postpone(row: Push, error: ServiceError, at: datetime) -> None:
    """Every push waits: it is the service that is away, not this one that is wrong."""
    asked = timedelta(seconds=error.again_in if isinstance(error, AwayError) else 0)
    wait = min(LONGEST_WAIT, FIRST_WAIT * 4 ** min(row.tries, 5))
    later = at + max(wait, asked)
    row.tries += 1
    row.error = str(error)[:400]
    row.save(update_fields=["tries", "error"])
    Push.objects.filter(state=PushState.WAITING).update(next_at=later)


@PUSH.performs("send")
def send(row: Push, *, actor: Actor, at: datetime) -> None:
    """Στάλθηκε: the service has it."""
    row.tries += 1
    row.error, row.next_at, row.sent_at = "", None, at


@PUSH.performs("refuse")
def refuse(row: Push, error: str, *, actor: Actor, at: datetime) -> None:
    """Δεν έγινε δεκτή: the service will not have it, and says why."""
    row.tries += 1
    row.error, row.next_at = error[:400], None


@PUSH.performs("send_again")
def send_again(row: Push, *, actor: Actor, at: datetime) -> None:
    """Αποστολή ξανά: once somebody has put right what the service refused."""
    row.error = ""
    row.next_at = None


def send_all_again(*, actor: Actor, at: datetime) -> int:
    """Όλες ξανά: every one that was refused; returns how many."""
    rows = Push.objects.filter(state=PushState.REFUSED)
    return len(PUSH.perform_all("send_again", rows, actor=actor, at=at, error="", next_at=None))
