"""Accounts (λογαριασμοί): opened by the operator, used after a one-time invitation, closed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from didaskaleio.kernel import access, jobs, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.errors import ReasonMissingError
from didaskaleio.kernel.taken import unless_taken
from didaskaleio.people.enums import Role
from didaskaleio.people.errors import (
    AccountTakenError,
    InactivePersonError,
    InvitationError,
    LastOperatorError,
    OwnedElsewhereError,
    OwnRightsError,
)
from didaskaleio.people.models import Person, Teacher
from didaskaleio.people.operations.identifying import set_identifier
from didaskaleio.people.operations.rights import lock_operators

WORDS = {
    "surname": "επώνυμο",
    "given_name": "όνομα",
    "father_name": "πατρώνυμο",
    "email": "ηλεκτρονικό ταχυδρομείο",
}


@transaction.atomic
def open_account(
    username: str,
    *,
    surname: str,
    given_name: str,
    email: str,
    actor: Actor,
    at: datetime,
    father_name: str = "",
    password: str | None = None,
    identifiers: Mapping[str, str] | None = None,
) -> Person:
    """Νέος λογαριασμός: a person who can sign in, without any right yet (000 §6).

    Without ``password`` the person is invited by mail to set it. Refused: a user name or a mail
    address in use, an identifier that is wrong or somebody else's.
    """
    access.require(actor, "account.open")
    names = {"surname": surname, "given_name": given_name, "father_name": father_name}
    person = _open(username, password, email=email, actor=actor, at=at, **names)
    for kind, value in (identifiers or {}).items():
        set_identifier(person, kind=kind, value=value, actor=actor, at=at)
    if password is None:
        _invite(person, actor, at)
    return person


@transaction.atomic
def open_guest_account(
    username: str,
    *,
    surname: str,
    given_name: str,
    email: str,
    actor: Actor,
    at: datetime,
) -> Person:
    """Λογαριασμός φιλοξενούμενου: of a person outside the teacher record, invited by mail.

    By an officer, who will give a time-limited post; refused as ``open_account`` refuses.
    """
    access.require(actor, "account.open_guest")
    names = {"surname": surname, "given_name": given_name}
    person = _open(username, None, email=email, actor=actor, at=at, **names)
    _invite(person, actor, at)
    return person


def _open(
    username: str,
    password: str | None,
    *,
    email: str,
    actor: Actor,
    at: datetime,
    **names: str,
) -> Person:
    _require_free(email, but=None)
    person = _created(username, password, email=email, **names)
    journal.write(person, "Νέος λογαριασμός", actor=actor, at=at, username=username)
    return person


def _require_free(email: str, *, but: Person | None) -> None:
    others = Person.objects.exclude(pk=but.pk) if but else Person.objects.all()
    if email and others.filter(email__iexact=email).exists():
        raise AccountTakenError(
            f"Υπάρχει ήδη λογαριασμός με διεύθυνση {email}. Βρείτε το πρόσωπο στα Δικαιώματα."
        )


def _created(username: str, password: str | None, **facts: str) -> Person:
    taken = AccountTakenError(
        f"Υπάρχει ήδη λογαριασμός με όνομα χρήστη «{username}». Διαλέξτε άλλο όνομα."
    )
    if Person.objects.filter(username__iexact=username).exists():
        raise taken
    with unless_taken(taken):  # somebody typed the same name at the same moment
        return Person.objects.create_user(username, password, **facts)


@transaction.atomic
def invite(person: Person, *, actor: Actor, at: datetime) -> None:
    """Πρόσκληση: mail a link, good for one use, with which the person sets a password.

    Refused: a closed account, one without address, one whose password has been set.
    """
    access.require(actor, "account.open")
    _invite(person, actor, at)


def _invite(person: Person, actor: Actor, at: datetime) -> None:
    if not person.is_active:
        raise InactivePersonError("Ο λογαριασμός είναι κλειστός. Ανοίξτε τον πρώτα.")
    if not person.email:
        raise InvitationError("Δεν υπάρχει διεύθυνση ηλεκτρονικού ταχυδρομείου στον λογαριασμό.")
    if person.has_usable_password():
        raise InvitationError(
            "Ο κωδικός έχει ήδη οριστεί. Αν ξεχάστηκε, υπάρχει το «Ξέχασα τον κωδικό μου» στη "
            "σελίδα σύνδεσης."
        )
    journal.write(person, "Πρόσκληση για ορισμό κωδικού", actor=actor, at=at)
    jobs.enqueue("people.mail_invitation", person_id=person.pk)


@transaction.atomic
def amend_account(
    person: Person,
    *,
    surname: str,
    given_name: str,
    father_name: str,
    email: str,
    actor: Actor,
    at: datetime,
) -> Person:
    """Διόρθωση στοιχείων λογαριασμού: names and mail address; the user name stays.

    The name of a teacher whom MySchool told us of is refused. With another address every link
    sent before is void, and the old address is told when the account is in use. The journal says
    which facts changed, not what they were.
    """
    access.require(actor, "account.open", person)
    row = Person.objects.select_for_update().get(pk=person.pk)
    _require_free(email, but=row)
    new = {"surname": surname, "given_name": given_name, "father_name": father_name, "email": email}
    _require_own(row, new)
    old, changed = row.email, _put(row, new)
    if not changed:
        return row
    words = ", ".join(WORDS[name] for name in changed)
    journal.write(row, f"Διόρθωση στοιχείων: {words}", actor=actor, at=at)
    if "email" in changed and old and row.has_usable_password():
        jobs.enqueue("people.mail_address_changed", person_id=row.pk, old=old)
    return row


def _require_own(row: Person, new: Mapping[str, str]) -> None:
    """The name of a teacher whom MySchool told us of is MySchool's to change."""
    record = Teacher.objects.filter(person=row, checked_on__isnull=False).first()
    if record and any(new[name] != getattr(row, name) for name in new if name != "email"):
        raise OwnedElsewhereError(
            f"Επώνυμο, όνομα και πατρώνυμο έρχονται από το {record.source} και αλλάζουν μόνο "
            "εκεί. Το πρόσωπο μπορεί να υποβάλει αίτημα διόρθωσης από το προφίλ του."
        )


def _put(row: Person, new: Mapping[str, str]) -> list[str]:
    """Save what differs; returns its names."""
    changed = [name for name, value in new.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, new[name])
    if changed:
        row.save(update_fields=changed)
    return changed


@transaction.atomic
def close_account(person: Person, *, actor: Actor, at: datetime, reason: str) -> None:
    """Κλείσιμο λογαριασμού: nobody signs in with it any more; posts and history stay.

    Refused: one's own, the last operator's, one closed already, no reason.
    """
    operators = lock_operators()
    _hold(person, actor, reason)
    if not person.is_active:
        raise InactivePersonError("Ο λογαριασμός είναι ήδη κλειστός.")
    if operators == 1 and person.posts.filter(role=Role.OPERATOR, valid_until=None).exists():
        raise LastOperatorError(
            "Είναι το τελευταίο πρόσωπο της υπηρεσίας λειτουργίας. Ορίστε πρώτα άλλο."
        )
    person.is_active = False
    person.save(update_fields=["is_active"])
    journal.write(person, "Κλείσιμο λογαριασμού", actor=actor, at=at, reason=reason)


@transaction.atomic
def reopen_account(person: Person, *, actor: Actor, at: datetime, reason: str) -> None:
    """Άνοιγμα λογαριασμού που είχε κλείσει, with a reason."""
    _hold(person, actor, reason)
    if person.is_active:
        raise InactivePersonError("Ο λογαριασμός είναι ήδη ανοικτός.")
    person.is_active = True
    person.save(update_fields=["is_active"])
    journal.write(person, "Άνοιγμα λογαριασμού", actor=actor, at=at, reason=reason)


def _hold(person: Person, actor: Actor, reason: str) -> None:
    access.require(actor, "account.close", person)
    if actor.user_id == person.pk:
        raise OwnRightsError("Τον δικό σας λογαριασμό τον κλείνει άλλο εξουσιοδοτημένο πρόσωπο.")
    if not reason.strip():
        raise ReasonMissingError("Γράψτε την αιτιολογία: μένει στο ιστορικό.", code="account")
    person.refresh_from_db(from_queryset=Person.objects.select_for_update())
