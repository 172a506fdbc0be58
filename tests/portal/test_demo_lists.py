"""What each account of the demonstration has to do, exactly, and what time changes in it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from didaskaleio.kernel import agenda, clock, greek, lifecycle
from didaskaleio.site.demo_accounts import ACCOUNTS
from didaskaleio.site.menus import ENTRIES, ON_THE_BAR
from didaskaleio.site.story.moments import NOW, SECOND

Lines = list[tuple[str, str | None]]
KEEPING: Lines = [
    ("Απόφαση για μεταβολή αίθουσας", None),
    ("Απόφαση για μεταβολή αίθουσας", None),
    ("Απόφαση για μεταβολή στοιχείων", None),
    ("Απόφαση για μεταβολή στοιχείων", None),
]
SUCCESSOR: Lines = [("Ορισμός διαδόχου", "1/3/2023, 00:00")]
VACANT: Lines = [("Ορισμός σε κενές θέσεις", None)]
OFFICE: Lines = [
    *SUCCESSOR,
    ("Έγκριση 2 προγραμμάτων", "24/4/2023, 09:00"),
    ("Έκδοση βεβαιώσεων: P00003", None),
    ("Έλεγχος πληρότητας υποψηφιοτήτων", None),
    ("Αποδοχή παραστατικών: P00002", None),
    *KEEPING,
    ("Κενά στην αξιολόγηση", None),
    ("Ολοκλήρωση και δημοσίευση πρόσκλησης", None),
    *VACANT,
]
FIRST_COURSE = "Εισαγωγή στην εκπαιδευτική αξιοποίηση των ψηφιακών τεχνολογιών (Β1)"
OWED = ("Οφείλετε επιμόρφωση", None)
EXPECTED: dict[str, Lines] = {
    "teacher": [("Υποβάλετε αίτηση", "20/1/2023, 15:00"), OWED],
    "teacher2": [
        ("Συμπλήρωση υποψηφιότητας", "24/1/2023, 15:00"),
        ("Ερωτηματολόγιο: Ενδιάμεση αποτίμηση επιμόρφωσης", "30/1/2023, 10:00"),
    ],
    "teacher3": [("Υποβάλετε αίτηση", "20/1/2023, 15:00")],
    "trainer": [
        ("Υπογραφή παρουσιολογίου: P00001, 16η συνάντηση", "15/1/2023, 11:00"),
        ("Συγγραφή: Πιστοποίηση", "24/1/2023, 23:59"),
        ("Συμφωνία με το ωρολόγιο του P00003", "10/2/2023, 15:00"),
    ],
    "author": [
        ("Διόρθωση αντικειμένου που επιστράφηκε", None),
        ("Ευρήματα αξιολόγησης που περιμένουν αναθεώρηση", None),
    ],
    "approver": [("Έγκριση θεματικού αντικειμένου", None)],
    "centre": [
        ("Ερωτηματολόγιο: Αποτίμηση από τα Κ.Σ.Ε.", "20/1/2023, 09:00"),
        ("Ολοκλήρωση και υποβολή της πρότασης P00003", "10/2/2023, 15:00"),
    ],
    "company": [("Υποβολή προσφοράς", "3/2/2023, 15:00")],
    "officer": OFFICE,
    "officer2": OFFICE,
    "registrar": KEEPING,
    "assessor": [
        ("Αξιολόγηση υποψηφιοτήτων", "25/1/2023, 15:00"),
        ("Συμφωνία για μόρια που διαφέρουν", None),
        ("Συμφωνία για μόρια που διαφέρουν", None),
    ],
    "committee": [("Ενστάσεις προς απόφαση", None)],
    "region": [*SUCCESSOR, *VACANT],
    "ministry": [
        *SUCCESSOR,
        *SUCCESSOR,
        ("Απάντηση σε αίτημα διόρθωσης", None),
        ("Αποστολές στο MySchool", None),
        ("Βεβαίωση παραλαβής: 2023/000002", None),
        *VACANT,
        ("Προεπισκόπηση λήψης από το MySchool", None),
    ],
    "admin": [(f"Άνοιγμα χώρων: {FIRST_COURSE}", None)],
}
AFTER_DEADLINE: Lines = [
    ("Καταχώριση της δημόσιας τύχης", "22/1/2023, 15:00"),
    ("Απόφαση για 2 προγράμματα", "23/1/2023, 09:00"),
    *OFFICE,
]
ROLES = [name for name, _words in ACCOUNTS]


def lines(actor, at) -> Lines:
    return [
        (todo.title, greek.short_moment(todo.due) if todo.due else None)
        for todo in agenda.todos_of(actor, at)
    ]


def test_each_account_has_exactly_its_tasks(demo, account):
    assert {name: lines(account(name), NOW) for name in ROLES} == EXPECTED


def test_each_task_leads_to_a_page_that_its_person_may_open(demo, account, client, login):
    for name in ROLES:
        actor = account(name)
        login(client, _person(actor))
        for todo in agenda.todos_of(actor, NOW):
            assert client.get(todo.url).status_code == 200, (name, todo)


def test_after_the_deadline_of_phase_a_the_officers_are_asked_for_the_beacon(demo, account):
    after = SECOND.phase_a[1] + timedelta(days=2)
    lifecycle.pass_time(after)
    clock.set_demo(after)
    found = {name: lines(account(name, after), after) for name in ("teacher", "officer")}
    assert found["teacher"] == [OWED]
    assert found["officer"] == AFTER_DEADLINE


@pytest.mark.parametrize("name", ROLES)
def test_every_home_and_every_menu_entry_opens(demo, account, client, login, name):
    actor = account(name)
    login(client, _person(actor))
    page = client.get(reverse("portal:home"))
    assert page.status_code == 200
    menu = page.context["menu"]
    assert len({item.url for item in menu}) == len({item.label for item in menu}) == len(menu)
    assert len(menu.bar) <= ON_THE_BAR
    answers = {item.label: client.get(item.url, follow=True).status_code for item in menu}
    assert set(answers.values()) == {200}, answers


def test_every_menu_entry_leads_somewhere():
    addresses = [reverse(entry.name) for entry in ENTRIES]
    assert len(set(addresses)) == len(addresses)


def _person(actor):
    from didaskaleio.people.models import Person

    return Person.objects.get(pk=actor.user_id)
