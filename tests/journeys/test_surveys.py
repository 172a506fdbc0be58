"""A trainee answers on a phone, the officer follows and reads, and the database knows no name.

Shows: R-067, R-068.
"""

from __future__ import annotations

from django.db import connection

from didaskaleio.surveys.models import Invitation, Survey, Token
from tests.journeys.places import PHONE

TITLE = "Ενδιάμεση αποτίμηση επιμόρφωσης"
OWN_WORDS = "Να μείνει όπως είναι η συνάντηση της Πέμπτης."


def test_a_trainee_answers_on_a_phone_and_nobody_can_tell_who_it_was(visitor):
    trainee, officer = visitor("teacher2", screen=PHONE), visitor("officer")
    trainee.goto("/surveys/mine/")
    trainee.follow(TITLE)
    trainee.reads("Οι απαντήσεις φυλάσσονται χωρίς όνομα, ώρα ή σειρά")
    trainee.axe()
    for name in ("a-satisfied", "a-expected"):
        trainee.page.locator(f"input[name={name}][value='5']").check()
    for row in trainee.page.locator("input[value=d4]").all():
        row.check()
    trainee.page.get_by_label("Ναι", exact=True).check()
    trainee.page.get_by_label("Τι θα κρατούσατε όπως είναι;").fill(OWN_WORDS)
    trainee.send("Υποβολή απαντήσεων")
    trainee.reads("Ευχαριστούμε για τις απαντήσεις")
    trainee.axe()

    survey = Survey.objects.get(questionnaire__form__code="endiamesi", state="open")
    mine = Invitation.objects.get(survey=survey, person__username="teacher2")
    assert not Token.objects.filter(invitation=mine).exists()
    assert _tables_that_say(OWN_WORDS) == {"surveys_answer"}

    officer.menu("Ερωτηματολόγια")
    officer.axe()
    officer.page.get_by_label("Ερωτηματολόγιο").select_option(label=TITLE)
    officer.send("Αναζήτηση")
    officer.reads("6 από 13")
    officer.follow("P00002", exact=False)
    officer.reads("Μέση τιμή 4,09 από 5", "11 απαντήσεις")
    officer.axe()
    assert officer.fetch("Αποτελέσματα, PDF").startswith(b"%PDF")
    officer.follow("Σύγκριση με άλλες διεξαγωγές")
    officer.page.get_by_label("Πώς").select_option(label="Ανά περιφέρεια")
    officer.send("Προβολή")
    officer.reads("Θεσσαλία", "Κεντρική Μακεδονία", "μέση τιμή όλων")
    officer.axe()


def _tables_that_say(words):
    """The tables of the whole database in which these words stand."""
    found = set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(
                f'SELECT 1 FROM "{table}" t WHERE t::text LIKE %s LIMIT 1', [f"%{words}%"]
            )
            if cursor.fetchone():
                found.add(table)
    return found
