"""Another person in a turn (αλλαγή προσώπου που υπογράφει): who left, changed or is away.

Only a turn that a person signs by their post, and only before they sign. The document is not
touched, so the signatures in it stay valid.
"""

from __future__ import annotations

from datetime import datetime

from didaskaleio.credentials import queries
from didaskaleio.credentials.lifecycle import SIGNING
from didaskaleio.credentials.models import RemoteSigning, Signatory, SigningCase
from didaskaleio.credentials.operations import telling
from didaskaleio.credentials.operations.signing import PATIENCE
from didaskaleio.kernel import journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.errors import Refusal
from didaskaleio.people.models import Person


@SIGNING.performs("replace")
def replace(
    case: SigningCase,
    turn: int,
    person: Person,
    *,
    actor: Actor,
    at: datetime,
    reason: str,
) -> Signatory:
    """Put ``person`` in a turn that nobody has signed; both people learn of it, and why.

    Refuses a turn that is signed, a seal, a person whom the document itself names, and whoever
    does not hold the same post or signs the document already.
    """
    row = case.signatories.select_related("person").filter(pk=turn).first()
    before = row.person if row else None
    if row is None or before is None:
        raise Refusal("Σε αυτή τη σειρά δεν υπογράφει πρόσωπο. Ανανεώστε τη σελίδα του φακέλου.")
    _require_open(row)
    if not queries.substitutes(row, at).filter(pk=person.pk).exists():
        raise Refusal(
            f"{person}: δεν έχει την ίδια θέση ή υπογράφει ήδη το έγγραφο. Επιλέξτε από τη "
            "λίστα, ή ζητήστε να οριστεί από τα Δικαιώματα."
        )
    row.person, row.instead_of = person, before
    row.save(update_fields=["person", "instead_of"])
    RemoteSigning.objects.filter(signatory=row).delete()
    if case.turn_id == row.pk:
        case.remind_at = at + PATIENCE
    said = f"Υπογράφει: {person}, στη θέση: {before}"
    journal.write(case, said, actor=actor, at=at)
    telling.tell_replaced(case, row, before, reason, at)
    return row


def _require_open(row: Signatory) -> None:
    if row.signed_at is not None:
        raise Refusal("Το πρόσωπο υπέγραψε ήδη: η υπογραφή του μένει και η σειρά προχώρησε.")
    if not row.role:
        raise Refusal(
            "Το έγγραφο ονομάζει αυτό το πρόσωπο και δεν το υπογράφει άλλο. Αποσύρετε τον φάκελο "
            "και στείλτε νέο έγγραφο."
        )
