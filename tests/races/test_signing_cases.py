"""Races of signing cases on PostgreSQL: one turn in two windows, a signature and a withdrawal.

Shows: R-073
"""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from didaskaleio.credentials import operations
from didaskaleio.credentials.demo_authority import create_demo_authority
from didaskaleio.credentials.models import Signatory, SigningCase
from didaskaleio.credentials.operations import By
from didaskaleio.kernel import files
from didaskaleio.kernel.errors import Refusal
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.queries import actor_of
from didaskaleio.structures.models import ImplementingBody
from tests.factories import people, signing, structures
from tests.races.together import NOW, at_once

pytestmark = pytest.mark.race


@pytest.fixture
def keys(committed_db, settings, tmp_path):
    settings.AUTHORITY_DIR = tmp_path / "keys"
    names = dict(ImplementingBody.objects.values_list("code", "name")[:3])
    names |= {structures.a_body().code: structures.a_body().name}
    create_demo_authority(settings.AUTHORITY_DIR, names)


def fresh(case):
    return SigningCase.objects.select_related("turn", "file").get(pk=case.pk)


def told(act):
    """The act, where a door that is closed by now is a refusal like another."""

    def tried():
        try:
            return act()
        except PermissionDenied as error:
            raise Refusal("closed") from error

    return tried


@pytest.mark.usefixtures("keys")
def test_one_turn_in_four_windows_is_sealed_once():
    body = structures.a_body()
    case = signing.a_case(By(body=body), at=NOW)
    officer = actor_of(people.officer(), at=NOW)
    windows = [fresh(case) for _ in range(4)]
    acts = [
        told(lambda one=one: operations.sign_by_seal(one, actor=officer, at=NOW)) for one in windows
    ]
    results = at_once(acts)
    assert [type(one) for one in results].count(Signatory) == 1
    assert sum(isinstance(one, Refusal) for one in results) == 3
    assert fresh(case).state == "completed"
    assert Signatory.objects.filter(case=case, signed_at__isnull=False).count() == 1


@pytest.mark.usefixtures("keys")
def test_a_person_who_uploads_twice_at_once_has_signed_once():
    signing.trust()
    maria = people.a_person(surname="Επινοημένου", given_name="Μαρία")
    nikos = people.a_person(surname="Δειγματίδης", given_name="Νίκος")
    case = signing.a_case(maria, nikos, at=NOW)
    actor, holder = actor_of(maria, at=NOW), signing.holder_of(maria)
    base = files.read(case.file)
    two = [signing.signed(base, holder, NOW, field=name) for name in ("One", "Two")]
    acts = [
        told(
            lambda content=content: operations.sign_by_upload(
                fresh(case), content, actor=actor, at=NOW
            )
        )
        for content in two
    ]
    results = at_once(acts)
    assert [type(one) for one in results].count(Signatory) == 1
    assert fresh(case).turn.person_id == nikos.pk
    assert files.read(fresh(case).file) in two


@pytest.mark.usefixtures("keys")
def test_a_seal_and_a_withdrawal_at_once_leave_one_end():
    case = signing.a_case(By(body=structures.a_body()), at=NOW)
    officer = actor_of(people.officer(), at=NOW)
    one, two = fresh(case), fresh(case)
    results = at_once(
        [
            told(lambda: operations.sign_by_seal(one, actor=officer, at=NOW)),
            told(lambda: operations.withdraw(two, actor=officer, at=NOW, reason="Λάθος")),
        ]
    )
    assert sum(isinstance(result, Refusal) for result in results) == 1
    signed = Signatory.objects.filter(case=case, signed_at__isnull=False).count()
    assert (fresh(case).state, signed) in {("completed", 1), ("withdrawn", 0)}


@pytest.mark.usefixtures("keys")
def test_a_person_signs_while_another_is_put_in_their_place():
    signing.trust()
    body = structures.a_body()
    heads = [
        people.officer(role=Role.BODY_HEAD, surname=surname, given_name="Μαρία")
        for surname in ("Επινοημένου", "Δειγματίδου")
    ]
    for _ in range(3):
        post = (Role.BODY_HEAD, Scope.BODY, body.pk)
        case = signing.a_case(By(heads[0], None, "", *post), at=NOW)
        results = at_once(_signs_and_replaced(case, heads))
        assert sum(isinstance(result, Refusal) for result in results) == 1
        row = Signatory.objects.get(case=case)
        signed = row.signed_at is not None
        assert (signed, row.person, fresh(case).state) in {
            (True, heads[0], "completed"),
            (False, heads[1], "open"),
        }


def _signs_and_replaced(case, heads):
    """The first head uploads, an officer puts the second in their place."""
    content = signing.signed(files.read(case.file), signing.holder_of(heads[0]), NOW)
    one, two, head = fresh(case), fresh(case), actor_of(heads[0], at=NOW)
    by = {"actor": actor_of(people.officer(), at=NOW), "at": NOW, "reason": "Αποχώρησε"}
    return [
        told(lambda: operations.sign_by_upload(one, content, actor=head, at=NOW)),
        told(lambda: operations.replace(two, two.turn_id, heads[1], **by)),
    ]
