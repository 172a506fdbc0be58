"""Requests to correct (αιτήματα διόρθωσης): filed by the person, answered by an officer.

The fact itself comes anew with the next import, once MySchool has it right.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from didaskaleio.connectors import notices as kinds
from didaskaleio.connectors.enums import CorrectionState
from didaskaleio.connectors.errors import CorrectionError
from didaskaleio.connectors.lifecycle import CORRECTION
from didaskaleio.connectors.models import Correction
from didaskaleio.kernel import access, greek, journal, notices
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.notices import Message
from didaskaleio.people.models import Person, Teacher

CORRECTION.model = Correction


@transaction.atomic
def request_correction(
    person: Person, *, fact: str, wanted: str, why: str, actor: Actor, at: datetime
) -> Correction:
    """Αίτημα διόρθωσης: what is true instead, for an officer to answer.

    Refused: another request about the same fact stands open, or there is no teacher's record.
    """
    access.require(actor, "correction.file", person)
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if not Teacher.objects.filter(person=person).exists():
        raise CorrectionError("Δεν έχετε στοιχεία από το MySchool για να διορθωθούν.")
    if Correction.objects.filter(person=person, fact=fact, state=CorrectionState.OPEN).exists():
        raise CorrectionError(
            "Έχετε ήδη αίτημα για αυτό το στοιχείο. Περιμένετε απάντηση ή αποσύρετέ το πρώτα."
        )
    row = Correction.objects.create(
        person=person,
        fact=fact,
        wanted=greek.clean(wanted).strip()[:200],
        why=greek.clean(why).strip(),
        at=at,
    )
    journal.write(row, "Υποβλήθηκε το αίτημα", actor=actor, at=at)
    return row


@CORRECTION.performs("accept")
def accept(row: Correction, *, actor: Actor, at: datetime, reason: str) -> None:
    """Αποδοχή: who corrects it in MySchool is told; here it changes with the next import."""
    _tell(row, "Το αίτημά σας έγινε δεκτό", reason, at)


@CORRECTION.performs("decline")
def decline(row: Correction, *, actor: Actor, at: datetime, reason: str) -> None:
    """Απόρριψη, with the reason that the person reads."""
    _tell(row, "Το αίτημά σας δεν έγινε δεκτό", reason, at)


@CORRECTION.performs("withdraw")
def withdraw(row: Correction, *, actor: Actor, at: datetime) -> None:
    """Απόσυρση by the person who filed it."""


def _tell(row: Correction, title: str, reason: str, at: datetime) -> None:
    url = reverse("connectors:correction", args=[row.pk])
    text = f"{row}.\nΑπάντηση: {reason}"
    message = Message(row.person_id, title, text, f"{kinds.ANSWERED.name}:{row.pk}", url)
    notices.send(kinds.ANSWERED, [message], at=at)
