"""What room people tells to the kernel's forms: whose forms are, and what is known of a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.forms import owners, prefill
from didaskaleio.kernel.forms.definition import Kind
from didaskaleio.kernel.forms.operations import Owner
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.models import Person, Teacher
from didaskaleio.structures.models import ImplementingBody


@owners.register
def bodies(actor: Actor) -> Iterator[Owner]:
    """The bodies for which a person acts."""
    held = actor.scopes(Role.BODY_OFFICER, Scope.BODY) | actor.scopes(Role.BODY_HEAD, Scope.BODY)
    known = [pk for pk in held if pk is not None]
    for body in ImplementingBody.objects.filter(pk__in=known):
        yield Owner(Scope.BODY, body.pk, body.short_name)


@prefill.register("person.name", "Ονοματεπώνυμο", Kind.TEXT)
def full_name(person: int, _at: datetime) -> str:
    """Surname, then given name, as lists show them."""
    return str(Person.objects.get(pk=person))


@prefill.register("person.email", "Ηλεκτρονική διεύθυνση", Kind.TEXT)
def email(person: int, _at: datetime) -> str:
    return Person.objects.get(pk=person).email


@prefill.register("teacher.specialty", "Κλάδος ή ειδικότητα", Kind.TEXT)
def specialty(person: int, _at: datetime) -> str:
    """The code of the post, empty for whoever is no teacher."""
    found = Teacher.objects.select_related("specialty").filter(person_id=person).first()
    return found.specialty_code if found else ""
