"""What each account of the demonstration has to do, exactly, and what time changes in it."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from django.urls import reverse

from didaskaleio.kernel import agenda, clock, greek, lifecycle
from didaskaleio.site.demo_accounts import ACCOUNTS
from didaskaleio.site.menus import ENTRIES, ON_THE_BAR
from didaskaleio.site.story.moments import NOW, SECOND

Lines = list[tuple[str, str | None]]
OWED = ("Οφείλετε επιμόρφωση", None)
OFFICER: Lines = [
    ("Απάντηση σε εργασία: Ενημέρωση των σχολείων", "31/1/2023, 23:59"),
    ("Απάντηση σε εργασία: Χωρίς έκθεση συνάντησης", "31/1/2023, 23:59"),
    ("Δεν έμεινε κανείς να ερωτηθεί για το P00007", "10/2/2023, 15:00"),
    ("Έγκριση: Ημερίδα καλών πρακτικών Β΄ επιπέδου", "18/2/2023, 10:00"),
    ("Ορισμός διαδόχου", "1/3/2023, 00:00"),
    ("Έγκριση 2 προγραμμάτων", "24/4/2023, 09:00"),
    ("Έγκριση εντολής πληρωμής 2023/000003", None),
    ("Έκδοση βεβαιώσεων: P00003", None),
    ("Έλεγχος έκθεσης πεπραγμένων: Σχεδιάδη Μαρία", None),
    ("Έλεγχος παράδοσης αιτήματος", None),
    ("Έλεγχος πληρότητας υποψηφιοτήτων", None),
    ("Απάντηση κέντρου: P00001, 12η συνάντηση", None),
    ("Αποδοχή παραστατικών: P00002", None),
    ("Απόφαση για αντίρρηση: Υποθετάκη Σοφία", None),
    ("Απόφαση για μεταβολή αίθουσας", None),
    ("Απόφαση για μεταβολή αίθουσας", None),
    ("Απόφαση για μεταβολή στοιχείων", None),
    ("Απόφαση για μεταβολή στοιχείων", None),
    ("Βεβαίωση απασχόλησης: Πλασματίδης Δημήτριος", None),
    ("Βεβαίωση απασχόλησης: Σχεδιάδη Μαρία", None),
    ("Διευκρίνιση για αίτημα", None),
    ("Επικύρωση επιλογής για έργο", None),
    ("Κενά στην αξιολόγηση", None),
    ("Ολοκλήρωση και δημοσίευση πρόσκλησης", None),
    ("Ορισμός σε κενές θέσεις", None),
    ("Υπογράψτε: Συγκεντρωτικό παρουσιολόγιο P00002", None),
    ("Υπογραφή πρακτικού: Επιτροπή παραλαβής", None),
]
OF_THE_FIRST = {
    ("Έλεγχος παράδοσης αιτήματος", None),
    ("Διευκρίνιση για αίτημα", None),
    ("Υπογραφή πρακτικού: Επιτροπή παραλαβής", None),
}
EXPECTED: dict[str, Lines] = {
    "teacher": [
        ("Υποβάλετε αίτηση", "20/1/2023, 15:00"),
        OWED,
    ],
    "teacher2": [
        ("Συμπλήρωση υποψηφιότητας", "24/1/2023, 15:00"),
        ("Εργασία: Ένα σενάριο σε δύο σελίδες", "25/1/2023, 22:00"),
        ("Ερωτηματολόγιο: Ενδιάμεση αποτίμηση επιμόρφωσης", "30/1/2023, 10:00"),
    ],
    "teacher3": [
        ("Υποβάλετε αίτηση", "20/1/2023, 15:00"),
    ],
    "trainer": [
        ("Υπογραφή παρουσιολογίου: P00001, 16η συνάντηση", "15/1/2023, 11:00"),
        ("Απάντηση σε ανάθεση έργου: P00005", "21/1/2023, 14:00"),
        ("Συγγραφή: Πιστοποίηση", "24/1/2023, 23:59"),
        ("Αίτηση για έργο: Επιμορφωτές Μαθηματικών στη Μακεδονία", "26/1/2023, 15:00"),
        ("Συμφωνία με το ωρολόγιο του P00003", "10/2/2023, 15:00"),
        ("Έκθεση συνάντησης: P00001, 14η συνάντηση", None),
        ("Έκθεση συνάντησης: P00001, 7η συνάντηση", None),
        ("Ανατροφοδότηση: Δειγματίδης Ιωάννης", None),
        ("Ανατροφοδότηση: Εικονίδης Πέτρος", None),
        ("Απάντηση σε εργασία: Δοκιμάκη Σοφία", None),
        ("Δικαιολογητικά πληρωμής", None),
        ("Ζητήθηκε διόρθωση έκθεσης: P00001, 15η συνάντηση", None),
        ("Υπογράψτε: Συγκεντρωτικό παρουσιολόγιο P00001", None),
        ("Υπογράψτε: Σύμβαση ITYE-ΣΥΜ-2023-000003, Προτυπάκη Σοφία", None),
    ],
    "author": [
        ("Διόρθωση αντικειμένου που επιστράφηκε", None),
        ("Ευρήματα αξιολόγησης που περιμένουν αναθεώρηση", None),
    ],
    "approver": [
        ("Έγκριση θεματικού αντικειμένου", None),
    ],
    "centre": [
        ("Ερωτηματολόγιο: Αποτίμηση από τα Κ.Σ.Ε.", "20/1/2023, 09:00"),
        ("Αίτηση για έργο: Κ.Σ.Ε. για τα προγράμματα του φθινοπώρου", "27/1/2023, 15:00"),
        ("Εργασία: Διόρθωση παρουσιολογίου", "31/1/2023, 23:59"),
        ("Ολοκλήρωση και υποβολή της πρότασης P00003", "10/2/2023, 15:00"),
        ("Ολοκλήρωση και υποβολή της πρότασης P00005", "10/2/2023, 15:00"),
        ("Δεύτερη υπογραφή: P00001, 3η συνάντηση", None),
        ("Δικαιολογητικά πληρωμής", None),
        ("Παραστατικό για έργο που παραλήφθηκε", None),
        ("Παρουσίες: Διαδραστικός πίνακας: από το πρώτο λεπτό στο μάθημα", None),
    ],
    "company": [
        ("Αίτηση για έργο: Κ.Σ.Ε. για τα προγράμματα του φθινοπώρου", "27/1/2023, 15:00"),
        ("Υποβολή προσφοράς", "3/2/2023, 15:00"),
    ],
    "officer": OFFICER,
    "officer2": [each for each in OFFICER if each not in OF_THE_FIRST],
    "registrar": [
        ("Απόφαση για μεταβολή αίθουσας", None),
        ("Απόφαση για μεταβολή αίθουσας", None),
        ("Απόφαση για μεταβολή στοιχείων", None),
        ("Απόφαση για μεταβολή στοιχείων", None),
        ("Υπογραφή πρακτικού: Επιτροπή παραλαβής", None),
    ],
    "finance": [
        ("Έλεγχος δικαιολογητικού", None),
        ("Έλεγχος παραστατικού", None),
        ("Έλεγχος στοιχείων δικαιούχων", None),
        ("Αποστολή εντολής στην τράπεζα 2023/000002", None),
        ("Συμβάσεις σε προετοιμασία", None),
        ("Τι πλήρωσε η τράπεζα 2023/000001", None),
    ],
    "assessor": [
        ("Αξιολόγηση υποψηφιοτήτων", "25/1/2023, 15:00"),
        ("Συμφωνία για μόρια που διαφέρουν", None),
        ("Συμφωνία για μόρια που διαφέρουν", None),
    ],
    "committee": [
        ("Ενστάσεις προς απόφαση", None),
    ],
    "inspector": [
        ("Επίσκεψη: P00001, 18η συνάντηση", "21/1/2023, 09:30"),
        ("Υπογραφή έκθεσης: P00002, 17η συνάντηση", None),
    ],
    "region": [
        ("Εργασία: Κατάλογος εξοπλισμού", "13/1/2023, 23:59"),
        ("Εργασία: Έλεγχος σύνδεσης", "19/1/2023, 23:59"),
        ("Εργασία: Αντικατάσταση οθονών", "21/1/2023, 12:00"),
        ("Έγκριση: Ημερίδα καλών πρακτικών Β΄ επιπέδου", "18/2/2023, 10:00"),
        ("Ορισμός διαδόχου", "1/3/2023, 00:00"),
        ("Ορισμός σε κενές θέσεις", None),
    ],
    "ministry": [
        ("Ορισμός διαδόχου", "1/3/2023, 00:00"),
        ("Ορισμός διαδόχου", "1/3/2023, 00:00"),
        ("Απάντηση σε αίτημα διόρθωσης", None),
        ("Αποστολές στο MySchool", None),
        ("Βεβαίωση παραλαβής: 2023/000002", None),
        ("Ορισμός σε κενές θέσεις", None),
        ("Προεπισκόπηση λήψης από το MySchool", None),
    ],
    "admin": [
        (
            "Άνοιγμα χώρων: Εισαγωγή στην εκπαιδευτική αξιοποίηση των ψηφιακών τεχνολογιών (Β1)",
            None,
        ),
        ("Ανάληψη αιτήματος", None),
        ("Παράδοση αιτήματος", None),
    ],
}
AFTER_DEADLINE: Lines = [
    ("Καταχώριση της δημόσιας τύχης", "22/1/2023, 15:00"),
    ("Απόφαση για 2 προγράμματα", "23/1/2023, 09:00"),
    ("Δεν έμεινε κανείς να ερωτηθεί για το P00005", "10/2/2023, 15:00"),
    ("Κλήρωση: Επισκέψεις 01/2023", "27/2/2023, 00:00"),
    ("Έκθεση που περιμένει: P00002, 11η συνάντηση", None),
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
    assert [each for each in found["officer"] if each not in OFFICER] == AFTER_DEADLINE
    assert Counter(OFFICER) <= Counter(found["officer"])


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
