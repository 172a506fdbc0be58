"""The menu: few entries on the bar, by role; what is personal only for whom has it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from didaskaleio.credentials.models import Credential
from didaskaleio.kernel.access import NOBODY
from didaskaleio.kernel.models import StoredDocument, StoredFile
from didaskaleio.people.enums import Role
from didaskaleio.site.menus import ON_THE_BAR, menu, role_line
from tests.factories import people
from tests.factories.enrolment import an_application
from tests.factories.programmes import a_period, a_programme
from tests.factories.structures import a_body
from tests.markup import markup

pytestmark = pytest.mark.django_db
PUBLIC = [
    *("Αρχική", "Προσκλήσεις", "Κληρώσεις", "Έλεγχος γνησιότητας", "Κ.Σ.Ε.", "Τι διδάσκεται"),
    *("Διαγωνισμοί", "Μητρώα", "Κατάλογος δομών", "Συστάδες", "Κληρώσεις επισκέψεων"),
]


def labels(items):
    return [item.label for item in items]


def a_credential(person, at):
    file = StoredFile.objects.create(subject="x", subject_id=1, name="x.pdf", size=1, at=at)
    document = StoredDocument.objects.create(
        kind="x", number="X", subject="x", subject_id=1, title="Βεβαίωση", file=file, at=at
    )
    return Credential.objects.create(
        code="X", number="X", kind="x", title="Βεβαίωση", person=person, body=a_body(),
        content={}, signed_content="", document=document, issued_at=at,
    )  # fmt: skip


def test_a_stranger_sees_the_public_pages_on_the_bar_and_nothing_is_asked():
    with CaptureQueriesContext(connection) as asked:
        shown = menu(NOBODY, "/")
    assert (labels(shown), labels(shown.bar), len(asked)) == (PUBLIC, PUBLIC[:6], 0)


def test_the_bar_holds_what_matters_most_and_the_rest_stands_behind_it(actor_for):
    shown = menu(actor_for(people.officer()), "/home/")
    assert labels(shown.bar) == [
        *("Αρχική", "Προγράμματα", "Κλήρωση", "Ομάδες", "Εκκρεμότητες", "Βεβαιώσεις"),
    ]
    assert labels(shown.more)[-len(PUBLIC[1:]) :] == PUBLIC[1:]
    assert len(shown) == len(list(shown)) == len(shown.bar) + len(shown.more)


def test_who_learned_nothing_yet_has_the_record_alone(actor_for):
    shown = labels(menu(actor_for(people.a_teacher()), "/home/"))
    assert shown == [
        *("Αρχική", "Προγράμματα", "Οι επιμορφώσεις μου", "Ημερίδες και εργαστήρια"),
        *PUBLIC[1:],
    ]


def test_an_application_and_a_place_bring_their_entries(actor_for):
    period = a_period("phase_b")
    programme = a_programme(period=period)
    application = an_application(period=period, preferences=[programme.code])
    actor = actor_for(application.person)
    assert labels(menu(actor, "/"))[1:4] == ["Προγράμματα", "Η αίτησή μου", "Β΄ φάση"]
    application.__class__.objects.filter(pk=application.pk).update(
        state="enrolled", programme=programme
    )
    assert labels(menu(actor, "/"))[3:5] == ["Οι παρουσίες μου", "Η ολοκλήρωσή μου"]


def test_own_credentials_are_shown_to_whoever_has_one(actor_for, at):
    operator = people.an_operator()
    assert "Οι βεβαιώσεις μου" not in labels(menu(actor_for(operator), "/"))
    a_credential(operator, at)
    assert "Οι βεβαιώσεις μου" in labels(menu(actor_for(operator), "/"))


def test_two_entries_of_the_same_words_are_told_apart(actor_for):
    person = people.a_teacher()
    people.a_post(person, Role.MINISTRY_OFFICER)
    shown = labels(menu(actor_for(person), "/"))
    assert {"Προγράμματα", "Προγράμματα για εμένα"} <= set(shown)
    assert len(set(shown)) == len(shown)


@pytest.mark.parametrize(("path", "current"), [("/home/", "Αρχική"), ("/draws/", "Κληρώσεις")])
def test_the_present_page_is_marked_once(actor_for, path, current):
    shown = menu(actor_for(people.officer()), path)
    assert [item.label for item in shown if item.current] == [current]


def test_whatever_a_person_has_is_asked_in_one_query(actor_for):
    actor = actor_for(people.a_teacher())
    with CaptureQueriesContext(connection) as asked:
        menu(actor, "/")
    assert len(asked) == 1


def test_a_page_behind_the_bar_is_there_without_scripts(client, login, set_clock, at):
    set_clock(at)
    page = markup(login(client, people.officer()).get("/home/"))
    assert page.count("<details data-more><summary>Περισσότερα") == 1
    assert page.index("Περισσότερα") < page.index(">Κ.Σ.Ε.</a>")
    assert ON_THE_BAR == 6


def test_the_head_names_the_most_senior_role_and_counts_the_others(actor_for):
    person = people.a_teacher()
    assert role_line(actor_for(person)) == "Εκπαιδευτικός"
    people.a_post(person, Role.TRAINER)
    people.a_post(person, Role.MINISTRY_OFFICER)
    assert role_line(actor_for(person)) == "Στέλεχος Υπουργείου και 2 ακόμη"
    assert role_line(NOBODY) == ""
