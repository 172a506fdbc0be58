from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from didaskaleio.kernel.access import SYSTEM
from didaskaleio.kernel.identifiers import IdentifierError, synthetic_afm, synthetic_amka
from didaskaleio.people import operations
from didaskaleio.people.errors import IdentifierTakenError
from tests.factories.people import a_person, a_teacher, an_operator, officer

pytestmark = pytest.mark.django_db
AFM = synthetic_afm(5)


def put(person, value=AFM, kind="afm", actor=SYSTEM, at=None):
    return operations.set_identifier(person, kind=kind, value=value, actor=actor, at=at)


def test_an_identifier_is_kept_in_its_one_form(at):
    assert put(a_person(), f"EL {AFM[:3]} {AFM[3:]}", at=at).value == AFM


def test_an_identifier_with_a_wrong_digit_is_refused(at):
    wrong = AFM[:-1] + str((int(AFM[-1]) + 1) % 10)
    with pytest.raises(IdentifierError):
        put(a_person(), wrong, at=at)


def test_an_identifier_of_somebody_else_is_refused_without_saying_whose(at):
    owner = a_person(surname="Μοναδικίδης", given_name="Ιδιοκτήτης", username="idioktitis")
    put(owner, at=at)
    with pytest.raises(IdentifierTakenError) as refusal:
        put(a_person(), at=at)
    for secret in (owner.surname, owner.given_name, owner.username, AFM, str(owner.pk) + " "):
        assert secret not in str(refusal.value)


def test_the_same_person_may_give_the_same_identifier_again(at, actor_for):
    person = a_person()
    put(person, at=at)
    assert put(person, actor=actor_for(person), at=at).value == AFM
    assert person.identifiers.count() == 1


def test_a_person_fills_in_what_is_missing_and_corrects_nothing(at, actor_for):
    person = a_teacher()
    assert put(person, synthetic_amka(7), "amka", actor_for(person), at).person == person
    with pytest.raises(IdentifierTakenError, match="MySchool"):
        put(person, AFM, actor=actor_for(person), at=at)


def test_the_operator_corrects_and_a_stranger_may_not(at, actor_for):
    person = a_teacher()
    assert put(person, actor=actor_for(an_operator()), at=at).value == AFM
    for stranger in (officer(), a_person()):
        with pytest.raises(PermissionDenied):
            put(person, actor=actor_for(stranger), at=at)
