"""Questions about payees: who they are, what is missing, whom to tell."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet, Value

from didaskaleio.finance.models import Payee
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.fields import GreekKeyOf
from didaskaleio.kernel.sealed import blind_index
from didaskaleio.people.enums import IdentifierKind, Role, Scope
from didaskaleio.people.models import Identifier, Person
from didaskaleio.people.queries import holders
from didaskaleio.structures.models import ImplementingBody

AFM = "payee.afm"
OWED = {
    "legal_name": "επωνυμία",
    "afm": "Α.Φ.Μ.",
    "amka": "Α.Μ.Κ.Α.",
    "tax_office": "Δ.Ο.Υ.",
    "tax_status": "φορολογική ιδιότητα",
    "address": "διεύθυνση",
    "iban": "IBAN",
}


def payees() -> QuerySet[Payee]:
    """Payees with their names, in order of name."""
    rows = Payee.objects.select_related("person", "centre", "body")
    return rows.order_by("person__sort_key", "legal_name", "pk")


def found(rows: QuerySet[Payee], text: str) -> QuerySet[Payee]:
    """Payees by any part of the name, or by the exact ΑΦΜ."""
    words = text.split()
    if len(words) == 1 and words[0].isdigit():
        return rows.filter(afm_index=blind_index(words[0], AFM))
    for word in words:
        key = GreekKeyOf(Value(word))
        rows = rows.filter(Q(person__sort_key__contains=key) | Q(centre__sort_key__contains=key))
    return rows


def lacking(payee: Payee) -> list[str]:
    """What the payee has still to fill in, as labels."""
    unasked = "legal_name" if payee.person_id else "amka"
    return [label for name, label in OWED.items() if name != unasked and not getattr(payee, name)]


def people_of(payee: Payee, at: datetime) -> list[int]:
    """Whose record it is: the person, or those who manage the centre at ``at``."""
    if payee.person_id:
        return [payee.person_id]
    held = holders(Role.CENTRE_MANAGER, Scope.CENTRE, payee.centre_id, at=at)
    return list(held.order_by("pk").values_list("pk", flat=True))


def desk_of(body_id: int, at: datetime) -> QuerySet[Person]:
    """The officers of accounts of a body at ``at``."""
    return holders(Role.FINANCE_OFFICER, Scope.BODY, body_id, at=at).order_by("pk")


def heads_of(body_id: int, at: datetime) -> QuerySet[Person]:
    """Who heads a body at ``at`` and signs for it."""
    return holders(Role.BODY_HEAD, Scope.BODY, body_id, at=at).order_by("pk")


def bodies(actor: Actor) -> QuerySet[ImplementingBody]:
    """The bodies whose accounts the actor keeps."""
    held = actor.scopes(Role.FINANCE_OFFICER, Scope.BODY)
    rows = ImplementingBody.objects.order_by("short_name", "pk")
    return rows if None in held else rows.filter(pk__in=[pk for pk in held if pk is not None])


def differs_from_record(payee: Payee) -> list[str]:
    """Identifiers that the person's own record gives otherwise, as labels."""
    kept = Identifier.objects.filter(person=payee.person).values_list("kind", "value")
    said = {IdentifierKind.AFM: payee.afm, IdentifierKind.AMKA: payee.amka}
    return [
        str(IdentifierKind(kind).label)
        for kind, value in kept
        if said.get(IdentifierKind(kind)) not in (None, "", value)
    ]
