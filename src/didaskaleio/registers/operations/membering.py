"""Members of a register (μέλη μητρώου): entry, renewal, suspension, removal (R-010, R-022)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localtime

from didaskaleio.kernel import access, greek, journal, notices, numbering
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.forms import prefill
from didaskaleio.kernel.forms.answers import check
from didaskaleio.kernel.forms.conditions import given
from didaskaleio.kernel.forms.definition import Definition, Values
from didaskaleio.kernel.forms.operations import AnswersRefusedError
from didaskaleio.kernel.notices import Message
from didaskaleio.kernel.taken import unless_taken
from didaskaleio.people.models import Person
from didaskaleio.registers import notices as kinds
from didaskaleio.registers.enums import MemberState
from didaskaleio.registers.errors import MembershipRefusedError
from didaskaleio.registers.lifecycle import MEMBERSHIP
from didaskaleio.registers.models import Candidacy, Membership, Register
from didaskaleio.registers.rules import after_months

MEMBERSHIP.model = Membership
STANDING = frozenset({MemberState.ACTIVE, MemberState.EXPIRING})


@transaction.atomic
def enter(
    register: Register,
    person: Person,
    *,
    actor: Actor,
    at: datetime,
    values: Values | None = None,
    candidacy: Candidacy | None = None,
) -> Membership:
    """Ένταξη: a member with the next number of the register; known facts fill the fields.

    Refused: wrong values; a member already; for a sub-register, who is no member of the
    register above it.
    """
    row = Register.objects.select_for_update(of=("self",), no_key=True).get(pk=register.pk)
    access.require(actor, "register.manage", row)
    _refuse_stranger(row, person)
    fields = row.fields()
    told = dict(values or {})
    if wrong := check(fields, told, complete=False):
        raise AnswersRefusedError(wrong)
    known = sound(fields, prefill.first_answers(fields, person.pk, at) | told)
    made = Membership(register=row, person=person, since=at, values=known, candidacy=candidacy)
    hold_until(made, at)
    made.number = numbering.protocol(f"register.{row.pk}", at=at)
    with unless_taken(MembershipRefusedError("Το πρόσωπο είναι ήδη μέλος του μητρώου.")):
        made.save()
    journal.write(made, "Εντάχθηκε στο μητρώο", actor=actor, at=at, number=made.number)
    until = greek.long_date(made.valid_until)
    _tell(made, "Ενταχθήκατε σε μητρώο", f"Αριθμός {made.number}, ισχύει έως {until}.", at)
    return made


def _refuse_stranger(register: Register, person: Person) -> None:
    if register.parent_id is None:
        return
    above = Membership.objects.filter(register=register.parent_id, person=person)
    if not above.filter(state__in=STANDING).exists():
        raise MembershipRefusedError(
            f"Στο υπομητρώο εντάσσονται μέλη του «{register.parent}». Εντάξτε πρώτα εκεί."
        )


def sound(fields: Definition, values: Values) -> dict[str, Any]:
    """The facts of the right shape; what a source knows may not fit a field."""
    wrong = {problem.place for problem in check(fields, values, complete=False)}
    keys = {one.key for one in fields.questions()} - wrong
    return {key: value for key, value in values.items() if key in keys and given(value)}


def hold_until(membership: Membership, at: datetime) -> None:
    """From ``at`` on the membership holds as long as its register says, with a reminder before."""
    register = membership.register
    membership.valid_until = after_months(localtime(at), register.months)
    reminder = membership.valid_until - timedelta(days=register.remind_days)
    membership.remind_at = max(reminder, at)


@MEMBERSHIP.performs("remind")
def remind(membership: Membership, *, actor: Actor, at: datetime) -> None:
    """Υπενθύμιση: the member is told before the validity ends."""
    until = greek.long_date(membership.valid_until)
    _tell(
        membership,
        "Λήγει η εγγραφή σας",
        f"Ισχύει έως {until}. Ελέγξτε τα στοιχεία σας και ζητήστε ανανέωση από τον φορέα.",
        at,
    )


@MEMBERSHIP.performs("renew")
def renew(membership: Membership, *, actor: Actor, at: datetime, reason: str) -> None:
    """Ανανέωση: for the register's months, from the end of a validity that still runs."""
    hold_until(membership, max(at, membership.valid_until))
    until = greek.long_date(membership.valid_until)
    _tell(membership, "Ανανεώθηκε η εγγραφή σας", f"Ισχύει έως {until}.\n{reason}", at)


@MEMBERSHIP.performs("lapse")
def lapse(membership: Membership, *, actor: Actor, at: datetime) -> None:
    """Λήξη: by the clock; who has lapsed is given no new work."""
    _tell(membership, "Έληξε η εγγραφή σας", "Για ανανέωση απευθυνθείτε στον φορέα.", at)


@MEMBERSHIP.performs("suspend")
def suspend(membership: Membership, *, actor: Actor, at: datetime, reason: str) -> None:
    """Αναστολή, by a reasoned decision that the member reads."""
    _tell(membership, "Η εγγραφή σας μπήκε σε αναστολή", reason, at)


@MEMBERSHIP.performs("lift")
def lift(membership: Membership, *, actor: Actor, at: datetime, reason: str) -> None:
    """Άρση αναστολής; the validity has run on meanwhile."""
    _tell(membership, "Έληξε η αναστολή της εγγραφής σας", reason, at)


@MEMBERSHIP.performs("remove")
def remove(membership: Membership, *, actor: Actor, at: datetime, reason: str) -> None:
    """Διαγραφή, by decision; the history is kept."""
    _tell(membership, "Διαγραφήκατε από το μητρώο", reason, at)


@MEMBERSHIP.performs("resign")
def resign(membership: Membership, *, actor: Actor, at: datetime) -> None:
    """Αποχώρηση of the member."""


def _tell(membership: Membership, title: str, text: str, at: datetime) -> None:
    url = reverse("registers:member", args=[membership.pk])
    key = f"membership-{membership.pk}-{at.isoformat()}"
    words = f"{membership.register}. {text}"
    notices.send(kinds.MEMBERSHIP, [Message(membership.person_id, title, words, key, url)], at=at)
