"""Pages of the ways of attendance: the big screen, the trainee's phone, device, file, paper.

Shows: R-050, R-052.
"""

from __future__ import annotations

import io
import json
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from didaskaleio.delivery import queries
from didaskaleio.delivery.models import ScannedSheet, Sign
from tests.factories import delivery, people
from tests.markup import markup

pytestmark = pytest.mark.django_db
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
    b"\x1f\x15\xc4\x89\x00\x00\x00\nIDATx\x9cc\x00\x01\x00\x00\x05\x00\x01\r\n-\xb4\x00\x00\x00"
    b"\x00IEND\xaeB`\x82"
)


def url(name, session):
    return reverse(f"delivery:{name}", args=[session.pk])


@pytest.fixture
def page(client, login, set_clock, programme, first):
    set_clock(first.starts_at)
    return login(client, programme.trainer)


@pytest.fixture
def phone(login, first):
    return login(Client(), delivery.trainees_of(first)[0].person)


def arrives(phone, session, at):
    given = {"code": queries.code_of(session, at)}
    phone.get(reverse("delivery:check-in"))
    return phone.post(reverse("delivery:check-in"), given, follow=True)


def test_the_big_screen_shows_the_code_as_picture_and_letters_and_asks_again(page, first):
    text = markup(page.get(url("code", first)))
    letters = queries.code_of(first, first.starts_at)
    assert f"{letters[:3]} {letters[3:]}" in text
    assert '<svg viewBox="0 0' in text
    assert 'hx-trigger="every 4s"' in text
    part = markup(page.get(url("code", first), headers={"hx-request": "true"}))
    assert "<h1>" not in part
    assert "style=" not in text


def test_after_the_end_the_screen_shows_no_code(page, first, set_clock):
    set_clock(first.ends_at + timedelta(minutes=1))
    assert "Ο κωδικός δεν είναι ανοιχτός" in markup(page.get(url("code", first)))


def test_a_trainee_declares_and_the_trainer_sees_it(page, phone, first):
    answer = markup(arrives(phone, first, first.starts_at))
    assert "Η παρουσία σας δηλώθηκε στις 17:30." in answer
    assert "Δηλώσατε παρουσία" in answer
    assert "Κωδικός αίθουσας 17:30" in markup(page.get(url("session", first)))
    assert "<strong>1</strong> από 4" in markup(page.get(url("code", first)))


def test_the_address_of_the_picture_fills_the_field(page, phone, first):
    code = queries.code_of(first, first.starts_at)
    text = markup(phone.get(reverse("delivery:check-in"), {"code": code}))
    assert f'value="{code}"' in text


def test_a_wrong_code_is_refused_in_words(page, phone, first):
    answer = phone.post(reverse("delivery:check-in"), {"code": "AAAAAA"}, follow=True)
    assert "Ο κωδικός δεν ισχύει." in markup(answer)
    assert not Sign.objects.exists()


def test_without_a_meeting_now_the_page_says_so(phone, first, set_clock):
    set_clock(first.ends_at + timedelta(hours=1))
    assert "Καμία συνάντηση τώρα" in markup(phone.get(reverse("delivery:check-in")))


def sends(page, session, marks, **more):
    given = {"marks": json.dumps(marks), "now": session.starts_at.isoformat(), **more}
    return page.post(url("marks", session), given)


def a_mark(person, **facts):
    made = {"client": "a" * 32, "counter": 1, "row": person.pk, "mark": "absent", "late": 0}
    return made | {"at": "2023-03-06T15:20:00Z"} | facts


def test_a_device_hears_what_arrived(page, first):
    row = delivery.trainees_of(first)[0]
    answer = sends(page, first, [a_mark(row)], topic="Θέμα")
    assert answer.json() == {
        "saved": "17:30",
        "moment": "2023-03-06T17:30:00+02:00",
        "overtaken": 0,
        "signed": False,
    }
    row.refresh_from_db()
    assert row.mark == "absent"


@pytest.mark.parametrize(
    "wrong",
    [
        {"client": "x"}, {"counter": -1}, {"counter": True}, {"row": "1"}, {"mark": "unknown"},
        {"late": 2**40}, {"at": "yesterday"}, {"at": "2023-13-45T00:00:00Z"}, {"at": None},
    ],
)  # fmt: skip
def test_what_no_device_of_ours_sends_is_refused_whole(page, first, wrong):
    row = delivery.trainees_of(first)[0]
    answer = sends(page, first, [a_mark(row, counter=2), a_mark(row, **wrong)])
    assert (answer.status_code, Sign.objects.count()) == (409, 0)


@pytest.mark.parametrize("marks", ["", "{", "{}", "[1]", json.dumps([None])])
def test_marks_that_are_no_list_of_marks_are_refused(page, first, marks):
    given = {"marks": marks, "now": first.starts_at.isoformat()}
    answer = page.post(url("marks", first), given)
    assert answer.status_code == 409
    assert "δεν διαβάζονται" in answer.json()["refused"]


def test_the_page_lists_what_disagrees_and_takes_the_decision(page, phone, first, set_clock):
    arrives(phone, first, first.starts_at)
    delivery.a_marked_session(first, absent=(0,))
    text = markup(page.get(url("session", first)))
    assert "Οι πηγές διαφωνούν" in text
    row = delivery.trainees_of(first)[0]
    given = {"row": row.pk, "mark": "present", "late": "", "reason": "Ήταν εδώ."}
    answer = markup(page.post(url("disagreements", first), given, follow=True))
    assert "Καμία ασυμφωνία" in answer
    assert "Ήταν εδώ." in answer
    row.refresh_from_db()
    assert row.mark == "present"


def test_the_signature_names_whom_the_sources_disagree_on(page, phone, first, set_clock):
    arrives(phone, first, first.starts_at)
    delivery.a_marked_session(first, absent=(0,))
    set_clock(first.ends_at)
    text = markup(page.get(url("sign", first)))
    assert "Οι πηγές διαφωνούν για: Ανδρέου Δείγμα" in text
    assert "Υπογράφω" not in text


def uploads(page, session, text):
    upload = io.BytesIO(text.encode())
    upload.name = "parousies.csv"
    return page.post(url("roll-file", session), {"file": upload})


FILE = """Ονοματεπώνυμο;Σημείωση;Λεπτά καθυστέρησης
Ανδρέου Δείγμα;παρών;
ΔΕΙΓΜΑ ΒΑΣΙΛΕΙΟΥ;Απούσα;
Γαλανοπούλου Δείγμα;καθυστέρηση;20
Άγνωστος Κανείς;παρών;
Δοκιμάκης Δείγμα;ίσως;
"""


def test_a_file_is_shown_before_it_counts_and_then_fills_the_roll(page, first):
    answer = uploads(page, first, FILE)
    text = markup(answer)
    assert "3 γραμμές διαβάστηκαν" in text
    assert "Δεν είναι στην ομάδα" in text
    assert "Δεν διαβάζεται η σημείωση" in text
    assert not Sign.objects.exists()
    said = markup(page.post(url("roll-file", first), {"seen": answer.context["seen"]}, follow=True))
    assert "Εισαγωγή από αρχείο: 3 γραμμές." in said
    marks = [(row.mark, row.minutes) for row in delivery.trainees_of(first)]
    assert marks == [("present", 90), ("absent", 0), ("late", 70), ("unknown", 0)]


def test_minutes_in_a_file_become_marks_by_the_numbers_of_the_action(page, first):
    rows = delivery.trainees_of(first)
    lines = zip(rows, (90, 70, 20, 90), strict=True)
    text = "e-mail,Name,Minutes\n" + "\n".join(f",{row.person},{n}" for row, n in lines)
    answer = uploads(page, first, text)
    page.post(url("roll-file", first), {"seen": answer.context["seen"]})
    assert [row.mark for row in delivery.trainees_of(first)] == [
        "present", "late", "absent", "present",
    ]  # fmt: skip


def test_a_person_named_twice_is_read_once(page, first):
    twice = FILE + "Ανδρέου Δείγμα;απών;\n"
    assert "Το ίδιο πρόσωπο δεύτερη φορά" in markup(uploads(page, first, twice))


@pytest.mark.parametrize("seen", ["", "forged", "WzEsW11d:x"])
def test_a_preview_that_was_not_ours_keeps_nothing(page, first, seen):
    answer = page.post(url("roll-file", first), {"seen": seen}, follow=True)
    assert "Η προεπισκόπηση δεν ισχύει" in markup(answer)
    assert not Sign.objects.exists()


def test_a_file_without_headings_is_refused(page, first):
    answer = page.post(url("roll-file", first), {"file": named(b"a;b\n1;2\n")}, follow=True)
    assert "επικεφαλίδες" in markup(answer)


def named(content, name="a.csv"):
    upload = io.BytesIO(content)
    upload.name = name
    return upload


def test_the_scanned_sheet_stands_beside_its_version_for_whoever_sees_the_sheet(
    page, login, programme, first
):
    delivery.a_signed_session(first)
    given = {"file": named(PNG, "fyllo.png"), "note": "Δύο σελίδες"}
    assert "fyllo.png" in markup(page.post(url("scan", first), given, follow=True))
    kept = ScannedSheet.objects.get()
    assert (kept.version, kept.note, kept.by) == (1, "Δύο σελίδες", programme.trainer)
    address = reverse("kernel:file", args=[kept.file.key])
    opened = login(Client(), people.a_centre_manager(programme.centre)).get(address)
    with ContentFile(b"".join(opened.streaming_content)) as kept_bytes:
        assert kept_bytes.read() == PNG
    trainee = delivery.trainees_of(first)[0].person
    assert login(Client(), trainee).get(address).status_code == 404


def test_a_sheet_on_paper_is_a_picture_or_a_pdf(page, first):
    answer = page.post(url("scan", first), {"file": named(b"plain text", "a.txt")}, follow=True)
    assert "Δεκτά είναι μόνο αρχεία" in markup(answer)
    assert not ScannedSheet.objects.exists()


def test_marks_that_came_after_the_signature_are_told_to_the_trainer(page, first, set_clock):
    delivery.a_signed_session(first)
    set_clock(first.ends_at + timedelta(hours=1))
    sends(page, first, [a_mark(delivery.trainees_of(first)[0])])
    text = markup(page.get(url("session", first)))
    assert "Σημειώσεις που έφτασαν μετά την υπογραφή" in text
    assert "Ανδρέου Δείγμα: απουσία" in text


def test_the_worker_keeps_pages_of_attendance_and_checklists_only(page):
    answer = page.get(reverse("delivery:worker"))
    assert answer["Content-Type"].startswith("text/javascript")
    assert r"/^\/(sessions\/\d+|visits\/\d+\/checklist)\/$/" in answer.content.decode()


@pytest.mark.parametrize("name", ["session", "code", "disagreements"])
def test_the_queries_do_not_grow_with_the_people(client, login, set_clock, name):
    counted = []
    for trainees in (1, 3):
        programme = delivery.a_running_programme(trainees)
        first = delivery.sessions_of(programme)[0]
        delivery.a_marked_session(first, at=first.starts_at, absent=range(trainees))
        set_clock(first.starts_at)
        for row in delivery.trainees_of(first):
            arrives(login(Client(), row.person), first, first.starts_at)
        login(client, programme.trainer)
        with CaptureQueriesContext(connection) as found:
            assert client.get(url(name, first)).status_code == 200
        counted.append(len(found))
    assert counted[0] == counted[1]
