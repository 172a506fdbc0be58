"""Signing in and out, my profile, the rights screen by roles."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from didaskaleio.kernel.identifiers import synthetic_afm
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.web import forms
from tests.factories.people import (
    a_centre_manager,
    a_person,
    a_post,
    a_teacher,
    a_trainer,
    an_operator,
    ministry_officer,
    officer,
)
from tests.factories.structures import a_body, a_centre
from tests.markup import markup

pytestmark = pytest.mark.django_db
PASSWORD = "enas-makris-kodikos"
RIGHTS = "/rights/"


def head(body="itye"):
    return officer(body, Role.BODY_HEAD)


def person_page(person, **query):
    return reverse("people:rights-person", args=[person.pk], query=query or None)


def test_a_person_signs_in_and_comes_back_to_where_they_were_going(client):
    a_person(username="deigma", password=PASSWORD)
    target = reverse("people:profile")
    asked = client.get(target)
    assert asked.status_code == 302
    posted = {"username": "deigma", "password": PASSWORD, "next": target}
    answer = client.post(reverse("people:login"), posted)
    assert (answer.status_code, answer.url) == (302, target)


def test_a_wrong_password_says_what_to_do_and_not_which_of_the_two_is_wrong(client):
    a_person(username="deigma", password=PASSWORD)
    answers = [
        markup(client.post(reverse("people:login"), {"username": name, "password": "other"}))
        for name in ("deigma", "nobody")
    ]
    for answer in answers:
        assert "Το όνομα χρήστη ή ο κωδικός δεν ταιριάζουν" in answer


def test_a_closed_account_does_not_sign_in(client):
    a_person(username="deigma", password=PASSWORD, is_active=False)
    posted = {"username": "deigma", "password": PASSWORD}
    assert client.post(reverse("people:login"), posted).status_code == 200
    assert "_auth_user_id" not in client.session


def test_signing_in_never_leads_to_another_site(client):
    a_person(username="deigma", password=PASSWORD)
    posted = {"username": "deigma", "password": PASSWORD, "next": "https://example.org/"}
    assert client.post(reverse("people:login"), posted).url.startswith("/")


def test_signing_out_is_a_post(client, login):
    login(client, a_person())
    assert client.get(reverse("people:logout")).status_code == 405
    assert client.post(reverse("people:logout")).status_code == 302
    assert "_auth_user_id" not in client.session


def test_demo_accounts_are_not_listed_outside_the_demonstration(client):
    assert "Λογαριασμοί της επίδειξης" not in markup(client.get(reverse("people:login")))


def test_demo_accounts_are_listed_in_the_demonstration(settings):
    from didaskaleio.people.web.accounts import demo_accounts

    settings.DEMO = True
    assert {"teacher", "teacher2", "officer", "admin"} <= {name for name, _ in demo_accounts()}


def test_a_password_is_changed_by_who_knows_the_old_one(client, login):
    person = a_person(password=PASSWORD)
    login(client, person)
    url = reverse("people:password-change")
    new = "enas-allos-kodikos"
    wrong = {"old_password": "wrong", "new_password1": new, "new_password2": new}
    assert client.post(url, wrong).status_code == 200
    assert client.post(url, {**wrong, "old_password": PASSWORD}).status_code == 302
    person.refresh_from_db()
    assert person.check_password(new)


def test_a_forgotten_password_is_set_anew_by_a_link_in_a_mail(client, mailoutbox):
    person = a_person(email="deigma@example.org", password=PASSWORD)
    client.post(reverse("people:password-reset"), {"email": person.email})
    link = re.search(r"https?://[^/]+(/password/\S+)", mailoutbox[0].body)[1]
    page = client.get(link, follow=True)
    new = "enas-allos-kodikos"
    client.post(page.request["PATH_INFO"], {"new_password1": new, "new_password2": new})
    person.refresh_from_db()
    assert person.check_password(new)
    assert "Ο σύνδεσμος δεν ισχύει" in markup(client.get(link, follow=True))


def test_a_mail_address_that_nobody_has_is_answered_alike_and_sends_nothing(client, mailoutbox):
    answer = client.post(reverse("people:password-reset"), {"email": "none@example.org"})
    assert answer.url == reverse("people:password-reset-done")
    assert mailoutbox == []


def test_my_profile_shows_my_record_with_masked_identifiers(client, login):
    person = a_teacher("ΠΕ02", special_post=True, certificates=("B1",))
    login(client, person)
    page = markup(client.get(reverse("people:profile")))
    for identifier in person.identifiers.all():
        assert identifier.value not in page
        assert "•" + identifier.value[-3:] in page
    certificate = person.certificates.get()
    for wanted in ("ΠΕ02.50", certificate.number, "MySchool", "Εκπαιδευτικός", "Ειδική Αγωγή"):
        assert wanted in page


def test_a_trainer_reads_the_own_clusters_and_an_officer_the_own_role(client, login):
    page = markup(login(client, a_trainer()).get(reverse("people:profile")))
    assert "Β2.3 Μαθηματικά" in page
    page = markup(login(client, head()).get(reverse("people:profile")))
    assert "Ι.Τ.Υ.Ε. «Διόφαντος»" in page
    assert reverse("people:rights") in page


def test_a_missing_identifier_is_filled_in_from_the_profile(client, login):
    person = a_person()
    login(client, person)
    posted = {"kind": "afm", "value": synthetic_afm(77)}
    client.post(reverse("people:identifier"), posted)
    assert person.identifiers.get().value == synthetic_afm(77)


def test_an_identifier_of_somebody_else_is_refused_on_the_page(client, login):
    owner = a_teacher()
    login(client, a_person())
    posted = {"kind": "afm", "value": owner.identifiers.get(kind="afm").value}
    came_from = {"referer": "http://testserver/profile/"}
    answer = markup(
        client.post(reverse("people:identifier"), posted, follow=True, headers=came_from)
    )
    assert "η τιμή χρησιμοποιείται ήδη" in answer


def test_the_rights_screen_opens_to_officers_heads_ministry_and_operator_only(client, login):
    assert client.get(RIGHTS).url.startswith(reverse("people:login"))
    for person in (officer(), head(), ministry_officer(), an_operator()):
        assert login(client, person).get(RIGHTS).status_code == 200
    regional = a_person()
    a_post(regional, Role.REGIONAL_OFFICER, Scope.REGION, 1)
    for person in (a_teacher(), a_centre_manager(a_centre()), regional):
        login(client, person)
        assert client.get(RIGHTS).status_code == 403
        assert client.get(person_page(person)).status_code == 404


@pytest.mark.parametrize("by", ["name", "capitals", "afm", "username"])
def test_a_person_is_found(client, login, by):
    wanted = a_teacher(surname="Ευρετίδης", given_name="Ζητούμενος", username="evretidis")
    other = a_teacher(surname="Αλλιώτης")
    asked = {
        "name": "ζητουμενος ευρετ",
        "capitals": "ΕΥΡΕΤΙΔΗΣ",
        "afm": wanted.identifiers.get(kind="afm").value,
        "username": "evretidis",
    }[by]
    page = markup(login(client, an_operator()).get(RIGHTS, {"q": asked}))
    assert person_page(wanted) in page
    assert person_page(other) not in page


def test_the_list_of_rights_is_narrowed_by_role_and_scope(client, login):
    ours, trainer = officer(), a_trainer()
    login(client, an_operator())
    page = markup(client.get(RIGHTS, {"role": "body_officer", "scope": "body"}))
    assert person_page(ours) in page
    assert person_page(trainer) not in page


def test_a_head_sees_in_the_list_only_the_rights_of_the_own_body(client, login):
    ours, theirs = officer("itye"), officer("iep")
    page = markup(login(client, head("itye")).get(RIGHTS))
    assert person_page(ours) in page
    assert person_page(theirs) not in page


def test_the_list_of_rights_is_paged_and_asks_the_same_whatever_its_length(client, login):
    login(client, an_operator())

    def cost():
        with CaptureQueriesContext(connection) as made:
            assert client.get(RIGHTS).status_code == 200
        return len(made)

    officer()
    first = cost()
    for _ in range(3):
        officer()
    assert cost() == first
    for _ in range(25):
        officer()
    assert markup(client.get(RIGHTS)).count('data-label="Ρόλος"') == 25
    assert "page=2" in markup(client.get(RIGHTS))


def test_a_head_grants_on_the_screen_what_the_own_body_has(client, login):
    granter, person = head(), a_person()
    ours, theirs = a_centre(name="Κ.Σ.Ε. Δικό μας"), a_centre(name="Άλλου", body=a_body("iep"))
    login(client, granter)
    page = markup(client.get(person_page(person, role="centre_manager")))
    assert f'value="centre:{ours.pk}"' in page
    assert f'value="centre:{theirs.pk}"' not in page
    posted = {"role": "centre_manager", "where": f"centre:{ours.pk}", "reason": "Απόφαση 3/2023"}
    page = markup(client.post(person_page(person), posted, follow=True))
    assert "Το δικαίωμα δόθηκε" in page
    assert "Απόφαση 3/2023" in page
    assert person.posts.get().scope_id == ours.pk


def test_a_forged_choice_grants_nothing(client, login):
    person, theirs = a_person(), a_centre(body=a_body("iep"))
    login(client, head())
    for posted in (
        {"role": "centre_manager", "where": f"centre:{theirs.pk}", "reason": "x"},
        {"role": "operator", "where": "country:", "reason": "x"},
        {"role": "body_head", "where": f"body:{a_body('iep').pk}", "reason": "x"},
    ):
        assert client.post(person_page(person), posted).status_code == 200
    assert not person.posts.exists()


def test_the_operator_grants_over_the_country(client, login):
    person = a_person()
    login(client, an_operator())
    posted = {"role": "ministry_officer", "where": "country:", "reason": "Απόφαση 4/2023"}
    client.post(person_page(person), posted)
    assert person.posts.get().scope == "country"


def test_a_right_is_withdrawn_on_the_screen_with_a_reason(client, login):
    post = officer().posts.get()
    login(client, head())
    url = reverse("people:rights-withdraw", args=[post.pk])
    came_from = {"referer": "http://testserver/rights/"}
    page = markup(client.post(url, {"reason": ""}, follow=True, headers=came_from))
    assert "γράψτε την αιτιολογία" in page.lower()
    page = markup(client.post(url, {"reason": "Λήξη θητείας"}, follow=True))
    assert "Λήξη θητείας" in page
    assert "Ρόλοι που έληξαν" in page
    post.refresh_from_db()
    assert post.valid_until is not None


def test_a_right_of_the_other_body_cannot_be_withdrawn_nor_seen(client, login):
    theirs = officer("iep")
    login(client, head("itye"))
    url = reverse("people:rights-withdraw", args=[theirs.posts.get().pk])
    assert client.post(url, {"reason": "x"}).status_code == 404
    assert "Ι.Ε.Π." not in markup(client.get(person_page(theirs)))


def test_a_head_does_not_read_the_record_of_people_of_others(client, login):
    stranger, ours = a_teacher(), a_teacher()
    a_post(ours, Role.CENTRE_STAFF, Scope.CENTRE, a_centre())
    login(client, head())
    assert "•" not in markup(client.get(person_page(stranger)))
    assert stranger.certificates.get().number not in markup(client.get(person_page(stranger)))
    assert ours.certificates.get().number in markup(client.get(person_page(ours)))


def test_nobody_is_offered_the_own_rights(client, login):
    me = an_operator()
    page = markup(login(client, me).get(person_page(me)))
    assert "τα αλλάζει άλλο εξουσιοδοτημένο πρόσωπο" in page
    assert "Αφαίρεση δικαιώματος" not in page


def test_among_many_centres_the_place_of_a_right_is_searched_for(client, login, monkeypatch):
    monkeypatch.setattr(forms, "MOST_SHOWN", 2)
    wanted, *_others = [a_centre() for _ in range(4)]
    person, role = a_person(), Role.CENTRE_MANAGER
    login(client, head())
    before = markup(client.get(person_page(person, role=role)))
    assert 'name="where"' not in before
    found = client.get(person_page(person, role=role, q=wanted.name))
    choices = found.context["form"].fields["where"].choices
    assert [value for _kind, rows in choices for value, _name in rows] == [f"centre:{wanted.pk}"]
    nothing = markup(client.get(person_page(person, role=role, q="ανύπαρκτο")))
    assert "Δεν βρέθηκε τίποτε με «ανύπαρκτο»" in nothing
    posted = {"role": role, "where": f"centre:{wanted.pk}", "reason": "Ορισμός", "q": wanted.name}
    assert client.post(person_page(person), posted).status_code == 302
    assert person.posts.get(scope="centre").scope_id == wanted.pk
