"""Another person in a turn of a signing case: of the same post, before the signature, told why.

Shows: R-073
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from didaskaleio.credentials import operations
from didaskaleio.credentials.demo_authority import create_demo_authority
from didaskaleio.credentials.models import RemoteSigning, SigningCase
from didaskaleio.credentials.operations import By
from didaskaleio.credentials.signing.errors import NotYourTurnError
from didaskaleio.kernel import files, journal
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.models import Notice
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.models import Post
from didaskaleio.structures.models import ImplementingBody
from tests.factories import finance, people, signing, structures

pytestmark = pytest.mark.django_db
REASON = "Αποχώρησε από τον φορέα."


@pytest.fixture(scope="session")
def keys_folder(tmp_path_factory):
    return tmp_path_factory.mktemp("standing-in") / "keys"


@pytest.fixture(autouse=True)
def _keys(db, settings, keys_folder, set_clock, at):
    settings.AUTHORITY_DIR = keys_folder
    names = dict(ImplementingBody.objects.values_list("code", "name"))
    create_demo_authority(keys_folder, names)
    set_clock(at)
    signing.trust()


@pytest.fixture
def body():
    return structures.a_body()


def a_head(surname):
    return people.officer(role=Role.BODY_HEAD, surname=surname, given_name="Μαρία")


@pytest.fixture
def maria(body):
    return a_head("Επινοημένου")


@pytest.fixture
def nikos(body):
    return a_head("Δειγματίδου")


@pytest.fixture
def clerk(body):
    return people.officer()


def by_post(person, body):
    return By(person, None, "Για τον φορέα", Role.BODY_HEAD, Scope.BODY, body.pk)


def signed(case, person, at, actor):
    content = signing.signed(
        files.read(case.file), signing.holder_of(person), at, field=f"E{at:%H}"
    )
    return operations.sign_by_upload(case, content, actor=actor, at=at)


def fresh(case):
    return SigningCase.objects.select_related("turn__person", "file").get(pk=case.pk)


def test_the_signatures_already_given_stay_and_the_new_person_completes(
    body, maria, nikos, clerk, at, actor_for
):
    payee = people.a_person(surname="Υποθετικός", given_name="Πέτρος")
    case = signing.a_case(payee, by_post(maria, body), at=at)
    signed(case, payee, at, actor_for(payee))
    first, later = files.read(fresh(case).file), at + timedelta(hours=2)
    turn = fresh(case).turn
    row = operations.replace(case, turn.pk, nikos, actor=actor_for(clerk), at=later, reason=REASON)
    assert (row.person, row.instead_of, row.order) == (nikos, maria, 2)
    signed(fresh(case), nikos, later, actor_for(nikos))
    done = fresh(case)
    assert done.state == "completed"
    assert files.read(done.file).startswith(first)
    acts = [(each.act, each.reason) for each in journal.of(case)]
    assert ("Άλλαξε πρόσωπο που υπογράφει", REASON) in acts
    assert (f"Υπογράφει: {nikos}, στη θέση: {maria}", "") in acts


def test_both_people_are_told_and_the_former_signs_no_more(
    body, maria, nikos, clerk, at, actor_for
):
    case = signing.a_case(by_post(maria, body), at=at)
    before = fresh(case)
    operations.replace(case, before.turn_id, nikos, actor=actor_for(clerk), at=at, reason=REASON)
    told = dict(Notice.objects.filter(kind="credentials.replaced").values_list("person", "text"))
    assert REASON in told[maria.pk]
    assert str(nikos) in told[maria.pk]
    assert told[nikos.pk].endswith("Ήρθε η σειρά σας.")
    with pytest.raises(PermissionDenied):
        signed(fresh(case), maria, at, actor_for(maria))
    with pytest.raises(NotYourTurnError, match="άλλο πρόσωπο"):
        signed(before, maria, at, actor_for(maria))
    assert fresh(case).turn.person == nikos


def test_a_remote_try_of_the_former_is_over_and_the_reminder_starts_anew(
    body, maria, nikos, clerk, at, actor_for
):
    case = signing.a_case(by_post(maria, body), at=at)
    turn, later = fresh(case).turn, at + timedelta(days=3)
    RemoteSigning.objects.create(signatory=turn, person=maria, verifier="x", expires_at=later)
    operations.replace(case, turn.pk, nikos, actor=actor_for(clerk), at=later, reason=REASON)
    assert not RemoteSigning.objects.exists()
    assert fresh(case).remind_at == later + timedelta(days=5)


def test_refused_after_the_signature_without_a_reason_and_for_the_wrong_person(
    body, maria, nikos, clerk, at, actor_for
):
    other = people.a_person(surname="Άσχετος")
    case = signing.a_case(by_post(maria, body), other, at=at)
    first, second = case.signatories.all()
    by = {"actor": actor_for(clerk), "at": at}
    with pytest.raises(Refusal, match="γράψτε την αιτιολογία"):
        operations.replace(case, first.pk, nikos, reason=" ", **by)
    for wrong in (other, maria, clerk):
        with pytest.raises(Refusal, match="δεν έχει την ίδια θέση ή υπογράφει ήδη"):
            operations.replace(case, first.pk, wrong, reason=REASON, **by)
    with pytest.raises(Refusal, match="ονομάζει αυτό το πρόσωπο"):
        operations.replace(case, second.pk, nikos, reason=REASON, **by)
    signed(case, maria, at, actor_for(maria))
    with pytest.raises(Refusal, match="υπέγραψε ήδη"):
        operations.replace(case, first.pk, nikos, reason=REASON, **by)


def test_a_seal_and_a_turn_of_another_case_are_not_replaced(
    body, maria, nikos, clerk, at, actor_for
):
    case = signing.a_case(By(body=body), at=at)
    elsewhere = signing.a_case(by_post(maria, body), at=at)
    for turn in (case.turn_id, elsewhere.turn_id):
        with pytest.raises(Refusal, match="δεν υπογράφει πρόσωπο"):
            operations.replace(case, turn, nikos, actor=actor_for(clerk), at=at, reason=REASON)


def test_who_replaces_is_of_the_body_or_its_accounts(body, maria, nikos, at, actor_for):
    case = signing.a_case(by_post(maria, body), at=at)
    for stranger in (people.officer(body="iep"), people.a_person()):
        with pytest.raises(PermissionDenied):
            operations.replace(
                case, case.turn_id, nikos, actor=actor_for(stranger), at=at, reason=REASON
            )
    accounts = finance.a_desk()
    operations.replace(case, case.turn_id, nikos, actor=actor_for(accounts), at=at, reason=REASON)
    assert fresh(case).turn.person == nikos


def test_the_page_of_the_case_shows_who_left_and_leads_to_the_change(
    client, login, body, maria, nikos, clerk, at
):
    case = signing.a_case(by_post(maria, body), at=at)
    login(client, clerk)
    page = reverse("credentials:case", args=[case.pk])
    change = reverse("credentials:case-replace", args=[case.pk, case.turn_id])
    assert change in client.get(page).content.decode()
    assert "Δεν έχει πια αυτή τη θέση" not in client.get(page).content.decode()
    Post.objects.filter(person=maria, role=Role.BODY_HEAD).update(
        valid_until=at - timedelta(days=1)
    )
    assert "Δεν έχει πια αυτή τη θέση" in client.get(page).content.decode()
    assert str(nikos) in client.get(change).content.decode()
    assert client.post(change, {"person": maria.pk, "reason": REASON}).status_code == 422
    assert client.post(change, {"person": nikos.pk, "reason": ""}).status_code == 422
    assert client.post(change, {"person": nikos.pk, "reason": REASON}).status_code == 302
    shown = client.get(page).content.decode()
    assert f"Στη θέση: {maria}" in shown
    login(client, maria)
    assert client.get(page).status_code == 404
    login(client, nikos)
    assert client.get(change).status_code in {200, 404}
    assert "Είναι η σειρά σας" in client.get(page).content.decode()
