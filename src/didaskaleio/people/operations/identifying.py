"""Identifiers of a person (αναγνωριστικά): validated, one owner each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from didaskaleio.kernel import access, identifiers, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.people.enums import IdentifierKind
from didaskaleio.people.errors import IdentifierTakenError, OwnedElsewhereError
from didaskaleio.people.models import Identifier, Person, Teacher

VALIDATORS: dict[str, Callable[[str], str]] = {
    IdentifierKind.AFM: identifiers.validate_afm,
    IdentifierKind.AM: identifiers.validate_am,
    IdentifierKind.AMKA: identifiers.validate_amka,
    IdentifierKind.PA: identifiers.validate_pa,
}

OF_MYSCHOOL = (IdentifierKind.AFM, IdentifierKind.AM)


def _is_told(person: Person) -> bool:
    """Whether MySchool told us of this teacher."""
    return Teacher.objects.filter(person=person, checked_on__isnull=False).exists()


@transaction.atomic
def set_identifier(
    person: Person, *, kind: str, value: str, actor: Actor, at: datetime
) -> Identifier:
    """Καταχώριση αναγνωριστικού: validated; a person fills in only what is still missing.

    An identifier that belongs to somebody else is refused without saying to whom.
    """
    access.require(actor, "identifier.set", person)
    clean = VALIDATORS[kind](value)
    Person.objects.select_for_update().get(pk=person.pk)
    held = Identifier.objects.filter(person=person, kind=kind).first()
    if held and held.value != clean and actor.user_id == person.pk:
        raise IdentifierTakenError(
            f"{IdentifierKind(kind).label}: υπάρχει ήδη καταχώριση. "
            "Για διόρθωση απευθυνθείτε στο σχολείο σας, ώστε να αλλάξει στο MySchool."
        )
    if held and held.value != clean and kind in OF_MYSCHOOL and _is_told(person):
        raise OwnedElsewhereError(
            f"{IdentifierKind(kind).label}: έρχεται από το MySchool και αλλάζει μόνο εκεί. "
            "Ζητήστε τη διόρθωση από τη διεύθυνση του σχολείου."
        )
    if Identifier.objects.filter(kind=kind, value=clean).exclude(person=person).exists():
        raise IdentifierTakenError(
            f"{IdentifierKind(kind).label}: η τιμή χρησιμοποιείται ήδη. "
            "Ελέγξτε τα ψηφία· αν είναι σωστά, απευθυνθείτε στην υπηρεσία λειτουργίας."
        )
    found, _ = Identifier.objects.update_or_create(
        person=person, kind=kind, defaults={"value": clean}
    )
    journal.write(person, "Καταχώριση αναγνωριστικού", actor=actor, at=at, kind=str(kind))
    return found
