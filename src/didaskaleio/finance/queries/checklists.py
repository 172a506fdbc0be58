"""The checklist of a payee or a contract: what is asked, what was given, until when it holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from didaskaleio.finance.enums import HOLDING, STANDING, PaperKind, PaperState
from didaskaleio.finance.models import Contract, Paper, Payee


@dataclass(frozen=True)
class Line:
    """One line of a checklist: the document that holds, and the newer one that waits."""

    kind: PaperKind
    holds: Paper | None
    latest: Paper | None

    @property
    def waits(self) -> bool:
        return self.latest is not None and self.latest.state == PaperState.SUBMITTED


def papers() -> QuerySet[Paper]:
    """Supporting documents with whose they are."""
    return Paper.objects.select_related("payee__person", "payee__centre", "payee__body", "file")


def holding(payee: Payee, at: datetime) -> QuerySet[Paper]:
    """The documents of a payee that hold at ``at``, whatever the clock's step has done yet."""
    rows = payee.papers.filter(state__in=HOLDING)
    return rows.filter(Q(ends_at=None) | Q(ends_at__gt=at))


def asked(contract: Contract) -> list[PaperKind]:
    """What a contract needs: what its template asks, and the permit of a public servant."""
    return _with_permit(contract.payee, contract.template.requires)


def asked_of(payee: Payee) -> list[PaperKind]:
    """What all the standing contracts of a payee need together."""
    rows = payee.contracts.filter(state__in=STANDING).values_list("template__requires", flat=True)
    return _with_permit(payee, (kind for requires in rows for kind in requires))


def _with_permit(payee: Payee, kinds: Iterable[str]) -> list[PaperKind]:
    wanted = set(kinds)
    if payee.person_id and payee.public_servant:
        wanted.add(PaperKind.PERMIT)
    return [kind for kind in PaperKind if kind in wanted]


def checklist(payee: Payee, kinds: Iterable[PaperKind], at: datetime) -> list[Line]:
    """Each kind with the document that holds and the latest one; two queries in all."""
    holds = {PaperKind(row.kind): row for row in holding(payee, at).select_related("file")}
    latest: dict[PaperKind, Paper] = {}
    for row in payee.papers.select_related("file").order_by("-pk"):
        latest.setdefault(PaperKind(row.kind), row)
    return [Line(kind, holds.get(kind), latest.get(kind)) for kind in kinds]


def missing(contract: Contract, at: datetime) -> list[PaperKind]:
    """The documents that a contract needs and that do not hold at ``at``."""
    held = set(holding(contract.payee, at).values_list("kind", flat=True))
    return [kind for kind in asked(contract) if kind not in held]


def permit_holds(payee: Payee, at: datetime) -> bool:
    """Whether the payee may work for pay: no public servant, or with a permit at ``at``."""
    if not (payee.person_id and payee.public_servant):
        return True
    return holding(payee, at).filter(kind=PaperKind.PERMIT).exists()
