"""The trainer's screen without scripts, its draft by script, and the signature."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from didaskaleio.delivery import queries
from tests.factories import delivery
from tests.markup import markup

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client, login, set_clock, programme, first):
    set_clock(first.ends_at)
    return login(client, programme.trainer)


def url(name, session):
    return reverse(f"delivery:{name}", args=[session.pk])


def marks(session):
    return [row.mark for row in queries.roll(session)]


def test_the_screen_lists_everybody_with_three_choices(page, first):
    text = markup(page.get(url("session", first)))
    assert text.count('value="present"') == text.count('value="late"') == 6
    for words in ("Παρουσία σε όλους", "Υπογραφή παρουσιολογίου", "Επιμορφωτής/τρια", "Προσωπικό"):
        assert words in text
    assert "Όλοι παρόντες" not in text


def test_one_button_marks_everybody_present_without_scripts(page, first):
    page.post(url("save", first), {"act": "all", "topic": "Σενάρια"})
    assert marks(first) == ["present"] * 6


def test_without_scripts_that_button_keeps_the_marks_that_stand(page, first):
    rows = delivery.trainees_of(first)
    said = {"act": "save", f"mark-{rows[0].pk}": "absent"}
    page.post(url("save", first), said)
    given = {"act": "all", f"mark-{rows[1].pk}": "late", f"late-{rows[1].pk}": "20"}
    answer = page.post(url("save", first), given, follow=True)
    assert marks(first) == ["absent", "late", *["present"] * 4]
    assert "παρουσία σε όσους δεν είχαν σημείωση" in markup(answer)


def test_nobody_can_be_later_than_the_session_is_long(page, programme, first):
    assert 'max="89"' in markup(page.get(url("session", first)))
    row = delivery.trainees_of(first)[0]
    given = {f"mark-{row.pk}": "late", f"late-{row.pk}": "90"}
    answer = page.post(url("save", first), given, headers={"x-requested-with": "fetch"})
    assert answer.status_code == 409
    assert "από 1 έως 89" in answer.json()["refused"]


def test_the_draft_is_there_after_the_login_was_lost(page, client, login, programme, first):
    row = delivery.trainees_of(first)[0]
    page.post(url("save", first), {f"mark-{row.pk}": "late", f"late-{row.pk}": "25"})
    client.logout()
    there = client.get(url("session", first))
    assert (there.status_code, "next=" in there["Location"]) == (302, True)
    text = markup(login(client, programme.trainer).get(url("session", first)))
    assert f'name="late-{row.pk}" min="1" max="89" value="25"' in text
    assert "πρόχειρο, αποθηκεύτηκε στις" in text


def test_a_script_saves_the_draft_and_hears_the_hour(page, first):
    row = delivery.trainees_of(first)[0]
    answer = page.post(
        url("save", first), {f"mark-{row.pk}": "absent"}, headers={"x-requested-with": "fetch"}
    )
    assert (answer.status_code, answer.json()["saved"]) == (200, "19:00")
    assert marks(first)[0] == "absent"


def test_a_script_hears_a_refusal_as_words(page, first):
    delivery.a_signed_session(first)
    answer = page.post(url("save", first), {}, headers={"x-requested-with": "fetch"})
    assert answer.status_code == 409
    assert "υπογράφηκε στο μεταξύ" in answer.json()["refused"]


def test_the_signature_asks_to_confirm_the_tally_in_words(page, first):
    delivery.a_marked_session(first, absent=(0,))
    asked = page.post(url("save", first), {"act": "sign", "topic": "Σενάρια"}, follow=True)
    text = markup(asked)
    assert "Υπογράφετε: <strong>3 παρουσίες, 1 απουσία (Ανδρέου Δείγμα)</strong>" in text
    signed = page.post(url("sign", first), {"seen": asked.context["seen"]}, follow=True)
    assert first.sheets.get().digest == asked.context["seen"]
    assert "Το παρουσιολόγιο υπογράφηκε." in markup(signed)


def test_the_second_tab_with_an_old_tally_signs_nothing(page, first):
    delivery.a_marked_session(first)
    seen = page.get(url("sign", first)).context["seen"]
    row = delivery.trainees_of(first)[0]
    page.post(url("save", first), {f"mark-{row.pk}": "absent", "topic": "Σενάρια"})
    refused = page.post(url("sign", first), {"seen": seen}, follow=True)
    assert "άλλαξαν από άλλη καρτέλα" in markup(refused)
    assert not first.sheets.exists()


def test_a_signature_without_a_tally_signs_nothing(page, first):
    delivery.a_marked_session(first)
    page.post(url("sign", first), {})
    assert not first.sheets.exists()


def test_what_is_missing_is_named_instead_of_the_button(page, first):
    text = markup(page.get(url("sign", first)))
    assert "Ανδρέου Δείγμα" in text
    assert "Δεν έχει γραφεί το θέμα" in text
    assert "Υπογράφω" not in text


def test_the_trainer_confirms_own_work_after_the_signature(page, first):
    delivery.a_signed_session(first, asynchronous=False)
    assert "Επιβεβαίωση ασύγχρονων ωρών" in markup(page.get(url("session", first)))
    done = [row.pk for row in delivery.trainees_of(first)[1:]]
    page.post(url("asynchronous", first), {"done": done})
    kept = [row.async_done for row in delivery.trainees_of(first)]
    assert kept == [False, True, True, True]


def test_a_trainer_sees_the_standing_of_whoever_is_near_the_limit(programme, page, set_clock):
    sessions = delivery.sessions_of(programme)
    for session in sessions[:2]:
        delivery.a_signed_session(session, absent=(0,))
    set_clock(sessions[2].starts_at)
    text = markup(page.get(url("session", sessions[2])))
    assert text.count("απουσίες ως τώρα: 4 από 6 ώρες") == 1


def test_before_its_time_the_page_offers_another_time_and_no_roll(page, programme, set_clock):
    third = delivery.sessions_of(programme)[2]
    set_clock(third.starts_at - timedelta(days=3))
    text = markup(page.get(url("session", third)))
    assert "Πρόταση αλλαγής ώρας" in text
    assert 'value="present"' not in text
    day = (third.starts_at + timedelta(days=1)).date().isoformat()
    page.post(url("move", third), {"date": day, "start": "17:30", "reason": "Εκδρομή"})
    third.refresh_from_db()
    assert third.state == "rescheduled"


def test_the_list_of_sessions_says_what_waits(page, programme, first):
    text = markup(page.get(reverse("delivery:sessions")))
    assert "Για υπογραφή" in text
    assert f"{programme.code}, 1η συνάντηση" in text


def test_the_queries_of_the_screen_do_not_grow_with_the_people(
    client, login, set_clock, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counted = []
    for trainees in (1, 3):
        programme = delivery.a_running_programme(trainees)
        first = delivery.sessions_of(programme)[0]
        set_clock(first.ends_at)
        login(client, programme.trainer)
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert client.get(url("session", first)).status_code == 200
        counted.append(len(found))
    assert counted[0] == counted[1]
