"""Supporting documents (δικαιολογητικά): given by the payee, judged by the desk, ended by time."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse

from didaskaleio.finance import notices as kinds
from didaskaleio.finance.enums import EXPIRING, HOLDING, PaperKind, PaperState
from didaskaleio.finance.errors import PaperError
from didaskaleio.finance.lifecycle import PAPER
from didaskaleio.finance.models import Paper, Payee
from didaskaleio.finance.operations.payees import tell, tell_desk
from didaskaleio.kernel import access, files, greek, journal
from didaskaleio.kernel.access import SYSTEM, Actor
from didaskaleio.kernel.clock import ATHENS
from didaskaleio.kernel.files import Kind as FileKind

PAPER.model = Paper
SCAN = files.declare(
    FileKind("finance.paper", "Δικαιολογητικό πληρωμής", "payee.papers", (files.PDF, *files.IMAGES))
)
REMIND_DAYS = 30


@transaction.atomic
def give(
    payee: Payee,
    kind: PaperKind,
    upload: Any,
    *,
    until: date | None = None,
    actor: Actor,
    at: datetime,
) -> Paper:
    """Νέο δικαιολογητικό, to be judged; one of the same kind that still waits gives way to it.

    Refused: a wrong type or size of file, no last day where the kind has one, a day that is over.
    """
    row = Payee.objects.select_for_update(of=("self",), no_key=True).get(pk=payee.pk)
    access.require(actor, "payee.own", row)
    ends_at = _end(kind, until, at)
    for old in row.papers.filter(kind=kind, state=PaperState.SUBMITTED):
        replace(old, actor=SYSTEM, at=at)
    made = Paper(payee=row, kind=kind, ends_at=ends_at, at=at)
    if ends_at:
        made.remind_at = max(ends_at - timedelta(days=REMIND_DAYS), at)
    made.file = files.accept(SCAN, upload, upload.name, row, actor=actor, at=at)
    made.save()
    journal.write(made, "Ανέβηκε", actor=actor, at=at)
    text = f"{row}: {kind.label}. Δεχτείτε το ή γράψτε τι πρέπει να αλλάξει."
    page = reverse("finance:payee", args=[row.pk])
    tell_desk(row, f"paper-{made.pk}", "Δικαιολογητικό προς έλεγχο", text, page, at)
    return made


def _end(kind: PaperKind, until: date | None, at: datetime) -> datetime | None:
    if kind not in EXPIRING:
        return None
    if until is None:
        raise PaperError("Γράψτε έως πότε ισχύει, όπως το λέει το έγγραφο.", code="until")
    ends_at = datetime.combine(until + timedelta(days=1), time(), ATHENS)
    if ends_at <= at:
        raise PaperError("Το έγγραφο έχει λήξει. Ανεβάστε ένα που ισχύει.", code="until")
    return ends_at


@PAPER.performs("accept", locks=("payee",))
def accept(paper: Paper, *, actor: Actor, at: datetime) -> None:
    """Αποδοχή: from now on it holds, and what held before gives way to it."""
    if paper.ends_at and paper.ends_at <= at:
        raise PaperError("Έληξε πριν ελεγχθεί. Απορρίψτε το, για να σταλεί νεότερο.")
    for old in paper.payee.papers.filter(kind=paper.kind, state__in=HOLDING):
        replace(old, actor=SYSTEM, at=at)
    _tell(paper, "Δεκτό δικαιολογητικό", "Έγινε δεκτό.", at)


@PAPER.performs("reject")
def reject(paper: Paper, *, actor: Actor, at: datetime, reason: str) -> None:
    """Απόρριψη with what is wrong; the payee gives another."""
    paper.refusal = reason
    _tell(paper, "Απορρίφθηκε δικαιολογητικό", f"{reason} Ανεβάστε νέο.", at)


@PAPER.performs("replace")
def replace(paper: Paper, *, actor: Actor, at: datetime) -> None:
    """Αντικατάσταση by a newer one of the same kind."""


@PAPER.performs("remind")
def remind(paper: Paper, *, actor: Actor, at: datetime) -> None:
    """Υπενθύμιση by the clock, a month before its end."""
    _tell(paper, "Δικαιολογητικό που λήγει", f"{_until(paper)} Ανεβάστε νεότερο.", at)


@PAPER.performs("lapse")
def lapse(paper: Paper, *, actor: Actor, at: datetime) -> None:
    """Λήξη by the clock: no contract is issued and nothing is paid that needs it."""
    text = "Έληξε. Ανεβάστε νεότερο για να συνεχιστούν οι πληρωμές."
    _tell(paper, "Έληξε δικαιολογητικό", text, at)


def _until(paper: Paper) -> str:
    return f"Ισχύει έως {greek.long_date(paper.last_day)}." if paper.last_day else ""


def _tell(paper: Paper, title: str, text: str, at: datetime) -> None:
    tell(paper.payee, kinds.PAPER, title, f"«{paper.get_kind_display()}». {text}", at)
