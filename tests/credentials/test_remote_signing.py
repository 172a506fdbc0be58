"""Remote signing over real HTTP: two permissions, one signature, and every way it breaks off.

Shows: R-073
"""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import urllib3
from django.urls import reverse

from didaskaleio.credentials import connection, operations
from didaskaleio.credentials.models import RemoteSigning, SigningCase
from didaskaleio.credentials.remote.port import Doorway, RefusedError
from didaskaleio.kernel import files
from didaskaleio.site.myschool_stand_in import Fault
from didaskaleio.site.signing_stand_in import CLIENT, PIN, SECRET, SigningStandIn
from tests.factories import people, signing

pytestmark = pytest.mark.django_db
BACK = "http://testserver/signing/remote/back/"


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    with SigningStandIn(tmp_path_factory.mktemp("provider")) as running:
        yield running


@pytest.fixture(autouse=True)
def provider(service, settings):
    service.faults.clear()
    settings.SIGNING, settings.SIGNING_TIMEOUT = service.address, 1.0
    settings.SIGNING_CLIENT, settings.SIGNING_SECRET = CLIENT, SECRET
    settings.BASE_URL = "http://testserver"
    connection._provider.cache_clear()
    return connection.provider()


@pytest.fixture
def maria():
    return people.a_person(surname="Επινοημένου", given_name="Μαρία")


@pytest.fixture
def case(service, maria, at):
    signing.trust(service.issuer)
    return signing.a_case(maria, at=at)


def say(address, answer="yes", **typed):
    """What the person does on the provider's page; the query of the address to return to."""
    asked = {name: values[-1] for name, values in parse_qs(urlsplit(address).query).items()}
    page = urllib3.request("GET", address)
    assert page.status == 200
    given = asked | {"pin": PIN, "answer": answer} | typed
    url = address.partition("?")[0]
    came = urllib3.request("POST", url, body=urlencode(given), redirect=False)
    assert came.headers["Location"].startswith(asked["redirect_uri"])
    back = parse_qs(urlsplit(came.headers["Location"]).query)
    return {name: values[-1] for name, values in back.items()}


def entered(client, case, **typed):
    """The person pressed the button and said a name to the provider."""
    page = client.post(reverse("credentials:case-remote", args=[case.pk]))
    assert page.status_code == 200
    name = {"surname": "Επινοημένου", "given_name": "Μαρία"}
    return say(page.context["address"], **(name | typed))


def returned(client, query):
    return client.get(reverse("credentials:remote-back"), query)


def told(client, case):
    page = client.get(reverse("credentials:case", args=[case.pk]))
    return " ".join(str(message) for message in page.context["messages"])


def stays(case):
    fresh = SigningCase.objects.get(pk=case.pk)
    return (fresh.state, fresh.turn_id, fresh.file_id) == ("open", case.turn_id, case.file_id)


@pytest.fixture
def me(client, login, maria, set_clock, at):
    set_clock(at)
    return login(client, maria)


def test_a_person_signs_at_the_provider_from_a_phone_or_anywhere(me, case, maria):
    second = returned(me, entered(me, case))
    assert second.status_code == 302
    done = returned(me, say(second.url))
    assert done.url == reverse("credentials:case", args=[case.pk])
    fresh = SigningCase.objects.get(pk=case.pk)
    one = fresh.signatories.get()
    assert (fresh.state, one.method) == ("completed", "remote")
    assert one.facts[:2] == [
        ["Πιστοποιητικό", "Μαρία Επινοημένου"],
        ["Αρχή έκδοσης", "Δοκιμαστικός πάροχος υπογραφών"],
    ]
    assert files.read(fresh.file).startswith(files.read(case.file))
    assert not RemoteSigning.objects.exists()


def test_the_hash_and_the_name_of_the_document_reach_the_page_of_the_provider(me, case):
    second = returned(me, entered(me, case))
    page = urllib3.request("GET", second.url).data.decode()
    assert case.title in page
    query = parse_qs(urlsplit(second.url).query)
    assert (query["scope"], query["numSignatures"]) == (["credential"], ["1"])
    assert query["hashes"][0] in page


def test_whoever_says_no_at_the_provider_signs_nothing(me, case):
    assert returned(me, entered(me, case, answer="no")).status_code == 302
    assert "Δεν δόθηκε η άδεια" in told(me, case)
    second = returned(me, entered(me, case))
    returned(me, say(second.url, pin="000000"))
    assert "Το PIN δεν ήταν σωστό" in told(me, case)
    assert stays(case)


def test_another_name_at_the_provider_is_refused_after_the_signature(me, case):
    second = returned(me, entered(me, case, surname="Ξένος", given_name="Κάποιος"))
    returned(me, say(second.url))
    words = told(me, case)
    assert "Το πιστοποιητικό δεν είναι του προσώπου" in words
    assert "Κάποιος Ξένος" in words
    assert stays(case)


FAULTS = {
    "down": (Fault(503), "δεν μπορεί να απαντήσει τώρα"),
    "cut": (Fault(200, b'{"signatures": ["AA', cut=True), "δεν απαντά"),
    "slow": (Fault(hangs=1.3), "δεν απαντά"),
    "nonsense": (Fault(200, b"<html>"), "δεν διαβάζεται"),
    "empty": (Fault(200, b"{}"), "Το έγγραφο δεν άλλαξε"),
    "list": (Fault(200, b"[]"), "δεν διαβάζεται"),
    "too large": (Fault(200, b"[" * (1 << 21)), "δεν διαβάζεται"),
    "grant": (Fault(400, b'{"error": "invalid_grant"}'), "έληξε ή χρησιμοποιήθηκε"),
    "unknown": (Fault(418, b'{"error": "teapot"}'), "Ο πάροχος δεν υπέγραψε"),
    "redirect": (Fault(302, b"", {"Location": "http://127.0.0.1:1/"}), "Ο πάροχος δεν υπέγραψε"),
}


@pytest.mark.parametrize("moment", ["first", "second"])
@pytest.mark.parametrize("kind", FAULTS)
def test_what_breaks_off_in_the_middle_leaves_the_case_at_its_turn(me, case, service, kind, moment):
    query = entered(me, case)
    if moment == "second":
        query = say(returned(me, query).url)
    fault, words = FAULTS[kind]
    service.faults.append(fault)
    returned(me, query)
    assert words in told(me, case)
    assert stays(case)


def test_a_signature_that_is_not_one_is_refused(me, case, service, monkeypatch):
    query = say(returned(me, entered(me, case)).url)
    answer = {"signatures": ["AAAA"]}
    monkeypatch.setattr(service, "signed", lambda _token, _asked: (200, answer))
    returned(me, query)
    assert "Η υπογραφή δεν ταιριάζει" in told(me, case)
    assert stays(case)


def test_a_permission_serves_one_hash_once(provider, service):
    door = Doorway("k", "v" * 43, BACK)
    name = {"surname": "Επινοημένου", "given_name": "Μαρία"}
    (chosen,) = provider.certified(door, say(provider.to_enter(door), **name)["code"])
    code = say(provider.to_sign(door, chosen.credential, b"a" * 32, "Έγγραφο"))["code"]
    with pytest.raises(RefusedError):
        provider.sign(door, code, chosen, b"b" * 32)
    with pytest.raises(RefusedError, match="έληξε ή χρησιμοποιήθηκε"):
        provider.sign(door, code, chosen, b"a" * 32)


def test_a_return_is_good_once_for_the_same_person_and_in_time(
    me, case, client, login, set_clock, at
):
    first = entered(me, case)
    returned(me, first)
    page = returned(me, first)
    assert page.status_code in {302, 409}
    assert stays(case)
    query = entered(me, case)
    other = login(type(client)(), people.a_person(surname="Δειγματίδης", given_name="Νίκος"))
    returned(other, query)
    assert RemoteSigning.objects.get().prepared is None
    set_clock(at + timedelta(minutes=16))
    returned(me, query)
    assert RemoteSigning.objects.get().prepared is None
    assert stays(case)


def test_who_signed_elsewhere_meanwhile_cannot_sign_again(me, case, maria, at, actor_for):
    query = say(returned(me, entered(me, case)).url)
    content = signing.signed(files.read(case.file), signing.holder_of(maria), at)
    signing.trust()
    operations.sign_by_upload(case, content, actor=actor_for(maria), at=at)
    returned(me, query)
    fresh = SigningCase.objects.get(pk=case.pk)
    assert [one.method for one in fresh.signatories.all()] == ["upload"]


def test_a_forged_state_or_none_finds_nothing(me, case):
    assert returned(me, {"state": "x", "code": "1"}).status_code == 404
    assert returned(me, {}).status_code == 404


def test_without_a_provider_the_page_offers_the_other_ways(me, case, settings):
    settings.SIGNING = ""
    page = me.get(reverse("credentials:case", args=[case.pk])).content.decode()
    assert "Υπογραφή μέσω παρόχου" not in page
    assert "Με δικό σας πρόγραμμα υπογραφής" in page
    assert me.post(reverse("credentials:case-remote", args=[case.pk])).status_code == 404
