"""Registers defined by an officer (ορισμός μητρώου): fields from a form, procedures, validity."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from didaskaleio.kernel import access, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.forms.definition import Kind
from didaskaleio.kernel.models import FormVersion
from didaskaleio.kernel.taken import unless_taken
from didaskaleio.people.enums import Scope
from didaskaleio.registers.enums import Procedure
from didaskaleio.registers.errors import RegisterRefusedError
from didaskaleio.registers.models import Register
from didaskaleio.structures.models import ImplementingBody

DESCRIBED = "Ορίστηκε το μητρώο"
PROCEDURES = "Ορίστηκαν οι διαδικασίες μεταβολής"


def define(body: ImplementingBody, *, actor: Actor, at: datetime, **content: Any) -> Register:
    """Νέο μητρώο of the actor's own body; every field needs approval until said otherwise.

    Refused: another body, a code that is taken, a form or parent of somebody else.
    """
    register = Register(body=body)
    access.require(actor, "register.manage", register)
    _take(register, content)
    with unless_taken(
        RegisterRefusedError(
            f"Υπάρχει ήδη μητρώο με κωδικό «{register.code}». Δώστε άλλον κωδικό.", code="code"
        )
    ):
        register.save()
        journal.write(register, DESCRIBED, actor=actor, at=at)
    return register


@transaction.atomic
def revise(
    register: Register, *, actor: Actor, at: datetime, seen: int | None = None, **content: Any
) -> Register:
    """Στοιχεία μητρώου: title, words, form, validity; those who are members keep their dates."""
    row = _held(register, actor)
    journal.require_latest(row, DESCRIBED, seen)
    _take(row, {name: value for name, value in content.items() if name != "code"})
    row.save()
    journal.write(row, DESCRIBED, actor=actor, at=at)
    return row


@transaction.atomic
def set_procedures(
    register: Register,
    procedures: Mapping[str, str],
    *,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> Register:
    """Διαδικασίες μεταβολής by key of field; keys that are no fields are left out."""
    row = _held(register, actor)
    journal.require_latest(row, PROCEDURES, seen)
    keys = [one.key for one in row.fields().questions()]
    row.procedures = {key: Procedure(procedures[key]) for key in keys if key in procedures}
    row.save(update_fields=["procedures"])
    journal.write(row, PROCEDURES, actor=actor, at=at, procedures=row.procedures)
    return row


def _held(register: Register, actor: Actor) -> Register:
    row = Register.objects.select_for_update(of=("self",), no_key=True).get(pk=register.pk)
    access.require(actor, "register.manage", row)
    return row


def _take(register: Register, content: Mapping[str, Any]) -> None:
    for name, value in content.items():
        setattr(register, name, value)
    _refuse_form(register, register.form)
    parent = register.parent
    if parent and (parent.body_id, parent.parent_id) != (register.body_id, None):
        raise RegisterRefusedError(
            "Υπομητρώο ανοίγει μόνο μέσα σε μητρώο του φορέα σας που δεν είναι το ίδιο υπομητρώο.",
            code="parent",
        )
    if parent and register.pk and (parent.pk == register.pk or register.parts.exists()):
        raise RegisterRefusedError(
            "Μητρώο που έχει υπομητρώα δεν γίνεται υπομητρώο, ούτε υπομητρώο του εαυτού του.",
            code="parent",
        )


def _refuse_form(register: Register, version: FormVersion) -> None:
    form = version.form
    if (form.scope, form.scope_id) != (Scope.BODY, register.body_id):
        raise RegisterRefusedError("Η φόρμα είναι άλλου φορέα. Επιλέξτε δική σας.", code="form")
    if any(one.kind == Kind.FILE for one in version.parsed().questions()):
        raise RegisterRefusedError(
            "Η φόρμα ζητά αρχεία. Τα στοιχεία μητρώου δεν είναι αρχεία· τα δικαιολογητικά "
            "συνοδεύουν κάθε μεταβολή. Επιλέξτε φόρμα χωρίς αρχεία.",
            code="form",
        )
