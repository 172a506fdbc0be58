"""Payees (δικαιούχοι): their own facts, checked by the accounts of the body that pays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from didaskaleio.finance import notices as kinds
from didaskaleio.finance import queries
from didaskaleio.finance.enums import PayeeState
from didaskaleio.finance.errors import PayeeError
from didaskaleio.finance.lifecycle import PAYEE
from didaskaleio.finance.models import Payee, PayeeChange
from didaskaleio.kernel import access, journal, notices
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.identifiers import (
    IdentifierError,
    validate_afm,
    validate_amka,
    validate_iban,
)
from didaskaleio.kernel.notices import Kind, Message
from didaskaleio.kernel.sealed import blind_index
from didaskaleio.kernel.taken import unless_taken
from didaskaleio.people.enums import IdentifierKind
from didaskaleio.people.models import Identifier, Person
from didaskaleio.structures.models import ImplementingBody, TrainingCentre

PAYEE.model = Payee
FACTS = "Άλλαξαν τα στοιχεία"
CHECKS: dict[str, Callable[[str], str]] = {
    "afm": validate_afm,
    "amka": validate_amka,
    "iban": validate_iban,
}
OPEN = (PayeeState.DRAFT, PayeeState.RETURNED)


def open_payee(
    body: ImplementingBody,
    *,
    person: Person | None = None,
    centre: TrainingCentre | None = None,
    actor: Actor,
    at: datetime,
) -> Payee:
    """Άνοιγμα δικαιούχου for whoever is given work; what stands already is kept.

    The identifiers of the person's record are filled in; the person is asked for the rest.
    """
    facts = _known_of(person) if person else {"legal_name": centre.name if centre else ""}
    row, made = Payee.objects.get_or_create(body=body, person=person, centre=centre, defaults=facts)
    if made:
        journal.write(row, "Άνοιξε ο φάκελος δικαιούχου", actor=actor, at=at)
        text = (
            f"Ο φορέας {body.short_name} χρειάζεται τον Α.Φ.Μ., τη Δ.Ο.Υ. και τον λογαριασμό σας "
            "για να εκδώσει τη σύμβαση και να σας πληρώσει."
        )
        tell(row, kinds.PAYEE, "Συμπληρώστε τα στοιχεία πληρωμής σας", text, at)
    return row


def _known_of(person: Person) -> dict[str, str]:
    known = dict(Identifier.objects.filter(person=person).values_list("kind", "value"))
    afm = known.get(IdentifierKind.AFM, "")
    return {
        "afm": afm,
        "afm_index": blind_index(afm, queries.AFM),
        "amka": known.get(IdentifierKind.AMKA, ""),
    }


@transaction.atomic
def write(
    payee: Payee, facts: Mapping[str, Any], *, actor: Actor, at: datetime, seen: int | None = None
) -> None:
    """Συμπλήρωση by the payee: what is given is checked, every change of a fact is kept.

    Refused: facts that wait for the desk or were confirmed, identifiers that fail their check,
    an ΑΦΜ that another payee of the body has.
    """
    row = Payee.objects.select_for_update(of=("self",), no_key=True).get(pk=payee.pk)
    access.require(actor, "payee.own", row)
    if row.state not in OPEN:
        raise PayeeError(
            "Τα στοιχεία έχουν υποβληθεί. Ανακαλέστε τα ή ανοίξτε τα για αλλαγή και δοκιμάστε ξανά."
        )
    journal.require_latest(row, FACTS, seen)
    given = {name: _checked(name, value) for name, value in facts.items()}
    changes = _changes(row, given, actor, at)
    if not changes:
        return
    _store(row, given)
    PayeeChange.objects.bulk_create(changes)
    journal.write(row, FACTS, actor=actor, at=at, fields=[each.field for each in changes])


def _checked(name: str, value: Any) -> Any:
    check = CHECKS.get(name)
    if check is None or not value:
        return value
    try:
        return check(value)
    except IdentifierError as error:
        raise PayeeError(str(error), code=name) from error


def _changes(row: Payee, given: Mapping[str, Any], actor: Actor, at: datetime) -> list[PayeeChange]:
    return [
        PayeeChange(
            payee=row,
            field=name,
            before=_said(row, name, getattr(row, name)),
            after=_said(row, name, value),
            actor_id=actor.person_id,
            at=at,
        )
        for name, value in given.items()
        if getattr(row, name) != value
    ]


def _said(row: Payee, name: str, value: Any) -> str:
    """A fact as its history shows it."""
    if isinstance(value, bool):
        return "Ναι" if value else "Όχι"
    choices = dict(row._meta.get_field(name).flatchoices)  # type: ignore[union-attr]  # noqa: SLF001
    return str(choices.get(value, value))


def _store(row: Payee, given: Mapping[str, Any]) -> None:
    for name, value in given.items():
        setattr(row, name, value)
    row.afm_index = blind_index(row.afm, queries.AFM)
    with unless_taken(
        PayeeError(
            "Ο Α.Φ.Μ. ανήκει ήδη σε άλλον δικαιούχο του φορέα. Ελέγξτε τα ψηφία· αν είναι σωστά, "
            "επικοινωνήστε με την οικονομική υπηρεσία.",
            code="afm",
        )
    ):
        row.save(update_fields=[*given, "afm_index"])


@PAYEE.performs("submit")
def submit(payee: Payee, *, actor: Actor, at: datetime) -> None:
    """Υποβολή για έλεγχο; refused while something is missing."""
    if missing := queries.lacking(payee):
        raise PayeeError(f"Λείπουν: {', '.join(missing)}. Συμπληρώστε τα και υποβάλετε ξανά.")
    text = f"{payee}: ελέγξτε τα στοιχεία πληρωμής και επιβεβαιώστε τα."
    page = reverse("finance:payee", args=[payee.pk])
    tell_desk(payee, f"payee-{payee.pk}", "Στοιχεία δικαιούχου προς έλεγχο", text, page, at)


@PAYEE.performs("take_back")
def take_back(payee: Payee, *, actor: Actor, at: datetime) -> None:
    """Ανάκληση by the payee, to correct what the desk has not confirmed yet."""


@PAYEE.performs("confirm")
def confirm(payee: Payee, *, actor: Actor, at: datetime) -> None:
    """Επιβεβαίωση by the desk, never of one's own; payments go to what was confirmed."""
    if actor.user_id in queries.people_of(payee, at):
        raise PayeeError("Τα δικά σας στοιχεία τα επιβεβαιώνει άλλο πρόσωπο της υπηρεσίας.")
    payee.version += 1
    payee.confirmed_at = at
    text = f"Ο φορέας {payee.body.short_name} επιβεβαίωσε τα στοιχεία σας."
    tell(payee, kinds.PAYEE, "Τα στοιχεία πληρωμής σας επιβεβαιώθηκαν", text, at)


@PAYEE.performs("send_back")
def send_back(payee: Payee, *, actor: Actor, at: datetime, reason: str) -> None:
    """Επιστροφή for correction, with what is wrong."""
    text = f"Διορθώστε και υποβάλετε ξανά. {reason}"
    tell(payee, kinds.PAYEE, "Τα στοιχεία πληρωμής σας επιστράφηκαν", text, at)


@PAYEE.performs("reopen")
def reopen(payee: Payee, *, actor: Actor, at: datetime) -> None:
    """Άνοιγμα για αλλαγή by the payee: nothing is paid until the desk confirms anew."""


def tell(payee: Payee, kind: Kind, title: str, text: str, at: datetime, url: str = "") -> None:
    """Tell the people of a payee; the moment makes each news one of its own."""
    page = url or reverse("finance:mine-payee", args=[payee.pk])
    dedupe = f"{kind.name}-{payee.pk}-{title}-{at.timestamp():.0f}"
    people = queries.people_of(payee, at)
    notices.send(kind, [Message(pk, title, text, dedupe, page) for pk in people], at=at)


def tell_desk(payee: Payee, news: str, title: str, text: str, page: str, at: datetime) -> None:
    """Tell the officers of accounts of the paying body."""
    dedupe = f"{news}-{at.timestamp():.0f}"
    people = queries.desk_of(payee.body_id, at).values_list("pk", flat=True)
    notices.send(kinds.DESK, [Message(pk, title, text, dedupe, page) for pk in people], at=at)
