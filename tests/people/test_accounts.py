"""Accounts: the first operator, new ones by invitation, closing; news of rights.

Shows: R-165.
"""

from __future__ import annotations

import io
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from didaskaleio.kernel import access
from didaskaleio.kernel.errors import ReasonMissingError
from didaskaleio.kernel.identifiers import synthetic_afm, synthetic_am
from didaskaleio.kernel.models import JournalEntry
from didaskaleio.people import operations
from didaskaleio.people.enums import Role
from didaskaleio.people.errors import (
    InactivePersonError,
    InvitationError,
    LastOperatorError,
    OwnRightsError,
)
from didaskaleio.people.models import Person
from tests.factories.people import (
    a_person,
    a_teacher,
    an_operator,
    ministry_officer,
    officer,
)
from tests.markup import markup

pytestmark = pytest.mark.django_db
PASSWORD = "enas-makris-kodikos"
FACTS = {"surname": "Νεοφερμένου", "given_name": "Δείγμα", "email": "nea@example.org"}
FORM = FACTS | {"username": "nea.neofermenou", "father_name": "", "afm": "", "am": ""}


def acts_of(person):
    rows = JournalEntry.objects.filter(subject="people.person", subject_id=person.pk)
    return list(rows.order_by("pk").values_list("act", "actor_name"))


def create_operator(monkeypatch, typed=PASSWORD, **changes):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{typed}\n"))
    words = {"username": "leitourgos", "first-name": "Δείγμα", "last-name": "Πρώτου"}
    words |= {"email": "ops@example.org"} | changes
    out = io.StringIO()
    call_command(
        "create_operator", *(f"--{name}={value}" for name, value in words.items()), stdout=out
    )
    return out.getvalue()


def test_the_first_operator_is_made_at_the_server_and_signs_in(monkeypatch, client, settings):
    settings.BASE_URL = "https://didaskaleio.example"
    told = create_operator(monkeypatch)
    assert "Συνδεθείτε: https://didaskaleio.example/login/" in told
    assert "Νέος λογαριασμός" in told
    person = Person.objects.get(username="leitourgos")
    assert (person.given_name, person.surname) == ("Δείγμα", "Πρώτου")
    assert list(person.posts.values_list("role", "scope", "scope_id")) == [
        ("operator", "country", None)
    ]
    assert acts_of(person) == [
        ("Νέος λογαριασμός", "Σύστημα"),
        ("Απόδοση δικαιώματος: Υπηρεσία λειτουργίας, Όλη η χώρα", "Σύστημα"),
    ]
    client.post(reverse("people:login"), {"username": "leitourgos", "password": PASSWORD})
    page = markup(client.get(reverse("people:rights")))
    assert reverse("people:account-new") in page


@pytest.mark.parametrize(
    ("typed", "changes", "told"),
    [
        (PASSWORD, {"username": "Yparxei"}, "Υπάρχει ήδη λογαριασμός"),
        (PASSWORD, {"email": "taken@example.org"}, "Υπάρχει ήδη λογαριασμός με διεύθυνση"),
        (PASSWORD, {"email": "no-address"}, "διεύθυνση"),
        ("mikros", {}, "11 χαρακτήρες"),
        ("", {}, "11 χαρακτήρες"),
    ],
)
def test_an_operator_is_refused_and_nothing_is_left_behind(monkeypatch, typed, changes, told):
    a_person(username="yparxei", email="taken@example.org")
    before = Person.objects.count()
    with pytest.raises(CommandError, match=told):
        create_operator(monkeypatch, typed, **changes)
    assert Person.objects.count() == before


def test_at_a_terminal_the_password_is_asked_twice(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    answers = iter([PASSWORD, "allos-makris-kodikos", PASSWORD, PASSWORD])
    module = "didaskaleio.people.management.commands.create_operator"
    monkeypatch.setattr(f"{module}.getpass", lambda _: next(answers))
    monkeypatch.setattr("sys.stdin", Terminal())
    words = ["--username=leitourgos", "--first-name=Α", "--last-name=Β", "--email=a@example.org"]
    with pytest.raises(CommandError, match="διαφέρουν"):
        call_command("create_operator", *words)
    call_command("create_operator", *words, stdout=io.StringIO())
    assert Person.objects.get(username="leitourgos").check_password(PASSWORD)


def test_an_account_is_opened_on_screen_and_its_owner_sets_the_password(
    login, drain_jobs, mailoutbox, settings
):
    settings.BASE_URL = "https://didaskaleio.example"
    client = login(Client(), an_operator())
    posted = FORM | {"afm": synthetic_afm(301), "am": synthetic_am(301)}
    page = markup(client.post(reverse("people:account-new"), posted, follow=True))
    assert "η πρόσκληση πάει στο nea@example.org" in page
    person = Person.objects.get(username="nea.neofermenou")
    assert not person.has_usable_password()
    assert dict(person.identifiers.values_list("kind", "value")) == {
        "afm": synthetic_afm(301),
        "am": synthetic_am(301),
    }
    assert not person.posts.exists()
    assert [act for act, _ in acts_of(person)] == [
        "Νέος λογαριασμός",
        "Καταχώριση αναγνωριστικού",
        "Καταχώριση αναγνωριστικού",
        "Πρόσκληση για ορισμό κωδικού",
    ]

    drain_jobs()
    (mail,) = mailoutbox
    assert mail.to == ["nea@example.org"]
    assert "nea.neofermenou" in mail.body
    assert "3 ημέρες και για μία χρήση" in mail.body
    link = re.search(r"https://didaskaleio\.example(/welcome/\S+)", mail.body)[1]
    stranger = Client()
    form = stranger.get(link, follow=True)
    assert "nea.neofermenou" in markup(form)
    answer = stranger.post(
        form.request["PATH_INFO"], {"new_password1": PASSWORD, "new_password2": PASSWORD}
    )
    assert answer.status_code == 302
    person.refresh_from_db()
    assert person.check_password(PASSWORD)
    assert stranger.session["_auth_user_id"] == str(person.pk)
    assert "Η πρόσκληση δεν ισχύει" in markup(Client().get(link, follow=True))


def test_an_invitation_is_not_mailed_after_the_password_has_been_set(
    at, actor_for, drain_jobs, mailoutbox
):
    person = operations.open_account("nea", **FACTS, actor=actor_for(an_operator()), at=at)
    person.set_password(PASSWORD)
    person.save()
    drain_jobs()
    assert mailoutbox == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"username": "Κεφαλαία"}, "πεζούς λατινικούς"),
        ({"username": "YPARXEI"}, "πεζούς λατινικούς"),
        ({"username": "yparxei"}, "Υπάρχει ήδη λογαριασμός με όνομα χρήστη"),
        ({"email": "Taken@example.org"}, "Υπάρχει ήδη λογαριασμός με διεύθυνση"),
        ({"afm": "123456789"}, "Α.Φ.Μ."),
        ({"surname": ""}, "Αυτό το πεδίο είναι απαραίτητο"),
    ],
)
def test_an_account_that_cannot_be_opened_says_why_and_keeps_what_was_typed(login, change, told):
    a_person(username="yparxei", email="taken@example.org")
    client = login(Client(), an_operator())
    before = Person.objects.count()
    page = markup(client.post(reverse("people:account-new"), FORM | change))
    assert told in page
    assert 'value="Δείγμα"' in page
    assert Person.objects.count() == before


def test_an_identifier_of_somebody_else_opens_no_account(login):
    owner = a_teacher()
    client = login(Client(), an_operator())
    posted = FORM | {"afm": owner.identifiers.get(kind="afm").value}
    assert "η τιμή χρησιμοποιείται ήδη" in markup(
        client.post(reverse("people:account-new"), posted)
    )
    assert not Person.objects.filter(username="nea.neofermenou").exists()


def test_only_the_operator_opens_and_closes_accounts(login, at, actor_for):
    for person in (officer(), officer(role=Role.BODY_HEAD), ministry_officer(), a_teacher()):
        client, other = login(Client(), person), a_person(email="a@example.org")
        assert client.get(reverse("people:account-new")).status_code == 403
        for door in ("invite", "close", "reopen"):
            url = reverse(f"people:account-{door}", args=[other.pk])
            assert client.post(url, {"reason": "x"}).status_code == 404
        with pytest.raises(PermissionDenied):
            operations.open_account("x", **FACTS, actor=actor_for(person), at=at)
        other.delete()


def test_who_has_a_password_no_address_or_a_closed_account_is_not_invited(at, actor_for):
    by = {"actor": actor_for(an_operator()), "at": at}
    with pytest.raises(InvitationError, match="Ξέχασα τον κωδικό μου"):
        operations.invite(a_person(password=PASSWORD, email="a@example.org"), **by)
    with pytest.raises(InvitationError, match="διεύθυνση"):
        operations.invite(a_person(), **by)
    with pytest.raises(InactivePersonError):
        operations.invite(a_person(email="b@example.org", is_active=False), **by)


def details_of(person):
    names = ("surname", "given_name", "father_name", "email")
    return {name: getattr(person, name) for name in names}


def invitation(mail):
    return re.search(r"/welcome/\S+", mail.body)[0]


def test_a_mistyped_address_is_mended_and_the_link_that_went_astray_is_void(
    login, drain_jobs, mailoutbox
):
    client = login(Client(), an_operator())
    client.post(reverse("people:account-new"), FORM | {"email": "lathos@example.org"})
    person = Person.objects.get(username="nea.neofermenou")
    drain_jobs()
    url = reverse("people:account-details", args=[person.pk])
    assert "lathos@example.org" in markup(client.get(url))
    page = markup(
        client.post(url, details_of(person) | {"email": "sosto@example.org"}, follow=True)
    )
    assert "Διόρθωση στοιχείων: ηλεκτρονικό ταχυδρομείο" in page
    client.post(reverse("people:account-invite", args=[person.pk]))
    drain_jobs()
    astray, right = mailoutbox
    assert (astray.to, right.to) == (["lathos@example.org"], ["sosto@example.org"])
    assert "Η πρόσκληση δεν ισχύει" in markup(Client().get(invitation(astray), follow=True))
    assert "Ορίστε τον κωδικό σας" in markup(Client().get(invitation(right), follow=True))


def test_the_old_address_of_an_account_in_use_is_told_of_the_new_one(
    at, actor_for, drain_jobs, mailoutbox
):
    person = a_person(password=PASSWORD, email="palia@example.org")
    by = {"actor": actor_for(an_operator()), "at": at}
    new = details_of(person) | {"email": "nea@example.org"}
    operations.amend_account(person, **new, **by)
    operations.amend_account(person, **new, **by)
    drain_jobs()
    (mail,) = mailoutbox
    assert mail.to == ["palia@example.org"]
    assert "nea@example.org" not in mail.body
    assert [act for act, _ in acts_of(person)] == ["Διόρθωση στοιχείων: ηλεκτρονικό ταχυδρομείο"]


def test_an_address_of_somebody_else_is_not_taken_over(login):
    a_person(email="taken@example.org")
    person = a_person(email="own@example.org")
    client = login(Client(), an_operator())
    url = reverse("people:account-details", args=[person.pk])
    posted = details_of(person) | {"email": "Taken@example.org"}
    assert "Υπάρχει ήδη λογαριασμός με διεύθυνση" in markup(client.post(url, posted))
    person.refresh_from_db()
    assert person.email == "own@example.org"
    same = details_of(person) | {"surname": "Μετονομασμένου"}
    assert client.post(url, same).status_code == 302
    assert login(Client(), officer()).get(url).status_code == 404


def test_a_closed_account_ends_its_session_at_once_and_opens_again(login):
    person = a_person(password=PASSWORD)
    theirs, client = login(Client(), person), login(Client(), an_operator())
    page = reverse("people:rights-person", args=[person.pk])
    assert theirs.get(reverse("people:profile")).status_code == 200
    url = reverse("people:account-close", args=[person.pk])
    shown = markup(client.post(url, {"reason": "Συνταξιοδότηση"}, follow=True))
    assert "κλειστός λογαριασμός" in shown
    assert "Συνταξιοδότηση" in shown
    assert theirs.get(reverse("people:profile")).status_code == 302
    url = reverse("people:account-reopen", args=[person.pk])
    client.post(url, {"reason": "Επιστροφή στην υπηρεσία"})
    assert "κλειστός λογαριασμός" not in markup(client.get(page))
    assert [act for act, _ in acts_of(person)] == ["Κλείσιμο λογαριασμού", "Άνοιγμα λογαριασμού"]


def test_closing_needs_a_reason_another_person_and_an_operator_who_stays(at, actor_for):
    first, person = an_operator(), a_person()
    by = {"actor": actor_for(first), "at": at}
    with pytest.raises(ReasonMissingError):
        operations.close_account(person, **by, reason=" ")
    with pytest.raises(OwnRightsError):
        operations.close_account(first, **by, reason="Λάθος")
    with pytest.raises(LastOperatorError):
        operations.close_account(first, actor=access.SYSTEM, at=at, reason="Αποχώρηση")
    with pytest.raises(InactivePersonError):
        operations.reopen_account(person, **by, reason="Λάθος")
    second = an_operator()
    operations.close_account(second, **by, reason="Αποχώρηση")
    with pytest.raises(LastOperatorError):
        operations.close_account(first, actor=access.SYSTEM, at=at, reason="Αποχώρηση")


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("mikros", "mikros", "Ο κωδικός είναι σύντομος. Γράψτε τουλάχιστον 11 χαρακτήρες."),
        ("neofermenou1", "neofermenou1", "Ο κωδικός μοιάζει με τα στοιχεία σας."),
        ("password1234", "password1234", "Ο κωδικός είναι από τους πιο συνηθισμένους."),
        (PASSWORD, "allos-makris-kodikos", "Οι δύο κωδικοί διαφέρουν."),
    ],
)
def test_a_password_that_is_refused_is_refused_in_greek(login, first, second, told):
    person = a_person(password=PASSWORD, surname="Neofermenou")
    client = login(Client(), person)
    posted = {"old_password": PASSWORD, "new_password1": first, "new_password2": second}
    page = markup(client.post(reverse("people:password-change"), posted))
    assert told in page
    assert "This password" not in page
